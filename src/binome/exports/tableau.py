"""The rows of an export: one dossier each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch
from django.utils import timezone

from binome.dossiers.colonnes import colonnes
from binome.dossiers.etats import Origine
from binome.dossiers.models import Decision, Fait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from binome.dossiers.colonnes import ColonneDeDossier
    from binome.dossiers.models import Dossier

PAQUET: Final = 1000
"""Dossiers held in memory at a time."""
DEBUT: Final = (
    "Référence", "État", "Organisme", "Prénom", "Nom", "Date de naissance", "Adresse électronique",
    "Téléphone", "Employeur", "SIRET ou RPPS", "Session souhaitée", "Ouvert le", "Déposé le",
    "Alertes", "Décision notifiée", "Dossier fictif",
)  # fmt: skip


def titres() -> list[str]:
    """The headings: the dossier, then each declared fact."""
    return [*DEBUT, *(une.titre for une in _des_faits())]


def _des_faits() -> list[ColonneDeDossier]:
    """The columns of an import that hold a fact: the same words go out and come in."""
    return [une for une in colonnes().par_nom.values() if une.fait is not None]


def lignes(dossiers: QuerySet[Dossier]) -> Iterator[list[str]]:
    """The rows under the headings, a thousand dossiers in memory at a time."""
    des_faits = _des_faits()
    declares = Fait.objects.filter(origine=Origine.DECLARE).order_by()
    notifiees = (
        Decision.objects.filter(annulee_le__isnull=True, notifiee_le__isnull=False)
        .only("dossier", "nature")
        .order_by()
    )
    lus = (
        dossiers.select_related("organisme")
        .order_by("pk")
        .prefetch_related(
            Prefetch("faits", declares, to_attr="dits"),
            Prefetch("decisions", notifiees, to_attr="notifiees"),
        )
    )
    for dossier in lus.iterator(chunk_size=PAQUET):
        yield _ligne(dossier, des_faits)


def _ligne(dossier: Dossier, des_faits: list[ColonneDeDossier]) -> list[str]:
    dits = {fait.nom: fait.valeur for fait in getattr(dossier, "dits", ())}
    decision = next((un.get_nature_display() for un in getattr(dossier, "notifiees", ())), "")
    return [
        dossier.reference,
        dossier.get_etat_display(),
        dossier.organisme.nom,
        dossier.prenom,
        dossier.nom,
        dossier.naissance.isoformat() if dossier.naissance else "",
        dossier.courriel,
        dossier.telephone,
        dossier.employeur,
        dossier.employeur_identifiant,
        dossier.session,
        timezone.localdate(dossier.cree_le).isoformat(),
        timezone.localdate(dossier.depose_le).isoformat() if dossier.depose_le else "",
        str(dossier.alertes),
        decision,
        "oui" if dossier.exemple else "non",
        *(une.en_mots(dits.get(une.nom)) for une in des_faits),
    ]
