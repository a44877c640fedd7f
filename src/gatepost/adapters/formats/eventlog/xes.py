"""XES (IEEE 1849-2016): a trace for each case, with what it is told by as its attributes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from gatepost.adapters.formats.eventlog.rows import EventLog, LoggedEvent

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<classifier name="Event" keys="concept:name"/>
"""


def write_xes(log: EventLog, file: Path) -> None:
    """Write ``log`` as XES."""
    with file.open("w", encoding="utf-8", errors="xmlcharrefreplace") as stream:
        stream.write(HEAD)
        stream.writelines(_traces(log))
        stream.write("</log>\n")


def _traces(log: EventLog) -> Iterator[str]:
    events: dict[str, list[LoggedEvent]] = {}
    for event in log.events:
        events.setdefault(event.case, []).append(event)
    for case, mine in events.items():
        told = zip(log.attributes, log.cases.get(case, ()), strict=False)
        known = "".join(_text(name, value) for name, value in told if value is not None)
        yield f"<trace>{_text('concept:name', case)}{known}\n"
        for event in mine:
            yield (
                f"<event>{_text('concept:name', event.kind)}"
                f'<date key="time:timestamp" value="{event.at}"/>'
                f"{_text('org:group', event.party)}</event>\n"
            )
        yield "</trace>\n"


def _text(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(_allowed(value))}/>"


def _allowed(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")
