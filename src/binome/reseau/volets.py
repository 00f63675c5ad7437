"""What the pages of the network show of a place, of a trainer, of an answer to a call and of a convention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.formations.territoires import departements
from binome.reseau.echeances import echeances_de, phrase_de
from binome.reseau.etats import A_ECRIRE, EtatDAppel, EtatDeFormateur, EtatDeSite
from binome.reseau.exigences import compter_les_formateurs, exigences
from binome.reseau.models import Candidature, Convention
from binome.reseau.offres import (
    formateurs_de,
    manques,
    modalites_dites,
    parts_a_distance,
    referentiel_de,
    sites_de,
)
from binome.reseau.permissions import (
    EXAMEN,
    ORGANISME,
    candidatures_visibles,
    cotes,
    cotes_de_l_appel,
    cotes_de_la_candidature,
    cotes_du_formateur,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.regles.referentiels import Referentiel
    from binome.reseau.models import Appel, Formateur, OffreDeFormation, SiteDeFormation


def nom_du_departement(code: str) -> str:
    """The name of a département, by its code; the code itself for a territory that is none."""
    connu = departements().get(code)
    return code if connu is None else connu.nom


def site_dit(
    _: HttpRequest, acteur: Acteur, site: SiteDeFormation, __: GesteTente
) -> Mapping[str, Any]:
    """Where a place is, how many it seats, and the way to correct it."""
    return {
        "site": site,
        "departement": nom_du_departement(site.departement),
        "corrige": ORGANISME in cotes(acteur, site) and site.etat == EtatDeSite.OUVERT,
    }


def formateur_dit(
    _: HttpRequest, acteur: Acteur, un: Formateur, __: GesteTente
) -> Mapping[str, Any]:
    """What is known of who trains, and what nobody said."""
    return {
        "formateur": un,
        "corrige": ORGANISME in cotes_du_formateur(acteur, un) and un.etat == EtatDeFormateur.FORME,
    }


def _offre(
    offre: OffreDeFormation, organisme: int, referentiel: Referentiel | None
) -> dict[str, Any]:
    return {
        "modalites": modalites_dites(offre),
        "sites": sites_de(offre, organisme),
        "parts": parts_a_distance(offre, referentiel),
        "capacite": offre.capacite,
        "qualiopi": offre.qualiopi,
        "qualiopi_du": offre.qualiopi_du,
        "qualiopi_au": offre.qualiopi_au,
        "qualiopi_passe": offre.qualiopi_au is not None
        and offre.qualiopi_au < timezone.localdate(),
    }


def appel_dit(_: HttpRequest, acteur: Acteur, appel: Appel, __: GesteTente) -> Mapping[str, Any]:
    """Its days, what it asks, and the answer of one's organisation, or the way to it."""
    jour = timezone.localdate()
    gere = acteur.organisations("gestionnaire")
    publie = appel.etat == EtatDAppel.PUBLIE
    return {
        "appel": appel,
        "referentiel": referentiel_de(appel.certification, appel.referentiel),
        "exigences": exigences(appel, {}),
        "ouvert": appel.ouvert_le(jour),
        "passe": publie and appel.au < jour,
        "a_venir": publie and jour < appel.du,
        "corrige": EXAMEN in cotes_de_l_appel(acteur, appel) and appel.etat == EtatDAppel.PREPARE,
        "sienne": Candidature.objects.filter(appel=appel, organisme__in=gere).first()
        if gere
        else None,
        "repond": acteur.gere and appel.ouvert_le(jour),
    }


def candidature_dite(
    _: HttpRequest, acteur: Acteur, une: Candidature, __: GesteTente
) -> Mapping[str, Any]:
    """What it proposes, what is missing, and what the call asks of who would train."""
    formateurs = formateurs_de(une)
    a_ecrire = une.etat in A_ECRIRE
    comptes = (
        compter_les_formateurs(une.appel, formateurs)
        if a_ecrire or not une.comptes
        else une.comptes
    )
    referentiel = referentiel_de(une.appel.certification, une.appel.referentiel)
    return {
        "une": une,
        "ecrit": a_ecrire and ORGANISME in cotes_de_la_candidature(acteur, une),
        "manques": manques(une) if a_ecrire else [],
        "offre": _offre(une, une.organisme_id, referentiel),
        "formateurs": formateurs,
        "lit_les_fiches": True,
        "exigences": exigences(une.appel, comptes),
        "convention": Convention.objects.filter(candidature=une).first(),
    }


def convention_dite(
    _: HttpRequest, acteur: Acteur, une: Convention, __: GesteTente
) -> Mapping[str, Any]:
    """From when to when it runs, what it covers, and what is about to end."""
    jour = timezone.localdate()
    lue = candidatures_visibles(acteur).filter(pk=une.candidature_id).exists()
    referentiel = referentiel_de(une.certification, une.referentiel)
    return {
        "une": une,
        "phrase": phrase_de(une, jour),
        "referentiel": referentiel,
        "echeances": [un.phrase for un in echeances_de(une, jour)],
        "offre": _offre(une, une.organisme_id, referentiel),
        "candidature": une.candidature_id if lue else None,
    }
