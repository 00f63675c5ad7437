"""Grids as they come: once or ten times, from one device or two, from one evaluator or two."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.epreuves.envois import CompetenceJugee, GrilleIllisible, lire_les_grilles
from binome.epreuves.etats import EtatDeGrille, EtatDePassation, Verdict
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Grille, Passation, VerdictDeCompetence
from binome.epreuves.recevoir import choisir
from binome.gestes.services import faire
from binome.habillage.envois_recus import LotIllisible
from binome.journal.models import Entree
from tests.epreuves.monde import examen, grille, prevue, rendre

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def etats(passation: Passation) -> list[str]:
    return list(
        Grille.objects.filter(passation=passation).order_by("pk").values_list("etat", flat=True)
    )


def test_une_grille_arrive_une_fois_et_l_epreuve_est_passee(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    envoi = grille(passation)
    assert [une.issue for une in rendre(un.bob, envoi)] == ["recue"]
    assert {une.issue for _ in range(10) for une in rendre(un.bob, envoi)} == {"deja_recue"}
    passation.refresh_from_db()
    assert passation.etat == EtatDePassation.PASSEE
    assert VerdictDeCompetence.objects.count() == len(envoi.lignes)
    assert Entree.objects.filter(geste="verdicts.dire").count() == len(envoi.lignes)


def test_le_meme_numero_avec_d_autres_reponses_est_refuse(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    envoi = grille(passation)
    autre = grille(passation, Verdict.NON_ACQUIS, uid=envoi.uid)
    (_, refusee, encore) = rendre(un.bob, envoi, autre, envoi)
    assert (refusee.issue, encore.issue) == ("refusee", "deja_recue")
    assert "avec d’autres réponses" in refusee.phrase
    assert not VerdictDeCompetence.objects.filter(verdict=Verdict.NON_ACQUIS).exists()


def test_une_correction_remplace_ce_qui_a_ete_vu_et_laisse_sa_trace(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    premiere = grille(passation)
    rendre(un.bob, premiere)
    rendre(un.bob, grille(passation, Verdict.NON_ACQUIS, vue=premiere.uid))
    assert etats(passation) == [EtatDeGrille.REMPLACEE, EtatDeGrille.EN_VIGUEUR]
    assert VerdictDeCompetence.objects.filter(verdict=Verdict.ACQUIS).exists()


def test_un_second_appareil_n_ecrase_rien_et_son_auteur_choisit(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    rendre(un.bob, grille(passation))
    (rendue,) = rendre(un.bob, grille(passation, Verdict.NON_ACQUIS))
    assert (rendue.issue, "Choisissez" in rendue.phrase) == ("recue", True)
    assert etats(passation) == [EtatDeGrille.EN_VIGUEUR, EtatDeGrille.A_CHOISIR]
    seconde = Grille.objects.get(etat=EtatDeGrille.A_CHOISIR)
    choisir(seconde, un.bob, version=seconde.version)
    assert etats(passation) == [EtatDeGrille.REMPLACEE, EtatDeGrille.EN_VIGUEUR]


def test_la_meme_chose_dite_deux_fois_ne_demande_aucun_choix(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    for _ in range(2):
        rendre(un.bob, grille(passation))
    assert etats(passation) == [EtatDeGrille.REMPLACEE, EtatDeGrille.EN_VIGUEUR]


def test_deux_evaluateurs_ont_chacun_la_leur_et_personne_d_autre(monde: Monde) -> None:
    un = examen(monde)
    seule = prevue(un)
    assert rendre(un.alice, grille(seule))[0].phrase == "Cette épreuve ne vous est pas confiée."
    assert rendre(un.binome.lea, grille(seule))[0].issue == "refusee"
    assert rendre(un.binome.tutrice, grille(seule))[0].issue == "refusee"
    Passation.objects.filter(pk=seule.pk).update(evaluateurs=2, second=monde.alice)
    assert [rendre(qui, grille(seule))[0].issue for qui in (un.bob, un.alice)] == ["recue"] * 2
    assert etats(seule) == [EtatDeGrille.EN_VIGUEUR] * 2


def test_qui_remplit_une_place_libre_la_prend(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    Passation.objects.filter(pk=passation.pk).update(evaluateur=None, evaluateurs=2)
    assert [rendre(qui, grille(passation))[0].issue for qui in (un.alice, un.bob)] == ["recue"] * 2
    passation.refresh_from_db()
    assert (passation.evaluateur, passation.second) == (monde.alice, monde.bob)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"lignes": ()}, "Cette grille est vide"),
        ({"lignes": (CompetenceJugee("B2M1C1", "acquis"),)}, "pas de cette épreuve"),
        ({"lignes": (CompetenceJugee("B1M1C1", "acquis"),) * 2}, "pas de cette épreuve"),
        ({"lignes": (CompetenceJugee("B1M1C1", "peut-être"),)}, "une des trois réponses"),
        ({"lignes": (CompetenceJugee("B1M1C1", "acquis", "Avec Madame Dupont."),)}, "Rien d’un patient n’entre dans la grille"),
        ({"appareil": "é"}, "numéro de l’appareil"),
    ],
)  # fmt: skip
def test_ce_qui_n_est_pas_une_grille_est_refuse_en_mots(
    monde: Monde, change: dict[str, object], dit: str
) -> None:
    un = examen(monde)
    (rendue,) = rendre(un.bob, replace(grille(prevue(un)), **change))  # type: ignore[arg-type] # of the test
    assert rendue.issue == "refusee"
    assert dit in rendue.phrase
    assert not Grille.objects.exists()


def test_rien_ne_s_ecrit_sur_une_absence(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    faire(PASSATIONS, "absenter", passation, un.bob, version=1, donnees={"raison": "pas_venue"})
    assert "absence" in rendre(un.bob, grille(passation))[0].phrase
    faire(PASSATIONS, "retablir", passation, un.alice, version=2)
    assert rendre(un.bob, grille(passation))[0].issue == "recue"


def test_un_lot_se_lit_a_la_lettre() -> None:
    maintenant, uid = timezone.now(), str(uuid.uuid4())

    def lot(*lignes: object) -> bytes:
        return json.dumps({"envoye_le": maintenant.isoformat(), "envois": lignes}).encode()

    ligne = {
        "uid": uid, "passation": 3, "remplie_le": maintenant.isoformat(), "vue": None, "appareil": "a",
        "lignes": [{"competence": "B1M1C1", "verdict": "acquis", "observation": " Net.\n"}],
    }  # fmt: skip
    (lue,) = lire_les_grilles(lot(ligne), maintenant)
    assert not isinstance(lue, GrilleIllisible)
    assert (lue.passation, lue.lignes) == (3, (CompetenceJugee("B1M1C1", "acquis", "Net."),))
    (fausse,) = lire_les_grilles(lot({**ligne, "passation": "3"}), maintenant)
    assert isinstance(fausse, GrilleIllisible)
    with pytest.raises(LotIllisible):
        lire_les_grilles(b"{}", maintenant)


def test_une_grille_ne_se_remplit_ni_avant_l_epreuve_ni_mille_ans_plus_tot(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    envoi = grille(passation)
    dans_une_heure = timezone.now() + timedelta(hours=1)
    Passation.objects.filter(pk=passation.pk).update(
        debut=dans_une_heure, fin=dans_une_heure + timedelta(minutes=30)
    )
    assert "Cette épreuve commence le" in rendre(un.bob, envoi)[0].phrase
    dans_dix_minutes = timezone.now() + timedelta(minutes=10)
    Passation.objects.filter(pk=passation.pk).update(debut=dans_dix_minutes)
    vieille = replace(envoi, remplie_le=envoi.remplie_le.replace(year=1027, day=1))
    assert rendre(un.bob, vieille)[0].issue == "refusee"
    assert rendre(un.bob, envoi)[0].issue == "recue", "un quart d’heure avant, c’est permis"
