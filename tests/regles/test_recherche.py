"""The search of tasks: no forbidden act led by a yes, nothing known lost, however it is typed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.pliage import plier
from binome.regles.mots import expressions, racine, synonymes, vocabulaire
from binome.regles.recherche import PROPOSEES, chercher
from binome.regles.taches import taches
from tests.echantillons import chacun, un_sur
from tests.regles.phrases import PHRASES, Phrase

PAR_CODE = {une.code: une for une in taches()}
LIGNES = synonymes()


def ecrites(ligne: str) -> list[str]:
    """What a person types for each expression of a line."""
    tapees = [""]
    for place in ligne.split():
        mots = [*place.removesuffix("?").split("|"), *([""] if place.endswith("?") else [])]
        tapees = [f"{debut} {mot}".strip() for debut in tapees for mot in mots]
    return tapees


DEFENDUES = {
    une.code
    for une in taches()
    if une.statut == "contestee" or any(geste.verdict == "non" for geste in une.gestes)
}
"""Where a « oui » that stands alone would be wrong."""
SYNONYMES = [
    (code, tapee) for code, lignes in LIGNES.items() for ligne in lignes for tapee in ecrites(ligne)
]
INTERDITS = [(code, tapee) for code, tapee in SYNONYMES if code in DEFENDUES]
SEULS = sorted({plier(mot) for _, mot in INTERDITS if " " not in mot})
DANGERS = [une for une in PHRASES if une.danger]
POLITESSES = ("bonjour", "svp", "mon assistante", "peut-elle", "au cabinet", "est-ce que", "merci")


def codes(question: str) -> list[str]:
    return [une.code for une in chercher(question).reponses]


def mene_par_un_oui(question: str) -> bool:
    reponses = chercher(question).reponses
    return bool(reponses) and reponses[0].statut == "permise"


def fautes(texte: str) -> set[str]:
    """Every text one letter away: dropped, doubled with any other, swapped, changed."""
    dites = set()
    for n, lettre in enumerate(texte):
        dites.add(texte[:n] + texte[n + 1 :])
        dites.add(texte[:n] + texte[n + 1 : n + 2] + lettre + texte[n + 2 :])
        dites |= {texte[:n] + autre + texte[n + 1 :] for autre in string.ascii_lowercase}
        dites |= {texte[:n] + autre + texte[n:] for autre in string.ascii_lowercase}
    return dites


# --- the phrases -----------------------------------------------------------------------------------------------


def test_deux_cents_phrases_dont_cent_ou_un_oui_serait_dangereux() -> None:
    assert len(PHRASES) >= 200
    assert len({une.question for une in PHRASES}) == len(PHRASES)
    assert len(DANGERS) >= 100


def _trouve(phrase: Phrase) -> None:
    assert phrase.manque(chercher(phrase.question)) == ""


def test_une_phrase_de_tous_les_jours_trouve_ce_qu_elle_demande() -> None:
    chacun(PHRASES, _trouve)


def _sans_casse_ni_accents(phrase: Phrase) -> None:
    entieres = chercher(phrase.question)
    assert chercher(phrase.question.upper()) == entieres
    assert chercher(plier(phrase.question)).reponses[:1] == entieres.reponses[:1]


def test_la_casse_et_les_accents_ne_font_jamais_un_oui() -> None:
    chacun(DANGERS, _sans_casse_ni_accents)


@given(st.sampled_from(DANGERS), st.lists(st.sampled_from(POLITESSES), max_size=4), st.booleans())
def test_des_mots_de_politesse_ne_changent_pas_ce_qui_est_dit_d_abord(
    phrase: Phrase, mots: list[str], devant: bool
) -> None:
    autour = " ".join(mots)
    question = f"{autour} {phrase.question}" if devant else f"{phrase.question} {autour}"
    assert codes(question)[:1] == codes(phrase.question)[:1]


@given(st.sampled_from(DANGERS), st.data())
def test_une_lettre_de_travers_ne_rend_jamais_permis(phrase: Phrase, data: st.DataObject) -> None:
    fautive = data.draw(st.sampled_from(sorted(fautes(plier(phrase.question)))))
    assert not mene_par_un_oui(fautive)


@given(st.sampled_from(INTERDITS), st.data())
def test_une_lettre_de_travers_dans_un_synonyme_non_plus(
    synonyme: tuple[str, str], data: st.DataObject
) -> None:
    fautive = data.draw(st.sampled_from(sorted(fautes(plier(synonyme[1])))))
    assert not mene_par_un_oui(fautive)


@pytest.mark.parametrize("mot", un_sur(3, SEULS[::9], 0.05))
def test_aucune_faute_sur_un_seul_mot_ne_rend_permis(mot: str) -> None:
    assert [fautive for fautive in fautes(mot) if mene_par_un_oui(fautive)] == []


@pytest.mark.long(25)
def test_aucune_faute_sur_aucun_des_mots_interdits_ne_rend_permis() -> None:
    assert [faute for mot in SEULS for faute in fautes(mot) if mene_par_un_oui(faute)] == []


@given(
    st.sampled_from(SYNONYMES),
    st.sampled_from(INTERDITS),
    st.sampled_from((" et ", ", ", " ", " puis ")),
)
def test_deux_actes_dans_une_phrase_l_interdit_d_abord(
    premier: tuple[str, str], second: tuple[str, str], lien: str
) -> None:
    """Whatever is asked beside it, a forbidden act is never led by a yes."""
    assert not mene_par_un_oui(f"{premier[1]}{lien}faire {second[1]}")


@given(st.sampled_from(SYNONYMES), st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=14))
def test_un_mot_qu_on_n_a_pas_lu_ne_laisse_aucun_oui(
    synonyme: tuple[str, str], inconnu: str
) -> None:
    """Nobody's word has nine consonants: what is allowed is only proposed."""
    reponses = chercher(f"{synonyme[1]} {inconnu}").reponses
    assert {une.statut for une in reponses} <= {"interdite"}


