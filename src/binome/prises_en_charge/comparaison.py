"""The costed comparison of a request: what the rule base answers of each route, for a path, kept with the base's hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers.positionnement import faits_de
from binome.prises_en_charge.etats import VoieDePaiement
from binome.prises_en_charge.models import BaremeDuPayeur
from binome.regles.calendrier import age_le, date_en_clair
from binome.regles.courante import base_courante, certification_de
from binome.regles.faits import DossierInvalide
from binome.regles.metiers.financement import VUE, financer

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.models import Organisation
    from binome.parcours.models import Parcours
    from binome.regles.base import Base
    from binome.regles.metiers.financement import Financement

OBJECTIFS: Final = {"certification": "cqp", "adaptation": "fae"}
"""What a path aims at, by the kind of its route."""
MOIS: Final = 30.4375
"""Days of a month, to say how many a training lasts."""


@dataclass(frozen=True)
class PropositionChiffree:
    """What a request may ask, and where each figure comes from; None where nobody gives one.

    `comparaison` is the answer of the rule base for every route, `bareme` the scale of the payer of the day.
    """

    minutes: int | None
    taux_cents: int | None
    salaire_cents: int | None
    plafond_cents: int | None
    d_ou: str
    base: str
    comparaison: dict[str, Any]
    bareme: BaremeDuPayeur | None = None

    def ecart_avec(self, minutes: int, taux: int, salaire: int | None, plafond: int | None) -> bool:
        """Whether what is asked is something else: it then says why."""
        dits = (minutes, taux, salaire or 0, plafond or 0)
        proposes = (self.minutes, self.taux_cents, self.salaire_cents or 0, self.plafond_cents or 0)
        return dits != proposes


def bareme_du_jour(payeur: Organisation | None, voie: str, jour: date) -> BaremeDuPayeur | None:
    """The scale that a payer gave for a route on a day: the last one said of those that hold."""
    if payeur is None:
        return None
    siens = BaremeDuPayeur.objects.filter(payeur=payeur, voie=voie, du__lte=jour)
    tenus = [un for un in siens.order_by("-du", "-pk") if un.au is None or un.au >= jour]
    return tenus[0] if tenus else None


def proposer(
    parcours: Parcours, voie: str, payeur: Organisation | None, debut: date, fin: date
) -> PropositionChiffree:
    """What a request by a route may ask: the payer's scale of the day first, else what the rule base's sources give."""
    minutes = parcours.formation
    reponse = comparer(parcours, debut, fin, minutes)
    montants = {une.code: une for une in reponse.voies}.get(voie)
    bareme = bareme_du_jour(payeur, voie, debut)
    commun: dict[str, Any] = {
        "minutes": minutes,
        "base": reponse.base.empreinte,
        "comparaison": en_bref(reponse),
    }
    if bareme is not None:
        return PropositionChiffree(
            taux_cents=bareme.taux_horaire_cents, salaire_cents=bareme.taux_salaire_cents,
            plafond_cents=bareme.plafond_cents, bareme=bareme,
            d_ou=f"Barème du financeur, depuis le {date_en_clair(bareme.du)} : {bareme.document}", **commun,
        )  # fmt: skip
    dits = {} if montants is None else montants.montants
    return PropositionChiffree(
        taux_cents=_a_l_heure(dits.get("pedagogie"), minutes),
        salaire_cents=_a_l_heure(dits.get("salaire"), minutes),
        plafond_cents=None,
        d_ou="Ce que disent nos sources pour cette voie, à cette date"
        if dits.get("pedagogie")
        else "",
        **commun,
    )


def _a_l_heure(cents: int | None, minutes: int | None) -> int | None:
    return None if cents is None or not minutes else round(cents * 60 / minutes)


def comparer(parcours: Parcours, debut: date, fin: date, minutes: int | None) -> Financement:
    """Every route for a path that begins and ends on these days: what its dossier says, and nothing more."""
    vue = base_courante(certification=parcours.dossier.certification).vue(VUE)
    dits = _faits(vue, parcours, debut, fin, minutes)
    try:
        dossier = vue.lire(dits)
    except DossierInvalide:
        # What the dossier says cannot be together: only what the path says is asked.
        dossier = vue.lire({nom: un for nom, un in dits.items() if nom in _DU_PARCOURS})
    return financer(vue, dossier)


_DU_PARCOURS: Final = ("date_entree", "objectif", "heures_formation")


def _faits(
    vue: Base, parcours: Parcours, debut: date, fin: date, minutes: int | None
) -> dict[str, Any]:
    _, prouves = faits_de(parcours.dossier, vue)
    ouverts = {nom: un for nom, un in prouves.items() if not vue.faits[nom].interne}
    genre = str(certification_de(parcours.dossier.certification).genre(parcours.voie))
    dits = {
        **ouverts,
        "date_entree": debut.isoformat(),
        "objectif": OBJECTIFS.get(genre),
        "age": age_le(parcours.dossier.naissance, debut),
        "duree_parcours_mois": max(1, round((fin - debut).days / MOIS)),
        "date_demande_financement": timezone.localdate().isoformat(),
        "heures_formation": None if minutes is None else round(minutes / 60, 2),
    }
    return {nom: un for nom, un in dits.items() if nom in vue.faits and un is not None}


def en_bref(reponse: Financement) -> dict[str, Any]:
    """What is kept of the answer: each route with its issue and its amounts, in the order of the base."""
    return {
        "au": None if reponse.au is None else reponse.au.isoformat(),
        "voies": [
            {
                "code": une.code,
                "titre": une.titre,
                "issue": une.issue,
                "montants_cents": dict(une.montants),
            }
            for une in reponse.voies
            if une.code in VoieDePaiement.values
        ],
    }
