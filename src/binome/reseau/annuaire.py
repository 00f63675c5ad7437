"""What the public directory says of the organisations under convention, on a day: the branch's word, apart from sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from binome.pliage import plier
from binome.reseau.etats import EtatDeConvention, EtatDeSite, ModaliteProposee
from binome.reseau.models import Convention, SiteDeFormation
from binome.reseau.offres import modalites_dites, parts_a_distance, referentiel_de
from binome.reseau.volets import nom_du_departement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.reseau.offres import PartADistance

EN_PRESENCE: Final = "presentiel"
A_DISTANCE: Final = "distance"


@dataclass(frozen=True, slots=True)
class SousConvention:
    """An organisation under convention that day: from when to when, where it is open, how it teaches, for what."""

    nom: str
    exemple: bool
    du: date
    au: date
    referentiel: str
    sites: tuple[SiteDeFormation, ...]
    modalites: tuple[str, ...]
    parts: tuple[PartADistance, ...]
    codes: frozenset[str]

    @property
    def lieux(self) -> list[str]:
        """Each open site, by its name, its town and its département."""
        return [f"{un}, {nom_du_departement(un.departement)}" for un in self.sites]

    def repond(self, *, departement: str = "", modalite: str = "", texte: str = "") -> bool:
        """Whether it meets what is asked of the directory; each word of the text is found in its name or its places."""
        if departement and departement not in {un.departement for un in self.sites}:
            return False
        if modalite == EN_PRESENCE and ModaliteProposee.SUR_PLACE not in self.codes:
            return False
        if modalite == A_DISTANCE and self.codes <= {ModaliteProposee.SUR_PLACE.value}:
            return False
        if modalite not in {"", EN_PRESENCE, A_DISTANCE}:
            return False
        dit = plier(" ".join([self.nom, *self.lieux, *(un.code_postal for un in self.sites)]))
        return all(mot in dit for mot in plier(texte).split())


def en_vigueur(jour: date) -> QuerySet[Convention]:
    """The conventions that hold on a day; those of made-up organisations in a demonstration alone."""
    tenues = Convention.objects.filter(etat=EtatDeConvention.EN_COURS, du__lte=jour, au__gte=jour)
    if not settings.DEMONSTRATION:
        tenues = tenues.filter(organisme__exemple=False)
    return tenues.select_related("organisme").order_by("organisme__nom", "pk")


def sites_ouverts(conventions: Iterable[Convention]) -> dict[int, list[SiteDeFormation]]:
    """The open places that each of some conventions covers, by the number of the convention; one query."""
    tenues = list(conventions)
    ouverts: defaultdict[int, list[SiteDeFormation]] = defaultdict(list)
    siens = SiteDeFormation.objects.filter(
        organisme__in={une.organisme_id for une in tenues}, etat=EtatDeSite.OUVERT
    )
    for un in siens.order_by("nom", "pk"):
        ouverts[un.organisme_id].append(un)
    return {
        une.pk: [un for un in ouverts[une.organisme_id] if un.pk in une.sites] for une in tenues
    }


def sous_convention(jour: date) -> Sequence[SousConvention]:
    """The organisations under convention that day, by name; two queries."""
    tenues = list(en_vigueur(jour))
    sites = sites_ouverts(tenues)
    dites = []
    for une in tenues:
        referentiel = referentiel_de(une.certification, une.referentiel)
        dites.append(
            SousConvention(
                une.organisme.nom,
                une.organisme.exemple,
                une.du,
                une.au,
                une.referentiel if referentiel is None else referentiel.titre,
                tuple(sites[une.pk]),
                tuple(modalites_dites(une)),
                tuple(parts_a_distance(une, referentiel)),
                frozenset(une.modalites),
            )
        )
    return dites
