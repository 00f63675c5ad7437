"""Who reads which dashboard, and over which perimeters: fetch and check in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404

from binome.comptes.roles import EXAMINENT, OPCO
from binome.formations.territoires import departements, regions
from binome.pilotage.indicateur import ActeurDuPilotage
from binome.pilotage.perimetres import FRANCE, TERRITOIRES, GenreDePerimetre, Perimetre

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation

ROLES_DU_PILOTAGE: Final = (
    ("pilote", ActeurDuPilotage.PILOTE),
    *((role, ActeurDuPilotage.BRANCHE) for role in (*EXAMINENT, "jury")),
    ("gestionnaire", ActeurDuPilotage.ORGANISME),
    (OPCO, ActeurDuPilotage.OPCO),
    ("cpam", ActeurDuPilotage.CPAM),
)
"""By role, the dashboard that it opens; the first one held wins."""
GENRE_PROPRE: Final = {
    ActeurDuPilotage.ORGANISME: GenreDePerimetre.ORGANISME,
    ActeurDuPilotage.OPCO: GenreDePerimetre.PAYEUR,
    ActeurDuPilotage.CPAM: GenreDePerimetre.CAISSE,
}
PAR_TERRITOIRE: Final = (ActeurDuPilotage.PILOTE, ActeurDuPilotage.BRANCHE)
"""Who may also read territories."""


class VueDuPilotage(NamedTuple):
    """A dashboard: whose it is, and the perimeter that it opens on."""

    acteur: ActeurDuPilotage
    organisation: Organisation
    propre: Perimetre


def vue_du_pilotage(acteur: Acteur) -> VueDuPilotage:
    """The dashboard of a person. Raises PermissionDenied for who has none."""
    for role, sorte in ROLES_DU_PILOTAGE:
        for une in acteur.appartenances:
            if une.role == role:
                return VueDuPilotage(sorte, une.organisation, _propre(sorte, une.organisation))
    raise PermissionDenied("Cette page est celle de qui pilote, finance, certifie ou forme.")


def _propre(sorte: ActeurDuPilotage, organisation: Organisation) -> Perimetre:
    if sorte == ActeurDuPilotage.PILOTE:
        return FRANCE
    if sorte == ActeurDuPilotage.BRANCHE:
        return Perimetre(GenreDePerimetre.BRANCHE, organisation.delivre)
    return Perimetre(GENRE_PROPRE[sorte], str(organisation.pk))


def perimetre_demande(vue: VueDuPilotage, dit: str) -> Perimetre:
    """The perimeter that an address asks for, as « region:53 »; the person's own when it says none. Raises Http404."""
    if not dit:
        return vue.propre
    genre, _, code = dit.partition(":")
    demande = Perimetre(genre, code)
    if demande == vue.propre:
        return vue.propre
    permis = vue.acteur in PAR_TERRITOIRE and genre in TERRITOIRES
    if not permis or not nom_du_perimetre(demande):
        raise Http404("Ce périmètre n’existe pas, ou ne vous est pas ouvert.")
    return demande


def nom_du_perimetre(ou: Perimetre, organisation: Organisation | None = None) -> str:
    """A perimeter in words; empty for one that does not exist."""
    if ou == FRANCE:
        return "France"
    if ou.genre == GenreDePerimetre.REGION:
        return regions()[ou.code].nom if ou.code in regions() else ""
    if ou.genre == GenreDePerimetre.DEPARTEMENT:
        return departements()[ou.code].nom if ou.code in departements() else ""
    return organisation.nom if organisation is not None else ""


def perimetres_offerts(vue: VueDuPilotage) -> list[tuple[str, str]]:
    """The perimeters that a person may choose, by address and name; one alone where there is no choice."""
    propre = f"{vue.propre.genre}:{vue.propre.code}", nom_du_perimetre(vue.propre, vue.organisation)
    if vue.acteur not in PAR_TERRITOIRE:
        return [propre]
    france = [] if vue.propre == FRANCE else [("france:FR", "France")]
    return [
        propre,
        *france,
        *(
            (f"region:{une.code}", une.nom)
            for une in sorted(regions().values(), key=lambda u: u.nom)
        ),
        *((f"departement:{un.code}", f"{un.code} {un.nom}") for un in departements().values()),
    ]
