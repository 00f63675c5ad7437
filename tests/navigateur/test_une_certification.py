"""One certification in a real browser, from the last slot to the page where a stranger verifies it: grids without network, two
juries, a parchemin, a badge, two lots, the proof, and a title that is withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from lxml import etree
from playwright.sync_api import expect

from binome.epreuves.models import Grille
from binome.journal.ancres import poser
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.jurys.models import DecisionDeBloc
from binome.titres.models import Titre
from tests.journal.etranger import Etranger
from tests.navigateur.certification import (
    BRUNO,
    LEA,
    PREMIERS,
    SECONDS,
    FinDeParcours,
    fin_de_parcours,
)
from tests.navigateur.gestes_de_certification import (
    donner_l_accuse,
    ecrire_l_etat_civil,
    est_retire,
    par_le_menu,
    sceller,
    telecharger,
    telephone,
    texte_de,
    tient_en_largeur,
)
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_grilles import prete
from tests.navigateur.test_tablette import COUPURE
from tests.passeport.vie import NORMES, NUMEROS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings


pytestmark = pytest.mark.django_db(transaction=True)
BLOC_3 = ("B3M1C1", "B3M1C2", "B3M1C3", "B3M2C1", "B3M2C2", "B3M2C3")
DU_JOUR = "Aucun titulaire ne correspond aux critères obligatoires enrichis du jour et du mois de naissance"
SCHEMA = etree.XMLSchema(etree.parse(NORMES / "cpf-1.1.2.xsd"))


@dataclass
class Gens:
    """The windows of the story: a tablet, telephones, and one without an account."""

    fin: FinDeParcours
    ouvrir: Callable[..., Page]
    ana: Page
    alice: Page
    lea: Page
    dehors: Page


@pytest.fixture
def gens(ouvrir: Callable[..., Page], tmp_path: Path, settings: Settings) -> Gens:
    """The world, with shelves, keys and anchors of its own."""
    settings.MEDIA_ROOT, settings.DONNEES = tmp_path / "fichiers", tmp_path
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    fin = fin_de_parcours()
    monde = fin.monde
    siennes = (telephone(ouvrir, un) for un in (monde.ana, monde.alice, monde.lea, None))
    return Gens(fin, ouvrir, *siennes)


def _juger(page: Page, qui: str, verdict: str) -> None:
    """Fills and saves the grid of somebody, on a page where several may be."""
    une = page.locator("article.grille").filter(has_text=qui)
    if not une.locator("form").is_visible():
        une.get_by_text("Remplir la grille").click()
    for competence in BLOC_3:
        sienne = une.locator(f"[data-competence={competence}]")
        sienne.get_by_role("radio", name=verdict, exact=True).check()
    une.get_by_role("button", name="Enregistrer la grille").click()


def _le_dernier_creneau(gens: Gens) -> None:
    """Alice plans the épreuve of bloc 3; Bob fills both grids on his tablet, its network cut."""
    alice = gens.alice
    par_le_menu(alice, "Les sessions")
    alice.locator("main").get_by_role("link", name="Site du centre").click()
    alice.get_by_role("link", name="Les épreuves").click()
    bloc = alice.locator("#bloc-3")
    bloc.get_by_text("Prévoir les épreuves du bloc 3").click()
    bloc.get_by_role("button", name="Prévoir", exact=True).click()
    expect(alice.locator("#bloc-3")).to_contain_text("prévue à")
    tablette = entrer(gens.ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), gens.fin.monde.bob)
    tablette.goto("/espace/epreuves/")
    tablette.get_by_role("link", name="Ouvrir les grilles").click()
    tablette.wait_for_selector("html[data-coquille=prete][data-grilles=pretes]", state="attached")
    tient_en_largeur(tablette)
    deja = Grille.objects.count()
    tablette.context.set_offline(True)
    for qui, verdict in ((LEA, "Acquis"), (BRUNO, "Non acquis")):
        _juger(tablette, qui, verdict)
    expect(tablette.get_by_text("2 envois en attente depuis")).to_be_visible()
    assert Grille.objects.count() == deja
    tablette.context.set_offline(False)
    expect(tablette.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()
    assert Grille.objects.count() == deja + 2


def _l_avis_de_tara(gens: Gens) -> None:
    """Léa's tutor says what she saw, from the home page."""
    tara = telephone(gens.ouvrir, gens.fin.binome.tara)
    tara.goto("/espace/")
    tara.get_by_role("link", name="Voir la formation").click()
    tara.get_by_role("link", name="Donner votre avis, bloc par bloc").click()
    for bloc in (1, 2, 3, 4):
        tara.locator(f"input[name=avis-{bloc}][value=acquis]").check()
    tara.get_by_role("button", name="Enregistrer mon avis").click()
    expect(tara.get_by_text("Votre avis").first).to_be_visible()


