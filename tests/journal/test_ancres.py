"""The anchors: a journal cut or forged again is found from yesterday's, as is a file that was altered."""

from __future__ import annotations

import json
import logging
import resource
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.courrier.ancrage import ancrer
from binome.courrier.battements import Pouls
from binome.courrier.models import Message
from binome.courrier.travaux import Travail, UneFoisParJour, passer
from binome.journal import ancres, annonces, effacements
from binome.journal.ancres import Ancre, AncresAbimees, chemin, lire, poser, poser_du_jour
from binome.journal.chaine import tete, verifier
from binome.journal.confrontation import JournalRompu, confronter, veiller
from binome.journal.models import Entree, Oubli
from binome.socle.empechements import PLEIN, empechement
from binome.travaux import TRAVAUX
from tests.journal.test_commandes import code, lancer, refaire, remplir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _hors_de_la_base(tmp_path: Path, settings: Settings) -> None:
    settings.ANCRES = tmp_path / "ailleurs" / "ancres"
    settings.EFFACEMENTS = tmp_path / "effacements.jsonl"


@pytest.fixture
def il_y_a(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock back by days; zero for now."""
    vraie = timezone.now

    def reculer(jours: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: vraie() - timedelta(days=jours))

    return reculer


def test_une_ancre_par_jour_chainee_et_pour_soi_seul(il_y_a: Callable[[int], None]) -> None:
    il_y_a(1)
    remplir()
    hier = poser_du_jour()
    assert hier is not None
    assert poser_du_jour() is None
    il_y_a(0)
    remplir(2)
    assert poser_du_jour() is not None
    poser()
    lues = lire()
    assert [(une.rang, une.tete[0], une.horodatage) for une in lues] == [
        (1, 6, ancres.NON_HORODATE), (2, 8, ancres.NON_HORODATE), (3, 8, ancres.NON_HORODATE),
    ]  # fmt: skip
    assert lues[0] == hier
    assert lues[0].jour == timezone.localdate() - timedelta(days=1)
    assert "non horodaté" in chemin().read_text(encoding="utf-8")
    assert chemin().stat().st_mode & 0o077 == 0
    assert chemin().parent.stat().st_mode & 0o077 == 0
    assert confronter().jours_sans == []


@pytest.mark.usefixtures("sans_garde")
@pytest.mark.parametrize("geste", ["couper", "refaire", "couper puis ajouter"])
def test_un_journal_coupe_ou_refait_se_voit_a_l_ancre_d_hier(
    il_y_a: Callable[[int], None], geste: str
) -> None:
    il_y_a(1)
    remplir()
    poser()
    il_y_a(0)
    remplir(2)
    confronter()
    if geste == "refaire":
        Entree.objects.filter(rang=2).update(motif="Autre")
        refaire(1)
    else:
        Entree.objects.filter(rang__gt=4).delete()
        refaire(1)
        remplir(4 if "ajouter" in geste else 0)
    assert verifier() is None
    poser()  # today's anchor is of the forged journal: yesterday's is enough
    with pytest.raises(JournalRompu, match="ancre"):
        confronter()
    resultat = lancer("verifier")
    assert code(resultat) == 1
    assert "La chaîne se rompt au rang 6" in str(resultat.exception)


@pytest.mark.usefixtures("sans_garde")
def test_les_entrees_depuis_la_derniere_ancre_ne_sont_gardees_que_par_la_chaine() -> None:
    remplir()
    poser()
    remplir(2)
    Entree.objects.filter(rang=8).delete()
    refaire(7)
    confronter()


def _changer(lignes: list[bytes]) -> list[bytes]:
    return [lignes[0].replace(b'"rang": 1', b'"rang": 1 '), *lignes[1:]]


def _refaire_une_ancre(lignes: list[bytes]) -> list[bytes]:
    valeurs = json.loads(lignes[1])
    valeurs["tete"] = [5, "a" * 64]
    return [lignes[0], json.dumps(valeurs).encode(), lignes[2]]


@pytest.mark.parametrize(
    ("alterer", "rang"),
    [
        (_changer, 2),
        (_refaire_une_ancre, 3),
        (lambda lignes: lignes[1:], 1),
        (lambda lignes: [lignes[0], lignes[2]], 2),
        (lambda lignes: [*lignes[:2], lignes[1], lignes[2]], 3),
        (lambda lignes: [lignes[0], b"\xff", *lignes[1:]], 2),
        (lambda lignes: [b"[]", *lignes[1:]], 1),
    ],
)
def test_un_fichier_d_ancres_altere_se_voit_et_ne_recoit_plus_rien(
    alterer: Callable[[list[bytes]], list[bytes]], rang: int
) -> None:
    remplir(3)
    for _ in range(3):
        poser()
    assert lire()
    lignes = alterer(chemin().read_bytes().splitlines())
    altere = b"".join(ligne + b"\n" for ligne in lignes)
    chemin().write_bytes(altere)
    for geste in (lire, poser, poser_du_jour, confronter, ancrer):
        with pytest.raises(AncresAbimees, match=f"la ligne {rang} ne suit pas"):
            geste()
    assert chemin().read_bytes() == altere
    assert code(lancer("verifier")) == code(lancer("ancrer")) == 1


def test_ce_qu_un_arret_a_coupe_n_est_pas_une_ligne() -> None:
    poser()
    entiere = chemin().read_bytes()
    chemin().write_bytes(entiere + b'{"rang": 2, "jo')
    assert len(lire()) == 1
    poser()
    assert [une.rang for une in lire()] == [1, 2]
    assert chemin().read_bytes().startswith(entiere)


def test_un_registre_des_effacements_coupe_se_voit() -> None:
    def oubli(rang: int) -> Oubli:
        return Oubli.objects.create(sujet=f"personne:{rang}", demande_le=timezone.now())

    poser()
    effacements.inscrire([oubli(1), oubli(2)])
    poser()
    effacements.inscrire([oubli(3)])
    confronter()
    lignes = effacements.chemin().read_bytes().splitlines(keepends=True)
    effacements.chemin().write_bytes(lignes[0])
    with pytest.raises(JournalRompu, match="registre des effacements"):
        confronter()
    effacements.chemin().write_bytes(b"".join([lignes[1], lignes[0]]))
    with pytest.raises(JournalRompu, match="registre des effacements"):
        confronter()


def test_les_jours_sans_ancre_sont_dits(il_y_a: Callable[[int], None]) -> None:
    assert "Aucune ancre" in lancer("verifier").output
    for jours in (4, 2):
        il_y_a(jours)
        remplir(1)
        poser()
    il_y_a(0)
    ici = timezone.localdate()
    assert confronter().jours_sans == [ici - timedelta(days=3), ici - timedelta(days=1)]
    resultat = lancer("verifier")
    assert code(resultat) == 0
    assert f"Ancres : 2, la dernière du {ici - timedelta(days=2)}" in resultat.output
    assert f"Jours sans ancre : 2, du {ici - timedelta(days=3)} au" in resultat.output


def test_l_ancre_a_la_main(settings: Settings, tmp_path: Path) -> None:
    remplir(2)
    for _ in range(2):
        resultat = lancer("ancrer")
        assert code(resultat) == 0
        assert "{}:{}, non horodatée".format(*tete()) in resultat.output
    assert len(lire()) == 2
    assert not Message.objects.exists()
    (tmp_path / "fichier").touch()
    settings.ANCRES = tmp_path / "fichier"
    resultat = lancer("ancrer")
    assert code(resultat) == 3
    assert "fichier : ce nom est déjà pris. Vérifiez BINOME_ANCRES" in str(resultat.exception)


def test_l_ancre_sur_un_disque_plein_le_dit(tmp_path: Path) -> None:
    """The system gives no file's name when what refuses is a write."""
    remplir(1)
    avant = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, avant[1]))
    try:
        resultat = lancer("ancrer")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, avant)
    refus = empechement(resultat.exception)
    assert refus is PLEIN, repr(resultat.exception)


