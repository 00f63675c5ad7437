"""What goes wrong is a page of ours, in French, that says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binome.site.erreurs import interdit
from tests.dossiers.monde import Monde, brouillon, construire, depose

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return construire()


def _est_des_notres(reponse: Any, *mots: str) -> None:
    page = reponse.content.decode()
    assert '<html lang="fr">' in page
    assert 'class="bandeau"' in page
    for mot in mots:
        assert mot in page
    assert "CSRF" not in page
    assert "DEBUG" not in page


def test_un_formulaire_dont_le_jeton_est_perime_dit_quoi_faire() -> None:
    reponse = Client(enforce_csrf_checks=True).post("/compte/connexion/", {"login": "a@b.fr"})
    assert reponse.status_code == 403
    _est_des_notres(reponse, "Ce formulaire n’est plus valable", "Rien n’est enregistré")


def test_une_adresse_qui_ne_prend_que_des_formulaires_repond_par_une_page(
    client: Client, monde: Monde
) -> None:
    client.force_login(monde.alice)
    reponse = client.get("/espace/donnees/export/")
    assert reponse.status_code == 405
    assert reponse["Allow"] == "POST"
    _est_des_notres(reponse, "Rien n’est enregistré", 'href="/espace/"')


def test_l_api_garde_ses_propres_mots(client: Client) -> None:
    reponse = client.delete("/api/v1/positionnements")
    assert reponse.status_code in {404, 405}
    assert reponse["Content-Type"].startswith("application/problem+json")


def test_un_role_qui_n_ouvre_pas_la_page_lit_pourquoi(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    client.force_login(monde.bob)
    reponse = client.get(f"/espace/dossiers/{dossier.reference}/lectures/")
    assert reponse.status_code == 403
    _est_des_notres(reponse, "Qui a ouvert ce dossier ne vous est pas dit.", 'href="/espace/"')
    sans_raison = interdit(reponse.wsgi_request, PermissionDenied()).content.decode()
    assert "demandez à la personne qui gère votre organisation" in sans_raison


def test_un_depot_refuse_se_voit_sans_chercher(client: Client, monde: Monde) -> None:
    """On a phone, the form is three screens down: the browser goes to what takes the focus."""
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/dossiers/{dossier.reference}/pieces/"
    page = client.post(adresse, {"version": dossier.version, "nature": "cv"}).content.decode()
    assert '<p class="erreur" role="alert" tabindex="-1" autofocus>Choisissez un fichier' in page
    assert page.count("autofocus") == 1


def test_trop_de_fichiers_sans_script_disent_la_limite(client: Client, monde: Monde) -> None:
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/dossiers/{dossier.reference}/pieces/"
    fichiers = [SimpleUploadedFile(f"{un}.pdf", b"x") for un in range(21)]
    envoi = {"version": dossier.version, "nature": "cv", "fichier": fichiers}
    reponse = client.post(adresse, envoi, HTTP_REFERER=f"http://testserver{adresse}")
    assert reponse.status_code == 400
    _est_des_notres(reponse, "Trop de fichiers d’un coup", "20 au plus", f'href="{adresse}"')
    assert "abîmée" not in reponse.content.decode()


def test_un_autre_nom_que_celui_du_site_se_dit_sans_lien_qui_echoue(client: Client) -> None:
    reponse = client.get("/", HTTP_HOST="jeanne.exemple.com")
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert '<html lang="fr">' in page
    assert "Ce nom n’est pas celui du site" in page
    assert "BINOME_HOTES" in page
    assert "jeanne" not in page
    assert "<a " not in page


@pytest.mark.parametrize(
    "hotes", [["*"], ["https://binome.fr"], ["binome.fr:443"], [".binome.fr"], []]
)
def test_la_sante_se_dit_sous_tout_nom_meme_si_ceux_du_site_sont_faux(
    client: Client, settings: Any, hotes: list[str]
) -> None:
    settings.ALLOWED_HOSTS = hotes
    for adresse in ("/sante/", "/sante/pret/"):
        for nom in ("10.0.0.7:8000", "jeanne.exemple.com", "pas un nom", ""):
            assert client.get(adresse, HTTP_HOST=nom).status_code in {200, 503}, (adresse, nom)


def _sans_jeton(client: Client, adresse: str, **entetes: str) -> str:
    donnees = {"motif": "Trois mois de\nretard <b>", "mot_de_passe": "secret", "version": "3"}
    reponse = client.post(adresse, donnees, headers=entetes)
    assert reponse.status_code == 403
    return reponse.content.decode()


def test_un_jeton_perdu_rend_ce_qui_etait_saisi_et_garde_le_menu(monde: Monde) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(monde.alice)
    dossier = depose(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/gestes/retirer/"
    formulaire = f"http://testserver/espace/dossiers/{dossier.reference}/"
    page = _sans_jeton(client, adresse, Referer=formulaire)
    assert "Trois mois de<br>retard &lt;b&gt;" in page
    assert "secret" not in page
    assert f'<a class="bouton" href="/espace/dossiers/{dossier.reference}/">Revenir au formulaire' in page  # fmt: skip
    assert "Votre menu" in page
    # What another site sent is not shown as the person's own words.
    ailleurs = _sans_jeton(client, adresse, Referer="http://ailleurs.exemple/")
    assert "Trois mois" not in ailleurs
    assert "Revenir au formulaire" not in ailleurs


def test_une_panne_rend_ce_qui_etait_saisi(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    def casser(*_: object, **__: object) -> None:
        raise RuntimeError("essai")

    monkeypatch.setattr("binome.dossiers.vues.gestes.faire", casser)
    client = Client(raise_request_exception=False)
    client.force_login(monde.alice)
    dossier = depose(monde)
    reponse = client.post(
        f"/espace/dossiers/{dossier.reference}/gestes/retirer/",
        {"motif": "Elle renonce, après réflexion."},
        headers={"Referer": f"http://testserver/espace/dossiers/{dossier.reference}/"},
    )
    page = reponse.content.decode()
    assert reponse.status_code == 500
    assert "Elle renonce, après réflexion." in page
    assert "Rien n’est enregistré" in page
    assert "Votre menu" in page
