"""The narrow spaces of French, in the texts that the house really prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.courante import base_courante
from binome.typographie import FINE, compter, elider, majuscule, minuscule, typographie

FRANCAIS = st.text(st.sampled_from("a«»;:!?h€%0129 \u00a0\u202f,.-\nmin¶"), max_size=40)


@pytest.mark.parametrize(
    ("ecrit", "voulu"),
    [
        ("Votre voie : le CQP ; bravo !", "Votre voie_: le CQP_; bravo_!"),
        ("Avez-vous une AFGSU ?", "Avez-vous une AFGSU_?"),
        ("Les sources « divergent » ici", "Les sources «_divergent_» ici"),
        ("12 600 € par stagiaire", "12_600_€ par stagiaire"),
        ("1 234 567 personnes", "1_234_567 personnes"),
        ("21,5 M€ et 40 k€", "21,5_M€ et 40_k€"),
        ("283 h 30", "283_h_30"),
        ("1 607 h, soit 45 min de plus", "1_607_h, soit 45_min de plus"),
        ("65 % des stagiaires", "65_% des stagiaires"),
        ("quoi ?! vraiment !!!", "quoi_?! vraiment_!!!"),
        ("déjà\u00a0: oui", "déjà_: oui"),
    ],
)
def test_les_espaces_fines_sont_mises(ecrit: str, voulu: str) -> None:
    assert typographie(ecrit) == voulu.replace("_", FINE)


@pytest.mark.parametrize(
    "ecrit",
    [
        "",
        "¶ 168",
        "15 janvier 2026",
        "en 2026 384 personnes",
        "RNCP 40913",
        "2 habitants, 3 minutieux",
        "https://exemple.fr/?a=1&b=2:3",
        "01 23 45 67 89",
        "mot;mot",
        "12 6000",
        "3 heures",
    ],
)
def test_le_reste_ne_bouge_pas(ecrit: str) -> None:
    assert typographie(ecrit) == ecrit


def test_un_morceau_de_page_coupe_par_une_balise_est_typographie() -> None:
    assert typographie(" : suite") == f"{FINE}: suite"
    assert typographie("début « ") == f"début «{FINE}"


@given(FRANCAIS)
def test_deux_fois_ne_fait_pas_plus_qu_une(texte: str) -> None:
    une = typographie(texte)
    assert typographie(une) == une


@given(FRANCAIS | st.text(max_size=40))
def test_seules_des_espaces_changent(texte: str) -> None:
    resultat = typographie(texte)
    assert len(resultat) == len(texte)
    assert all(
        avant == apres or (avant in " \u00a0" and apres == FINE)
        for avant, apres in zip(texte, resultat, strict=True)
    )


def test_les_textes_de_la_base_n_ont_plus_d_espace_avant_une_ponctuation_double() -> None:
    base = base_courante()
    textes = [resume for source in base.sources.values() for resume in source.passages.values()]
    textes += [fait.question for fait in base.faits.values()]
    rendus = [typographie(texte) for texte in textes]
    assert any(FINE in rendu for rendu in rendus)
    assert not [r for r in rendus for paire in (" ;", " :", " ?", " !", "« ", " »") if paire in r]


def test_la_majuscule_laisse_les_sigles() -> None:
    assert [majuscule(un) for un in ("niveau d’AFGSU", "AFGSU", "été", "")] == [
        "Niveau d’AFGSU", "AFGSU", "Été", "",
    ]  # fmt: skip


def test_au_milieu_d_une_phrase_les_sigles_restent() -> None:
    assert [minuscule(un) for un in ("Lettre de motivation et CV", "AFGSU", "État", "")] == [
        "lettre de motivation et CV", "AFGSU", "état", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Organisme A", "d’Organisme A"),
        ("Élan", "d’Élan"),
        ("Œuvre", "d’Œuvre"),
        ("Hélène", "d’Hélène"),
        ("Haute-Savoie Formation", "de Haute-Savoie Formation"),
        ("Yvetot", "d’Yvetot"),
        ("Yasmina", "de Yasmina"),
        ("Onze", "de Onze"),
        ("Pau", "de Pau"),
        ("42", "de 42"),
        ("Émilie Đeku", "d’Émilie Đeku"),
    ],
)
def test_de_s_elide(nom: str, dit: str) -> None:
    assert elider("de", nom) == dit


def test_un_nombre_et_son_mot() -> None:
    assert [compter(un, "essai") for un in (0, 1, 2)] == ["0 essai", "1 essai", "2 essais"]
    assert compter(2, "travail", "travaux") == "2 travaux"