def test_l_ancre_du_jour_part_par_courriel_une_fois(settings: Settings) -> None:
    settings.ANCRE_COURRIEL = "ancres@exemple.fr"
    remplir(3)
    assert (ancrer(), ancrer()) == (1, 0)
    message = Message.objects.get()
    rang, fin = tete()
    for texte in (message.texte, message.html):
        assert f"binome journal verifier --ancre {rang}:{fin}" in texte
        assert lire()[0].somme in texte
        assert annonces.empreinte(lire()[0].annonce) in texte
    assert message.destinataire == "ancres@exemple.fr"
    message.delete()  # as if a kill had come between the anchor and its mail
    assert ancrer() == 0
    assert Message.objects.count() == 1


@pytest.mark.usefixtures("sans_garde")
def test_le_travail_de_la_nuit_echoue_et_se_voit_sans_nommer_personne(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    remplir()
    poser()
    travail = Travail("verifier-le-journal", UneFoisParJour(veiller), tous_les=3600)
    pouls = Pouls([travail], tmp_path / "travaux.json")
    assert passer([travail], pouls).fautes == {}
    Entree.objects.filter(rang=2).update(motif="Madame Nom 2")
    refaire(1)
    assert passer([travail]).fautes == {}  # the day's is done
    travail = Travail("verifier-le-journal", UneFoisParJour(veiller), tous_les=3600)
    with caplog.at_level(logging.ERROR):
        for _ in range(2):  # tried again: a failure is not the day's
            assert passer([travail], pouls).fautes == {"verifier-le-journal": "JournalRompu"}
    assert "rompt au rang 6" in caplog.text
    assert "Nom" not in caplog.text
    pouls.battre()
    releve = json.loads((tmp_path / "travaux.json").read_bytes())["travaux"]["verifier-le-journal"]
    assert releve["passe"] > releve["succes"] > 0


def test_le_travail_du_jour_recommence_le_lendemain(il_y_a: Callable[[int], None]) -> None:
    faits: list[date] = []

    def faire() -> int:
        faits.append(timezone.localdate())
        return 1

    travail = UneFoisParJour(faire)
    il_y_a(1)
    assert (travail(), travail()) == (1, 0)
    il_y_a(0)
    assert (travail(), travail()) == (1, 0)
    assert len(faits) == 2


def test_les_travaux_verifient_et_ancrent_chaque_jour() -> None:
    noms = [un.nom for un in TRAVAUX]
    assert noms.index("verifier-le-journal") < noms.index("ancrer") < noms.index("envoyer")


def test_une_ancre_sans_entree(il_y_a: Callable[[int], None]) -> None:
    il_y_a(1)
    posee = poser()
    assert isinstance(posee, Ancre)
    assert posee.tete[0] == 0
    il_y_a(0)
    remplir(2)
    confronter()
    assert verifier(ancres=[(0, "f" * 64)]) is not None
