"""What comes of a card: once, whole, and never over what another phone said."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.http import Http404
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.livret.etats import (
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeGlissement,
    EtatDeSignatureDeCarte,
    Valeur,
)
from binome.livret.glissements import DELAI, transmettre
from binome.livret.models import Appreciation, CarteDeSemaine, Glissement, SignatureDeCarte
from binome.livret.permissions import livret_pour
from tests.livret.vie import Binome, dit, encore, envoi, former, rendre, signe
from tests.presences.suivi import dessin

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


def test_une_carte_dite_et_signee_par_les_deux_est_signee(binome: Binome) -> None:
    trois = [dit("B1M1C1"), dit("B1M1C2", Valeur.SEUL), dit("B2M1C1", Valeur.PAS_EU)]
    (recue,) = rendre(binome, binome.lea, envoi(binome, *trois, signature=signe(STAGIAIRE, *trois)))
    assert (recue.issue, recue.phrase) == ("recue", "")
    carte = CarteDeSemaine.objects.get(parcours=binome.parcours)
    assert (carte.semaine, carte.etat) == (binome.semaine, EtatDeCarte.OUVERTE)
    (recue,) = rendre(binome, binome.tutrice, envoi(binome, signature=signe(TUTEUR, *trois)))
    assert (recue.issue, recue.phrase) == ("recue", "")
    carte.refresh_from_db()
    assert carte.etat == EtatDeCarte.SIGNEE
    assert len(set(SignatureDeCarte.objects.values_list("empreinte", flat=True))) == 1


def test_l_un_apres_l_autre_sur_le_meme_telephone(binome: Binome) -> None:
    une = dit()
    lot = [
        envoi(binome, une, signature=signe(STAGIAIRE, une)),
        envoi(binome, signature=signe(TUTEUR, une, image=dessin())),
    ]
    assert [un.issue for un in rendre(binome, binome.lea, *lot)] == ["recue", "recue"]
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
    sienne = SignatureDeCarte.objects.get(cote=TUTEUR)
    assert (sienne.moyen, sienne.par) == ("dessin", binome.monde.lea)


def test_sans_dessin_on_ne_signe_pas_pour_l_autre(binome: Binome) -> None:
    une = dit()
    (recue,) = rendre(binome, binome.lea, envoi(binome, une, signature=signe(TUTEUR, une)))
    assert (recue.issue, recue.phrase) == ("refusee", "La signature dessinée manque.")
    assert not Appreciation.objects.exists()
    assert not CarteDeSemaine.objects.exists()


def test_cent_renvois_font_une_carte(binome: Binome) -> None:
    une = dit()
    la_meme = envoi(binome, une, signature=signe(STAGIAIRE, une))
    issues = [rendre(binome, binome.lea, la_meme)[0].issue for _ in range(5)]
    assert issues == ["recue", *["deja_recue"] * 4]
    assert (Appreciation.objects.count(), SignatureDeCarte.objects.count()) == (1, 1)


def test_le_numero_d_un_autre_envoi_est_refuse(binome: Binome) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une))
    (refusee,) = rendre(binome, binome.lea, envoi(binome, une, dit("B1M1C2")))
    assert (refusee.issue, refusee.phrase) == (
        "refusee",
        "Cet envoi reprend le numéro d’un autre : rechargez la page.",
    )


def test_deux_telephones_qui_ne_se_sont_pas_vus_laissent_le_choix(binome: Binome) -> None:
    la_sienne, celle_de_tara = dit(valeur=Valeur.SEUL), dit(valeur=Valeur.AIDE)
    rendre(binome, binome.lea, envoi(binome, la_sienne))
    rendre(binome, binome.tutrice, envoi(binome, celle_de_tara))
    etats = dict(Appreciation.objects.values_list("uid", "etat"))
    assert etats == {
        la_sienne.uid: EtatDAppreciation.EN_VIGUEUR,
        celle_de_tara.uid: EtatDAppreciation.A_CHOISIR,
    }
    (tard,) = rendre(binome, binome.lea, envoi(binome, signature=signe(STAGIAIRE, la_sienne)))
    assert tard.phrase == "La carte a changé depuis : relisez-la, et signez de nouveau."
    choisie = dit(valeur=Valeur.AIDE, vue=la_sienne.uid, ecartees=(celle_de_tara.uid,))
    rendre(binome, binome.lea, envoi(binome, choisie, signature=signe(STAGIAIRE, choisie)))
    restent = Appreciation.objects.exclude(etat=EtatDAppreciation.REMPLACEE)
    assert [une.uid for une in restent] == [choisie.uid]
    assert SignatureDeCarte.objects.filter(etat=EtatDeSignatureDeCarte.RECUE).count() == 1


def test_la_meme_reponse_des_deux_telephones_ne_laisse_rien_a_choisir(binome: Binome) -> None:
    rendre(binome, binome.lea, envoi(binome, dit(valeur=Valeur.VU)))
    rendre(binome, binome.tutrice, envoi(binome, dit(valeur=Valeur.VU)))
    assert not Appreciation.objects.filter(etat=EtatDAppreciation.A_CHOISIR).exists()


def test_une_carte_qui_change_redemande_chaque_signature(binome: Binome) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(STAGIAIRE, une)))
    rendre(binome, binome.tutrice, envoi(binome, signature=signe(TUTEUR, une)))
    autre = dit(valeur=Valeur.SEUL, vue=une.uid)
    rendre(binome, binome.lea, envoi(binome, autre))
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.OUVERTE
    assert set(SignatureDeCarte.objects.values_list("etat", flat=True)) == {
        EtatDeSignatureDeCarte.PERIMEE
    }


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"competence": "B9M9C9"}, "Cette compétence n’est pas de ce parcours."),
        ({"valeur": "parfait"}, "Choisissez une des quatre réponses."),
        ({"phrase": "x" * 281}, "Une phrase compte 280 caractères au plus."),
        ({"phrase": "Vu avec Mme Dupont"}, "Rien d’un patient n’entre dans le livret."),
    ],
)
def test_ce_qui_est_refuse_l_est_avec_sa_phrase_et_rien_n_est_ecrit(
    binome: Binome, change: dict[str, str], phrase: str
) -> None:
    (refusee,) = rendre(binome, binome.lea, envoi(binome, dit("B1M1C2"), dit(**change)))
    assert refusee.issue == "refusee"
    assert refusee.phrase.startswith(phrase)
    assert not CarteDeSemaine.objects.exists()


def test_une_semaine_a_venir_ou_d_avant_le_parcours_est_refusee(binome: Binome) -> None:
    for semaines, phrase in (
        (2, "Cette semaine n’a pas commencé."),
        (-3, "Cette semaine est d’avant le parcours."),
    ):
        semaine = binome.semaine + timedelta(weeks=semaines)
        (refusee,) = rendre(binome, binome.lea, envoi(binome, dit(), semaine=semaine))
        assert (refusee.issue, refusee.phrase) == ("refusee", phrase)


def test_l_horloge_de_l_appareil_est_corrigee(binome: Binome) -> None:
    maintenant = timezone.now()
    une = envoi(binome, dit(), dit_le=maintenant + timedelta(hours=3))
    (refusee,) = rendre(binome, binome.lea, une, maintenant=maintenant)
    assert "dans l’avenir" in refusee.phrase
    (recue,) = rendre(binome, binome.lea, encore(une, retard=-3 * 3600), maintenant=maintenant)
    assert recue.issue == "recue"
    assert Appreciation.objects.get().dite_le == maintenant


def test_ni_l_organisme_ni_la_branche_n_ouvrent_le_livret(binome: Binome) -> None:
    for un in (binome.monde.alice, binome.monde.bob, binome.monde.emma):
        with pytest.raises(Http404):
            livret_pour(Acteur(un), binome.parcours.pk)


def test_une_tache_au_dela_du_metier_est_dite_au_binome_puis_a_la_branche(binome: Binome) -> None:
    une = dit(phrase="J’ai fait une injection seule.")
    (recue,) = rendre(binome, binome.lea, envoi(binome, une))
    glissement = Glissement.objects.get()
    assert recue.phrase
    assert glissement.etat == EtatDeGlissement.DIT
    assert transmettre() == 0
    Glissement.objects.update(dit_le=timezone.now() - DELAI)
    assert transmettre() == 1
    assert transmettre() == 0


def test_une_phrase_dite_autrement_a_temps_n_est_dite_a_personne(binome: Binome) -> None:
    une = dit(phrase="J’ai fait une injection seule.")
    rendre(binome, binome.lea, envoi(binome, une))
    rendre(binome, binome.lea, envoi(binome, dit(vue=une.uid, phrase="J’ai préparé le plateau.")))
    assert Glissement.objects.get().etat == EtatDeGlissement.RETIRE
    Glissement.objects.update(dit_le=timezone.now() - 2 * DELAI)
    assert transmettre() == 0


def test_un_envoi_vide_est_refuse(binome: Binome) -> None:
    (refusee,) = rendre(binome, binome.lea, envoi(binome))
    assert refusee.phrase == "Cette carte est vide."
    seule = envoi(binome, signature=signe(STAGIAIRE))
    (refusee,) = rendre(binome, binome.lea, encore(seule, uid=uuid.uuid4()))
    assert refusee.phrase == "Cette carte est vide : rien n’est à signer."
