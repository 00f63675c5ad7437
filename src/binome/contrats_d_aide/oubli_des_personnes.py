"""Who works under a contract, or signs one, once they ask to be forgotten: the contract stays, without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.contrats_d_aide.etats import GenreDePoste
from binome.contrats_d_aide.models import Contrat, Medecin, PosteDuContrat
from binome.dossiers.models import EmploiSuivi
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier

OUBLIER: Final = "contrats-d-aide.oublier"
"""The entry that a contract names somebody no longer."""


def emplois_aides(personne: Personne) -> frozenset[int]:
    """The jobs of a person, by number, that a contract pays for: they stay without anyone's name."""
    tenus = PosteDuContrat.objects.filter(emploi__salarie__personne=personne).order_by()
    return frozenset(tenus.values_list("emploi", flat=True))


def oublier_le_dossier(dossier: Dossier) -> None:
    """The jobs that this dossier alone leaned on go with it: the posts of contracts let them go first."""
    siens = EmploiSuivi.objects.filter(dossier=dossier).values("emploi")
    ailleurs = EmploiSuivi.objects.exclude(dossier=dossier).values("emploi")
    postes = PosteDuContrat.objects.filter(emploi__in=siens).exclude(emploi__in=ailleurs)
    _detacher(postes.order_by("pk"))


@transaction.atomic
def _detacher(postes: Iterable[PosteDuContrat]) -> None:
    for poste in postes:
        poste.emploi = None
        poste.save(update_fields=["emploi"])
        objet = f"contrat:{poste.contrat_id}"
        ecrire(Ecriture(OUBLIER, objet, sujet=objet, lignes=lignes([poste], "emploi")))


def archiver_le_dossier(dossier: Dossier) -> list[dict[str, Any]]:
    """What contracts say of the person of a dossier, for their own archive."""
    siens = EmploiSuivi.objects.filter(dossier=dossier).values("emploi")
    return _en_archive(PosteDuContrat.objects.filter(emploi__in=siens))


def _en_archive(postes: Iterable[PosteDuContrat]) -> list[dict[str, Any]]:
    return [
        {
            "role": GenreDePoste(un.genre).label,
            "part": un.part,
            "du": un.du,
            "au": un.au,
            "qualification": un.get_qualification_display(),
            "qualifiee_le": un.qualifiee_le,
            "afgsu_le": un.afgsu_le,
        }
        for un in postes
    ]


def en_archive(personne: Personne) -> dict[str, Any]:
    """What the room keeps of a person: the posts that they hold, the contracts that they signed as a doctor."""
    postes = PosteDuContrat.objects.filter(emploi__salarie__personne=personne).order_by("pk")
    contrats = Contrat.objects.filter(medecin__personne=personne).select_related("caisse")
    return {
        "postes_aides": _en_archive(postes),
        "contrats_d_aide": [
            {"caisse": un.nom_de_la_caisse, "signe_le": un.signe_le, "fin": un.fin, "etat": un.etat_dit}
            for un in contrats.order_by("pk")
        ],
    }  # fmt: skip


@transaction.atomic
def oublier_personne(personne: Personne, auteur: str) -> None:
    """A doctor who closes their account reads their contracts no longer; these keep their name, as the caisse does."""
    medecin = Medecin.objects.select_for_update().filter(personne=personne).first()
    if medecin is None:
        return
    medecin.personne = None
    medecin.save(update_fields=["personne"])
    ecrire(
        Ecriture(OUBLIER, medecin.objet, auteur=auteur, sujet=medecin.objet,
                 lignes=lignes([medecin], "personne"))
    )  # fmt: skip
