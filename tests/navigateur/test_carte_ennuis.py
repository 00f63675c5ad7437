"""Bad days of a card: refused, said otherwise on the other phone, another account, a full device, a wrong clock, two tabs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from binome.livret.etats import (
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeSignatureDeCarte,
    Valeur,
)
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from tests.dossiers.monde import construire
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe
from tests.navigateur.cartes import (
    COUPURE,
    adresse,
    carte,
    ouvrir_le_livret,
    parti,
    parti_sauf_la_carte,
    passer,
    phrase,
    pret,
    repondre,
    signer,
)
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_pages import AXE, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR


@pytest.fixture
def binome(tmp_path: Path, settings: Settings) -> Binome:
    """Léa and Tara, with a shelf of their own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return former(construire())


@pytest.fixture
def page(ouvrir: Callable[..., Page], binome: Binome) -> Page:
    """Léa's phone, which knows the page."""
    return ouvrir_le_livret(
        ouvrir(largeur=390, hors_ligne=True, bruits=[*COUPURE, "Failed to load", "401"]), binome
    )


def codes(page: Page) -> list[str]:
    """The competences of this week's card."""
    lues: list[str] = (
        carte(page)
        .locator("fieldset")
        .evaluate_all("tous => tous.map(un => un.dataset.competence)")
    )
    return lues


