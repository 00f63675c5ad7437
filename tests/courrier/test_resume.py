"""The mail of the day: what there is to tell each person, gathered, once a day, from seven."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from binome.courrier.models import Avis, Message
from binome.courrier.resume import resumer
from binome.courrier.services import avertir, rendre_caducs
from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
PARIS: Final = ZoneInfo("Europe/Paris")


@pytest.fixture
def a(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, int], None]:
    """Sets the clock: a day of March 2026, an hour, a minute, in Paris."""

    def poser(jour: int, heure: int, minute: int = 0) -> None:
        instant = datetime(2026, 3, jour, heure, minute, tzinfo=PARIS)
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return poser


def noter(cle: str, a_qui: str = "lea@exemple.fr", **autres: Any) -> Avis:
    avis = avertir(cle=cle, destinataire=a_qui, genre="essai", texte=f"Texte {cle}.", **autres)
    assert avis is not None
    return avis


def test_rien_avant_sept_heures_puis_un_courriel_par_personne(a: Any) -> None:
    a(10, 6, 30)
    noter("un", reference="POS-1", adresse="/espace/dossiers/POS-1/")
    noter("deux")
    noter("trois", "bob@exemple.fr")
    a(10, 6, 59)
    assert resumer() == 0
    a(10, 7)
    assert resumer() == 2
    lea = Message.objects.get(destinataire="lea@exemple.fr")
    assert lea.sujet == typographie("2 autres points")
    for dit in ("POS-1", "Texte un.", "/espace/dossiers/POS-1/", "Texte deux."):
        assert dit in lea.texte
        assert dit in lea.html
    assert "Texte trois." not in lea.texte
    assert lea.texte.index("Texte un.") < lea.texte.index("Texte deux."), "dans leur ordre"
    bob = Message.objects.get(destinataire="bob@exemple.fr")
    assert bob.sujet == "Texte trois"
    for avis in Avis.objects.select_related("message"):
        assert avis.message is not None
        assert (avis.message.destinataire, avis.dit_le is None) == (avis.destinataire, False)


def test_le_titre_dit_de_quoi_il_retourne(a: Any) -> None:
    a(10, 8)
    for rang, genre in enumerate(("completer", "echeance", "completer", "depose")):
        avertir(
            cle=f"un:{rang}", destinataire="lea@exemple.fr", genre=genre, texte="Un texte.",
            reference="POS-1",
        )  # fmt: skip
    avertir(
        cle="seul", destinataire="bob@exemple.fr", genre="echeance", reference="POS-2",
        texte="L’échéance de ce dossier est dans 3 jours.",
    )  # fmt: skip
    assert resumer() == 2
    sujets = dict(Message.objects.order_by("pk").values_list("destinataire", "sujet"))
    assert sujets == {
        "lea@exemple.fr": "2 dossiers à compléter, une échéance et des dossiers déposés",
        "bob@exemple.fr": typographie("POS-2 : L’échéance de ce dossier est dans 3 jours"),
    }


def test_un_par_jour_et_la_suite_le_lendemain(a: Any) -> None:
    a(10, 8)
    noter("un")
    assert resumer() == 1
    a(10, 18)
    tard = noter("deux")
    assert resumer() == 0
    tard.refresh_from_db()
    assert tard.dit_le is None, "il attend, il n’est pas perdu"
    a(11, 7)
    assert resumer() == 1
    dernier = Message.objects.order_by("-pk")[0]
    assert "Texte deux." in dernier.texte
    assert "Texte un." not in dernier.texte
    assert resumer() == 0


def test_ce_qui_n_est_plus_a_dire_ou_pas_encore_ne_se_dit_pas(a: Any) -> None:
    a(10, 8)
    noter("fait", reference="POS-1")
    noter("demain", des=timezone.localtime() + timedelta(days=1))
    assert rendre_caducs("POS-1", "essai") == 1
    assert resumer() == 0
    a(11, 9)
    assert resumer() == 1
    assert "Texte demain." in Message.objects.get().texte


def test_le_jour_est_celui_de_paris(a: Any) -> None:
    """At half past midnight in Paris it is still the day before in UTC, and not yet seven."""
    a(10, 23, 59)
    noter("un")
    assert resumer() == 1
    a(11, 0, 30)
    noter("deux")
    assert resumer() == 0
    a(11, 7)
    assert resumer() == 1


def test_une_faute_ne_laisse_rien_a_moitie(a: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    a(10, 8)
    avis = noter("un")

    def tomber(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as rustine:
        rustine.setattr("django.db.models.query.QuerySet.update", tomber)
        with pytest.raises(RuntimeError):
            resumer()
    avis.refresh_from_db()
    assert (avis.dit_le, Message.objects.count()) == (None, 0)
    assert resumer() == 1
