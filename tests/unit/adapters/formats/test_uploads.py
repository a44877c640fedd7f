"""Uploads are what their content says, and archives are opened within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from gatepost.adapters.formats import uploads
from gatepost.adapters.formats.uploads import accept, kind_of, unpacked
from gatepost.kernel.notice import Refused


def packed(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def problem(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        unpacked(data)
    (notice,) = refused.value.notices
    assert notice.code == "UPLOAD-003"
    return str(notice.values["problem"])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (packed({"a": b"b"}), "zip"),
        (packed({}), "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xef\xbb\xbf \n<a/>", "xml"),
        (b" {}", "json"),
        (b"UNA:+.? '", "edifact"),
        ("größe\r\n".encode(), "text"),
        (b"MZ\x90\x00", "unknown"),
        (b"", "unknown"),
        (b"\xff\xfe", "unknown"),
    ],
)
def test_the_content_says_what_it_is(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_what_is_not_taken_is_refused() -> None:
    assert accept(b"%PDF-1.7", "pdf", "png") == "pdf"
    with pytest.raises(Refused) as refused:
        accept(b"MZ\x90\x00", "pdf", "png")
    assert refused.value.notices[0].values == {"found": "unknown", "allowed": "pdf, png"}
    with pytest.raises(Refused, match="UPLOAD-001"):
        accept(b"%PDF-" + bytes(uploads.MAX_BYTES), "pdf")


def test_plain_files_come_out_as_they_went_in() -> None:
    files = {"certificate.pdf": b"%PDF-1.7", "größe.txt": b"abc" * 1000}
    assert unpacked(packed(files)) == files


@pytest.mark.parametrize("name", ["../a", "/a", "a/b", "a\\b", "C:a", ".hidden", "a\nb", "x" * 121])
def test_names_are_plain(name: str) -> None:
    assert "name" in problem(packed({name: b""}))


def test_a_name_does_not_end_early() -> None:
    assert "name" in problem(packed({"nulx.txt": b""}).replace(b"nulx", b"nul\0"))


def test_names_come_once_whatever_their_case() -> None:
    assert "one name" in problem(packed({"a.txt": b"", "A.TXT": b""}))


def test_links_are_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "link" in problem(out.getvalue())


def test_an_archive_in_an_archive_is_not_opened() -> None:
    assert "archive" in problem(packed({"inner.pdf": packed({"a": b"b"})}, zipfile.ZIP_STORED))


def test_files_and_bytes_are_limited() -> None:
    assert "files" in problem(packed({f"{n}.txt": b"" for n in range(uploads.MAX_FILES + 1)}))
    assert "far more" in problem(packed({"bomb.txt": bytes(30_000_000)}))
    assert "unpacks" in problem(packed({f"{n}.txt": bytes(30_000_000) for n in range(2)}))


def test_a_size_that_lies_is_found() -> None:
    data = packed({"a.txt": b"x" * 1000})
    at = data.rindex(b"PK\x01\x02") + 24
    assert problem(data[:at] + (10).to_bytes(4, "little") + data[at + 4 :])


@pytest.mark.parametrize("cut", [10, 40, 100])
def test_what_is_cut_off_is_refused(cut: int) -> None:
    assert problem(packed({"a.txt": bytes(range(256)) * 8})[:-cut])
