"""What the page of the pair says of itself: whose card, whose answer was kept, every week of the path, nothing said twice."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire
from binome.livret.etats import CoteDuBinome, EtatDeSignatureDeCarte, Valeur
from binome.livret.models import SignatureDeCarte
from binome.parcours.flows import FLUX
from tests.livret.test_pages import chez, page
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe
from tests.presences.suivi import dessin

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.livret.envois import Dit
    from tests.dossiers.monde import Monde

STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


def dits(html: str) -> list[str]:
    """What is said under each competence that was answered."""
    lus = (" ".join(un.split()) for un in re.findall(r"data-par\s[^>]*>([^<]*)<", html))
    return [un.replace("\u202f", " ").replace("\xa0", " ") for un in lus if un]


def choisir(binome: Binome, qui: Personne, garde: Dit) -> None:
    """Keeps one of two answers."""
    forme = re.search(r"<form[^>]*data-choisir.*?</form>", page(binome, qui), re.DOTALL)
    assert forme is not None
    caches = dict(re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', forme[0]))
    adresse = f"/espace/livret/{binome.parcours.pk}/carte/"
    chez(qui).post(adresse, {**caches, "garder": str(garde.uid)})


def test_qui_encadre_lit_de_qui_est_la_carte(binome: Binome) -> None:
    """A tutor may follow two of the same first name; who is in training needs no telling."""
    nom = binome.parcours.dossier.personne
    html = page(binome, binome.tara)
    titre = re.search(r"<h1>([^<]*)</h1>", html)
    assert titre is not None
    assert nom in titre[1]
    assert re.search(rf"<title>[^<]*{nom}", html)
    assert re.search(rf"<span data-dit>{nom}.: pas encore signé</span>", html)
    assert f"Où en est {nom}" in html
    assert "Où vous en êtes" not in html
    sienne = page(binome, binome.monde.lea)
    assert nom not in sienne.split("<main")[1]
    assert "Où vous en êtes" in sienne


@pytest.mark.parametrize("la_sienne", [False, True])
def test_la_reponse_gardee_dit_de_qui_elle_est(binome: Binome, *, la_sienne: bool) -> None:
    """Léa settles it: whichever is kept, each reads whose answer it is, and who had signed is asked again."""
    de_lea, de_tara = dit(valeur=Valeur.SEUL), dit(valeur=Valeur.AIDE)
    rendre(binome, binome.tutrice, envoi(binome, de_tara, signature=signe(TUTEUR, de_tara)))
    rendre(binome, binome.lea, envoi(binome, de_lea))
    html = page(binome, binome.monde.lea)
    assert re.search(r"data-signer\s+disabled", html)
    assert dits(html) == []
    boutons = re.findall(r'class="choix-de">([^<]*)<', html)
    assert [un.split()[0] for un in boutons] == ["Réponse", "Votre"]
    choisir(binome, binome.monde.lea, de_lea if la_sienne else de_tara)
    assert not re.search(r"data-signer\s+disabled", page(binome, binome.monde.lea))
    lu, lue = dits(page(binome, binome.monde.lea)), dits(page(binome, binome.tara))
    prenom = binome.parcours.dossier.prenom
    if la_sienne:
        assert lu == ["Votre réponse : vous l’avez gardée."]
        assert lue == [f"{prenom} a choisi « sans aide » (sa réponse) : signez de nouveau."]
    else:
        assert re.fullmatch(r"Réponse de .* : vous l’avez choisie\.", lu[0])
        assert lue == [f"{prenom} a choisi « avec aide » (votre réponse) : signez de nouveau."]


def test_une_reponse_changee_n_est_pas_un_choix(binome: Binome) -> None:
    premiere = dit(valeur=Valeur.SEUL)
    seconde = dit(valeur=Valeur.AIDE, vue=premiere.uid)
    rendre(binome, binome.lea, envoi(binome, premiere))
    rendre(binome, binome.tutrice, envoi(binome, seconde))
    rendre(binome, binome.lea, envoi(binome, dit(valeur=Valeur.SEUL, vue=seconde.uid)))
    assert dits(page(binome, binome.monde.lea)) == ["Votre réponse"]


def test_toute_semaine_du_parcours_s_ouvre_et_une_signature_s_y_conteste(binome: Binome) -> None:
    """A drawing made in one's name nine weeks ago is seen and contested, the path over or not."""
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=10)
    binome.parcours.save()
    vieille = binome.semaine - timedelta(weeks=9)
    une = dit()
    rendre(
        binome, binome.lea,
        envoi(binome, une, semaine=vieille, signature=signe(STAGIAIRE, une)),
        envoi(binome, semaine=vieille, signature=signe(TUTEUR, une, image=dessin())),
    )  # fmt: skip
    livret = f"/espace/livret/{binome.parcours.pk}/"
    html = page(binome, binome.tara)
    assert html.count("?semaine=") == 11
    assert "signée par les deux, une signature a été faite en votre nom" in html
    assert "Ce n’est pas ma signature" not in html
    faire(
        FLUX, "abandonner", binome.parcours, Acteur(binome.monde.alice),
        version=binome.parcours.version, donnees={"raison": "choix"},
    )  # fmt: skip
    sienne = chez(binome.tara).get(livret, {"semaine": vieille.isoformat()})
    html = sienne.content.decode()
    assert html.count("data-carte") == 1
    assert "le livret ne change plus" in html
    assert "Ce n’est pas ma signature" in html
    signature = SignatureDeCarte.objects.get(cote=TUTEUR)
    reponse = chez(binome.tara).post(
        f"{livret}signatures/{signature.pk}/contester/", {"version": signature.version}
    )
    assert reponse.headers["Location"] == f"{livret}?semaine={vieille.isoformat()}"
    signature.refresh_from_db()
    assert signature.etat == EtatDeSignatureDeCarte.CONTESTEE
    for jour in ("2026-01-01", "demain", (binome.semaine + timedelta(weeks=1)).isoformat()):
        assert chez(binome.tara).get(livret, {"semaine": jour}).status_code == HTTPStatus.NOT_FOUND


