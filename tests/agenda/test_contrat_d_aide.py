"""Five years on one line of time, and the words that the page and the paper share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from binome.agenda.annonce import aide_en_clair, objectifs, phrase, quand, reste_en_clair
from binome.agenda.contrat_d_aide import ContratDAide, base_du_contrat, contrat_d_aide
from binome.agenda.ics import RAPPEL, ics_des_echeances
from binome.regles.courante import base_courante
from binome.typographie import typographie

GENERALISTE: dict[str, Any] = {
    "date_signature_contrat_aide": "2026-03-01",
    "specialite": "medecine_generale",
    "secteur": "1",
    "option_etp": "un",
    "patientele_mt": 1200,
    "bande_activite": "p50_p70",
    "salaire_charge_mensuel_cents": 320_000,
    "date_prise_fonction": "2026-03-02",
    "secretaire_promue": True,
}
CREE_LE = datetime(2026, 11, 22, tzinfo=UTC)


def repondre(**autres: Any) -> ContratDAide:
    """The contract of a generalist, but for some facts; None leaves one out."""
    base = base_du_contrat(base_courante())
    dits = {nom: dit for nom, dit in (GENERALISTE | autres).items() if dit is not None}
    return contrat_d_aide(base, base.lire(dits))


def test_les_faits_sont_ceux_des_deux_vues_et_ne_decident_rien() -> None:
    base = base_du_contrat(base_courante())
    assert {"option_etp", "secretaire_promue", "diplomes"} <= set(base.faits)
    assert "duree_parcours_mois" not in base.faits
    assert not base.tables
    assert base is base_du_contrat(base_courante())


def test_chaque_echeance_est_a_sa_place_et_une_seule_fois() -> None:
    un = repondre(date_jury="2027-06-01", date_entree="2026-06-01")
    rangees = [*un.avant, *(e for a in un.annees for e in a.echeances), *un.apres]
    assert rangees == list(un.datees)
    assert len(rangees) + len(un.sans_jour) == len(un.toutes.toutes)
    for annee in un.annees:
        for une in annee.echeances:
            assert une.jour is not None
            assert annee.annee.du <= une.jour <= annee.annee.au
    # The end is the last day of the fifth year, and not the first one after it.
    assert "fin_contrat" in {une.code for une in un.annees[-1].echeances}
    assert un.apres == ()


def test_une_embauche_d_avant_le_contrat_est_due_avant_lui() -> None:
    un = repondre(date_prise_fonction="2025-06-01")
    assert [une.code for une in un.avant] == ["remplacement_secretaire"]


def test_des_lectures_dont_aucune_n_est_sure_ne_donnent_pas_de_jour() -> None:
    un = repondre()
    assert "validite_referentiel" not in [une.code for une in (*un.sans_jour, *un.datees)]
    situe = repondre(date_entree="2026-06-01")
    assert "validite_referentiel" in [une.code for une in situe.datees]


@pytest.mark.parametrize(
    ("autres", "attendue"),
    [
        ({}, "Ce contrat d’aide vous est ouvert : jusqu’à 132 000 € d’aide sur cinq ans."),
        (
            {"bande_activite": None},
            "Ce contrat d’aide vous est ouvert : 38 000 € d’aide la première année, "
            "les suivantes dépendent du rang de votre activité.",
        ),
        ({"option_etp": None}, "Il manque un renseignement pour savoir si ce contrat d’aide vous est ouvert."),
        (
            {"secteur": None},
            "Il manque un renseignement pour savoir si ce contrat d’aide vous est ouvert ; "
            "s’il l’est, jusqu’à 132 000 € d’aide sur cinq ans.",
        ),
        ({"secteur": "2"}, "Ce contrat d’aide ne vous est pas ouvert, en l’état."),
        (
            {"date_signature_contrat_aide": None},
            "Il manque la date de signature : elle dit quelles règles s’appliquent.",
        ),
        (
            {"specialite": "orl", "part_ccam_pct": 30},
            "La CPAM doit confirmer une condition ; si elle le fait, "
            "jusqu’à 132 000 € d’aide sur cinq ans.",
        ),
        (
            {"option_etp": "tiers", "contrat_en_cours": True},
            "Ce contrat d’aide vous est ouvert : aucune source ne donne le montant entier de l’aide.",
        ),
        (
            {"contrat_collectif": True, "exercice_particulier": False, "medecins": 2},
            "Il manque un renseignement pour savoir si ce contrat d’aide vous est ouvert.",
        ),
    ],
)  # fmt: skip
def test_la_reponse_tient_en_une_phrase(autres: dict[str, Any], attendue: str) -> None:
    assert phrase(repondre(**autres)) == attendue


def test_un_refus_ne_doit_rien_et_ne_demande_rien() -> None:
    un = repondre(secteur="2", date_prise_fonction=None)
    assert not un.annees
    assert not un.datees
    assert not un.sans_jour
    assert not un.manquants
    assert objectifs(un) is None


def test_un_montant_inconnu_dit_ce_qui_le_donnerait() -> None:
    un = repondre(bande_activite=None)
    premiere, deuxieme, *_ = un.annees
    assert aide_en_clair(un, premiere) == "38 000 €"
    assert aide_en_clair(un, deuxieme) == "inconnu, il manque : rang de l’activité"
    assert reste_en_clair(deuxieme) == "inconnu"
    assert un.total is None
    sans = repondre(option_etp="deux", bande_activite=None, contrat_en_cours=True)
    assert {aide_en_clair(sans, une) for une in sans.annees} == {
        "inconnu : aucune source ne le donne"
    }


def test_une_aide_plus_grande_que_le_cout_ne_laisse_rien_a_payer() -> None:
    un = repondre(salaire_charge_mensuel_cents=300_000)
    assert reste_en_clair(un.annees[0]) == "rien : l’aide dépasse ce coût de 2 000 €"


def test_la_date_retenue_est_la_plus_proche() -> None:
    un = repondre(date_prise_fonction="2026-05-02")
    une = next(e for e in un.datees if e.code == "qualification")
    assert quand(une) == "1er mars 2028, par prudence"
    jours = [lecture.jour for lecture in une.de_la_plus_proche]
    assert jours == [date(2028, 3, 1), date(2028, 5, 2), date(2029, 5, 2)]
    assert quand(un.sans_jour[0]) == "Sans date pour l’instant"


def test_le_positionnement_de_la_personne_garde_une_seule_voie() -> None:
    assert repondre().deux_voies
    secretaire = repondre(diplomes=["secretaire_medical"], date_entree="2026-06-01")
    assert not secretaire.deux_voies


def test_les_conditions_d_un_autre_contrat_ne_sont_pas_dites() -> None:
    collectives = [un for un in repondre().conditions if "collectif" in un.etape.regle.id]
    assert [un.etape.regle.id for un in collectives] == []
    assert [
        un for un in repondre(contrat_collectif=True).conditions if "collectif" in un.etape.regle.id
    ]


def test_chaque_echeance_du_calendrier_dit_son_texte_et_sonne_avant() -> None:
    un = repondre()
    contenu = ics_des_echeances(un.datees, titre="Contrat", cree_le=CREE_LE)
    evenements = Calendar.from_ical(contenu).events
    assert [evenement.start for evenement in evenements] == [une.jour for une in un.datees]
    for evenement, une in zip(evenements, un.datees, strict=True):
        description = str(evenement["description"])
        for lecture in une.lectures:
            for citation in lecture.motif.citations:
                assert typographie(citation.source.titre) in description
        (alarme,) = evenement.subcomponents
        declencheur: Any = alarme["trigger"]
        assert declencheur.dt == -RAPPEL == timedelta(days=-30)
    divergentes = [e for e in evenements if "Les sources divergent" in str(e["description"])]
    assert {str(e["status"]) for e in divergentes} == {"TENTATIVE"}
    assert evenements[-1].start == date(2031, 2, 28)
    assert "veille" in str(evenements[-1]["description"])
    assert contenu == ics_des_echeances(un.datees, titre="Contrat", cree_le=CREE_LE)


def test_une_echeance_deplacee_garde_son_identifiant_et_n_occupe_pas_le_jour() -> None:
    un, autre = repondre(), repondre(date_signature_contrat_aide="2026-04-01")
    lus = [
        Calendar.from_ical(ics_des_echeances(lu.datees, titre="Contrat", cree_le=CREE_LE)).events
        for lu in (un, autre)
    ]
    avant, apres = ({str(e["uid"]): e for e in evenements} for evenements in lus)
    assert len(avant) == len(lus[0])
    assert avant.keys() == apres.keys()
    assert any(avant[numero].start != apres[numero].start for numero in avant)
    assert {str(e["transp"]) for e in avant.values()} == {"TRANSPARENT"}


def test_une_echeance_sans_jour_n_est_pas_un_evenement() -> None:
    un = repondre()
    contenu = ics_des_echeances(
        [une for une in un.sans_jour if une.jour is None], titre="Contrat", cree_le=CREE_LE
    )
    assert Calendar.from_ical(contenu).events == []