def _reunir(gens: Gens, presentes: Sequence[str], siegent: Sequence[str]) -> None:
    """A jury today: who is presented, who sits, called, opened, everybody there, the first of them chairs."""
    ana = gens.ana
    par_le_menu(ana, "Les jurys")
    ana.get_by_role("link", name="Préparer un jury").click()
    ana.get_by_label("Jour", exact=True).fill(timezone.localdate().isoformat())
    ana.get_by_label("Heure de début").fill("09:30")
    ana.get_by_label("Lieu").fill("Salle d’essai")
    ana.get_by_role("button", name="Préparer le jury").click()
    expect(ana.get_by_text("Règles d’essai")).to_be_visible()
    ana.get_by_role("link", name="Présenter des personnes").click()
    for qui in presentes:
        ana.get_by_label(qui).check()
    ana.get_by_role("button", name="Présenter", exact=True).click()
    ana.get_by_role("link", name="Choisir qui siège").click()
    for fiche in ana.locator("li.fiche").all():
        nom = fiche.locator("label").inner_text().split()[0]
        fiche.get_by_role("checkbox").set_checked(nom in siegent)
    for mot in ("Donner ces places", "Convoquer le jury", "Ouvrir la séance"):
        ana.get_by_role("button", name=mot).click()
    for geste, nom in (*(("Est là", un) for un in siegent), ("Préside", siegent[0])):
        bouton = ana.get_by_role("button", name=f"{geste} : {nom}")
        bouton.click()
        expect(bouton).to_have_count(0)


def _decider(page: Page, bloc: int, voix: int, raison: str = "") -> None:
    """All of one mind: valid without a reason, adjourned with one."""
    sien = page.locator(f"#bloc-{bloc}")
    sien.get_by_role("radio", name="Ajourné" if raison else "Validé").check()
    sien.get_by_label("Voix pour valider").fill("0" if raison else str(voix))
    sien.get_by_label("Voix contre").fill(str(voix) if raison else "0")
    sien.get_by_label("Motif").fill(raison)
    sien.get_by_role("button", name=f"Noter la décision du bloc {bloc}").click()
    expect(page.get_by_text(f"Bloc {bloc} : la décision est notée.")).to_be_visible()


def _clore(ana: Page) -> None:
    ana.get_by_role("link", name="Revenir au jury").click()
    ana.get_by_role("button", name="Clore la séance").click()
    expect(ana.get_by_text("La séance est close.")).to_be_visible()
    assert sceller() == 1
    ana.reload()
    _, minutes = telecharger(ana, "Procès-verbal scellé")
    assert "spécimen" in texte_de(minutes).lower()


def _le_premier_jury(gens: Gens) -> None:
    """Tara sits, and leaves for Léa alone; Léa has her four blocs, Bruno three."""
    ana = gens.ana
    _reunir(gens, (LEA, BRUNO), (*PREMIERS, "Tara"))
    expect(ana.get_by_text("Quitte le vote pour 1 personne.")).to_be_visible()
    ana.get_by_role("link", name=LEA).click()
    expect(ana.get_by_text(re.compile("Tara .* quitte le vote"))).to_contain_text("employeur")
    for bloc in (1, 2, 3, 4):
        _decider(ana, bloc, 4)
    ana.get_by_role("link", name=f"Personne suivante : {BRUNO}").click()
    expect(ana.get_by_text("5 voix")).to_be_visible()
    expect(ana.locator("#bloc-3")).to_contain_text("Proposé : non acquis")
    for bloc in (1, 2, 4):
        _decider(ana, bloc, 5)
    _decider(ana, 3, 5, "La désinfection n’est pas acquise.")
    _clore(ana)
    assert DecisionDeBloc.objects.filter(issue="ajourne").count() == 1


