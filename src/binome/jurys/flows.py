"""The flow of a jury, as one table; and the name of every other flow of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.auteur import MAISON
from binome.gestes.passage import Passage, chacun
from binome.gestes.services import faire_tous, naitre
from binome.gestes.table import MOTIF, Champ, Flux, Geste
from binome.jurys import passages
from binome.jurys.decisions_flux import DECISIONS
from binome.jurys.etats import EtatDeJury, EtatDePlace, EtatDePresentation
from binome.jurys.membres_flux import MEMBRES, REGLEMENTS
from binome.jurys.minutes import dire_le_jury
from binome.jurys.models import Jury, PlaceAuJury, Presentation, ProcesVerbal
from binome.jurys.permissions import JURY, cotes_de_jury
from binome.jurys.places_flux import PLACES
from binome.jurys.presentations_flux import PRESENTATIONS
from binome.jurys.proces_verbal_flux import PROCES_VERBAUX
from binome.jurys.recours_flux import RECOURS
from binome.jurys.vae_flux import VAES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur

__all__ = (
    "DECISIONS",
    "JURYS",
    "MEMBRES",
    "PLACES",
    "PRESENTATIONS",
    "PROCES_VERBAUX",
    "RECOURS",
    "REGLEMENTS",
    "VAES",
)


def _convoquer_les_places(faits: Sequence[Passage[Jury]], par: Auteur) -> None:
    """What follows a jury that is called: each seat is."""
    jurys = {un.objet.pk: un.objet for un in faits}
    tenues = PlaceAuJury.objects.filter(jury__in=jurys, etat=EtatDePlace.PROPOSEE)
    places = list(tenues.select_related("membre").order_by("pk"))
    for une in places:
        une.jury = jurys[une.jury_id]
    faire_tous(PLACES, "convoquer", [Passage(une, une.version) for une in places], par)


def _dire_le_nouveau_rendez_vous(faits: Sequence[Passage[Jury]], par: Auteur) -> None:
    """What follows a jury that is moved: each person who was called learns it."""
    jurys = {un.objet.pk: un.objet for un in faits}
    convoquees = PlaceAuJury.objects.filter(jury__in=jurys, etat=EtatDePlace.CONVOQUEE)
    places = list(convoquees.select_related("membre").order_by("pk"))
    for une in places:
        une.jury = jurys[une.jury_id]
    faire_tous(PLACES, "deplacer", [Passage(une, une.version) for une in places], par)


def _etablir_les_proces_verbaux(faits: Sequence[Passage[Jury]], par: Auteur) -> None:
    """What follows a jury that is closed: its minutes, as everything stands then."""
    naitre(
        PROCES_VERBAUX,
        "etablir",
        [
            ProcesVerbal(jury=un.objet, dit=dire_le_jury(un.objet), etabli_le=timezone.now())
            for un in faits
        ],
        par,
    )


def _tout_retirer(faits: Sequence[Passage[Jury]], par: Auteur) -> None:
    """What follows a jury that is cancelled: nobody is presented there, and seats are free."""
    jurys = {un.objet.pk: un.objet for un in faits}
    presentees = Presentation.objects.filter(jury__in=jurys, etat=EtatDePresentation.A_EXAMINER)
    places = PlaceAuJury.objects.filter(
        jury__in=jurys, etat__in=(EtatDePlace.PROPOSEE, EtatDePlace.CONVOQUEE)
    )
    avant = list(presentees.select_related("jury", "parcours__dossier").order_by("pk"))
    faire_tous(PRESENTATIONS, "retirer", [Passage(une, une.version) for une in avant], par)
    tenues = list(places.select_related("membre", "jury").order_by("pk"))
    faire_tous(PLACES, "retirer", [Passage(une, une.version) for une in tenues], par)


JURYS: Final = Flux(
    nom="jurys",
    modele=Jury,
    mot="le jury",
    ce_mot="ce jury",
    cotes=cotes_de_jury,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="preparer", mot="Préparer un jury", de=(), vers=EtatDeJury.PREPARE, qui=(JURY,),
            dit="Le jury est préparé.", recit="Jury préparé", formulaire=False,
        ),
        Geste(
            nom="regler", mot="Changer le jour ou le lieu", de=(EtatDeJury.PREPARE, EtatDeJury.CONVOQUE), vers=None,
            qui=(JURY,), dit="C’est changé.", recit="Jour ou lieu changé", formulaire=False, marque=False,
            prepare=(chacun(passages.regler),), effets=(_dire_le_nouveau_rendez_vous,),
        ),
        Geste(
            nom="convoquer", mot="Convoquer le jury", de=(EtatDeJury.PREPARE,), vers=EtatDeJury.CONVOQUE,
            qui=(JURY,), suite="Un courriel part à chaque personne qui a une place, avec le rendez-vous.",
            dit="Le jury est convoqué.", recit="Jury convoqué", prepare=(chacun(passages.convoquer),),
            effets=(_convoquer_les_places,),
        ),
        Geste(
            nom="ouvrir", mot="Ouvrir la séance", de=(EtatDeJury.CONVOQUE,), vers=EtatDeJury.OUVERT, qui=(JURY,),
            suite="Vous noterez qui est là, puis vous déciderez.",
            dit="La séance est ouverte.", recit="Séance ouverte", prepare=(chacun(passages.ouvrir),),
        ),
        Geste(
            nom="clore", mot="Clore la séance", de=(EtatDeJury.OUVERT,), vers=EtatDeJury.CLOS, qui=(JURY,),
            suite="Le procès-verbal est établi, et chacun lit son résultat. Seul un recours change ensuite une décision.",
            dit="La séance est close.", recit="Séance close", prepare=(chacun(passages.pas_les_siens), chacun(passages.clore)),
            effets=(_etablir_les_proces_verbaux,),
        ),
        Geste(
            nom="annuler", mot="Annuler le jury", de=(EtatDeJury.PREPARE, EtatDeJury.CONVOQUE),
            vers=EtatDeJury.ANNULE, qui=(JURY,), suite="Les personnes présentées peuvent l’être ailleurs.",
            dit="Le jury est annulé.", recit="Jury annulé",
            champs=(Champ(MOTIF, "Pourquoi", "Dites pourquoi : qui devait siéger le lira."),),
            prepare=(chacun(passages.pas_les_siens),), effets=(_tout_retirer,),
        ),
    ),
)  # fmt: skip
