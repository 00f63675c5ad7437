"""Who may teach for an organisation: the people who have an account there, and the trainers of its file who have none yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.comptes.models import Appartenance, Personne
from binome.comptes.roles import ORGANISME as ORGANISME_DE_FORMATION
from binome.comptes.roles import ROLES
from binome.reseau.etats import EtatDeFormateur
from binome.reseau.models import Formateur

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from binome.comptes.models import Organisation
    from binome.sessions.models import Creneau

ENSEIGNENT = tuple(un.code for un in ROLES.values() if un.genre == ORGANISME_DE_FORMATION)
FICHE: Final = "f"
"""How the code of a trainer without an account starts; the number alone is that of an account."""
CODE: Final = re.compile(r"f?[0-9]{1,15}")


class Enseignant(NamedTuple):
    """Who teaches a slot: somebody with an account, or a trainer of the file without one; nobody yet when both are None."""

    personne: Personne | None = None
    fiche: Formateur | None = None


PERSONNE: Final = Enseignant()


def equipe(*organismes: Organisation | int) -> QuerySet[Personne]:
    """The people of organisations who have an account, and may be given slots, by name."""
    tenus = Appartenance.objects.filter(
        organisation__in=organismes,
        role__in=ENSEIGNENT,
        close_le__isnull=True,
        personne__is_active=True,
    )
    return Personne.objects.filter(pk__in=tenus.values("personne")).order_by("nom", "prenom", "pk")


def qui_peut_enseigner(organismes: Iterable[int]) -> set[tuple[int, int]]:
    """The people with an open role in organisations, each with its own: who lost theirs teaches there no more, whatever a slot says."""
    tenus = Appartenance.objects.filter(
        organisation__in=set(organismes), role__in=ENSEIGNENT, close_le__isnull=True
    )
    return set(tenus.values_list("personne", "organisation").order_by())


def fiches(*organismes: Organisation | int) -> QuerySet[Formateur]:
    """The trainers of the file of organisations who have no account yet, by name."""
    return Formateur.objects.filter(
        organisme__in=organismes, compte__isnull=True, etat=EtatDeFormateur.FORME
    )


def choix(*organismes: Organisation | int) -> tuple[tuple[str, str], ...]:
    """Both, as a form offers them."""
    return (
        *((str(une.pk), str(une)) for une in equipe(*organismes)),
        *((f"{FICHE}{une.pk}", f"{une} (pas encore de compte)") for une in fiches(*organismes)),
    )


def lire_qui(texte: str) -> str:
    """The code of somebody who teaches, out of a form. Raises ValueError."""
    code = texte.strip()
    if CODE.fullmatch(code) is None:
        raise ValueError("Choisissez une personne de la liste.")
    return code


def code_de(creneau: Creneau) -> str:
    """The code of who teaches a slot; empty for nobody."""
    if creneau.fiche_id is not None:
        return f"{FICHE}{creneau.fiche_id}"
    return str(creneau.formateur_id or "")


def de_ce_code(organisme: int, code: str) -> Enseignant | None:
    """Who teaches under a code, of an organisation's; None when they are not, or no longer, of it."""
    numero = int(code.removeprefix(FICHE))
    if code.startswith(FICHE):
        fiche = fiches(organisme).filter(pk=numero).first()
        return None if fiche is None else Enseignant(fiche=fiche)
    personne = equipe(organisme).filter(pk=numero).first()
    return None if personne is None else Enseignant(personne)
