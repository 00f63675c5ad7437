"""What would change the answer: minimal sets, each really decided again, the lightest first."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from binome.regles.basculer import basculer
from binome.regles.courante import base_courante
from binome.regles.faits import lire_valeur, verifier_coherences
from binome.regles.manquants import manquants
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from binome.regles.base import Base

SECRETAIRE = {
    "date_entree": "2026-01-15",
    "diplomes": [],
    "niveau_diplome": 3,
    "experience_secretaire_mois": 20,
    "experience_dentaire_mois": 0,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
}


def propositions(
    base: Base, **faits: Any
) -> list[tuple[tuple[str, ...], dict[str, Any], int | None]]:
    resultat = basculer(base, base.lire(faits))
    return [(tuple(c.levier.id for c in un.changements), un.faits, un.minutes) for un in resultat]


def test_quatre_mois_de_plus_sont_une_entree_quatre_mois_plus_tard(base: Base) -> None:
    """A title spares 63 hours and takes hundreds, an AFGSU lasts what it spares: neither is proposed."""
    assert propositions(base, **SECRETAIRE) == [
        (
            ("experience-secretaire",),
            {"experience_secretaire_mois": 24, "date_entree": date(2026, 5, 15)},
            216 * 60,
        ),
    ]


def test_une_afgsu_perimee_s_actualise_en_sept_heures(base: Base) -> None:
    perimee = {**SECRETAIRE, "afgsu_niveau": 1, "afgsu_date": "2021-02-01"}
    assert propositions(base, **perimee)[0] == (
        ("afgsu",),
        {"afgsu_niveau": 1, "afgsu_date": date(2026, 1, 15)},
        265 * 60,
    )
    valable = {**perimee, "afgsu_date": "2025-12-01"}
    assert all(leviers != ("afgsu",) for leviers, _, _ in propositions(base, **valable))


def test_rien_n_est_propose_au_dela_de_ce_que_la_base_connait(base: Base) -> None:
    tard = {**SECRETAIRE, "experience_secretaire_mois": 0, "date_entree": "2029-12-15"}
    assert all(
        faits.get("date_entree", date(2029, 12, 15)) <= date(2030, 6, 25)
        for _, faits, _ in propositions(base, **tard)
    )


def test_une_personne_refusee_voit_tout_ce_qui_ouvrirait_la_voie(base: Base) -> None:
    faits = {**SECRETAIRE, "experience_secretaire_mois": 0}
    assert propositions(base, **faits) == [
        (
            ("experience-secretaire",),
            {"experience_secretaire_mois": 12, "date_entree": date(2027, 1, 15)},
            279 * 60,
        ),
        (
            ("experience-secretaire",),
            {"experience_secretaire_mois": 24, "date_entree": date(2028, 1, 15)},
            216 * 60,
        ),
        (("titre-secretaire",), {"diplomes": frozenset({"secretaire_medical"})}, 216 * 60),
        (("niveau",), {"niveau_diplome": 4}, 279 * 60),
        (("titre-dentaire",), {"diplomes": frozenset({"assistant_dentaire"})}, 258 * 60),
    ]


def test_une_date_entre_deux_referentiels_se_decale(base: Base) -> None:
    faits = {
        "date_entree": "2025-05-15",
        "diplomes": [],
        "niveau_diplome": 4,
        "experience_secretaire_mois": 0,
    }
    assert propositions(base, **faits) == [
        (("plus-tard",), {"date_entree": date(2025, 6, 25)}, 279 * 60),
        # Twelve months of work would only be waiting; twenty-four exempt besides.
        (
            ("experience-secretaire",),
            {"experience_secretaire_mois": 24, "date_entree": date(2027, 5, 15)},
            216 * 60,
        ),
    ]


def test_deux_changements_ensemble_quand_aucun_ne_suffit(base: Base) -> None:
    faits = {
        "date_entree": "2025-05-15",
        "diplomes": [],
        "niveau_diplome": 3,
        "experience_secretaire_mois": 0,
    }
    ensembles = propositions(base, **faits)
    # A year more of work leads beyond the gap by itself.
    assert next(un for un in ensembles if len(un[0]) == 1) == (
        ("experience-secretaire",),
        {"experience_secretaire_mois": 12, "date_entree": date(2026, 5, 15)},
        279 * 60,
    )
    assert (
        ("plus-tard", "niveau"),
        {"date_entree": date(2025, 6, 25), "niveau_diplome": 4},
        279 * 60,
    ) in ensembles


def test_deux_titres_s_ajoutent_a_ceux_que_l_on_a(base: Base) -> None:
    """Two levers on one list do not erase each other."""
    contenu = base_courante()
    faits = {
        "date_entree": "2025-05-15",
        "diplomes": ["aide_dentaire"],
        "niveau_diplome": 3,
        "experience_secretaire_mois": 0,
    }
    trois = [un for un in basculer(contenu, contenu.lire(faits)) if len(un.changements) == 2]
    avec_titre = next(
        un
        for un in trois
        if {c.levier.id for c in un.changements} == {"titre-secretaire", "plus-tard"}
    )
    assert avec_titre.faits["diplomes"] == frozenset({"aide_dentaire", "secretaire_medical"})


def test_l_employeur_qui_manque(base: Base) -> None:
    faits = {
        **SECRETAIRE,
        "experience_secretaire_mois": 24,
        "afgsu_niveau": 1,
        "afgsu_date": "2025-12-01",
        "situation": "demandeur_emploi",
        "contrat": "aucun",
    }
    trouvees = propositions(base, **faits)
    assert trouvees[:2] == [
        (("contrat-pro",), {"contrat": "contrat_professionnalisation"}, 202 * 60),
        (("emploi-cabinet",), {"situation": "salarie_cabinet", "contrat": None}, 202 * 60),
    ]


@pytest.mark.parametrize(
    "faits",
    [
        {"date_entree": "2026-01-15", "diplomes": ["ide"]},
        {"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]},
        {
            "date_entree": "2026-01-15",
            "diplomes": ["secretaire_medical", "aide_dentaire"],
            "afgsu_niveau": 1,
            "afgsu_date": "2026-01-01",
            "niveau_diplome": 4,
            "situation": "salarie_cabinet",
        },
    ],
)
def test_rien_a_proposer_quand_rien_n_est_mieux(base: Base, faits: dict[str, Any]) -> None:
    assert propositions(base, **faits) == []


def test_sans_la_date_on_ne_propose_ni_afgsu_ni_report(base: Base) -> None:
    faits = {"diplomes": [], "niveau_diplome": 4}
    assert propositions(base, **faits) == []


def test_un_changement_impossible_dans_le_temps_n_est_pas_propose(base: Base) -> None:
    """Entering later would pass the jury's date."""
    faits = {
        "date_entree": "2025-05-15",
        "date_jury": "2025-06-01",
        "diplomes": [],
        "niveau_diplome": 4,
    }
    assert propositions(base, **faits) == []


