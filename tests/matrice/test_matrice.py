"""Every address, for everyone: the status that the table says; and reading never writes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.db import DatabaseError, connection, transaction

from binome.courrier import battements
from binome.dossiers.models import Dossier
from binome.journal.models import Entree, Tete
from binome.journal.services import Ecriture, ecrire
from tests.matrice.lecture_seule import lecture_seule
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import MEMBRES, Ligne, exigees, lire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from django.test import Client

    from tests.dossiers.monde import Monde
    from tests.matrice.objets import Objets

ROLES, LIGNES = lire()
LISENT = ("gestionnaire", "examinateur")
"""Who asks for every kind of page, one or the other in the quick tests: enough, at each run, for what PostgreSQL
reads its own way."""


def _lecteur(ligne: Ligne, rang: int) -> str:
    """Which of the two asks: the one that reads it; where both do, or none, each in turn."""
    lisent = [role for role in LISENT if ligne.attendus[role] == 200]
    return lisent[0] if len(lisent) == 1 else LISENT[rang % 2]


def repartir(lignes: Sequence[Ligne]) -> dict[tuple[str, str], set[str]]:
    """Those who try each address in the quick tests: nobody, who reads it, one of each other answer, and one more.

    Of those who may be chosen, who tried the least so far.
    """
    vus: Counter[str] = Counter()
    tous: dict[tuple[str, str], set[str]] = {}
    for rang, ligne in enumerate(lignes):
        publique = ligne.partout and not ligne.adresse.startswith(MEMBRES)
        qui = {"anonyme", _lecteur(ligne, rang)}
        if not publique and not ligne.memes:
            for statut in dict.fromkeys(ligne.attendus.values()):
                roles = [role for role, un in ligne.attendus.items() if un == statut]
                if not qui.intersection(roles):
                    qui.add(min(roles, key=vus.__getitem__))
            qui.add(min(set(ROLES) - qui, key=lambda role: (vus[role], role)))
        vus.update(qui)
        tous[ligne.methode, ligne.adresse] = qui
    return tous


TEMOINS: Final = repartir(LIGNES)


def demander(client: Client, methode: str, chemin: str) -> int:
    """The status of one request; what it would have written is undone."""
    caches["processus"].clear()  # the attempts of others do not count
    if methode not in ("GET", "HEAD"):
        cache.clear()
    with transaction.atomic():
        reponse = client.generic(methode, chemin, content_type="application/x-www-form-urlencoded")
        if reponse.streaming:
            b"".join(reponse)
        transaction.set_rollback(True)
    return reponse.status_code


@pytest.fixture
def travaux_sans_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Jobs of its own beat all along: those that another test left fall silent within a minute."""
    chemin = tmp_path / "travaux.json"
    monkeypatch.setattr(battements, "fichier", lambda: chemin)
    pouls = battements.Pouls([], chemin)
    pouls.battre()
    with pouls.en_marche():
        yield


def tous() -> tuple[str, ...]:
    """Everyone; on PostgreSQL, whose answers cannot differ by role, those who tell the most."""
    return ROLES if connection.vendor == "sqlite" else ("anonyme", *LISENT, "gestionnaire-autre")


def essayer(
    objets: Objets, lignes: list[Ligne], roles: tuple[str, ...], *, tout: bool = False
) -> list[str]:
    """What does not answer as the table says, one sentence each.

    `tout`: every role at every address, not the witnesses alone.
    """
    ecarts = []
    for role in roles:
        client = entrer(objets.qui[role])
        temoin = dict(client.cookies)
        for ligne in lignes:
            if not tout and role not in TEMOINS[ligne.methode, ligne.adresse]:
                continue
            client.cookies.update(temoin)
            chemin = objets.chemin(ligne.adresse)
            if ligne.methode == "GET" and not ligne.defi:
                with lecture_seule():
                    lu = demander(client, "GET", chemin)
            else:
                lu = demander(client, ligne.methode, chemin)
            if lu != ligne.attendus[role]:
                ecarts.append(f"{ligne} pour {role} : {lu} au lieu de {ligne.attendus[role]}")
    return ecarts


