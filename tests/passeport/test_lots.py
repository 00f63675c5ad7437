"""From a parchemin to the passeport: what is frozen, what comes back, what is corrected, and what is never sent twice."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from lxml import etree

from binome.dossiers.models import Dossier
from binome.gestes.refus import Depasse, GesteImpossible
from binome.journal.reconciliation import differences
from binome.passeport import lots
from binome.passeport.a_part import FichierDuPasseportRefuse, verifier_sous_son_schema
from binome.passeport.accuses import depouiller
from binome.passeport.etats import ActionDeclaree, EtatDeDeclaration, EtatDeFiche
from binome.passeport.fiches import fiche_de
from binome.passeport.flows import PASSAGES
from binome.passeport.lots import abandonner, deposer, preparer
from binome.passeport.models import LigneDeLot, LotDePassages
from binome.passeport.rayons import LOTS_SCELLES, contenu_du_lot
from binome.passeport.reglages import manque_aux_reglages, regler
from binome.regles.calendrier import ajouter_mois
from tests.passeport.vie import NORMES, accuse, regler_d_essai, rejet

if TYPE_CHECKING:
    from tests.passeport.vie import Certifies

E = EtatDeDeclaration
CREER = ActionDeclaree.CREATION
DE_NAISSANCE = "Aucun titulaire ne correspond aux critères obligatoires enrichis du jour et du mois de naissance"
DOUBLON = "Le passage certification avec le bcr émetteur 12ABC345 et l'id technique partenaire 1 existe déjà en base"


@pytest.fixture
def prets(certifies: Certifies) -> Certifies:
    """The three, whose civil status is complete."""
    regler_d_essai(certifies.monde)
    for rang in range(3):
        certifies.completer(rang)
    return certifies


def test_un_parchemin_ouvre_une_declaration_que_l_etat_civil_rend_prete(
    certifies: Certifies,
) -> None:
    passage = certifies.passage()
    assert passage.etat == E.A_COMPLETER
    assert passage.rncp == "RNCP40913"
    assert passage.echeance == ajouter_mois(timezone.localdate(), 3)
    certifies.completer(0)
    assert certifies.etats() == [E.PRETE, E.A_COMPLETER, E.A_COMPLETER]
    assert certifies.passage().id_technique == passage.id_technique
    assert not list(differences())


def test_sans_reglages_rien_ne_s_ecrit_et_l_on_dit_qui_sait(certifies: Certifies) -> None:
    certifies.completer(0)
    assert len(manque_aux_reglages(None)) == 4
    with pytest.raises(GesteImpossible, match="portail des certificateurs"):
        preparer(certifies.ana, certifies.monde.branche, CREER)
    assert certifies.passage().etat == E.PRETE


def test_un_lot_est_valide_fige_et_se_relit_octet_pour_octet(prets: Certifies) -> None:
    lot = preparer(prets.ana, prets.monde.branche, CREER)
    contenu = contenu_du_lot(lot)
    assert contenu is not None
    etree.XMLSchema(etree.parse(NORMES / "cpf-1.1.2.xsd")).assertValid(etree.fromstring(contenu))
    assert hashlib.sha256(contenu).hexdigest() == lot.empreinte
    assert lot.nombre == 3
    assert lot.nom.startswith("binome-essai-")
    assert prets.etats() == [E.DANS_UN_LOT] * 3
    # What is corrected afterwards changes nothing of what was frozen, nor what the branch sets.
    prets.completer(0, prenom1="Louise")
    regler(prets.monde.branche, prets.ana, {"contrat": "MCFCER000999"})
    relu = LotDePassages.objects.get(pk=lot.pk)
    assert contenu_du_lot(relu) == contenu
    assert relu.reglages["contrat"] == "MCFCER000123"
    sur_l_etagere = LOTS_SCELLES.lire(lot.fichier)
    assert b"Exemple" not in sur_l_etagere
    assert not list(differences())


def test_nul_ne_met_sa_propre_certification_dans_un_lot(prets: Certifies) -> None:
    parcours = prets.titres[0].parcours
    # Those of one world are all Léa's: this one is of somebody else, who declares for the branch.
    Dossier.objects.filter(pk=parcours.dossier_id).update(
        candidat=prets.monde.ana, prenom="Ana", nom="Autre", courriel=prets.monde.ana.courriel,
        recherche="ana autre",
    )  # fmt: skip
    lot = preparer(prets.ana, prets.monde.branche, CREER)
    assert lot.nombre == 2
    assert prets.etats() == [E.PRETE, E.DANS_UN_LOT, E.DANS_UN_LOT]
    with pytest.raises(GesteImpossible, match="une autre personne de la branche"):
        preparer(prets.ana, prets.monde.branche, CREER)
    client = Client()
    client.force_login(prets.monde.ana)
    page = client.get("/espace/passeport/").content.decode()
    assert "1 autre vous concerne, vous ou votre organisation" in page


def test_un_fichier_change_sur_l_etagere_n_est_plus_le_lot(prets: Certifies) -> None:
    lot = preparer(prets.ana, prets.monde.branche, CREER)
    chemin = LOTS_SCELLES.chemin_de(lot.fichier)
    octets = bytearray(chemin.read_bytes())
    octets[-8] ^= 1
    chemin.write_bytes(octets)
    assert contenu_du_lot(lot) is None


def test_le_depot_se_dit_le_jour_meme_ou_apres_jamais_avant(prets: Certifies) -> None:
    lot = preparer(prets.ana, prets.monde.branche, CREER)
    aujourd_hui = timezone.localdate()
    for jour in (aujourd_hui + timedelta(days=1), aujourd_hui - timedelta(days=1)):
        with pytest.raises(GesteImpossible), transaction.atomic():
            deposer(prets.ana, lot, version=lot.version, le=jour.isoformat())
    with pytest.raises(FichierDuPasseportRefuse, match="quel jour"):
        depouiller(prets.ana, accuse(prets, lot, {}))
    deposer(prets.ana, lot, version=lot.version, le=aujourd_hui.isoformat())
    assert prets.etats() == [E.DEPOSEE] * 3


def test_un_refus_connu_rouvre_l_etat_civil_puis_le_meme_identifiant_repart(
    prets: Certifies,
) -> None:
    lot = prets.lot()
    numero = prets.passage(1).id_technique
    bilan = prets.repondre(lot, {1: DE_NAISSANCE})
    assert (bilan.acceptees, bilan.refusees, bilan.sans_reponse) == (2, 1, 0)
    assert prets.etats() == [E.ACCEPTEE, E.REFUSEE, E.ACCEPTEE]
    assert prets.passage(1).motif == DE_NAISSANCE
    fiche = fiche_de(prets.titres[1].parcours.dossier)
    assert fiche is not None
    assert fiche.etat == EtatDeFiche.A_CORRIGER
    prets.completer(1, naissance="04/05/1984")
    assert prets.passage(1).etat == E.CORRIGEE
    second = prets.lot()
    assert second.nom != lot.nom
    assert [une.passage.id_technique for une in second.lignes.all()] == [numero]
    prets.repondre(second)
    assert prets.etats() == [E.ACCEPTEE] * 3
    assert not list(differences())


def test_corriger_pendant_que_la_reponse_se_fait_attendre_repart_aussitot(
    prets: Certifies,
) -> None:
    lot = prets.lot()
    prets.completer(1, naissance="04/05/1984")
    prets.repondre(lot, {1: DE_NAISSANCE})
    assert prets.passage(1).etat == E.CORRIGEE


def test_une_phrase_inconnue_attend_une_personne_et_un_doublon_est_accepte(
    prets: Certifies,
) -> None:
    lot = prets.lot()
    prets.repondre(lot, {0: "Une phrase que personne n’a vue", 1: DOUBLON})
    assert prets.etats() == [E.REFUSEE, E.ACCEPTEE, E.ACCEPTEE]
    fiche = fiche_de(prets.titres[0].parcours.dossier)
    assert fiche is not None
    assert fiche.etat == EtatDeFiche.COMPLETE
    assert prets.passage(1).motif == DOUBLON


def test_un_fichier_rejete_rend_tout_et_garde_la_ligne(prets: Certifies) -> None:
    lot = prets.lot()
    bilan = depouiller(prets.ana, rejet(lot))
    assert bilan.rejetees == 3
    assert prets.etats() == [E.REJETEE] * 3
    assert prets.passage().motif.startswith("XSD, à la ligne 12 : ")


def test_un_inconnu_refuse_tout_l_accuse(prets: Certifies) -> None:
    lot = prets.lot()
    numero = str(prets.passage(2).id_technique)
    faux = accuse(prets, lot, {}).replace(numero.encode(), b"0" * 8 + numero[8:].encode())
    with pytest.raises(FichierDuPasseportRefuse, match="tout l’accusé est refusé"):
        depouiller(prets.ana, faux)
    assert prets.etats() == [E.DEPOSEE] * 3


def test_l_accuse_trouve_son_lot_par_le_nom_du_fichier_et_ne_se_lit_qu_une_fois(
    prets: Certifies,
) -> None:
    lot = prets.lot()
    recu = accuse(prets, lot, {})
    with pytest.raises(FichierDuPasseportRefuse, match="d’aucun de vos lots"):
        depouiller(prets.ana, recu.replace(lot.nom.encode(), b"autre.xml"))
    depouiller(prets.ana, recu)
    with pytest.raises(FichierDuPasseportRefuse, match="déjà lu"):
        depouiller(prets.ana, recu)
    with pytest.raises(FichierDuPasseportRefuse, match="a déjà reçu sa réponse"):
        depouiller(prets.ana, recu.replace(b"90001", b"90002"))


def test_un_accuse_qui_ne_dit_pas_tout_laisse_le_lot_attendre(prets: Certifies) -> None:
    lot = prets.lot()
    bilan = prets.repondre(lot, sans=(2,))
    assert bilan.sans_reponse == 1
    lot.refresh_from_db()
    assert (lot.etat, prets.passage(2).etat) == ("depose", E.DEPOSEE)
    depouiller(prets.ana, accuse(prets, lot, {}, sans=(0, 1)))
    lot.refresh_from_db()
    assert (lot.etat, prets.passage(2).etat) == ("traite", E.ACCEPTEE)


BOMBE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rapport><nomFichier>&b;</nomFichier><PassagesOK/></rapport>"""


