"""Whom each gesture of a path tells, in a mail that leaves at once: one row a gesture, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from binome.courrier.services import AMettre, mettre_tous_en_file, plier
from binome.dossiers.destinataires import de_l_employeur, du_candidat, qui_gere, s_ecrit
from binome.dossiers.flows import CANDIDAT, ORGANISME
from binome.gestes.auteur import Maison
from binome.gestes.suites import Suite
from binome.lettres.carnet import A_QUI, EMPLOYEUR, EXEMPLE, empeche
from binome.lettres.lettre_du_parcours import lettre_du_parcours
from binome.lettres.prevenir import de_la_personne
from binome.regles.dire import enumerer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.parcours.models import Parcours

CONTINUE: Final = "continue"
"""The side of the organisation that goes on with a path passed on."""
A_QUI_DU_PARCOURS: Final = {**A_QUI, CONTINUE: "à l’organisme qui continue"}
POURQUOI: Final = {
    CANDIDAT: "ce parcours est le vôtre",
    ORGANISME: "vous gérez {organisme}",
    EMPLOYEUR: "vous suivez cette personne comme employeur",
    CONTINUE: "vous gérez {continue_}",
}


@dataclass(frozen=True, kw_only=True)
class NouvelleDeParcours:
    """What one mail says to some sides (`a`); `sujet`, `phrase` and `suite` may hold the words of `_mots`."""

    a: tuple[str, ...]
    sujet: str
    phrase: str
    suite: str = ""


DECISION: Final = "personne de plus : la lettre de la décision le dit"
TITRE: Final = "personne de plus : le titre le dit"
LIGNES: Final[Mapping[str, tuple[NouvelleDeParcours, ...] | str]] = {
    "ouvrir": DECISION,
    "interrompre": (
        NouvelleDeParcours(
            a=(CANDIDAT, EMPLOYEUR),
            sujet="la formation est interrompue",
            phrase="{organisme} a interrompu {le_parcours}.",
            suite="Il peut reprendre. Si ce n’est pas ce qui était convenu, dites-le à {organisme}.",
        ),
    ),
    "reprendre": (
        NouvelleDeParcours(
            a=(CANDIDAT, EMPLOYEUR),
            sujet="la formation reprend",
            phrase="{organisme} a repris {le_parcours}.",
        ),
    ),
    "transferer": (
        NouvelleDeParcours(
            a=(CANDIDAT, EMPLOYEUR),
            sujet="la formation continue à {continue_}",
            phrase="{organisme} a transféré {le_parcours} à {continue_}.",
            suite="Les modules à suivre restent les mêmes.",
        ),
        NouvelleDeParcours(
            a=(CONTINUE,),
            sujet="un parcours vous est transféré",
            phrase="{organisme} vous a transféré {le_parcours}.",
            suite="Les modules à suivre restent les mêmes.",
        ),
    ),
    "abandonner": (
        NouvelleDeParcours(
            a=(CANDIDAT, EMPLOYEUR),
            sujet="la formation s’arrête",
            phrase="{organisme} a mis fin {au_parcours}.",
            suite="Si ce n’est pas ce qui était convenu, dites-le à {organisme}.",
        ),
    ),
    "remplacer": DECISION,
    "arreter": "personne de plus : le retrait du dossier le dit",
    "certifier": TITRE,
    "attester": TITRE,
    "rouvrir": "personne de plus : le retrait du titre le dit",
    "effacer": "personne : plus rien ne dit leur adresse",
}  # fmt: skip
"""Every gesture of the flow; a test holds it so."""


def _mots(passage: Passage[Parcours], cote: str) -> dict[str, str]:
    parcours, continue_ = passage.objet, passage.donnees.get("organisme")
    dossier = parcours.dossier
    de_qui = de_la_personne(dossier)
    sien = cote == CANDIDAT
    return {
        "organisme": parcours.organisme.nom,
        "le_parcours": "votre parcours" if sien else f"le parcours{de_qui}",
        "au_parcours": "à votre parcours" if sien else f"au parcours{de_qui}",
        "continue_": "" if continue_ is None else continue_.nom,
    }


def _adresses(passage: Passage[Parcours], cote: str) -> list[str]:
    dossier = passage.objet.dossier
    if cote == CANDIDAT:
        return du_candidat(dossier)
    if cote == EMPLOYEUR:
        return de_l_employeur(dossier)
    return qui_gere(
        passage.donnees["organisme"].pk if cote == CONTINUE else passage.objet.organisme_id
    )


def _lettre(
    geste: str, ligne: NouvelleDeParcours, passage: Passage[Parcours], cote: str, courriel: str
) -> AMettre:
    parcours, mots = passage.objet, _mots(passage, cote)
    return lettre_du_parcours(
        parcours,
        cle=f"parcours:{geste}:{parcours.pk}:{parcours.version}:{cote}",
        courriel=courriel,
        sujet=ligne.sujet.format(**mots),
        phrase=ligne.phrase.format(**mots),
        suite=ligne.suite.format(**mots),
        action="Ouvrir le parcours",
        pourquoi=POURQUOI[cote].format(**mots),
        page=parcours.suivant if cote == CONTINUE else None,
    )


def prevenir_du_parcours(geste: str, passages: Sequence[Passage[Parcours]], par: Auteur) -> None:
    """Queues the mails of a gesture; each passage then says who is told, and who cannot be."""
    lignes = LIGNES[geste]
    if isinstance(lignes, str):
        return
    courriers: list[AMettre] = []
    sienne = "" if isinstance(par, Maison) else plier(par.personne.courriel)
    empeche_de_partir = empeche()
    for passage in passages:
        if not s_ecrit(passage.objet.dossier):
            passage.nouvelles.append(EXEMPLE)
            continue
        dits: list[str] = []
        for ligne in lignes:
            for cote in ligne.a:
                adresses = [une for une in dict.fromkeys(_adresses(passage, cote)) if une != sienne]
                courriers += [_lettre(geste, ligne, passage, cote, une) for une in adresses]
                if adresses:
                    dits.append(A_QUI_DU_PARCOURS[cote])
        if dits and empeche_de_partir:
            passage.sans_nouvelles.append(empeche_de_partir)
        elif dits:
            passage.nouvelles.append(f"Un courriel part {enumerer(dits)}.")
    mettre_tous_en_file(courriers)


def suites_du_parcours() -> dict[str, Suite]:
    """What follows each gesture of the flow."""
    return {
        nom: Suite(
            lignes
            if isinstance(lignes, str)
            else ", ".join(
                dict.fromkeys(
                    A_QUI_DU_PARCOURS[cote].removeprefix("à ") for une in lignes for cote in une.a
                )
            ),
            None if isinstance(lignes, str) else partial(prevenir_du_parcours, nom),
        )
        for nom, lignes in LIGNES.items()
    }