def _bruno_revient(gens: Gens) -> None:
    """He reads why; Alice opens new attempts, Bob fills the grids, Paul changes his mind, a second jury validates."""
    bruno = telephone(gens.ouvrir, gens.fin.bruno)
    siennes = f"/espace/suivis/parcours/{gens.fin.parcours_de_bruno.pk}/"
    bruno.goto(siennes)
    expect(bruno.get_by_text("La désinfection n’est pas acquise.")).to_be_visible()
    expect(bruno.get_by_text("Il reste 1 bloc à valider : 3")).to_be_visible()
    alice, bob = gens.alice, telephone(gens.ouvrir, gens.fin.monde.bob)
    alice.goto(siennes)
    alice.get_by_role("link", name="Voir les épreuves").click()
    for code in ("B3E1", "B3E2"):
        alice.get_by_text("Ouvrir une tentative").click()
        alice.get_by_label("L’épreuve").select_option(code)
        alice.get_by_role("button", name="Ouvrir la tentative").click()
        expect(alice.get_by_text("Tentative 2").first).to_be_visible()
    for _ in ("B3E1", "B3E2"):
        bob.goto("/espace/epreuves/")
        bob.locator("section").filter(has_text="Sans créneau").get_by_role(
            "link", name=BRUNO
        ).first.click()
        prete(bob)
        _juger(bob, BRUNO, "Acquis")
        expect(bob.get_by_text("Grille envoyée, remplie à")).to_be_visible()
    paul = telephone(gens.ouvrir, gens.fin.paul)
    paul.goto("/espace/")
    paul.get_by_role("link", name="Voir la formation").click()
    paul.get_by_role("link", name="Donner votre avis, bloc par bloc").click()
    paul.locator("input[name=avis-3][value=acquis]").check()
    paul.get_by_role("button", name="Enregistrer mon avis").click()
    _reunir(gens, (BRUNO,), SECONDS)
    ana = gens.ana
    expect(ana.get_by_role("row", name=re.compile(BRUNO))).to_contain_text("2e fois")
    ana.get_by_role("button", name="Confirmer ce qui est proposé").click()
    expect(ana.get_by_text("Ce qui est proposé est confirmé pour 1 personne.")).to_be_visible()
    ana.get_by_role("link", name=BRUNO).click()
    expect(ana.locator("#bloc-3")).to_contain_text("Décidé : validé")
    _clore(ana)


def _les_parchemins(gens: Gens) -> None:
    """From each closed jury to its titles; the jobs seal them."""
    ana = gens.ana
    ana.get_by_role("link", name="Délivrer les parchemins de ce jury").click()
    ana.get_by_role("button", name="Délivrer 1 parchemin").click()
    expect(ana.get_by_text("1 parchemin délivré.")).to_be_visible()
    par_le_menu(ana, "Les titres")
    ana.get_by_role("link", name=re.compile("jury")).last.click()
    ana.get_by_role("button", name="Délivrer 1 parchemin").click()
    expect(ana.get_by_text("1 parchemin délivré.")).to_be_visible()
    assert sceller() == 2


def _lea_prend_le_sien(gens: Gens) -> tuple[Titre, str]:
    """She finds her title on her path, takes the sealed paper and the badge; another implementation verifies it."""
    titre, lea = Titre.objects.get(parcours=gens.fin.binome.parcours), gens.lea
    lea.goto("/espace/")
    lea.get_by_role("link", name=titre.numero).click()
    nom, papier = telecharger(lea, "Télécharger le papier scellé")
    assert titre.numero in nom
    dit = texte_de(papier)
    assert (LEA in dit, "Spécimen, sans valeur" in dit) == (True, True)
    badge = telecharger(lea, "La certification entière")[1].decode()
    assert not est_retire(gens.dehors, badge)
    lea.get_by_role("link", name="Ce qu’en lit un inconnu").click()
    expect(lea.get_by_role("heading", name="Spécimen reconnu : sans valeur")).to_be_visible()
    return titre, badge


