"""The pages of juries, as those who organise, who sit and who is presented use them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from binome.branches.services import ecrire_les_textes
from binome.courrier.models import Message
from binome.dossiers.models import Dossier
from binome.jurys.assistant import proposer_des_places
from binome.jurys.flows import JURYS, PRESENTATIONS
from binome.jurys.formulaires import DesLiens
from binome.jurys.models import DecisionDeBloc, Jury, MembreDeJury, RecoursDeJury
from binome.jurys.services import preparer_un_jury, presenter
from tests.dossiers.monde import personne
from tests.jurys.vie import NON_ACQUIS, RELU, geste, ouvrir, proposer, voter

if TYPE_CHECKING:
    import pytest
    from django.test import Client
    from pytest_django import Settings

    from tests.jurys.vie import VieDeJury


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_les_pages_de_qui_organise_se_lisent(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    jury = f"/espace/jurys/{vie.jury.pk}/"
    assert "9 h 30" in lire(client, "/espace/jurys/")
    assert vie.parcours.dossier.personne in lire(client, jury)
    assert "déjà une place" in lire(client, f"{jury}places/")
    lire(client, f"{jury}presenter/")
    seance = lire(client, f"{jury}seance/{vie.presentation.pk}/")
    assert "Bloc 3" in seance
    assert f"/espace/epreuves/parcours/{vie.parcours.pk}/" in seance
    lire(client, f"/espace/epreuves/parcours/{vie.parcours.pk}/")
    assert "Ocapiat" in lire(client, "/espace/jurys/regles/")
    assert "Aude" in lire(client, "/espace/jurys/membres/")
    assert "Ses liens" in lire(client, f"/espace/jurys/membres/{vie.membres[0].pk}/")
    lire(client, "/espace/jurys/places/")
    lire(client, f"{jury}proces-verbal.pdf", 404)


def test_qui_presenter_se_cherche_et_qui_a_passe_des_epreuves_vient_d_abord(
    vie: VieDeJury, client: Client
) -> None:
    client.force_login(vie.monde.ana)
    ana = vie.ana
    autre = preparer_un_jury(
        ana, vie.monde.branche, {"jour": vie.jury.jour, "heure": "14:00", "lieu": "Salle d’essai"}
    )
    geste(PRESENTATIONS, "retirer", vie.presentation, ana)
    page = f"/espace/jurys/{autre.pk}/presenter/"
    sienne = vie.parcours.dossier.reference
    assert sienne in lire(client, page)
    assert "Pas encore d’épreuve" in lire(client, page)
    assert sienne in lire(client, f"{page}?q={sienne.lower()}")
    assert sienne in lire(client, f"{page}?q=exemple")
    assert "Personne de ce nom" in lire(client, f"{page}?q=introuvable")


def test_l_assistant_propose_et_une_personne_choisit(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    geste(JURYS, "annuler", vie.jury, vie.ana, motif="Salle fermée.")
    aude = vie.membres[0]
    MembreDeJury.objects.filter(pk=aude.pk).update(organismes=[vie.parcours.organisme_id])
    client.post("/espace/jurys/nouveau/", {"jour": vie.jury.jour.isoformat(), "heure": "9:30"})
    jury = Jury.objects.get(etat="prepare")
    client.post(f"/espace/jurys/{jury.pk}/presenter/", {"parcours": vie.parcours.pk})
    page = lire(client, f"/espace/jurys/{jury.pk}/places/")
    assert "Travaille dans l’organisme qui l’a formée" in page
    assert "Ce jury ne se compose pas" not in page
    choisis = [un.pk for un in vie.membres[1:]]
    client.post(f"/espace/jurys/{jury.pk}/places/", {"membre": choisis})
    assert list(jury.places.order_by("membre").values_list("membre", flat=True)) == choisis


def test_ce_qui_manque_a_un_jury_se_dit(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    geste(JURYS, "annuler", vie.jury, vie.ana, motif="Salle fermée.")
    MembreDeJury.objects.filter(college="salaries").update(jours=[])
    client.post("/espace/jurys/nouveau/", {"jour": vie.jury.jour.isoformat()})
    page = lire(client, "/espace/jurys/places/")
    assert "Il manque 1 personne du collège « salariés »" in page
    assert "2 pas libres ce jour-là" in page


def test_la_seance_se_mene_sur_ses_pages(
    vie: VieDeJury, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch, {4: NON_ACQUIS})
    vie = ouvrir(vie)
    client.force_login(vie.monde.ana)
    adresse = f"/espace/jurys/{vie.jury.pk}/seance/{vie.presentation.pk}/"
    voix = {"pour": "4", "contre": "0"}
    for bloc in (1, 2, 3):
        vu = vie.relire().presentation.version
        reponse = client.post(adresse, {"version": vu, "bloc": bloc, "issue": "valide", **voix})
        assert reponse.status_code == 302
    vu = vie.relire().presentation.version
    refuse = client.post(
        adresse, {"version": vu, "bloc": 4, "issue": "ajourne", "pour": "0", "contre": "4"}
    )
    assert refuse.status_code == 422
    assert "Dites pourquoi" in refuse.content.decode()
    depasse = client.post(adresse, {"version": vu - 1, "bloc": 4, "issue": "valide", **voix})
    assert depasse.status_code == 409
    client.post(
        adresse,
        {
            "version": vu,
            "bloc": 4,
            "issue": "ajourne",
            "pour": "0",
            "contre": "4",
            "raison": "L’urgence.",
        },
    )
    vu = vie.relire().jury.version
    assert (
        client.post(f"/espace/jurys/{vie.jury.pk}/gestes/clore/", {"version": vu}).status_code
        == 302
    )
    assert "attend son sceau" in lire(client, f"/espace/jurys/{vie.jury.pk}/")


def test_ce_qui_est_clair_se_confirme_d_un_geste(
    vie: VieDeJury, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    client.force_login(vie.monde.ana)
    jury = f"/espace/jurys/{vie.jury.pk}/"
    coche = f"{vie.presentation.pk}:{vie.presentation.version}"
    assert f'value="{coche}"' in lire(client, jury)
    suite = client.post(f"{jury}confirmer/", {"presentation": coche}, follow=True)
    assert "confirmé pour 1 personne." in suite.content.decode()
    assert DecisionDeBloc.objects.count() == 4


def _decide(vie: VieDeJury) -> VieDeJury:
    vie = ouvrir(vie)
    for bloc in (1, 2, 4):
        voter(vie, bloc, raison=RELU)
    voter(vie, 3, "ajourne", raison="Une situation manque.", recommandation="Revoir l’urgence.")
    return vie


def test_le_resultat_se_lit_une_fois_le_jury_clos_par_qui_le_peut(
    vie: VieDeJury, client: Client
) -> None:
    paul = personne("paul")
    vie = _decide(vie)
    page = f"/espace/suivis/parcours/{vie.parcours.pk}/"
    client.force_login(vie.monde.lea)
    assert "Une situation manque" not in lire(client, page)
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    lue = lire(client, page)
    assert "Une situation manque" in lue
    assert "Revoir l’urgence" in lue
    assert "Il reste 1 bloc à valider : 3" in lue
    client.force_login(vie.monde.alice)
    assert "Une situation manque" in lire(client, page)
    client.force_login(vie.monde.emma)
    assert "Une situation manque" not in lire(client, page)
    client.force_login(paul)
    lire(client, page, 404)


def test_la_personne_conteste_et_la_branche_change_la_decision(
    vie: VieDeJury, client: Client
) -> None:
    vie = _decide(vie)
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    client.force_login(vie.monde.lea)
    page = f"/espace/jurys/resultats/{vie.presentation.pk}/contester/"
    vers = f"/espace/suivis/parcours/{vie.presentation.parcours_id}/"
    assert f'href="{vers}#devant-le-jury"' in client.get("/espace/").content.decode()
    assert 'id="devant-le-jury"' in client.get(vers).content.decode()
    assert "Vous pouvez contester jusqu’au" in lire(client, page)
    assert client.post(page, {"texte": ""}).status_code == 422
    client.post(page, {"texte": "J’ai traité cette situation."})
    recours = RecoursDeJury.objects.get()
    adresse = f"/espace/suivis/recours_de_jury/{recours.pk}/"
    assert "J’ai traité" in lire(client, adresse)
    assert client.post(f"{adresse}accueillir/", {"version": 1}).status_code == 403
    client.force_login(vie.monde.ana)
    assert "4 personnes votent" in lire(client, adresse)
    reponse = client.post(
        f"{adresse}accueillir/",
        {"version": 1, "bloc": "3", "issue": "valide", "pour": "4", "contre": "0", "raison": "La grille le montre.",
         "reponse": "Vous aviez raison."},
    )  # fmt: skip
    assert reponse.status_code == 302
    assert DecisionDeBloc.objects.get(bloc=3, etat="vigueur").issue == "valide"
    client.force_login(vie.monde.lea)
    assert "Vous aviez raison" in lire(client, adresse)


def test_la_branche_donne_ses_regles_et_leur_texte(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    donnees = {
        "du": "01/01/2030", "presents": "4", "par_college": "2", "exterieurs_num": "1", "exterieurs_den": "2",
        "pouvoirs": "0", "recours_jours": "", "source": "",
    }  # fmt: skip
    assert client.post("/espace/jurys/regles/", donnees).status_code == 422
    assert (
        client.post(
            "/espace/jurys/regles/", {**donnees, "source": "Délibération d’essai."}
        ).status_code
        == 302
    )
    assert "Délibération d’essai" in lire(client, "/espace/jurys/regles/")


def test_une_vae_se_note_et_se_suit(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    refuse = client.post(
        "/espace/jurys/vae/", {"reference": vie.parcours.dossier.reference, "heures": "2000"}
    )
    assert "suit un parcours de formation" in refuse.content.decode()


def test_ce_qui_ne_se_fait_pas_encore_ne_se_propose_pas(vie: VieDeJury, client: Client) -> None:
    client.force_login(vie.monde.ana)
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    page = f"/espace/jurys/{vie.jury.pk}/"
    assert "Ouvrir la séance" in lire(client, page)
    Jury.objects.filter(pk=vie.jury.pk).update(jour=vie.jury.jour + timedelta(days=1))
    avant = lire(client, page)
    assert "Ouvrir la séance" not in avant
    assert "<details><summary>Annuler le jury</summary>" in avant
    Jury.objects.filter(pk=vie.jury.pk).update(jour=vie.jury.jour)
    geste(JURYS, "ouvrir", vie.relire().jury, vie.ana)
    for ouverte in (page, f"{page}seance/{vie.presentation.pk}/"):
        lue = lire(client, ouverte)
        assert lue.count("Notez d’abord qui est là.") == 1
        assert "pour siéger" not in lue


def test_les_jurys_se_lisent_dans_l_ordre_des_jours(vie: VieDeJury, client: Client) -> None:
    bientot = vie.jury.jour + timedelta(days=9)
    preparer_un_jury(vie.ana, vie.monde.branche, {"jour": bientot, "heure": "14:00"})
    preparer_un_jury(vie.ana, vie.monde.branche, {"jour": vie.jury.jour, "heure": "16:00"})
    client.force_login(vie.monde.ana)
    page = lire(client, "/espace/jurys/")
    assert page.index("14 h") < page.index("16 h") < page.index("9 h 30")


def test_des_liens_et_des_jours_sans_fin_se_refusent_en_une_phrase() -> None:
    envoi = {
        "organismes": "A\n" * 200_000,
        "employeurs": "",
        "jours": "31/03/2027\n" * 401,
        "au_plus": "",
    }
    form = DesLiens(envoi, exemple=True, parcours=())
    assert form.errors["organismes"] == ["Donnez 200 noms au plus."]
    assert form.errors["jours"] == ["Donnez 400 jours au plus."]


def test_ce_qui_est_propose_a_change_depuis_la_lecture(
    vie: VieDeJury, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    client.force_login(vie.monde.ana)
    adresse = f"/espace/jurys/{vie.jury.pk}/seance/{vie.presentation.pk}/"
    vue = lire(client, adresse).split('name="vue" value="')[1].split('"')[0]
    envoi = {
        "version": vie.presentation.version, "bloc": 1, "issue": "valide", "pour": "4", "contre": "0",
        "raison": "Vu ensemble.", "vue": vue,
    }  # fmt: skip
    proposer(monkeypatch, {1: NON_ACQUIS})
    refuse = client.post(adresse, envoi)
    assert refuse.status_code == 409
    assert "Ce qui est proposé pour ce bloc a changé" in refuse.content.decode()
    assert not DecisionDeBloc.objects.exists()
    proposer(monkeypatch)
    assert client.post(adresse, envoi).status_code == 302


def test_un_jury_clos_dit_ses_decisions_et_la_suite(vie: VieDeJury, client: Client) -> None:
    vie = _decide(vie)
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    client.force_login(vie.monde.ana)
    page = lire(client, f"/espace/jurys/{vie.jury.pk}/")
    assert "Bloc 1 : validé, Bloc 2 : validé, Bloc 3 : ajourné, Bloc 4 : validé" in page
    assert "peut revenir devant un autre jury : bloc 3." in page
    assert "Le jury peut décider" not in page


def test_la_convocation_dit_ou_dire_ses_liens(vie: VieDeJury, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    ecrire_les_textes(
        vie.monde.branche, vie.ana, {"contact": "Secrétariat d’essai\n01 00 00 00 00"}, None
    )
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    lettre = " ".join(Message.objects.filter(sujet__startswith="Vous siégez")[0].texte.split())
    assert "/espace/jurys/mes-liens/" in lettre
    assert "dites-le à la branche : Secrétariat d’essai, 01 00 00 00 00." in lettre


def test_nul_ne_lit_ce_qui_est_propose_de_soi_avant_la_cloture(
    vie: VieDeJury, client: Client
) -> None:
    vie = _decide(vie)
    Dossier.objects.filter(pk=vie.parcours.dossier_id).update(candidat=vie.monde.ana)
    client.force_login(vie.monde.ana)
    jury = f"/espace/jurys/{vie.jury.pk}/"
    page = lire(client, jury)
    assert "Ce parcours vous concerne : une autre personne de la branche le suit." in page
    assert f"{jury}seance/{vie.presentation.pk}/" not in page
    lire(client, f"{jury}seance/{vie.presentation.pk}/", 403)


def test_les_places_se_donnent_d_ou_elles_sont_proposees_et_disent_la_distance(
    vie: VieDeJury, client: Client
) -> None:
    autre = preparer_un_jury(
        vie.ana, vie.monde.branche,
        {"jour": vie.jury.jour + timedelta(days=30), "heure": "14:00", "departement": "64"},
    )  # fmt: skip
    jours = [autre.jour.isoformat()]
    for rang, un in enumerate(vie.membres):
        MembreDeJury.objects.filter(pk=un.pk).update(
            jours=jours, departement=("64", "40", "75", "")[rang]
        )
    MembreDeJury.objects.filter(pk=vie.membres[0].pk).update(nom=vie.parcours.dossier.nom.upper())
    geste(PRESENTATIONS, "retirer", vie.presentation, vie.ana)
    presenter(vie.ana, autre, vie.parcours)
    client.force_login(vie.monde.ana)
    page = lire(client, "/espace/jurys/places/")
    for dit in ("vient du même département", "vient d’un département voisin", "distance inconnue"):
        assert dit in page, dit
    assert "limites</" not in page
    assert "1 distance inconnue" in page
    choisir = f"/espace/jurys/{autre.pk}/places/"
    assert "Porte le nom d’une personne présentée" in lire(client, choisir)
    assert f'action="{choisir}"' in page
    proposes = [un.membre.pk for un in proposer_des_places([autre]).jurys[0].proposes]
    assert client.post(choisir, {"membre": proposes}).status_code == 302
    assert autre.places.count() == len(proposes) == 4