def _juger(base: Base, dossier: Any) -> tuple[int, int, int]:
    etabli = base.moteur.resoudre(dossier)
    voie = etabli.retenues["voie"]
    if voie is None and not manquants(base, dossier, etabli):
        return (3, 0, 0)
    rang = {"deja_certifie": 0, "cqp": 1, "fae": 1, None: 2, "refus": 3}[voie]
    minutes = compteur(base).compter(etabli)["total"]
    reserves = (etabli.verites.get(nom) for nom in ("entree.contrat", "entree.employeur"))
    sans_employeur = voie == "cqp" and any(verite is False for verite in reserves)
    return (rang, int(sans_employeur), 10**6 if minutes is None else minutes)


@settings(max_examples=150)
@given(st.data())
def test_chaque_proposition_ameliore_et_aucune_part_n_y_suffit(
    base: Base, data: st.DataObject
) -> None:
    entree = data.draw(
        st.sampled_from(
            ["2022-09-05", "2024-09-02", "2025-04-24", "2025-05-15", "2026-01-15", "2030-06-25"]
        )
    )
    codes = list(base.faits["diplomes"].valeurs)
    faits = {
        "date_entree": entree,
        "diplomes": data.draw(st.lists(st.sampled_from(codes), max_size=2)),
        "niveau_diplome": data.draw(st.integers(0, 5)),
        "experience_secretaire_mois": data.draw(st.sampled_from([0, 11, 12, 23, 24, 35, 36])),
        "experience_dentaire_mois": data.draw(st.sampled_from([0, 11, 12])),
        "afgsu_niveau": data.draw(st.integers(0, 2)),
        "situation": data.draw(st.sampled_from([None, *base.faits["situation"].valeurs])),
        "contrat": data.draw(st.sampled_from([None, *base.faits["contrat"].valeurs])),
    }
    dossier = dict.fromkeys(base.faits) | {
        nom: lire_valeur(base.faits[nom], brut) for nom, brut in faits.items()
    }
    assume(not verifier_coherences(dossier, base.coherences))
    depart = _juger(base, dossier)
    resultat = basculer(base, dossier)
    for un in resultat:
        assert _juger(base, un.dossier) < depart
        assert _juger(base, {**dossier, **un.faits}) == _juger(base, un.dossier)
        for taille in range(1, len(un.changements)):
            for part in combinations(un.changements, taille):
                change = dict(dossier)
                for changement in part:
                    for nom, valeur in changement.faits.items():
                        ancienne = change[nom]
                        change[nom] = (
                            valeur | ancienne
                            if isinstance(valeur, frozenset) and isinstance(ancienne, frozenset)
                            else valeur
                        )
                assert not _juger(base, change) < depart, [c.texte for c in part]
    efforts = [
        (len(u.changements), sum(c.levier.effort + c.rang for c in u.changements)) for u in resultat
    ]
    assert efforts == sorted(efforts)


