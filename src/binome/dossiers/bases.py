"""The rules that a dossier is read with: those of its certification, for what positions a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from binome.regles.base import Base

VUE: Final = "positionnement"


def base_de(certification: str) -> Base:
    """The view that positions the candidates of a certification, named by its code.

    Raises CertificationInconnue.
    """
    return base_courante(certification=certification).vue(VUE)
