"""Five years of two aid contracts in a real browser, on a phone: the clock moves, each page stays readable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binome.comptes.services import creer_organisation, donner_role
from binome.contrats_d_aide.models import Contrat
from binome.emplois.models import Emploi
from binome.emplois.services import adherer, dire_l_emploi, salarie_de
from tests.contrats_d_aide.cabinets import RPPS, Cabinets, cabinets
from tests.dossiers.monde import personne
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_prises_en_charge import Regards

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


class CinqAns:
    """Emma's telephone, over the years."""

    def __init__(self, ouvrir: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
        self._ouvrir, self._monkeypatch = ouvrir, monkeypatch
        self.regards = Regards()
        self.le(2023, 9, 4)
        self.ici: Cabinets = cabinets()
        Emploi.objects.update(du="2023-09-04")
        self.revenir()

    def le(self, annee: int, mois: int, jour: int) -> None:
        """Moves the clock to a morning; it runs on from there."""
        depart = datetime(annee, mois, jour, 9, tzinfo=UTC)
        vrai = datetime.now(tz=UTC)

        def maintenant() -> datetime:
            return depart + (datetime.now(tz=UTC) - vrai)

        self._monkeypatch.setattr(timezone, "now", maintenant)

    def revenir(self) -> None:
        """Emma comes back: her session of years ago is over."""
        self.page = entrer(self._ouvrir(largeur=390), self.ici.emma.personne)

    def plus_tard(self, annee: int, mois: int, jour: int) -> None:
        """The same, another day."""
        self.le(annee, mois, jour)
        self.revenir()

    def sur(self, contrat: Contrat) -> None:
        """Opens the page of a contract, and looks at it."""
        self.page.goto(f"/espace/suivis/contrats-d-aide/{contrat.pk}/")
        self.regards.sur(self.page)

    def geste(self, contrat: Contrat, mot: str, dit: str, **champs: str) -> None:
        """One gesture that has its form on the page of the contract."""
        self.sur(contrat)
        replie = self.page.locator("details.geste", has=self.page.locator("summary", has_text=mot))
        replie.locator("summary").click()
        for libelle, valeur in champs.items():
            champ = replie.get_by_label(libelle.replace("_", " "))
            if champ.evaluate("un => un.tagName") == "SELECT":
                champ.select_option(valeur)
            else:
                champ.fill(valeur)
        replie.get_by_role("button", name=mot).click()
        expect(self.page.get_by_text(dit).first).to_be_visible()

    def preparer(self, prenom: str, rpps: str) -> Contrat:
        """A half-time contract, by its form."""
        page = self.page
        page.goto("/espace/contrats-d-aide/nouveau/")
        self.regards.sur(page)
        page.get_by_label("Nom du médecin").fill("Essai")
        page.get_by_label("Son prénom").fill(prenom)
        page.get_by_label("Son numéro RPPS").fill(rpps)
        page.get_by_label("Sa spécialité").select_option("medecine_generale")
        page.get_by_label("La caisse, si elle est dans Binôme").select_option(
            str(self.ici.caisse.pk)
        )
        page.get_by_label("Le temps de travail que le contrat paie").select_option("demi")
        page.get_by_label("Secteur conventionnel").select_option("1")
        page.get_by_label("Patientèle médecin traitant").fill("1000")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("Le contrat est en préparation.")).to_be_visible()
        return Contrat.objects.latest("pk")

    def ajouter(self, contrat: Contrat, du: str, *, promue: bool = False) -> None:
        """Half of the time of the shared assistant."""
        page = self.page
        self.sur(contrat)
        page.get_by_role("link", name="Ajouter une personne").click()
        self.regards.sur(page)
        page.get_by_label("Une personne que Binôme connaît").select_option(str(self.ici.emploi.pk))
        page.get_by_label("La part de temps que ce contrat paie").fill("mi-temps")
        page.get_by_label("Depuis le").fill(du)
        if promue:
            page.get_by_label("Cette personne tenait le secrétariat").check()
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("La personne est ajoutée.")).to_be_visible()

    def arrive(self, contrat: Contrat, nature: str, du: str, poste: str = "", **choix: str) -> None:
        """Something happens, by its form."""
        page = self.page
        self.sur(contrat)
        page.get_by_role("link", name="Dire un événement").click()
        self.regards.sur(page)
        page.get_by_label("Ce qui arrive").select_option(nature)
        if poste:
            page.get_by_label("À qui, ou pour quel poste").select_option(poste)
        page.get_by_label("Le, ou depuis le").fill(du)
        for libelle, valeur in choix.items():
            page.get_by_label(libelle).select_option(valeur)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("L’événement est noté.")).to_be_visible()


