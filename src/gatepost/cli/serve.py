"""``gatepost serve``: the pages and the API of one country, over HTTP."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path

import click

from gatepost.cli.context import as_json, default_data
from gatepost.cli.output import print_json, say
from gatepost.kernel.notice import Refused
from gatepost.web import rules

SETTINGS = "gatepost.web.settings"
APPLICATION = "gatepost.web.wsgi:application"
HOST, PORT, THREADS = "127.0.0.1", 8000, 8


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=default_data,
    metavar="DIR",
    help="Folder of the SQLite databases and keys.  [default: your own data folder]",
)
@click.option("--database", metavar="URL", help="A PostgreSQL database instead of SQLite.")
@click.option("--jurisdiction", default="aldermark", show_default=True, metavar="NAME")
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="Processes that answer; more than one needs PostgreSQL.  [default: 1]",
)
@click.option("--demo", is_flag=True, help="Serve a played day; anyone may be its named roles.")
def serve(
    data: Path,
    database: str | None,
    jurisdiction: str,
    host: str,
    port: int,
    processes: int | None,
    demo: bool,
) -> None:
    """Serve the pages and the API.

    Behind a proxy that speaks HTTPS: GATEPOST_HOSTS names the hosts it is reached under. With
    --demo a folder made by 'gatepost demo' is served without passwords, for this machine only.
    """
    if processes and processes > 1 and not database:
        raise click.UsageError("More than one process needs --database: SQLite has one writer.")
    run(data, database, jurisdiction, host, port, processes or 1, demo)


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=default_data,
    metavar="DIR",
    help="Folder of the SQLite databases and keys.  [default: your own data folder]",
)
@click.option("--database", metavar="URL", help="A PostgreSQL database instead of SQLite.")
@click.option("--jurisdiction", default="aldermark", show_default=True, metavar="NAME")
@click.option("--once", is_flag=True, help="Do what there is to do now, and end.")
@as_json
def worker(data: Path, database: str | None, jurisdiction: str, once: bool, as_json: bool) -> None:
    """Sort mail, send it to webhooks, seal events, let time pass.

    With PostgreSQL one worker runs beside the serving processes; on SQLite they do it themselves.
    The audit log lies in the data folder of the machine on which the worker runs.
    """
    prepare(data, database, jurisdiction, demo=False)
    import threading

    from gatepost.api.worker import start, work_once
    from gatepost.web.site import site

    if once:
        done = work_once(site())
        if as_json:
            print_json({"done": sum(done.values()), **done})
        else:
            say(", ".join(f"{name} {count}" for name, count in done.items()))
        return
    stop = start(site())
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    ended.wait()
    stop.set()


def prepare(
    data: Path, database: str | None, jurisdiction: str, demo: bool, serving: bool = False
) -> None:
    """Set Django up for an installation and bring its tables up to date.

    Refused with WEB-003 where its packages are not installed, and with WEB-002 or WEB-015 where it
    is to be served under no name or under any.
    """
    if find_spec("django") is None or find_spec("gunicorn") is None:
        raise Refused([rules.NO_WEB.notice()])
    os.environ["GATEPOST_DATA"] = str(data.resolve())
    os.environ["GATEPOST_JURISDICTION"] = jurisdiction
    os.environ["GATEPOST_MODE"] = "demo" if demo else "production"
    if database:
        os.environ["GATEPOST_DATABASE"] = database
    else:
        os.environ.pop("GATEPOST_DATABASE", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if serving and not demo:
        _named_hosts(os.environ.get("GATEPOST_HOSTS", ""))
    import django

    django.setup()
    from gatepost.web.tables import bring_up_to_date

    bring_up_to_date()


def _named_hosts(hosts: str) -> None:
    """Refuse an installation that answers under no name, or under any."""
    names = [one.strip() for one in hosts.split(",") if one.strip()]
    if not names:
        raise Refused([rules.NO_HOSTS.notice()])
    if any(one.lstrip(".") in ("", "*") for one in names):
        raise Refused([rules.ANY_HOST.notice(hosts=hosts)])


def _only_here(host: str) -> None:
    """Refuse to let others than who sits at this machine into a demo."""
    if host == "localhost":
        return
    try:
        here = ip_address(host.strip("[]")).is_loopback
    except ValueError:
        here = False
    if not here:
        raise Refused([rules.OPEN_DEMO.notice(host=host)])


def run(
    data: Path,
    database: str | None,
    jurisdiction: str,
    host: str,
    port: int,
    processes: int,
    demo: bool,
) -> None:
    """Serve until interrupted."""
    if demo:
        _only_here(host)
    prepare(data, database, jurisdiction, demo, serving=True)
    if demo:
        from gatepost.web.accounts.demo import make_accounts

        make_accounts()
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, told by us instead of by a file of its own."""

        def load_config(self) -> None:
            """Say where to listen and how many answer."""
            self.cfg.set("bind", f"{host}:{port}")
            self.cfg.set("workers", processes)
            self.cfg.set("threads", THREADS)
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("loglevel", "warning")
            self.cfg.set("post_worker_init", partial(_begin, works=database is None))
            self.cfg.set("when_ready", lambda server: _ready(server.LISTENERS[0]))

        def load(self) -> object:
            """Return the application, loaded in the process that answers."""
            from gatepost.web.wsgi import application

            return application

    sys.argv[1:] = []
    Server().run()


def _begin(worker: object, works: bool) -> None:
    """Open the site before the first request; the one process on SQLite is the worker as well."""
    from gatepost.api.worker import start
    from gatepost.web.site import site

    here = site()
    if works:
        start(here)


def _ready(listener: object) -> None:
    click.echo(f"Serving on {listener}. Ctrl-C ends it.")
