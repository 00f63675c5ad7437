"""Places and trainers of Alice's organisation, and what is typed of one: what the tests of the network stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import naitre
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Formateur, SiteDeFormation
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

SITE: Final = {"nom": "Laval centre", "commune": "Laval", "departement": "53", "places": "15"}
FORMATEUR: Final = {
    "prenom": "Zoé", "nom": "Zylberstéin", "annees": "4", "forme_a_former": "oui", "soignant": "oui",
}  # fmt: skip


@remembre
def un_site(monde: Monde, nom: str = "Laval centre", **autres: Any) -> SiteDeFormation:
    """A place of Alice's organisation."""
    donnees: dict[str, Any] = {"commune": "Laval", "departement": "53", "places": 15, **autres}
    site = SiteDeFormation(organisme=monde.organisme, nom=nom, **donnees)
    naitre(SITES, "ouvrir", [site], Acteur(monde.alice))
    return site


@remembre
def un_formateur(monde: Monde, nom: str = "Zylberstéin", **autres: Any) -> Formateur:
    """Somebody who trains there: a health professional of four years, trained to train."""
    donnees: dict[str, Any] = {
        "prenom": "Zoé", "annees": 4, "forme_a_former": True, "soignant": True, **autres,
    }  # fmt: skip
    un = Formateur(organisme=monde.organisme, nom=nom, ajoute_le=timezone.now(), **donnees)
    naitre(FORMATEURS, "ajouter", [un], Acteur(monde.alice))
    return un


def vivre_le_reseau(monde: Monde) -> None:
    """One row of each table of the room."""
    un_formateur(monde)
