"""Nothing of a person is missing from the erasure of their dossier."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.serializers import serialize
from django.test import Client
from django.utils import timezone

from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance, Invitation, Personne
from binome.comptes.services import ChangementImpossible
from binome.conservation import ouvertures
from binome.conservation.cloture import clore_le_compte, refaire_la_cloture, repere_de
from binome.courrier.models import Avis, Message
from binome.courrier.services import avertir
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.receptions import EtatDeLigne, Import, LigneImportee
from binome.journal.models import Entree, Oubli
from binome.lectures import services as lectures
from binome.lectures.models import Lecture, ObjetLu
from binome.lettres.notification import notifier
from binome.socle.sort_des_champs import Sort, champs, champs_parlants
from binome.travaux import TRAVAUX
from tests.dossiers.monde import brouillon, depose, propose

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde

NOM: Final = "Zylberstéin"
ADRESSE: Final = "zylber@ailleurs.example"


@pytest.fixture(autouse=True)
def _rayons(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DEMONSTRATION = True


def test_chaque_champ_qui_peut_parler_d_une_personne_est_declare() -> None:
    declares = {(modele, champ) for modele, siens in champs().items() for champ in siens}
    assert set(champs_parlants()) == declares
    gardes = [
        une for siens in champs().values() for une in siens.values() if une.sort == Sort.GARDE
    ]
    assert all(une.raison for une in gardes)


def _toute_la_base() -> str:
    """Every row of the house, as text."""
    modeles = [un for un in apps.get_models() if un.__module__.startswith("binome.")]
    lignes = [json.loads(serialize("json", un._base_manager.all())) for un in modeles]
    return json.dumps(lignes, ensure_ascii=False).lower()


def _message(cle: str, destinataire: str) -> Message:
    le = timezone.now()
    return Message.objects.create(
        cle=cle, destinataire=destinataire, sujet=f"Pour {NOM}", texte=NOM, html=NOM,
        cree_le=le, a_envoyer_des=le,
    )  # fmt: skip


def test_rien_ne_reste_d_un_dossier_efface(monde: Monde) -> None:
    dossier, autre = depose(monde), depose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(
        nom=NOM, courriel=ADRESSE, employeur=NOM, session=NOM, recherche=NOM.lower(), cle_import=NOM
    )
    importation = Import.objects.create(
        organisme=monde.organisme, par=monde.alice, lignes=3, empreinte="0" * 64
    )
    attend = {"courriel": ADRESSE.upper(), "nom": NOM}
    for numero, cle, etat, cellules, qui in (
        (1, NOM, EtatDeLigne.CREEE, {}, dossier),
        (2, "2", EtatDeLigne.A_MENDER, attend, None),
        (3, "3", EtatDeLigne.BONNE, {"courriel": "lea@exemple.fr"}, None),
    ):
        LigneImportee.objects.create(
            importation=importation, numero=numero, cle=cle, etat=etat, cellules=cellules,
            raison=NOM if qui else "", dossier=qui,
        )  # fmt: skip
    invitation = Invitation.objects.create(
        courriel=f"autre-{ADRESSE}", dossier=dossier.reference, jeton="0" * 64, par=monde.alice,
        expire_le=timezone.localtime() + timedelta(days=1),
    )  # fmt: skip
    _message(f"invitation:{invitation.pk}", f"autre-{ADRESSE}")
    _message(f"a:{ADRESSE}", ADRESSE)
    dit = _message("resume:alice", monde.alice.courriel)
    Message.objects.filter(pk=dit.pk).update(envoye_le=timezone.now())
    reste = _message("reste", monde.bob.courriel)
    Message.objects.filter(pk=reste.pk).update(sujet="", texte="Autre chose", html="")
    avis = avertir(
        cle=f"b:{ADRESSE}", destinataire=monde.alice.courriel, genre="completer",
        texte=NOM, reference=dossier.reference,
    )  # fmt: skip
    assert avis is not None
    Avis.objects.filter(pk=avis.pk).update(message=dit, dit_le=timezone.now())
    assert "zylber" in _toute_la_base()
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    assert "zylber" not in _toute_la_base()
    assert Message.objects.get(pk=reste.pk).texte == "Autre chose"
    assert LigneImportee.objects.get(numero=3).etat == EtatDeLigne.BONNE
    assert Dossier.objects.get(pk=autre.pk).nom == "Exemple"


def test_une_decision_sur_un_dossier_efface_ne_part_pas(monde: Monde) -> None:
    dossier = propose(monde)
    hier = timezone.localtime() - timedelta(days=1)
    decision = Decision.objects.create(
        dossier=dossier, proposition=dossier.propositions.get(), nature="accorde", reponse={},
        base="b", par=monde.emma, le=hier, notifiable_des=hier, sceau="lettres/a.pdf",
        sceau_empreinte="0" * 64, scellee_le=hier,
    )  # fmt: skip
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    assert notifier() == 0
    decision.refresh_from_db()
    assert decision.notifiee_le is None
    assert not Message.objects.filter(cle__startswith="decision:").exists()


def _nomme(qui: Personne) -> None:
    Personne.objects.filter(pk=qui.pk).update(nom=NOM, prenom=NOM, courriel=ADRESSE)
    _message(f"compte:{ADRESSE}", ADRESSE)
    Invitation.objects.create(
        courriel=ADRESSE, dossier="BM-AUTRE", jeton="1" * 64, par=qui,
        expire_le=timezone.localtime() + timedelta(days=1),
    )  # fmt: skip


def test_un_compte_clos_ne_dit_plus_de_qui_il_etait(monde: Monde) -> None:
    _nomme(monde.bob)
    clore_le_compte(monde.bob, auteur=monde.bob.sujet, motif="Demande de la personne")
    assert "zylber" not in _toute_la_base()
    clos = Personne.objects.get(pk=monde.bob.pk)
    assert (str(clos), clos.is_active) == (f"Compte clos n° {clos.pk}", False)
    assert not clos.has_usable_password()
    assert not Appartenance.objects.filter(personne=clos, close_le__isnull=True).exists()
    assert Entree.objects.filter(geste="compte.clos", objet=clos.sujet).count() == 1
    assert Oubli.objects.get(sujet=clos.sujet).repere == repere_de(clos)
    with pytest.raises(ChangementImpossible, match="déjà clos"):
        clore_le_compte(monde.bob, auteur=monde.bob.sujet, motif="Encore")


def test_ses_sessions_partent_a_l_instant_et_pas_celles_des_autres(
    client: Client, monde: Monde
) -> None:
    _nomme(monde.bob)
    qui = Personne.objects.get(pk=monde.bob.pk)
    qui.set_password("une phrase d’essai assez longue")
    qui.save()
    porte = {"login": ADRESSE, "password": "une phrase d’essai assez longue"}
    client.post("/compte/connexion/", porte)
    poser_application(qui)  # the next one stops before the code: nobody is signed in yet
    Client().post("/compte/connexion/", porte)
    autre = Client()
    autre.force_login(monde.alice)
    lues = [json.dumps(une.get_decoded()) for une in Session.objects.all()]
    assert sum(ADRESSE in une for une in lues) == 2
    clore_le_compte(qui, auteur="exploitation", motif="Essai")
    assert [une.get_decoded()[SESSION_KEY] for une in Session.objects.all()] == [
        str(monde.alice.pk)
    ]
    assert autre.get("/espace/donnees/").status_code == 200


def test_ce_qui_a_ete_lu_avant_la_cloture_ne_ramene_personne(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.LECTURES = tmp_path  # what other tests opened waits in theirs
    dossier = depose(monde)
    lectures.NOTEES.oublier()
    ouvertures.verser()  # what other tests opened
    lectures.noter(
        *(
            lectures.Ouverture(ObjetLu.DOSSIER, dossier.reference, qui.pk)
            for qui in (monde.bob, monde.emma)
        )
    )
    clore_le_compte(monde.bob, auteur="exploitation", motif="Essai")
    assert ouvertures.verser() == 2
    lues = set(Lecture.objects.values_list("personne", flat=True))
    assert lues == {None, monde.emma.pk}


def test_un_motif_qui_nomme_la_personne_est_refuse(monde: Monde) -> None:
    _nomme(monde.bob)
    qui = Personne.objects.get(pk=monde.bob.pk)
    for motif in (f"{NOM.upper()} est partie", "zylberstein", f"Écrit à {ADRESSE}"):
        with pytest.raises(ChangementImpossible, match="nomme la personne"):
            clore_le_compte(qui, auteur="exploitation", motif=motif)
    clore_le_compte(qui, auteur="exploitation", motif="Départ de l’organisme")


def test_une_ligne_qui_attend_part_avec_le_compte(monde: Monde) -> None:
    importation = Import.objects.create(
        organisme=monde.organisme, par=monde.alice, lignes=1, empreinte="0" * 64
    )
    LigneImportee.objects.create(
        importation=importation, numero=2, cle="2", etat=EtatDeLigne.A_MENDER,
        cellules={"courriel": monde.bob.courriel.upper(), "nom": NOM},
    )  # fmt: skip
    clore_le_compte(monde.bob, auteur="exploitation", motif="Essai")
    assert "zylber" not in _toute_la_base()
    assert {"oublier-les-imports", "conserver"} <= {un.nom for un in TRAVAUX}


def test_un_compte_necessaire_ne_se_clot_pas(monde: Monde) -> None:
    with pytest.raises(ChangementImpossible, match="dernière personne"):
        clore_le_compte(monde.alice, auteur=monde.alice.sujet, motif="Essai")
    vivant = depose(monde)
    with pytest.raises(ChangementImpossible, match=f"{vivant.reference} est en cours"):
        clore_le_compte(monde.lea, auteur=monde.lea.sujet, motif="Essai")
    assert Personne.objects.get(pk=monde.lea.pk).is_active


def test_un_brouillon_part_avec_le_compte(monde: Monde) -> None:
    dossier = brouillon(monde)
    clore_le_compte(monde.lea, auteur=monde.lea.sujet, motif="Essai")
    dossier.refresh_from_db()
    assert dossier.personne == "Identité effacée"


def test_une_base_restauree_reclot_le_compte_et_pas_celui_d_un_autre(monde: Monde) -> None:
    qui = Personne.objects.get(pk=monde.alice.pk)
    assert refaire_la_cloture(qui.pk, "2020-01-01", auteur="systeme", motif="Essai") is None
    _nomme(qui)
    assert refaire_la_cloture(qui.pk, repere_de(qui), auteur="systeme", motif="Essai") is True
    assert refaire_la_cloture(qui.pk, repere_de(qui), auteur="systeme", motif="Essai") is False
    assert "zylber" not in _toute_la_base()


def test_la_personne_ferme_son_compte_depuis_sa_page(client: Client, monde: Monde) -> None:
    monde.bob.set_password("une phrase d’essai assez longue")
    monde.bob.save()
    client.force_login(monde.bob)
    assert "Fermer mon compte" in client.get("/espace/donnees/").content.decode()
    adresse = "/espace/donnees/cloture/"
    refus = client.post(adresse, {"certain": "oui"})
    assert refus.headers["Location"].startswith("/compte/confirmer/")
    assert Personne.objects.get(pk=monde.bob.pk).is_active
    suite = refus.headers["Location"]
    client.post(suite, {"password": "une phrase d’essai assez longue"})
    fin = client.post(adresse, {"certain": "oui"}, follow=True)
    assert "Ce compte est fermé" in fin.content.decode()
    assert not Personne.objects.get(pk=monde.bob.pk).is_active
    assert client.get("/espace/donnees/").status_code == 302
