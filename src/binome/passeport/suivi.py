"""Where the declarations of a branch stand: how many in each state, what each waits for, and how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from binome.accrochage.motifs import conduite
from binome.passeport.etats import ATTENDENT, ActionDeclaree, EtatDeDeclaration, EtatDeFiche
from binome.passeport.models import FicheDEtatCivil
from binome.passeport.reglages import sait_supprimer
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.passeport.models import PassageADeclarer, ReglagesDuPasseport

PALIERS: Final = (60, 80)
"""Days after the parchemin when a certification that is not accepted yet is said."""
A_LA_MAIN: Final = "La version de votre schéma ne sait que déclarer. Demandez la suppression à la Caisse des Dépôts, puis notez-en le jour."
EN_LOT: Final = "Le prochain lot « Supprimer » le demandera."


@dataclass(frozen=True)
class DeclarationSuivie:
    """A certification on the page of the branch: how much time is left, what to do, and what may be done here."""

    passage: PassageADeclarer
    reste: str
    presse: bool
    a_faire: str
    peut_repartir: bool
    a_la_main: bool


def nombres(passages: QuerySet[PassageADeclarer]) -> list[tuple[str, str, int]]:
    """Each state that has some, its words, and how many; one query."""
    lus = dict(
        passages.order_by().values_list("etat").annotate(nombre=Count("pk")).values_list("etat", "nombre")
    )  # fmt: skip
    return [
        (str(un.value), str(un.label), lus[un.value])
        for un in EtatDeDeclaration
        if lus.get(un.value)
    ]


def reste(passage: PassageADeclarer, jour: date) -> tuple[str, bool]:
    """The time left in words, and whether it presses; nothing once it is accepted, or has no follow-up."""
    if passage.etat not in ATTENDENT:
        return "", False
    jours = (passage.echeance - jour).days
    depuis = (jour - passage.titre.delivre_le).days
    if jours < 0:
        return f"Le délai est passé depuis le {date_en_clair(passage.echeance)}.", True
    if jours == 0:
        return "Dernier jour aujourd’hui.", True
    pluriel = "s" if jours > 1 else ""
    return f"{jours} jour{pluriel}, jusqu’au {date_en_clair(passage.echeance)}", depuis >= PALIERS[
        0
    ]


def suivies(
    passages: Sequence[PassageADeclarer], reglages: ReglagesDuPasseport | None, jour: date
) -> list[DeclarationSuivie]:
    """The lines of a page; one query whatever their number."""
    fiches = dict(
        FicheDEtatCivil.objects.filter(
            dossier__in=[un.titre.parcours.dossier_id for un in passages]
        ).values_list("dossier", "etat")
    )
    return [_suivie(un, fiches, reglages, jour) for un in passages]


def _suivie(
    un: PassageADeclarer,
    fiches: Mapping[int, str],
    reglages: ReglagesDuPasseport | None,
    jour: date,
) -> DeclarationSuivie:
    fiche = fiches.get(un.titre.parcours.dossier_id, "")
    dit, presse = reste(un, jour)
    complete = fiche == EtatDeFiche.COMPLETE
    repartent = un.etat in (EtatDeDeclaration.REFUSEE, EtatDeDeclaration.REJETEE)
    return DeclarationSuivie(
        passage=un,
        reste=dit,
        presse=presse,
        a_faire=_a_faire(un, fiche, reglages),
        peut_repartir=repartent and complete,
        a_la_main=un.etat == EtatDeDeclaration.A_SUPPRIMER and not sait_supprimer(reglages),
    )


def _a_faire(un: PassageADeclarer, fiche: str, reglages: ReglagesDuPasseport | None) -> str:
    """What the certification waits for, in a sentence."""
    match un.etat:
        case EtatDeDeclaration.A_COMPLETER:
            return "L’état civil manque : la personne ou son organisme le complète."
        case EtatDeDeclaration.PRETE | EtatDeDeclaration.CORRIGEE if not un.rncp:
            return "Aucun numéro de fiche n’est connu pour ce référentiel : elle n’entre dans aucun lot."
        case EtatDeDeclaration.PRETE | EtatDeDeclaration.CORRIGEE:
            return "Le prochain lot la prendra."
        case EtatDeDeclaration.DANS_UN_LOT:
            return "Son lot est à déposer sur le portail."
        case EtatDeDeclaration.DEPOSEE:
            return "La réponse est attendue."
        case EtatDeDeclaration.REFUSEE:
            suite = conduite(un.motif)
            if fiche == EtatDeFiche.A_CORRIGER:
                suite += " L’état civil est rouvert : la correction la remet dans le prochain lot."
            return suite
        case EtatDeDeclaration.REJETEE:
            return "Le fichier entier est rejeté : lisez pourquoi, puis déclarez de nouveau."
        case EtatDeDeclaration.A_SUPPRIMER:
            return EN_LOT if sait_supprimer(reglages) else A_LA_MAIN
    return ""


def en_attente(passages: QuerySet[PassageADeclarer]) -> QuerySet[PassageADeclarer]:
    """Those whose three months run, or whose deletion is awaited."""
    return passages.filter(etat__in=(*ATTENDENT, EtatDeDeclaration.A_SUPPRIMER))


def de_l_action(action: str) -> ActionDeclaree | None:
    """The action that a form asks; None for no such one."""
    return ActionDeclaree(action) if action in ActionDeclaree.values else None
