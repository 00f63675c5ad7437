"""The seats that organisations announce to everyone: of published sessions, where somebody may still enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from binome.pliage import plier
from binome.sessions.etats import EtatDeSession, ModaliteDeCreneau
from binome.sessions.models import Session
from binome.sessions.places import debuts_des_blocs, places_des
from binome.sessions.programme import intitules

if TYPE_CHECKING:
    from datetime import datetime

LES_PREMIERES: int = 50
"""Announcements that the directory shows: those where one may enter first."""


@dataclass(frozen=True, slots=True)
class EntreePossible:
    """A bloc that somebody may enter: when it begins, by the clock of the site, and how many seats are left."""

    bloc: int
    intitule: str
    le: datetime
    places: int


@dataclass(frozen=True, slots=True)
class PlacesAnnoncees:
    """What an organisation announces of one session."""

    organisme: str
    exemple: bool
    site: str
    commune: str
    departement: str
    referentiel: str
    modalite: str
    entrees: tuple[EntreePossible, ...]

    def repond(self, *, departement: str = "", modalite: str = "", texte: str = "") -> bool:
        """Whether it meets what is asked of the directory."""
        if departement and departement != self.departement:
            return False
        sur_place = self.modalite == ModaliteDeCreneau.SUR_PLACE
        if modalite and modalite != ("presentiel" if sur_place else "distance"):
            return False
        dit = plier(f"{self.organisme} {self.site} {self.commune}")
        return all(mot in dit for mot in plier(texte).split())


def places_annoncees(maintenant: datetime) -> list[PlacesAnnoncees]:
    """The seats left at an instant, those that one may take first coming first; three queries.

    Those of made-up organisations are only shown in a demonstration.
    """
    annoncees = Session.objects.filter(etat=EtatDeSession.PUBLIEE, places_annoncees=True)
    if not settings.DEMONSTRATION:
        annoncees = annoncees.filter(organisme__exemple=False)
    ouvertes = list(
        annoncees.filter(creneaux__debut__gt=maintenant)
        .distinct()
        .select_related("site", "organisme")
        .order_by("debut", "pk")
    )
    places, debuts = places_des(ouvertes), debuts_des_blocs(ouvertes)
    dites = []
    for une in ouvertes:
        noms = intitules(une.certification, une.referentiel)
        entrees = tuple(
            EntreePossible(
                bloc,
                noms.blocs.get(bloc, ""),
                debut.astimezone(une.site.fuseau),
                places[une.pk].libres([bloc]),
            )
            for bloc, debut in sorted(debuts.get(une.pk, {}).items(), key=lambda un: un[1])
            if debut > maintenant and places[une.pk].libres([bloc])
        )
        if entrees:
            dites.append(
                PlacesAnnoncees(
                    une.organisme.nom, une.organisme.exemple, une.site.nom, une.site.commune,
                    une.site.departement, noms.titre, une.modalite, entrees,
                )
            )  # fmt: skip
    return sorted(dites, key=lambda une: (une.entrees[0].le, une.organisme))