def remplacer_le_secretariat(vie: CinqAns, un: Contrat) -> None:
    """The secretary's post is filled again, before the six months are over."""
    vie.plus_tard(2024, 2, 1)
    vie.sur(un)
    expect(vie.page.locator("#ce-qui-vient")).to_contain_text("secrétariat")
    secretariat = str(un.postes.get(genre="secretaire_a_remplacer").pk)
    vie.arrive(
        un, "secretariat", "2024-02-01", secretariat,
        **{"Pour un secrétariat remplacé, par qui": "telesecretariat"},
    )  # fmt: skip
    expect(vie.page.locator("#les-personnes")).to_contain_text("remplacé le 1er février 2024")
    expect(vie.page.locator("#ce-qui-vient")).not_to_contain_text("secrétariat")


def s_absenter_et_revenir(vie: CinqAns, un: Contrat, deux: Contrat) -> None:
    """The training is over; then three months of absence stop the money, and the return starts it again."""
    vie.plus_tard(2025, 6, 2)
    assistants = {un: str(un.postes.get(genre="assistant").pk), deux: str(deux.postes.get().pk)}
    vie.arrive(un, "qualification", "2025-06-02", assistants[un])
    expect(vie.page.locator("#les-personnes")).to_contain_text("Qualification obtenue")
    vie.plus_tard(2026, 1, 12)
    for contrat, poste in assistants.items():
        vie.arrive(contrat, "absence", "2025-10-01", poste)
        vie.geste(
            contrat,
            "Suspendre",
            "Le contrat est suspendu, aide et objectifs.",
            Suspendu_depuis_le="2025-10-01",
        )
    vie.plus_tard(2026, 2, 2)
    for contrat, poste in assistants.items():
        vie.arrive(contrat, "retour", "2026-02-02", poste)
        vie.geste(contrat, "Reprendre", "Le contrat reprend.", Repris_le="2026-02-02")
    vie.page.locator("#ce-qui-est-arrive summary").first.click()
    vie.regards.sur(vie.page)


def manquer_l_objectif(vie: CinqAns, un: Contrat) -> None:
    """The third year's objective is missed: nobody invents what is paid then."""
    vie.plus_tard(2026, 9, 10)
    vie.sur(un)
    vie.page.get_by_role("link", name="Dire un objectif").click()
    vie.regards.sur(vie.page)
    vie.page.get_by_label("Quelle année du contrat").select_option("3")
    for libelle, valeur in (("Patientèle au départ", "1000"), ("Patientèle à atteindre", "1200"),
                            ("File active au départ", "1500"), ("File active à atteindre", "1600")):  # fmt: skip
        vie.page.get_by_label(libelle).fill(valeur)
    vie.page.get_by_role("button", name="Enregistrer").click()
    vie.page.get_by_role("link", name="Dire la patientèle").click()
    vie.regards.sur(vie.page)
    vie.page.get_by_label("Patientèle médecin traitant").fill("1150")
    vie.page.get_by_label("File active").fill("1550")
    vie.page.get_by_role("button", name="Enregistrer").click()
    expect(vie.page.locator("#les-objectifs")).to_contain_text("il en manque 50")
    expect(vie.page.locator("#les-objectifs")).to_contain_text("ous ne savons pas")


def partir(vie: CinqAns, un: Contrat, deux: Contrat) -> None:
    """One doctor leaves, with two months' notice; the other takes the whole time over."""
    vie.geste(
        deux, "Mettre fin au contrat", "Le contrat a sa fin.", Qui_met_fin_au_contrat="medecin",
        Lettre_recommandée_envoyée_le="2026-09-10", Dernier_jour_du_contrat="2026-11-30",
    )  # fmt: skip
    vie.plus_tard(2026, 12, 1)
    vie.geste(
        un,
        "Amender",
        "L’avenant est écrit.",
        **{"L’avenant_vaut_depuis_le": "2026-12-01"},
        La_nouvelle_option="un",
    )
    vie.sur(un)


def renouveler(vie: CinqAns, un: Contrat) -> None:
    """The five years are over: what follows is prepared, signed, and takes the place of the first."""
    vie.plus_tard(2028, 7, 3)
    vie.sur(un)
    vie.page.get_by_role("link", name="Préparer la suite du contrat").click()
    vie.regards.sur(vie.page)
    vie.page.get_by_label("Le temps de travail que le contrat paie").select_option("demi")
    vie.page.get_by_role("button", name="Enregistrer").click()
    expect(vie.page.get_by_text("La suite du contrat est en préparation.")).to_be_visible()
    suite = Contrat.objects.latest("pk")
    vie.plus_tard(2028, 9, 4)
    vie.geste(suite, "Dire la signature", "La signature est dite.", Signé_le="2028-09-04")
    vie.ajouter(suite, "2028-09-04")
    vie.geste(
        suite, "Dire que le poste commence", "Le contrat est en cours.",
        La_personne_travaille_depuis_le="2028-09-04",
    )  # fmt: skip
    vie.sur(un)
    expect(vie.page.get_by_text("Remplacé par un autre contrat").first).to_be_visible()
    un.refresh_from_db()
    suite.refresh_from_db()
    assert un.fini_le == suite.signe_le - timedelta(days=1)  # type: ignore[operator] # it was signed
    assert suite.version_signee == "convention_2024"


