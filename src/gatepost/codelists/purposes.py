"""For which purposes agencies ask for data: a closed list, each beside its W3C DPV term.

The paper asks that sharing rests on a legal basis (§18); a purpose outside this list has none.
"""

from __future__ import annotations

PURPOSES: dict[str, tuple[str, str]] = {
    "release": ("to decide on the release of goods, a conveyance or a person", "PublicBenefit"),
    "risk": ("to assess risk before or at the border", "MisusePreventionAndDetection"),
    "control": ("to plan, perform or record a control", "EnforceSecurity"),
    "duty": ("to assess duties and taxes", "FulfilmentOfObligation"),
    "customs_offences": (
        "to prevent and investigate customs offences",
        "FraudPreventionAndDetection",
    ),
    "plant_animal_food": ("to protect animals, plants and food", "ProtectionOfPublicSecurity"),
    "immigration": ("to decide on the entry or stay of a person", "IdentityVerification"),
    "criminal_offences": (
        "to prevent and prosecute criminal offences",
        "ProtectionOfPublicSecurity",
    ),
    "national_security": ("to protect national security", "ProtectionOfNationalSecurity"),
    "revenue": ("to protect public revenue", "FraudPreventionAndDetection"),
    "public_health": ("to protect public health and safety", "ProtectionOfPublicSecurity"),
    "transport_safety": ("to keep vehicles, vessels and dangerous goods safe", "EnforceSecurity"),
    "transit": ("to watch over transit and guarantees", "FulfilmentOfObligation"),
    "recognition": ("to rely on a control that another authority has done", "Verification"),
    "delegation": ("to perform a control for another authority", "FulfilmentOfObligation"),
    "assistance": ("to answer another administration's request", "RightsFulfilment"),
    "own_initiative": ("to inform another administration unasked", "EnforceSecurity"),
    "statistics": ("to compile official statistics, figures only", "ProvideOfficialStatistics"),
    "performance": ("to measure times and performance", "InternalResourceOptimisation"),
    "oversight": ("to audit and oversee", "LegalCompliance"),
    "operation": ("to operate and repair this installation", "ServiceProvision"),
}
"""Each purpose by its name: what it is, and the nearest term of the Data Privacy Vocabulary 2.3."""
