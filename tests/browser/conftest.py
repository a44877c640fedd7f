"""The real server on a free port, and the real browser that looks at it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
SERVING = re.compile(r"Serving on (http://127\.0\.0\.1:\d+)")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser of the system; without it the test skips."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}; install Debian's chromium")
    return CHROMIUM


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Play the demo day, serve it in a process of its own, and return its address."""
    data = tmp_path_factory.mktemp("demo") / "data"
    command = [sys.executable, "-m", "gatepost", "demo", "--data", str(data), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as server:
        assert server.stdout is not None
        try:
            for line in server.stdout:
                if found := SERVING.search(line):
                    yield found[1]
                    break
            else:
                pytest.fail("the demo ended without serving")
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield started
        started.close()
