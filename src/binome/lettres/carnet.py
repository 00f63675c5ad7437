"""Whom to write to about dossiers, side by side: read once for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import prefetch_related_objects

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.dossiers.attribution import branches_qui_examinent
from binome.dossiers.destinataires import (
    de_l_employeur,
    de_l_examen,
    du_candidat,
    qui_gere,
    s_ecrit,
)
from binome.dossiers.flows import CANDIDAT, EXAMEN, ORGANISME
from binome.dossiers.flux import FLUX
from binome.dossiers.gardes import en_vigueur
from binome.dossiers.impartialite import a_decide
from binome.regles.courante import certification_de

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Dossier

EMPLOYEUR: Final = "employeur"
"""The side of who employs the candidate: it reads, and has no gesture."""
REPOND: Final = "repond"
"""Who examines and may answer the appeal: not who decided, nor who is close to the candidate."""
TIENT: Final = "tient"
"""Who examines the dossier now, alone among those who may."""
A_QUI: Final = {
    CANDIDAT: "à la personne candidate",
    ORGANISME: "à l’organisme",
    EXAMEN: "à la branche",
    REPOND: "à qui peut y répondre dans la branche",
    TIENT: "à la personne qui l’examine maintenant",
    EMPLOYEUR: "à l’employeur",
}
A_QUI_DU_CANDIDAT: Final = {**A_QUI, CANDIDAT: "à vous", ORGANISME: "à votre organisme de formation", EMPLOYEUR: "à votre employeur"}  # fmt: skip
"""The same, said to the person whom the dossier is about."""
A_QUI_DES_SIENS: Final = {**A_QUI, ORGANISME: "à vos collègues", EXAMEN: "à vos collègues"}
"""The same, said of one's own side."""
SANS_ADRESSE: Final = {
    CANDIDAT: "La personne candidate n’a pas d’adresse : aucun courriel ne lui part.",
    ORGANISME: "Personne ne gère l’organisme sur Binôme : aucun courriel ne lui part.",
    EXAMEN: "Personne n’examine encore pour la branche sur Binôme : aucun courriel ne lui part.",
    REPOND: "Personne ne peut encore y répondre dans la branche : aucun courriel ne lui part.",
}
"""Who cannot be told, in words; an employer without an account was invited, or is not to be."""
POURQUOI: Final = {
    CANDIDAT: "ce dossier est le vôtre",
    ORGANISME: "vous gérez {organisme}",
    EXAMEN: "vous examinez les dossiers pour {branche}",
    REPOND: "vous examinez les dossiers pour {branche}",
    TIENT: "vous examinez les dossiers pour {branche}",
    EMPLOYEUR: "vous suivez ce dossier comme employeur",
}
EXEMPLE: Final = "Dossier d’exemple : aucun courriel ne part."
SANS_SERVEUR: Final = (
    "Cette installation n’envoie pas de courriel : il attend qu’un serveur soit donné."
)


def empeche() -> str:
    """Why no mail leaves this house; empty when they do."""
    return "" if settings.COURRIER_OUVERT else SANS_SERVEUR


class Carnet:
    """The addresses of some dossiers; each list is asked for once."""

    def __init__(self, dossiers: Sequence[Dossier]) -> None:
        """Reads what names people and organisations ahead."""
        prefetch_related_objects(list(dossiers), "organisme", "branche", "candidat")
        self._lus: dict[tuple[object, ...], list[str]] = {}

    @property
    def empeche(self) -> str:
        """Why no mail leaves this house; empty when they do."""
        return empeche()

    def de(self, dossier: Dossier, cote: str) -> list[str]:
        """The addresses of one side; none where nobody may be written to."""
        if not s_ecrit(dossier):
            return []
        if cote == CANDIDAT:
            return du_candidat(dossier)
        if cote == EMPLOYEUR:
            return de_l_employeur(dossier)
        if cote == REPOND:
            return _qui_repondent(dossier)
        if cote == TIENT:
            qui = dossier.examine_par
            return [qui.courriel] if qui is not None and qui.is_active else []
        cle: tuple[object, ...] = (cote, dossier.organisme_id)
        if cote == EXAMEN:
            cle = (cote, dossier.branche_id, dossier.certification, dossier.organisme.exemple)
        if cle not in self._lus:
            self._lus[cle] = (
                de_l_examen(dossier.branche_id, dossier.certification, dossier.organisme.exemple)
                if cote == EXAMEN
                else qui_gere(dossier.organisme_id)
            )
        return self._lus[cle]

    @staticmethod
    def repond(dossier: Dossier, cote: str) -> int | None:
        """The organisation that answers for a mail reaching a side."""
        return dossier.branche_id if cote in (EXAMEN, REPOND, TIENT) else dossier.organisme_id


def _qui_repondent(dossier: Dossier) -> list[str]:
    """Who examines and may answer; else who administers and may; else who administers, and has to invite somebody."""
    decision = en_vigueur(dossier)
    peuvent: dict[str, list[str]] = {"examinateur": [], "administrateur": []}
    administrent: list[str] = []
    tenues = Appartenance.objects.select_related("personne").filter(
        role__in=peuvent, close_le__isnull=True, personne__is_active=True,
        organisation__in=branches_qui_examinent(
            dossier.branche_id, dossier.certification, exemple=dossier.organisme.exemple
        ),
    )  # fmt: skip
    for une in tenues.order_by("personne__courriel"):
        acteur = Acteur(une.personne)
        if une.role == "administrateur":
            administrent.append(une.personne.courriel)
        if EXAMEN in FLUX.cotes(acteur, dossier) and (
            decision is None or a_decide(acteur, decision) is None
        ):
            peuvent[une.role].append(une.personne.courriel)
    return peuvent["examinateur"] or peuvent["administrateur"] or administrent


def nom_de_la_branche(dossier: Dossier) -> str:
    """The branch of a dossier, in words, to start a sentence or not."""
    return "la branche" if dossier.branche is None else dossier.branche.nom


def nom_de_la_certification(dossier: Dossier) -> str:
    """What the dossier is for."""
    return certification_de(dossier.certification).nom


def pourquoi(dossier: Dossier, cote: str) -> str:
    """Why a side is written to about a dossier, as a mail ends with it."""
    return POURQUOI[cote].format(
        organisme=dossier.organisme.nom, branche=nom_de_la_branche(dossier)
    )
