"""What a new dossier is given: a reference that no other has, and the branch that will decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.models import Organisation
from binome.comptes.roles import BRANCHE
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.regles.courante import certification_par_defaut, certifications, code_par_defaut
from binome.socle.references import tirer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.certification import Certification


def nouvelles(combien: int) -> list[str]:
    """As many references, all different and free; one query, and another when a draw met one that is taken.

    Twenty-seven thousand million exist, and yet two draws may meet.
    """
    libres: set[str] = set()
    while len(libres) < combien:
        tirees = {tirer() for _ in range(combien - len(libres))}
        prises = Dossier.objects.filter(reference__in=tirees).order_by("pk")
        libres |= tirees.difference(prises.values_list("reference", flat=True))
    return sorted(libres)


def ouvertes_a(organisme: Organisation) -> tuple[Certification, ...]:
    """The certifications that an organisation may file for: the one by default, and those that a branch delivers.

    What is made up files with what is made up: a branch of a demonstration opens nothing to an organisation that
    exists, nor the other way round.
    """
    delivrees = set(
        Organisation.objects.filter(genre=BRANCHE, exemple=organisme.exemple)
        .exclude(certification="")
        .values_list("certification", flat=True)
    )
    return tuple(
        une for code, une in certifications().items() if une.par_defaut or code in delivrees
    )


def a_choisir(organismes: Iterable[Organisation]) -> list[Certification]:
    """The certifications that a form offers who files for these organisations: none while there is a single one."""
    ouvertes = {une.code: une for organisme in organismes for une in ouvertes_a(organisme)}
    return list(ouvertes.values()) if len(ouvertes) > 1 else []


def certification_pour(organisme: Organisation, code: str = "") -> Certification:
    """The certification that an organisation files for, whatever the door; the one by default for an empty code.

    Raises GesteImpossible when it is not open to the organisation.
    """
    ouvertes = {une.code: une for une in ouvertes_a(organisme)} if code else {}
    if code and code not in ouvertes:
        dites = ", ".join(une.nom for une in ouvertes.values())
        raise GesteImpossible(
            f"Aucune branche n’examine ici cette certification. Choisissez parmi : {dites}."
        )
    return ouvertes[code] if code else certification_par_defaut()


def branches_de(certification: str, *, exemple: bool) -> list[int]:
    """The branches that deliver a certification, of what exists or of what is made up."""
    codes = {certification} | ({""} if certification == code_par_defaut() else set())
    lues = Organisation.objects.filter(genre=BRANCHE, certification__in=codes, exemple=exemple)
    return list(lues.order_by("pk").values_list("pk", flat=True))


def branches_qui_examinent(branche: int | None, certification: str, *, exemple: bool) -> list[int]:
    """The branch that a dossier has, or else those that deliver its certification."""
    return branches_de(certification, exemple=exemple) if branche is None else [branche]


def branche_de(certification: str, organisme: Organisation) -> int | None:
    """The only branch that delivers a certification to an organisation; None when there is none, or several."""
    lues = branches_de(certification, exemple=organisme.exemple)
    return lues[0] if len(lues) == 1 else None
