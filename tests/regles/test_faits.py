"""The door of the dossier: what comes in has its exact type, or is refused with its reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.faits import (
    DefinitionDeFait,
    DossierInvalide,
    Erreur,
    decimal_en_clair,
    lire_dossier,
    lire_texte,
    lire_valeur,
    plus_proche,
)

if TYPE_CHECKING:
    from binome.regles.base import Base

DATE = DefinitionDeFait("jour", "date", "Quel jour ?", "jour")
ENTIER = DefinitionDeFait(
    "mois", "entier", "Combien ?", "durée", unite="mois", minimum=2, maximum=9
)
LIBRE = DefinitionDeFait("nombre", "entier", "Combien ?", "nombre")
CHOIX = DefinitionDeFait(
    "choix", "choix", "Lequel ?", "choix", valeurs={"un": "le premier", "deux": "le second"}
)
HEURES = DefinitionDeFait(
    "heures", "decimal", "Combien ?", "heures", unite="h", minimum=50, maximum=16_800
)
OUI_NON = DefinitionDeFait("seul", "booleen", "Seul ?", "seul")
EUROS = DefinitionDeFait("salaire", "entier", "Combien ?", "salaire", unite="cents")
MINUTES = DefinitionDeFait("minutes", "entier", "Combien ?", "minutes", unite="minutes")
NIVEAU = DefinitionDeFait(
    "niveau", "entier", "Lequel ?", "niveau", reponses={0: "sans diplôme", 4: "le bac"}
)
LISTE = DefinitionDeFait(
    "liste", "liste", "Lesquels ?", "liste", valeurs={"a": "le a", "b": "le b", "c": "le c"}
)


@pytest.mark.parametrize(
    ("fait", "brut", "valeur"),
    [
        (DATE, "2026-01-15", date(2026, 1, 15)),
        (DATE, "1900-01-01", date(1900, 1, 1)),
        (DATE, "2100-12-31", date(2100, 12, 31)),
        (ENTIER, 2, 2),
        (ENTIER, 9, 9),
        (LIBRE, -7, -7),
        (CHOIX, "deux", "deux"),
        (LISTE, [], frozenset()),
        (LISTE, ["b", "a", "b"], frozenset({"a", "b"})),
        (LISTE, ("c",), frozenset({"c"})),
        *((fait, None, None) for fait in (DATE, ENTIER, CHOIX, LISTE)),
    ],
)
def test_une_valeur_possible_se_lit(fait: DefinitionDeFait, brut: object, valeur: object) -> None:
    assert lire_valeur(fait, brut) == valeur


@pytest.mark.parametrize(
    ("fait", "brut", "raison"),
    [
        (
            DATE,
            "15/01/2026",
            "« 15/01/2026 » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        ),
        (
            DATE,
            20260115,
            "« 20260115 » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        ),
        (
            DATE,
            "2026-1-5",
            "« 2026-1-5 » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        ),
        (DATE, "2026-02-30", "le 30/02/2026 n’existe pas dans le calendrier"),
        (DATE, "1899-12-31", "l’année 1899 n’est pas plausible ; attendu entre 1900 et 2100"),
        (DATE, "2101-01-01", "l’année 2101 n’est pas plausible ; attendu entre 1900 et 2100"),
        (ENTIER, "4", "« 4 » n’est pas un nombre entier"),
        (ENTIER, 4.0, "« 4.0 » n’est pas un nombre entier"),
        (ENTIER, True, "« True » n’est pas un nombre entier"),
        (ENTIER, [4], "« [4] » n’est pas un nombre entier"),
        (ENTIER, -3, "-3 est négatif ; indiquez 2 ou plus"),
        (ENTIER, 1, "1 est trop petit ; le plus petit possible est 2"),
        (ENTIER, 0, "0 est trop petit ; le plus petit possible est 2"),
        (ENTIER, 10, "10 est trop grand ; le plus grand possible est 9"),
        (CHOIX, 1, "« 1 » n’est pas un texte ; attendu : un, deux"),
        (
            CHOIX,
            "deus",
            "« deus » n’est pas connu ; attendu : un, deux ; vouliez-vous dire « deux » ?",
        ),
        (CHOIX, "zzz", "« zzz » n’est pas connu ; attendu : un, deux"),
        (LISTE, "a", '« a » n’est pas une liste ; écrivez par exemple [] ou ["a"]'),
        (LISTE, {"a": 1}, "« {'a': 1} » n’est pas une liste ; écrivez par exemple [] ou [\"a\"]"),
        (LISTE, ["a", "z"], "« z » n’est pas connu ; attendu : a, b, c"),
        (LISTE, ["a", None], "« None » n’est pas un texte ; attendu : a, b, c"),
    ],
)
def test_une_valeur_impossible_est_refusee_avec_sa_raison(
    fait: DefinitionDeFait, brut: object, raison: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refus:
        lire_valeur(fait, brut)
    assert str(refus.value) == raison


def test_une_longue_valeur_est_abregee() -> None:
    with pytest.raises(ValueError, match="n’est pas un nombre entier") as refus:
        lire_valeur(LIBRE, "x" * 41)
    assert str(refus.value) == f"« {'x' * 37}… » n’est pas un nombre entier"
    with pytest.raises(ValueError, match="n’est pas un nombre entier") as refus:
        lire_valeur(LIBRE, "x" * 40)
    assert str(refus.value) == f"« {'x' * 40} » n’est pas un nombre entier"
    with pytest.raises(ValueError, match="trop grand") as refus:
        lire_valeur(ENTIER, 10**50)
    assert str(refus.value) == f"1{'0' * 36}… est trop grand ; le plus grand possible est 9"


@pytest.mark.parametrize(
    ("fait", "texte", "brut"),
    [
        (DATE, "15/01/2026", "2026-01-15"),
        (DATE, " 1/2/2026 ", "2026-02-01"),
        (DATE, "2026-01-15", "2026-01-15"),
        (DATE, "demain", "demain"),
        (ENTIER, " 24 ", 24),
        (ENTIER, "-3", -3),
        (ENTIER, "+3", 3),
        (ENTIER, "123456789", 123456789),
        (ENTIER, "1234567890", "1234567890"),
        (ENTIER, "3,5", "3,5"),
        (HEURES, "17,5", 17.5),
        (HEURES, " 17.25 ", 17.25),
        (HEURES, "-0,5", -0.5),
        (HEURES, "+35", 35),
        (HEURES, "35", 35),
        (HEURES, "1234567890", "1234567890"),
        (HEURES, "trente-cinq", "trente-cinq"),
        (HEURES, "1,2,3", "1,2,3"),
        (HEURES, "17,", "17,"),
        (OUI_NON, "Oui", True),
        (OUI_NON, " vrai ", True),
        (OUI_NON, "TRUE", True),
        (OUI_NON, "NON", False),
        (OUI_NON, "faux", False),
        (OUI_NON, "peut-être", "peut-être"),
        (CHOIX, " un ", "un"),
        (LISTE, "a;b", ["a", "b"]),
        (LISTE, "a, b | c ;", ["a", "b", "c"]),
        (LISTE, "Aucun", []),
        (LISTE, "aucune", []),
        (LISTE, "[]", []),
        *(
            (fait, vide, None)
            for fait in (DATE, ENTIER, HEURES, OUI_NON, CHOIX, LISTE)
            for vide in ("", "   ")
        ),
    ],
)
def test_une_cellule_devient_une_valeur(fait: DefinitionDeFait, texte: str, brut: object) -> None:
    assert lire_texte(fait, texte) == brut


@pytest.mark.parametrize(
    ("fait", "valeur", "texte"),
    [
        (DATE, date(2026, 1, 15), "15 janvier 2026"),
        (ENTIER, 4, "4 mois"),
        (LIBRE, 4, "4"),
        (CHOIX, "un", "le premier"),
        (LISTE, frozenset({"b", "a"}), "le a, le b"),
        (LISTE, frozenset(), "aucun"),
        (DATE, None, "non renseigné"),
        (OUI_NON, True, "oui"),
        (OUI_NON, False, "non"),
        (HEURES, 1750, "17,5 h"),
        (HEURES, 3500, "35 h"),
        (EUROS, 360_000, "3 600 €"),
        (MINUTES, 105, "1 h 45"),
        (NIVEAU, 4, "4"),
    ],
)
def test_une_valeur_se_dit(fait: DefinitionDeFait, valeur: Any, texte: str) -> None:
    assert fait.en_clair(valeur) == texte


@pytest.mark.parametrize(
    ("centiemes", "texte"),
    [
        (1750, "17,5"),
        (1725, "17,25"),
        (1705, "17,05"),
        (3500, "35"),
        (10_000, "100"),
        (5, "0,05"),
        (0, "0"),
        (-50, "-0,5"),
        (-300, "-3"),
    ],
)
def test_les_centiemes_s_ecrivent_avec_une_virgule(centiemes: int, texte: str) -> None:
    assert decimal_en_clair(centiemes) == texte


@pytest.mark.parametrize(
    ("fait", "valeur", "brut"),
    [
        (HEURES, 1750, 17.5),
        (HEURES, 3500, 35),
        (HEURES, 10_100, 101),
        (HEURES, 101, 1.01),
        (ENTIER, 4, 4),
        (OUI_NON, True, True),
        (DATE, date(2026, 1, 15), "2026-01-15"),
        (LISTE, frozenset({"b", "a"}), ["a", "b"]),
        (CHOIX, "un", "un"),
        (HEURES, None, None),
    ],
)
def test_une_valeur_repart_comme_elle_est_venue(
    fait: DefinitionDeFait, valeur: Any, brut: object
) -> None:
    ecrite = fait.en_json(valeur)
    assert ecrite == brut
    assert type(ecrite) is type(brut)
    assert lire_valeur(fait, brut) == valeur


def test_une_reponse_se_redit_avec_ses_mots() -> None:
    assert NIVEAU.en_mots(4) == "le bac"
    assert NIVEAU.en_mots(0) == "sans diplôme"
    assert NIVEAU.en_mots(3) == "3"
    assert NIVEAU.en_mots(None) == "non renseigné"
    assert CHOIX.en_mots("un") == "le premier"
    assert LISTE.en_mots(frozenset({"a"})) == "le a"


def test_un_dossier_a_tous_les_faits_et_les_absents_sont_inconnus() -> None:
    faits = {"jour": DATE, "mois": ENTIER}
    assert lire_dossier({"mois": 3}, faits) == {"jour": None, "mois": 3}
    assert lire_dossier({}, faits) == {"jour": None, "mois": None}


def test_chaque_faute_est_dite_dans_l_ordre() -> None:
    faits = {"jour": DATE, "mois": ENTIER}
    with pytest.raises(DossierInvalide) as refus:
        lire_dossier({"moi": 3, "jour": "x", "zzzzzz": 1, "mois": 4}, faits)
    assert refus.value.erreurs == (
        Erreur("moi", "3", "ce fait n’existe pas ; vouliez-vous dire « mois » ?"),
        Erreur(
            "jour",
            "x",
            "« x » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        ),
        Erreur("zzzzzz", "1", "ce fait n’existe pas"),
    )
    assert str(refus.value).startswith(
        "moi : ce fait n’existe pas ; vouliez-vous dire « mois » ? ; jour : "
    )


def test_le_mot_le_plus_proche() -> None:
    assert plus_proche("diplome", ["diplomes", "contrat"]) == " ; vouliez-vous dire « diplomes » ?"
    assert plus_proche("xyz", ["diplomes", "contrat"]) == ""
    assert plus_proche("contra", ["contrats", "contrat"]) == " ; vouliez-vous dire « contrat » ?"
    # Half alike is enough to be proposed: people shorten more than they misspell.
    propose = plus_proche("exp_dent", ["experience_dentaire_mois", "contrat"])
    assert propose == " ; vouliez-vous dire « experience_dentaire_mois » ?"


ABSURDE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.dates().map(str),
    lambda enfants: (
        st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=5), enfants, max_size=2)
    ),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["date_entree", "diplomes", "niveau_diplome", "situation", "x"]), ABSURDE
    )
)
def test_n_importe_quoi_est_lu_ou_refuse_sans_autre_erreur(
    base: Base, objet: dict[str, Any]
) -> None:
    erreurs: tuple[Erreur, ...] = ()
    try:
        dossier = base.lire(objet)
    except DossierInvalide as refus:
        erreurs = refus.erreurs
    else:
        assert set(dossier) == set(base.faits)
    assert all("\n" not in erreur.en_clair() and erreur.raison for erreur in erreurs)
