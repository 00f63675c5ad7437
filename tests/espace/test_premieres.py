"""What each role finds first: what is theirs to do, else why nothing is and what they may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from binome.comptes.models import Appartenance
from binome.comptes.roles import ROLES
from binome.comptes.services import donner_role, regarder
from binome.dossiers.natures import a_envoyer
from tests.dossiers import monde as gens
from tests.matrice.objets import entrer
from tests.site.lecture import Page

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.sqlite

ATTENDUS = {
    "gestionnaire": ("Pour votre organisme", "Ouvrir un dossier"),
    "formateur": ("Pour votre organisme", "Rien ne vous est demandé : vous lisez les dossiers"),
    "employeur": ("Les personnes que vous employez", "Rien ne vous est demandé"),
    "tuteur": ("Les personnes que vous accompagnez", "Rien ne vous est demandé"),
    "groupement": ("Les personnes que vous employez", "Rien ne vous est demandé"),
    "administrateur": ("Pour la branche", "À examiner"),
    "examinateur": ("Pour la branche", "À examiner"),
    "jury": ("Rien ne vous est demandé", "Les dossiers décidés"),
    "opco": ("Rien ne vous attend", "Qui paie"),
    "cpam": ("Rien ne vous attend", "L’aide du contrat"),
    "pilote": ("Rien ne vous attend", "Les réformes"),
    "soutien": ("Aider une personne", "Pourquoi regarder"),
}
"""For each role of the house: what its first page says."""


def _lire(personne: Personne | None) -> Page:
    reponse = entrer(personne).get("/espace/")
    assert reponse.status_code == 200
    return Page(reponse.content.decode())


def test_chaque_role_a_une_premiere_page_qui_ne_parle_pas_d_un_autre(monde: Monde) -> None:
    assert ATTENDUS.keys() == ROLES.keys(), "un rôle est nouveau : dites ce qu’il lit d’abord"
    qui = gens.entourage(monde, gens.depose(monde))
    for role, phrases in ATTENDUS.items():
        page = _lire(qui[role])
        for phrase in phrases:
            assert phrase in page.texte, (role, phrase)
        assert "otre dossier" not in page.texte, role
        assert ROLES[role].mot in page.texte, f"{role} : le menu dit en tant que qui l’on agit"


def test_la_candidate_sait_si_quelque_chose_lui_est_demande(monde: Monde) -> None:
    dossier = gens.depose(monde)
    page = _lire(monde.lea)
    attendues = [une.code for une in a_envoyer(dossier)]
    assert len(attendues) >= 3
    assert "Votre dossier" in page.texte
    assert f"{len(attendues)} documents attendus de vous" in page.texte
    assert "Rien ne vous est demandé" not in page.texte
    for code in attendues:
        assert f"/espace/dossiers/{dossier.reference}/pieces/?nature={code}" in page.liens
    dite = entrer(monde.lea).get(f"/espace/dossiers/{dossier.reference}/").content.decode()
    assert dite.index("Ce qui est attendu de vous") < dite.index("Ce que dit le dossier")
    assert dite.index("Ce qui est attendu de vous") < dite.index("Retirer le dossier")
    for code in attendues:
        gens.joindre(monde, dossier, code)
    page = _lire(monde.lea)
    assert "L’examen revient à la branche. Rien ne vous est demandé." in page.texte
    assert "attendu de vous" not in page.texte


@pytest.mark.parametrize("role", ["lea", "alice", "paul"])
def test_l_aide_ne_lit_jamais_votre_de_ce_qui_est_a_un_autre(monde: Monde, role: str) -> None:
    """Under the banner, what is somebody else's is never « votre »."""
    dossier = gens.depose(monde)
    autour = gens.entourage(monde, dossier)
    regarde = {"lea": monde.lea, "alice": monde.alice, "paul": autour["employeur"]}[role]
    assert regarde is not None
    soutien = entrer(autour["soutien"])
    motif = {"courriel": regarde.courriel, "motif": "Une question."}
    assert soutien.post("/compte/regard/", motif).status_code == 302
    for adresse in ("/espace/", "/espace/dossiers/", f"/espace/dossiers/{dossier.reference}/"):
        reponse = soutien.get(adresse)
        if reponse.status_code != 200:
            continue
        texte = Page(reponse.content.decode()).texte
        assert "Vous regardez à la place" in texte
        for mot in ("otre dossier", "os dossiers", "otre organisme", "attendu de vous",
                    "Ce qui vous attend", "Rien ne vous est demandé", "que vous employez", "Vos données"):  # fmt: skip
            assert mot not in texte, (adresse, mot)


