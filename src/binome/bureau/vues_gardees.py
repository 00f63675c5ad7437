"""Keeping a view of the list under a name, and taking it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from binome.bureau.models import VueGardee
from binome.comptes.roles import EXAMINENT
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.bureau.filtres import FiltreDeDossiers
    from binome.comptes.acteur import Acteur

NOM: Final = 40
AU_PLUS: Final = 30
"""Views that a person or a branch keeps: past them, a menu is no longer read."""


def vues_de(acteur: Acteur) -> QuerySet[VueGardee]:
    """The views that a person may open: their own, and those of the branches that they examine for."""
    branches = acteur.branches(*EXAMINENT)
    siennes = Q(personne=acteur.personne, branche__isnull=True)
    return VueGardee.objects.filter(siennes | Q(branche__in=branches)).order_by("nom", "pk")


@transaction.atomic
def garder(acteur: Acteur, nom: str, filtre: FiltreDeDossiers, *, partagee: bool) -> VueGardee:
    """Keeps a list under a name, without its search; for the branch when it is shared. Raises GesteImpossible."""
    if acteur.soutien is not None:
        raise GesteImpossible("Vous regardez à la place d’une personne : rien ne se garde.")
    dit = " ".join(nom.split())
    if not dit or len(dit) > NOM:
        raise GesteImpossible(f"Donnez à cette vue un nom de {NOM} caractères au plus.")
    branche = min(acteur.branches(*EXAMINENT), default=None) if partagee else None
    if partagee and branche is None:
        raise GesteImpossible("Seule la branche partage une vue.")
    if vues_de(acteur).count() >= AU_PLUS:
        raise GesteImpossible(f"{AU_PLUS} vues sont déjà gardées : ôtez-en une d’abord.")
    if any(une.nom.casefold() == dit.casefold() and une.branche_id == branche for une in vues_de(acteur)):  # fmt: skip
        raise GesteImpossible("Une vue porte déjà ce nom : ôtez-la d’abord.")
    requete = replace(filtre, q="").pour(acteur).requete() or "etat=tous"
    try:
        with transaction.atomic():
            vue = VueGardee.objects.create(
                personne=acteur.personne, branche_id=branche, nom=dit, requete=requete,
                le=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise GesteImpossible("Une vue porte déjà ce nom : ôtez-la d’abord.") from None
    _inscrire(vue, acteur, "vue.garder")
    return vue


@transaction.atomic
def oter(vue: VueGardee, acteur: Acteur) -> None:
    """Takes a view out: one's own, or one of the branch's."""
    numero, otees = vue.pk, lignes([vue])
    vue.delete()
    ecrire(Ecriture("vue.oter", f"vue:{numero}", auteur=acteur.nom_au_journal, lignes=otees))


def _inscrire(vue: VueGardee, acteur: Acteur, geste: str) -> None:
    ecrire(
        Ecriture(
            geste,
            f"vue:{vue.pk}",
            auteur=acteur.nom_au_journal,
            apres={"branche": vue.branche_id},
            lignes=lignes([vue]),
        )
    )
