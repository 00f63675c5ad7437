"""Deciding: reasons that fit what is decided, an answer that moves as one ticks, and a day that suits the entry."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.models import Decision, Dossier, Proposition
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.motifs import SELON, a_un_tiers
from tests.dossiers.monde import depose, propose
from tests.dossiers.navigation import adresse, envoyer, notifier, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

SECRETAIRE, DENTAIRE = "dispense.40913.secretaire", "dispense.40913.dentaire"


def options(dit: str) -> dict[str, tuple[str, str]]:
    """The reasons that a page offers, in their order: what each serves, and its words."""
    liste = dit[dit.index('id="raison"') : dit.index("</select>", dit.index('id="raison"'))]
    return {
        code: (pour, mots)
        for code, pour, mots in re.findall(
            r'<option value="(\w+)" data-pour="([\w ]+)"[^>]*>([^<]+)<', liste
        )
    }


@pytest.mark.parametrize(
    ("nature", "autres", "raison"),
    [
        ("refuse", {}, "equivalence"),
        ("refuse", {}, "experience"),
        ("accorde", {"heures": "200"}, "sans_employeur"),
        ("accorde", {"heures": "200"}, "hors_dates"),
        ("accorde", {}, "equivalence"),
    ],
)
def test_une_raison_sert_a_ce_qui_est_decide(
    monde: Monde, nature: str, autres: dict[str, str], raison: str
) -> None:
    dossier, emma = propose(monde), Acteur(monde.emma)
    tape: dict[str, Any] = {"nature": nature, **autres}
    with pytest.raises(GesteImpossible, match="ne sert pas à") as refus:
        decisions.decider(dossier, emma, version=dossier.version, raison=raison, **tape)
    assert refus.value.champ == "raison"
    bonne = "sans_employeur" if nature == "refuse" else "situation"
    prise = decisions.decider(dossier, emma, version=dossier.version, raison=bonne, **tape)
    assert prise.raison == bonne


def test_ce_que_les_regles_refusent_est_la_premiere_raison(client: Client, monde: Monde) -> None:
    sans_employeur = propose(monde, situation="demandeur_emploi", contrat="aucun")
    dites = options(page(client, monde.emma, adresse(sans_employeur)))
    assert next(iter(dites)) == "sans_employeur"
    assert dites["sans_employeur"][1].endswith("(ce que répondent les règles)")
    sans_titre = propose(monde, diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    dites = options(page(client, monde.emma, adresse(sans_titre)))
    assert next(iter(dites)) == "sans_prerequis"
    assert dites["sans_prerequis"][0] == "refuser"
    # Where they refuse nothing, none is put first.
    assert "(ce que" not in str(options(page(client, monde.emma, adresse(propose(monde)))))


def test_un_recours_n_est_une_raison_qu_apres_un_recours(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    assert "recours" not in options(page(client, monde.emma, adresse(dossier)))
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    notifier(dossier)
    dossier = Dossier.objects.get(pk=dossier.pk)
    decisions.contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Non.")
    dossier = Dossier.objects.get(pk=dossier.pk)
    decisions.repondre(
        dossier, Acteur(monde.ana), version=dossier.version, revue=True, reponse="Oui."
    )
    assert "recours" in options(page(client, monde.ana, adresse(dossier)))


def test_le_catalogue_a_des_raisons_pour_chaque_issue() -> None:
    jour = date(2026, 12, 1)
    for issue in raisons.ISSUES:
        assert sum(une.sert(jour, issue) for une in raisons.raisons().values()) >= 4
    assert raisons.raisons()["sans_prerequis"].dit("voie.refus")


def test_la_reponse_bouge_quand_on_coche_sans_rien_ecrire(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    fragment = adresse(dossier, "reponse/")
    avant = (Proposition.objects.count(), Entree.objects.count(), dossier.version)
    assert f'hx-get="{fragment}"' in page(client, monde.emma, adresse(dossier))
    # As proposed, nothing more is said.
    dit = page(client, monde.emma, f"{fragment}?dispenses=-&dispenses={SECRETAIRE}&voie=&heures=")
    assert "Avec ce choix" not in dit
    assert "<html" not in dit
    sans = page(client, monde.emma, f"{fragment}?dispenses=-")
    assert "Avec ce choix" in sans
    assert "279 h" in sans
    deux = page(
        client, monde.emma, f"{fragment}?dispenses=-&dispenses={SECRETAIRE}&dispenses={DENTAIRE}"
    )
    assert "195 h" in deux
    assert "Écrivez les heures ainsi" in page(client, monde.emma, f"{fragment}?heures=beaucoup")
    assert "n’existe pas" in page(client, monde.emma, f"{fragment}?voie=nulle")
    dossier.refresh_from_db()
    assert (Proposition.objects.count(), Entree.objects.count(), dossier.version) == avant
    # What it showed is what is decided.
    envoyer(
        client, monde.emma, adresse(dossier, "gestes/decider/"), version=dossier.version,
        nature="accorde", dispenses=["-", SECRETAIRE, DENTAIRE], raison="equivalence",
    )  # fmt: skip
    assert Decision.objects.get().reponse["minutes"]["total"] == 195 * 60
    assert "n’attend plus de décision" in page(client, monde.emma, fragment)


def test_la_reponse_calculee_n_est_qu_a_qui_examine(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    for qui in (monde.alice, monde.lea, monde.bob):
        page(client, qui, adresse(dossier, "reponse/?dispenses=-"), 403)
    page(client, monde.charlie, adresse(dossier, "reponse/"), 404)


@pytest.mark.parametrize(
    ("dans", "offert"), [(1, 1), (12, 12), (30, 30), (90, 30), (0, 30), (-5, 30)]
)
def test_le_jour_offert_ne_passe_pas_l_entree_voulue(
    client: Client, monde: Monde, dans: int, offert: int
) -> None:
    entree = timezone.localdate() + timedelta(days=dans)
    dossier = depose(monde, date_entree=entree.isoformat())
    jour = (timezone.localdate() + timedelta(days=offert)).isoformat()
    assert f'name="avant" value="{jour}"' in page(client, monde.emma, adresse(dossier))


def test_une_alerte_parle_a_qui_la_lit(client: Client, monde: Monde) -> None:
    dit = SELON.format(faits="situation", texte="Un point.")
    assert (
        a_un_tiers(dit)
        == "Selon sa réponse (situation), ce point peut concerner cette personne. Un point."
    )
    assert a_un_tiers("Un point.") == "Un point."
    dossier = depose(monde)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    lue = page(client, monde.emma, adresse(dossier))
    assert "Selon sa réponse (" in lue
    assert "vous concerner" not in lue
    assert "pièces sont lues" not in lue, "there is none"