def test_une_vieille_carte_refusee_revient_a_l_ecran(binome: Binome) -> None:
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=10)
    binome.parcours.save()
    vieille = binome.semaine - timedelta(weeks=9)
    livret = f"/espace/livret/{binome.parcours.pk}/"
    html = chez(binome.monde.lea).get(livret, {"semaine": vieille.isoformat()}).content.decode()
    code, *_ = re.findall(r'data-competence="([^"]+)"', html)
    champs = dict(re.findall(r'<input\s[^>]*name="([^"]+)"\s[^>]*value="([^"]*)"', html))
    envoye = {**champs, "competence": code, f"valeur-{code}": "vu", f"phrase-{code}": "x" * 281}
    envoye = {nom: valeur for nom, valeur in envoye.items() if not nom.startswith("valeur-") or nom.endswith(code)}  # fmt: skip
    refus = chez(binome.monde.lea).post(f"{livret}carte/", envoye)
    assert refus.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "x" * 281 in refus.content.decode()
    passe = chez(binome.monde.lea).post(f"{livret}carte/", {**envoye, f"phrase-{code}": "Le plateau."})  # fmt: skip
    assert passe.headers["Location"] == f"{livret}?semaine={vieille.isoformat()}"


def test_ce_qui_attend_sur_l_appareil_vient_apres_les_semaines(binome: Binome) -> None:
    binome.parcours.ouvert_le = timezone.now() - timedelta(weeks=6)
    binome.parcours.save()
    html = page(binome, binome.monde.lea)
    rangs = [
        html.index(un)
        for un in ("Les semaines d’avant", "Toutes les semaines", "Sur cet appareil", "Où vous en")
    ]
    assert rangs == sorted(rangs)
    assert "Ce que vous signez sans réseau attend ici" in html
