"""Minutes: frozen when the jury closes, the same bytes made twice, sealed and shelved; whom juries tell; what is erased."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from binome.conservation.export import donnees_de
from binome.courrier.models import Message
from binome.dossiers.effacement import anonymiser
from binome.gestes.refus import GesteImpossible
from binome.impression.pdf import pdf_du_proces_verbal
from binome.jurys.flows import JURYS, MEMBRES, PLACES, PRESENTATIONS
from binome.jurys.models import DecisionDeBloc, Jury, MembreDeJury, ProcesVerbal
from binome.jurys.rayons import PROCES_VERBAUX, RENDEZ_VOUS
from binome.jurys.sceller import imprime, pourquoi_rompu, sceller_les_proces_verbaux
from binome.jurys.services import deposer_un_recours, donner_des_places, preparer_un_jury
from tests.jurys.vie import RELU, geste, ouvrir, place, voter

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.jurys.vie import VieDeJury


def _clore(vie: VieDeJury) -> VieDeJury:
    vie = ouvrir(vie)
    for bloc in (1, 2, 4):
        voter(vie, bloc, raison=RELU)
    voter(vie, 3, "ajourne", raison="Une situation manque.")
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    return vie.relire()


def _texte(contenu: bytes) -> str:
    pages = PdfReader(BytesIO(contenu)).pages
    return " ".join(" ".join(une.extract_text() for une in pages).split())


def test_le_proces_verbal_se_scelle_et_se_refait_au_meme_octet(vie: VieDeJury) -> None:
    vie = _clore(vie)
    assert sceller_les_proces_verbaux() == 1
    scelle = ProcesVerbal.objects.get()
    assert pourquoi_rompu(scelle) is None
    lu = _texte(PROCES_VERBAUX.lire(scelle.fichier))
    for mot in ("SPÉCIMEN", vie.parcours.dossier.reference, "Aude D’essai", "Ajourné"):
        assert mot in lu
    assert vie.parcours.dossier.personne not in lu
    # What changes afterwards changes nothing of it.
    avant = pdf_du_proces_verbal(imprime(scelle))
    MembreDeJury.objects.filter(pk=vie.membres[0].pk).update(nom="Autre")
    assert pdf_du_proces_verbal(imprime(ProcesVerbal.objects.get())) == avant
    assert sceller_les_proces_verbaux() == 0
    client, papier = Client(), PROCES_VERBAUX.chemin_de(scelle.fichier)
    client.force_login(vie.ana.personne)
    adresse = reverse("proces-verbal-de-jury", args=[vie.jury.pk])
    assert client.get(adresse).content == papier.read_bytes()
    papier.chmod(0o600)
    papier.write_bytes(papier.read_bytes() + b" ")
    assert client.get(adresse).status_code == 404, "altered"
    papier.unlink()
    perdu = client.get(adresse)
    assert (perdu.status_code, "abîmé ou perdu" in perdu.content.decode()) == (404, True)


def test_sans_presidence_le_jury_ne_se_clot_pas(vie: VieDeJury) -> None:
    vie = ouvrir(vie)
    for bloc in (1, 2, 3, 4):
        voter(vie, bloc, raison=RELU)

    geste(PLACES, "ne_plus_presider", place(vie, vie.membres[0]), vie.ana)
    with pytest.raises(GesteImpossible, match="Dites qui préside"):
        geste(JURYS, "clore", vie.relire().jury, vie.ana)


def test_la_convocation_part_avec_le_rendez_vous(vie: VieDeJury, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    message = Message.objects.get(destinataire="aude@jury.exemple.fr")
    assert "convoque au jury" in message.texte
    (joint,) = message.pieces_jointes
    agenda = RENDEZ_VOUS.lire(joint["fichier"]).decode()
    assert "Salle d’essai" in agenda
    assert "T083000Z" in agenda or "T073000Z" in agenda
    geste(JURYS, "annuler", vie.relire().jury, vie.ana, motif="Salle fermée.")
    annonces = Message.objects.filter(destinataire="aude@jury.exemple.fr").order_by("pk")
    assert "a annulé le jury" in annonces[1].texte
    (ote,) = annonces[1].pieces_jointes
    assert _evenement(ote["fichier"])["STATUS"] == "CANCELLED"
    assert _evenement(ote["fichier"])["UID"] == _evenement(joint["fichier"])["UID"]
    assert Jury.objects.get().etat == "annule"


def _evenement(fichier: str) -> Any:
    (un,) = Calendar.from_ical(RENDEZ_VOUS.lire(fichier)).walk("VEVENT")
    return un


def test_un_jury_convoque_change_de_jour_et_qui_siege_l_apprend(
    vie: VieDeJury, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    jour = timezone.localdate() + timedelta(days=8)
    fait = geste(JURYS, "regler", vie.relire().jury, vie.ana, jour=jour, heure="14:00")
    assert "Aude D’essai n’a pas dit être libre ce jour-là." in fait.sans_nouvelles
    jury = vie.relire().jury
    assert (jury.etat, jury.jour, jury.heure) == ("convoque", jour, "14:00")
    assert vie.relire().presentation.etat == "a_examiner"
    convoque, deplace = Message.objects.filter(destinataire="aude@jury.exemple.fr").order_by("pk")
    assert "à 14 h 00" in deplace.texte.replace("\u00a0", " ").replace("\u202f", " ")
    avant, apres = (_evenement(un.pieces_jointes[0]["fichier"]) for un in (convoque, deplace))
    assert avant["UID"] == apres["UID"]
    assert avant["SEQUENCE"] < apres["SEQUENCE"]
    assert timezone.localtime(apres.decoded("DTSTART")).date() == jour


def test_qui_est_presente_apprend_le_jour_du_jury_et_ce_qui_y_change(
    vie: VieDeJury, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    page, lea = f"/espace/suivis/parcours/{vie.parcours.pk}/", vie.monde.lea

    def sujets() -> list[str]:
        recus = Message.objects.filter(destinataire=lea.courriel, cle__contains="-candidat:")
        return [un.sujet.partition(":")[2].strip() for un in recus.order_by("pk")]

    client.force_login(lea)
    assert "Votre dossier y passe" not in client.get(page).content.decode()
    geste(JURYS, "regler", vie.jury, vie.ana, lieu="Autre salle")
    assert sujets() == []
    geste(JURYS, "convoquer", vie.relire().jury, vie.ana)
    for adresse, dit in ((page, "Votre dossier y passe"), ("/espace/", "Votre dossier passe")):
        assert dit in client.get(adresse).content.decode()
    client.force_login(vie.monde.alice)
    assert "Son dossier y passe" in client.get(page).content.decode()
    geste(JURYS, "regler", vie.relire().jury, vie.ana, heure="15:00")
    geste(JURYS, "annuler", vie.relire().jury, vie.ana, motif="Salle fermée.")
    assert sujets() == [
        "votre passage devant le jury",
        "votre passage devant le jury change",
        "vous ne passez plus devant ce jury",
    ]
    assert "y passe" not in client.get(page).content.decode()


def test_qui_est_retire_d_une_seance_ouverte_l_apprend(vie: VieDeJury, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    vie = ouvrir(vie)
    geste(PRESENTATIONS, "retirer", vie.presentation, vie.ana)
    recus = Message.objects.filter(destinataire=vie.monde.lea.courriel)
    assert "ne passez plus devant ce jury" in recus.latest("pk").sujet


def test_un_jury_ne_se_deplace_ni_hier_ni_sans_heure_ni_quand_on_siege_ailleurs(
    vie: VieDeJury,
) -> None:
    demain = timezone.localdate() + timedelta(days=1)
    autre = preparer_un_jury(vie.ana, vie.monde.branche, {"jour": demain, "heure": "9:00"})
    donner_des_places(vie.ana, autre, [vie.membres[0].pk])
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    for dit, change in (
        ("à venir, ou aujourd’hui", {"jour": demain - timedelta(days=2)}),
        ("donnez-en une", {"heure": ""}),
        ("Aude D’essai siège déjà", {"jour": demain}),
    ):
        with pytest.raises(GesteImpossible, match=dit):
            geste(JURYS, "regler", vie.relire().jury, vie.ana, **change)
    assert vie.relire().jury.jour == timezone.localdate()


def test_sans_heure_rien_ne_se_convoque(vie: VieDeJury) -> None:
    Jury.objects.update(heure="")
    with pytest.raises(GesteImpossible, match="l’heure de début"):
        geste(JURYS, "convoquer", vie.relire().jury, vie.ana)


def test_le_courriel_dit_qu_un_resultat_est_la_et_pas_lequel(
    vie: VieDeJury, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    vie = _clore(vie)
    message = Message.objects.get(
        destinataire=vie.monde.lea.courriel, sujet__contains="le jury a rendu"
    )
    assert f"/espace/suivis/parcours/{vie.parcours.pk}/" in message.texte
    for mot in ("ajourn", "valid", "manque"):
        assert mot not in message.texte.lower()


def test_un_recours_se_dit_a_qui_organise(vie: VieDeJury, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    vie = _clore(vie)
    deposer_un_recours(vie.lea, vie.presentation, "J’ai traité cette situation.")
    message = Message.objects.get(destinataire=vie.monde.ana.courriel, sujet__contains="un recours")
    assert "J’ai traité" not in message.texte


def test_effacer_la_personne_garde_la_decision_sans_ses_mots(vie: VieDeJury) -> None:
    vie = _clore(vie)
    dites = donnees_de(vie.monde.lea)
    assert "Une situation manque." in str(dites)
    anonymiser(vie.parcours.dossier_id, auteur=vie.monde.lea.sujet, motif="Demande de la personne")
    ajournee = DecisionDeBloc.objects.get(bloc=3)
    assert (ajournee.issue, ajournee.raison) == ("ajourne", "Motif effacé avec le dossier.")
    assert ProcesVerbal.objects.get().dit["candidats"]


def test_effacer_qui_siege_garde_le_proces_verbal(vie: VieDeJury) -> None:
    vie = _clore(vie)
    aude = MembreDeJury.objects.get(pk=vie.membres[0].pk)
    geste(MEMBRES, "effacer", aude, vie.ana)
    efface = MembreDeJury.objects.get(pk=aude.pk)
    assert (efface.nom, efface.courriel, efface.organismes) == ("", "", [])
    assert "Aude" in str(ProcesVerbal.objects.get().dit)
