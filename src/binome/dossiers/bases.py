"""The rules that a dossier is read with: those of its certification, for what positions a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.regles.courante import base_courante, certification_de

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.certification import Certification

VUE: Final = "positionnement"


def base_de(certification: str) -> Base:
    """The view that positions the candidates of a certification, named by its code.

    Raises CertificationInconnue.
    """
    return base_courante(certification=certification).vue(VUE)


def autre_que_par_defaut(code: str) -> Certification | None:
    """The sheet of a certification when it is not the one by default: whatever is of it says so.

    Raises CertificationInconnue.
    """
    certification = certification_de(code)
    return None if certification.par_defaut else certification
