"""What an offer holds, in words: its places, its blocs, and what is still missing before it may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from binome.formations.appels import appel_de_2020
from binome.regles.courante import base_courante
from binome.reseau.etats import EtatDeFormateur, EtatDeSite, ModaliteProposee
from binome.reseau.models import Formateur, SiteDeFormation

if TYPE_CHECKING:
    from binome.regles.referentiels import Bloc, Referentiel
    from binome.reseau.models import Candidature, OffreDeFormation


class PartADistance(NamedTuple):
    """A bloc, the percentage taught at a distance (None: not said), and whether presence was rather kept for it in 2023."""

    bloc: Bloc
    part: int | None
    presence_preferee: bool


def referentiel_de(certification: str, code: str) -> Referentiel | None:
    """A référentiel of a certification; None for one that the rules no longer have."""
    return base_courante(certification=certification).referentiels.get(code)


def parts_a_distance(
    offre: OffreDeFormation, referentiel: Referentiel | None
) -> list[PartADistance]:
    """Each bloc of a référentiel, with its share."""
    preferes = appel_de_2020().blocs
    return [
        PartADistance(un, offre.distance.get(str(un.numero)), un.numero in preferes)
        for un in (referentiel.blocs if referentiel else ())
    ]


def modalites_dites(offre: OffreDeFormation) -> list[str]:
    """How it is taught, in words."""
    return [str(une.label) for une in ModaliteProposee if une.value in offre.modalites]


def sites_de(offre: OffreDeFormation, organisme: int) -> list[SiteDeFormation]:
    """The places that an offer names, closed ones included."""
    siens = SiteDeFormation.objects.filter(organisme=organisme, pk__in=offre.sites)
    return list(siens.order_by("nom", "pk"))


def formateurs_de(candidature: Candidature) -> list[Formateur]:
    """Those that an answer names and who still train."""
    siens = Formateur.objects.filter(
        organisme=candidature.organisme_id,
        pk__in=candidature.formateurs,
        etat=EtatDeFormateur.FORME,
    )
    return list(siens.order_by("nom", "prenom", "pk"))


def manques(candidature: Candidature) -> list[str]:
    """What must still be said before an answer is sent, in the order of its form."""
    dits = []
    ouverts = [
        un for un in sites_de(candidature, candidature.organisme_id) if un.etat == EtatDeSite.OUVERT
    ]
    sur_place = ModaliteProposee.SUR_PLACE.value in candidature.modalites
    if not candidature.modalites:
        dits.append("une modalité")
    if not ouverts and (sur_place or not candidature.modalites):
        dits.append("un site ouvert")
    referentiel = referentiel_de(candidature.appel.certification, candidature.appel.referentiel)
    dits.extend(
        f"la part à distance du bloc {une.bloc.numero}"
        for une in parts_a_distance(candidature, referentiel)
        if une.part is None
    )
    if candidature.capacite is None:
        dits.append("la capacité par an")
    if not formateurs_de(candidature):
        dits.append("qui formera")
    if not candidature.qualiopi:
        dits.append("le numéro du certificat Qualiopi")
    if candidature.qualiopi_du is None or candidature.qualiopi_au is None:
        dits.append("les dates du certificat Qualiopi")
    return dits