@pytest.mark.long(6)
def test_une_carte_refusee_revient_et_rien_ne_se_retape(page: Page) -> None:
    """The server sees what the phone did not: the sentence comes back as it was, with both signatures to be made again."""
    page.evaluate("delete window.binomeSansPatient")
    page.context.set_offline(True)
    repondre(page, 0)
    repondre(page, 1)
    phrase(page, 0).fill("Le dossier de Mme Durand")
    signer(page)
    passer(page)
    page.context.set_offline(False)
    alerte = carte(page).locator("[data-dites]")
    expect(alerte).to_contain_text("Rien d’un patient n’entre dans le livret.")
    assert not CarteDeSemaine.objects.exists()
    page.reload()
    pret(page)
    carte(page).get_by_role("button", name="Corriger la carte").click()
    expect(phrase(page, 0)).to_have_value("Le dossier de Mme Durand")
    expect(carte(page).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    phrase(page, 0).fill("Le dossier d’une patiente")
    signer(page)
    parti(page)
    dites = Appreciation.objects.order_by("valeur").values_list("valeur", "phrase")
    assert list(dites) == [("aide", ""), ("seul", "Le dossier d’une patiente")]


@pytest.mark.long(6)
def test_deux_telephones_laissent_un_choix_qui_se_fait_d_une_touche(
    page: Page, binome: Binome
) -> None:
    """Léa signed without network what Tara says otherwise meanwhile: both answers are side by side, nothing is merged."""
    page.context.set_offline(True)
    repondre(page, 0, "Sans aide")
    signer(page)
    rendre(
        binome, binome.tutrice, envoi(binome, dit(codes(page)[0], Valeur.AIDE, phrase="À deux."))
    )
    page.context.set_offline(False)
    choix = carte(page).locator("form[data-choisir]")
    expect(choix).to_contain_text("a dit « avec aide »")
    expect(choix).to_contain_text("Vous avez dit « sans aide »")
    expect(choix).to_contain_text("Laquelle gardez-vous")
    expect(carte(page).locator("[data-dites]")).to_contain_text("La carte a changé depuis")
    carte(page).get_by_role("button", name="J’ai lu").click()
    expect(carte(page).get_by_role("button", name="Signer", exact=True)).to_be_disabled()
    expect(carte(page).locator("[data-combien]")).to_contain_text("Choisissez d’abord")
    choix.get_by_role("button", name=re.compile("Réponse .* Avec aide")).click()
    parti(page)
    expect(choix).to_have_count(0)
    signer(page)
    parti(page)
    restent = Appreciation.objects.exclude(etat=EtatDAppreciation.REMPLACEE)
    assert [(une.valeur, une.phrase) for une in restent] == [("aide", "À deux.")]
    assert Appreciation.objects.count() == 3
    signees = SignatureDeCarte.objects.order_by("pk").values_list("etat", flat=True)
    assert list(signees) == [EtatDeSignatureDeCarte.PERIMEE, EtatDeSignatureDeCarte.RECUE]


@pytest.mark.long(6)
def test_session_finie_puis_un_autre_compte_sur_le_meme_telephone(
    page: Page, binome: Binome
) -> None:
    page.context.set_offline(True)
    repondre(page, 0)
    signer(page)
    repondre(page, 1)
    Session.objects.all().delete()
    page.context.set_offline(False)
    expect(page.get_by_text("Votre session est terminée. Connectez-vous")).to_be_visible()
    # Tara signs in on this phone: she reads nothing of it, and nothing leaves under her name.
    entrer(page, binome.tara)
    page.goto(adresse(binome))
    pret(page)
    expect(page.get_by_text("1 envoi d’un autre compte attend")).to_be_visible()
    expect(carte(page).locator("[data-combien]")).to_have_text("0 réponse sur 3")
    assert not Appreciation.objects.exists()
    ouvrir_le_livret(page, binome)
    parti_sauf_la_carte(page)
    expect(carte(page).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    assert Appreciation.objects.get().par == binome.monde.lea


@pytest.mark.long(5)
def test_un_navigateur_qui_ne_garde_rien_signe_avec_le_reseau(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    page = ouvrir(largeur=390)
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('non', 'SecurityError'); }"
    )
    entrer(page, binome.monde.lea)
    page.goto(adresse(binome))
    expect(page.get_by_role("alert").filter(has_text="Ce navigateur ne garde rien")).to_be_visible()
    repondre(page, 0)
    phrase(page, 0).fill("Le plateau.")
    carte(page).get_by_role("button", name="Signer", exact=True).click()
    expect(page.get_by_text("C’est noté et signé de votre côté.")).to_be_visible()
    assert Appreciation.objects.get().phrase == "Le plateau."
    assert SignatureDeCarte.objects.count() == 1


@pytest.mark.long(5)
def test_un_telephone_plein_le_dit_et_la_page_garde(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("""() => {
      const poser = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...quoi) {
        if (!window.place) throw new DOMException('plein', 'QuotaExceededError');
        return poser.apply(this, quoi);
      };
    }""")
    repondre(page, 0)
    expect(carte(page).locator("[data-faute]")).to_contain_text("La place manque")
    repondre(page, 1)
    carte(page).get_by_role("button", name="Signer", exact=True).click()
    carte(page).get_by_role("button", name="Signer quand même").click()
    expect(carte(page).locator("[data-faute]")).to_contain_text("La place manque")
    expect(carte(page).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    page.evaluate("window.place = true")
    signer(page)
    page.context.set_offline(False)
    parti(page)
    assert Appreciation.objects.count() == 2


@pytest.mark.long(5)
def test_une_horloge_fausse_se_dit_et_l_heure_est_corrigee(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    page = ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE)
    page.context.clock.install(time=datetime.now(UTC) - timedelta(hours=3))
    ouvrir_le_livret(page, binome)
    page.route("**/livret/*/envois/", lambda route: route.abort())
    repondre(page, 0)
    signer(page)
    expect(page.get_by_text("L’horloge de cet appareil retarde de 3 heures")).to_be_visible()
    page.unroute("**/livret/*/envois/")
    page.get_by_role("button", name="Envoyer maintenant").click()
    parti(page)
    une = Appreciation.objects.get()
    assert abs((une.recue_le - une.dite_le).total_seconds()) < 60


@pytest.mark.long(6)
def test_deux_onglets_disent_la_meme_carte_et_la_signent_une_fois(
    page: Page, binome: Binome
) -> None:
    autre = page.context.new_page()
    autre.set_default_timeout(30_000)
    autre.goto(adresse(binome))
    pret(autre)
    page.context.set_offline(True)
    repondre(page, 0)
    repondre(autre, 1)
    for une in (page, autre):
        expect(carte(une).locator("[data-combien]")).to_have_text("2 réponses sur 3")
    presser: str = "document.querySelector('section[data-carte]:not([data-a-venir]) [data-signer]').click()"  # fmt: skip
    for une in (page, autre):
        une.evaluate(presser)
        expect(carte(une).locator("[data-signer]")).to_have_text("Signer quand même")
    page.evaluate(presser)
    autre.evaluate(presser)
    for une in (page, autre):
        expect(carte(une).locator("[data-combien]")).to_have_text("C’est signé de votre côté.")
    expect(page.get_by_text("1 envoi en attente depuis")).to_be_visible()
    page.context.set_offline(False)
    parti(page)
    assert SignatureDeCarte.objects.count() == 1
    assert Appreciation.objects.count() == 2


@pytest.mark.long(5)
def test_une_semaine_commence_sans_reseau_et_sa_carte_est_la(
    ouvrir: Callable[..., Page], binome: Binome
) -> None:
    page = ouvrir(largeur=390, hors_ligne=True, bruits=COUPURE)
    page.context.clock.install()
    ouvrir_le_livret(page, binome)
    venue = page.locator("section[data-a-venir]")
    expect(venue).to_be_hidden()
    page.context.set_offline(True)
    page.clock.fast_forward(7 * 86_400_000)
    page.reload()
    pret(page)
    expect(venue).to_be_visible()
    venue.locator("label", has_text="Avec aide").first.click()
    venue.get_by_role("button", name="Signer", exact=True).click()
    venue.get_by_role("button", name="Signer quand même").click()
    expect(venue.locator("[data-combien]")).to_have_text("C’est signé de votre côté.")
    expect(page.get_by_text("1 envoi en attente depuis")).to_be_visible()


@pytest.mark.long(6)
def test_ce_que_le_serveur_dit_d_une_tache_se_lit_et_se_range(page: Page) -> None:
    repondre(page, 0)
    phrase(page, 0).fill("J’ai fait une injection seule.")
    signer(page)
    dites = carte(page).locator("[data-dites]")
    expect(dites).to_contain_text("cela ne se confie pas")
    expect(dites.get_by_text("cela ne se confie pas")).to_be_in_viewport(ratio=1)
    parti(page)
    sous_la_phrase = carte(page).locator("fieldset > .encart")
    expect(sous_la_phrase).to_have_count(1)
    expect(sous_la_phrase).to_be_hidden()  # said once at a time
    dites.get_by_role("button", name="J’ai lu").click()
    expect(dites).to_be_hidden()
    expect(sous_la_phrase).to_be_visible()
    page.reload()
    pret(page)
    expect(carte(page).locator("fieldset .encart").first).to_contain_text("cela ne se confie pas")


@pytest.mark.long(10)
def test_la_carte_se_lit_et_se_remplit_au_clavier_en_grand_et_dans_les_deux_themes(
    page: Page, binome: Binome
) -> None:
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=3)
    binome.parcours.save()
    avant = binome.semaine - timedelta(weeks=1)
    trois = [dit(valeur=Valeur.PAS_EU), dit("B1M1C2", Valeur.SEUL), dit("B1M2C1", phrase="À deux.")]
    rendre(
        binome, binome.lea, envoi(binome, *trois, semaine=avant, signature=signe(STAGIAIRE, *trois))
    )
    rendre(binome, binome.tutrice, envoi(binome, semaine=avant, signature=signe(TUTEUR, *trois)))
    page.reload()
    pret(page)
    code = codes(page)[2]
    rendre(binome, binome.lea, envoi(binome, dit(code, Valeur.SEUL)))
    rendre(binome, binome.tutrice, envoi(binome, dit(code, Valeur.AIDE)))
    page.reload()
    pret(page)
    # At the keyboard: an arrow answers, Enter signs once the choice is made.
    premiere = carte(page).get_by_role("radio", name="Vu", exact=True).first
    premiere.focus()
    page.keyboard.press("ArrowRight")
    expect(carte(page).get_by_role("radio", name="Avec aide").first).to_be_checked()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    fautes = [*_regarder(page, 390, "light"), *_regarder(page, 1280, "dark")]
    page.locator("details").evaluate_all("tous => tous.forEach(un => { un.open = true; })")
    fautes += [*_regarder(page, 390, "dark"), *_regarder(page, 1280, "light")]
    assert not fautes
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    depassent: str = "[...document.querySelectorAll('main *')].filter(un => un.getBoundingClientRect().right > 391).map(un => un.outerHTML)"  # fmt: skip
    assert not page.evaluate(depassent)
    page.evaluate("document.documentElement.style.fontSize = ''")
    carte(page).locator("form[data-choisir] button").first.press("Enter")
    parti_sauf_la_carte(page)
    a_signer = carte(page).get_by_role("button", name="Signer", exact=True)
    expect(a_signer).to_be_enabled()
    a_signer.press("Enter")
    carte(page).get_by_role("button", name="Signer quand même").press("Enter")
    expect(carte(page).locator("[data-combien]")).to_have_text("C’est signé de votre côté.")
    parti(page)
    assert CarteDeSemaine.objects.filter(semaine=binome.semaine).get().etat == EtatDeCarte.OUVERTE
