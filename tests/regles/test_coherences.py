"""What the facts of a dossier may not say together: both are named, and what may be true passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.coherences import OrdreDeDates
from binome.regles.faits import DefinitionDeFait, DossierInvalide, Erreur, lire_dossier

if TYPE_CHECKING:
    from binome.regles.base import Base

DATE = DefinitionDeFait("jour", "date", "Quel jour ?", "jour")


def test_deux_dates_ne_peuvent_pas_s_inverser() -> None:
    faits = {"ne": DATE, "entre": DATE}
    ordre = [OrdreDeDates("ne", "entre", "né le {avant}, entré le {apres}")]
    assert lire_dossier({"ne": "2000-01-01", "entre": "2000-01-01"}, faits, ordre)
    assert lire_dossier({"ne": "2000-01-02"}, faits, ordre)
    with pytest.raises(DossierInvalide) as refus:
        lire_dossier({"ne": "2000-01-02", "entre": "2000-01-01"}, faits, ordre)
    (erreur,) = refus.value.erreurs
    assert erreur == Erreur("ne", "2000-01-02", "né le 2 janvier 2000, entré le 1er janvier 2000")
    assert erreur.en_clair() == "ne : né le 2 janvier 2000, entré le 1er janvier 2000"


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("date_naissance", "afgsu_date"),
        ("date_naissance", "date_jury"),
        ("date_naissance", "date_depot"),
        ("date_naissance", "date_signature_contrat_aide"),
        ("date_entree", "date_jury"),
    ],
)
def test_les_coherences_de_la_base(base: Base, avant: str, apres: str) -> None:
    base.lire({avant: "2026-01-15", apres: "2026-01-15"})
    with pytest.raises(
        DossierInvalide,
        match=f"^{avant} : .* le 16 janvier 2026,? ne peut pas suivre .*, le 15 janvier 2026$",
    ):
        base.lire({avant: "2026-01-16", apres: "2026-01-15"})


@pytest.mark.parametrize(
    ("jour", "nom"),
    [
        ("date_entree", "entrée en formation"),
        ("date_prise_fonction", "prise de fonction"),
        ("date_avenant_contrat", "avenant au contrat de travail"),
    ],
)
def test_personne_n_a_moins_de_quinze_ans_a_ces_jours(base: Base, jour: str, nom: str) -> None:
    vue = base.vue("financement" if jour == "date_avenant_contrat" else "positionnement")
    vue.lire({"date_naissance": "2011-01-15", jour: "2026-01-15"})
    with pytest.raises(
        DossierInvalide,
        match=f"^date_naissance : une naissance le 16 janvier 2011 et une? {nom} le 15 janvier 2026 .*"
        " moins de 15 ans$",
    ):
        vue.lire({"date_naissance": "2011-01-16", jour: "2026-01-15"})


def test_une_naissance_qui_suit_l_entree_n_a_qu_une_faute(base: Base) -> None:
    faits = {"date_naissance": "2026-01-16", "experience_secretaire_mois": 720}
    for jour in ("date_entree", "date_prise_fonction"):
        with pytest.raises(DossierInvalide, match="ne peut pas suivre") as refus:
            base.lire({**faits, jour: "2026-01-15"})
        assert len(refus.value.erreurs) == 1


@pytest.mark.parametrize("mois", ["experience_secretaire_mois", "experience_dentaire_mois"])
def test_l_experience_ne_commence_pas_dans_l_enfance(base: Base, mois: str) -> None:
    """Wide on purpose: only what began before ten is refused, by the birth or by the age."""
    ne = {"date_naissance": "2000-03-10", "date_entree": "2026-03-10"}
    base.lire({**ne, mois: 192})
    base.lire({"date_naissance": "2000-03-10", mois: 720})
    with pytest.raises(DossierInvalide, match=f"^{mois} : .* 193 mois, .* l’âge de 10 ans$"):
        base.lire({**ne, mois: 193})
    argent = base.vue("financement")
    argent.lire({"age": 26, mois: 204})
    with pytest.raises(DossierInvalide, match=f"^{mois} : .* et l’âge se contredisent"):
        argent.lire({"age": 26, mois: 205})


def test_vingt_ans_d_activite_ne_commencent_pas_dans_l_enfance(base: Base) -> None:
    vue = base.vue("financement")
    faits = {"publics": ["anciennete_20_ans"], "date_entree": "2026-03-02"}
    vue.lire({**faits, "date_naissance": "1996-03-02"})
    with pytest.raises(DossierInvalide, match="l’âge se contredisent"):
        vue.lire({**faits, "date_naissance": "1996-03-03"})


@pytest.mark.parametrize(
    ("faits", "permis", "nommes"),
    [
        (
            {"contrat": "aucun", "employeur_contrat": "cabinet"},
            {"contrat": "cdi"},
            ("contrat", "employeur"),
        ),
        (
            {"publics": ["sans_second_cycle"], "niveau_diplome": 6},
            {"niveau_diplome": 5},
            ("situations particulières", "niveau de diplôme"),
        ),
        *[
            (
                {"publics": ["sans_second_cycle"], "diplomes": [un]},
                {"diplomes": ["secretaire_medical"]},
                ("situations particulières", "diplômes"),
            )
            for un in ("ide", "aide_soignant", "auxiliaire_puericulture", "sage_femme")
        ],
        (
            {"publics": ["anciennete_20_ans"], "age": 29},
            {"age": 30},
            ("situations particulières", "âge"),
        ),
        (
            {"heures_formation": 744.01, "duree_parcours_mois": 1},
            {"heures_formation": 744},
            ("heures de formation", "durée du parcours"),
        ),
    ],
)
def test_deux_faits_qui_se_nient_sont_nommes(
    base: Base, faits: dict[str, Any], permis: dict[str, Any], nommes: tuple[str, str]
) -> None:
    vue = base.vue("financement")
    vue.lire({**faits, **permis})
    for tu in faits:
        vue.lire({**faits, tu: None})
    with pytest.raises(DossierInvalide) as refus:
        vue.lire(faits)
    (erreur,) = refus.value.erreurs
    assert all(nom in erreur.raison for nom in (*nommes, "se contredisent"))


def test_ce_qui_peut_etre_vrai_n_est_pas_refuse(base: Base) -> None:
    """Two jobs may follow each other, a part-time one leaves the register open, an old diploma was worth less."""
    for faits in (
        {"situation": "salarie_cabinet", "contrat": "cdi", "employeur_contrat": "autre"},
        {"situation": "salarie_cabinet", "publics": ["demandeur_emploi_plus_un_an"]},
        {"situation": "demandeur_emploi", "contrat": "cdi", "employeur_contrat": "cabinet"},
        {"diplomes": ["ide"], "niveau_diplome": 5},
        {"publics": ["sans_second_cycle"], "niveau_diplome": 4},
    ):
        base.vue("financement").lire(faits)


def test_un_age_que_la_naissance_dement_est_refuse(base: Base) -> None:
    """With both facts and what they come to; the eve of a birthday counts, and an unknown denies nobody."""
    argent = base.vue("financement")
    jour = {"date_naissance": "1990-03-02", "date_entree": "2026-03-01"}
    assert argent.lire({**jour, "age": 35})["age"] == 35
    for fait in jour:
        assert argent.lire({**jour, "age": 36, fait: None})["age"] == 36
    with pytest.raises(DossierInvalide) as refus:
        argent.lire({**jour, "age": 36})
    (erreur,) = refus.value.erreurs
    assert erreur == Erreur(
        "age",
        "36",
        "l’âge déclaré, 36 ans, et la date de naissance, le 2 mars 1990, se contredisent : cela fait "
        "35 ans au début de la formation",
    )
    assert argent.lire({**jour, "date_entree": "2026-03-02", "age": 36})["age"] == 36