def _completer(gens: Gens) -> None:
    """Léa writes her own; Alice writes Bruno's, with a day of birth that is not the right one."""
    lea, alice = gens.lea, gens.alice
    lea.goto("/espace/")
    lea.get_by_role("link", name="Parchemin du CQP").click()
    lea.get_by_role("link", name="Mon parcours").click()
    lea.get_by_role("link", name="Compléter l’état civil").click()
    ecrire_l_etat_civil(lea, "Exemple", "Léa", "03/05/1984")
    par_le_menu(alice, "États civils")
    alice.get_by_role("link", name=BRUNO).click()
    ecrire_l_etat_civil(alice, "Besse", "Bruno", "03/05/1984")


def _regler(gens: Gens) -> None:
    """The numbers of the branch, made up, and the schema of the norms."""
    ana = gens.ana
    par_le_menu(ana, "Le passeport")
    ana.get_by_role("link", name="Remplir les réglages").click()
    ana.get_by_label("Identifiant client").fill(NUMEROS["id_client"])
    ana.get_by_label("Identifiant du certificateur").fill(NUMEROS["certificateur"])
    ana.get_by_label("Numéro de contrat").fill(NUMEROS["contrat"])
    ana.get_by_role("button", name="Enregistrer").click()
    expect(ana.get_by_text("Les réglages sont enregistrés.")).to_be_visible()
    expect(ana.get_by_text("Ces valeurs sont des valeurs d’essai")).to_be_visible()
    ana.get_by_label("Le fichier XSD").set_input_files(NORMES / "cpf-1.1.2.xsd")
    ana.get_by_label("De quel jour est-il").fill(timezone.localdate().isoformat())
    ana.get_by_role("button", name="Choisir ce schéma").click()
    expect(ana.get_by_text("version 1.1.2")).to_be_visible()


def _un_lot(gens: Gens, combien: int) -> tuple[str, list[str]]:
    """A lot prepared, taken, valid against the schema, and said to be deposited; its name, and its identifiers."""
    ana = gens.ana
    par_le_menu(ana, "Le passeport")
    ana.get_by_role("button", name="Préparer un lot", exact=True).click()
    expect(ana.get_by_role("heading", level=1)).to_contain_text(f"{combien} certification")
    nom, contenu = telecharger(ana, "Télécharger le fichier")
    SCHEMA.assertValid(lu := etree.fromstring(contenu))
    assert nom.startswith("binome-essai-")
    ana.get_by_role("button", name="C’est déposé").click()
    expect(ana.get_by_text("C’est noté : la réponse est attendue.")).to_be_visible()
    return nom, [str(un.text) for un in lu.iter("{*}idTechnique")]


def _declarer(gens: Gens) -> None:
    """Two declared, one refused by a known sentence, corrected, and accepted in a new lot under the same identifier."""
    ana, alice = gens.ana, gens.alice
    _completer(gens)
    _regler(gens)
    nom, ids = _un_lot(gens, 2)
    de_bruno = str(gens.fin.parcours_de_bruno.titres.get().declaration.id_technique)
    assert de_bruno in ids
    donner_l_accuse(gens.ana, nom, [un for un in ids if un != de_bruno], {de_bruno: DU_JOUR})
    expect(ana.get_by_text("1 refusée")).to_be_visible()
    par_le_menu(ana, "Le passeport")
    ligne = ana.get_by_role("row").filter(has_text=BRUNO)
    expect(ligne).to_contain_text("Vérifiez le jour et le mois de naissance")
    par_le_menu(alice, "États civils")
    expect(
        alice.get_by_text("À corriger : la Caisse des Dépôts n’a trouvé personne")
    ).to_be_visible()
    alice.get_by_role("link", name=BRUNO).click()
    expect(alice.get_by_text("Vérifiez le jour et le mois de naissance")).to_be_visible()
    alice.get_by_label("Date de naissance").fill("05/03/1984")
    alice.get_by_role("button", name="Enregistrer").click()
    expect(alice.get_by_text("L’état civil est enregistré.")).to_be_visible()
    autre, encore = _un_lot(gens, 1)
    assert (encore, autre != nom) == ([de_bruno], True)
    donner_l_accuse(gens.ana, autre, encore, {})
    expect(ana.get_by_text("1 acceptée")).to_be_visible()
    gens.lea.goto(f"/espace/suivis/parcours/{gens.fin.binome.parcours.pk}/")
    expect(
        gens.lea.get_by_text("Votre certificat est dans le passeport de compétences.")
    ).to_be_visible()
    par_le_menu(ana, "Le passeport")
    expect(ana.get_by_text("Acceptée").first).to_be_attached()


