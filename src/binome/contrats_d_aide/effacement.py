"""The term of a contract: the names and the words that it kept go, its days and its money stay."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.contrats_d_aide.etats import CLOS, EtatDeContrat
from binome.contrats_d_aide.models import (
    Contrat,
    EvenementDeContrat,
    Medecin,
    MembreDuContrat,
    Objectif,
    PosteDuContrat,
    ReleveDActivite,
)
from binome.contrats_d_aide.recherche import contrats_des_medecins
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.journal.lignes import LigneEcrite, lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire, oublier
from binome.socle.durees import durees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from binome.gestes.auteur import Auteur
    from binome.gestes.table import Flux

DUREE: Final = "contrat_d_aide"
LOT: Final = 100
EFFACER_UN_MEDECIN: Final = "medecin.efface"
"""The entry that a doctor has no name left."""
MOTIF: Final = "terme"


def au_terme() -> QuerySet[Contrat]:
    """The contracts that were over, or left, longer ago than they are kept, and whose names are still there."""
    limite = durees()[DUREE].limite()
    abandonne = Q(
        etat=EtatDeContrat.ABANDONNE,
        prepare_le__lt=timezone.make_aware(datetime.combine(limite, time.min)),
    )
    finis = Q(etat__in=CLOS, fini_le__lt=limite)
    return Contrat.objects.filter(finis | abandonne).exclude(recherche="").order_by("pk")


def effacer_les_contrats(
    flux: Flux[Contrat], contrats: Iterable[Contrat], *, auteur: str = SYSTEME
) -> int:
    """Erases what some contracts kept of people, then the doctors whom no other contract names; how many contracts."""
    passages = [Passage(un, un.version) for un in contrats]
    if not passages:
        return 0
    with transaction.atomic():
        siens = _medecins([un.objet.pk for un in passages])
        faits = len(faire_tous(flux, "effacer", passages, Maison(auteur)).passes)
        _effacer_les_medecins(siens, auteur)
    return faits


def _medecins(contrats: Sequence[int]) -> set[int]:
    seuls = Contrat.objects.filter(pk__in=contrats, medecin__isnull=False)
    groupes = MembreDuContrat.objects.filter(contrat__in=contrats)
    return {
        *seuls.order_by("pk").values_list("medecin", flat=True),
        *groupes.order_by("pk").values_list("medecin", flat=True),
    }


def effacer_les_mots(passages: Sequence[Passage[Contrat]], par: Auteur) -> None:
    """Besides the columns of the contract: the names of who worked, and the key of what the journal held."""
    for passage in passages:
        contrat = passage.objet
        PosteDuContrat.objects.filter(contrat=contrat).exclude(nom="").update(nom="")
        oublier(
            contrat.objet, auteur=par.nom_au_journal, motif=MOTIF, repere=contrat.prepare_le.isoformat()
        )  # fmt: skip
        # What stays is told again once the subject is forgotten: under a key that is not destroyed.
        passage.lignes += _toutes(contrat)


def _toutes(contrat: Contrat) -> tuple[LigneEcrite, ...]:
    siennes = (
        un
        for modele in (
            MembreDuContrat,
            PosteDuContrat,
            EvenementDeContrat,
            Objectif,
            ReleveDActivite,
        )
        for un in modele.objects.filter(contrat=contrat).order_by("pk")
    )
    return (*lignes([contrat]), *(ligne for un in siennes for ligne in lignes([un])))


def _effacer_les_medecins(numeros: Iterable[int], auteur: str) -> None:
    """The doctors without an account whom no contract that still has its names names."""
    for medecin in Medecin.objects.select_for_update(of=("self",)).filter(
        pk__in=set(numeros), personne=None
    ).order_by("pk"):  # fmt: skip
        if contrats_des_medecins([medecin.pk]).exclude(recherche="").exists():
            continue
        medecin.nom = medecin.prenom = medecin.rpps = ""
        medecin.save(update_fields=["nom", "prenom", "rpps"])
        oublier(medecin.objet, auteur=auteur, motif=MOTIF)
        ecrire(
            Ecriture(EFFACER_UN_MEDECIN, medecin.objet, auteur=auteur, sujet=medecin.objet, lignes=lignes([medecin]))
        )  # fmt: skip
