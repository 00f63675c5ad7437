"""The letters of the made-up world: the words of its branch, those already sealed, and a few messages.

Sealed as every letter is, by the trade itself; where no key is given, none is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db.models import Case, When

from binome.branches.services import ecrire_les_textes
from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision, Dossier
from binome.exemples.chapitre import Chapitre
from binome.lettres.lettre import LETTRES
from binome.messagerie.models import Cote
from binome.messagerie.services import ecrire_un_mot
from binome.sceau import papiers
from binome.sceau.cle import SceauAbsent

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

AVEC_LETTRES: Final = 1000
"""The largest set that has letters."""
SCELLEES: Final = 20
"""Letters that are sealed, the last ones: a tenth of a second each."""
TEXTES: Final = {
    "entete": "Texte d’exemple : cette branche n’existe pas.",
    "contact": "branche@exemple.invalid",
    "signature": "Pour la branche d’exemple",
    "recours": "Texte d’exemple : ouvrez votre dossier en ligne, puis « Déposer un recours ».",
}
DELAI: Final = 60
"""Days to contest, made up as the branch is: no text that we know sets them."""
MESSAGES: Final = (
    (Etat.DEPOSE, "gestionnaire", Cote.ORGANISME, "Exemple : l’attestation arrive lundi, est-ce trop tard ?"),
    (Etat.A_COMPLETER, "examinateur", Cote.BRANCHE, "Exemple : une copie lisible des deux faces suffit."),
)  # fmt: skip
"""Which dossier, who writes, for which side, and what."""


def _sans_lettre(scene: Scene) -> QuerySet[Decision]:
    """The decisions that were notified: those of the first organisation, whose accounts are tried, then the last ones."""
    notifiees = Decision.objects.filter(
        dossier__exemple=True, notifiee_le__isnull=False, sceau=""
    ).select_related("dossier__organisme", "dossier__branche", "proposition", "par")
    return notifiees.order_by(
        Case(When(dossier__organisme=scene.organismes[0], then=0), default=1), "-le", "pk"
    )


def _sceller(scene: Scene) -> None:
    """The letters that a visitor opens first; none where there is no key."""
    siennes = replace(LETTRES, attendent=partial(_sans_lettre, scene))
    with suppress(SceauAbsent):
        papiers.sceller(siennes, SCELLEES)


def _ecrire_des_mots(scene: Scene) -> None:
    for etat, qui, cote, texte in MESSAGES:
        siens = Dossier.objects.filter(etat=etat, organisme=scene.organismes[0])
        if (dossier := siens.order_by("-depose_le", "pk").first()) is not None:
            ecrire_un_mot(dossier, Acteur(scene.personnes[qui]), texte, cote=cote)


def ecrire(scene: Scene, voulu: Voulu) -> None:
    """The words of the branch first: the letters are printed with them."""
    ecrire_les_textes(scene.branche, Acteur(scene.personnes["administrateur"]), TEXTES, DELAI)
    _ecrire_des_mots(scene)
    if voulu.taille <= AVEC_LETTRES:
        _sceller(scene)


def _toujours() -> None:
    """The dossiers before it said whether the world may be written."""


CHAPITRE: Final = Chapitre("lettres", _toujours, ecrire)
