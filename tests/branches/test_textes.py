"""The words of a branch: on its letters, dated, printable; and the delay without which no dossier is closed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from binome.branches.models import TextesDeBranche
from binome.branches.services import TexteRefuse, branche_de_la_lettre, ecrire_les_textes, textes_de
from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation
from binome.dossiers import rayons
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.lettres.lettre import sceller
from binome.regles.courante import code_par_defaut
from tests.dossiers.monde import Monde, notifiee, propose
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

PAGE = "/espace/textes/"
TEXTES: dict[str, Any] = {
    "entete": "12 rue de l’Exemple, 75000 Paris",
    "contact": "branche@exemple.fr, 01 00 00 00 00",
    "signature": "La présidence de la commission",
    "recours": "Écrivez-nous par courrier.",
}


def test_l_administration_ecrit_les_textes_les_voit_d_abord_et_ils_sont_dates(
    client: Client, monde: Monde
) -> None:
    vide = page(client, monde.ana, PAGE)
    assert "Aucun texte que nous connaissons" in vide
    assert "recours gracieux" in vide, "what a letter says while the branch wrote nothing"
    envoyer(client, monde.emma, PAGE, 403, **TEXTES)
    vue = envoyer(client, monde.ana, PAGE, 200, **TEXTES, delai_jours="60", voir="oui")
    assert "60 jours" in vue.content.decode()
    assert not TextesDeBranche.objects.exists(), "looking writes nothing"
    envoyer(client, monde.ana, PAGE, **TEXTES, delai_jours="60")
    vus = str(TextesDeBranche.objects.get().pk)
    assert f'name="vus" value="{vus}"' in page(client, monde.ana, PAGE)
    envoyer(client, monde.ana, PAGE, **(TEXTES | {"contact": "Autre."}), delai_jours="30", vus=vus)
    premier, second = TextesDeBranche.objects.order_by("pk")
    assert textes_de(monde.branche) == second
    assert textes_de(monde.branche, premier.du) == premier
    assert "Les textes d’avant" in page(client, monde.emma, PAGE)
    page(client, monde.alice, PAGE, 404)
    assert verifier() is None


def test_deux_administrations_ne_s_ecrasent_pas_sans_le_savoir(
    client: Client, monde: Monde
) -> None:
    """Both opened the page before either wrote: the second is shown what the first wrote, and chooses."""
    envoyer(client, monde.ana, PAGE, **TEXTES, delai_jours="60", vus="0")
    mien = {**TEXTES, "signature": "Le secrétariat"}
    refus = envoyer(client, monde.ana, PAGE, 409, **mien, delai_jours="60", vus="0")
    dit = refus.content.decode()
    assert "Ces textes ont changé entre-temps" in dit
    assert "Le secrétariat" in dit
    assert "La présidence de la commission" in dit
    en_vigueur = TextesDeBranche.objects.get()
    assert en_vigueur.signature == "La présidence de la commission"
    assert f'name="vus" value="{en_vigueur.pk}"' in dit
    envoyer(client, monde.ana, PAGE, **mien, delai_jours="60", vus=str(en_vigueur.pk))
    ecrits = textes_de(monde.branche)
    assert ecrits is not None
    assert ecrits.signature == "Le secrétariat"


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"contact": "\U00012000"}, "aucune lettre ne peut"),
        ({"signature": "x" * 1001}, "La signature"),
        ({"delai_jours": "0"}, "de 1 à 366"),
        ({"delai_jours": "bientôt"}, "un nombre de jours"),
    ],
)
def test_un_texte_qui_ne_s_imprime_pas_est_refuse_et_rendu(
    client: Client, monde: Monde, change: dict[str, str], dit: str
) -> None:
    refus = envoyer(client, monde.ana, PAGE, 422, **{**TEXTES, "delai_jours": "", **change})
    assert dit in refus.content.decode()
    assert "12 rue de l’Exemple" in refus.content.decode()
    assert not TextesDeBranche.objects.exists()


def test_du_html_tape_reste_du_texte(client: Client, monde: Monde) -> None:
    envoyer(client, monde.ana, PAGE, **(TEXTES | {"entete": "<b>Nous</b>"}), delai_jours="")
    assert "&lt;b&gt;Nous&lt;/b&gt;" in page(client, monde.ana, PAGE)


def test_la_lettre_porte_les_mots_de_la_branche(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ecrire_les_textes(monde.branche, Acteur(monde.ana), TEXTES, 60)
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    Decision.objects.update(notifiable_des=timezone.now())
    assert sceller() == 1
    lecteur = PdfReader(
        BytesIO(rayons.LETTRES.chemin_de(Decision.objects.get().sceau).read_bytes())
    )
    lue = " ".join(" ".join(une.extract_text() for une in lecteur.pages).split())
    for dit in (*TEXTES.values(), "60 jours à compter de la notification", "fixé par la branche"):
        assert dit in lue.replace("\u202f", " ").replace("\xa0", " "), dit
    assert "Nous n’avons pas trouvé de texte qui fixe, pour ces décisions" not in lue


def _clore(dossier: Dossier, monde: Monde) -> None:
    dossier = Dossier.objects.get(pk=dossier.pk)
    faire(FLUX, "clore", dossier, Acteur(monde.emma), version=dossier.version)


def test_un_dossier_ne_se_clot_pas_avant_la_fin_du_recours(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    dossier = notifiee(dossier)
    with pytest.raises(GesteImpossible, match="n’a pas fixé le délai du recours"):
        _clore(dossier, monde)
    ecrire_les_textes(monde.branche, Acteur(monde.ana), {}, 60)
    with pytest.raises(
        GesteImpossible, match="Le recours est ouvert jusqu’au .* fixé par la branche"
    ):
        _clore(dossier, monde)
    assert "Recours possible jusqu’au" in page(client, monde.lea, adresse(dossier))
    Decision.objects.update(notifiee_le=timezone.localtime() - timedelta(days=60))
    with pytest.raises(GesteImpossible):
        _clore(dossier, monde)
    Decision.objects.update(notifiee_le=timezone.localtime() - timedelta(days=61))
    _clore(dossier, monde)
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.CLOS


def test_sans_branche_nommee_la_seule_qui_delivre_parle(monde: Monde) -> None:
    def qui() -> object:
        return branche_de_la_lettre(None, code_par_defaut(), exemple=True)

    assert qui() == monde.branche
    creer_organisation("branche", "Une autre branche", exemple=True)
    assert qui() is None
    assert textes_de(None) is None


def test_le_delai_impossible_est_refuse_par_la_base(monde: Monde) -> None:
    with pytest.raises(TexteRefuse):
        ecrire_les_textes(monde.branche, Acteur(monde.ana), {}, 400)
    ecrits = ecrire_les_textes(monde.branche, Acteur(monde.ana), {}, 366)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextesDeBranche.objects.filter(pk=ecrits.pk).update(delai_jours=400)
