"""Amounts: unknown stays unknown, what is not established adds nothing, quotients are rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.compiler import Etabli
from binome.regles.compter import CompteurDeMontants, calcul
from binome.regles.courante import base_courante
from binome.regles.expressions import (
    Constante,
    PremierConnu,
    Produit,
    Quantite,
    Quotient,
    Selon,
    SiEtabli,
    Somme,
    ValeurDuFait,
    diviser,
    faits_lus,
)
from binome.regles.metiers.effets import Adaptation
from binome.regles.metiers.heures import (
    HEURES,
    durees_marquees,
    heures,
    regles_acquerant,
    regles_dispensant,
)

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.expressions import Arrondi, Expression

INCONNU = Constante(None)
MOIS = ValeurDuFait("mois")


def compter(expression: Expression, **faits: Any) -> int | None:
    etabli = Etabli()
    etabli.verites = {"oui": True, "non": False, "inconnue": None}
    etabli.retenues = {"voie": "cqp", "rien": None}
    comptes = CompteurDeMontants({"base": Constante(7), "lu": expression}).compter(etabli, faits)
    assert comptes["base"] == 7
    return comptes["lu"]


@pytest.mark.parametrize(
    ("expression", "attendu"),
    [
        (Constante(3), 3),
        (INCONNU, None),
        (MOIS, 12),
        (Quantite("base"), 7),
        (SiEtabli(("oui",), 5), 5),
        (SiEtabli(("non", "oui"), 5), 5),
        (SiEtabli(("non", "inconnue", "absente"), 5), 0),
        (Somme(()), 0),
        (Somme((Constante(1), MOIS, Quantite("base"))), 20),
        (Somme((Constante(1), INCONNU)), None),
        (Produit((Constante(3), MOIS)), 36),
        (Produit((Constante(0), INCONNU)), None),
        (Quotient(MOIS, Quantite("base"), "inferieur"), 1),
        (Quotient(Quantite("base"), MOIS, "superieur"), 1),
        (Quotient(Constante(5), Constante(0), "inferieur"), None),
        (Quotient(INCONNU, Constante(2), "inferieur"), None),
        (Quotient(Constante(2), INCONNU, "inferieur"), None),
        (Quotient(SiEtabli(("oui",), 9), SiEtabli(("oui",), 2), "au_plus_proche"), 5),
        (PremierConnu((INCONNU, MOIS, Constante(1))), 12),
        (PremierConnu((INCONNU, Quantite("base"))), 7),
        (PremierConnu((SiEtabli(("oui",), 4), Constante(1))), 4),
        (PremierConnu((INCONNU, INCONNU)), None),
        (Selon("voie", (("fae", Constante(1)), ("cqp", MOIS)), INCONNU), 12),
        (Selon("voie", (("fae", Constante(1)),), Constante(2)), 2),
        (Selon("rien", (("cqp", Constante(1)),), Constante(2)), None),
    ],
)
def test_un_montant_se_compte(expression: Expression, attendu: int | None) -> None:
    assert compter(expression, mois=12) == attendu


@pytest.mark.parametrize(
    ("arrondi", "attendus"),
    [
        ("inferieur", [0, 1, 1, 2, 2, 2]),
        ("superieur", [1, 1, 2, 2, 2, 3]),
        ("au_plus_proche", [1, 1, 2, 2, 2, 2]),
    ],
)
def test_un_quotient_s_arrondit(arrondi: Arrondi, attendus: list[int]) -> None:
    quotients = [(1, 2), (2, 2), (3, 2), (6, 3), (8, 4), (9, 4)]
    assert [diviser(haut, bas, arrondi) for haut, bas in quotients] == attendus


def test_un_fait_se_calcule_des_autres() -> None:
    semaines = calcul(Quotient(Produit((MOIS, Constante(52))), Constante(12), "superieur"))
    assert semaines({"mois": 7}) == 31
    assert semaines({"mois": None}) is None


def test_un_montant_dit_les_faits_qu_il_lit() -> None:
    tout = Selon("voie", (("cqp", Produit((MOIS, ValeurDuFait("taux")))),), ValeurDuFait("age"))
    assert faits_lus(Somme((tout, Quotient(MOIS, ValeurDuFait("part"), "inferieur")))) == {
        "mois", "taux", "age", "part",
    }  # fmt: skip
    assert faits_lus(SiEtabli(("oui",), 5)) == frozenset()


@pytest.mark.parametrize(
    ("faits", "attendues"),
    [
        ({"date_entree": "2026-01-15"}, (264, 15, 279, 0, 0)),
        ({"date_entree": "2026-01-15", "diplomes": ["secretaire_medical"]}, (201, 15, 216, 63, 0)),
        ({"date_entree": "2023-06-05"}, (371, 13, 384, 0, 0)),
        ({"date_entree": "2023-06-05", "diplomes": ["secretaire_medical"]}, (322, 11, 333, 49, 2)),
        ({"date_entree": "2026-01-15", "diplomes": ["ide"]}, (75, 0, 75, 0, 0)),
        ({"date_entree": "2023-06-05", "diplomes": ["ide"]}, (112, 0, 112, 0, 0)),
        ({"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]}, (0, 0, 0, 0, 0)),
        ({"date_entree": "2026-01-15", "niveau_diplome": 3}, (0, 0, 0, 0, 0)),
    ],
)
def test_les_cinq_durees_publiees(
    base: Base, faits: dict[str, Any], attendues: tuple[int, ...]
) -> None:
    depart = {
        "diplomes": [], "niveau_diplome": 4, "experience_secretaire_mois": 0,
        "experience_dentaire_mois": 0, "afgsu_niveau": 0,
    }  # fmt: skip
    etabli = base.moteur.resoudre(base.lire({**depart, **faits}))
    comptes = CompteurDeMontants(heures(base)).compter(etabli)
    assert comptes == {nom: 60 * un for nom, un in zip(HEURES, attendues, strict=True)}


def test_sans_voie_les_durees_sont_inconnues(base: Base) -> None:
    comptes = CompteurDeMontants(heures(base)).compter(base.moteur.resoudre(base.lire({})))
    assert comptes == dict.fromkeys(HEURES)


def test_chaque_module_sait_qui_en_dispense_et_qui_l_acquiert(base: Base) -> None:
    actuel = base.referentiels["rncp40913"]
    dispensent = {un.code: regles_dispensant(base, actuel, un) for un in actuel.modules}
    assert {code: regles for code, regles in dispensent.items() if regles} == {
        "B2M1": ("dispense.40913.secretaire",),
        "B2M3": ("dispense.40913.secretaire",),
        "B3M1": ("dispense.40913.dentaire",),
        "B4M5": ("dispense.40913.dentaire",),
    }
    acquierent = {un.code: regles_acquerant(base, un) for un in actuel.modules}
    assert {code: regles for code, regles in acquierent.items() if regles} == {
        "B4M4": ("acquis.afgsu",)
    }
    assert durees_marquees(base, "afgsu") == {14 * 60}
    ancien = base.referentiels["rncp36358-384"]
    assert not any(regles_dispensant(base, ancien, un) for un in ancien.modules)


def test_la_duree_de_la_fae_est_celle_de_son_bloc(base: Base) -> None:
    durees = {"fae.40913": 75 * 60, "fae.384": 112 * 60, "fae.sans-referentiel": None}
    for nom, minutes in durees.items():
        effet = base.regles[nom].effet
        assert isinstance(effet, Adaptation)
        assert effet.duree(base) == minutes


def test_un_montant_se_dit_avec_son_unite() -> None:
    montants = base_courante().vue("aide").montants
    assert montants["aide_max_cents"].en_clair(38_000_00) == "38 000 €"
    mois = montants["delai_objectif_mois"]
    assert mois.en_clair(24) == f"24 {mois.unite}"
