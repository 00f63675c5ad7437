"""What the room does after gestures below it: a parchemin is declared, a withdrawn one is taken back, a civil status completes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.bases import base_de
from binome.gestes.auteur import Maison
from binome.gestes.services import faire_par_la_maison, naitre
from binome.passeport.etats import EtatDeDeclaration, EtatDeFiche
from binome.passeport.flows import PASSAGES
from binome.passeport.models import FicheDEtatCivil, PassageADeclarer
from binome.regles.calendrier import ajouter_mois
from binome.titres.etats import NatureDeTitre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.titres.models import Titre

MOIS: Final = 3
"""Months within which a certification is declared, from the day that its parchemin is delivered."""


def fiche_rncp(titre: Titre) -> str:
    """The sheet of the référentiel of a title, as it is declared; empty where no source gives it."""
    referentiel = base_de(titre.parcours.dossier.certification).referentiels.get(titre.referentiel)
    rncp = "" if referentiel is None else referentiel.rncp.upper()
    return rncp if not rncp or rncp.startswith("RNCP") else f"RNCP{rncp}"


def ouvrir_les_passages(passages: Sequence[Passage[Titre]], _: Auteur) -> None:
    """A declaration for each parchemin; the schema carries no bloc alone, and no FAE attestation."""
    titres = [un.objet for un in passages if un.objet.nature == NatureDeTitre.CQP]
    if not titres:
        return
    neufs = [
        PassageADeclarer(titre=un, rncp=fiche_rncp(un), echeance=ajouter_mois(un.delivre_le, MOIS))
        for un in titres
    ]
    naitre(PASSAGES, "ouvrir", neufs, Maison())
    completer([un.parcours.dossier_id for un in titres])


def retirer_les_passages(passages: Sequence[Passage[Titre]], _: Auteur) -> None:
    """A withdrawn title is deleted where it was accepted, and not sent where it was not; in a lot, the answer decides."""
    titres = [un.objet.pk for un in passages]
    siens = PassageADeclarer.objects.filter(titre__in=titres).select_related("titre")
    faire_par_la_maison(
        PASSAGES,
        "retirer",
        [un for un in siens.order_by("pk") if un.etat in PASSAGES.gestes["retirer"].de],
    )


def apres_la_fiche(passages: Sequence[Passage[FicheDEtatCivil]], _: Auteur) -> None:
    """What waited for the civil status can be declared; what was refused is declared again."""
    completer([un.objet.dossier_id for un in passages])


def completer(dossiers: Sequence[int]) -> None:
    """Moves on the declarations of dossiers whose civil status is complete."""
    complets = FicheDEtatCivil.objects.filter(dossier__in=dossiers, etat=EtatDeFiche.COMPLETE)
    attendent = PassageADeclarer.objects.filter(
        titre__parcours__dossier__in=complets.values("dossier"),
        etat__in=(EtatDeDeclaration.A_COMPLETER, EtatDeDeclaration.REFUSEE),
    )
    par_etat: dict[str, list[PassageADeclarer]] = {}
    for un in attendent.select_related("titre").order_by("pk"):
        par_etat.setdefault(un.etat, []).append(un)
    faire_par_la_maison(PASSAGES, "completer", par_etat.get(EtatDeDeclaration.A_COMPLETER, []))
    faire_par_la_maison(PASSAGES, "corriger", par_etat.get(EtatDeDeclaration.REFUSEE, []))