def test_un_seul_dossier_se_dit_au_singulier(monde: Monde) -> None:
    gens.brouillon(monde)
    assert "1 Brouillon À déposer" in _lire(monde.alice).texte
    gens.brouillon(monde)
    assert "2 Brouillons À déposer" in _lire(monde.alice).texte


def test_sans_role_ni_dossier_on_sait_pourquoi(monde: Monde) -> None:
    texte = _lire(monde.lea).texte
    assert "Rien ne vous est ouvert" in texte
    assert "l’adresse de ce compte" in texte


def test_un_cabinet_sans_dossier_lit_l_aide_en_attendant(monde: Monde) -> None:
    qui = gens.entourage(monde, gens.brouillon(monde))
    page = _lire(qui["employeur-autre"])
    assert "dès qu’un organisme de formation associe leur dossier" in page.texte
    assert "/simulateur/employeur/aide/" in page.liens


def test_chaque_lien_d_une_premiere_page_mene_quelque_part(monde: Monde) -> None:
    qui = gens.entourage(monde, gens.depose(monde))
    for role in ATTENDUS:
        client = entrer(qui[role])
        corps = Page(client.get("/espace/").content.decode())
        for lien in {un for un in corps.liens if un.startswith(("/espace/", "/compte/"))}:
            assert client.get(lien).status_code == 200, (role, lien)


def test_qui_a_plusieurs_organisations_choisit_et_le_lit_partout(monde: Monde) -> None:
    donner_role(monde.alice, monde.autre, "formateur")
    client = entrer(monde.alice)
    page = Page(client.get("/espace/").content.decode())
    assert "pour vos 2 organisations" in page.texte
    assert "Vous agissez pour" in page.texte
    client.post("/compte/organisations/choisir/", {"organisation": monde.autre.pk})
    for adresse in ("/espace/", "/espace/dossiers/", "/espace/donnees/", "/compte/securite/"):
        texte = Page(client.get(adresse).content.decode()).texte
        assert "Formateur ou formatrice · Organisme C" in texte, adresse


def test_l_aide_lit_ses_regards_et_jamais_son_dossier_a_la_place_d_un_autre(monde: Monde) -> None:
    dossier = gens.depose(monde)
    soutien = gens.entourage(monde, gens.brouillon(monde))["soutien"]
    assert soutien is not None
    client = entrer(soutien)
    session = client.session
    session["regard"] = regarder(soutien, monde.lea, "Elle ne trouve pas sa page.").pk
    session.save()
    page = Page(client.get(f"/espace/dossiers/{dossier.reference}/").content.decode())
    assert page.titres == [dossier.personne]
    client.post("/compte/regard/fin/")
    texte = Page(client.get("/espace/").content.decode()).texte
    assert "Elle ne trouve pas sa page." in texte


def test_retirer_une_personne_demande_et_dit_ce_qu_elle_perd(monde: Monde) -> None:
    client = entrer(monde.alice)
    role = Appartenance.objects.get(personne=monde.bob)
    adresse = f"/compte/organisations/{monde.organisme.pk}/roles/{role.pk}/retirer/"
    lue = client.get(f"/compte/organisations/{monde.organisme.pk}/").content.decode()
    assert re.search(rf'<a href="{adresse}">', lue), "un lien, et non un bouton qui retire"
    page = Page(client.get(adresse).content.decode())
    assert "lire les dossiers de l’organisme, sans leurs pièces ni leurs recours" in page.texte
    role.refresh_from_db()
    assert role.close_le is None
    assert "n’a plus ce rôle" in client.post(adresse, follow=True).content.decode()
    role.refresh_from_db()
    assert role.close_le is not None


def test_la_derniere_personne_qui_administre_ne_se_retire_pas(monde: Monde) -> None:
    client = entrer(monde.alice)
    role = Appartenance.objects.get(personne=monde.alice)
    adresse = f"/compte/organisations/{monde.organisme.pk}/roles/{role.pk}/retirer/"
    page = client.get(adresse).content.decode()
    assert "la dernière personne qui administre" in page
    assert "Quitter ce rôle</button>" not in page
    assert client.post(adresse).status_code == 409


def test_on_invite_d_abord_au_moindre_role(monde: Monde) -> None:
    page = entrer(monde.ana).get(f"/compte/organisations/{monde.branche.pk}/").content.decode()
    choix = re.findall(r'<option value="(\w+)"', page)
    assert choix == ["jury", "examinateur", "administrateur"]
