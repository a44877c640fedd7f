"""A PostgreSQL server of the test's own, to be killed, copied and promoted."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

USER = "postgres"


def programs() -> Path:
    """Return the folder of the server's programs; skips where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("the programs of a PostgreSQL server are not on this machine")
    return found[-1].parent


class Server:
    """One server on a socket of its own in ``folder``; ``follow`` makes its standby."""

    def __init__(self, folder: Path, name: str) -> None:
        self.bin = programs()
        if os.geteuid() == 0 and not _has_user():
            pytest.skip("root may not run a PostgreSQL server, and there is no user to run it as")
        self.folder = folder
        self.data = folder / name
        self.port = _free_port()

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}"

    def make(self) -> None:
        """Make an empty cluster, as fast as durable may be."""
        self._run("initdb", "-A", "trust", "-U", USER, "--no-sync", "-D", str(self.data))
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(
                f"unix_socket_directories = '{self.folder}'\nlisten_addresses = ''\n"
                "shared_buffers = 16MB\nmax_connections = 40\nwal_level = replica\n"
                "hot_standby = on\n"
            )

    def follow(self, primary: Server) -> None:
        """Make this the synchronous standby of ``primary``."""
        where = ["-h", str(primary.folder), "-p", str(primary.port), "-U", USER]
        self._run("pg_basebackup", *where, "-D", str(self.data), "-R", "-c", "fast")
        with (self.data / "postgresql.auto.conf").open("a") as file:
            conninfo = f"host={primary.folder} port={primary.port} user={USER}"
            file.write(f"primary_conninfo = '{conninfo} application_name=standby'\n")

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = str(self.folder / f"{self.data.name}.log")
        options = ["-D", str(self.data), "-l", log, "-o", f"-p {self.port}"]
        self._run("pg_ctl", *options, "-w", "-t", "60", "start")

    def kill(self) -> None:
        """kill -9 the server and all its processes."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        for child in _children(pid):
            _kill(child)
        _kill(pid)
        for _ in range(100):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def promote(self) -> None:
        """Make a standby the server that writes."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def stop(self) -> None:
        """Stop at once, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop", check=False)

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        command = [str(self.bin / program), *words]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", *command]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
        )
        assert not check or done.returncode == 0, done.stdout.decode()


def new_folder() -> Path:
    """Return a folder that the server's user owns, with a name short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="gp-pg-"))
    if os.geteuid() == 0 and _has_user():
        entry = pwd.getpwnam(USER)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder


def remove(folder: Path) -> None:
    """Delete what a server left."""
    shutil.rmtree(folder, ignore_errors=True)


def _has_user() -> bool:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        return False
    return shutil.which("setpriv") is not None


def _free_port() -> int:
    """Return a number no server's socket here has; it names a file, nothing listens on it."""
    return 20_000 + os.getpid() % 10_000 + len(list(Path("/tmp").glob("gp-pg-*"))) % 100


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
