"""The pages of épreuves: planned, convoked, judged, read by each as they may; a mail tells no reason."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binome.comptes.services import donner_role
from binome.courrier.models import Message
from binome.epreuves.accorder import accorder, donner_un_avis
from binome.epreuves.etats import EtatDeGrille, EtatDePassation
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
)
from binome.gestes.services import faire
from binome.reseau.models import SiteDeFormation
from binome.sessions.flows import CRENEAUX
from binome.sessions.horloge import dire_l_heure
from tests.epreuves.monde import commencer, epreuve, examen, grille, prevue, rendre

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


def client_de(qui: Personne) -> Client:
    client = Client()
    client.force_login(qui)
    return client


def lire(qui: Personne, nom: str, *args: Any, statut: int = 200) -> str:
    reponse = client_de(qui).get(reverse(nom, args=args))
    assert reponse.status_code == statut
    return " ".join(reponse.content.decode().split())


def poster(
    qui: Personne,
    nom: str,
    *args: Any,
    statut: int = 302,
    reponses: dict[str, str] | None = None,
    **dites: str,
) -> str:
    reponse = client_de(qui).post(reverse(nom, args=args), {**dites, **(reponses or {})})
    assert reponse.status_code == statut, reponse.content.decode()
    return " ".join(reponse.content.decode().split())


def test_de_la_session_a_la_convocation(monde: Monde, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    un = examen(monde)
    accorder(un.parcours, {"mesure": "temps", "temps": "1/3", "precision": "Au calme."}, un.alice)
    page = lire(monde.alice, "epreuves-de-la-session", un.session.pk)
    assert "<summary>1 personne : 1 sans rien de prévu</summary>" in page
    assert "Sans créneau : B1E2" in page
    poster(monde.alice, "prevoir-les-epreuves", un.session.pk, bloc="1", evaluateurs="1")
    poster(monde.alice, "prevoir-les-epreuves", un.session.pk, bloc="1", evaluateurs="1")
    (passation,) = Passation.objects.all()
    assert passation.parties == [27, 14]
    page = lire(monde.bob, "epreuves-de-la-session", un.session.pk)
    assert "Convoquer pour 1 épreuve" in page
    assert "<summary>1 personne : 1 prévue</summary>" in page
    for _ in range(2):
        poster(monde.alice, "convoquer-aux-epreuves", un.session.pk, bloc="1")
    (lettre,) = Message.objects.filter(cle__startswith="convocation:")
    assert lettre.destinataire == monde.lea.courriel
    assert f"/espace/epreuves/passations/{passation.pk}/epreuve.ics" in lettre.texte
    for mot in ("aménagement", "temps en plus", "tiers", "Au calme"):
        assert mot not in lettre.texte
    assert "BEGIN:VEVENT" in lire(monde.lea, "calendrier-de-l-epreuve", passation.pk)


def test_un_formulaire_de_session_refuse_en_mots(monde: Monde) -> None:
    un = examen(monde)
    alice = str(monde.alice.pk)
    page = poster(
        monde.alice, "prevoir-les-epreuves", un.session.pk, statut=422,
        bloc="1", evaluateurs="2", evaluateur=alice, second=alice,
    )  # fmt: skip
    assert "Choisissez deux personnes différentes." in page
    assert "Choisissez une personne de la liste." in poster(
        monde.alice, "prevoir-les-epreuves", un.session.pk, statut=422,
        bloc="1", evaluateurs="1", evaluateur=str(monde.charlie.pk),
    )  # fmt: skip


def test_une_grille_sans_script_refusee_revient_comme_ecrite(monde: Monde) -> None:
    un = examen(monde)
    passation = commencer(prevue(un))
    page = poster(
        monde.bob, "remplir-la-grille", passation.pk, statut=422,
        reponses={"verdict-B1M1C1": "acquis", "observation-B1M1C1": "Avec Madame Dupont."},
    )  # fmt: skip
    assert "Rien d’un patient" in page
    assert "Avec Madame Dupont." in page
    poster(monde.bob, "remplir-la-grille", passation.pk, reponses={"verdict-B1M1C1": "acquis"})
    (tenue,) = Grille.objects.all()
    page = lire(monde.bob, "passation", passation.pk)
    assert f'name="vue" value="{tenue.uid}"' in page
    poster(
        monde.bob, "remplir-la-grille", passation.pk,
        reponses={"vue": str(tenue.uid), "verdict-B1M1C1": "non_acquis"},
    )  # fmt: skip
    assert [une.etat for une in Grille.objects.order_by("pk")] == ["remplacee", "vigueur"]


def test_deux_grilles_se_departagent_sur_la_page(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    rendre(un.bob, grille(passation))
    rendre(un.bob, grille(passation, lignes=grille(passation).lignes[:2]))
    assert "Laquelle vaut ?" in lire(monde.bob, "grilles-du-creneau", un.creneau.uid)
    assert "Les grilles de cette épreuve" in lire(monde.bob, "presences-du-creneau", un.creneau.uid)
    autre = Grille.objects.get(etat=EtatDeGrille.A_CHOISIR)
    poster(monde.bob, "garder-la-grille", passation.pk, autre.pk, version=str(autre.version))
    autre.refresh_from_db()
    assert autre.etat == EtatDeGrille.EN_VIGUEUR


def test_la_porte_des_appareils(monde: Monde) -> None:
    un = examen(monde)
    passation = commencer(prevue(un))
    ligne = {
        "uid": "7b1f6a52-93c5-4a0b-9a53-0d5f2f5f0a01", "passation": passation.pk, "vue": None,
        "remplie_le": timezone.now().isoformat(), "appareil": "tablette-1",
        "lignes": [{"competence": "B1M1C1", "verdict": "acquis", "observation": ""}],
    }  # fmt: skip
    corps = json.dumps({"envoye_le": timezone.now().isoformat(), "envois": [ligne]})
    client = client_de(monde.bob)
    for etat in ("recue", "deja_recue"):
        reponse = client.post(reverse("envois-de-grilles"), corps, content_type="application/json")
        assert reponse.json()["envois"] == [{"uid": ligne["uid"], "etat": etat, "phrase": ""}]
    assert Grille.objects.count() == 1


def test_une_absence_se_note_avec_sa_raison(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    page = poster(
        monde.bob, "geste-de-passation", passation.pk, "absenter", statut=422, version="1"
    )
    assert "Choisissez une raison." in page
    poster(
        monde.bob, "geste-de-passation", passation.pk, "absenter", version="1", raison="pas_venue"
    )
    assert "Absence : ne s’est pas présentée" in lire(monde.alice, "passation", passation.pk)
    poster(monde.alice, "nouvelle-tentative", un.parcours.pk, epreuve="B1E1")
    assert Passation.objects.get(tentative=2).etat == EtatDePassation.PREVUE


def test_la_page_du_parcours_dit_a_chacun_ce_qu_il_peut_lire(monde: Monde) -> None:
    un = examen(monde)
    prevue(un)
    donner_un_avis(un.parcours, 1, "acquis", "Très à l’aise.", un.binome.tutrice)
    for qui, voit in ((monde.alice, True), (monde.bob, True), (monde.lea, False)):
        page = lire(qui, "epreuves-du-parcours", un.parcours.pk)
        assert ("Proposition au jury" in page) is voit
        assert ("Très à l’aise." in page) is voit
    assert "Mes épreuves" in lire(monde.lea, "epreuves-du-parcours", un.parcours.pk)
    lire(un.binome.tara, "epreuves-du-parcours", un.parcours.pk, statut=404)
    assert "Donner votre avis" in lire(un.binome.tara, "suivi", "parcours", un.parcours.pk)
    assert "La prochaine" in lire(monde.lea, "suivi", "parcours", un.parcours.pk)


def test_ce_que_l_organisme_note_et_l_avis_du_tuteur(monde: Monde) -> None:
    un = examen(monde)
    page = poster(
        monde.alice, "accorder-un-amenagement", un.parcours.pk, statut=422,
        mesure="materiel", precision="Pour sa dyslexie.",
    )  # fmt: skip
    assert "touche à la santé" in page
    assert not Amenagement.objects.exists()
    poster(monde.alice, "accorder-un-amenagement", un.parcours.pk, mesure="temps", temps="1/4")
    accorde = Amenagement.objects.get()
    poster(
        monde.alice, "retirer-un-amenagement", un.parcours.pk, accorde.pk,
        version=str(accorde.version),
    )  # fmt: skip
    assert "par exemple 31/03/2027" in poster(
        monde.alice, "noter-l-afgsu", un.parcours.pk, statut=422, obtenue_le="hier", cesu="CESU"
    )
    assert "n’était pas née" in poster(
        monde.alice,
        "noter-l-afgsu",
        un.parcours.pk,
        statut=422,
        obtenue_le="01/01/1900",
        cesu="CESU",
    )
    poster(
        monde.alice, "noter-l-afgsu", un.parcours.pk, obtenue_le="02/11/2026", cesu="CESU d’exemple"
    )
    assert "Valable jusqu’au 2 novembre 2030" in lire(
        monde.lea, "epreuves-du-parcours", un.parcours.pk
    )
    assert AttestationAfgsu.objects.count() == 1
    assert "une réponse pour un bloc" in poster(
        un.binome.tara, "avis-du-tuteur", un.parcours.pk, statut=422
    )
    page = poster(
        un.binome.tara,
        "avis-du-tuteur",
        un.parcours.pk,
        statut=422,
        reponses={"avis-1": "acquis", "avis-2": "invente", "observation-2": "Gardée à l’écran."},
    )
    assert "Gardée à l’écran." in page
    assert not AvisDeTuteur.objects.exists()
    for _ in range(2):
        poster(un.binome.tara, "avis-du-tuteur", un.parcours.pk, reponses={"avis-1": "acquis"})
    assert AvisDeTuteur.objects.count() == 1


@pytest.mark.parametrize("geste", ["deplacer", "annuler"])
def test_l_epreuve_suit_son_creneau(monde: Monde, geste: str) -> None:
    un = examen(monde)
    passation = prevue(un)
    avant = passation.debut
    assert avant is not None
    creneau = un.creneau
    creneau.refresh_from_db()
    donnees = {"jour": "19/01/2027", "de": "9 h", "a": "11 h"}
    faire(CRENEAUX, geste, creneau, un.alice, version=creneau.version, donnees=donnees)
    passation.refresh_from_db()
    if geste == "annuler":
        assert (passation.creneau, passation.debut) == (None, None)
    else:
        assert passation.debut == creneau.debut
        assert passation.debut != avant


def test_la_page_de_la_session_lit_peu(
    monde: Monde, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    un = examen(monde)
    prevue(un)
    for code in ("B1E2", "B1E3", "B1E4"):
        epreuve(un.session, monde, code, minutes=240)
    client = client_de(monde.alice)
    with django_assert_max_num_queries(24):
        page = client.get(reverse("epreuves-de-la-session", args=[un.session.pk])).content.decode()
    assert len(re.findall("Les grilles<span", page)) == 4


def test_les_heures_d_une_grille_sont_celles_de_son_site(monde: Monde) -> None:
    un = examen(monde)
    site = un.session.site
    SiteDeFormation.objects.filter(pk=site.pk).update(departement="974")
    passation = prevue(un)
    heure = dire_l_heure(un.creneau.debut, ZoneInfo("Indian/Reunion"))
    for nom, quoi in (("grilles-du-creneau", un.creneau.uid), ("passation", passation.pk)):
        page = lire(monde.bob, nom, quoi)
        assert 'data-fuseau="Indian/Reunion"' in page
        assert heure in page
    donner_role(monde.ana, monde.branche, "jury", auteur="exploitation")
    assert heure in lire(monde.ana, "passation", passation.pk)
    assert 'data-fuseau="Indian/Reunion"' in lire(monde.ana, "passation", passation.pk)
