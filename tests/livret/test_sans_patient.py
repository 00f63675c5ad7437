"""No patient in the booklet: somebody who can be known is found, an ordinary sentence is left alone."""

from __future__ import annotations

import time

import pytest

from binome.livret.sans_patient import motifs, reperer
from tests.echantillons import chacun, un_sur
from tests.livret.phrases import LIMITES, TOUTES, Phrase, autrement, phrases


def genres(texte: str) -> tuple[str, ...]:
    return tuple(sorted({un.genre for un in reperer(texte)}))


def test_il_y_a_deux_cents_phrases_par_moities_puis_soixante() -> None:
    d_abord, ensuite = phrases("phrases"), phrases("phrases_neuves")
    assert sum(bool(une.genres) for une in d_abord) >= 100
    assert sum(not une.genres for une in d_abord) >= 100
    assert len(ensuite) == 60
    assert len({une.texte for une in TOUTES}) == len(TOUTES)
    assert {genre for une in TOUTES for genre in une.genres} == set(motifs()["raisons"])


def _trouve(une: Phrase) -> None:
    if une.texte in LIMITES:
        assert genres(une.texte) == ()
        return
    assert genres(une.texte) == une.genres
    for autre in autrement(une.texte):
        assert genres(autre) == une.genres, ascii(autre)


def test_ce_qui_designe_quelqu_un_est_trouve_et_rien_d_autre() -> None:
    chacun(TOUTES, _trouve)


def test_ce_qui_est_trouve_est_montre_a_sa_place() -> None:
    texte = "😀 L’ECG de M. Fontaine, rappeler le 06 39 98 12 34."
    nom, numero = reperer(texte)
    assert texte[nom.debut : nom.fin] == "M. Fontaine"
    assert texte[numero.debut : numero.fin] == "06 39 98 12 34"
    assert nom.raison == (
        "« M. Fontaine » ressemble au nom d’une personne. Écrivez « une patiente » ou « un patient » ; pour une ou un "
        "collègue, dites son rôle juste devant le nom."
    )
    assert numero.raison.startswith("« 06 39 98 12 34 » ressemble à un numéro de téléphone.")


def test_chaque_genre_a_sa_raison_et_chaque_motif_son_genre() -> None:
    assert {un["genre"] for un in motifs()["motifs"]} | {"nom", "age"} == set(motifs()["raisons"])
    for raison in motifs()["raisons"].values():
        assert raison.endswith(".")
        assert "'" not in raison


def test_rien_n_est_trouve_dans_rien() -> None:
    for vide in ("", " ", "\n", "😀", "\u200b", "’", "M.", "Mme", "Mme ", "patient :", "Nom :"):
        assert reperer(vide) == ()


@pytest.mark.parametrize(
    "motif",
    un_sur(4, [
        "a", "1", " ", "1 ", "0 ", "a.", "a@", "Mme ", "mme x", "Jean ", "Jean, ", "A. ", "A", "de ", "d'", "de la ", "nom :", "nom de ",
        "né le ", "12/03/", "06 ", "dossier ", "rue de ", "12 rue ", "docteur, ", "Mme D. ", "'", "nir ", "patient ",
    ], 0.1),
)  # fmt: skip
def test_le_temps_grandit_comme_le_texte(motif: str) -> None:
    """Twelve times the text in some forty times the time at the most: a quadratic reading takes a hundred and more."""

    def duree(signes: int) -> float:
        texte = motif * (signes // len(motif))
        depart = time.process_time()
        reperer(texte)
        return time.process_time() - depart

    court = min(duree(1_000) for _ in range(3))
    assert duree(12_000) < 40 * court + 0.02