@pytest.mark.long(35)
def test_cinq_ans_de_deux_medecins_qui_partagent_une_personne(
    ouvrir: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    vie = CinqAns(ouvrir, monkeypatch)
    un, deux = vie.preparer("Un", RPPS[0]), vie.preparer("Deux", RPPS[1])
    for contrat, promue in ((un, True), (deux, False)):
        vie.geste(contrat, "Dire la signature", "La signature est dite.", Signé_le="2023-09-04")
        vie.ajouter(contrat, "2023-09-04", promue=promue)
        vie.geste(
            contrat, "Dire que le poste commence", "Le contrat est en cours.",
            La_personne_travaille_depuis_le="2023-09-04",
        )  # fmt: skip
    expect(vie.page.locator("#l-argent")).to_contain_text("18")
    vie.page.goto("/espace/contrats-d-aide/")
    vie.regards.sur(vie.page)
    expect(vie.page.locator("table caption")).to_have_count(1)
    expect(vie.page.locator("table tfoot")).to_contain_text("temps plein")
    remplacer_le_secretariat(vie, un)
    s_absenter_et_revenir(vie, un, deux)
    manquer_l_objectif(vie, un)
    partir(vie, un, deux)
    renouveler(vie, un)
    assert not vie.regards.fautes, "\n".join(sorted(set(vie.regards.fautes)))


@pytest.mark.long(15)
def test_un_contrat_collectif_et_un_groupement_sur_un_telephone(
    ouvrir: Callable[..., Page],
) -> None:
    ici, regards = cabinets(), Regards()
    groupement = creer_organisation("groupement", "Groupement des Halles (exemple)", exemple=True)
    gaelle = personne("gaelle-groupement")
    donner_role(gaelle, groupement, "groupement")
    adherer(groupement, ici.cabinet, date(2024, 1, 1), auteur="systeme")
    salarie = salarie_de(personne("zelie-partagee"), auteur="systeme")
    emploi = dire_l_emploi(salarie, groupement, auteur="systeme", part=10_000, du=date(2026, 3, 2))
    page = entrer(ouvrir(largeur=390, bruits=("422",)), ici.emma.personne)
    page.goto("/espace/contrats-d-aide/")
    regards.sur(page)
    page.get_by_role("link", name="Préparer un contrat collectif").click()
    regards.sur(page)
    page.get_by_label("Quelle société signe").select_option("scm")
    page.get_by_label("La caisse, si elle est dans Binôme").select_option(str(ici.caisse.pk))
    page.get_by_label("Combien de temps pleins le contrat paie").fill("1,5")
    page.get_by_label("Secteur conventionnel").select_option("1")
    page.get_by_label("Patientèle médecin traitant").fill("900")
    page.get_by_role("button", name="Enregistrer").click()
    for prenom, rpps in (("Un", RPPS[0]), ("Deux", RPPS[1])):
        page.get_by_role("link", name="Faire entrer un médecin").click()
        regards.sur(page)
        page.get_by_label("Nom du médecin").fill("Essai")
        page.get_by_label("Son prénom").fill(prenom)
        page.get_by_label("Son numéro RPPS").fill(rpps)
        page.get_by_label("Entre le").fill("2026-03-02")
        page.get_by_role("button", name="Enregistrer").click()
    page.locator("details.geste summary", has_text="Dire la signature").click()
    page.get_by_label("Signé le").fill("2026-03-02")
    page.get_by_role("button", name="Dire la signature").click()
    expect(page.locator("#le-contrat")).to_contain_text("Aide collective de 2026")
    page.get_by_role("link", name="Faire sortir Deux Essai").click()
    page.get_by_label("Dernier jour dans le contrat").fill("2026-06-30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("On entre et on sort à une date anniversaire").first).to_be_visible()
    regards.sur(page)
    contrat = Contrat.objects.latest("pk")
    groupe = entrer(ouvrir(largeur=390), gaelle)
    groupe.goto("/espace/contrats-d-aide/")
    groupe.get_by_label("Pour quel contrat").select_option(str(contrat.pk))
    groupe.get_by_label("Quelle personne").select_option(str(emploi.pk))
    groupe.get_by_label("La part de temps que ce contrat paie").fill("80 %")
    groupe.get_by_label("Depuis le").fill("2026-03-02")
    groupe.get_by_role("button", name="Ajouter la part").click()
    groupe.get_by_label("Coût du mois, salaire et charges").fill("3 000 €")
    groupe.get_by_label("Frais de gestion du mois").fill("100,01 €")
    groupe.get_by_role("button", name="Partager ces sommes").click()
    expect(groupe.locator("table tfoot")).to_contain_text("100")
    expect(groupe.locator("table tbody tr")).to_have_count(2)
    regards.sur(groupe)
    assert not regards.fautes, "\n".join(sorted(set(regards.fautes)))
