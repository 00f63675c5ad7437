"""The tablet's page and its door: who opens them, what is read, what is refused, and the clock that was wrong."""

from __future__ import annotations

import base64
import json
import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from binome.comptes.garde import envois_de
from binome.gestes.services import faire
from binome.habillage.envois_recus import LotIllisible
from binome.presences.models import Signature
from binome.presences.tablette_lecture import OCTETS, lire_le_lot
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.heures import heure_dite
from tests.presences.suivi import Suivi, dessin

if TYPE_CHECKING:
    from datetime import datetime

    from binome.comptes.models import Personne


def ligne(suivi: Suivi, **autres: Any) -> dict[str, Any]:
    """A signature as the outbox sends it."""
    voulue = {
        "uid": str(uuid.uuid4()), "parcours": suivi.parcours.pk, "appareil": "tablette-1",
        "signee_le": (timezone.now() - timedelta(minutes=1)).isoformat(),
        "image": base64.b64encode(dessin()).decode(),
    }  # fmt: skip
    return {**voulue, **autres}


def client_de(qui: Personne) -> Client:
    client = Client()
    client.force_login(qui)
    return client


def envoyer(
    suivi: Suivi,
    *lignes: dict[str, Any],
    qui: Personne | None = None,
    a: datetime | None = None,
    client: Client | None = None,
) -> tuple[int, dict[str, Any]]:
    """What the door answers to a lot that leaves at an instant of the device."""
    corps = json.dumps(
        {"envoye_le": (a or timezone.now()).isoformat(), "envois": lignes}, default=str
    )
    adresse = f"/espace/creneaux/{suivi.creneau.uid}/signatures/"
    client = client or client_de(qui or suivi.monde.bob)
    reponse = client.post(adresse, corps, content_type="application/json")
    return reponse.status_code, reponse.json()


def page(suivi: Suivi, qui: Personne | None = None) -> str:
    adresse = f"/espace/creneaux/{suivi.creneau.uid}/tablette/"
    return client_de(qui or suivi.monde.bob).get(adresse).content.decode()


@pytest.mark.parametrize("combien", [5, pytest.param(100, marks=pytest.mark.long(3))])
def test_cent_envois_de_la_meme_signature_en_font_une(suivi: Suivi, combien: int) -> None:
    une, client = ligne(suivi), client_de(suivi.monde.bob)
    etats = [envoyer(suivi, une, client=client)[1]["envois"][0]["etat"] for _ in range(combien)]
    assert etats == ["recue", *["deja_recue"] * (combien - 1)]
    assert Signature.objects.count() == 1


def test_une_horloge_en_retard_d_une_heure_est_corrigee_et_dite(suivi: Suivi) -> None:
    """The device says an hour less, when it signs and when it sends."""
    vraie = timezone.now() - timedelta(minutes=10)
    retard = timedelta(hours=1)
    statut, rendu = envoyer(
        suivi, ligne(suivi, signee_le=(vraie - retard).isoformat()), a=timezone.now() - retard
    )
    assert (statut, rendu["envois"][0]["etat"]) == (200, "recue")
    signature = Signature.objects.get()
    assert abs((signature.signee_le - vraie).total_seconds()) < 5
    assert signature.retard_d_horloge is not None
    assert abs(signature.retard_d_horloge - 3600) < 5


def test_une_horloge_juste_n_est_pas_corrigee_du_temps_de_l_envoi(suivi: Suivi) -> None:
    envoyer(suivi, ligne(suivi), a=timezone.now() - timedelta(seconds=4))
    assert Signature.objects.get().retard_d_horloge == 0


def test_une_ligne_refusee_dit_pourquoi_et_laisse_passer_les_autres(suivi: Suivi) -> None:
    bonne, autre, vide = ligne(suivi), ligne(suivi, parcours=999_999), ligne(suivi, image="!")
    statut, rendu = envoyer(suivi, autre, bonne, vide)
    assert statut == 200
    assert [un["etat"] for un in rendu["envois"]] == ["refusee", "recue", "refusee"]
    assert [bool(un["phrase"]) for un in rendu["envois"]] == [True, False, True]
    assert str(Signature.objects.get().uid) == bonne["uid"]


@pytest.mark.parametrize(
    "corps",
    [
        b"", b"{}", b"[]", b"\xff", b'{"envoye_le": "hier", "envois": []}', b"[" * 100_000,
        b'{"envoye_le": "2027-01-11T09:00:00", "envois": [{}]}',
        b'{"envoye_le": "2027-01-11T09:00:00+00:00", "envois": []}',
        b'{"envoye_le": "2027-01-11T09:00:00+00:00", "envois": [{"uid": "x"}]}',
        b'{"envoye_le": "2027-01-11T09:00:00+00:00", "envois": [{"uid": 1, "parcours": true}]}',
        b'{"envoye_le": "0001-01-01T00:00:00+14:00", "envois": [{}]}',
    ],
)  # fmt: skip
def test_ce_qui_ne_se_lit_pas_est_refuse_en_une_phrase(corps: bytes) -> None:
    with pytest.raises(LotIllisible, match=r"lisible|porte de"):
        lire_le_lot(corps, timezone.now())