@pytest.mark.parametrize("octets", [BOMBE, b"\x00\x01", b"<rapport>", b"<autre/>"])
def test_ce_qui_n_est_pas_un_accuse_est_refuse_en_mots(prets: Certifies, octets: bytes) -> None:
    with pytest.raises(FichierDuPasseportRefuse):
        depouiller(prets.ana, octets)


def test_un_passage_accepte_ne_repart_jamais(prets: Certifies) -> None:
    prets.repondre(prets.lot())
    with pytest.raises(GesteImpossible, match="Aucune certification"):
        preparer(prets.ana, prets.monde.branche, CREER)
    assert E.ACCEPTEE not in PASSAGES.gestes["mettre_en_lot"].de
    with pytest.raises(IntegrityError), transaction.atomic():
        LigneDeLot.objects.create(
            lot=LotDePassages.objects.get(), passage=prets.passage(), action=CREER
        )


def test_un_lot_abandonne_rend_ses_certifications_et_detruit_son_fichier(
    prets: Certifies,
) -> None:
    lot = preparer(prets.ana, prets.monde.branche, CREER)
    abandonner(prets.ana, lot, version=lot.version)
    assert prets.etats() == [E.PRETE] * 3
    lot.refresh_from_db()
    assert (lot.etat, lot.fichier) == ("abandonne", "")
    assert prets.lot().nombre == 3
    with pytest.raises(Depasse), transaction.atomic():
        deposer(prets.ana, lot, version=1, le=timezone.localdate().isoformat())
    assert not list(differences())


def test_de_deux_lots_ecrits_ensemble_un_seul_prend_les_certifications(
    prets: Certifies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one freezes its lot while the first is being checked: the first keeps nothing, not even a file."""
    autres: list[LotDePassages] = []

    def pendant(schema: bytes, xml: bytes) -> None:
        verifier_sous_son_schema(schema, xml)
        if not autres:
            autres.append(LotDePassages())
            autres[0] = preparer(prets.ana, prets.monde.branche, CREER)

    monkeypatch.setattr(lots, "verifier_sous_son_schema", pendant)
    with pytest.raises(GesteImpossible, match="a changé pendant"):
        preparer(prets.ana, prets.monde.branche, CREER)
    assert list(LotDePassages.objects.all()) == autres
    assert len(list(LOTS_SCELLES.dossier().iterdir())) == 1
    assert prets.etats() == [E.DANS_UN_LOT] * 3
