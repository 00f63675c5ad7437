"""Messages between the branch and the organisation, notes of the branch: who reads them, who is told, what is erased."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.courrier.services import EFFACE as SANS_ADRESSE
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Deport, Dossier
from binome.journal.chaine import verifier
from binome.journal.models import Entree
from binome.messagerie.models import Modele, Mot
from binome.messagerie.permissions import messages_a_lire
from tests.dossiers.monde import brouillon, depose, entourage, propose
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

INTIME = "Le contrat semble antidaté."


def ecrire(
    client: Client, qui: Any, dossier: Dossier, texte: str, attendu: int = 302, **autres: str
) -> Any:
    return envoyer(client, qui, adresse(dossier, "mots/"), attendu, texte=texte, **autres)


@override_settings(DEMONSTRATION=True)
def test_un_message_part_et_se_lit_des_deux_cotes(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    Message.objects.all().delete()
    ecrire(client, monde.emma, dossier, "Le contrat est-il signé ?")
    (courriel,) = Message.objects.all()
    assert courriel.destinataire == monde.alice.courriel
    assert "un message de Branche d’exemple" in courriel.sujet
    for corps in (courriel.texte, courriel.html):
        assert "signé" not in corps, "the mail does not carry the words"
        assert "Léa" not in corps
        assert f"/espace/dossiers/{dossier.reference}/#messages" in corps
    assert "Le contrat est-il signé ?" in page(client, monde.alice, adresse(dossier))
    assert "Le contrat est-il signé ?" in page(client, monde.bob, adresse(dossier))
    Message.objects.all().delete()
    Dossier.objects.filter(pk=dossier.pk).update(examine_par=monde.emma)
    ecrire(client, monde.alice, dossier, "Oui, depuis hier.")
    (courriel,) = Message.objects.all()
    assert courriel.destinataire == monde.emma.courriel, "who examines it is told, nobody else"
    assert "Organisme A" in courriel.sujet
    assert "Oui, depuis hier." in page(client, monde.emma, adresse(dossier))


@override_settings(DEMONSTRATION=True)
def test_le_meme_message_envoye_deux_fois_est_un_seul(client: Client, monde: Monde) -> None:
    """Two presses without a script, or « Réessayer » after an answer that was lost."""
    dossier = depose(monde)
    Message.objects.all().delete()
    ecrire(client, monde.alice, dossier, "Le contrat arrive.")
    ecrire(client, monde.alice, dossier, " Le contrat arrive.\n")
    assert Mot.objects.count() == Message.objects.count() == 1
    dit = page(client, monde.alice, adresse(dossier))
    assert "Ce message est parti à" in dit
    assert "il n’y en a pas un second" in dit
    assert "un message d’Organisme A" in Message.objects.get().sujet
    # The same words after an answer, by somebody else, or as a note are others.
    ecrire(client, monde.emma, dossier, "Lequel ?")
    ecrire(client, monde.alice, dossier, "Le contrat arrive.")
    ecrire(client, monde.emma, dossier, "Le contrat arrive.")
    ecrire(client, monde.emma, dossier, "Le contrat arrive.", interne="oui")
    assert Mot.objects.count() == 5
    Mot.objects.update(le=timezone.now() - timedelta(minutes=11))
    ecrire(client, monde.emma, dossier, "Le contrat arrive.")
    assert Mot.objects.count() == 6


def test_une_note_ne_sort_pas_de_la_branche(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    autour = entourage(monde, dossier)
    Message.objects.all().delete()
    ecrire(client, monde.emma, dossier, INTIME, interne="oui")
    assert not Message.objects.exists(), "nobody is told of a note"
    assert INTIME in page(client, monde.emma, adresse(dossier))
    assert INTIME in page(client, monde.ana, adresse(dossier))
    for role, qui in autour.items():
        if qui is None or role in ("examinateur", "administrateur"):
            continue
        client.force_login(qui)
        assert INTIME not in client.get(adresse(dossier)).content.decode(), role
        assert client.post(
            adresse(dossier, "mots/"), {"texte": "x", "interne": "oui"}
        ).status_code in (403, 404)
    export = envoyer(client, monde.alice, "/espace/exports/", 200, sorte="csv")
    assert INTIME.encode() not in b"".join(export.streaming_content)
    prives = Entree.objects.filter(objet=dossier.objet, geste="mot.note")
    assert INTIME not in json.dumps([[une.avant, une.apres, une.motif] for une in prives])


def test_les_messages_ne_sont_ni_a_la_candidate_ni_a_l_employeur(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    autour = entourage(monde, dossier)
    ecrire(client, monde.emma, dossier, INTIME)
    for role in ("candidat", "employeur", "tuteur", "groupement", "jury"):
        qui = autour[role]
        assert qui is not None
        assert INTIME not in page(client, qui, adresse(dossier)), role
        ecrire(client, qui, dossier, "Moi aussi.", 403)
    ecrire(client, monde.bob, dossier, "Je forme.", 403)
    ecrire(client, monde.charlie, dossier, "Qui ?", 404)


@override_settings(DEMONSTRATION=True)
def test_ce_qui_s_ecrit_s_efface_avec_le_dossier(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    ecrire(client, monde.emma, dossier, INTIME, interne="oui")
    ecrire(client, monde.emma, dossier, "Parlez-moi de Léa.")
    assert anonymiser(dossier.pk, auteur="essai", motif="Essai")
    assert set(Mot.objects.values_list("texte", flat=True)) == {"Texte effacé"}
    assert not Message.objects.filter(cle__startswith="mot:").exists()
    assert not Message.objects.exclude(destinataire=SANS_ADRESSE).exists()
    ecrire(client, monde.emma, dossier, "Encore ?", 403)


def test_on_n_ecrit_ni_rien_ni_trop_ni_sur_un_brouillon(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    ecrire(client, monde.emma, dossier, "   ", 422)
    long = ecrire(client, monde.emma, dossier, "mot " * 1300, 422)
    assert "mot mot mot" in long.content.decode(), "what was typed comes back"
    ecrire(client, monde.alice, brouillon(monde), "Bonjour", 403)
    assert not Mot.objects.exists()


def test_les_modeles_sont_a_la_branche(client: Client, monde: Monde) -> None:
    modeles = "/espace/modeles/"
    page(client, monde.alice, modeles, 404)
    texte = "Il manque la dernière page du contrat."
    envoyer(client, monde.emma, modeles, titre="Contrat incomplet", texte=texte)
    envoyer(client, monde.emma, modeles, 422, titre="Contrat incomplet", texte="Autre.")
    refus = envoyer(client, monde.emma, modeles, 422, titre="", texte="Gardé à l’écran.")
    assert "Gardé à l’écran." in refus.content.decode()
    dossier = depose(monde)
    assert texte in page(client, monde.ana, adresse(dossier))
    assert texte not in page(client, monde.alice, adresse(dossier))
    modele = Modele.objects.get()
    envoyer(client, monde.alice, f"{modeles}{modele.pk}/oter/", 404)
    envoyer(client, monde.ana, f"{modeles}{modele.pk}/oter/")
    assert texte not in page(client, monde.emma, adresse(dossier))
    envoyer(client, monde.emma, modeles, titre="Contrat incomplet", texte=texte)


@pytest.mark.parametrize("qui", ["emma", "alice"])
def test_le_soutien_ne_lit_pas_les_messages(monde: Monde, qui: str) -> None:
    from binome.messagerie.permissions import lit_les_messages  # noqa: PLC0415 - one test alone

    dossier = depose(monde)
    assert lit_les_messages(Acteur(getattr(monde, qui)), dossier)
    assert not lit_les_messages(Acteur(getattr(monde, qui), soutien=monde.ana), dossier)


def compte(dit: str, titre: str) -> int:
    """How many the home page counts of something."""
    trouve = re.search(rf'attendu-nombre">(\d+)</strong> <span class="attendu-titre">{titre}', dit)
    assert trouve, titre
    return int(trouve[1])


@pytest.mark.parametrize("repond", [False, True])
def test_un_message_est_a_lire_partout_jusqu_a_ce_qu_on_y_reponde_ou_le_dise_lu(
    client: Client, monde: Monde, *, repond: bool
) -> None:
    dossier, autre = depose(monde), depose(monde)
    liste = "/espace/dossiers/?marque=messages"
    for qui in (monde.emma, monde.alice):
        assert compte(page(client, qui, "/espace/"), "Message à lire") == 0
    ecrire(client, monde.alice, dossier, "Le contrat part demain.")
    # Who wrote has nothing to read; the other side has, wherever it looks.
    assert "message à lire" not in page(client, monde.alice, "/espace/dossiers/")
    assert compte(page(client, monde.emma, "/espace/"), "Message à lire") == 1
    dit = page(client, monde.emma, "/espace/dossiers/")
    assert dit.count("message à lire</span>") == 1
    assert "<h1>Messages à lire</h1>" in page(client, monde.emma, liste)
    assert dossier.reference in page(client, monde.emma, liste)
    assert autre.reference not in page(client, monde.emma, liste)
    dit = page(client, monde.emma, adresse(dossier))
    assert dit.index("1 message à lire</a> d’Organisme A") < dit.index("<h1>")
    assert ">à lire</span>" in dit
    # Opening it writes nothing: it is still to read.
    assert "1 message à lire" in page(client, monde.emma, adresse(dossier))
    if repond:
        ecrire(client, monde.emma, dossier, "Merci.")
    else:
        envoyer(client, monde.emma, adresse(dossier, "mots/lus/"))
    assert "message à lire" not in page(client, monde.emma, adresse(dossier))
    assert dossier.reference not in page(client, monde.emma, liste)
    assert compte(page(client, monde.alice, "/espace/"), "Messages? à lire") == int(repond)
    mot = Mot.objects.order_by("pk")[0]
    assert mot.lu_par == monde.emma
    assert verifier() is None


def test_une_note_n_est_a_lire_pour_personne_et_repondre_dans_une_note_ne_lit_rien(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    ecrire(client, monde.alice, dossier, "Le contrat part demain.")
    ecrire(client, monde.emma, dossier, INTIME, interne="oui")
    for qui in (monde.ana, monde.emma):
        assert "1 message à lire" in page(client, qui, adresse(dossier))
    assert "à lire" not in page(client, monde.alice, adresse(dossier))


def test_ce_qui_est_a_lire_n_est_dit_qu_a_qui_peut_repondre(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    autour = entourage(monde, dossier)
    ecrire(client, monde.emma, dossier, INTIME)
    for role, qui in autour.items():
        if qui is None or role in ("gestionnaire", "gestionnaire-autre"):
            continue
        client.force_login(qui)
        for lue in ("/espace/", "/espace/dossiers/?etat=tous", adresse(dossier)):
            dit = client.get(lue).content.decode()
            assert ">à lire</span>" not in dit, (role, lue)
            assert "message à lire</span>" not in dit, (role, lue)
        assert (
            dossier.reference
            not in client.get("/espace/dossiers/?marque=messages").content.decode()
        ), role
    assert not messages_a_lire(Acteur(monde.alice, soutien=monde.ana)).exists()
    assert messages_a_lire(Acteur(monde.alice)).exists()
    # Nor to an examiner who said that they know the candidate.
    ecrire(client, monde.alice, dossier, "Bonjour.")
    assert messages_a_lire(Acteur(monde.ana)).exists()
    Deport.objects.create(dossier=dossier, personne=monde.ana, le=timezone.now())
    assert not messages_a_lire(Acteur(monde.ana)).exists()
    assert messages_a_lire(Acteur(monde.emma)).exists()


def test_un_modele_se_corrige_et_l_on_revient_au_dossier(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    suite = "?liste=etat%3Da_faire"
    vers = f"/espace/modeles/?de={dossier.reference}&liste=etat%3Da_faire"
    assert vers.replace("&", "&amp;") in page(client, monde.emma, f"{adresse(dossier)}{suite}")
    envoyer(client, monde.emma, "/espace/modeles/", titre="Un", texte="Le premier.")
    envoyer(client, monde.emma, "/espace/modeles/", titre="Deux", texte="Le second.")
    un = Modele.objects.get(titre="Un")
    dit = page(client, monde.emma, vers)
    assert f'href="{adresse(dossier)}{suite}"' in dit
    corriger = f"/espace/modeles/{un.pk}/"
    for titre, texte in (("", "x"), ("Deux", "x"), ("Un", "")):
        refus = envoyer(client, monde.emma, corriger, 422, titre=titre, texte=texte)
        assert refus.content.decode().count('role="alert"') == 1
    envoyer(client, monde.alice, corriger, 404, titre="Un", texte="x")
    reponse = envoyer(
        client, monde.emma, f"{corriger}?de={dossier.reference}", titre="Un", texte="Mieux dit."
    )
    assert reponse.headers["Location"] == f"/espace/modeles/?de={dossier.reference}"
    un.refresh_from_db()
    assert (un.titre, un.texte, un.par) == ("Un", "Mieux dit.", monde.emma)
    assert "Mieux dit." in page(client, monde.ana, adresse(dossier))
    assert verifier() is None