# --- the synonyms ----------------------------------------------------------------------------------------------


def test_plus_de_cent_synonymes_ecrits_a_la_main_pour_des_taches_qui_existent() -> None:
    assert set(LIGNES) == set(PAR_CODE)
    assert sum(map(len, LIGNES.values())) > 500
    for code, lignes in LIGNES.items():
        assert len(set(lignes)) == len(lignes), code


@pytest.mark.parametrize("code", sorted(LIGNES))
def test_chaque_synonyme_mene_a_sa_tache(code: str) -> None:
    """To it alone, or behind a forbidden task that the same words name: never to a neighbour."""
    for tapee in (une for sienne, une in SYNONYMES if sienne == code):
        trouvees = chercher(tapee)
        reponses = [une.code for une in trouvees.reponses]
        assert code in reponses, (tapee, reponses, [une.code for une in trouvees.propositions])
        devant = trouvees.reponses[: reponses.index(code)]
        assert (
            not any(une.statut == "permise" for une in devant) or PAR_CODE[code].statut == "permise"
        )


@pytest.mark.parametrize("code", sorted(LIGNES))
def test_un_synonyme_porte_plus_que_des_mots_sans_geste(code: str) -> None:
    """One of these words alone would answer every question that holds it."""
    muets = {racine(mot) for mot in vocabulaire().connus}
    assert [une for une in expressions()[code] if len(une) < 2 and une <= muets] == []


# --- how it answers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(PAR_CODE))
def test_un_code_et_un_titre_trouvent_leur_tache(code: str) -> None:
    assert codes(code.lower()) == [code]
    assert codes(f" {PAR_CODE[code].tache} ?") == [code]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?!",
        "xyzzyplugh",
        "peut-on le faire",
        "prendre un selfie",
        "le patient",
        "et puis ?",
    ],
)
def test_une_question_sans_rapport_ne_trouve_rien(question: str) -> None:
    trouvees = chercher(question)
    assert (trouvees.reponses, trouvees.propositions) == ((), ())


