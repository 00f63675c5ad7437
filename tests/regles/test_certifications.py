"""Several certifications as data: the one by default, one on trial, one that this folder invents."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from binome.regles.cas import echecs
from binome.regles.courante import (
    CertificationInconnue,
    base_courante,
    certification_par_defaut,
    certifications,
    construire,
    ouvrir,
    reformes,
)
from binome.regles.dire import mot_a_mot
from binome.regles.grille import grille
from binome.regles.lecture import BaseInvalide, lire_brut, lire_export
from binome.regles.lot import colonnes_decidees, decider_lot
from binome.regles.metiers.annonce import phrase, postes, raisons, resume
from binome.regles.metiers.positionnement import positionner
from binome.regles.quantites import compteur
from tests.regles.test_lot import TYPES

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.metiers.positionnement import Positionnement

INVENTEE = Path(__file__).parent / "gardien-de-phare"
ESSAIS = [code for code, une in certifications().items() if une.essai]


@pytest.fixture
def phare() -> Base:
    return ouvrir(str(INVENTEE))


@pytest.fixture
def dentaire() -> Base:
    (code,) = ESSAIS
    return base_courante(certification=code)


def repondre(base: Base, **objet: Any) -> Positionnement:
    return positionner(base, base.lire(objet))


# The list


def test_la_premiere_est_celle_par_defaut() -> None:
    codes = list(certifications())
    assert codes[0] == certification_par_defaut().code
    assert [une.par_defaut for une in certifications().values()] == [True, False]
    assert base_courante() is base_courante(certification=codes[0])
    assert base_courante().certification.titre == "CQP d’assistant médical"


def test_une_certification_d_essai_le_dit(dentaire: Base) -> None:
    assert dentaire.certification.nom == (
        "Titre d’assistant dentaire (d’essai, d’après le tableau 3 du rapport)"
    )
    assert base_courante().certification.nom == "CQP d’assistant médical"


def test_une_certification_inconnue_est_refusee_avec_la_liste() -> None:
    with pytest.raises(CertificationInconnue) as refus:
        base_courante(certification="assistant-dentair")
    (code,) = ESSAIS
    assert str(refus.value) == (
        "la certification « assistant-dentair » n’existe pas ; connues : "
        f"assistant-medical, {code} ; vouliez-vous dire « {code} » ?"
    )


def test_les_reformes_sont_celles_de_la_certification(dentaire: Base) -> None:
    code = dentaire.certification.code
    assert reformes(code) == {}
    with pytest.raises(BaseInvalide, match="la réforme « igas-8 » n’existe pas ; connues : aucune"):
        base_courante("igas-8", certification=code)


# The one on trial


def test_ses_cas_tiennent(dentaire: Base) -> None:
    fautes, nombre = echecs(dentaire)
    assert fautes == []
    assert nombre > 100


@pytest.mark.parametrize(
    ("profil", "cours"),
    [
        ({"diplomes": []}, 343),
        ({"diplomes": ["livre_iii"]}, 343 - 28),
        ({"diplomes": ["manipulateur"]}, 343 - 70),
        ({"diplomes": ["preparateur_hospitalier"]}, 343 - 28),
        ({"diplomes": ["aide_dentaire"]}, 343 - 161),
        ({"diplomes": ["aide_dentaire"], "experience_aide_dentaire_mois": 12}, 343 - 168),
        ({"diplomes": ["auxiliaire_veterinaire"]}, 343 - 21),
        ({"diplomes": [], "afgsu2_valable": True}, 343 - 21),
        ({"diplomes": ["aide_dentaire"], "afgsu2_valable": True}, 343 - 161 - 21),
        ({"diplomes": ["manipulateur"], "afgsu2_valable": True}, 343 - 70),
    ],
)
def test_les_heures_du_tableau_3(dentaire: Base, profil: dict[str, Any], cours: int) -> None:
    depart = {"experience_aide_dentaire_mois": 0, "afgsu2_valable": False}
    objet = {"date_entree": "2022-09-05", "niveau_diplome": 3, **depart, **profil}
    reponse = repondre(dentaire, **objet)
    assert reponse.voie == "titre"
    assert reponse.minutes["formation"] == cours * 60
    assert reponse.minutes["total"] is None


def test_ce_que_le_tableau_ne_dit_pas_reste_inconnu(dentaire: Base) -> None:
    """No evaluation anywhere; practice is whole until an exemption, whose bearing nobody tells."""
    sans = repondre(dentaire, date_entree="2022-09-05", niveau_diplome=3, diplomes=[])
    assert sans.minutes["pratique"] == 1535 * 60
    assert sans.minutes["evaluations"] is None
    aide = repondre(
        dentaire, date_entree="2022-09-05", niveau_diplome=3, diplomes=["aide_dentaire"]
    )
    assert aide.minutes["pratique"] is None
    assert "dispense_forfaitaire" in {une.code for une in aide.alertes}
    deux = repondre(
        dentaire,
        date_entree="2022-09-05",
        niveau_diplome=3,
        diplomes=["aide_dentaire", "livre_iii"],
    )
    assert deux.minutes["formation"] is None


@pytest.mark.parametrize("jour", ["2018-06-07", "2023-04-18", "2026-01-15"])
def test_hors_de_l_enregistrement_rien_de_ferme_n_est_dit(dentaire: Base, jour: str) -> None:
    for niveau in (2, 4):
        reponse = repondre(dentaire, date_entree=jour, niveau_diplome=niveau, diplomes=[])
        assert reponse.voie == "indetermine"
        assert reponse.manquants == ()
        assert phrase(reponse) == "Le tableau 3 du rapport ne permet pas de répondre à cette date."


def test_l_essai_se_dit_en_toutes_lettres(dentaire: Base) -> None:
    reponse = repondre(
        dentaire,
        date_entree="2022-09-05",
        niveau_diplome=3,
        diplomes=["aide_dentaire"],
        experience_aide_dentaire_mois=6,
        afgsu2_valable=False,
    )
    assert phrase(reponse) == (
        "Votre voie est le titre d’assistant dentaire. Cours : 182 h. Pratique : durée inconnue. "
        "Évaluations : durée inconnue."
    )
    assert resume(reponse) == "Pour l’instant : le titre d’assistant dentaire, 182 h"
    assert [un.texte for un in reponse.pour_changer] == [
        "Avec une AFGSU de niveau 2 en cours de validité : 161 h. C’est 21 h de moins que 182 h.",
        "Avec 6 mois d’expérience de plus comme aide dentaire (12 mois en tout) : 175 h. C’est 7 h de "
        "moins que 182 h.",
    ]
    assert reponse.en_json()["pour_changer"][0]["donne"] == {"minutes_formation": 161 * 60}
    assert postes(reponse) == {
        "Cours": "182 h à suivre",
        "En moins": "161 h, sans modules nommés",
        "Pratique": "durée inconnue",
        "Épreuves": "durée inconnue",
    }
    assert "certification_d_essai" in {une.code for une in reponse.alertes}


# One that nobody wrote for


def test_une_certification_inventee_positionne(phare: Base) -> None:
    brevet = repondre(phare, jour_d_entree="2025-03-01", nuits=99, marin=False)
    assert brevet.voie == "brevet"
    assert brevet.minutes["total"] == 40 * 60
    assert phrase(brevet) == "Votre voie est le brevet : 40 h."
    assert [un.texte for un in brevet.pour_changer] == [
        "Avec 1 nuits de plus (100 en tout) : 22 h. C’est 18 h de moins que 40 h."
    ]
    veilleur = repondre(phare, jour_d_entree="2025-03-01", nuits=100, marin=False)
    assert veilleur.minutes["total"] == 22 * 60
    assert [un.statut for un in veilleur.modules] == ["a_suivre", "dispense", "dispense"]
    assert (
        "18 h de cours en moins. Ce sont les modules Veiller (10 h) et Sonner (8 h)"
        in raisons(veilleur)[-1].texte
    )
    marin = repondre(phare, jour_d_entree="2025-03-01", marin=True)
    assert (marin.voie, marin.minutes["total"]) == ("passerelle", 8 * 60)
    assert [un.module.code for un in marin.modules] == ["C1"]
    hors = repondre(phare, jour_d_entree="2030-01-01", nuits=0, marin=False)
    assert phrase(hors) == "Le 1er janvier 2030, aucun brevet n’existe."


def test_elle_se_dit_en_clair(phare: Base) -> None:
    texte = mot_a_mot(phare.regles["passerelle.bloc"], phare)
    assert "Passerelle de 8 h, le bloc 2 « La corne »." in texte
    assert (
        "Seulement à cette condition : avoir la réponse « la passerelle » à « Laquelle ? »."
        in texte
    )


def test_elle_s_exporte_et_se_relit(phare: Base, dentaire: Base) -> None:
    for base in (phare, dentaire):
        relue = construire(lire_export(base.entiere.exporter()))
        assert relue.empreinte == base.empreinte
        assert relue.certification == base.certification


def test_le_lot_dit_la_meme_chose_sur_la_grille(phare: Base, dentaire: Base) -> None:
    for base in (phare, dentaire):
        dossiers = list(grille(base))
        colonnes = []
        for fait in base.faits.values():
            valeurs: list[Any] = [un[fait.nom] for un in dossiers]
            if fait.type == "liste":
                valeurs = [None if v is None else ";".join(sorted(v)) for v in valeurs]
            type_ = pl.Boolean if fait.type == "booleen" else TYPES[fait.type]
            colonnes.append(pl.Series(fait.nom, valeurs, type_))
        lot = decider_lot(pl.DataFrame(colonnes), base).select(colonnes_decidees(base)).rows()
        compter = compteur(base).compter
        for dossier, ligne in zip(dossiers, lot, strict=True):
            etabli = base.moteur.resoudre(dossier)
            referentiel = etabli.retenues["referentiel"]
            attendu = (
                etabli.retenues["voie"] or "indetermine",
                referentiel if referentiel in base.referentiels else None,
                *compter(etabli).values(),
            )
            assert ligne == attendu, dossier


# What a sheet owes


@pytest.mark.parametrize(
    ("chemin", "valeur", "faute"),
    [
        (
            ("voies", "brevet", "genre"),
            "libre",
            "genre inconnu « libre » ; attendu : certification",
        ),
        (("voies", "brevet"), None, "voie brevet : champ manquant ou mal formé"),
        (("titre",), None, "certification : champ manquant ou mal formé ('titre')"),
    ],
)
def test_une_fiche_mal_ecrite_ne_se_charge_pas(
    chemin: tuple[str, ...], valeur: object, faute: str
) -> None:
    brut = copy.deepcopy(lire_brut(INVENTEE))
    lieu = brut["certification"]
    for cle in chemin[:-1]:
        lieu = lieu[cle]
    lieu[chemin[-1]] = valeur
    if valeur is None and chemin == ("titre",):
        del lieu["titre"]
    with pytest.raises(BaseInvalide) as refus:
        construire(brut)
    assert faute in str(refus.value)


def test_une_voie_sans_fiche_ne_se_charge_pas() -> None:
    brut = copy.deepcopy(lire_brut(INVENTEE))
    del brut["certification"]["voies"]["passerelle"]
    with pytest.raises(
        BaseInvalide, match="la voie « passerelle » n’est pas dans certification.yaml"
    ):
        construire(brut)


def test_une_dispense_est_gardee_par_la_voie_entiere() -> None:
    brut = copy.deepcopy(lire_brut(INVENTEE))
    brut["tables"][2]["quand"] = {"sortie": "voie", "parmi": ["passerelle"]}
    with pytest.raises(BaseInvalide, match="sa table doit être réservée à la voie « brevet »"):
        construire(brut)


def test_un_referentiel_donne_ses_blocs_ou_ses_cours() -> None:
    brut = copy.deepcopy(lire_brut(INVENTEE))
    brut["referentiels"][0]["cours"] = "38 h"
    with pytest.raises(BaseInvalide, match="donnez ses blocs, ou les heures de cours sans blocs"):
        construire(brut)
