"""What who sits says of themselves: their ties, their days, and that they will not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.courrier.models import Message
from binome.jurys.flows import JURYS
from binome.jurys.models import MembreDeJury
from tests.dossiers.monde import personne
from tests.jurys.test_pages import lire
from tests.jurys.vie import geste, ouvrir, place

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from tests.jurys.vie import VieDeJury


def test_qui_siege_dit_ses_liens_et_ses_jours(vie: VieDeJury, client: Client) -> None:
    aude = personne("aude")
    membre = vie.membres[0]
    MembreDeJury.objects.filter(pk=membre.pk).update(compte=aude, courriel=aude.courriel)
    client.force_login(aude)
    page = lire(client, "/espace/jurys/mes-liens/")
    assert vie.parcours.dossier.personne in page
    envoi = {
        "version": "1", "organismes": "Organisme A", "employeurs": "", "connus": [vie.parcours.pk],
        "jours": "31/03/2027\n01/04/2027", "au_plus": "3",
        "departement": "64",
    }  # fmt: skip
    reponse = client.post("/espace/jurys/mes-liens/", {**envoi, "organismes": "Inconnu"})
    assert "donnez son nom exact" in reponse.content.decode()
    assert client.post("/espace/jurys/mes-liens/", envoi).status_code == 302
    relu = MembreDeJury.objects.get(pk=membre.pk)
    assert relu.organismes == [vie.monde.organisme.pk]
    assert relu.connus == [vie.parcours.pk]
    assert relu.jours == ["2027-03-31", "2027-04-01"]
    assert relu.departement == "64"
    client.force_login(vie.monde.bob)
    lire(client, "/espace/jurys/mes-liens/", 404)


def test_qui_siege_dit_qu_il_ne_viendra_pas_et_la_branche_le_sait(
    vie: VieDeJury, client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    aude, bob = personne("aude"), vie.monde.bob
    MembreDeJury.objects.filter(pk=vie.membres[0].pk).update(compte=aude, courriel=aude.courriel)
    geste(JURYS, "convoquer", vie.relire().jury, vie.ana)
    sienne = place(vie, vie.membres[0])
    adresse = f"/espace/jurys/mes-liens/{sienne.pk}/decliner/"
    client.force_login(bob)
    assert client.post(adresse, {"version": sienne.version}).status_code == 404
    client.force_login(aude)
    assert f'action="{adresse}"' in lire(client, "/espace/jurys/mes-liens/")
    assert client.post(adresse, {"version": sienne.version}).status_code == 302
    sienne.refresh_from_db()
    assert sienne.etat == "retiree"
    assert vie.jury.jour.isoformat() not in MembreDeJury.objects.get(pk=vie.membres[0].pk).jours
    (lettre,) = Message.objects.filter(sujet="Aude D’essai ne pourra pas siéger")
    assert lettre.destinataire == vie.monde.ana.courriel
    assert "Sa place est libre" in " ".join(lettre.texte.split())
    client.force_login(vie.monde.ana)
    assert "Aude D’essai" not in lire(client, f"/espace/jurys/{vie.jury.pk}/")


def test_une_place_ne_se_quitte_plus_une_fois_la_seance_ouverte(
    vie: VieDeJury, client: Client
) -> None:
    aude = personne("aude")
    MembreDeJury.objects.filter(pk=vie.membres[0].pk).update(compte=aude, courriel=aude.courriel)
    vie = ouvrir(vie, absents=(0,))
    client.force_login(aude)
    sienne = place(vie, vie.membres[0])
    suite = client.post(
        f"/espace/jurys/mes-liens/{sienne.pk}/decliner/", {"version": sienne.version}, follow=True
    )
    assert "N’est pas là" in suite.content.decode()
    sienne.refresh_from_db()
    assert sienne.etat == "absente"
