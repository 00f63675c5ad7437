"""The first page of who examines: what they hold, what they may answer, what they may still come back on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers.models import Decision, Dossier
from tests.dossiers.monde import depose, propose
from tests.dossiers.navigation import adresse, envoyer, notifier, page
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


@remembre
def conteste(monde: Monde, par: Personne) -> Dossier:
    """A decision of one person that the candidate contests."""
    dossier = propose(monde)
    # Emma examined its documents.
    decisions.decider(dossier, Acteur(par), version=dossier.version, confirme=("lues",))
    notifier(dossier)
    dossier = Dossier.objects.get(pk=dossier.pk)
    decisions.contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Non.")
    return dossier


def d_abord(dit: str) -> str:
    """What the page says to open first."""
    debut = dit.index("À ouvrir d’abord")
    return dit[debut : dit.index("</section>", debut)]


def test_un_recours_auquel_on_ne_peut_pas_repondre_n_est_pas_a_ouvrir_d_abord(
    client: Client, monde: Monde
) -> None:
    sien, d_ana = conteste(monde, monde.emma), conteste(monde, monde.ana)
    dit = page(client, monde.emma, "/espace/")
    assert adresse(sien) not in d_abord(dit)
    assert adresse(d_ana) in d_abord(dit)
    assert "1 recours contre votre décision : une autre personne doit répondre." in dit
    assert (
        '<strong class="attendu-nombre">1</strong> <span class="attendu-titre">Recours</span>'
        in dit
    )
    dit = page(client, monde.ana, "/espace/")
    assert adresse(sien) in d_abord(dit)
    assert adresse(d_ana) not in d_abord(dit)


def test_ce_qu_un_collegue_examine_n_y_est_pas_ce_qu_on_tient_vient_en_tete(
    client: Client, monde: Monde
) -> None:
    ancien, tenu, a_ana = depose(monde), depose(monde), depose(monde)
    Dossier.objects.filter(pk=tenu.pk).update(examine_par=monde.emma)
    Dossier.objects.filter(pk=a_ana.pk).update(examine_par=monde.ana)
    dit = d_abord(page(client, monde.emma, "/espace/"))
    assert dit.index(adresse(tenu)) < dit.index(adresse(ancien))
    assert "Vous l’examinez." in dit
    assert adresse(a_ana) not in dit


def test_un_dossier_remis_est_sur_la_premiere_page_de_qui_le_recoit(
    client: Client, monde: Monde
) -> None:
    depose(monde)
    remis = depose(monde)
    envoyer(
        client, monde.emma, adresse(remis, "examen/remettre/"),
        version=remis.version, a=monde.ana.pk,
    )  # fmt: skip
    dit = page(client, monde.ana, "/espace/")
    assert d_abord(dit).index(adresse(remis)) < d_abord(dit).index("Vous l’examinez.")
    assert d_abord(dit).count("Vous l’examinez.") == 1
    assert (
        '<strong class="attendu-nombre">1</strong> <span class="attendu-titre">Mon dossier</span>'
        in dit
    )
    assert (
        '<strong class="attendu-nombre">0</strong> <span class="attendu-titre">Mon dossier</span>'
        in page(client, monde.emma, "/espace/")
    )


def test_une_decision_s_y_reprend_pendant_une_heure(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    lien = f'<a href="{adresse(dossier)}#annuler-motif">Revenir sur cette décision'
    dit = page(client, monde.emma, "/espace/")
    assert lien in dit
    assert "Léa Exemple, accordé" in dit
    for qui in (monde.ana, monde.alice, monde.lea):
        assert lien not in page(client, qui, "/espace/")
    Decision.objects.update(notifiable_des=timezone.now() - timedelta(minutes=1))
    assert lien not in page(client, monde.emma, "/espace/")