def _un_inconnu_verifie(gens: Gens, titre: Titre, dossier: Path) -> None:
    """By its number, then by the code of the paper; the proof holds for a program that has nothing of ours."""
    poser()
    dehors = gens.dehors
    dehors.goto("/")
    dehors.get_by_role("link", name="Vérifier un titre").first.click()
    dehors.get_by_label("Le numéro ou le code").fill(titre.numero)
    dehors.get_by_role("button", name="Vérifier").click()
    expect(dehors.get_by_role("heading", name="Spécimen reconnu : sans valeur")).to_be_visible()
    expect(dehors.get_by_text(LEA)).to_have_count(0)
    dehors.get_by_label("Le numéro ou le code").fill(titre.jeton)
    dehors.get_by_role("button", name="Vérifier").click()
    expect(dehors.get_by_text(LEA)).to_be_visible()
    _, preuve = telecharger(dehors, "Prendre la preuve")
    etranger = Etranger(dossier)
    publiees = dehors.request.get("/preuves/preuves.json").text()
    verdict = etranger.verifier(
        etranger.garder("preuves.json", publiees), etranger.garder("preuve.json", preuve.decode())
    )
    assert (verdict.code, "Rien n’est faux" in verdict.dit) == (3, True), verdict.dit


def _retirer(gens: Gens, titre: Titre, badge: str) -> None:
    """Ana withdraws the title; a stranger and the badge say so at once, neither why in words nor whom."""
    ana, dehors = gens.ana, gens.dehors
    par_le_menu(ana, "Les titres")
    ana.get_by_role("link", name="Les titres délivrés").click()
    ana.get_by_role("link", name=re.compile(titre.numero)).click()
    ana.locator("summary").get_by_text("Retirer ce titre").click()
    ana.get_by_label("Le motif, que chacun pourra lire").select_option("erreur")
    ana.get_by_label("L’explication, pour la personne et pour vous").fill("Essai de retrait.")
    ana.get_by_role("button", name="Retirer ce titre").click()
    expect(ana.get_by_text("Le titre est retiré.")).to_be_visible()
    dehors.reload()
    expect(dehors.get_by_role("heading", name="Ce titre a été retiré")).to_be_visible()
    expect(dehors.get_by_text("Le titre a été délivré par erreur")).to_be_visible()
    expect(dehors.get_by_text("Essai de retrait.")).to_have_count(0)
    assert est_retire(dehors, badge)
    par_le_menu(ana, "Le passeport")
    expect(ana.get_by_role("row").filter(has_text=LEA)).to_contain_text("Demandez la suppression")
    gens.lea.goto("/espace/")
    expect(gens.lea.get_by_text(f"{titre.numero} : retiré")).to_be_visible()


@pytest.mark.long(43)
def test_du_dernier_creneau_a_la_page_que_lit_un_inconnu(gens: Gens, tmp_path: Path) -> None:
    _le_dernier_creneau(gens)
    _l_avis_de_tara(gens)
    _le_premier_jury(gens)
    _bruno_revient(gens)
    _les_parchemins(gens)
    titre, badge = _lea_prend_le_sien(gens)
    _declarer(gens)
    _un_inconnu_verifie(gens, titre, tmp_path)
    _retirer(gens, titre, badge)
    assert verifier() is None
    assert not list(differences())
