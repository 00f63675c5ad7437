"""Places and trainers of Alice's organisation, and what is typed of one: what the tests of the network stand on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire, naitre
from binome.reseau.appels import APPELS, CANDIDATURES
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Appel, Candidature, Convention, Formateur, SiteDeFormation
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


def _le_site(monde: Monde) -> SiteDeFormation:
    return SiteDeFormation.objects.filter(organisme=monde.organisme).first() or un_site(monde)


def _le_formateur(monde: Monde) -> Formateur:
    return Formateur.objects.filter(organisme=monde.organisme).first() or un_formateur(monde)


@remembre
def un_appel(monde: Monde, *, publie: bool = True, **autres: Any) -> Appel:
    """A call of the branch, open since yesterday and for a month, that asks what the one of 2020 asked."""
    jour = timezone.localdate()
    donnees: dict[str, Any] = {
        "titre": "Appel d’essai", "texte": "Former près de chez soi.", "du": jour - timedelta(days=1),
        "au": jour + timedelta(days=30), "annees": 1, "formation_de_formateur": True, "part_de_soignants": 25,
        **autres,
    }  # fmt: skip
    appel = Appel(
        branche=monde.branche, certification="assistant-medical", referentiel="rncp40913", **donnees
    )
    naitre(APPELS, "preparer", [appel], Acteur(monde.emma))
    if publie:
        faire(APPELS, "publier", appel, Acteur(monde.emma), version=appel.version)
    return appel


@remembre
def une_candidature(monde: Monde, appel: Appel | None = None, **autres: Any) -> Candidature:
    """The whole answer of Alice's organisation, not sent."""
    appel = appel or un_appel(monde)
    jour = timezone.localdate()
    alice = Acteur(monde.alice)
    une = Candidature(appel=appel, organisme=monde.organisme, ouverte_le=timezone.now())
    naitre(CANDIDATURES, "commencer", [une], alice)
    donnees = {
        "sites": [_le_site(monde).pk], "modalites": ["sur_place", "virtuelle"],
        "distance": {"1": 50, "2": 50, "3": 20, "4": 0}, "capacite": 36,
        "formateurs": [_le_formateur(monde).pk], "qualiopi": "QUA-ESSAI-1",
        "qualiopi_du": jour - timedelta(days=300), "qualiopi_au": jour + timedelta(days=795), **autres,
    }  # fmt: skip
    faire(CANDIDATURES, "ecrire", une, alice, version=une.version, donnees=donnees)
    return une


@remembre
def une_convention(monde: Monde, au: int = 365, **autres: Any) -> Convention:
    """The convention that an accepted answer opened, from yesterday for so many days more."""
    une, jour = une_candidature(monde, **autres), timezone.localdate()
    faire(CANDIDATURES, "deposer", une, Acteur(monde.alice), version=une.version)
    donnees = {"du": jour - timedelta(days=1), "au": jour + timedelta(days=au)}
    faire(CANDIDATURES, "accepter", une, Acteur(monde.emma), version=une.version, donnees=donnees)
    return Convention.objects.select_related("organisme", "candidature__appel").get(candidature=une)


def vivre_le_reseau(monde: Monde) -> None:
    """One row of each table of the room."""
    une_convention(monde)
