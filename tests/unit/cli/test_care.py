"""``gatepost replay``, ``gatepost doctor`` and ``gatepost check``."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gatepost.adapters.audit.keys import signer_in
from gatepost.adapters.audit.log import AuditLog
from gatepost.adapters.audit.witnessing import witness
from gatepost.adapters.backup import LAST
from gatepost.adapters.health_of_files import CERTIFICATES
from gatepost.adapters.store.sqlite_file import SCHEMA, connect
from gatepost.bootstrap import DATABASE_FILE, KEY_FILE, open_ledger
from gatepost.casework.projection import CASE, MOVEMENT, RANDOM, WORK, case_rows, decode_case
from gatepost.control.state import Controls
from tests.unit.cli.conftest import FILES, Run, Write, objects

VIEWS = (CASE, MOVEMENT, WORK, RANDOM)
REQUIREMENT = "agencies/plant_health/requirements/PLANT-REQ-001.yaml"


@pytest.fixture
def lodged(run: Run, write: Write) -> None:
    """Lodge three consignments."""
    files = [write(f"{n}.json", f"R-{n}") for n in range(3)]
    assert run("lodge", *files, "--at", "2026-07-02T08:14").exit_code == 0


@pytest.mark.usefixtures("lodged")
def test_replay_gives_the_same_rows_again(run: Run, data: Path) -> None:
    ledger = open_ledger(data)
    before = [ledger.rows(view) for view in VIEWS]
    events = len(list(ledger.read_all()))
    ledger.drop_rows()
    ledger.close()
    assert objects(run("replay", "--json")) == [{"events": events}]
    ledger = open_ledger(data)
    after = [ledger.rows(view) for view in VIEWS]
    ledger.close()
    assert all(before)
    assert after == before


@pytest.mark.usefixtures("lodged")
def test_doctor_counts_what_is_in_the_log(run: Run, data: Path) -> None:
    ledger = open_ledger(data)
    ledger.withhold(f"case/{ledger.rows(CASE)[0].key}", 1)
    events = len(list(ledger.read_all()))
    ledger.close()
    (health,) = objects(run("doctor", "--json"))
    assert health["sqlite_is_safe"] is True
    assert health["store"] == f"SQLite {data / 'gatepost.sqlite3'}"
    assert health["jurisdiction"] == "XA"
    assert (health["events"], health["cases"], health["movements"]) == (events, 3, 3)
    assert health["deleted_bodies"] == 1
    assert "Cases           3" in run("doctor").stdout


def test_a_store_that_is_none_is_refused(run: Run, data: Path) -> None:
    (data / "gatepost.sqlite3").write_text("This is no database, whatever its name says.\n" * 9)
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stderr.startswith("STORE-00")


def test_a_data_folder_that_cannot_be_made_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("doctor", "--data", str(tmp_path / "file" / "below"))
    assert result.exit_code == 1
    assert result.stderr.startswith("STORE-005 ")


def test_check_tells_a_whole_description_is_fine(run: Run, country: Path) -> None:
    result = run("check", str(country), "--json")
    assert result.exit_code == 0, result.stderr
    (found,) = objects(result)
    assert found["ok"] is True
    assert found["notices"] == []
    assert found["described"]["requirement"] == 3
    assert "nothing wrong" in run("check", str(country)).stdout


def test_check_names_file_and_line_of_what_is_wrong(run: Run, country: Path) -> None:
    broken = FILES[REQUIREMENT].lstrip().replace("agency: plant_health\n", "")
    (country / REQUIREMENT).write_text(broken)
    result = run("check", str(country), "--json")
    assert result.exit_code == 1
    assert f"FILE-004 {REQUIREMENT}:1: " in result.stderr
    (found,) = objects(result)
    assert found["ok"] is False
    assert found["notices"][0]["where"] == f"{REQUIREMENT}:1"


def test_check_plays_the_written_cases(run: Run, country: Path) -> None:
    case = country / "cases" / "flowers" / "01_roses.yaml"
    case.parent.mkdir(parents=True)
    text = """
name: {en: Roses with their certificate are examined.}
story: flowers
steps:
  - at: 2026-07-02T08:14
    lodge:
      {type: IMA, office: XA000101, mode: "3", items: [{commodity: "06031100", origin: XB}]}
    expect: {needs: {plant_health: {PLANT-REQ-001: open}}}
