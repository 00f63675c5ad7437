"""A slot is noted, counter-signed once, then corrected in the open; nothing is half-done."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from binome.courrier.models import Message
from binome.dossiers.models import Dossier
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.presences.constat import ABSENT, PRESENT, CeQuiSEstPasse
from binome.presences.etats import EtatDePresence
from binome.presences.gel import absentes_a_noter, corriger, noter
from binome.presences.models import Presence, Signature
from binome.presences.recevoir import recevoir
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS
from binome.sessions.models import Creneau, Inscription
from tests.presences.suivi import Suivi, recue


def relu(suivi: Suivi) -> Creneau:
    return Creneau.objects.select_related("session__site").get(pk=suivi.creneau.pk)


def signer(suivi: Suivi, **autres: Any) -> None:
    recevoir(suivi.bob, relu(suivi), [recue(suivi.parcours, **autres)], maintenant=timezone.now())


def geler(suivi: Suivi) -> None:
    un = relu(suivi)
    faire(CRENEAUX, "geler", un, suivi.bob, version=un.version)


def tenue(suivi: Suivi) -> Presence:
    return Presence.objects.select_related(
        "creneau__session", "parcours__dossier", "parcours__organisme"
    ).get(creneau=suivi.creneau, etat=EtatDePresence.EN_VIGUEUR)


def dite(suivi: Suivi) -> tuple[str, int, bool]:
    une = tenue(suivi)
    return une.nature, une.minutes, une.signee


def test_qui_a_signe_etait_la_tout_le_creneau(suivi: Suivi) -> None:
    signer(suivi)
    geler(suivi)
    assert dite(suivi) == (PRESENT, 210, True)
    assert relu(suivi).etat == EtatDeCreneau.GELE
    assert not list(differences())
    assert verifier() is None


def test_qui_n_a_rien_signe_est_absent(suivi: Suivi) -> None:
    geler(suivi)
    assert dite(suivi) == (ABSENT, 0, False)


@pytest.mark.parametrize(
    ("constat", "minutes"),
    [
        (CeQuiSEstPasse(PRESENT, 20, 0, 0), 190),
        (CeQuiSEstPasse(PRESENT, 20, 15, 10), 165),
        (CeQuiSEstPasse(PRESENT, 0, 0, 209), 1),
    ],
)
def test_les_minutes_notees_sont_otees(suivi: Suivi, constat: CeQuiSEstPasse, minutes: int) -> None:
    signer(suivi)
    noter(suivi.bob, relu(suivi), suivi.parcours.pk, constat)
    geler(suivi)
    assert dite(suivi) == (PRESENT, minutes, True)


def test_note_la_sans_signature_rien_n_est_prouve(suivi: Suivi) -> None:
    noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse())
    geler(suivi)
    assert dite(suivi) == (PRESENT, 210, False)


def test_signe_par_un_autre_note_absent_reste_absent(suivi: Suivi) -> None:
    signer(suivi)
    noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse(ABSENT))
    geler(suivi)
    assert dite(suivi) == (ABSENT, 0, False)
    assert Signature.objects.count() == 1


def test_on_note_de_nouveau_tant_que_rien_n_est_contresigne(suivi: Suivi) -> None:
    note = noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse(PRESENT, 10))
    noter(
        suivi.alice,
        relu(suivi),
        suivi.parcours.pk,
        CeQuiSEstPasse(PRESENT, 30),
        version=note.version,
    )
    with pytest.raises(Depasse):
        noter(
            suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse(ABSENT), version=note.version
        )
    assert Presence.objects.get().retard == 30
    geler(suivi)
    assert Presence.objects.count() == 1
    with pytest.raises(GesteImpossible, match="corrigez"):
        noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse(ABSENT))


@pytest.mark.parametrize(
    "constat",
    [
        CeQuiSEstPasse(PRESENT, 210),
        CeQuiSEstPasse(PRESENT, 100, 100, 10),
        CeQuiSEstPasse(ABSENT, 5),
    ],
)
def test_ce_qui_ne_laisse_rien_du_creneau_est_refuse(suivi: Suivi, constat: CeQuiSEstPasse) -> None:
    with pytest.raises(GesteImpossible):
        noter(suivi.bob, relu(suivi), suivi.parcours.pk, constat)


def test_rien_ne_se_contresigne_avant_le_debut(suivi: Suivi) -> None:
    debut = timezone.now() + timedelta(minutes=1)
    Creneau.objects.update(debut=debut, fin=debut + timedelta(hours=3))
    with pytest.raises(GesteImpossible, match="pas commencé"):
        geler(suivi)
    assert relu(suivi).etat == EtatDeCreneau.PREVU
    assert not Presence.objects.exists()


def test_une_panne_au_milieu_ne_laisse_rien(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    signer(suivi)

    def tomber(*_: object, **__: object) -> None:
        raise OSError("le disque est plein")

    monkeypatch.setattr("binome.presences.gel.naitre", tomber)
    with pytest.raises(OSError, match="plein"):
        geler(suivi)
    assert relu(suivi).etat == EtatDeCreneau.PREVU
    assert not Presence.objects.exists()


def test_une_seule_presence_tient(suivi: Suivi) -> None:
    geler(suivi)
    une = tenue(suivi)
    une.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        une.save(force_insert=True)


def test_une_signature_arrivee_apres_se_propose_et_ne_compte_pas(suivi: Suivi) -> None:
    avant = timezone.now()
    geler(suivi)
    signer(suivi, signee_le=avant - timedelta(minutes=5))
    assert dite(suivi) == (ABSENT, 0, False)
    page = bob(suivi).get(chemin(suivi)).content.decode()
    assert "ne compte pas encore" in page
    ancienne = tenue(suivi)
    corriger(suivi.bob, ancienne, CeQuiSEstPasse(), "tardive", version=ancienne.version)
    assert dite(suivi) == (PRESENT, 210, True)


def test_une_correction_garde_ce_qu_elle_remplace_et_se_dit(suivi: Suivi) -> None:
    Dossier.objects.update(exemple=False)
    signer(suivi)
    geler(suivi)
    ancienne = tenue(suivi)
    corriger(suivi.bob, ancienne, CeQuiSEstPasse(PRESENT, 20), "heure", version=ancienne.version)
    nouvelle = tenue(suivi)
    assert (nouvelle.remplace, nouvelle.raison, nouvelle.minutes) == (ancienne, "heure", 190)
    assert nouvelle.par == suivi.monde.bob
    message = Message.objects.latest("pk")
    assert message.destinataire == suivi.monde.lea.courriel
    assert "heure d’arrivée ou de départ" in message.texte
    page = bob(suivi).get(chemin(suivi)).content.decode()
    assert "<s>" in page
    assert not mail.outbox
    assert not [un for un in differences() if un.table != "dossiers.dossier"]
    with pytest.raises(GesteImpossible):
        corriger(suivi.bob, ancienne, CeQuiSEstPasse(), "heure", version=ancienne.version + 1)


@pytest.mark.parametrize("raison", ["", "maladie"])
def test_une_correction_sans_raison_de_la_liste_est_refusee(suivi: Suivi, raison: str) -> None:
    geler(suivi)
    une = tenue(suivi)
    with pytest.raises(GesteImpossible, match="raison"):
        corriger(suivi.bob, une, CeQuiSEstPasse(), raison, version=une.version)
    assert dite(suivi) == (ABSENT, 0, False)


def bob(suivi: Suivi) -> Client:
    un = Client()
    un.force_login(suivi.monde.bob)
    return un


def chemin(suivi: Suivi, fin: str = "") -> str:
    return f"/espace/creneaux/{suivi.creneau.uid}/presences/{fin}"


def test_deux_taps_notent_qui_arrive(suivi: Suivi) -> None:
    def depuis_le_debut() -> int:
        return int((timezone.now() - suivi.creneau.debut).total_seconds()) // 60

    # The slot is as old as the world that is remembered: minutes, on a loaded machine.
    avant = depuis_le_debut()
    bob(suivi).post(chemin(suivi, f"noter/{suivi.parcours.pk}/"), {"quoi": "arrive"})
    assert avant >= 200
    assert avant <= Presence.objects.get().retard <= depuis_le_debut()


def test_un_double_appui_contresigne_une_fois(suivi: Suivi) -> None:
    signer(suivi)
    un, version = bob(suivi), relu(suivi).version
    faits = [un.post(chemin(suivi, "geler/"), {"version": version}) for _ in range(2)]
    assert [une.status_code for une in faits] == [302, 302]
    assert "déjà contresigné" in un.get(chemin(suivi)).content.decode()
    assert Presence.objects.count() == 1


def test_seule_la_personne_qui_anime_contresigne(suivi: Suivi) -> None:
    alice = Client()
    alice.force_login(suivi.monde.alice)
    assert alice.post(chemin(suivi, "geler/"), {"version": 1}).status_code == 403
    assert "Contresigner le créneau" not in alice.get(chemin(suivi)).content.decode()
    assert "Contresigner le créneau" in bob(suivi).get(chemin(suivi)).content.decode()


def test_ce_qui_ne_se_lit_pas_revient_avec_une_phrase(suivi: Suivi) -> None:
    page = bob(suivi).post(
        chemin(suivi, f"noter/{suivi.parcours.pk}/"), {"quoi": "minutes", "retard": "vingt"}
    )
    assert page.status_code == 422
    assert "minutes entières" in page.content.decode()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_deux_contresignatures_au_meme_instant_en_font_une(suivi: Suivi) -> None:
    signer(suivi)
    depart, issues = threading.Barrier(3), []
    version = relu(suivi).version

    def essayer() -> None:
        un = relu(suivi)
        depart.wait()
        try:
            faire(CRENEAUX, "geler", un, suivi.bob, version=version)
            issues.append("fait")
        except Depasse:
            issues.append("depasse")
        finally:
            connection.close()

    fils = [threading.Thread(target=essayer) for _ in range(3)]
    for un in fils:
        un.start()
    for un in fils:
        un.join()
    assert sorted(issues) == ["depasse", "depasse", "fait"]
    assert Presence.objects.count() == 1


def _deplacer(suivi: Suivi) -> None:
    un = relu(suivi)
    donnees = {"jour": "2027-01-12", "de": "9:00", "a": "20:00", "confirme": "oui"}
    faire(CRENEAUX, "deplacer", un, suivi.alice, version=un.version, donnees=donnees)


def test_un_creneau_signe_ne_se_deplace_ni_ne_s_allonge(suivi: Suivi) -> None:
    debut = relu(suivi).debut
    signer(suivi)
    with pytest.raises(GesteImpossible, match="Une personne l’a signé : il ne"):
        _deplacer(suivi)
    assert relu(suivi).debut == debut
    Signature.objects.update(etat="ecartee")
    _deplacer(suivi)
    assert relu(suivi).minutes == 660


def test_un_creneau_dont_on_a_note_quelque_chose_ne_se_deplace_pas(suivi: Suivi) -> None:
    noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse(PRESENT, retard=5))
    with pytest.raises(GesteImpossible, match="déjà noté"):
        _deplacer(suivi)
    assert relu(suivi).minutes == 210


def test_ce_qui_fut_signe_reste_lu_de_qui_l_a_signe_meme_annule(suivi: Suivi) -> None:
    signer(suivi)
    un = relu(suivi)
    faire(CRENEAUX, "annuler", un, suivi.alice, version=un.version)
    client = Client()
    client.force_login(suivi.monde.lea)
    page = client.get(f"/espace/suivis/parcours/{suivi.parcours.pk}/").content.decode()
    assert "annulé depuis" in page
    assert "Signé à" in page


def test_un_numero_trop_grand_n_est_personne(suivi: Suivi) -> None:
    client = Client()
    client.force_login(suivi.monde.bob)
    adresse = f"/espace/creneaux/{suivi.creneau.uid}/presences/noter/{10**24}/"
    assert client.post(adresse, {"version": "0", "quoi": "absent"}).status_code == 404


def presences_de_bob(suivi: Suivi) -> str:
    bob = Client()
    bob.force_login(suivi.monde.bob)
    page = bob.get(f"/espace/creneaux/{suivi.creneau.uid}/presences/").content.decode()
    return page.replace("\u202f", " ")


def test_le_bouton_dit_qui_sera_absent_comme_le_gel_le_fera(suivi: Suivi) -> None:
    dite = "1 personne n’a pas signé : elle sera notée absente."
    assert dite in presences_de_bob(suivi)
    assert absentes_a_noter(relu(suivi)) == 1
    noter(suivi.bob, relu(suivi), suivi.parcours.pk, CeQuiSEstPasse())
    assert absentes_a_noter(relu(suivi)) == 0
    assert "pas signé" not in presences_de_bob(suivi)


def test_qui_a_signe_ne_sera_pas_absent(suivi: Suivi) -> None:
    signer(suivi)
    assert "pas signé :" not in presences_de_bob(suivi)
    Signature.objects.update(etat="ecartee")
    assert absentes_a_noter(relu(suivi)) == 1
    geler(suivi)
    assert dite(suivi) == (ABSENT, 0, False)


def test_la_signature_d_un_creneau_fini_ne_s_ouvre_plus(suivi: Suivi) -> None:
    assert "Ouvrir la signature" in presences_de_bob(suivi)
    fin = timezone.now() - timedelta(minutes=31)
    Creneau.objects.update(debut=fin - timedelta(hours=3), fin=fin)
    page = presences_de_bob(suivi)
    assert "Ouvrir la signature" not in page
    assert "sans signature, ces heures ne sont pas prouvées" in page
    assert "Signer sur une tablette" in page
    un = relu(suivi)
    with pytest.raises(GesteImpossible, match="tablette ou sur la feuille de papier"):
        faire(CRENEAUX, "ouvrir", un, suivi.bob, version=un.version)
    assert relu(suivi).etat == EtatDeCreneau.PREVU


def test_le_code_d_un_creneau_fini_dit_quoi_faire(suivi: Suivi) -> None:
    fin = timezone.now() - timedelta(minutes=31)
    Creneau.objects.update(debut=fin - timedelta(hours=3), fin=fin, etat=EtatDeCreneau.OUVERT)
    bob = Client()
    bob.force_login(suivi.monde.bob)
    page = bob.get(f"/espace/creneaux/{suivi.creneau.uid}/code/").content.decode()
    assert "le code ne signe plus" in page.replace("\u202f", " ")
    assert "code-court" not in page
    assert "Afficher le code" not in presences_de_bob(suivi)


def test_qui_a_signe_puis_fut_retire_etait_la(suivi: Suivi) -> None:
    signer(suivi)
    inscription = Inscription.objects.get(parcours=suivi.parcours)
    faire(
        INSCRIPTIONS, "retirer", inscription, suivi.alice, version=inscription.version,
        donnees={"raison": "erreur"},
    )  # fmt: skip
    geler(suivi)
    assert dite(suivi) == (PRESENT, 210, True)
