"""Who must have a second factor, and has yet to set it up or to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.roles import ROLES, SECOND_FACTEUR

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def obligatoire(acteur: Acteur) -> bool:
    """Whether one of the person's roles asks for a second factor."""
    return any(ROLES[un.role].genre in SECOND_FACTEUR for un in acteur.toutes)


def manque(acteur: Acteur) -> bool:
    """Whether the person must set up a second factor before going on; no query beside the roles'."""
    return obligatoire(acteur) and not all(
        getattr(un, "facteur_pose", False) for un in acteur.toutes
    )


def a_prouver(acteur: Acteur) -> bool:
    """Whether the person has a factor that their role asks for, and the session did not prove it."""
    return obligatoire(acteur) and not all(
        getattr(role, "facteur_prouve", False) for role in acteur.toutes
    )
