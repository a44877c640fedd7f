"""Who is on duty: officer roles by agency, power and post, from the description."""

from __future__ import annotations

from datetime import date

from gatepost.authority.model import Power
from gatepost.authority.register import Register


class Roster:
    """Finds an officer of an agency who holds a power at a post."""

    def __init__(self, register: Register, post: str, day: date) -> None:
        self._found: dict[tuple[str, Power], list[str]] = {}
        for resources in register.all_resources:
            for officer in resources.officers:
                posts = register.posts_of(officer, day)
                if officer.valid.on(day) and (not posts or post in posts):
                    for power in officer.powers:
                        key = (resources.agency, power)
                        self._found.setdefault(key, []).append(officer.id)

    def officer(self, agency: str, power: Power) -> str | None:
        """Return the officer role, the same each time; ``None`` if nobody holds the power here."""
        found = self._found.get((agency, power))
        return sorted(found)[0] if found else None