@pytest.mark.parametrize(
    ("question", "attendues"),
    [
        # a longer expression covers the one that it holds…
        ("tension", ["A10"]),
        ("tension oculaire", ["F8"]),
        ("vérifier les vaccins", ["A13"]),
        ("massage", ["F3"]),
        ("massage cardiaque", ["A17"]),
        # … but not a forbidden one when another act is asked besides
        ("vérifier faire les vaccins", ["F10", "A13"]),
        ("peser, vérifier faire les vaccins", ["F10", "A10", "A13"]),
        ("faire vérifier les vaccins", ["A13"]),
        ("vérifier les vaccins du patient", ["A13"]),
        ("vérifier les vaccins prendre la tension", ["A13", "A10"]),
        ("faire la feuille de soins et mettre à jour le dossier", ["A4", "A2"]),
        ("faire un rappel de vaccin", ["F10"]),
        ("prendre rendez-vous pour un vaccin", ["A18"]),
        # what is forbidden comes first, then what is said first
        ("tension puis prise de sang puis carte vitale", ["F10", "A10", "A4"]),
        ("carte vitale, tension", ["A4", "A10"]),
        ("ECG, carte vitale", ["C2", "A4"]),
        ("carte vitale, ECG", ["C2", "A4"]),
        # the person cared for is anybody
        ("peser un nourrisson", ["A10"]),
        ("laver un nourrisson", ["F3"]),
        ("laver la table", ["A14"]),
        ("laver la table après un patient", ["A14"]),
        ("rendez-vous chez le cardiologue pour un patient", ["A6"]),
        # acronyms with their points, words joined by « et »
        ("T.A.", ["A10"]),
        ("E.C.G.", ["C2"]),
        ("la tension et la prise de sang", ["F10", "A10"]),
        ("mon assistante médicale peut-elle préparer la salle d’examen", ["C4"]),
    ],
)
def test_une_question_trouve_ses_taches(question: str, attendues: list[str]) -> None:
    assert codes(question) == attendues


@pytest.mark.parametrize(
    ("question", "interdites", "proposees"),
    [
        ("prendre la tension du chat", [], ["A10"]),
        ("faire un lavement à un patient", ["F3"], []),
        ("vérifier les vaccins et les faire", ["F10"], ["A13"]),
        ("vérifier les vaccins et les efectuer", ["F10"], ["A13"]),
        ("encaisser puis vacciner un chat", ["F10"], ["A4"]),
        ("ECG du chat", [], ["C2"]),
        # a last small word may be another one, misspelt: « yeux », « peau »
        ("tension des veux", [], ["A10"]),
        ("tension des veux svp", [], ["A10"]),
        ("nettoyer peu", [], ["A14"]),
        ("prendre la tension stp", ["A10"], []),
        ("je veux que mon assistante prenne la tension", ["A10"], []),
        # two letters away from « paiement » and from « expliquer »: a guess is never a yes
        ("paimant", [], ["A4"]),
        ("dupliquer une ordonnance", [], ["C5"]),
        # a short word misspelt may be another word
        ("cuisse", [], ["A4"]),
        ("acceuil", ["A1"], []),
        ("vacin", ["F10"], []),
    ],
)
def test_ce_qui_n_est_pas_tout_lu_est_seulement_propose(
    question: str, interdites: list[str], proposees: list[str]
) -> None:
    trouvees = chercher(question)
    assert codes(question) == interdites
    assert {une.code for une in trouvees.propositions} >= set(proposees)
    assert len(trouvees.propositions) <= PROPOSEES
    if not proposees:
        assert trouvees.propositions == ()


def test_des_voisines_la_plus_proche_d_abord_et_quatre_au_plus() -> None:
    assert next(une.code for une in chercher("prise de sng").propositions) == "F10"
    assert len(chercher("examen").propositions) == PROPOSEES == 4
