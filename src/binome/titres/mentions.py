"""What must be printed and no source gives: read, said missing, written version after version."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.comptes.roles import BRANCHE
from binome.dossiers.bases import base_de
from binome.impression.dessin import indessinable
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.regles.lecture import lire_yaml
from binome.socle.texte_recu import trop_long
from binome.titres.models import MentionsDuTitre

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.comptes.acteur import Acteur

DONNER: Final = "titres.mentions"
"""The entry that keeps what was given."""
FICHES: Final = Path(__file__).parent / "fiches.yaml"
DE_L_EMETTEUR: Final[Mapping[str, str]] = {
    "lieu": "Le lieu de délivrance",
    "signataire": "Le nom de la personne qui signe",
    "qualite": "La qualité de la personne qui signe",
}
DE_LA_FICHE: Final[Mapping[str, str]] = {
    "certificateur": "Le nom du certificateur",
    "intitule": "L’intitulé exact de la certification, tel qu’il est enregistré",
    "niveau": "Le niveau de qualification, au cadre national",
    "niveau_europeen": "Le niveau au cadre européen des certifications",
    "nsf": "Le code NSF et son libellé",
}
LIBELLES: Final[Mapping[str, str]] = {**DE_LA_FICHE, **DE_L_EMETTEUR}
"""The texts that a paper needs, as the form names them."""
DECISION: Final = "La date de la décision de France compétences qui enregistre la certification"


class MentionRefusee(ValueError):
    """What was typed cannot be printed, or is too long; the message says why. `champ` names the field."""

    def __init__(self, message: str, champ: str = "") -> None:
        super().__init__(message)
        self.champ = champ


class MentionsChangees(MentionRefusee):
    """What a person saw is no longer what holds."""


@cache
def _fiches() -> Mapping[str, Any]:
    return dict(lire_yaml(FICHES))


def ce_que_disent_les_sources(rncp: str) -> dict[str, str]:
    """What the sources say of the sheet of a number; nothing for the fields that they do not give."""
    return dict(_fiches().get(rncp, {}))


def enregistrements(certification: str) -> list[str]:
    """The RNCP numbers of a certification, the last one first."""
    tous = sorted(
        base_de(certification).referentiels.values(),
        key=lambda un: un.du,
        reverse=True,
    )
    return list(dict.fromkeys(un.rncp for un in tous if un.rncp))


def a_donner(emetteur: Organisation) -> list[str]:
    """The RNCP numbers that an organisation gives the mentions of; one empty for who is no branch."""
    return enregistrements(emetteur.delivre) if emetteur.genre == BRANCHE else [""]


def mentions_de(emetteur: int, rncp: str) -> MentionsDuTitre | None:
    """The mentions in force; None while nobody gave any."""
    siennes = MentionsDuTitre.objects.filter(emetteur=emetteur, rncp=rncp)
    return siennes.order_by("-du", "-pk").first()


def ce_qui_manque(mentions: MentionsDuTitre | None, rncp: str) -> list[str]:
    """What is missing before a paper may be printed, in words; nothing when it may."""
    attendus = LIBELLES if rncp else DE_L_EMETTEUR
    manquent = [
        dit for nom, dit in attendus.items() if mentions is None or not getattr(mentions, nom)
    ]
    if rncp and (mentions is None or mentions.decision_le is None):
        manquent.insert(0, DECISION)
    return manquent


def longueur_de(nom: str) -> int:
    """Characters of a mention, at most."""
    return int(MentionsDuTitre._meta.get_field(nom).max_length or 0)  # type: ignore[union-attr] # a column of text


@transaction.atomic
def donner(
    emetteur: Organisation,
    rncp: str,
    acteur: Acteur,
    textes: Mapping[str, str],
    decision_le: date | None = None,
    *,
    vues: int = 0,
    essai: bool = False,
) -> MentionsDuTitre:
    """Other mentions from now on, in the place of those that the person saw (`vues`, their number; 0 for none).

    What was delivered keeps its own; all that a made-up organisation says is « d'essai ». Raises MentionRefusee, and MentionsChangees when others hold by now.
    """
    Organisation.objects.select_for_update().get(pk=emetteur.pk)
    tenues = mentions_de(emetteur.pk, rncp)
    if vues != (0 if tenues is None else tenues.pk):
        raise MentionsChangees(
            "Ces mentions ont changé entre-temps, par quelqu’un d’autre ou dans un autre onglet. "
            "Comparez, puis enregistrez les vôtres si c’est encore ce que vous voulez."
        )
    attendus = LIBELLES if rncp else DE_L_EMETTEUR
    dits = {nom: textes.get(nom, "").strip() for nom in attendus}
    if decision_le is None and not any(dits.values()):
        raise MentionRefusee("Rien n’est écrit : donnez au moins une mention.")
    for nom, texte in dits.items():
        if exces := trop_long(texte, longueur_de(nom)):
            raise MentionRefusee(f"{LIBELLES[nom]} : {exces[:1].lower()}{exces[1:]}", nom)
        if faute := indessinable({LIBELLES[nom]: texte}):
            raise MentionRefusee(faute, nom)
    if decision_le is not None and decision_le > timezone.localdate():
        raise MentionRefusee(
            "Cette décision serait à venir : donnez la date qu’elle porte.", "decision_le"
        )
    ecrites = MentionsDuTitre.objects.create(
        emetteur=emetteur, rncp=rncp, du=timezone.now(), decision_le=decision_le if rncp else None,
        essai=essai or emetteur.exemple, par=acteur.personne, **dits,
    )  # fmt: skip
    ecrire(
        Ecriture(
            DONNER,
            nom_des_mentions(emetteur.pk),
            auteur=acteur.nom_au_journal,
            apres={"rncp": rncp, "decision_le": decision_le and decision_le.isoformat()},
            lignes=lignes([ecrites]),
        )
    )
    return ecrites


def nom_des_mentions(emetteur: int) -> str:
    """How the journal names the mentions of an organisation."""
    return f"mentions:{emetteur}"
