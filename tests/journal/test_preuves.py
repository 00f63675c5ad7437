"""The chain of proof: a stranger checks alone that an entry was published, and that nothing was touched since."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from binome.courrier.ancrage import ancrer
from binome.journal import ancres, annonces, trousseau
from binome.journal.ancres import AncresAbimees, chemin, lire, poser
from binome.journal.chaine import canonique
from binome.journal.confrontation import JournalRompu, confronter
from binome.journal.models import Entree, Jeton, Racine, Tete
from binome.journal.prouver import PreuveImpossible, prouver, publiees
from binome.journal.services import Ecriture, ecrire_tout, oublier, parfaire
from binome.journal.verifier_une_preuve import principal
from tests.journal.etranger import Etranger, empreintes, tout_oublier_des_racines
from tests.journal.test_commandes import code, lancer, refaire, remplir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


TEXTES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
"""What a form lets in."""


@pytest.fixture(autouse=True)
def _hors_de_la_base(tmp_path: Path, settings: Settings) -> None:
    settings.ANCRES = tmp_path / "ancres"
    settings.EFFACEMENTS = tmp_path / "effacements.jsonl"
    settings.CLES = tmp_path / "cles.sqlite3"


@pytest.fixture
def etranger(tmp_path: Path) -> Etranger:
    (tmp_path / "ailleurs").mkdir()
    return Etranger(tmp_path / "ailleurs")


@pytest.fixture
def il_y_a(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    vraie = timezone.now

    def reculer(jours: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: vraie() - timedelta(days=jours))

    return reculer


def test_des_jours_de_zero_une_deux_et_cinq_ecritures(etranger: Etranger) -> None:
    for nombre in (0, 1, 2, 5, 0, 3):
        remplir(nombre)
        poser()
    assert list(Racine.objects.values_list("premier", "nombre")) == [
        (1, 0), (1, 1), (2, 2), (4, 5), (9, 0), (9, 3),
    ]  # fmt: skip
    confronter()
    verdict = etranger.verifier(
        etranger.prendre(),
        etranger.preuve(),
        *(f for une in empreintes() for f in ("--tenue", une)),
    )
    assert verdict.code == 3
    assert verdict.dit.count("à sa place dans l’annonce") == 11
    assert verdict.dit.count("L’empreinte que vous teniez") == 6
    assert "Annonces non horodatées, ou non vérifiées : 1, 2, 3, 4, 5, 6." in verdict.dit
    assert "Rien n’est faux ; tout n’est pas daté." in verdict.dit


@reglages(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.data())
def test_des_jours_tires_au_hasard(
    etranger: Etranger, capsys: pytest.CaptureFixture[str], jours: list[int], donnees: st.DataObject
) -> None:
    with transaction.atomic():
        chemin().unlink(missing_ok=True)
        for nombre in jours:
            ecrire_tout(
                [
                    Ecriture("essai", f"objet:{n}", motif=donnees.draw(TEXTES),
                             apres={"n": donnees.draw(st.integers() | TEXTES | st.none())})
                    for n in range(nombre)
                ]
            )  # fmt: skip
            poser()
        fichiers = [str(etranger.prendre()), str(etranger.preuve())]
        assert principal([*fichiers, "--tenue", empreintes()[-1]]) == 3
        dit = capsys.readouterr().out
        assert dit.count("à sa place") == sum(jours), dit
        transaction.set_rollback(True)


def test_une_entree_attend_la_racine_qui_la_prendra(etranger: Etranger) -> None:
    remplir(3)
    assert "avant la prochaine racine" in str(lancer("prouver", "2").exception)
    poser()
    remplir(2)
    resultat = lancer("prouver", "dossier:BM-1")
    assert code(resultat) == 0
    assert "Pas encore publiées" in resultat.stderr
    assert resultat.stderr.rstrip().endswith(": 5.")
    lues = json.loads(resultat.stdout)
    assert [une["rang"] for une in lues["preuves"]] == [2]
    preuve = etranger.garder("une.json", resultat.stdout)
    toutes = etranger.garder("toutes.json", lancer("publier").stdout)
    assert "Écriture 2 : à sa place dans l’annonce 1" in etranger.verifier(toutes, preuve).dit
    assert "ne connaît pas « dossier:BM-9 »" in str(lancer("prouver", "dossier:BM-9").exception)
    assert code(lancer("prouver", "99")) == code(lancer("prouver", "9" * 30)) == 2


def _retoucher() -> None:
    Entree.objects.filter(rang=2).update(motif="Autre")


def _couper() -> None:
    Entree.objects.filter(rang__gt=3).delete()


def _inserer() -> None:
    for rang in range(8, 2, -1):
        Entree.objects.filter(rang=rang).update(rang=rang + 1)
    modele = Entree.objects.get(rang=2)
    modele.rang, modele.empreinte = 3, "f" * 64
    modele.save(force_insert=True)


def _deranger() -> None:
    for avant, apres in ((2, 90), (4, 2), (90, 4)):
        Entree.objects.filter(rang=avant).update(rang=apres)


@pytest.mark.usefixtures("sans_garde")
@pytest.mark.parametrize("forger", [_retoucher, _couper, _inserer, _deranger])
def test_qui_refait_tout_est_trouve_par_qui_tient_l_empreinte_d_hier(
    forger: Callable[[], None], etranger: Etranger, il_y_a: Callable[[int], None]
) -> None:
    il_y_a(1)
    remplir(6)
    poser()
    (hier,) = empreintes()
    il_y_a(0)
    remplir(2)
    poser()
    assert "vous teniez : annonce 1." in etranger.verifier(etranger.prendre(), "--tenue", hier).dit
    # All of it again: entries, chain, head, roots and anchors, on the right days.
    forger()
    refaire(1)
    tout_oublier_des_racines()
    fin = Tete.objects.get().rang
    for jours, rang in ((1, min(6, fin)), (0, fin)):
        il_y_a(jours)
        Tete.objects.update(rang=rang, empreinte=Entree.objects.get(rang=rang).empreinte)
        poser()
    confronter()  # from the inside, nothing shows any more
    verdict = etranger.verifier(etranger.prendre(), etranger.preuve(), "--tenue", hier)
    assert verdict.code == 1
    assert "n’est plus publiée : le journal a été coupé ou réécrit" in verdict.dit
    assert "Cela ne tient pas." in verdict.dit


@pytest.mark.usefixtures("sans_garde")
def test_une_entree_refaite_sous_les_racines_d_avant_ne_se_prouve_plus(etranger: Etranger) -> None:
    remplir(5)
    poser()
    vraie = json.loads(prouver(Entree.objects.order_by("rang")).en_json())
    Entree.objects.filter(rang=3).update(motif="Autre")
    refaire(1)
    with pytest.raises(PreuveImpossible, match="entrée 3 n’est pas celle qui a été publiée"):
        prouver(Entree.objects.filter(rang=3))
    assert code(lancer("prouver", "3")) == 1
    vraie["preuves"][2]["entree"]["motif"] = "Autre"
    fausse = etranger.garder("p.json", canonique(vraie))
    verdict = etranger.verifier(etranger.prendre(), fausse)
    assert verdict.code == 1
    assert "FAUX : écriture 3 : ce qu’elle dit n’est pas ce qui a été publié." in verdict.dit
    assert verdict.dit.count("à sa place") == 4


def test_effacer_une_personne_laisse_chaque_preuve_et_n_y_laisse_rien_d_elle(
    etranger: Etranger, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    remplir(7)
    poser()
    avant = etranger.garder("avant.json", prouver(Entree.objects.order_by("rang")).en_json())
    sels = {un["rang"]: un["sel"] for un in json.loads(avant.read_text())["preuves"]}
    cle = trousseau.lire(["dossier:1"])["dossier:1"]
    with django_capture_on_commit_callbacks(execute=True):
        oublier("dossier:1", auteur="personne:1", motif="Durée de conservation")
    parfaire()
    assert cle not in trousseau.chemin().read_bytes()
    poser()
    confronter()
    apres = etranger.preuve()
    toutes = etranger.prendre()
    assert etranger.verifier(toutes, avant).dit.count("à sa place") == 7
    verdict = etranger.verifier(toutes, apres)
    assert verdict.code == 3, verdict.dit
    assert verdict.dit.count("Ce qu’elle disait a été effacé.") == 3
    assert verdict.dit.count("à sa place") == 8
    preuves = {un["rang"]: un for un in json.loads(apres.read_text())["preuves"]}
    for rang in (2, 4, 6):  # those of the person
        assert preuves[rang]["entree"] is preuves[rang]["sel"] is None
        assert sels[rang] not in apres.read_text()
    # Who guesses all that the entry says cannot try it: the leaf is not that of any salt still here.
    assert preuves[1]["sel"] == sels[1]


@pytest.mark.parametrize("pas", [11, pytest.param(1, marks=pytest.mark.long(1))])
def test_un_bit_change_ne_passe_nulle_part(
    etranger: Etranger, capsys: pytest.CaptureFixture[str], pas: int
) -> None:
    remplir(3)
    poser()
    remplir(2)
    poser()
    toutes, preuve = etranger.prendre(), etranger.preuve([2, 5])
    assert principal([str(toutes), str(preuve)]) == 3
    passes = []
    for fichier in (toutes, preuve):
        entier = fichier.read_bytes()
        for place in range(0, len(entier), pas):
            change = bytearray(entier)
            change[place] ^= 1 << (place // pas) % 8
            fichier.write_bytes(change)
            if principal([str(toutes), str(preuve)]) not in (1, 2):
                passes.append(bytes(change[max(place - 20, 0) : place + 20]))
        fichier.write_bytes(entier)
    capsys.readouterr()
    assert passes == []


def test_une_cle_faite_apres_la_racine_ne_change_pas_les_preuves_d_avant(
    etranger: Etranger,
) -> None:
    ecrire_tout([Ecriture("essai", "objet:1", sujet="dossier:1")])  # of whom nothing is kept
    poser()
    remplir(2)
    assert trousseau.lire(["dossier:1"])
    poser()
    assert etranger.verifier(etranger.prendre(), etranger.preuve()).dit.count("à sa place") == 3


def test_qui_est_efface_avant_la_racine_s_y_prouve_sans_cle(
    etranger: Etranger, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    remplir(2)
    with django_capture_on_commit_callbacks(execute=True):
        oublier("dossier:1", auteur="personne:1", motif="Durée de conservation")
    poser()
    assert etranger.verifier(etranger.prendre(), etranger.preuve()).dit.count("à sa place") == 3


@pytest.mark.long(11)
def test_cent_mille_ecritures_d_un_jour_en_quelques_secondes(etranger: Etranger) -> None:
    """Measured at 3 s on two cores; the bound leaves room for a busy machine."""
    nombre = 100_000
    for _ in range(nombre // 5000):
        remplir(5000)
    debut_du_calcul = time.monotonic()
    poser()
    assert time.monotonic() - debut_du_calcul < 20
    assert Racine.objects.get().nombre == nombre
    verdict = etranger.verifier(etranger.prendre(), etranger.preuve([1, 65_537, nombre]))
    assert verdict.dit.count("à sa place") == 3


def test_les_fichiers_se_donnent_dans_l_ordre_que_l_on_veut(etranger: Etranger) -> None:
    remplir(2)
    poser()
    toutes, une = etranger.prendre(), etranger.preuve([1])
    assert etranger.verifier(une, toutes) == etranger.verifier(toutes, une)
    seule = etranger.verifier(une)
    assert seule.code == 2
    assert "Il manque « preuves.json »" in seule.dit
    assert "a été changé" not in seule.dit
    assert "une seule fois" in etranger.verifier(toutes, toutes).dit


def test_ce_qui_ne_se_lit_pas_se_dit(etranger: Etranger) -> None:
    poser()
    toutes = etranger.prendre()
    assert etranger.verifier("absent.json") == (2, "absent.json : introuvable.\n")
    assert etranger.verifier(etranger.dossier).dit.endswith("ne se lit pas.\n")
    for texte in ("", "[]", "{}", "[" * 5000, '{"version":1,"annonces":[1]}', "\x00"):
        verdict = etranger.verifier(etranger.garder("autre.json", texte))
        assert (verdict.code, "n’est pas tel que Binôme l’écrit" in verdict.dit) == (2, True)
    for mots in ((), ("--inconnue",), (toutes, "--tenue")):
        verdict = etranger.verifier(*mots)
        assert (verdict.code, "Code de sortie" in verdict.dit) == (2, True)


def test_un_arret_ne_laisse_ni_trou_ni_double(monkeypatch: pytest.MonkeyPatch) -> None:
    remplir(3)
    with monkeypatch.context() as coupure:
        coupure.setattr(ancres, "_annoncer", _tuer)
        with pytest.raises(KeyboardInterrupt):
            poser()
    assert Racine.objects.get().annonce == ""  # made, and told to nobody
    assert lire() == []
    remplir(1)
    with monkeypatch.context() as coupure:
        coupure.setattr(annonces, "publier", _tuer)
        with pytest.raises(KeyboardInterrupt):
            poser()
    (ancre,) = lire()
    assert Racine.objects.get().annonce == ""
    confronter()
    remplir(2)
    assert ancrer() == 0  # the anchor of the day is there: its root is shown, and no other is made
    une = Racine.objects.get()
    assert (une.annonce.encode(), une.nombre) == (ancre.annonce, 4)
    assert ancrer() == 0
    poser()
    assert [un.nombre for un in Racine.objects.all()] == [4, 2]


def test_apres_une_restauration_la_suite_publiee_continue(etranger: Etranger) -> None:
    remplir(2)
    poser()
    (tenue,) = empreintes()
    chemin().rename(chemin().with_name("de-cote"))
    remplir(1)
    poser()
    assert [(un.rang, un.racine and un.racine.numero) for un in lire()] == [(1, 2)]
    confronter()
    verdict = etranger.verifier(etranger.prendre(), etranger.preuve(), "--tenue", tenue)
    assert (verdict.code, verdict.dit.count("à sa place")) == (3, 3)


def _tuer(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_ce_qui_est_publie_ne_se_change_ni_ne_s_efface() -> None:
    remplir(2)
    poser()
    Jeton.objects.create(racine_id=1, autorite="essai", contenu=b"jeton")
    for touche in (
        lambda: Racine.objects.update(racine="f" * 64),
        lambda: Racine.objects.filter(pk=1)._raw_delete("default"),
        lambda: Jeton.objects.update(contenu=b"autre"),
        lambda: Jeton.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
            touche()
    assert publiees().count('"annonce":') == 1


@pytest.mark.parametrize("champ", ["annonce", "feuilles", "racine", "premier", "tout"])
def test_une_racine_changee_dans_la_base_se_voit_aux_ancres(champ: str) -> None:
    for _ in range(2):
        remplir(2)
        poser()
    une, deux = Racine.objects.all()
    gardees = chemin().read_bytes()
    tout_oublier_des_racines()
    chemin().write_bytes(gardees)
    if champ != "tout":
        autres = {"annonce": "{}", "feuilles": b"a" * 64, "racine": "a" * 64, "premier": 3}
        setattr(une, champ, autres[champ])
        une.empreinte = annonces.empreinte(une.annonce.encode())
        for racine in (une, deux):
            racine.save(force_insert=True)
    with pytest.raises(JournalRompu, match="racine 1 "):
        confronter()


def test_des_ancres_d_une_autre_base_ne_recoivent_rien() -> None:
    remplir(2)
    poser()
    gardees = chemin().read_bytes()
    tout_oublier_des_racines()
    chemin().write_bytes(gardees)
    with pytest.raises(AncresAbimees, match="racine 1 des ancres n’est pas celle de la base"):
        poser()
    assert chemin().read_bytes() == gardees
