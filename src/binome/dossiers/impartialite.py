"""Who may not judge: who is party to a dossier, who is close to its candidate, and whoever took the decision in question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Q

from binome.comptes.etat_civil import EtatCivil
from binome.dossiers.employeurs.services import lies, lies_a
from binome.dossiers.models import Deport, Dossier
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Decision, Recours

PERSONNE_D_AUTRE: Final = (
    "Si personne d’autre n’examine, l’administration de la branche doit d’abord inviter quelqu’un."
)
DECIDEE: Final = (
    "Vous avez pris cette décision : une autre personne de la branche répond au recours. "
    f"{PERSONNE_D_AUTRE}"
)
"""Said to who examines alone as to the others: nobody judges their own decision, and somebody has to."""
REVUE: Final = (
    "Vous aviez pris la décision que le recours fait revoir : une autre personne de la branche décide. "
    f"{PERSONNE_D_AUTRE}"
)


class Proche(NamedTuple):
    """A dossier of a person, or of somebody that they said they know: it tells who else is the same one."""

    pk: int
    candidat: int | None
    courriel: str
    etat_civil: EtatCivil

    def est(self, dossier: Dossier) -> bool:
        """Whether another dossier is about the same person: the account, the address, or a family name and the birth."""
        sien = EtatCivil(*(getattr(dossier, nom) for nom in EtatCivil._fields))
        return (
            dossier.pk == self.pk
            or bool(dossier.candidat_id and dossier.candidat_id == self.candidat)
            or bool(self.courriel and dossier.courriel.lower() == self.courriel.lower())
            or self.etat_civil.est_celui(sien, dossier.recherche)
        )

    def comme(self) -> Q:
        """The same of every dossier, for a query."""
        condition = Q(pk=self.pk) | self.etat_civil.comme()
        if self.candidat is not None:
            condition |= Q(candidat=self.candidat)
        return condition | Q(courriel__iexact=self.courriel) if self.courriel else condition


def proches(acteur: Acteur) -> list[Proche]:
    """The dossiers tied to a person, and those of whom they said they know; read once a request."""
    connus: list[Proche] | None = vars(acteur).get("proches")
    if connus is None:
        comptes = acteur.identite.comptes
        deportes = Deport.objects.filter(personne__in=comptes).values("dossier")
        lus = Dossier.objects.order_by().values_list(
            "pk", "candidat", "courriel", *EtatCivil._fields
        )
        tous = lus.filter(candidat__in=comptes).union(lus.filter(pk__in=deportes))
        connus = [
            Proche(numero, candidat, courriel, EtatCivil(*civil))
            for numero, candidat, courriel, *civil in tous
        ]
        vars(acteur)["proches"] = connus
    return connus


def d_elle_meme(acteur: Acteur) -> Q:
    """The dossiers that are about a person, by their accounts and by every address that these ever had."""
    condition = Q(candidat__in=acteur.identite.comptes)
    for une in sorted(acteur.identite.adresses):
        condition |= Q(courriel__iexact=une)
    return condition


def les_siens(acteur: Acteur) -> Q:
    """The dossiers that `est_partie` says are a person's, and those of who left later: for a query."""
    condition = d_elle_meme(acteur)
    for un in proches(acteur):
        condition |= un.comme()
    organisations = {un.organisation_id for un in acteur.liens} - acteur.branches()
    if organisations:
        condition |= Q(organisme__in=organisations) | lies_a(organisations)
    return condition


def est_partie(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a dossier is about a person or somebody close to them, or was followed by an organisation of theirs while they were in it.

    Whatever the organisation that they chose to act for, and the address that their account has today: nobody
    judges what is theirs.
    """
    connu = acteur.identite
    if (
        dossier.candidat_id in connu.comptes
        or dossier.courriel.strip().lower() in connu.adresses
        or any(un.est(dossier) for un in proches(acteur))
    ):
        return True
    suivi = {dossier.organisme_id, *lies(acteur, dossier)}
    return any(
        lien.organisation_id in suivi
        and (lien.close_le is None or lien.close_le >= dossier.cree_le)
        for lien in acteur.liens
    )


def a_decide(acteur: Acteur, decision: Decision) -> str | None:
    """Why a person may not answer an appeal against a decision, and who may; None when they may."""
    return DECIDEE if decision.par_id in acteur.identite.comptes else None


def a_fait_revoir(acteur: Acteur, recours: Iterable[Recours]) -> str | None:
    """Why a person may not decide what an appeal, the last first, opened again: they had decided. None when they may."""
    revue = next((un.decision for un in recours if un.issue == "revue"), None)
    return None if revue is None or a_decide(acteur, revue) is None else REVUE


def meme_nom(acteur: Acteur, dossier: Dossier) -> bool:
    """Whether a person bears the name of the candidate: it proves nothing, and is worth a warning."""
    sien = plier(acteur.personne.nom)
    return bool(sien) and sien in {plier(dossier.nom), plier(dossier.nom_de_naissance)}
