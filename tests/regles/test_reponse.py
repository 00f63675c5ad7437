"""The answer itself: its JSON contract, its sums, its documents, and what would change it."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.courante import base_courante
from binome.regles.faits import faits_en_json, verifier_coherences
from binome.regles.grille import grille
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base
    from binome.regles.faits import Dossier

    Repondre = Callable[..., dict[str, Any]]


def test_les_referentiels_ont_leurs_sommes(base: Base) -> None:
    heures = {
        nom: [bloc.minutes // 60 for bloc in un.blocs] for nom, un in base.referentiels.items()
    }
    assert heures == {
        "rncp36358-384": [105, 112, 77, 77],
        "rncp36358-279": [77, 98, 35, 56],
        "rncp40913": [84, 75, 35, 70],
    }
    totaux = {
        nom: (un.formation, un.evaluations, un.total) for nom, un in base.referentiels.items()
    }
    assert totaux == {
        "rncp36358-384": (371 * 60, 13 * 60, 384 * 60),
        "rncp36358-279": (266 * 60, 13 * 60, 279 * 60),
        "rncp40913": (264 * 60, 15 * 60, 279 * 60),
    }
    assert {nom: len(un.modules) for nom, un in base.referentiels.items()} == {
        "rncp36358-384": 15,
        "rncp36358-279": 15,
        "rncp40913": 14,
    }
    neuf = base.referentiels["rncp40913"]
    assert len(neuf.epreuves) == 14
    assert sum(epreuve.minutes for epreuve in neuf.epreuves) == 900
    assert [sum(e.minutes for e in bloc.epreuves) for bloc in neuf.blocs] == [315, 240, 90, 255]


def test_ce_qui_manque_a_un_referentiel_se_dit(base: Base) -> None:
    neuf = base.referentiels["rncp40913"]
    with pytest.raises(KeyError):
        neuf.bloc(5)
    with pytest.raises(KeyError):
        neuf.module("B9M9")
    assert neuf.bloc(2).minutes == 75 * 60
    assert neuf.module("B2M1").minutes == 42 * 60


CLES = {
    "voie",
    "referentiel",
    "minutes",
    "modules",
    "forfaits",
    "motifs",
    "manquants",
    "pour_changer",
    "alertes",
    "documents",
    "a_confirmer",
    "base",
    "au",
}


MINUTES = {"formation", "evaluations", "total", "dispensees", "evaluations_dispensees"}


@pytest.fixture(scope="module")
def bornes(base: Base) -> list[Dossier]:
    """One case of the grid in seventeen, with those that no person could have typed."""
    return list(islice(grille(base), 0, None, 17))


@given(st.data())
def test_toute_reponse_suit_le_contrat(
    base: Base, bornes: list[Dossier], data: st.DataObject
) -> None:
    tenables = st.sampled_from(bornes).filter(
        lambda un: not verifier_coherences(un, base.coherences)
    )
    dossier = data.draw(tenables)
    reponse = json.loads(json.dumps(positionner(base, dossier).en_json()))
    assert set(reponse) == CLES
    assert reponse["voie"] in {"cqp", "fae", "deja_certifie", "refus", "indetermine"}
    assert reponse["referentiel"] in {None, *base.referentiels}
    minutes = reponse["minutes"]
    assert set(minutes) == MINUTES
    assert all(
        valeur is None or (isinstance(valeur, int) and valeur >= 0) for valeur in minutes.values()
    )
    if minutes["total"] is not None:
        assert minutes["total"] == minutes["formation"] + minutes["evaluations"]
    if reponse["voie"] == "indetermine":
        assert set(minutes.values()) == {None}
    if reponse["voie"] == "cqp":
        referentiel = base.referentiels[reponse["referentiel"]]
        acquis = sum(un["minutes"] for un in reponse["modules"] if un["statut"] == "acquis")
        nommees = sum(un["minutes"] for un in reponse["modules"] if un["statut"] == "dispense")
        assert minutes["formation"] + minutes["dispensees"] + acquis == referentiel.formation
        assert minutes["evaluations"] + minutes["evaluations_dispensees"] == referentiel.evaluations
        forfait = any(
            une["code"] == "dispense_forfaitaire" and not une["texte"].startswith("Selon votre")
            for une in reponse["alertes"]
        )
        en_bloc = sum(un["formation"] for un in reponse["forfaits"])
        assert minutes["dispensees"] == nommees + en_bloc
        assert forfait == bool(en_bloc)
        assert minutes["evaluations_dispensees"] == sum(
            un["evaluations"] for un in reponse["forfaits"]
        )
    for un in reponse["modules"]:
        assert set(un) == {"code", "bloc", "intitule", "minutes", "statut"}
        assert un["statut"] in {"a_suivre", "dispense", "acquis"}
    for un in reponse["motifs"]:
        assert set(un) == {"regle", "issue", "texte", "sources"}
        assert un["issue"] in {"oui", "non", "sans_objet", "indetermine"}
        assert un["sources"]
        assert un["texte"].endswith(".")
    assert set(reponse["manquants"]) <= {nom for nom, valeur in dossier.items() if valeur is None}
    for un in reponse["pour_changer"]:
        assert set(un) == {"changements", "donne", "texte"}
        assert un["changements"]
        rejoue = positionner(
            base, {**dossier, **base.lire({**_objet(dossier), **un["changements"]})}
        )
        assert rejoue.minutes["total"] == un["donne"]["minutes_total"]
        assert rejoue.voie == un["donne"].get("voie", reponse["voie"])
    for un in reponse["alertes"]:
        assert set(un) == {"code", "texte", "sources"}
        assert un["sources"]


def _objet(dossier: dict[str, Any]) -> dict[str, Any]:
    return faits_en_json(base_courante().faits, dossier)


def test_la_reponse_sans_date_n_a_pas_de_date(repondre: Repondre) -> None:
    reponse = repondre(diplomes=[])
    assert reponse["au"] is None
    assert reponse["voie"] == "indetermine"
    assert reponse["referentiel"] is None
    assert "date_entree" in reponse["manquants"]


def test_les_pieces_suivent_le_dossier(base: Base) -> None:
    def pieces(**faits: Any) -> list[str]:
        return [piece.code for piece in positionner(base, base.lire(faits)).pieces]

    assert pieces(
        date_entree="2026-01-15",
        diplomes=["secretaire_medical"],
        afgsu_niveau=1,
        heures_experience_vae=2000,
        experience_secretaire_mois=1,
    ) == [
        "identite",
        "cv",
        "positionnement",
        "diplomes",
        "experience",
        "contrat",
        "afgsu",
        "vae",
    ]
    assert pieces(date_entree="2026-01-15", diplomes=["ide"], niveau_diplome=6) == [
        "identite",
        "cv",
        "diplomes",
    ]
    assert pieces(date_entree="2025-05-15", diplomes=[], niveau_diplome=4) == []


def test_ce_qui_informe_sans_mots_ne_se_dit_pas(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=[], niveau_diplome=4)
    dites = {un["regle"] for un in reponse["motifs"]}
    assert "exercice.sage-femme" not in dites  # a "no" that would only add noise
    assert "vae.seuil" in dites
    assert not any(nom.startswith(("alerte.", "piece.")) for nom in dites)


@pytest.mark.parametrize(
    ("faits", "textes"),
    [
        (
            {"niveau_diplome": 3},
            [
                "Avec une entrée en formation le 15 janvier 2027, après 12 mois de plus au "
                "secrétariat médical (12 mois en tout) : le CQP s’ouvre, 279 h.",
                "Avec une entrée en formation le 15 janvier 2028, après 24 mois de plus au "
                "secrétariat médical (24 mois en tout) : le CQP s’ouvre, 216 h.",
            ],
        ),
        (
            {"niveau_diplome": 4, "experience_secretaire_mois": 12},
            [
                "Avec une entrée en formation le 15 janvier 2027, après 12 mois de plus au "
                "secrétariat médical (24 mois en tout) : 216 h. C’est 63 h de moins que 279 h.",
            ],
        ),
        (
            {"niveau_diplome": 4, "date_entree": "2025-05-15"},
            ["Avec une entrée en formation à partir du 25 juin 2025 : le CQP s’ouvre, 279 h."],
        ),
        (
            # Level 3 and no more is known: the date lifts the refusal, it opens nothing yet.
            {
                "niveau_diplome": 3,
                "date_entree": "2025-05-15",
                "experience_secretaire_mois": None,
                "experience_dentaire_mois": None,
            },
            ["Avec une entrée en formation à partir du 25 juin 2025 : une voie devient possible."],
        ),
        (
            {"diplomes": ["ide"], "date_entree": "2019-01-01"},
            [
                "Avec une entrée en formation à partir du 1er janvier 2021 : "
                "la FAE s’ouvre, 112 h.",
            ],
        ),
        (
            {"niveau_diplome": 4, "situation": "demandeur_emploi", "contrat": "aucun"},
            [
                "Avec un contrat de professionnalisation signé avec un cabinet médical : "
                "la condition d’employeur est remplie.",
            ],
        ),
    ],
)
def test_ce_qui_changerait_la_reponse_se_lit_en_une_phrase(
    base: Base, faits: dict[str, Any], textes: list[str]
) -> None:
    depart = {
        "date_entree": "2026-01-15", "diplomes": [], "experience_secretaire_mois": 0,
        "experience_dentaire_mois": 0, "afgsu_niveau": 0, "situation": "salarie_cabinet",
        "contrat": "cdi",
    }  # fmt: skip
    lue = positionner(base, base.lire({**depart, **faits}))
    assert [un.texte for un in lue.pour_changer][: len(textes)] == textes
    assert [un["texte"] for un in lue.en_json({"pour_changer"})["pour_changer"]][
        : len(textes)
    ] == textes
    assert list(lue.en_json({"voie", "au"})) == ["voie", "au"]
