"""How a dossier ended, as an export says it: the route, the hours, the exemptions, the days, the reasons by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.dossiers.bases import base_de
from binome.regles.metiers.gardee import lire_gardee
from binome.regles.metiers.raisons import est_utile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Decision
    from binome.listes.tableaux import Cellule

TITRES: Final = (
    "Décision", "Voie", "Heures", "Heures dispensées", "Dispenses", "Décidé le", "Notifié le",
    "Réserve", "Raisons (codes)",
)  # fmt: skip
RIEN: Final[Sequence[Cellule]] = ("",) * len(TITRES)
DISPENSE: Final = "dispense"


def issue(decision: Decision | None, certification: str) -> Sequence[Cellule]:
    """The cells of a decision, in the order of `TITRES`; empty without one that its reader may know of."""
    if decision is None:
        return RIEN
    base, reponse = base_de(certification), decision.reponse
    lue = lire_gardee(reponse, base)
    voie = base.certification.voies.get(lue.voie)
    dispenses = [un for un in reponse["modules"] if un["statut"] == DISPENSE]
    raisons = [
        une["regle"]
        for une in reponse["motifs"]
        if est_utile(base, une["regle"], une["issue"], reponse["voie"])
    ]
    return (
        decision.get_nature_display(),
        voie.court if voie else "",
        _heures(lue.comptees),
        _heures(reponse["minutes"].get("dispensees")),
        " ; ".join(un["intitule"] for un in dispenses),
        timezone.localdate(decision.le),
        timezone.localdate(decision.notifiee_le) if decision.notifiee_le else "",
        decision.reserve,
        " ".join(dict.fromkeys(raisons)),
    )


def _heures(minutes: int | None) -> Cellule:
    """Whole hours as a number, others with their minutes; nothing where no source gives them."""
    if minutes is None:
        return ""
    entieres, reste = divmod(minutes, 60)
    return entieres if not reste else f"{entieres} h {reste:02d}"
