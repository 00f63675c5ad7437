"""The tutor is named by who employs, one at a time; a reminder leaves once a week, never once the card is signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.courrier.models import Message
from binome.gestes.refus import GesteImpossible
from binome.livret.etats import CoteDuBinome, EtatDeTutorat
from binome.livret.models import Glissement, RappelDeCarte, Tutorat
from binome.livret.permissions import EMPLOIE, cotes_de_livret
from binome.livret.rappels import arreter, demander, rappeler
from binome.livret.tutorats import nommer, pressenties
from tests.dossiers.monde import personne
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


def nu(texte: str) -> str:
    """A page with plain blanks."""
    return texte.replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


@pytest.fixture
def tom(binome: Binome) -> Personne:
    """A tutor of the same practice."""
    tom = personne("tom")
    donner_role(tom, binome.cabinet, "tuteur")
    return tom


def test_sans_personne_de_nomme_qui_emploie_est_la_tutrice(binome: Binome) -> None:
    assert cotes_de_livret(binome.tutrice, binome.parcours) == {EMPLOIE, CoteDuBinome.TUTEUR}


def test_une_fois_nomme_lui_seul_remplit_la_carte(binome: Binome, tom: Personne) -> None:
    nommer(binome.tutrice, binome.parcours, tom.pk)
    assert cotes_de_livret(binome.tutrice, binome.parcours) == {EMPLOIE}
    assert cotes_de_livret(Acteur(tom), binome.parcours) == {CoteDuBinome.TUTEUR}


def test_un_autre_prend_la_suite_et_le_meme_ne_change_rien(binome: Binome, tom: Personne) -> None:
    premier = nommer(binome.tutrice, binome.parcours, tom.pk)
    assert nommer(binome.tutrice, binome.parcours, tom.pk).pk == premier.pk
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    etats = list(Tutorat.objects.order_by("pk").values_list("etat", flat=True))
    assert etats == [EtatDeTutorat.FINI, EtatDeTutorat.NOMME]


def test_on_ne_nomme_que_dans_son_cabinet(binome: Binome) -> None:
    with pytest.raises(GesteImpossible, match="de votre cabinet"):
        nommer(binome.tutrice, binome.parcours, binome.monde.bob.pk)
    assert [une.personne for une in pressenties(binome.tutrice, binome.parcours)] == [binome.tara]


def test_la_page_nomme_et_un_tuteur_ne_nomme_pas(
    binome: Binome, tom: Personne, client: Client
) -> None:
    adresse = f"/espace/livret/{binome.parcours.pk}/tuteur/"
    client.force_login(binome.tara)
    assert client.post(adresse, {"tuteur": "abc"}).status_code == 422
    assert client.post(adresse, {"tuteur": str(tom.pk)}).status_code == 302
    client.force_login(tom)
    assert client.get(adresse).status_code == 200
    assert client.post(adresse, {"tuteur": str(tom.pk)}).status_code == 403


def test_qui_est_nomme_recoit_un_courriel_et_qui_se_nomme_n_en_recoit_pas(
    binome: Binome, tom: Personne, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    nommer(binome.tutrice, binome.parcours, tom.pk)
    message = Message.objects.get(cle__startswith="livret:nommer:")
    assert message.destinataire == tom.courriel
    assert "vous confie le tutorat de Léa Exemple" in nu(message.texte)
    assert f"/espace/livret/{binome.parcours.pk}/" in message.texte
    assert "Léa" not in message.sujet
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    assert Message.objects.filter(cle__startswith="livret:nommer:").count() == 1


def test_la_page_dit_de_qui_et_la_limite_avant_le_choix(binome: Binome, client: Client) -> None:
    client.force_login(binome.tara)
    page = nu(client.get(f"/espace/livret/{binome.parcours.pk}/tuteur/").content.decode())
    assert "<h1>Le tuteur ou la tutrice de Léa Exemple</h1>" in page
    avant, _, apres = page.partition('<select id="tuteur"')
    assert "Si cette personne est en contrat de professionnalisation" in avant
    assert "Si cette personne" not in apres
    assert "Le plus souvent, le médecin employeur est le tuteur. <" in apres
    assert "Une source peu sûre" not in apres


VENDREDI = datetime(2027, 1, 22, 17, 30, tzinfo=UTC)
"""A Friday, 18 h 30 in Paris."""


def test_un_rappel_part_une_fois_a_l_heure_choisie(
    binome: Binome, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def a_cet_instant(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    settings.DEMONSTRATION = True
    demander(binome.lea, binome.parcours, jour=5, heure=18)
    for heure, attendus in ((16, 0), (17, 1), (18, 0), (19, 0)):
        a_cet_instant(VENDREDI.replace(hour=heure))
        assert rappeler() == attendus, heure
    a_cet_instant(VENDREDI + timedelta(days=7))
    assert rappeler() == 1
    assert Message.objects.filter(sujet="La carte de la semaine vous attend").count() == 2


def test_rien_ne_part_une_fois_la_carte_signee_ni_le_rappel_arrete(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    aujourd_hui = timezone.localtime().replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: aujourd_hui)
    demander(binome.lea, binome.parcours, aujourd_hui.isoweekday(), 7)
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))
    assert rappeler() == 0
    demander(binome.tutrice, binome.parcours, aujourd_hui.isoweekday(), 7)
    arreter(binome.tutrice, binome.parcours)
    assert rappeler() == 0


def test_on_change_son_rappel_sans_en_faire_deux(binome: Binome) -> None:
    demander(binome.lea, binome.parcours, jour=1, heure=8)
    demander(binome.lea, binome.parcours, jour=2, heure=9)
    assert RappelDeCarte.objects.values_list("jour", "heure").get() == (2, 9)
    with pytest.raises(GesteImpossible, match="entre 7 h et 20 h"):
        demander(binome.lea, binome.parcours, jour=2, heure=3)


def test_la_page_dit_le_role_avec_ses_sources_et_ce_que_personne_n_a_dit(
    binome: Binome, client: Client
) -> None:
    client.force_login(binome.tara)
    page = client.get(f"/espace/livret/{binome.parcours.pk}/tuteur/").content.decode()
    assert "trois personnes au plus" in page
    assert "source-fiche" in page
    assert "À demander : la branche" in page.replace("\u202f", " ").replace("\xa0", " ")


def test_ce_que_le_tuteur_dit_avoir_fait_lui_meme_n_est_pas_un_glissement(binome: Binome) -> None:
    phrase = "J’ai fait l’injection, elle a préparé le plateau."
    rendre(binome, binome.tutrice, envoi(binome, dit(phrase=phrase)))
    assert not Glissement.objects.exists()
    rendre(
        binome, binome.tutrice, envoi(binome, dit("B1M1C2", phrase="Elle a fait les injections."))
    )
    assert Glissement.objects.count() == 1
