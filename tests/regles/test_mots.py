"""A question on tasks, word by word: what a word may stand for, and what is never guessed."""

from __future__ import annotations

import pytest

from binome.regles.mots import deplier, lire_mot, lire_question, proches, racine, ressemblantes


@pytest.mark.parametrize(
    ("mot", "attendue"),
    [
        ("tensions", "tension"),
        ("vaccinees", "vaccine"),
        ("seule", "seul"),
        ("seules", "seul"),
        ("bus", "bus"),
        ("dose", "dose"),
        ("doses", "dose"),
        ("tuyaux", "tuyau"),
        ("visioe", "visioe"),
        ("ecg", "ecg"),
    ],
)
def test_une_racine_perd_le_pluriel_et_le_feminin(mot: str, attendue: str) -> None:
    assert racine(mot) == attendue


@pytest.mark.parametrize(
    ("mot", "depuis", "lettres", "trouvees"),
    [
        ("tention", 5, 1, {"tension"}),
        ("tnesion", 5, 1, {"tension"}),
        ("tentoin", 5, 1, set()),
        ("tentoin", 5, 2, {"tension"}),
        ("tenfoim", 5, 2, set()),
        ("sanh", 5, 1, set()),
        ("sanh", 4, 1, {"sang"}),
        ("sag", 3, 1, {"sang"}),
        ("sag", 4, 1, set()),
        ("ecgs", 3, 1, set()),
    ],
)
def test_un_mot_se_rattrape_a_tant_de_lettres(
    mot: str, depuis: int, lettres: int, trouvees: set[str]
) -> None:
    assert proches(mot, {"tension", "sang", "ecg"}, depuis=depuis, lettres=lettres) == trouvees


@pytest.mark.parametrize(
    ("mot", "racine_proche", "proche"),
    [
        ("sng", "sang", True),
        ("sn", "sang", False),
        ("tentoin", "tension", True),
        ("tenfoim", "tension", False),
        ("pausre", "poser", False),
        ("gocse", "gorg", False),
    ],
)
def test_un_mot_en_propose_d_autres(mot: str, racine_proche: str, proche: bool) -> None:
    assert (racine_proche in ressemblantes(mot)) == proche


@pytest.mark.parametrize("mot", ["asistante", "souvnet", "nourisson", "acompagnement"])
def test_un_petit_mot_fautif_reste_un_petit_mot(mot: str) -> None:
    """Who speaks, the person cared for, the help: misspelt, they ask for nothing more."""
    assert lire_mot(mot).muet
    assert not lire_mot(mot).acte


@pytest.mark.parametrize("mot", ["realisser", "efectuer", "pratiqer"])
def test_un_acte_fautif_reste_un_acte(mot: str) -> None:
    assert (lire_mot(mot).acte, lire_mot(mot).muet) == (True, False)


@pytest.mark.parametrize("mot", ["xyzzyplugh", "chat", "mdcin"])
def test_un_mot_inconnu_n_est_pas_un_petit_mot(mot: str) -> None:
    assert not lire_mot(mot).muet


def test_un_mot_court_mal_tape_n_est_pas_sur() -> None:
    assert lire_mot("tention").sur
    assert lire_mot("vacin").racines == {"vaccin"}
    assert not lire_mot("vacin").sur


def test_la_personne_soignee_est_n_importe_qui() -> None:
    nourrisson = lire_mot("nourrisson")
    assert "patient" in nourrisson.racines
    assert (nourrisson.muet, nourrisson.acte, nourrisson.aide) == (True, False, False)


def test_une_question_se_lit_demande_par_demande() -> None:
    lues = lire_question("Mon assistante médicale : prendre la T.A., puis l’E.C.G. et (bonjour) ?")
    assert [[mot.texte for mot in demande] for demande in lues] == [
        ["mon"],
        ["prendre", "ta"],
        ["prendre", "ecg"],
        ["bonjour"],
    ]
    assert lire_question(" ?! et ") == []


def test_une_ligne_se_deplie_en_chacune_de_ses_expressions() -> None:
    assert set(deplier("prise|prendre du sang")) == {
        frozenset({"pris", "sang"}),
        frozenset({"prendr", "sang"}),
    }