def test_la_table_dit_tout_ce_que_le_programme_ouvre(monde: Monde) -> None:
    dites = {(une.methode, une.adresse) for une in LIGNES}
    assert len(dites) == len(LIGNES), "une ligne est écrite deux fois"
    assert not dites - exigees(), "la table parle d’adresses qui n’existent pas"
    objets = preparer(monde)
    manquent = []
    for methode, adresse in sorted(exigees() - dites, key=lambda une: (une[1], une[0])):
        chemin = objets.chemin(adresse)
        lus = [str(demander(entrer(objets.qui[role]), methode, chemin)) for role in ROLES]
        statuts = lus[:1] if len(set(lus)) == 1 else lus
        manquent.append(f"{methode:<5}{adresse or '/':<62} {'  '.join(statuts)}")
    assert not manquent, "à relire, puis à ajouter à tests/matrice/matrice.txt :\n" + "\n".join(
        manquent
    )


@pytest.mark.usefixtures("travaux_sans_silence")
@pytest.mark.parametrize(
    "lisent", [pytest.param(True, marks=pytest.mark.postgresql), False], ids=["lisent", "autres"]
)
def test_lire_repond_a_chacun_ce_que_dit_la_table_et_n_ecrit_jamais(
    monde: Monde, lisent: bool
) -> None:
    lues = [une for une in LIGNES if une.methode == "GET"]
    objets = preparer(monde)
    avant = (Tete.objects.get().rang, Dossier.objects.count())
    qui = tuple(un for un in tous() if (un in LISENT) is lisent)
    assert not (ecarts := essayer(objets, lues, qui)), "\n".join(ecarts)
    assert avant == (Tete.objects.get().rang, Dossier.objects.count())


def test_ecrire_repond_a_chacun_ce_que_dit_la_table(monde: Monde) -> None:
    ecrites = [une for une in LIGNES if une.methode != "GET"]
    assert not (ecarts := essayer(preparer(monde), ecrites, tous())), "\n".join(ecarts)


@pytest.mark.usefixtures("travaux_sans_silence")
@pytest.mark.parametrize(
    "lisent", [pytest.param(un, marks=pytest.mark.long(40)) for un in (True, False)]
)
def test_chaque_adresse_repond_a_chacun_ce_que_dit_la_table(monde: Monde, lisent: bool) -> None:
    lignes = [une for une in LIGNES if (une.methode == "GET") is lisent]
    assert not (ecarts := essayer(preparer(monde), lignes, ROLES, tout=True)), "\n".join(ecarts)


def test_chaque_role_est_le_temoin_de_plusieurs_adresses() -> None:
    qui = [role for siens in TEMOINS.values() for role in siens]
    assert min(qui.count(role) for role in ROLES) >= 15
    for ligne in LIGNES:
        lus = {ligne.attendus[role] for role in TEMOINS[ligne.methode, ligne.adresse]}
        assert ligne.memes or lus == set(ligne.attendus.values()), str(ligne)


def test_rien_de_public_ne_s_ecrit(monde: Monde) -> None:
    objets, client = preparer(monde), entrer(None)
    for methode, adresse in exigees():
        if methode == "GET" and ("POST", adresse) not in exigees():
            assert demander(client, "POST", objets.chemin(adresse)) in {301, 302, 403, 404, 405}, (
                adresse
            )


@pytest.mark.postgresql
@pytest.mark.django_db
def test_la_lecture_seule_refuse_vraiment() -> None:
    with pytest.raises(DatabaseError), lecture_seule():
        Session.objects.create(session_key="essai", expire_date="2030-01-01T00:00:00Z")
    with pytest.raises(DatabaseError), lecture_seule():
        ecrire(Ecriture("essai", "objet:1"))
    ecrire(Ecriture("essai", "objet:1"))
    assert Entree.objects.count() == 1
