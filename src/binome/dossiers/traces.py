"""What the read trace is told of a dossier, and what it tells whom it concerns."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from binome.comptes.roles import BRANCHE, ROLES, SOUTIEN
from binome.dossiers.employeurs.services import de_quel_cote
from binome.dossiers.models import Decision, Dossier
from binome.emplois.permissions import employe
from binome.lectures import services as lectures
from binome.lectures.models import Lecture, ObjetLu
from binome.lectures.services import Ouverture
from binome.lectures.visites import qui, rassembler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.lectures.visites import Visite

MONTREES: Final = 2000
"""Openings that a page gathers; an archive holds them all."""
PAQUET: Final = 500


def noter(acteur: Acteur, dossier: Dossier, genre: ObjetLu, numero: int | None = None) -> None:
    """Notes that a person opened a dossier, or what it holds; their own, unless support looks, is not noted."""
    ouverture = _ouverture(acteur, dossier, genre, numero)
    if ouverture is not None:
        lectures.noter(ouverture)


def noter_l_export(acteur: Acteur, dossiers: QuerySet[Dossier]) -> None:
    """Notes each dossier that an export takes away."""
    lus = dossiers.order_by("pk").only("reference", "candidat", "organisme", "etat")
    tous = iter(lus.iterator(chunk_size=PAQUET))
    while paquet := list(islice(tous, PAQUET)):
        ouvertures = (_ouverture(acteur, dossier, ObjetLu.EXPORT) for dossier in paquet)
        lectures.noter(*(une for une in ouvertures if une is not None))


def _ouverture(
    acteur: Acteur, dossier: Dossier, genre: ObjetLu, numero: int | None = None
) -> Ouverture | None:
    if acteur.soutien is not None:
        return Ouverture(genre, dossier.reference, acteur.soutien.pk, pour=acteur.personne.pk,
                         role=SOUTIEN, numero=numero)  # fmt: skip
    if dossier.candidat_id == acteur.personne.pk:
        return None
    organisation, role = _cote(acteur, dossier)
    return Ouverture(genre, dossier.reference, acteur.personne.pk, organisation=organisation,
                     role=role, numero=numero)  # fmt: skip


def _cote(acteur: Acteur, dossier: Dossier) -> tuple[int | None, str]:
    """The organisation and the role that opened: the one that files, the practice, else the branch."""
    siennes = {dossier.organisme_id}
    if employe(acteur):
        siennes |= de_quel_cote(acteur, dossier)
    lus = [un for un in acteur.appartenances if un.organisation_id in siennes]
    lus += [un for un in acteur.appartenances if ROLES[un.role].genre == BRANCHE]
    return (lus[0].organisation_id, lus[0].role) if lus else (None, "")


def _dites(*references: str) -> Iterator[Lecture]:
    """The openings of dossiers, but those of a letter that nobody was sent: they would tell that there is one."""
    tues = set(
        Decision.objects.filter(dossier__reference__in=references, notifiee_le__isnull=True)
        .order_by()
        .values_list("pk", flat=True)
    )
    for lecture in lectures.lectures_de(*references):
        if lecture.genre != ObjetLu.LETTRE or lecture.numero not in tues:
            yield lecture


def visites(personne: Personne, references: Iterable[str], *, tout: bool = False) -> list[Visite]:
    """Who opened dossiers, by day and by side, the last first; said to one person, `tout` to the branch."""
    lues = lectures.lectures_de(*references) if tout else _dites(*references)
    return rassembler(personne, islice(lues, MONTREES))


def en_archive(personne: Personne) -> dict[str, Any]:
    """The openings of a person's dossiers, others not named, and those that they made."""
    siens = Dossier.objects.filter(candidat=personne).order_by("pk")
    references = list(siens.values_list("reference", flat=True))
    faites = Lecture.objects.filter(personne=personne).order_by("-instant", "cle")
    return {
        "de_vos_dossiers": [
            {
                "instant": une.instant,
                "dossier": une.dossier,
                "par": qui(une, personne),
                "objet": une.get_genre_display(),
            }
            for une in _dites(*references)
        ],
        "par_vous": [
            {"instant": une.instant, "dossier": une.dossier, "objet": une.get_genre_display()}
            for une in faites.iterator(chunk_size=PAQUET)
        ],
    }