def test_les_textes_disent_l_ecart_et_le_but(base: Base) -> None:
    textes = [c.texte for un in basculer(base, base.lire(SECRETAIRE)) for c in un.changements]
    assert textes == [
        "une entrée en formation le 15 mai 2026, après 4 mois de plus au secrétariat médical "
        "(24 mois en tout)",
    ]
    report = basculer(
        base, base.lire({"date_entree": "2025-05-15", "diplomes": [], "niveau_diplome": 4})
    )
    assert report[0].changements[0].texte == "une entrée en formation à partir du 25 juin 2025"


def test_on_n_attend_pas_plus_que_la_formation_ne_dure_pour_des_heures_en_moins(base: Base) -> None:
    """Thirty-two months of waiting cost more than the 105 hours that they spare."""

    def reports(entree: str) -> list[date]:
        faits = {**SECRETAIRE, "niveau_diplome": 4, "experience_secretaire_mois": 0}
        trouvees = propositions(base, **{**faits, "date_entree": entree})
        return [faits["date_entree"] for leviers, faits, _ in trouvees if "date_entree" in faits]

    assert reports("2021-04-25") == []
    assert reports("2022-12-31") == []
    assert reports("2023-01-01") == [date(2024, 1, 1)]
    # Nor two years at the secretariat for 63 hours; twelve months at most.
    assert reports("2026-01-15") == []
    douze = {**SECRETAIRE, "niveau_diplome": 4, "experience_secretaire_mois": 12}
    assert [leviers for leviers, _, _ in propositions(base, **douze)] == [
        ("experience-secretaire",)
    ]
    onze = {**douze, "experience_secretaire_mois": 11}
    assert propositions(base, **onze) == []


def test_on_n_attend_pas_plus_de_deux_ans_qu_une_date_ouvre_une_voie(base: Base) -> None:
    def reports(entree: str) -> list[date]:
        trouvees = propositions(base, diplomes=["ide"], date_entree=entree)
        return [faits["date_entree"] for _, faits, _ in trouvees]

    assert reports("2015-05-15") == reports("2018-12-31") == []
    # The hours of 2024 and of 2025 are fewer, and farther than anybody waits.
    assert reports("2019-01-01") == [date(2021, 1, 1)]
