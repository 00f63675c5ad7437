"""The runner: every job at its pace, one that fails stops nobody, and it stops when told to."""

from __future__ import annotations

import logging
import re
import time
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import click
import pytest
from django.utils import timezone

from binome.cli.commandes import binome
from binome.courrier import battements
from binome.courrier.travaux import Passe, Travail, UneFoisParJour, passer, tourner, tout_faire
from binome.diagnostic.reconciliation import TablesChangees
from binome.socle.suite import FauteSuivie, suite_de
from binome.travaux import TRAVAUX

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

RACINE: Final = Path(__file__).parents[2]


def rater() -> int:
    raise ValueError("lea@exemple.fr")


def compter(suite: list[int]) -> Callable[[], int]:
    """A job that does what is left, one a time."""
    return lambda: suite.pop() if suite else 0


def test_un_passage_fait_tout_dans_l_ordre_meme_quand_l_un_rate(
    caplog: pytest.LogCaptureFixture,
) -> None:
    faits: list[str] = []

    def noter(nom: str) -> Callable[[], int]:
        def faire() -> int:
            faits.append(nom)
            return len(faits)

        return faire

    travaux = [Travail("un", noter("un")), Travail("rate", rater), Travail("deux", noter("deux"))]
    with caplog.at_level(logging.ERROR):
        passe = passer(travaux)
    assert faits == ["un", "deux"]
    assert passe == Passe({"un": 1, "deux": 2}, {"rate": "ValueError"})
    assert "travail rate : ValueError" in caplog.text
    assert "lea@exemple.fr" not in caplog.text


def familles() -> set[type[FauteSuivie]]:
    """The kinds of faults that say what to do next, those of the jobs loaded."""
    return set(FauteSuivie.__subclasses__())


def test_une_faute_connue_dit_au_journal_quoi_faire(caplog: pytest.LogCaptureFixture) -> None:
    def trouver() -> int:
        raise TablesChangees("lea@exemple.fr")

    with caplog.at_level(logging.ERROR):
        passe = tout_faire([Travail("reconcilier", trouver), Travail("rate", rater)])
    assert set(passe.suites) == {"reconcilier"}
    for dit in (passe.suites["reconcilier"], caplog.text):
        assert "Juste après une mise à jour" in dit
        assert "binome journal inventorier --oui" in dit
        assert "docs/exploitation.md, « When a job fails »" in dit
        assert "lea@exemple.fr" not in dit


@pytest.mark.parametrize("famille", sorted(familles(), key=str))
def test_ce_qu_il_faut_faire_existe(famille: type[FauteSuivie]) -> None:
    """The documentation has a row for the kind, and each command named is one."""
    suite = suite_de(famille(""))
    page, titre = re.findall(r"Voyez (\S+), « (.+) »\.$", suite)[0]
    texte = (RACINE / page).read_text(encoding="utf-8")
    rangee = next(
        une for une in texte.split(f"### {titre}")[1].splitlines() if famille.__name__ in une
    )
    commandes = [
        *re.findall(r"binome ([a-z][a-z -]+)", suite),
        *re.findall(r"`./binome ([^`]+)`", rangee),
    ]
    for dite in commandes:
        mots = dite.split()
        commande: click.Command = binome
        while mots and isinstance(commande, click.Group):
            suivante = commande.get_command(click.Context(commande), mots.pop(0))
            assert suivante is not None, dite
            commande = suivante
        connues = {option for un in commande.params for option in un.opts}
        assert {mot for mot in mots if mot.startswith("--")} <= connues, dite


def test_les_fautes_de_la_nuit_disent_toutes_quoi_faire() -> None:
    assert {une.__name__ for une in familles()} >= {
        "AncresAbimees", "JournalRompu", "RegistreAbime", "SceauAbsent", "TablesChangees",
    }  # fmt: skip


def test_tout_faire_s_arrete_quand_il_ne_reste_rien_et_ne_reprend_pas_ce_qui_rate() -> None:
    essais: list[int] = []

    def compter_et_rater() -> int:
        essais.append(1)
        return rater()

    travaux = [Travail("un", compter([1, 2, 3])), Travail("rate", compter_et_rater)]
    passe = tout_faire(travaux)
    assert passe == Passe({"un": 6}, {"rate": "ValueError"})
    assert len(essais) == 1


@pytest.fixture
def chez(settings: Settings, tmp_path: Path) -> Path:
    """A data folder for the heartbeat."""
    settings.DONNEES = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_le_coureur_suit_chaque_rythme_et_se_repose_sans_travail(
    chez: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a clock that the rests alone move: an hourly job passes once an hour, one without a pace each time."""
    horloge = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: horloge[0])
    vus: list[tuple[str, float]] = []
    repos: list[float] = []

    class Arret(Event):
        def wait(self, timeout: float | None = None) -> bool:
            repos.append(timeout or 0.0)
            horloge[0] += 900
            if len(repos) == 9:
                self.set()
            return self.is_set()

    def voir(nom: str) -> Callable[[], int]:
        def faire() -> int:
            vus.append((nom, horloge[0]))
            return 0

        return faire

    def voir_et_rater() -> int:
        vus.append(("rate", horloge[0]))
        return rater()

    tourner(
        [Travail("toujours", voir("toujours")), Travail("chaque-heure", voir("chaque-heure"), 3600),
         Travail("rate", voir_et_rater)],
        Arret(), pause=2.0,
    )  # fmt: skip
    assert repos == [2.0] * 9
    heures = [instant for nom, instant in vus if nom == "chaque-heure"]
    assert heures == [1000.0, 4600.0, 8200.0]
    assert sum(nom == "toujours" for nom, _ in vus) == 9
    assert battements.constater() == ""


@pytest.mark.django_db
def test_ce_qui_rate_attend_une_minute_et_le_reste_n_attend_pas(
    chez: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    horloge = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: horloge[0])
    arret, vus, restes = Event(), [], [1] * 10

    def travailler() -> int:
        horloge[0] += 10
        if not restes:
            arret.set()
        return restes.pop() if restes else 0

    def voir_et_rater() -> int:
        vus.append(horloge[0])
        return rater()

    tourner([Travail("rate", voir_et_rater), Travail("plein", travailler)], arret, pause=0)
    assert vus == [1000.0, 1060.0]


@pytest.mark.django_db
def test_un_arret_demande_finit_le_passage_et_sort(chez: Path) -> None:
    arret = Event()
    arret.set()
    tourner([Travail("jamais", rater)], arret)
    (releve,) = battements.releves()
    assert (releve.nom, releve.passe) == ("jamais", 0.0)


def test_une_fois_par_jour_et_de_nouveau_si_cela_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    resultats: list[Any] = [RuntimeError(), 3, 4]

    def faire() -> int:
        un = resultats.pop(0)
        if isinstance(un, Exception):
            raise un
        return int(un)

    travail = UneFoisParJour(faire)
    with pytest.raises(RuntimeError):
        travail()
    assert (travail(), travail(), travail()) == (3, 0, 0)
    demain = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: demain)
    assert (travail(), travail()) == (4, 0)


def test_ce_qui_se_dit_precede_ce_qui_part() -> None:
    """A reminder noted in a pass is gathered and sent in the same one, and what is sealed is notified."""
    noms = [un.nom for un in TRAVAUX]
    assert len(set(noms)) == len(noms)
    ordre = [noms.index(un) for un in ("sceller", "notifier", "rappeler", "resumer", "envoyer")]
    assert ordre == sorted(ordre)
