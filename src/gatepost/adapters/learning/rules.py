"""The numbered rules of learning."""

from gatepost.kernel.notice import Rule

TOO_FEW = Rule(
    "LEARN-001",
    "{records} records that were looked at, {wrong} of them wrong, are too few to learn from.",
    "Let officers look for longer, by chance too; a model needs finds early and late.",
)
NO_LEARNING = Rule(
    "LEARN-002",
    "The package {package}, which learning needs, is not installed.",
    "Install gatepost[learning,analytics].",
)
NO_MODEL = Rule(
    "LEARN-003",
    "There is no model {model}.",
    "Name one that an agency describes under models: {known}.",
)
NOT_A_FEATURE = Rule(
    "LEARN-004",
    "{feature} is neither a calculation nor a text of a {level}.",
    "Write it like item.net_mass, item.value / item.net_mass or item.commodity:4.",
)