"""
    case.write_text(text)
    fine = run("check", str(country), "--cases")
    assert fine.exit_code == 0, fine.stderr
    assert "1 cases come out as expected" in fine.stdout
    case.write_text(text.replace("open", "met"))
    result = run("check", str(country), "--cases", "--json")
    assert result.exit_code == 1
    assert (
        "cases/flowers/01_roses.yaml step 1: needs of plant_health should be"
        ' {"PLANT-REQ-001":"met"}, but is {"PLANT-REQ-001":"open"}'
    ) in result.stderr
    (found,) = objects(result)
    assert found["differences"][0]["case"] == "cases/flowers/01_roses.yaml"


def test_check_refuses_a_faulty_case_and_a_folder_that_is_not_there(
    run: Run, country: Path
) -> None:
    (country / "cases").mkdir()
    (country / "cases" / "bad.yaml").write_text("name: {en: x}\nstorey: y\n")
    result = run("check", str(country), "--cases")
    assert result.exit_code == 1
    assert "cases/bad.yaml:" in result.stderr
    absent = run("check", str(country / "absent"))
    assert absent.exit_code == 1
    assert absent.stderr.startswith("FILE-018: ")


def test_check_takes_the_bare_name_of_a_folder(
    run: Run, country: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(country.parent)
    assert run("check", country.name).exit_code == 0


@pytest.mark.usefixtures("lodged")
def test_doctor_says_that_sqlite_has_no_second_wall(run: Run) -> None:
    (health,) = objects(run("doctor", "--json"))
    checks = {one["name"]: one for one in health["checks"]}
    assert checks["Second wall"]["says"].startswith("none: SQLite has no row security")
    assert checks["Labels"] == {"name": "Labels", "good": True, "says": "on every case"}
    assert "Second wall" in run("doctor").stdout


@pytest.mark.usefixtures("lodged")
def test_doctor_tells_what_is_missing_and_unsafe(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing before it is there, unsafe while others may read a key, good when all is done."""

    def found() -> dict[str, tuple[bool, str]]:
        (health,) = objects(run("doctor", "--json"))
        return {one["name"]: (one["good"], one["says"]) for one in health["checks"]}

    (data / KEY_FILE).chmod(0o644)
    bad = tmp_path / "no.pem"
    bad.write_text("none")
    monkeypatch.setenv(CERTIFICATES, str(bad))
    before = found()
    assert before["File modes"] == (False, f"others may read {KEY_FILE}; set them to 600")
    assert before["Backup"][1].startswith("none was taken")
    assert before["Witness"][1].startswith("nobody else has signed")
    assert before["Certificates"][1] == "no.pem holds no certificate that can be read"

    (data / KEY_FILE).chmod(0o600)
    soon, later = tmp_path / "soon.pem", tmp_path / "later.pem"
    soon.write_bytes(certificate(timedelta(days=29)))
    later.write_bytes(certificate(timedelta(days=90)))
    monkeypatch.setenv(CERTIFICATES, f"{soon}{os.pathsep}{later}")
    assert run("backup", str(tmp_path / "night.tar")).exit_code == 0
    log, signer = AuditLog(data), signer_in(tmp_path / "witness.key", "audit.office/one")
    witness(log, log.verifiers(), signer, tmp_path / "seen", datetime.now(UTC))
    after = found()
    assert after["File modes"][0]
    assert after["Backup"] == (True, "the last was taken 0 seconds ago")
    assert after["Witness"][0]
    assert after["Sealing"] == (True, "no event older than a minute is unsealed")
    assert after["Certificates"][1].startswith("soon.pem ends on ")
    monkeypatch.setenv(CERTIFICATES, str(later))
    assert found()["Certificates"] == (True, "1 are good for 30 days and more")
    (data / LAST).write_text((datetime.now(UTC) - timedelta(days=3)).isoformat())
    assert found()["Backup"][1].startswith("the last was taken 3 days ago; run")


def certificate(ends_in: timedelta) -> bytes:
    """Return a certificate that signs itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gate.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + ends_in)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.usefixtures("lodged")
def test_stuck_tells_what_does_not_go_on_and_ends_with_one(run: Run, data: Path) -> None:
    """The roses wait for their importer; the case whose row a fault has emptied, for nobody."""
    assert run("stuck", "--at", "2026-07-02T09:14").stdout == "Nothing is stuck.\n"
    ledger = open_ledger(data)
    rows = ledger.rows(CASE)
    for row in rows:
        case = msgspec.structs.replace(decode_case(row.value), needs=(), controls=Controls())
        ledger.put_rows(case_rows(row.key, case, {}))
    ledger.close()
    result = run("stuck", "--at", "2026-07-02T09:14", "--json")
    assert result.exit_code == 1
    assert [(one["kind"], one["what"]) for one in objects(result)] == [
        ("nobody", row.key) for row in rows
    ]
    shown = run("stuck", "--at", "2026-07-02T09:14", "--limit", "2")
    assert shown.exit_code == 1
    assert "There is more than 2" in shown.stdout
    assert "gatepost why" in shown.stdout


@pytest.mark.usefixtures("lodged")
def test_migrate_goes_on_where_it_was_stopped(run: Run, data: Path) -> None:
    """A store whose rows a migration has not made yet is opened by nobody before it ends."""
    ledger = open_ledger(data)
    before = ledger.rows(CASE)
    ledger.drop_rows()
    ledger.close()
    with closing(connect(data / DATABASE_FILE, 1.0)) as connection:
        connection.execute(f"pragma user_version = {-SCHEMA}")
    refused = run("work", "customs")
    assert refused.exit_code == 1
    assert "run 'gatepost migrate'" in refused.stderr
    (done,) = objects(run("migrate", "--json"))
    assert (done["found"], done["now"]) == (SCHEMA, SCHEMA)
    assert done["events"] > 0
    ledger = open_ledger(data)
    assert ledger.rows(CASE) == before
    ledger.close()
    assert run("migrate").stdout == f"The store has the schema number {SCHEMA} already.\n"
