"""Phrases made to earn a wrong « oui »: a yes wants the verb too, the order, and nothing beside."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.pliage import plier
from binome.regles.lecture import lire_yaml
from binome.regles.mots import INFINITIF, ecrits, racine, racines_d_actes, suites, vocabulaire
from binome.regles.recherche import chercher
from binome.regles.taches import taches
from tests.echantillons import chacun
from tests.regles.test_recherche import fautes

PIEGES: Final = lire_yaml(Path(__file__).with_name("phrases_a_pieges.yaml"))
STATUTS: Final = {une.code: une.statut for une in taches()}
PERMISES: Final = sorted(
    {une for code, siennes in suites().items() if STATUTS[code] == "permise" for une in siennes}
)
MENACES: Final = {
    frozenset(une)
    for code, siennes in suites().items()
    if STATUTS[code] != "permise"
    for une in siennes
}
NOMS_DEFENDUS: Final = sorted(un for une in MENACES if len(une) == 1 for un in une)
VERBES: Final = (
    "faire", "pratiquer", "effectuer", "réaliser", "assurer", "tenir", "utiliser", "mettre", "donner", "poser",
    "passer", "prendre", "voir",
)  # fmt: skip
LIENS: Final = (
    " ",
    " de ",
    " pour ",
    " sur ",
    " avec ",
    " et ",
    " du patient ",
    " avant ",
    " chez ",
)
EXCUSES: Final = (
    "",
    "aider à ",
    "est-ce que je peux ",
    "ne pas ",
    "j’ai déjà pu ",
    "on m’a demandé de ",
)


def codes(question: str) -> list[str]:
    return [une.code for une in chercher(question).reponses]


def mene_par_un_oui(question: str) -> bool:
    return [une.statut for une in chercher(question).reponses][:1] == ["permise"]


def cache_une_menace(suite: tuple[str, ...]) -> bool:
    """Whether a part of a permitted line is a line of what is not simply permitted."""
    return any(
        frozenset(partie) in MENACES
        for n in range(1, len(suite))
        for partie in combinations(suite, n)
    )


def est_ecrit(verbe: str, mots: frozenset[str]) -> bool:
    """Whether a hand-written permitted line holds the verb beside some of these words."""
    siens = {racine(plier(verbe)), vocabulaire().actes[plier(verbe)]}
    return any(siens & set(une) and set(une) - siens <= mots for une in PERMISES)


CACHES: Final = [
    une
    for une in PERMISES
    if cache_une_menace(une)
    and not any(mot in racines_d_actes() or INFINITIF.fullmatch(mot) for mot in une)
]
"""Permitted lines without a verb of their own, that hold a forbidden one."""


def test_il_y_a_de_quoi_pieger() -> None:
    assert len(PIEGES["interdites"]) >= 150
    assert len(PIEGES["permises"]) >= 70
    assert len(CACHES) >= 100
    assert len(NOMS_DEFENDUS) >= 300


def _sans_oui(question: str) -> None:
    attendue = PIEGES["interdites"][question]
    for dite in (question, question.upper(), plier(question), f"bonjour, {question} svp"):
        assert not mene_par_un_oui(dite), dite
    if attendue is not None:
        assert attendue in codes(question)


def test_un_acte_defendu_n_est_jamais_mene_par_un_oui() -> None:
    chacun(PIEGES["interdites"], _sans_oui)


def _avec_oui(question: str) -> None:
    assert mene_par_un_oui(question)
    assert PIEGES["permises"][question] in codes(question)


def test_une_tache_permise_garde_son_oui() -> None:
    chacun(PIEGES["permises"], _avec_oui)


@pytest.mark.parametrize("question", PIEGES["trouvees"])
def test_ce_qui_est_connu_est_trouve(question: str) -> None:
    trouvees = chercher(question)
    assert PIEGES["trouvees"][question] in {
        une.code for une in (*trouvees.reponses, *trouvees.propositions)
    }


@given(st.sampled_from(CACHES), st.sampled_from(VERBES), st.sampled_from(EXCUSES))
def test_un_verbe_qu_aucune_ligne_ne_porte_ne_donne_pas_de_oui(
    suite: tuple[str, ...], verbe: str, excuse: str
) -> None:
    if not est_ecrit(verbe, frozenset(suite)):
        assert not mene_par_un_oui(f"{excuse}{verbe} {' '.join(suite)}")


@pytest.mark.long(10)
def test_aucun_verbe_qu_aucune_ligne_ne_porte_ne_donne_de_oui() -> None:
    essayees = [
        f"{verbe} {' '.join(suite)}"
        for suite in CACHES
        for verbe in VERBES
        if not est_ecrit(verbe, frozenset(suite))
    ]
    assert len(essayees) > 1000
    assert [une for une in essayees if mene_par_un_oui(une)] == []


@given(
    st.sampled_from(NOMS_DEFENDUS),
    st.sampled_from(PERMISES),
    st.sampled_from(VERBES),
    st.sampled_from(LIENS),
    st.sampled_from(EXCUSES),
)
def test_un_nom_defendu_ne_disparait_pas_derriere_un_complement_permis(
    nom: str, suite: tuple[str, ...], verbe: str, lien: str, excuse: str
) -> None:
    if not est_ecrit(verbe, frozenset((nom, *suite))):
        assert not mene_par_un_oui(f"{excuse}{verbe} {nom}{lien}{' '.join(suite)}")


@given(st.sampled_from(sorted(PIEGES["interdites"])), st.data())
def test_une_lettre_de_travers_ne_rend_pas_le_oui(question: str, data: st.DataObject) -> None:
    """Of a word of five letters or more, that makes no other word: « peser » is not « poser »."""
    mots = plier(question).split()
    longs = [n for n, mot in enumerate(mots) if len(mot) > 4]
    n = data.draw(st.sampled_from(longs))
    fautives = fautes(mots[n]) - ecrits() - vocabulaire().connus
    mots[n] = data.draw(st.sampled_from(sorted(fautives)))
    assert not mene_par_un_oui(" ".join(mots))


@given(st.lists(st.sampled_from(sorted(ecrits() | vocabulaire().connus)), max_size=12))
def test_aucune_suite_de_mots_n_arrete_la_recherche(mots: list[str]) -> None:
    dites = codes(" ".join(mots))
    assert len(set(dites)) == len(dites)


@given(st.sampled_from(PERMISES), st.sampled_from(VERBES))
def test_chez_le_patient_est_toujours_chez_le_patient(suite: tuple[str, ...], verbe: str) -> None:
    dite = f"{verbe} {' '.join(suite)}"
    for lieu in ("chez le patient", "chez une personne âgée", "chez les malades"):
        assert not mene_par_un_oui(f"{dite} {lieu}")


@pytest.mark.parametrize(
    ("question", "attendues"),
    [
        # the verb of a demand is that of the next one, when it has none
        ("laver les sols et les malades", ["F3", "A14"]),
        ("accueillir le patient et laver les sols", ["A1", "A14"]),
        ("prendre la tension, la taille et le pouls", ["A10"]),
        ("prendre la tension, merci", ["A10"]),
        # who does it, and what is done
        ("lui faire prendre la tension", ["A10"]),
        ("faire scanner un patient", ["C2"]),
        # the same words the other way round
        ("recevoir les résultats du patient", ["A2"]),
        ("recevoir le patient pour ses résultats", ["F4", "F1", "A2"]),
        # a slip of the finger leaves a verb a verb
        ("prendree rdv et vaccins en retard", ["F10", "A18", "A13"]),
        ("prendres rdv et vaccins en retard", ["F10", "A18", "A13"]),
        ("prendre rdv et vaccinr en retard", ["F10", "A18", "A13"]),
        ("laverx les sols et les malades", ["F3", "A14"]),
        ("nettoyerh la table et le patient", ["F3", "A14"]),
        ("faire la feuille de soins", ["A4"]),
        ("faire les soins de la feuille de soins", ["F3", "A4"]),
        # another line took the verb, on other words
        ("prendre rendez-vous pour les vaccins en retard", ["A18", "A13"]),
        ("faire les vaccins en retard", ["F10", "A13"]),
        # both sides are named
        ("faire une téléconsultation", ["F4", "A5"]),
        ("téléconsultation", ["A5"]),
        ("travailler de chez elle", ["C7"]),
        ("travailler à la maison", ["C7"]),
        ("maison de santé", ["C9"]),
        ("photographier un grain de beauté", ["P1"]),
        ("rendez-vous chez le cardiologue pour un patient", ["A6"]),
    ],
)
def test_le_verbe_l_ordre_et_le_lieu_comptent(question: str, attendues: list[str]) -> None:
    assert codes(question) == attendues
