"""The command ``gatepost`` itself: its groups, and what becomes of a refusal."""

from __future__ import annotations

import errno
from importlib import import_module
from typing import Any

import click

from gatepost.cli import rules
from gatepost.cli.output import complain
from gatepost.kernel.notice import Refused

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "worker": "serve",
    "account": "accounts",
    "credential": "accounts",
    "check": "check",
    "requirements": "requirements",
    "lodge": "lodge",
    "watch": "watch",
    "show": "show",
    "why": "show",
    "disclosures": "disclosures",
    "agreements": "agreements",
    "obligations": "obligations",
    "retention": "retention",
    "feed": "feed",
    "law": "law",
    "act": "act",
    "may": "may",
    "hours": "hours",
    "contacts": "contacts",
    "instructions": "instructions",
    "committees": "committees",
    "processes": "committees",
    "compare": "compare",
    "costs": "costs",
    "harmonise": "harmonise",
    "review": "review",
    "whatif": "whatif",
    "decisions": "decisions",
    "work": "work",
    "plan": "plan",
    "calls": "calls",
    "equipment": "equipment",
    "actions": "actions",
    "risk": "risk",
    "ens": "ens",
    "trs": "trs",
    "notify": "notify",
    "audit": "audit",
    "document": "document",
    "backup": "backup",
    "restore": "backup",
    "replay": "care",
    "migrate": "care",
    "doctor": "care",
    "stuck": "stuck",
}
"""Every command and the module of this package that defines it, in the order of the help."""


class Gatepost(click.Group):
    """Turns what is refused anywhere into notices on stderr and the exit code 1.

    A command's module is imported when the command is asked for: none waits for another's.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = getattr(import_module(f"gatepost.cli.{module}"), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            complain(refused.notices)
        except OSError as fault:
            # A reader that closed its end, such as head, is no fault; click ends quietly.
            if fault.errno == errno.EPIPE:
                raise
            reason = fault.strerror or str(fault)
            named = f"{fault.filename}: {reason}" if fault.filename else reason
            complain([rules.SYSTEM.notice(reason=named)])
        ctx.exit(1)


@click.group(cls=Gatepost, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gatepost", prog_name="gatepost")
def main() -> None:
    """Many border agencies, one decision.

    Lodge once, find every agency concerned and why, examine together, release once.
    Every command ends with 0 when done, 1 when refused or invalid, 2 when used wrongly.
    """
