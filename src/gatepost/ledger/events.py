"""What happens to the log itself."""

from __future__ import annotations

from gatepost.kernel.event import Body

PREFIX = "deleted/"


class BodyDeleted(Body, frozen=True, tag="ledger:body:deleted"):
    """A retention rule has the body of an event deleted; the law stands in the envelope.

    It is written before the body goes, in a stream named after the event, so that the audit log
    can tell a body that was deleted by law from one that was made away with.
    """

    stream: str
    version: int


def deletion_stream(stream: str, version: int) -> str:
    """Return the stream in which the deletion of a body is told."""
    return f"{PREFIX}{stream}/{version}"


def deleted_by(name: str, stream: str) -> tuple[str, int] | None:
    """Return stream and version of the body whose deletion an event tells; else ``None``."""
    if name != BodyDeleted.name() or not stream.startswith(PREFIX):
        return None
    of, _, version = stream[len(PREFIX) :].rpartition("/")
    return (of, int(version)) if version.isdigit() else None
