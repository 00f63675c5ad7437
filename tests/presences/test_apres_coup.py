"""A signature that was forgotten: made after the fact by the person, counted once who teaches accepts it, and said as it is."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from binome.comptes.services import donner_role
from binome.courrier.models import Avis, Message
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.journal.reconciliation import differences
from binome.parcours.models import Parcours
from binome.presences.apres_coup import presence_de, proposer
from binome.presences.avancement import avancement
from binome.presences.constat import CeQuiSEstPasse
from binome.presences.etats import EtatDePresence
from binome.presences.feuille import feuille_de
from binome.presences.flows import SIGNATURES
from binome.presences.gel import corriger
from binome.presences.models import Presence, Signature
from binome.presences.papiers_scelles import feuille_scellee
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, recue

if TYPE_CHECKING:
    from pytest_django import Settings


@pytest.fixture
def gele(suivi: Suivi) -> Suivi:
    """The slot counter-signed, Léa said to be away: she forgot to sign."""
    un = suivi.creneau
    faire(CRENEAUX, "geler", un, suivi.bob, version=un.version)
    suivi.creneau = Creneau.objects.select_related(
        "session__site", "session__organisme", "gele_par"
    ).get(pk=un.pk)
    return suivi


def client(qui: object) -> Client:
    un = Client()
    un.force_login(qui)  # type: ignore[arg-type] # an account
    return un


def chemin(suivi: Suivi, fin: str) -> str:
    return f"/espace/creneaux/{suivi.creneau.uid}/{fin}"


def signer(suivi: Suivi) -> Signature:
    return proposer(suivi.lea, presence_de(suivi.lea, suivi.creneau.uid))


def tenue(suivi: Suivi) -> Presence:
    return Presence.objects.select_related("creneau__session", "parcours__dossier").get(
        creneau=suivi.creneau, etat=EtatDePresence.EN_VIGUEUR
    )


def repondre(suivi: Suivi, signature: Signature, comment: str, **champs: str) -> int:
    envoi = {"version": str(signature.version), "presence": str(tenue(suivi).version), **champs}
    vers = chemin(suivi, f"apres-coup/{signature.pk}/{comment}/")
    return client(suivi.monde.bob).post(vers, envoi).status_code


def test_signee_apres_coup_puis_acceptee_les_minutes_sont_prouvees(
    gele: Suivi, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    lea = client(gele.monde.lea)
    page = lea.get(f"/espace/suivis/parcours/{gele.parcours.pk}/").content.decode()
    assert chemin(gele, "apres-coup/") in page
    assert lea.post(chemin(gele, "apres-coup/")).status_code == 302
    signature = Signature.objects.get()
    assert (signature.etat, signature.moyen, signature.par) == (
        "proposee",
        "apres_coup",
        gele.monde.lea,
    )
    assert signature.signee_le > gele.creneau.gele_le  # type: ignore[operator] # it is frozen
    # Alone, it proves nothing, even when something else is corrected meanwhile.
    corriger(gele.bob, tenue(gele), CeQuiSEstPasse(retard=10), "heure", version=tenue(gele).version)
    assert avancement(gele.parcours).total.prouvees == 0
    assert (
        Avis.objects.filter(genre="apres_coup", destinataire=gele.monde.bob.courriel).count() == 1
    )
    assert (
        "a signé <strong>après coup</strong>"
        in client(gele.monde.bob).get(chemin(gele, "presences/")).content.decode()
    )
    assert repondre(gele, signature, "accepter", quoi="minutes", retard="10") == 302
    assert (tenue(gele).minutes, tenue(gele).signee, tenue(gele).raison) == (200, True, "oubli")
    assert avancement(gele.parcours).total.prouvees == 200
    assert not list(differences())


def test_la_feuille_scellee_dit_apres_coup(gele: Suivi) -> None:
    signature = signer(gele)
    repondre(gele, signature, "accepter", quoi="present")
    texte = " ".join(
        page.extract_text() for page in PdfReader(BytesIO(feuille_scellee(gele.creneau))).pages
    )
    assert "après coup, le" in " ".join(texte.split())
    assert "La signature a été oubliée" in " ".join(texte.split())


def test_refusee_elle_reste_avec_sa_raison_et_peut_etre_acceptee_ensuite(gele: Suivi) -> None:
    signature = signer(gele)
    assert repondre(gele, signature, "refuser", raison="") == 422
    assert repondre(gele, signature, "refuser", raison="absente") == 302
    signature.refresh_from_db()
    assert (signature.etat, signature.raison) == ("ecartee", "absente")
    assert tenue(gele).signee is False
    assert Message.objects.filter(sujet__contains="une signature n’est pas acceptée").exists()
    page = client(gele.monde.lea).get(f"/espace/suivis/parcours/{gele.parcours.pk}/")
    assert "n’était pas là" in page.content.decode()
    with pytest.raises(Depasse):
        signer(gele)
    assert repondre(gele, signature, "accepter", quoi="present") == 302
    assert tenue(gele).signee
    signature.refresh_from_db()
    assert (signature.etat, signature.raison) == ("recue", "")


def test_une_acceptation_depassee_ne_fait_rien(gele: Suivi) -> None:
    signature = signer(gele)
    assert repondre(gele, signature, "accepter", quoi="present", presence="7") == 409
    signature.refresh_from_db()
    assert (signature.etat, tenue(gele).signee) == ("proposee", False)


def test_seule_la_personne_signe_et_seulement_ce_qui_manque(gele: Suivi) -> None:
    assert client(gele.monde.bob).post(chemin(gele, "apres-coup/")).status_code == 403
    assert client(gele.monde.charlie).post(chemin(gele, "apres-coup/")).status_code == 404
    signature = signer(gele)
    with pytest.raises(Depasse):
        signer(gele)
    # Who trains there hands in the tablets of others, and accepts nothing for them.
    Creneau.objects.filter(pk=gele.creneau.pk).update(formateur=None)
    assert repondre(gele, signature, "accepter", quoi="present") == 403
    signature = Signature.objects.select_related("creneau__session", "parcours__dossier").get()
    with pytest.raises(GesteImpossible, match="Seule la personne qui anime"):
        faire(SIGNATURES, "accepter", signature, gele.bob, version=signature.version)


def test_ce_qui_est_signe_ou_fini_ne_se_signe_plus(suivi: Suivi) -> None:
    recevoir(suivi.bob, suivi.creneau, [recue(suivi.parcours)], maintenant=timezone.now())
    faire(CRENEAUX, "geler", suivi.creneau, suivi.bob, version=suivi.creneau.version)
    with pytest.raises(GesteImpossible, match="déjà prouvée"):
        signer(suivi)
    Presence.objects.update(signee=False)
    Parcours.objects.filter(pk=suivi.parcours.pk).update(
        etat="abandonne", fini_le=timezone.now() - timedelta(hours=1), raison="emploi"
    )
    with pytest.raises(GesteImpossible, match="terminé"):
        signer(suivi)


def test_par_une_tablette_rien_ne_se_signe_apres_coup(suivi: Suivi) -> None:
    une = recue(suivi.parcours, moyen="apres_coup")
    (rendue,) = recevoir(suivi.bob, suivi.creneau, [une], maintenant=timezone.now())
    assert rendue.issue == "refusee"


def test_la_ligne_garde_la_proposition(gele: Suivi) -> None:
    signature = signer(gele)
    (ligne,) = feuille_de(gele.creneau).lignes
    assert (ligne.signatures, ligne.apres_coup, ligne.a_proposer) == ((), signature, False)


def test_personne_n_accepte_sa_propre_signature(gele: Suivi) -> None:
    donner_role(gele.monde.lea, gele.monde.organisme, "gestionnaire")
    signature = signer(gele)
    lea = client(gele.monde.lea)
    page = lea.get(chemin(gele, "presences/")).content.decode()
    assert "votre propre signature" in page
    assert f"apres-coup/{signature.pk}/accepter" not in page
    for comment, champs in (("accepter", {"quoi": "present"}), ("refuser", {"raison": "absente"})):
        envoi = {"version": str(signature.version), "presence": str(tenue(gele).version), **champs}
        refus = lea.post(chemin(gele, f"apres-coup/{signature.pk}/{comment}/"), envoi)
        assert "votre propre signature" in refus.content.decode()
    signature.refresh_from_db()
    assert (signature.etat, tenue(gele).signee) == ("proposee", False)
    assert repondre(gele, signature, "accepter", quoi="present") == 302
    assert tenue(gele).signee


def test_l_accueil_le_dit_a_qui_a_oublie_puis_a_qui_enseigne_et_le_courriel_dit_que_cela_compte(
    gele: Suivi,
) -> None:
    lea, bob, alice = (client(un) for un in (gele.monde.lea, gele.monde.bob, gele.monde.alice))
    dit = lea.get("/espace/").content.decode()
    assert "3 h 30 manquées" in dit.replace("\u202f", " ").replace("\xa0", " ")
    assert f"/espace/suivis/parcours/{gele.parcours.pk}/#creneau-par-creneau" in dit
    assert "Signatures après coup" not in bob.get("/espace/").content.decode()
    signature = signer(gele)
    assert "#creneau-par-creneau" not in lea.get("/espace/").content.decode()
    for un in (bob, alice):
        dit = un.get("/espace/").content.decode()
        assert "Signatures après coup" in dit
        assert chemin(gele, "presences/") in dit
    repondre(gele, signature, "accepter", quoi="present")
    assert "Signatures après coup" not in bob.get("/espace/").content.decode()
    (lettre,) = Message.objects.filter(sujet__contains="signature est acceptée")
    assert "3 h 30 comptent" in lettre.texte.replace("\xa0", " ").replace("\u202f", " ")
    assert not Message.objects.filter(sujet__contains="une présence est corrigée").exists()


def test_l_accueil_mene_a_ses_creneaux_et_a_leur_calendrier(suivi: Suivi) -> None:
    for qui, vers in (
        (suivi.monde.bob, "/espace/"),
        (suivi.monde.lea, "/espace/"),
        (suivi.monde.bob, "/espace/sessions/"),
    ):
        assert 'href="/espace/sessions/les-miens/"' in client(qui).get(vers).content.decode()
