"""A closed jury, all the blocs, the mentions: a numbered title, its paper the same twice; and what stands in the way."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation
from binome.courrier.models import Message
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Dossier
from binome.exemples.acces import Scene
from binome.exemples.chapitre import DejaServie, Voulu
from binome.exemples.titres import CHAPITRE
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.jurys.etats import EtatDeJury
from binome.jurys.models import Jury
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.models import Parcours
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from binome.socle.adresse_du_site import adresse_entiere
from binome.titres.composition import titre_en_pdf
from binome.titres.delivrance import delivrer, delivrer_au_jury, redelivrer
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.flows import TITRES
from binome.titres.mentions import donner
from binome.titres.models import Badge, Titre
from binome.titres.preparation import pourquoi_pas
from binome.titres.rayons import PARCHEMINS
from binome.titres.sceller import pourquoi_rompu, sceller_les_titres
from tests.dossiers.monde import dire
from tests.parcours.test_parcours import ouvert
from tests.presences.suivi import recue, suivre
from tests.titres.monde import ESSAI, certifiable, en_jury, jury_clos, mentions_donnees, valider

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from tests.dossiers.monde import Monde


def texte_de(pdf: bytes) -> str:
    """The text of a paper, its no-break spaces made plain."""
    lu = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(lu.replace("\u202f", " ").replace("\u00a0", " ").split())


def revoquer(titre: Titre, par: Acteur, motif: str = "erreur", raison: str = "Essai.") -> Titre:
    faire(
        TITRES, "revoquer", titre, par, version=titre.version,
        donnees={"motif_du_retrait": motif, "raison": raison},
    )  # fmt: skip
    return Titre.objects.get(pk=titre.pk)


def test_un_parchemin_dit_tout_ce_qui_est_exige(monde: Monde, rayon: Path) -> None:
    parcours = certifiable(monde)
    titre = delivrer(parcours, en_jury(monde))
    parcours.refresh_from_db()
    assert (titre.rang, titre.blocs, titre.essai) == (1, [1, 2, 3, 4], True)
    assert (parcours.etat, parcours.fini_le is None) == (EtatDeParcours.CERTIFIE, False)
    pdf = titre_en_pdf(Titre.objects.get(pk=titre.pk))
    assert pdf == titre_en_pdf(Titre.objects.get(pk=titre.pk))
    dit = texte_de(pdf)
    for mention in (
        "numéro RNCP40913, par décision du directeur général de France compétences en date du 2 janvier 2026",
        "Certificateur d’essai", "CQP Assistant médical", "4 (cadre national)", "(cadre européen", "331 Santé",
        "Léa Exemple", "3 mai 1984", "Fait à Ville d’essai, le", "Signataire d’essai", "Présidence d’essai",
        titre.numero, "Spécimen, sans valeur", adresse_entiere("/verifier/"),
    ):  # fmt: skip
        assert mention in dit, mention
    assert "seulement" not in dit
    metadonnees = PdfReader(BytesIO(pdf)).xmp_metadata
    assert metadonnees is not None
    assert sceller_les_titres() == 1
    titre.refresh_from_db()
    assert pourquoi_rompu(titre) is None
    assert PARCHEMINS.lire(titre.fichier).startswith(pdf[:1000])
    assert sceller_les_titres() == 0
    assert not list(differences())
    assert verifier() is None


def test_sans_la_date_de_france_competences_rien_ne_s_imprime(monde: Monde) -> None:
    parcours = certifiable(monde)
    ana = en_jury(monde)
    mentions_donnees(monde, decision_le=None, niveau_europeen="")
    with pytest.raises(GesteImpossible, match=r"décision de France compétences.*cadre européen"):
        delivrer(parcours, ana)
    assert not Titre.objects.exists()


def test_un_bloc_qui_manque_un_jury_ouvert_ou_un_autre_role_n_ont_pas_de_parchemin(
    monde: Monde,
) -> None:
    parcours, ana = certifiable(monde, (1, 2, 4)), en_jury(monde)
    assert "il reste le bloc 3" in pourquoi_pas(parcours, NatureDeTitre.CQP)
    jury = jury_clos(monde)
    valider(monde, jury, parcours, (3,), tentative=2)
    assert not pourquoi_pas(parcours, NatureDeTitre.CQP)
    Jury.objects.filter(pk=jury.pk).update(etat=EtatDeJury.OUVERT, clos_le=None)
    assert "il reste le bloc 3" in pourquoi_pas(parcours, NatureDeTitre.CQP)
    with pytest.raises(GesteImpossible, match="n’est pas clos"):
        delivrer_au_jury(Jury.objects.get(pk=jury.pk), ana)
    Jury.objects.filter(pk=jury.pk).update(etat=EtatDeJury.CLOS, clos_le=timezone.now())
    with pytest.raises(GesteImpossible, match="Votre rôle"):
        delivrer(parcours, Acteur(monde.emma))
    assert not Titre.objects.exists()


def test_un_jury_delivre_a_tous_en_une_fois_et_dit_qui_reste(monde: Monde) -> None:
    ana = en_jury(monde)
    mentions_donnees(monde)
    jury = jury_clos(monde)
    un, deux, trois = (ouvert(monde) for _ in range(3))
    valider(monde, jury, un)
    valider(monde, jury, deux, (1, 2))
    valider(monde, jury, trois)
    faite = delivrer_au_jury(jury, ana)
    assert [(titre.parcours, titre.rang) for titre in faite.titres] == [(un, 1), (trois, 2)]
    assert [(parcours, dit[-6:]) for parcours, dit in faite.laisses] == [(deux, " 3, 4.")]
    assert len({titre.jeton for titre in faite.titres}) == 2
    assert Badge.objects.values("indice").distinct().count() == 10
    assert not delivrer_au_jury(jury, ana).titres
    assert not list(differences())


def test_une_attestation_de_blocs_dit_lesquels_et_rien_de_plus(monde: Monde) -> None:
    parcours, ana = certifiable(monde, (2, 4)), en_jury(monde)
    titre = delivrer(parcours, ana, nature=NatureDeTitre.BLOCS)
    dit = texte_de(titre_en_pdf(titre))
    assert "Validation des blocs 2 et 4 seulement" in dit
    assert "Bloc 2 : Prise en charge administrative des patients" in dit
    parcours.refresh_from_db()
    assert parcours.etat == EtatDeParcours.OUVERT
    with pytest.raises(GesteImpossible, match="déjà délivrée"):
        delivrer(parcours, ana, nature=NatureDeTitre.BLOCS)
    assert list(titre.badges.values_list("bloc", flat=True)) == [2, 4]


def test_un_titre_retire_le_reste_et_rouvre_le_parcours(monde: Monde) -> None:
    parcours, ana = certifiable(monde), en_jury(monde)
    premier = delivrer(parcours, ana)
    with pytest.raises(GesteImpossible, match="Choisissez un motif"):
        revoquer(premier, ana, motif="")
    with pytest.raises(GesteImpossible, match="Votre rôle"):
        revoquer(premier, Acteur(monde.alice))
    retire = revoquer(premier, ana)
    assert (retire.etat, retire.motif_du_retrait) == (EtatDeTitre.REVOQUE, "erreur")
    parcours.refresh_from_db()
    assert (parcours.etat, parcours.fini_le) == (EtatDeParcours.OUVERT, None)
    # What was wrong is corrected: the next one says it, the first one stays as it was printed.
    Dossier.objects.filter(pk=parcours.dossier_id).update(nom="Corrigé")
    dire(parcours.dossier.objet, Dossier.objects.get(pk=parcours.dossier_id))
    parcours = Parcours.objects.get(pk=parcours.pk)
    second = delivrer(parcours, ana)
    assert (second.rang, second.jeton != premier.jeton) == (2, True)
    noms = [un.titulaire["nom"] for un in Titre.objects.order_by("rang")]
    assert ("Corrigé" in noms[0], "Corrigé" in noms[1]) == (False, True)
    with pytest.raises(GesteImpossible, match="n’est plus en cours|déjà délivré"):
        delivrer(Parcours.objects.get(pk=parcours.pk), ana)
    second.pk, second.rang, second.jeton = None, 3, "A" * 17
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
    assert not list(differences())


def test_qui_detient_un_titre_le_sait_par_un_courriel(monde: Monde, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    titre = delivrer(certifiable(monde), en_jury(monde))
    revoquer(titre, Acteur(monde.ana), raison="Écrit pour la branche.")
    dits = Message.objects.filter(cle__startswith="titre:").order_by("pk")
    assert [
        (un.destinataire, un.expediteur, un.sujet.partition(":")[2].strip()) for un in dits
    ] == [
        ("lea@exemple.fr", monde.branche.nom, "un titre vous est délivré"),
        ("lea@exemple.fr", monde.branche.nom, "un titre est retiré"),
    ]
    assert titre.numero in dits[0].texte
    assert "Écrit pour la branche" not in dits[1].texte


def test_un_duplicata_garde_le_numero_et_dit_lequel_il_est(monde: Monde, rayon: Path) -> None:
    titre, ana = delivrer(certifiable(monde), en_jury(monde)), Acteur(monde.ana)
    with pytest.raises(GesteImpossible, match="pas encore prêt"):
        redelivrer(titre, ana)
    sceller_les_titres()
    premier, second = redelivrer(titre, ana), redelivrer(titre, ana)
    assert (premier.rang, second.rang) == (1, 2)
    assert sceller_les_titres() == 2
    second.refresh_from_db()
    dit = texte_de(PARCHEMINS.lire(second.fichier))
    assert "Duplicata n° 2 délivré le" in dit
    assert "de l’original du" in dit
    assert titre.numero in dit
    with pytest.raises(GesteImpossible, match="Votre rôle"):
        redelivrer(titre, Acteur(monde.alice))
    revoquer(Titre.objects.get(pk=titre.pk), ana)
    with pytest.raises(GesteImpossible, match="retiré"):
        redelivrer(titre, ana)
    assert not list(differences())


def test_effacer_la_personne_garde_le_numero_sans_nom_ni_papier(monde: Monde, rayon: Path) -> None:
    titre = delivrer(certifiable(monde), en_jury(monde))
    sceller_les_titres()
    titre.refresh_from_db()
    assert anonymiser(titre.parcours.dossier_id, auteur="systeme", motif="Durée atteinte")
    reste = Titre.objects.get(pk=titre.pk)
    assert (reste.titulaire, reste.rang, reste.etat) == ({}, 1, EtatDeTitre.DELIVRE)
    with pytest.raises(OSError, match="No such file"):
        PARCHEMINS.lire(reste.fichier)
    assert not list(differences())
    with pytest.raises(GesteImpossible, match="effacée"):
        redelivrer(reste, Acteur(monde.ana))


def une_adaptation(monde: Monde) -> Parcours:
    """A path to the FAE, one slot of which is proven."""
    suivi = suivre(monde)
    recevoir(suivi.bob, suivi.creneau, [recue(suivi.parcours)], maintenant=timezone.now())
    faire(CRENEAUX, "geler", suivi.creneau, suivi.bob, version=suivi.creneau.version)
    Parcours.objects.filter(pk=suivi.parcours.pk).update(voie="fae")
    parcours = Parcours.objects.get(pk=suivi.parcours.pk)
    dire(parcours.objet, parcours)
    return parcours


def test_l_organisme_atteste_d_une_adaptation_avec_ses_minutes_prouvees(monde: Monde) -> None:
    alice, parcours = Acteur(monde.alice), une_adaptation(monde)
    with pytest.raises(GesteImpossible, match=r"lieu de délivrance.*« Organisme A » les donne"):
        delivrer(parcours, alice, nature=NatureDeTitre.FAE)
    donner(monde.organisme, "", alice, ESSAI, essai=True)
    with pytest.raises(GesteImpossible, match="Votre rôle"):
        delivrer(parcours, en_jury(monde), nature=NatureDeTitre.FAE)
    autre_onglet = Parcours.objects.get(pk=parcours.pk)
    titre = delivrer(parcours, alice, nature=NatureDeTitre.FAE)
    with pytest.raises(GesteImpossible, match="déjà délivrée"):
        delivrer(autre_onglet, alice, nature=NatureDeTitre.FAE)
    dit = texte_de(titre_en_pdf(titre))
    for mot in (
        "Organisme A",
        "3 h 30",
        "Formation d’adaptation à l’emploi",
        "n’est pas une certification",
    ):
        assert mot in dit, mot
    assert "RNCP" not in dit
    assert not titre.badges.exists()
    parcours.refresh_from_db()
    assert parcours.etat == EtatDeParcours.ATTESTE
    assert revoquer(titre, alice).etat == EtatDeTitre.REVOQUE
    assert {un.par for un in recit(TITRES, titre, interne=True)[1:]} == {"par l’organisme"}
    assert not list(differences())


def test_la_voie_decide_de_ce_qui_se_delivre(monde: Monde) -> None:
    assert "ne mène pas à une attestation" in pourquoi_pas(certifiable(monde), NatureDeTitre.FAE)
    assert "Aucun jury clos" in pourquoi_pas(une_adaptation(monde), NatureDeTitre.CQP)


def test_le_monde_d_exemple_a_des_titres_et_l_un_est_retire(monde: Monde) -> None:
    en_jury(monde)
    jury = jury_clos(monde)
    for _ in range(3):
        valider(monde, jury, ouvert(monde))
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    scene = Scene(
        [monde.organisme], cabinet, monde.branche, {"jury": monde.ana, "gestionnaire": monde.alice}
    )
    CHAPITRE.ecrire(scene, Voulu(3, 1, timezone.localdate(), lambda _: None))
    assert sorted(Titre.objects.values_list("rang", "etat", "essai")) == [
        (1, "delivre", True), (2, "delivre", True), (3, "revoque", True),
    ]  # fmt: skip
    with pytest.raises(DejaServie):
        CHAPITRE.verifier()
    assert not list(differences())


def test_un_bloc_deja_acquis_par_la_decision_n_attend_pas_de_jury(monde: Monde) -> None:
    parcours, ana = certifiable(monde, (1, 2, 4)), en_jury(monde)
    parcours.modules.filter(bloc=3).update(statut=Statut.ACQUIS)
    titre = delivrer(parcours, ana)
    assert titre.blocs == [1, 2, 3, 4]
    assert [un.get("acquis", False) for un in titre.contenu["blocs"]] == [False, False, True, False]
