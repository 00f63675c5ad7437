"""One table with one gesture: all that a room writes to have its pages, its bulk form, its journal and its story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.table import Champ, Flux, Geste
from tests.gestes.atelier.models import Demande

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur


def cotes(acteur: Acteur, demande: Demande) -> frozenset[str]:
    """Who manages the organisation acts."""
    gere = acteur.soutien is None and demande.organisme_id in acteur.organisations("gestionnaire")
    return frozenset({"organisme"}) if gere else frozenset()


def visibles(acteur: Acteur) -> QuerySet[Demande]:
    """Who works in the organisation reads."""
    siens = acteur.organisations("gestionnaire", "formateur")
    return Demande.objects.filter(organisme__in=siens)


FLUX: Final = Flux(
    nom="demande",
    modele=Demande,
    mot="la demande",
    ce_mot="cette demande",
    cotes=cotes,
    visibles=visibles,
    dits={"organisme": "par l’organisme"},
    table=(
        Geste(
            nom="envoyer", mot="Envoyer la demande", de=("prete",), vers="envoyee",
            qui=("organisme",), suite="Elle part aussitôt.", dit="La demande est envoyée.",
            recit="Demande envoyée", ensemble=True,
            champs=(Champ("motif", "Pourquoi", "Dites pourquoi : le destinataire le lira."),),
        ),
    ),
)  # fmt: skip
