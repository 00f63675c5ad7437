"""What a page says of a decision that departs from the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.metiers.ecart import en_mots
from binome.regles.metiers.reponse import citations_de

if TYPE_CHECKING:
    from binome.dossiers.models import Decision
    from binome.regles.base import Base


def depart_dit(decision: Decision, base: Base) -> dict[str, Any] | None:
    """What a decision settled otherwise than the rules, why, and against which; None when it did not depart."""
    if "ecart" not in decision.depart:
        return None
    contre = decision.depart["contre"]
    return {
        "dits": en_mots(base, decision.depart["ecart"]),
        "raison": raisons.en_clair(decision.raison),
        "contre": [{**un, "citations": citations_de(base, un["sources"])} for un in contre],
    }
