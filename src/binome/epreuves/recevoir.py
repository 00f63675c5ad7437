"""What comes of a grid, once or ten times, from one device or two: taken whole, or refused with a sentence.

Two devices that did not see each other never write over one another: both grids stay, until their author chooses. A correction
is a new grid in the place of the one that was seen; the former stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction

from binome.epreuves.clos import pourquoi_clos
from binome.epreuves.envois import GrilleIllisible
from binome.epreuves.etats import EtatDeGrille, EtatDePassation, Verdict
from binome.epreuves.flows import GRILLES, PASSATIONS, VERDICTS
from binome.epreuves.models import Grille, Passation, VerdictDeCompetence
from binome.epreuves.permissions import evalue
from binome.epreuves.programme import blocs_du_parcours
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous, naitre
from binome.habillage.envois_recus import APPAREIL, HorlogeFausse, a_l_heure
from binome.livret.recevoir import faute_de_la_phrase
from binome.regles.calendrier import date_en_clair, heure_du_jour

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from binome.comptes.acteur import Acteur
    from binome.epreuves.envois import EnvoiDeGrille

RIVALES: Final = 4
"""Grids of one author on one attempt that may wait for a choice."""
TOLERANCE: Final = timedelta(minutes=15)
"""How long before an épreuve begins its grid may be filled: who judges is there before."""
AU_PLUS: Final = timedelta(days=366)
"""How old a grid may be when it comes: a clock that says more is wrong."""
RECUE: Final = "recue"
DEJA_RECUE: Final = "deja_recue"
REFUSEE: Final = "refusee"


@dataclass(frozen=True)
class GrilleRendue:
    """What became of a grid: `issue`, and what its author should know."""

    uid: UUID
    issue: str
    phrase: str = ""


class GrilleRefusee(ValueError):
    """A grid that is not taken; its message is for the person."""


def recevoir_les_grilles(
    acteur: Acteur, lot: Sequence[EnvoiDeGrille | GrilleIllisible], *, maintenant: datetime
) -> list[GrilleRendue]:
    """What became of each grid of a lot, in its order: one that is refused keeps none of the others back."""
    return [
        GrilleRendue(un.uid, REFUSEE, un.phrase)
        if isinstance(un, GrilleIllisible)
        else _recevoir(acteur, un, maintenant)
        for un in lot
    ]


def _recevoir(acteur: Acteur, envoi: EnvoiDeGrille, maintenant: datetime) -> GrilleRendue:
    for essai in (1, 2):
        try:
            phrase = _ecrire(acteur, envoi, maintenant)
        except IntegrityError:
            # Another device wrote at the same instant: read again what it says, once.
            if essai == 1:
                continue
            return GrilleRendue(
                envoi.uid, REFUSEE, "La grille changeait au même instant : recommencez."
            )
        except (GrilleRefusee, GesteImpossible, HorlogeFausse) as refus:
            return GrilleRendue(envoi.uid, REFUSEE, str(refus))
        if phrase is None:
            return GrilleRendue(envoi.uid, DEJA_RECUE)
        return GrilleRendue(envoi.uid, RECUE, phrase)
    raise AssertionError  # the second try returns


@transaction.atomic
def _ecrire(acteur: Acteur, envoi: EnvoiDeGrille, maintenant: datetime) -> str | None:
    """Takes it whole, and says what its author should know; None for what came already."""
    passation = _tenir(acteur, envoi)
    if _deja(acteur, envoi):
        return None
    remplie_le = a_l_heure(envoi.remplie_le, envoi.retard, maintenant, quoi="cette grille")
    if clos := pourquoi_clos(passation.parcours, passation.bloc, tente_le=passation.prevue_le):
        raise GrilleRefusee(clos)
    _a_son_heure(passation, remplie_le, maintenant)
    _verifier(passation, envoi)
    tenues = list(
        Grille.objects.filter(passation=passation)
        .exclude(etat=EtatDeGrille.REMPLACEE)
        .prefetch_related("verdicts")
        .order_by("pk")
    )
    _reste_une_place(passation, acteur, tenues)
    miennes = [une for une in tenues if une.par_id == acteur.personne.pk]
    actuelle = next((une for une in miennes if une.etat == EtatDeGrille.EN_VIGUEUR), None)
    vue = next((une for une in miennes if une.uid == envoi.vue), None)
    neuve = Grille(
        uid=envoi.uid,
        passation=passation,
        par=acteur.personne,
        vue=vue,
        remplie_le=remplie_le,
        recue_le=maintenant,
        appareil=envoi.appareil,
    )
    a_cote = actuelle is not None and actuelle is not vue and not _memes(actuelle, envoi)
    if a_cote and len(miennes) > RIVALES:
        raise GrilleRefusee(
            "Plusieurs grilles attendent déjà un choix : choisissez d’abord, sur la page."
        )
    if actuelle is not None and not a_cote:
        actuelle.passation = passation
        faire_tous(GRILLES, "remplacer", [Passage(actuelle, actuelle.version)], acteur)
    naitre(GRILLES, "remplir_aussi" if a_cote else "remplir", [neuve], acteur)
    naitre(
        VERDICTS,
        "dire",
        [
            VerdictDeCompetence(
                grille=neuve,
                competence=une.competence,
                verdict=une.verdict,
                observation=une.observation,
            )
            for une in envoi.lignes
        ],
        acteur,
    )
    place = _place_libre(passation, acteur)
    if passation.etat == EtatDePassation.PREVUE or place:
        faire_tous(PASSATIONS, "passer", [Passage(passation, passation.version, place)], Maison())
    return (
        "Une autre grille de vous était déjà là : les deux sont gardées. Choisissez, sur la page, celle qui vaut."
        if a_cote
        else ""
    )


def _tenir(acteur: Acteur, envoi: EnvoiDeGrille) -> Passation:
    """The attempt, locked. Raises GrilleRefusee for one that the person may not judge."""
    passation = (
        Passation.objects.select_for_update(of=("self",))
        .filter(pk=envoi.passation)
        .select_related("parcours__dossier")
        .first()
    )
    if passation is None or acteur.soutien is not None or not evalue(acteur, passation):
        raise GrilleRefusee("Cette épreuve ne vous est pas confiée.")
    if passation.parcours.dossier.anonyme_le is not None:
        raise GrilleRefusee("Ce parcours est effacé : rien ne s’y écrit plus.")
    return passation


def _deja(acteur: Acteur, envoi: EnvoiDeGrille) -> bool:
    """Whether it came. Raises GrilleRefusee for the number of another, or for other answers: they would be lost unseen."""
    connue = Grille.objects.filter(uid=envoi.uid).first()
    if connue is None:
        return False
    if (connue.passation_id, connue.par_id) != (envoi.passation, acteur.personne.pk):
        raise GrilleRefusee("Cet envoi reprend le numéro d’un autre : rechargez la page.")
    if not _memes(connue, envoi):
        raise GrilleRefusee(
            "Cette grille est déjà arrivée avec d’autres réponses. Rechargez la page, puis remplissez-la de nouveau."
        )
    return True


def _a_son_heure(passation: Passation, remplie_le: datetime, maintenant: datetime) -> None:
    """Raises GrilleRefusee for a grid filled before its épreuve begins, or too long ago."""
    if (
        passation.debut is not None
        and passation.creneau is not None
        and remplie_le < passation.debut - TOLERANCE
    ):
        fuseau = passation.creneau.session.site.fuseau
        debut = passation.debut.astimezone(fuseau)
        raise GrilleRefusee(
            f"Cette épreuve commence le {date_en_clair(debut.date())} à {heure_du_jour(debut.hour, debut.minute)} : "
            "sa grille se remplit à partir d’un quart d’heure avant."
        )
    if remplie_le < maintenant - AU_PLUS:
        raise GrilleRefusee(
            "L’heure de cette grille est trop ancienne. Mettez l’appareil à l’heure, puis recommencez."
        )


def _verifier(passation: Passation, envoi: EnvoiDeGrille) -> None:
    """Raises GrilleRefusee."""
    if passation.etat == EtatDePassation.ANNULEE:
        raise GrilleRefusee("Cette épreuve est annulée : aucune grille ne s’y écrit.")
    if passation.etat == EtatDePassation.ABSENTE:
        raise GrilleRefusee(
            "Une absence est notée à cette épreuve. L’organisme la retire, puis vous renvoyez la grille."
        )
    if not APPAREIL.fullmatch(envoi.appareil):
        raise GrilleRefusee("Le numéro de l’appareil n’est pas lisible.")
    if not envoi.lignes:
        raise GrilleRefusee("Cette grille est vide : répondez à une compétence au moins.")
    bloc = blocs_du_parcours(passation.parcours).get(passation.bloc)
    connues = {une.code for une in bloc.lignes} if bloc is not None else set()
    vus: set[str] = set()
    for une in envoi.lignes:
        if une.competence not in connues or une.competence in vus:
            raise GrilleRefusee("Cette compétence n’est pas de cette épreuve.")
        vus.add(une.competence)
        if une.verdict not in Verdict.values:
            raise GrilleRefusee("Choisissez une des trois réponses.")
        faute = faute_de_la_phrase(une.observation)
        if faute:
            raise GrilleRefusee(faute.replace("le livret", "la grille"))


def _reste_une_place(passation: Passation, acteur: Acteur, tenues: Sequence[Grille]) -> None:
    """Raises GrilleRefusee when others filled as many grids as the épreuve has evaluators."""
    autres = {une.par_id for une in tenues} - {acteur.personne.pk}
    if len(autres) >= passation.evaluateurs:
        raise GrilleRefusee(
            "La grille de cette épreuve est déjà remplie par une autre personne."
            if passation.evaluateurs == 1
            else "Les deux grilles de cette épreuve sont déjà remplies par d’autres personnes."
        )


def _place_libre(passation: Passation, acteur: Acteur) -> dict[str, Any]:
    """The place of an evaluator that a person takes by filling a grid; none for who was named."""
    if acteur.personne.pk in (passation.evaluateur_id, passation.second_id):
        return {}
    nom = "evaluateur" if passation.evaluateur_id is None else "second"
    return {nom: acteur.personne}


def _memes(actuelle: Grille, envoi: EnvoiDeGrille) -> bool:
    """Whether two devices said the same: nothing is to choose."""
    dits = {(un.competence, un.verdict, un.observation) for un in actuelle.verdicts.all()}
    return dits == {(une.competence, une.verdict, une.observation) for une in envoi.lignes}


@transaction.atomic
def choisir(grille: Grille, acteur: Acteur, *, version: int) -> None:
    """Keeps one of the grids of a person that are to choose from; the others are replaced. Raises GesteImpossible."""
    passation = (
        Passation.objects.select_for_update(of=("self",))
        .select_related("parcours__dossier")
        .get(pk=grille.passation_id)
    )
    if clos := pourquoi_clos(passation.parcours, passation.bloc, tente_le=passation.prevue_le):
        raise GesteImpossible(clos)
    autres = Grille.objects.filter(passation=passation, par=grille.par_id).exclude(
        etat=EtatDeGrille.REMPLACEE
    )
    lues = list(autres.exclude(pk=grille.pk).order_by("pk"))
    for une in (*lues, grille):
        une.passation = passation
    faire_tous(GRILLES, "remplacer", [Passage(une, une.version) for une in lues], acteur)
    if grille.etat == EtatDeGrille.A_CHOISIR:
        faire(GRILLES, "garder", grille, acteur, version=version)
