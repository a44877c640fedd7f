"""The numbered rules of the web application: what keeps it from starting."""

from __future__ import annotations

from gatepost.kernel.notice import Rule

NO_DEMO = Rule(
    "WEB-001",
    "{data} holds no demo, and only a demo lets people log in without a password.",
    "Run 'gatepost demo' first, or serve without --demo.",
)
NO_HOSTS = Rule(
    "WEB-002",
    "No name is given under which this service is reached.",
    "Set GATEPOST_HOSTS to its host names, separated by commas.",
)
NO_WEB = Rule(
    "WEB-003",
    "The packages of the web application are not installed.",
    "Install gatepost[web].",
)
IS_DEMO = Rule(
    "WEB-004",
    "{data} holds a demo, whose accounts anyone may use.",
    "Serve it with --demo, or name another folder.",
)
WEAK_PASSWORD = Rule(
    "WEB-005", "This password is too weak: {reasons}", "Choose another; a sentence is good."
)
NAME_TAKEN = Rule(
    "WEB-006", "There is an account {name} already.", "Choose another name, or renew that one."
)
NO_ACCOUNT = Rule("WEB-007", "There is no account {name}.", "Look at how it is written.")
NO_CREDENTIAL = Rule(
    "WEB-008",
    "There is no token {number} that could be revoked.",
    "Look at 'gatepost credential list'.",
)
NO_ANALYTICS = Rule(
    "WEB-009",
    "Figures are made by packages that are not installed here; {package} is missing.",
    "Install gatepost[analytics].",
)
ANY_HOST = Rule(
    "WEB-015",
    "GATEPOST_HOSTS names every host there is: {hosts}.",
    "Name the hosts one by one; who can choose the name can have people sent elsewhere.",
)
OPEN_DEMO = Rule(
    "WEB-016",
    "A demo lets anyone in without a password and is not served at {host}.",
    "Leave out --host: a demo is for this machine only.",
)
