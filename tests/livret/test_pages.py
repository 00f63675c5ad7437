"""The page of the pair without a script: the card as a form, who opens it, and what it says of the weeks."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.gestes.services import faire, naitre
from binome.livret.etats import (
    CoteDuBinome,
    EtatDAppreciation,
    EtatDeCarte,
    EtatDeSignatureDeCarte,
    Valeur,
)
from binome.livret.flows import TUTORATS
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte, Tutorat
from binome.parcours.flows import FLUX
from tests.dossiers.monde import personne
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe
from tests.presences.suivi import dessin

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


def chez(qui: Personne) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(qui)
    return client


def page(binome: Binome, qui: Personne) -> str:
    """The page of the pair, as one of them reads it."""
    reponse = chez(qui).get(f"/espace/livret/{binome.parcours.pk}/")
    assert reponse.status_code == HTTPStatus.OK
    return reponse.content.decode()


def formulaire(binome: Binome, html: str) -> dict[str, str]:
    """What the form of this week holds before anything is ticked."""
    forme = re.search(
        rf'<form[^>]*data-semaine="{binome.semaine.isoformat()}".*?</form>', html, re.DOTALL
    )
    assert forme is not None
    champs = re.findall(r'<input\s[^>]*name="([^"]+)"\s[^>]*value="([^"]*)"', forme[0])
    return {nom: valeur for nom, valeur in champs if not nom.startswith("valeur-")}


def competences(html: str, binome: Binome) -> list[str]:
    """The codes of the card of this week."""
    debut = html.index(f'data-semaine="{binome.semaine.isoformat()}"')
    return re.findall(r'data-competence="([^"]+)"', html[debut : html.index("</form>", debut)])


def test_sans_script_une_carte_se_remplit_et_se_signe_d_un_formulaire(binome: Binome) -> None:
    adresse = f"/espace/livret/{binome.parcours.pk}/carte/"
    html = page(binome, binome.monde.lea)
    codes = competences(html, binome)
    assert len(codes) == 3
    envoye = {
        **formulaire(binome, html),
        "competence": codes,
        f"valeur-{codes[0]}": "seul",
        f"phrase-{codes[0]}": "Le plateau  était prêt.",
        f"valeur-{codes[1]}": "pas_eu",
    }
    chez(binome.monde.lea).post(adresse, envoye)
    reponse = chez(binome.monde.lea).post(adresse, envoye, follow=True)  # pressed twice
    assert reponse.redirect_chain
    dites = {une.competence: (une.valeur, une.phrase) for une in Appreciation.objects.all()}
    assert dites == {
        codes[0]: ("seul", "Le plateau était prêt."),
        codes[1]: ("pas_eu", ""),
    }
    assert SignatureDeCarte.objects.get().cote == STAGIAIRE
    html = reponse.content.decode()
    assert "Signée par une personne sur deux" in html
    # Her tutor reads the same on her own account, and signs what she read.
    html = page(binome, binome.tara)
    assert "Le plateau était prêt." in html
    valeurs = {f"valeur-{codes[0]}": "seul", f"phrase-{codes[0]}": "Le plateau était prêt."}
    chez(binome.tara).post(
        adresse,
        {**formulaire(binome, html), "competence": codes, **valeurs, f"valeur-{codes[1]}": "pas_eu"},
    )  # fmt: skip
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.SIGNEE
    assert Appreciation.objects.count() == 2


def test_ce_qui_est_refuse_revient_comme_on_l_a_tape(binome: Binome) -> None:
    html = page(binome, binome.monde.lea)
    code, autre, _ = competences(html, binome)
    uid = formulaire(binome, html)[f"uid-{code}"]
    envoye: dict[str, Any] = {
        **formulaire(binome, html),
        "competence": [code, autre],
        f"valeur-{code}": "aide",
        f"phrase-{code}": "x" * 281,
        f"phrase-{autre}": "Le carnet.",
    }
    reponse = chez(binome.monde.lea).post(f"/espace/livret/{binome.parcours.pk}/carte/", envoye)
    assert reponse.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    html = reponse.content.decode()
    assert "280 caractères au plus" in html
    assert "Choisissez une des quatre réponses" in html
    assert "x" * 281 in html
    assert "Le carnet." in html
    assert re.search(rf'name="valeur-{code}"\s+value="aide"\s+checked', html)
    assert uid in html
    assert not CarteDeSemaine.objects.exists()
    vide = chez(binome.monde.lea).post(
        f"/espace/livret/{binome.parcours.pk}/carte/", {**formulaire(binome, html)}
    )
    assert "Répondez à une compétence au moins" in vide.content.decode()


def test_deux_reponses_se_departagent_d_une_pression(binome: Binome) -> None:
    sienne, la_sienne = dit(valeur=Valeur.SEUL), dit(valeur=Valeur.AIDE, phrase="À deux.")
    rendre(binome, binome.lea, envoi(binome, sienne))
    rendre(binome, binome.tutrice, envoi(binome, la_sienne))
    html = page(binome, binome.monde.lea)
    assert re.search(r"Vous avez dit «.sans aide.»\. .*a dit «.avec aide.»\. Laquelle", html)
    forme = re.search(r"<form[^>]*data-choisir.*?</form>", html, re.DOTALL)
    assert forme is not None
    caches = dict(re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', forme[0]))
    chez(binome.monde.lea).post(
        f"/espace/livret/{binome.parcours.pk}/carte/", {**caches, "garder": str(la_sienne.uid)}
    )
    restent = Appreciation.objects.exclude(etat=EtatDAppreciation.REMPLACEE)
    assert [(une.valeur, une.phrase) for une in restent] == [("aide", "À deux.")]
    assert "Laquelle" not in page(binome, binome.monde.lea)


def test_qui_n_a_pas_dessine_le_dit_et_la_carte_est_a_signer(binome: Binome) -> None:
    une = dit()
    rendre(
        binome, binome.lea,
        envoi(binome, une, signature=signe(STAGIAIRE, une)),
        envoi(binome, signature=signe(TUTEUR, une, image=dessin())),
    )  # fmt: skip
    assert "Ce n’est pas ma signature" not in page(binome, binome.monde.lea)
    assert "à signer de nouveau" not in page(binome, binome.monde.lea)
    html = page(binome, binome.tara)
    assert "Ce n’est pas ma signature" in html
    signature = SignatureDeCarte.objects.get(cote=TUTEUR)
    adresse = f"/espace/livret/{binome.parcours.pk}/signatures/{signature.pk}/contester/"
    for qui, version, etat in (
        (binome.monde.lea, signature.version, EtatDeSignatureDeCarte.RECUE),
        (binome.tara, signature.version + 1, EtatDeSignatureDeCarte.RECUE),
        (binome.tara, signature.version, EtatDeSignatureDeCarte.CONTESTEE),
    ):
        chez(qui).post(adresse, {"version": version})
        signature.refresh_from_db()
        assert signature.etat == etat
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.OUVERTE
    rendre(binome, binome.tutrice, envoi(binome, dit(valeur=Valeur.SEUL, vue=une.uid)))
    assert "à signer de nouveau, la carte a changé" in page(binome, binome.monde.lea)


def test_ce_qui_ne_se_presente_pas_et_ou_l_on_en_est(binome: Binome) -> None:
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=6)
    binome.parcours.save()
    for semaines in (2, 1):
        semaine = binome.semaine - timedelta(weeks=semaines)
        quoi = [dit(valeur=Valeur.PAS_EU), dit("B1M1C2", Valeur.SEUL)]
        rendre(binome, binome.lea, envoi(binome, *quoi, semaine=semaine))
    html = page(binome, binome.monde.lea)
    assert "pas d’occasion depuis 2 cartes" in html
    assert re.search(r"<p class=\"progres-dit\">1 sans aide, \d+ jamais vu</p>", html)
    assert html.count("data-carte") == 5  # next week's waits on the phone, unseen


def test_un_parcours_fini_se_lit_et_ne_s_ecrit_plus(binome: Binome) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une))
    faire(
        FLUX, "abandonner", binome.parcours, Acteur(binome.monde.alice),
        version=binome.parcours.version, donnees={"raison": "choix"},
    )  # fmt: skip
    html = page(binome, binome.monde.lea)
    assert "le livret ne change plus" in html
    assert "data-signer" not in html


def test_la_carte_est_au_bout_d_un_lien_pour_qui_l_ouvre(binome: Binome) -> None:
    lien = f'href="/espace/livret/{binome.parcours.pk}/"'
    parcours = f"/espace/suivis/parcours/{binome.parcours.pk}/"
    for qui, adresse, attendu in (
        (binome.monde.lea, "/espace/", True),
        (binome.monde.lea, parcours, True),
        (binome.tara, parcours, True),
        (binome.monde.alice, parcours, False),
    ):
        html = chez(qui).get(adresse).content.decode()
        assert (lien in re.sub(r"\s+", " ", html)) is attendu, (str(qui), adresse)


def test_qui_emploie_lit_sans_ecrire_quand_un_tuteur_est_nomme(binome: Binome) -> None:
    tom = personne("tom")
    donner_role(tom, binome.cabinet, "tuteur")
    tutorat = Tutorat(
        parcours=binome.parcours, tuteur=tom, employeur=binome.cabinet, nomme_le=timezone.now()
    )
    naitre(TUTORATS, "nommer", [tutorat], binome.tutrice)
    html = page(binome, binome.tara)
    assert re.search("Vous lisez ce livret sans y écrire.: Tom Exemple", html)
    assert "data-signer" not in html
    code, *_ = competences(html, binome)
    envoye = {**formulaire(binome, html), "competence": code, f"valeur-{code}": "vu"}
    refus = chez(binome.tara).post(f"/espace/livret/{binome.parcours.pk}/carte/", envoye)
    assert refus.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not CarteDeSemaine.objects.exists()
    assert "Passez le téléphone à Tom pour signer" in page(binome, binome.monde.lea)
