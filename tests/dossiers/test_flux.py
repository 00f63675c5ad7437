"""The flow of a dossier: the whole story, who may what, and what cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from binome.bureau import decisions
from binome.bureau.filtres import FiltreDeDossiers, lister
from binome.bureau.tranches import lever, trancher
from binome.comptes.acteur import Acteur
from binome.dossiers import points, services
from binome.dossiers.attribution import nouvelles
from binome.dossiers.doublons import doublons
from binome.dossiers.etats import Etat, MotifDeRefus, Nature
from binome.dossiers.flows import GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.permissions import cotes, dossier_pour, visibles
from binome.dossiers.portee import TOUT
from binome.gestes.refus import Depasse, GesteImpossible
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.journal.inventaire import GESTE
from binome.pieces import examen
from binome.regles.courante import code_par_defaut
from binome.regles.faits import DossierInvalide
from tests.dossiers.monde import (
    IDENTITE,
    brouillon,
    depose,
    joindre,
    notifiee,
    propose,
    prouve,
    trancher_tout,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


@pytest.mark.postgresql
def test_toute_l_histoire_d_un_dossier(monde: Monde) -> None:
    emma, lea = Acteur(monde.emma), Acteur(monde.lea)
    dossier = propose(monde)
    assert dossier.etat == Etat.PROPOSITION
    decision = decisions.decider(dossier, emma, version=dossier.version)
    assert decision.nature == Nature.ACCORDE
    assert decision.reponse["voie"] == "cqp"
    assert decision.base == decision.reponse["base"]
    dossier = Dossier.objects.get(pk=dossier.pk)
    with pytest.raises(GesteImpossible, match="le dossier est « Proposition prête »"):
        decisions.contester(dossier, lea, version=dossier.version, texte="Je conteste")
    dossier = notifiee(dossier)
    decisions.contester(dossier, lea, version=dossier.version, texte="J’ai un autre titre")
    dossier = Dossier.objects.get(pk=dossier.pk)
    decisions.repondre(
        dossier, Acteur(monde.ana), version=dossier.version, revue=True, reponse="Nous relisons"
    )
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.etat == Etat.PROPOSITION
    assert [une["geste"] for une in histoire(dossier.objet) if une["geste"] != GESTE] == [
        "dossier.ouvrir", "dossier.ecrire", "dossier.ecrire", "dossier.deposer",
        *["dossier.examiner"] * 6, "dossier.proposer", "dossier.decider", "dossier.notifier",
        "dossier.contester", "dossier.revoir",
    ]  # fmt: skip
    assert verifier() is None


def test_le_journal_ne_dit_le_nom_de_personne_en_clair(monde: Monde) -> None:
    dossier = depose(monde)
    entrees = histoire(dossier.objet)
    assert entrees[1]["prive"]["nom"] == {"avant": "", "apres": "Exemple"}
    clair = [{cle: valeur for cle, valeur in une.items() if cle != "prive"} for une in entrees]
    for dit in ("Léa", "Exemple", "lea@", "1984-"):
        assert dit not in str(clair)


@pytest.mark.parametrize("champ", ["prenom", "nom", "naissance", "courriel", "employeur"])
def test_deposer_demande_l_identite(monde: Monde, champ: str) -> None:
    alice = Acteur(monde.alice)
    dossier = brouillon(monde)
    vide = None if champ == "naissance" else ""
    dossier = services.ecrire_identite(dossier, {champ: vide}, alice, version=dossier.version)
    with pytest.raises(GesteImpossible, match="Il manque"):
        services.deposer(dossier, alice, version=dossier.version)
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.BROUILLON


def test_chaque_geste_n_est_ouvert_que_de_la_ou_le_dit_la_table(monde: Monde) -> None:
    dossier = brouillon(monde)
    assert {un.nom for un in FLUX.ouverts(dossier, frozenset({"organisme"}))} == {
        "ecrire", "joindre", "retirer_une_piece", "associer", "preciser_l_emploi", "finir_l_emploi",
        "deposer", "retirer",
    }  # fmt: skip
    assert not FLUX.ouverts(dossier, frozenset({"examen"}))
    dossier = depose(monde)
    assert {un.nom for un in FLUX.ouverts(dossier, frozenset({"examen"}))} == {
        "examiner", "prendre", "remettre", "demander", "proposer", "constater", "se_deporter",
    }  # fmt: skip


@pytest.mark.parametrize("geste", GESTES)
def test_qui_est_etranger_au_dossier_ne_le_voit_meme_pas(monde: Monde, geste: str) -> None:
    dossier = depose(monde)
    for etranger in (monde.charlie,):
        with pytest.raises(Http404):
            dossier_pour(Acteur(etranger), dossier.reference, geste)


def test_chacun_voit_ce_qui_le_regarde(monde: Monde) -> None:
    premier, second = brouillon(monde), depose(monde)
    lus = {
        nom: set(visibles(Acteur(qui)).values_list("reference", flat=True))
        for nom, qui in vars(monde).items()
        if hasattr(qui, "courriel")
    }
    tous = {premier.reference, second.reference}
    assert lus == {"alice": tous, "bob": tous, "charlie": set(), "emma": {second.reference},
                   "ana": {second.reference}, "lea": tous}  # fmt: skip


def test_lire_n_est_pas_agir(monde: Monde) -> None:
    dossier = depose(monde)
    with pytest.raises(PermissionDenied):
        dossier_pour(Acteur(monde.bob), dossier.reference, "retirer")
    assert not cotes(Acteur(monde.alice, soutien=monde.ana), dossier)
    dossier_pour(Acteur(monde.lea), dossier.reference, "retirer")
    with pytest.raises(PermissionDenied):
        dossier_pour(Acteur(monde.lea), dossier.reference, "decider")


@pytest.mark.postgresql
def test_de_deux_gestes_sur_la_meme_version_un_seul_passe(monde: Monde) -> None:
    dossier = propose(monde)
    vu_par_ana = Dossier.objects.get(pk=dossier.pk)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    with pytest.raises(Depasse):
        decisions.decider(
            vu_par_ana, Acteur(monde.ana), version=vu_par_ana.version, confirme=("lues",)
        )
    assert Decision.objects.count() == 1
    assert verifier() is None


def test_une_piece_acceptee_prouve_et_refusee_ne_prouve_plus(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    with pytest.raises(GesteImpossible, match="ne prouve pas"):
        examen.accepter_piece(piece, emma, version=dossier.version, faits={"afgsu_niveau": 1})
    examen.accepter_piece(
        piece, emma, version=piece.dossier.version, faits={"diplomes": ["secretaire_medical"]}
    )
    assert dossier.faits.get(origine="prouve").nom == "diplomes"
    with pytest.raises(GesteImpossible, match="motif"):
        examen.refuser_piece(piece, emma, version=piece.dossier.version, motif="")
    examen.refuser_piece(
        piece, emma, version=piece.dossier.version, motif=MotifDeRefus.PERIMEE, precision="2019"
    )
    assert not dossier.faits.filter(origine="prouve").exists()


def test_la_proposition_dit_ce_que_les_preuves_changent(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    examen.accepter_piece(
        piece, emma, version=piece.dossier.version, faits={"diplomes": [], "niveau_diplome": 4}
    )
    proposition = services.proposer(piece.dossier, emma, version=piece.dossier.version)
    assert proposition.declare["minutes"]["dispensees"] == 63 * 60
    assert proposition.prouve["minutes"]["dispensees"] != 63 * 60
    assert not proposition.sans_alerte


def test_confirmer_d_un_geste_ce_qui_est_clair_et_laisser_le_reste(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    trouble = propose(monde)
    trancher_tout(monde, trouble)
    clairs = [propose(monde) for _ in range(3)]
    autre = depose(monde)
    versions = {un.reference: un.version for un in (trouble, *clairs, autre)}
    versions["BM-2222-2222"] = 1
    bilan = decisions.confirmer(emma, versions)
    assert set(bilan.confirmes) == {un.reference for un in clairs}
    assert dict(bilan.laisses) == {
        trouble.reference: "la proposition est à regarder",
        autre.reference: "aucune proposition n’attend",
        "BM-2222-2222": "ce dossier n’existe pas",
    }
    assert Dossier.objects.filter(etat=Etat.ARRETE).count() == 3
    assert decisions.confirmer(emma, versions).confirmation is None
    assert bilan.confirmation is not None
    decisions.annuler_confirmation(bilan.confirmation, emma)
    assert Dossier.objects.filter(etat=Etat.PROPOSITION).count() == 4
    with pytest.raises(GesteImpossible, match="déjà annulée"):
        decisions.annuler_confirmation(bilan.confirmation, emma)
    assert verifier() is None


def test_apres_l_heure_rien_ne_s_annule(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    trancher_tout(monde, propose(monde))
    dossier = propose(monde)
    bilan = decisions.confirmer(emma, {dossier.reference: dossier.version})
    assert bilan.confirmation is not None
    bilan.confirmation.annulable_jusqu_a = timezone.now() - timedelta(seconds=1)
    bilan.confirmation.save()
    with pytest.raises(GesteImpossible):
        decisions.annuler_confirmation(bilan.confirmation, emma)


def test_s_ecarter_de_la_proposition_demande_une_raison(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    dossier = propose(monde)
    with pytest.raises(GesteImpossible, match="dites pourquoi"):
        decisions.decider(dossier, emma, version=dossier.version, nature=Nature.REFUSE)
    with pytest.raises(GesteImpossible, match="réserve"):
        decisions.decider(dossier, emma, version=dossier.version, nature=Nature.RESERVE, ecart="x")
    decision = decisions.decider(
        dossier, emma, version=dossier.version, nature=Nature.RESERVE,
        reserve="Fournir l’attestation", ecart="Attestation attendue",
    )  # fmt: skip
    assert decision.ecart == "Attestation attendue"


def test_une_decision_se_reprend_avant_d_etre_notifiee(monde: Monde) -> None:
    emma = Acteur(monde.emma)
    dossier = propose(monde)
    decisions.decider(dossier, emma, version=dossier.version)
    dossier = Dossier.objects.get(pk=dossier.pk)
    decisions.annuler(dossier, emma, version=dossier.version, motif="Erreur de dossier")
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.etat == Etat.PROPOSITION
    decisions.decider(dossier, emma, version=dossier.version)
    Decision.objects.filter(annulee_le__isnull=True).update(notifiable_des=timezone.now())
    with pytest.raises(GesteImpossible, match="seul un recours"):
        decisions.annuler(dossier, emma, version=dossier.version, motif="Trop tard")
    dossier = notifiee(dossier)
    with pytest.raises(GesteImpossible, match="le dossier est « Décidé »"):
        decisions.annuler(dossier, emma, version=dossier.version, motif="Trop tard")


def test_des_faits_impossibles_ne_s_enregistrent_pas(monde: Monde) -> None:
    alice = Acteur(monde.alice)
    dossier = brouillon(monde)
    with pytest.raises(DossierInvalide):
        services.declarer(dossier, {"niveau_diplome": 12}, alice, version=dossier.version)
    with pytest.raises(DossierInvalide):
        services.declarer(dossier, {"inconnu": 1}, alice, version=dossier.version)
    assert Dossier.objects.get(pk=dossier.pk).version == dossier.version


@pytest.mark.postgresql
def test_les_doublons_se_reconnaissent_aux_noms_replies(monde: Monde) -> None:
    premier = depose(monde)
    second = brouillon(monde)
    services.ecrire_identite(
        second, {**IDENTITE, "prenom": "LEA", "courriel": "autre@exemple.fr"}, Acteur(monde.alice),
        version=second.version,
    )  # fmt: skip
    assert list(doublons(second)) == [premier]
    services.retirer(premier, Acteur(monde.alice), version=premier.version)
    assert not doublons(second)


DEFAUT = code_par_defaut()
CABINET = {"employeur": "Cabinet des Tilleuls", "employeur_identifiant": "73282932000074"}


def _au_nom_de(monde: Monde, **identite: Any) -> Dossier:
    """A draft of somebody at that practice."""
    dossier = brouillon(monde)
    return services.ecrire_identite(
        dossier, IDENTITE | CABINET | identite, Acteur(monde.alice), version=dossier.version
    )


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change",
    [{"nom": "Bernard"}, {"naissance": date(1991, 3, 4)}],
    ids=["un nom d’usage", "un jour mal tapé"],
)
def test_deux_marques_sur_trois_suffisent_a_signaler_un_doublon(
    monde: Monde, change: dict[str, Any]
) -> None:
    premier = _au_nom_de(monde)
    second = _au_nom_de(monde, **change, courriel="autre@exemple.fr")
    assert list(doublons(second)) == [premier]


def test_la_page_dit_pourquoi_deux_dossiers_se_ressemblent(monde: Monde, client: Client) -> None:
    premier = _au_nom_de(monde)
    second = _au_nom_de(monde, nom="Bernard", courriel="autre@exemple.fr")
    client.force_login(monde.alice)
    page = client.get(f"/espace/dossiers/{second.reference}/saisie/").content.decode()
    assert premier.reference in page
    assert "(même date de naissance, même employeur)" in page


def test_le_meme_employeur_ne_suffit_pas_a_signaler_un_doublon(monde: Monde) -> None:
    _au_nom_de(monde)
    second = _au_nom_de(
        monde, nom="Bernard", naissance=date(1991, 3, 4), courriel="autre@exemple.fr"
    )
    assert not doublons(second)


IL_Y_A_NEUF_JOURS = timezone.localtime() - timedelta(days=9)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change",
    [
        {"etat": "inconnu"},
        {"depose_le": None},
        {"nom": ""},
        {"naissance": None},
        {"decide_le": IL_Y_A_NEUF_JOURS},
        {"clos_le": IL_Y_A_NEUF_JOURS},
        {"etat": Etat.DECIDE},
        {"employeur_identifiant": "12"},
    ],
    ids="-".join,
)
def test_la_base_de_donnees_refuse_l_impossible(monde: Monde, change: dict[str, object]) -> None:
    dossier = depose(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**change)


def test_un_point_tranche_ne_l_est_qu_une_fois_et_se_leve(monde: Monde) -> None:
    ana = Acteur(monde.ana)
    with pytest.raises(GesteImpossible, match="administration"):
        trancher(DEFAUT, "x", "Position", Acteur(monde.emma))
    point = trancher(DEFAUT, "x", "Position", ana)
    with pytest.raises(GesteImpossible, match="déjà tranché"):
        trancher(DEFAUT, "x", "Autre", ana)
    lever(point, ana, "Le texte a changé")
    assert not points.points_tranches(DEFAUT)
    with pytest.raises(Depasse):
        lever(point, ana, "Encore")


def test_un_dossier_prouve_garde_ses_faits_declares(monde: Monde) -> None:
    dossier = prouve(monde)
    origines = {un.origine for un in dossier.faits.filter(nom="diplomes")}
    assert origines == {"declare", "prouve"}


def test_une_decision_reprise_ne_se_confirme_plus_avec_d_autres(monde: Monde) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    claires = lister(Dossier.objects.all(), FiltreDeDossiers(etat="claires"), TOUT)
    assert list(claires) == [dossier]
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    decisions.annuler(dossier, Acteur(monde.emma), version=dossier.version, motif="À relire.")
    assert not claires.all()
    assert list(lister(Dossier.objects.all(), FiltreDeDossiers(etat="a_regarder"), TOUT)) == [
        dossier
    ]


@pytest.mark.postgresql
def test_deux_dossiers_n_ont_jamais_la_meme_reference(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    prise = brouillon(monde).reference
    tirages = iter([prise, prise, "BM-AAAA-AAAA", prise, "BM-BBBB-BBBB"])
    monkeypatch.setattr("binome.dossiers.attribution.tirer", lambda: next(tirages))
    assert nouvelles(2) == ["BM-AAAA-AAAA", "BM-BBBB-BBBB"]