def test_un_envoi_trop_lourd_le_dit(suivi: Suivi) -> None:
    statut, rendu = envoyer(suivi, ligne(suivi, image="A" * OCTETS))
    assert statut == 413
    assert "trop lourd" in rendu["phrase"]


def test_qui_ne_forme_pas_la_ne_remet_rien(suivi: Suivi) -> None:
    """The person signs by a code, not on somebody's tablet; another organisation knows nothing of the slot."""
    assert envoyer(suivi, ligne(suivi), qui=suivi.monde.charlie)[0] == 404
    statut, rendu = envoyer(suivi, ligne(suivi), qui=suivi.monde.lea)
    assert statut == 403
    assert "Seules les personnes qui forment dans cet organisme" in rendu["phrase"]
    assert not Signature.objects.exists()
    assert envoyer(suivi, ligne(suivi), qui=suivi.monde.alice)[0] == 200


def test_remplacer_qui_enseigne_ne_perd_pas_ce_qui_est_signe_sur_sa_tablette(suivi: Suivi) -> None:
    """Signed without network on Bob's tablet, Bob replaced, then the network: received, and known as sent by Bob."""
    une = ligne(suivi)
    donnees = {
        "formateur": str(suivi.monde.alice.pk),
        "modalite": "sur_place",
        "salle": "",
        "lien": "",
    }
    faire(
        CRENEAUX, "changer", suivi.creneau, suivi.alice, version=suivi.creneau.version, donnees=donnees
    )  # fmt: skip
    assert Creneau.objects.get(pk=suivi.creneau.pk).formateur == suivi.monde.alice
    statut, rendu = envoyer(suivi, une)
    assert (statut, rendu["envois"][0]["etat"]) == (200, "recue")
    signature = Signature.objects.get()
    assert (str(signature.uid), signature.par) == (une["uid"], suivi.monde.bob)
    # What comes in is taken; the page that gathers is for who teaches the slot now.
    assert "Seule la personne qui anime" in page(suivi)


def test_la_page_nomme_qui_est_attendu_et_qui_a_signe(suivi: Suivi) -> None:
    avant = page(suivi)
    assert "Léa Exemple" in avant
    assert "Signature reçue" not in avant
    # Names only: nothing else of a person stays on a tablet.
    assert "lea@exemple.fr" not in avant
    assert suivi.parcours.dossier.reference not in avant
    envoyer(suivi, ligne(suivi))
    assert "Signature reçue" in page(suivi)


def test_la_page_est_gardee_pour_qui_l_ouvre(suivi: Suivi) -> None:
    adresse = f"/espace/creneaux/{suivi.creneau.uid}/tablette/"
    reponse = client_de(suivi.monde.bob).get(adresse)
    assert reponse.headers["X-Hors-Ligne"] == envois_de(suivi.monde.bob)
    assert 'data-gardee="oui"' in reponse.content.decode()
    assert "X-Hors-Ligne" not in client_de(suivi.monde.charlie).get(adresse).headers


@pytest.mark.parametrize(
    ("colonnes", "phrase"),
    [
        ({"etat": EtatDeCreneau.ANNULE}, "Ce créneau est annulé"),
        ({"etat": EtatDeCreneau.GELE, "gele_le": timezone.now()}, "Ce créneau est contresigné"),
        ({"modalite": "distance"}, "Ce créneau se suit à distance"),
    ],
)
def test_un_creneau_ferme_ne_propose_pas_de_signer(
    suivi: Suivi, colonnes: dict[str, Any], phrase: str
) -> None:
    Creneau.objects.filter(pk=suivi.creneau.pk).update(**colonnes)
    lue = page(suivi)
    assert phrase in lue.replace("\u202f", " ")
    assert "<canvas" not in lue


def test_avant_l_ouverture_la_page_gardee_dit_quand_et_servira_le_jour(suivi: Suivi) -> None:
    assert re.search(r"data-pas-encore hidden", page(suivi))
    debut = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
    Creneau.objects.filter(pk=suivi.creneau.pk).update(
        debut=debut, fin=debut + timedelta(minutes=210)
    )
    lue = page(suivi)
    heure = (debut - timedelta(minutes=15)).astimezone(suivi.creneau.session.site.fuseau)
    assert f"La signature ouvre à {heure_dite(heure)}" in lue.replace("\u202f", " ")
    assert "data-pas-encore hidden" not in lue
    # What signs is all there: the kept page opens by itself, with no network.
    assert f'data-ouvre="{heure.isoformat()}"' in lue
    assert 'data-tablette="ouverte"' in lue
    assert "<canvas" in lue
