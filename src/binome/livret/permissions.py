"""Whose booklet it is: the person in training, and who is their tutor at the practice; nobody else writes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from binome.comptes.models import Appartenance
from binome.comptes.roles import EMPLOYEUR, TUTEUR
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.dossiers.employeurs.services import de_quel_cote
from binome.emplois.permissions import emplois_lus
from binome.livret.etats import CoteDuBinome, EtatDeTutorat
from binome.livret.models import Tutorat
from binome.parcours.permissions import visibles

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.livret.models import (
        AbonnementDAppareil,
        Appreciation,
        CarteDeSemaine,
        Glissement,
        RappelDeCarte,
        SignatureDeCarte,
    )
    from binome.parcours.models import Parcours

EMPLOIE: Final = "employeur"
SOI: Final = "soi"


def cotes_de_livret(acteur: Acteur, parcours: Parcours) -> frozenset[str]:
    """The sides of a path's booklet that a person stands on: its trainee, its tutor, who employs them.

    Where nobody was named, who answers for the practice is the tutor: the employing doctor is, by the sources.
    """
    if acteur.soutien is not None:
        return frozenset()
    if parcours.dossier.candidat_id == acteur.personne.pk:
        return frozenset({CoteDuBinome.STAGIAIRE.value})
    tenues = acteur.organisations(EMPLOYEUR, TUTEUR)
    suivent = de_quel_cote(acteur, parcours.dossier) & tenues if tenues else frozenset[int]()
    if not suivent:
        return frozenset()
    siens = {EMPLOIE} if suivent & acteur.organisations(EMPLOYEUR) else set()
    nomme = tuteur_de(parcours)
    if nomme is None or nomme.tuteur_id == acteur.personne.pk:
        siens.add(CoteDuBinome.TUTEUR.value)
    return frozenset(siens)


def tutorats_tenus() -> QuerySet[Tutorat]:
    """Who was named, and still is, as long as they are of that practice: what every page and every right goes by."""
    tenues = Appartenance.objects.filter(
        personne=OuterRef("tuteur"),
        organisation=OuterRef("employeur"),
        role__in=(EMPLOYEUR, TUTEUR),
        close_le__isnull=True,
    )
    return Tutorat.objects.filter(Exists(tenues), etat=EtatDeTutorat.NOMME)


def tuteur_de(parcours: Parcours) -> Tutorat | None:
    """The tutor of a path, if it has one."""
    siens = tutorats_tenus().filter(parcours=parcours)
    return siens.select_related("tuteur", "employeur").first()


def livret_pour(acteur: Acteur, numero: int) -> tuple[Parcours, frozenset[str]]:
    """The path of a number whose booklet a person opens, and the sides they stand on.

    Raises Http404 for who is not of the pair: not even its organisation, nor the branch, reads what is written there.
    """
    parcours = visibles(acteur).filter(pk=numero).first()
    siens = cotes_de_livret(acteur, parcours) if parcours is not None else frozenset()
    if parcours is None or not siens:
        raise Http404("Ce livret n’existe pas, ou ne vous est pas ouvert.")
    return parcours, siens


def livrets_ouverts(acteur: Acteur) -> QuerySet[Parcours]:
    """Every path whose booklet a person opens: the same rule as `cotes_de_livret`, asked of all at once."""
    if acteur.soutien is not None:
        return visibles(acteur).none()
    siens = Q(dossier__candidat=acteur.personne)
    if tenues := acteur.organisations(EMPLOYEUR, TUTEUR):
        suivis = EmploiSuivi.objects.filter(
            clos_le__isnull=True, emploi__in=emplois_lus(acteur), emploi__employeur__in=tenues
        ).order_by()
        emploie = suivis.filter(emploi__employeur__in=acteur.organisations(EMPLOYEUR))
        nommes = tutorats_tenus().filter(parcours=OuterRef("pk"))
        est_tuteur = ~Exists(nommes) | Exists(nommes.filter(tuteur=acteur.personne))
        siens |= Q(dossier__in=emploie.values("dossier"))
        siens |= Q(est_tuteur, dossier__in=suivis.values("dossier"))
    return visibles(acteur).filter(siens)


def cotes_de_tutorat(acteur: Acteur, tutorat: Tutorat) -> frozenset[str]:
    """The sides of the booklet."""
    return cotes_de_livret(acteur, tutorat.parcours)


def cotes_de_carte(acteur: Acteur, carte: CarteDeSemaine) -> frozenset[str]:
    """The sides of the booklet."""
    return cotes_de_livret(acteur, carte.parcours)


def cotes_d_appreciation(acteur: Acteur, appreciation: Appreciation) -> frozenset[str]:
    """The sides of the booklet."""
    return cotes_de_carte(acteur, appreciation.carte)


def cotes_de_signature(acteur: Acteur, signature: SignatureDeCarte) -> frozenset[str]:
    """The sides of the booklet; for who is said to have signed, their own, also once they are of the pair no longer."""
    siens = cotes_de_carte(acteur, signature.carte)
    if acteur.soutien is None and signature.pour_id == acteur.personne.pk:
        return siens | {signature.cote}
    return siens


def cotes_de_rappel(acteur: Acteur, rappel: RappelDeCarte) -> frozenset[str]:
    """Theirs alone."""
    sien = rappel.personne_id == acteur.personne.pk
    return cotes_de_livret(acteur, rappel.parcours) if sien else frozenset()


def cotes_d_abonnement(acteur: Acteur, abonnement: AbonnementDAppareil) -> frozenset[str]:
    """Theirs alone."""
    sien = acteur.soutien is None and abonnement.personne_id == acteur.personne.pk
    return frozenset({SOI}) if sien else frozenset()


def cotes_de_glissement(acteur: Acteur, glissement: Glissement) -> frozenset[str]:  # noqa: ARG001 - the house alone acts
    """Nobody's: the house tells the pair, then the branch."""
    return frozenset()
