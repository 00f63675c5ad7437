"""The code of a slot: fresh when it is shown first, for one slot, for one person, and nothing before its time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.presences import codes
from binome.presences.indices import avant
from binome.presences.models import Signature
from binome.presences.qr import dessiner
from binome.presences.vues.signer import TEMOIN
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.models import Creneau, Inscription, Session
from tests.dossiers.monde import personne
from tests.heures import heure_dite
from tests.presences.suivi import Suivi, poser

if TYPE_CHECKING:
    from datetime import datetime

    from binome.comptes.models import Personne


@pytest.fixture
def ouvert(suivi: Suivi) -> Suivi:
    """The same slot, its signature open."""
    Creneau.objects.update(etat=EtatDeCreneau.OUVERT)
    suivi.creneau.refresh_from_db()
    return suivi


def telephone(qui: Personne | None = None) -> Client:
    un = Client()
    if qui is not None:
        un.force_login(qui)
    return un


def scanner(un: Client, creneau: Creneau, quand: datetime | None = None) -> Any:
    """What one reads who scans what was shown at an instant, now unless said."""
    adresse = codes.adresse(creneau, quand or timezone.now())
    return un.get(f"/signer/{adresse}/", follow=True)


def appuyer(un: Client, page: Any, **champs: str) -> Any:
    """What one reads who taps the button of a page."""
    texte = page.content.decode()
    (action,) = set(re.findall(r'action="(/signer/creneau/[^"]+)"', texte))
    (uid,) = set(re.findall(r'name="uid" value="([^"]+)"', texte))
    return un.post(action, {"uid": uid, **champs})


def test_scanner_puis_signer_fait_une_signature(ouvert: Suivi) -> None:
    lea = telephone(ouvert.monde.lea)
    page = scanner(lea, ouvert.creneau)
    assert "Signer ma présence" in page.content.decode()
    assert not Signature.objects.exists()
    signee = appuyer(lea, page)
    assert "vous avez signé à" in signee.content.decode()
    signature = Signature.objects.get()
    assert (signature.par, signature.moyen) == (ouvert.monde.lea, "code")
    assert signature.parcours == ouvert.parcours
    assert re.fullmatch("[0-9a-f]{16}", signature.appareil)


def test_la_page_signee_nomme_le_module_et_a_une_sortie(ouvert: Suivi) -> None:
    module = "Information des patients sur les examens et les soins"
    lea = telephone(ouvert.monde.lea)
    signee = appuyer(lea, scanner(lea, ouvert.creneau)).content.decode()
    assert module in signee
    assert 'href="/espace/">Revenir à votre espace' in signee
    un = telephone()
    personnel = codes.personnel(Inscription.objects.get())
    signee = appuyer(un, scanner(un, ouvert.creneau), personnel=personnel).content.decode()
    assert 'href="/">Revenir à l’accueil' in signee


def test_contresigne_la_page_ne_promet_pas_des_heures_prouvees(ouvert: Suivi) -> None:
    Creneau.objects.update(etat=EtatDeCreneau.GELE, gele_le=timezone.now())
    page = scanner(telephone(ouvert.monde.lea), ouvert.creneau).content.decode()
    assert "signez après coup depuis la page de votre parcours" in page.replace("\u202f", " ")
    assert "elle peut corriger" not in page


def test_les_pages_du_formateur_nomment_le_module_et_se_rejoignent(ouvert: Suivi) -> None:
    module = "Information des patients sur les examens et les soins"
    bob = telephone(ouvert.monde.bob)
    ici = f"/espace/creneaux/{ouvert.creneau.uid}"
    code = bob.get(f"{ici}/code/").content.decode()
    assert f'href="{ici}/presences/"' in code
    toutes = f"/espace/sessions/{ouvert.creneau.session_id}/presences/"
    for page in (code, *(bob.get(une).content.decode() for une in (f"{ici}/presences/", toutes))):
        assert module in page


def test_le_compte_s_accorde(ouvert: Suivi) -> None:
    def dit(signes: int) -> str:
        compte = render_to_string("presences/compte.html", {"signes": signes, "attendus": 9})
        return re.sub(r"<[^>]+>", "", compte).strip()

    assert [dit(un) for un in (0, 1, 3)] == [
        "Personne n’a signé encore, sur 9.",
        "1 personne sur 9 a signé.",
        "3 personnes sur 9 ont signé.",
    ]


def test_deux_appuis_font_une_signature(ouvert: Suivi) -> None:
    lea = telephone(ouvert.monde.lea)
    page = scanner(lea, ouvert.creneau)
    assert [appuyer(lea, page).status_code for _ in range(2)] == [200, 200]
    encore = scanner(lea, ouvert.creneau).content.decode()
    assert "Signer ma présence" not in encore
    assert Signature.objects.count() == 1


def test_lire_n_ecrit_rien(ouvert: Suivi) -> None:
    un = telephone()
    with CaptureQueriesContext(connection) as faites:
        scanner(un, ouvert.creneau)
        un.get("/signer/")
    ecrites = [une["sql"] for une in faites if not une["sql"].startswith("SELECT")]
    assert ecrites == []


def test_une_photo_envoyee_deux_minutes_apres_est_refusee(ouvert: Suivi) -> None:
    lea = telephone(ouvert.monde.lea)
    page = scanner(lea, ouvert.creneau, timezone.now() - timedelta(minutes=2))
    assert page.status_code == 410
    assert "il change toutes les 20" in page.content.decode()
    assert TEMOIN not in lea.cookies
    assert lea.post(f"/signer/creneau/{ouvert.creneau.uid}/").status_code == 410
    assert not Signature.objects.exists()


def test_le_code_d_avant_vaut_encore_un_tour_celui_d_apres_pas_encore(ouvert: Suivi) -> None:
    instant = timezone.now()
    tour = timedelta(seconds=codes.TOUR)
    cle = codes.cle(ouvert.creneau, instant)
    valent = [codes.fraiche(ouvert.creneau, cle, instant + tour * un) for un in (-1, 0, 1, 2)]
    assert valent == [False, True, True, False]


def test_le_code_n_ouvre_que_son_creneau(ouvert: Suivi) -> None:
    ailleurs = poser(ouvert.creneau.session, ouvert.monde)
    cle = codes.cle(ouvert.creneau, timezone.now())
    assert not codes.fraiche(ailleurs, cle, timezone.now())
    lea = telephone(ouvert.monde.lea)
    scanner(lea, ouvert.creneau)
    assert lea.post(f"/signer/creneau/{ailleurs.uid}/").status_code == 410
    assert not Signature.objects.exists()


def test_trop_tot_dit_quand_et_n_ecrit_rien(ouvert: Suivi) -> None:
    debut = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=17)
    Creneau.objects.update(debut=debut, fin=debut + timedelta(hours=3))
    ouvert.creneau.refresh_from_db()
    lea = telephone(ouvert.monde.lea)
    page = scanner(lea, ouvert.creneau)
    heure = (debut - avant()).astimezone(ouvert.creneau.session.site.fuseau)
    assert page.status_code == 409
    assert heure_dite(heure) in page.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert TEMOIN not in lea.cookies


@pytest.mark.parametrize(
    ("colonnes", "dite"),
    [
        ({"etat": EtatDeCreneau.ANNULE}, "annulé"),
        ({"fin": timezone.now() - timedelta(minutes=31)}, "fermée"),
    ],
)
def test_un_creneau_qui_ne_se_signe_plus_le_dit(
    ouvert: Suivi, colonnes: dict[str, object], dite: str
) -> None:
    Creneau.objects.update(debut=timezone.now() - timedelta(hours=4))
    Creneau.objects.update(**colonnes)
    page = scanner(telephone(ouvert.monde.lea), ouvert.creneau)
    assert page.status_code == 409
    assert dite in page.content.decode()


def test_le_temps_de_se_connecter_ne_perime_rien(
    ouvert: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = telephone()
    page = scanner(un, ouvert.creneau)
    assert f"?next=/signer/creneau/{ouvert.creneau.uid}/" in page.content.decode()
    vrai = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: vrai() + timedelta(minutes=10))
    un.force_login(ouvert.monde.lea)
    assert appuyer(un, un.get(f"/signer/creneau/{ouvert.creneau.uid}/")).status_code == 200
    assert Signature.objects.count() == 1


def test_sans_compte_le_code_de_session_signe(ouvert: Suivi) -> None:
    un = telephone()
    page = scanner(un, ouvert.creneau)
    personnel = codes.personnel(Inscription.objects.get())
    assert "Il est sur la page de votre parcours.</span>" in page.content.decode()
    Session.objects.update(etat="terminee")
    sienne = telephone(ouvert.monde.lea).get(f"/espace/suivis/parcours/{ouvert.parcours.pk}/")
    assert personnel not in sienne.content.decode()  # shown while the session is published
    Session.objects.update(etat="publiee")
    sienne = telephone(ouvert.monde.lea).get(f"/espace/suivis/parcours/{ouvert.parcours.pk}/")
    assert personnel in sienne.content.decode()
    assert "vous avez signé" in appuyer(un, page, personnel=personnel.lower()).content.decode()
    assert Signature.objects.get().par is None


def test_le_code_de_session_d_une_autre_session_est_refuse(ouvert: Suivi) -> None:
    un = telephone()
    page = appuyer(un, scanner(un, ouvert.creneau), personnel="ABCD-2345")
    assert page.status_code == 422
    assert "celui d’aucune personne attendue" in page.content.decode()
    assert not Signature.objects.exists()


def test_qui_devine_finit_par_attendre(ouvert: Suivi) -> None:
    un = telephone()
    page = scanner(un, ouvert.creneau)
    statuts = {appuyer(un, page, personnel=f"ABCD{rang:04}").status_code for rang in range(101)}
    assert statuts == {422, 429}
    bon = codes.personnel(Inscription.objects.get())
    assert appuyer(un, page, personnel=bon).status_code == 429


def test_une_personne_qui_n_est_pas_attendue_ne_signe_pas(ouvert: Suivi) -> None:
    marc = telephone(personne("marc"))
    page = scanner(marc, ouvert.creneau)
    assert "n’est pas une personne attendue" in page.content.decode()
    assert appuyer(marc, page).status_code == 422
    assert not Signature.objects.exists()


def test_le_code_court_mene_au_meme_creneau(ouvert: Suivi) -> None:
    lea = telephone(ouvert.monde.lea)
    court = codes.court(ouvert.creneau, timezone.now())
    page = lea.post("/signer/", {"code": f" {court[:3]}-{court[3:].lower()} "}, follow=True)
    assert "Signer ma présence" in page.content.decode()
    assert lea.post("/signer/", {"code": "AAAAAA"}).status_code == 422


def test_deux_creneaux_a_la_fois_sont_gardes_et_dits(ouvert: Suivi) -> None:
    autre = poser(ouvert.creneau.session, ouvert.monde)
    Creneau.objects.update(etat=EtatDeCreneau.OUVERT)
    lea = telephone(ouvert.monde.lea)
    appuyer(lea, scanner(lea, ouvert.creneau))
    page = scanner(lea, autre)
    assert "aussi signé un autre créneau aux mêmes heures" in page.content.decode()
    appuyer(lea, page)
    assert Signature.objects.count() == 2


@pytest.mark.parametrize("adresse", ["x", "a" * 38, "-" * 22 + "A" * 16, "_" * 22 + "2" * 16])
def test_une_adresse_quelconque_ne_mene_nulle_part(db: None, adresse: str) -> None:
    assert telephone().get(f"/signer/{adresse}/").status_code == 404


def test_l_ecran_du_formateur_montre_le_code_et_qui_a_signe(ouvert: Suivi) -> None:
    bob = telephone(ouvert.monde.bob)
    adresse = f"/espace/creneaux/{ouvert.creneau.uid}/code/"
    texte = bob.get(adresse).content.decode()
    court = codes.court(ouvert.creneau, timezone.now())
    assert f"{court[:3]} {court[3:]}" in texte
    assert "Personne n’a signé encore, sur 1." in texte
    assert telephone(ouvert.monde.charlie).get(adresse).status_code == 404


def test_le_dessin_est_celui_d_un_lecteur(db: None) -> None:
    """Three squares in its corners, and a white edge of four modules."""
    dessin = dessiner("https://binome.exemple.fr/signer/" + "a" * 38 + "/")
    cote = dessin.cote - 8
    assert (cote - 21) % 4 == 0
    for coin in ("M4 4h7v1h-7z", f"M{4 + cote - 7} 4h7v1h-7z", f"M4 {4 + cote - 7}h7v1h-7z"):
        assert coin in dessin.trace
    assert not re.search(r"M[0-3] |M\d+ [0-3]h", dessin.trace)


def test_bob_ouvre_puis_ferme_la_signature(suivi: Suivi) -> None:
    bob = telephone(suivi.monde.bob)
    page = f"/espace/creneaux/{suivi.creneau.uid}/presences/"
    faits = [
        bob.post(f"{page}{nom}/", {"version": version}).headers["Location"]
        for nom, version in (("ouvrir", 1), ("fermer", 2))
    ]
    assert faits == [f"/espace/creneaux/{suivi.creneau.uid}/code/", page]
    assert bob.post(f"{page}fermer/", {"version": 2}).status_code == 409
    assert telephone(suivi.monde.lea).post(f"{page}ouvrir/", {"version": 3}).status_code in (
        403,
        404,
    )
    assert "Ouvrir la signature" in bob.get(page).content.decode()


def test_une_signature_fermee_ne_se_signe_plus(ouvert: Suivi) -> None:
    lea = telephone(ouvert.monde.lea)
    page = scanner(lea, ouvert.creneau)
    Creneau.objects.update(etat=EtatDeCreneau.PREVU)
    refus = appuyer(lea, page)
    assert refus.status_code == 409
    assert "n’est pas ouverte" in refus.content.decode()
    assert not Signature.objects.exists()


def test_cent_codes_faux_ne_ferment_pas_la_connexion(ouvert: Suivi) -> None:
    """A whole classroom has one address: who plays with the code closes that door alone."""
    joueur = telephone()
    lus = [joueur.post("/signer/", {"code": f"{rang:06d}"}).status_code for rang in range(101)]
    assert lus[-1] == 429
    ouvert.monde.bob.set_password("un mot de passe bien long")
    ouvert.monde.bob.save()
    entree = telephone().post(
        "/compte/connexion/",
        {"login": ouvert.monde.bob.courriel, "password": "un mot de passe bien long"},
    )
    assert entree.status_code == 302
