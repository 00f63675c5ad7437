"""Five everyday tasks, done as somebody who comes for the first time would: from the home page, counting touches.

A touch is a press or a field filled; a wrong turn is a page that one has to leave by going back. None is needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.navigateur.test_parcours import attendre_la_suite, bouton_de, fait_demande
from tests.site.test_aide import GENERALISTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(3)]
TITREE = {
    "diplomes": "secretaire_medical",
    "date_entree": "2027-01-04",
    "afgsu_niveau": "0",
    "situation": "salarie_cabinet",
}
BIENTOT = {
    "diplomes": "aucun",
    "date_entree": "2027-01-04",
    "niveau_diplome": "3",
    "experience_secretaire_mois": "20",
    "experience_dentaire_mois": "0",
    "afgsu_niveau": "0",
    "situation": "salarie_cabinet",
}


class Visiteur:
    """Who comes for the first time, on a phone: every touch is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = 0
        page.goto("/")

    def toucher(self, quoi: Locator) -> None:
        """Presses something that can be seen."""
        quoi.click()
        self.touches += 1

    def remplir(self, quoi: Locator, texte: str) -> None:
        """Fills a field."""
        quoi.fill(texte)
        self.touches += 1

    def lien(self, nom: str) -> Locator:
        """A link by what it says."""
        return self.page.get_by_role("link", name=nom).first

    def demander(self, question: str) -> Locator:
        """Opens one of the questions of the home page; gives its answer."""
        self.toucher(self.page.locator("summary", has_text=question))
        return self.page.locator("details[open]", has_text=question)

    def repondre(self, dits: Mapping[str, str]) -> None:
        """Answers every question until the result."""
        while "/resultat/" not in self.page.url:
            nom, avant = fait_demande(self.page), self.page.url
            champ = self.page.locator(f'fieldset.question [name="{nom}"]')
            sorte = champ.first.get_attribute("type")
            if sorte == "submit":
                self.toucher(bouton_de(self.page, nom, dits[nom]))
            else:
                if sorte == "checkbox":
                    self.toucher(
                        self.page.locator(f'label.carte-choix:has(input[value="{dits[nom]}"])')
                    )
                else:
                    self.remplir(champ, dits[nom])
                self.toucher(self.page.get_by_role("button", name="Continuer"))
            attendre_la_suite(self.page, avant)


@pytest.fixture
def visiteur(ouvrir: Callable[..., Page]) -> Visiteur:
    return Visiteur(ouvrir(largeur=390))


def test_trouver_mes_heures(visiteur: Visiteur) -> None:
    visiteur.toucher(visiteur.lien("Je veux devenir"))
    visiteur.repondre(TITREE)
    expect(visiteur.page.locator("h1")).to_have_text(re.compile("216.h"))
    assert visiteur.touches == 7


def test_savoir_si_je_gagne_a_attendre(visiteur: Visiteur) -> None:
    reponse = visiteur.demander("Est-ce que je gagne à attendre")
    expect(reponse).to_contain_text(re.compile("63.heures de cours"))
    visiteur.toucher(reponse.get_by_role("link", name="Pour votre cas"))
    visiteur.repondre(BIENTOT)
    change = visiteur.page.locator("#changer + ul")
    expect(change).to_contain_text(re.compile(r"Commencer en mai 2027.: 63.h de moins"))
    assert visiteur.touches == 10


def test_savoir_qui_paie(visiteur: Visiteur) -> None:
    reponse = visiteur.demander("Combien cela me coûte-t-il")
    expect(reponse).to_contain_text("rien à avancer")
    assert visiteur.touches == 1
    visiteur.toucher(reponse.get_by_role("link", name="Pour votre cas"))
    expect(visiteur.page.locator("h1")).to_contain_text("Qui paie")


def test_combien_sur_cinq_ans_pour_mon_cabinet(visiteur: Visiteur) -> None:
    reponse = visiteur.demander("Combien un poste coûte-t-il à mon cabinet")
    expect(reponse).to_contain_text(re.compile("38.000.€"))
    visiteur.toucher(reponse.get_by_role("link", name="Pour votre cas"))
    visiteur.repondre(GENERALISTE)
    expect(visiteur.page.locator("tfoot")).to_contain_text(re.compile("au moins 60.000.€"))
    assert visiteur.touches == 15


def test_combien_sur_cinq_ans_par_la_porte_de_qui_emploie(visiteur: Visiteur) -> None:
    """The door is about the person to train: the way to the aid is the first thing below its title."""
    visiteur.toucher(visiteur.lien("J’emploie"))
    vers = visiteur.lien("Vous cherchez l’aide à l’embauche")
    expect(vers).to_be_in_viewport()
    visiteur.toucher(vers)
    visiteur.repondre(GENERALISTE)
    assert visiteur.touches == 15


@pytest.mark.parametrize("mots", ["prise de sang", "qui peut prélever du sang ?"])
def test_qui_peut_faire_une_prise_de_sang(visiteur: Visiteur, mots: str) -> None:
    visiteur.remplir(visiteur.page.locator("#chercher-q"), mots)
    visiteur.toucher(visiteur.page.get_by_role("button", name="Chercher", exact=True))
    expect(visiteur.page.locator("main")).to_contain_text(re.compile("prise de sang.*: non"))
    assert visiteur.touches == 2
    visiteur.page.goto("/")
    expect(visiteur.demander("Qui peut faire une prise de sang")).to_contain_text(
        re.compile(": non")
    )
