"""Two bases side by side: who changes, from what to what, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.comparer import comparer
from binome.regles.courante import base_courante
from binome.regles.metiers.rejouer import Difference, Rendu, rejouer

if TYPE_CHECKING:
    from binome.regles.base import Base


def test_rejouer_dit_qui_change_de_quoi_a_quoi_et_pourquoi(base: Base) -> None:
    huit = base_courante("igas-8")
    dossiers = [
        (
            "ouvert",
            {
                "date_entree": "2026-01-15",
                "diplomes": [],
                "niveau_diplome": 3,
                "experience_secretaire_mois": 0,
            },
        ),
        ("pareil", {"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4}),
        (
            "avant",
            {
                "date_entree": "2022-09-05",
                "diplomes": [],
                "niveau_diplome": 3,
                "experience_secretaire_mois": 0,
            },
        ),
    ]
    rejeu = rejouer(base, huit, ((nom, base.lire(objet)) for nom, objet in dossiers))
    assert rejeu.lus == 3
    (difference,) = rejeu.differences
    assert difference.nom == "ouvert"
    assert difference.avant == Rendu("refus", "rncp40913", 0, 0, ouverte=False)
    assert difference.apres == Rendu("cqp", "rncp40913", 279 * 60, 0, ouverte=True)
    assert difference.regles == ("prerequis.igas-8", "voie.cqp", "voie.refus")
    assert difference.gagne is True
    assert rejeu.par_passage == {("refus", "cqp"): 1}
    assert rejeu.par_regles == {("prerequis.igas-8", "voie.cqp", "voie.refus"): 1}


def test_rejouer_a_l_envers_montre_qui_perd(base: Base) -> None:
    onze = base_courante("igas-11")
    infirmieres = [
        (str(n), base.lire({"date_entree": f"2026-0{n}-15", "diplomes": ["ide"]}))
        for n in (1, 2, 3)
    ]
    rejeu = rejouer(onze, base, infirmieres)
    assert [un.gagne for un in rejeu.differences] == [False] * 3
    assert rejeu.differences[0].avant.minutes == 35 * 60
    assert rejeu.differences[0].apres.minutes == 75 * 60
    assert rejeu.par_regles == {("fae.40913", "fae.igas-11"): 3}
    assert [un.gagne for un in rejouer(base, onze, infirmieres).differences] == [True] * 3
    assert rejouer(base, base, infirmieres).differences == ()


@pytest.mark.parametrize(
    ("avant", "apres", "gagne"),
    [
        (("refus", 0), ("cqp", 10), True),
        (("cqp", 10), ("refus", 0), False),
        (("indetermine", None), ("fae", 10), True),
        (("cqp", 10), ("fae", 5), True),
        (("cqp", 10), ("cqp", 12), False),
        (("cqp", 10), ("fae", 10), None),
        (("fae", None), ("fae", 10), None),
        (("fae", 10), ("fae", None), None),
        (("refus", 0), ("indetermine", None), None),
    ],
)
def test_qui_gagne(avant: Any, apres: Any, gagne: bool | None) -> None:
    un, deux = (
        Rendu(voie, "r", minutes, 0, voie in ("cqp", "fae")) for voie, minutes in (avant, apres)
    )
    assert Difference("x", un, deux, ()).gagne is gagne


def test_rejouer_distingue_une_dispense_de_meme_duree() -> None:
    """The comparison looks at hours exempted too, not only at the total."""
    assert Rendu("cqp", "r", 10, 0, True) != Rendu("cqp", "r", 10, 5, True)


def test_comparer_deux_jours_dit_ce_qui_a_change(base: Base) -> None:
    changements = {un.titre: un for un in comparer(base, date(2023, 3, 1), date(2026, 1, 15))}
    experience = changements["Les prérequis d’entrée au CQP : Un an au secrétariat médical"]
    (avant,), (apres,) = experience.avant, experience.apres
    assert avant.startswith("Jusqu’au 24 avril 2025, trois ans au secrétariat médical suffisent")
    assert apres.startswith("Depuis le 25 juin 2025, un an au secrétariat médical suffit")
    fae = changements["La durée de la FAE : FAE au temps du RNCP 40913"]
    assert fae.avant == ("De 2021 à 2023, la FAE est le bloc 2 du CQP, soit 112 heures.",)
    assert fae.apres == (base.regles["fae.40913"].dit,)
    ancienne = changements["Les points à connaître : Dispense en heures, sans modules"]
    assert ancienne.apres == ()
    assert ancienne.avant[0].startswith("De 2021 à 2023, la dispense est donnée en heures")
    assert "Les prérequis d’entrée au CQP : Diplôme de niveau 4" not in changements


def test_deux_jours_de_la_meme_epoque_ne_different_pas(base: Base) -> None:
    # The reform of nursing, of 29 June 2025, is told from that day on.
    assert comparer(base, date(2025, 6, 29), date(2030, 6, 25)) == []
