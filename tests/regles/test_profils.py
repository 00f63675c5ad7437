"""The published figures, reproduced to the minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.regles.calendrier import lire_duree
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.profils import Profil

PROFILS = [(serie.titre, profil) for serie in series() for profil in serie.profils]


@pytest.mark.parametrize(("titre", "profil"), PROFILS, ids=[f"{t} : {p.nom}" for t, p in PROFILS])
def test_la_duree_publiee_est_retrouvee(base: Base, titre: str, profil: Profil) -> None:
    assert positionner(base, base.lire(profil.objet)).minutes["total"] == profil.publie


def test_le_tableau_9_a_ses_dix_valeurs() -> None:
    publies = [profil.publie for profil in series()[0].profils]
    attendues = (
        "283 h 30, 269 h 30, 333 h, 319 h, 311 h 15, 297 h 15, 332 h 45, 318 h 45, 384 h, 370 h"
    )
    assert publies == [lire_duree(duree) for duree in attendues.split(", ")]
