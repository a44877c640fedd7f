"""An interface made ready: messages read and judged by the rule set of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lxml import etree

from gatepost.adapters.formats import safe_xml
from gatepost.adapters.formats.ens import rules
from gatepost.adapters.formats.ens.judge import Judge
from gatepost.adapters.formats.ens.model import Head, Message, RuleSet
from gatepost.adapters.formats.ens.structure import Shape, Structure, Tables
from gatepost.adapters.formats.faults import shown
from gatepost.kernel.notice import Notice, Refused

Parts = Mapping[str, Sequence[Any]]
"""What is described, by kind: ``head``, ``format``, ``group``, ``message``, ``known``, …"""

ENVELOPES = frozenset(
    {
        "http://www.w3.org/2003/05/soap-envelope",
        "http://schemas.xmlsoap.org/soap/envelope/",
    }
)


class Interface:
    """Judges messages; what a message of one rule set needs is compiled when first met."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.head: Head = parts["head"][0]
        self.messages: dict[str, Message] = {one.name: one for one in parts["message"]}
        self._tables = tables_of(parts)
        self._judges: dict[tuple[str, str], Judge] = {}

    def rule_set(self, day: date) -> RuleSet:
        """Return the rule set in force on ``day``; ``Refused`` if there is none."""
        for one in self.head.rule_sets:
            if one.valid.on(day):
                return one
        raise Refused([rules.NO_RULE_SET.notice(day=str(day), interface=self.head.name)])

    def judge(self, message: Message, rule_set: RuleSet) -> Judge:
        """Return the compiled rules for a message."""
        key = (message.name, rule_set.name)
        if key not in self._judges:
            shape = shape_of(message, rule_set, self._tables)
            chosen = [one for one in self.parts["rule"] if applies(one, message, rule_set)]
            self._judges[key] = Judge(shape, chosen, self.parts["known"], self.parts["set"])
        return self._judges[key]

    def errors(self, data: bytes, day: date, structure_only: bool = False) -> tuple[Notice, ...]:
        """Return everything wrong with the message in ``data`` by the rules of ``day``.

        Its structure comes first: rules are asked only of a message that is built right. ``where``
        is the XPath of the group or element. ``Refused`` only if no rule set is in force.
        """
        rule_set = self.rule_set(day)
        try:
            root = _within_envelope(safe_xml.read(data))
            message = self._message(root)
        except Refused as refused:
            return refused.notices
        judge = self.judge(message, rule_set)
        where = f"/{self.head.prefix}:{message.name}[1]"
        structure = Structure()
        try:
            record = structure.read(root, judge.message, where)
            structure.faults.refuse()
        except Refused as refused:
            return refused.notices
        return () if structure_only else tuple(judge.errors(record, where))

    def _message(self, root: etree._Element) -> Message:
        name = etree.QName(root)
        message = self.messages.get(name.localname)
        if message is None or name.namespace != message.namespace:
            known = ", ".join(f"{one.name} in {one.namespace}" for one in self.messages.values())
            found = f"{name.localname} in {name.namespace or 'no namespace'}"
            raise Refused([rules.UNKNOWN_MESSAGE.notice(found=shown(found), known=known)])
        return message


def tables_of(parts: Parts) -> Tables:
    """Return the formats and groups described."""
    return Tables(
        {one.name: one for one in parts["format"]},
        {one.name: one.elements for one in parts["group"]},
    )


def shape_of(message: Message, rule_set: RuleSet, tables: Tables) -> Shape:
    """Return the shape of a message under a rule set."""
    return tables.shape(message.name, "", message.elements, frozenset(rule_set.needs))


def applies(rule: Any, message: Message, rule_set: RuleSet) -> bool:
    """Tell whether a rule belongs to this message and rule set."""
    return (not rule.messages or message.name in rule.messages) and (
        not rule.sets or rule_set.name in rule.sets
    )


def _within_envelope(root: etree._Element) -> etree._Element:
    """Return the message in a SOAP envelope, or ``root`` itself where there is none."""
    if etree.QName(root).namespace not in ENVELOPES:
        return root
    bodies = [child for child in root if etree.QName(child).localname == "Body"]
    inside = [child for body in bodies for child in body]
    if len(inside) != 1:
        raise Refused([rules.NOT_ONE_MESSAGE.notice(found=len(inside))])
    return inside[0]
