"""Who opened what: noted while reading, told to whom it concerns, forgotten with them."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import zipfile
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from binome.bureau.filtres import FiltreDeDossiers
from binome.comptes.acteur import Acteur
from binome.comptes.services import regarder
from binome.conservation import ouvertures
from binome.conservation.cloture import clore_le_compte
from binome.dossiers import traces
from binome.dossiers.effacement import anonymiser
from binome.exports.services import exporter
from binome.lectures import cahier, services
from binome.lectures.models import Lecture, ObjetLu
from binome.lectures.services import NOTEES, Ouverture, noter, oublier_personne
from binome.travaux import TRAVAUX
from tests.dossiers.monde import construire, depose, entourage, joindre
from tests.matrice.lecture_seule import lecture_seule
from tests.matrice.objets import entrer

if TYPE_CHECKING:
    from pathlib import Path

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


def _ouvrir(personne: Personne | None, adresse: str) -> int:
    """Opens a page on a database that refuses writes."""
    client = entrer(personne)
    with lecture_seule():
        return client.get(adresse).status_code


def test_une_ouverture_se_note_en_lisant_et_se_verse_une_fois(monde: Monde) -> None:
    dossier = depose(monde)
    adresse = f"/espace/dossiers/{dossier.reference}/"
    assert _ouvrir(monde.emma, adresse) == _ouvrir(monde.emma, adresse) == 200
    assert _ouvrir(monde.alice, adresse) == 200
    assert _ouvrir(monde.lea, adresse) == 200, "la personne elle-même ne se note pas"
    assert _ouvrir(monde.charlie, adresse) == 404
    assert not Lecture.objects.exists()
    assert ouvertures.verser() == 2
    assert ouvertures.verser() == 0
    notees = {(une.personne, une.organisation, une.role) for une in Lecture.objects.all()}
    assert notees == {
        (monde.emma, monde.branche, "examinateur"),
        (monde.alice, monde.organisme, "gestionnaire"),
    }


def test_deux_processus_qui_notent_la_meme_ouverture_ne_la_comptent_qu_une_fois(
    monde: Monde,
) -> None:
    une = Ouverture(ObjetLu.DOSSIER, depose(monde).reference, monde.emma.pk)
    noter(une)
    NOTEES.oublier()
    noter(une)
    assert ouvertures.verser() == 2
    assert Lecture.objects.count() == 1


def test_plus_tard_elle_compte_de_nouveau(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    une = Ouverture(ObjetLu.DOSSIER, depose(monde).reference, monde.emma.pk)
    noter(une)
    plus_tard = timezone.now() + timedelta(seconds=services.TRANCHE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: plus_tard)
    noter(une, une)
    assert ouvertures.verser() == 2
    assert Lecture.objects.count() == 2


def test_un_travail_tue_au_milieu_ne_perd_ni_ne_double_rien(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = depose(monde).reference
    noter(*(Ouverture(ObjetLu.PIECE, reference, monde.emma.pk, numero=rang) for rang in range(5)))
    monkeypatch.setattr(services, "PAQUET", 2)
    inserer, fois = services._inserer, []

    def mourir(*arguments: Any) -> None:
        fois.append(1)
        if len(fois) == 3:
            raise KeyboardInterrupt
        inserer(*arguments)

    with monkeypatch.context() as rustine:
        rustine.setattr(services, "_inserer", mourir)
        with pytest.raises(KeyboardInterrupt):
            ouvertures.verser()
    assert Lecture.objects.count() == 4
    noter(Ouverture(ObjetLu.PIECE, reference, monde.emma.pk, numero=9))
    assert ouvertures.verser() == 6
    numeros = Lecture.objects.order_by("numero").values_list("numero", flat=True)
    assert list(numeros) == [0, 1, 2, 3, 4, 9]
    assert not list(cahier._place().iterdir())


def test_une_ligne_illisible_n_arrete_pas_les_autres(
    monde: Monde, caplog: pytest.LogCaptureFixture
) -> None:
    cahier.ajouter(['{"cle": "a", "personne"', "[1]", '{"cle": "Léa Exemple"}'])
    noter(Ouverture(ObjetLu.DOSSIER, depose(monde).reference, monde.emma.pk))
    assert ouvertures.verser() == 1
    assert caplog.messages == ["lectures illisibles : 3"]


def test_sans_cahier_la_page_s_ouvre_et_le_journal_le_dit_sans_nommer_personne(
    monde: Monde, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = depose(monde)
    place.write_text("un fichier à la place du dossier", encoding="utf-8")
    with caplog.at_level(logging.ERROR, "binome.lectures.services"):
        assert _ouvrir(monde.emma, f"/espace/dossiers/{dossier.reference}/") == 200
    assert caplog.messages == ["lecture non notée : NotADirectoryError"]
    place.unlink()
    assert _ouvrir(monde.emma, f"/espace/dossiers/{dossier.reference}/") == 200
    assert ouvertures.verser() == 1, "ce qui n’a pas été noté n’est pas tenu pour noté"


def test_le_regard_du_soutien_dit_a_la_place_de_qui(monde: Monde) -> None:
    dossier = depose(monde)
    soutien = entourage(monde, dossier)["soutien"]
    assert soutien is not None
    client = entrer(soutien)
    session = client.session
    session["regard"] = regarder(soutien, monde.lea, "Un essai.").pk
    session.save()
    with lecture_seule():
        assert client.get(f"/espace/dossiers/{dossier.reference}/").status_code == 200
    ouvertures.verser()
    notee = Lecture.objects.get()
    assert (notee.personne, notee.pour, notee.role) == (soutien, monde.lea, "soutien")
    (visite,) = traces.visites(monde.lea, [dossier.reference])
    assert visite.qui == "Aide aux utilisateurs, à votre place"


def test_la_personne_lit_les_roles_et_la_branche_les_noms(monde: Monde) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "diplomes")
    adresse = f"/espace/dossiers/{dossier.reference}/"
    _ouvrir(monde.emma, adresse)
    for suite in ("", "fichier/", "pages/1/"):
        _ouvrir(monde.emma, f"{adresse}pieces/{piece.pk}/{suite}")
    ouvertures.verser()
    for personne, nomme in ((monde.lea, False), (monde.ana, True)):
        page = entrer(personne).get(f"{adresse}lectures/").content.decode()
        assert "Branche d’exemple, examen des dossiers" in page
        assert "Le dossier, 1 pièce lue, 1 pièce téléchargée" in page
        assert ("Emma Exemple" in page) is nomme
        assert "Qui a ouvert" in entrer(personne).get(adresse).content.decode()
    donnees = entrer(monde.lea).get("/espace/donnees/").content.decode()
    assert "Branche d’exemple, examen des dossiers" in donnees
    assert "Emma" not in donnees
    assert "Qui a ouvert" not in entrer(monde.alice).get(adresse).content.decode()


def test_un_export_se_note_pour_chaque_dossier_et_l_archive_le_dit(monde: Monde) -> None:
    references = {depose(monde).reference, depose(monde).reference}
    exporter(Acteur(monde.alice), "csv", FiltreDeDossiers()).close()
    ouvertures.verser()
    exports = Lecture.objects.filter(genre=ObjetLu.EXPORT)
    assert set(exports.values_list("dossier", flat=True)) == references
    reponse = entrer(monde.lea).post("/espace/donnees/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(reponse))) as archive:
        donnees = json.loads(archive.read("donnees.json"))
        assert "Un export, par Organisme A" in archive.read("donnees.html").decode()
    dites = donnees["lectures"]["de_vos_dossiers"]
    assert {une["dossier"] for une in dites} == references
    assert {une["par"] for une in dites} == {"Organisme A, gestionnaire de l’organisme"}
    assert "alice" not in json.dumps(donnees["lectures"]).lower()
    assert traces.en_archive(monde.alice)["par_vous"][0]["objet"] == "Un export"


def test_un_dossier_efface_emporte_ses_lectures_et_celles_qui_attendent(monde: Monde) -> None:
    dossier, autre = depose(monde), depose(monde)
    for un in (dossier, autre):
        noter(Ouverture(ObjetLu.DOSSIER, un.reference, monde.emma.pk))
    ouvertures.verser()
    noter(Ouverture(ObjetLu.LETTRE, dossier.reference, monde.emma.pk, numero=1))
    assert anonymiser(dossier.pk, auteur="systeme", motif="essai")
    assert ouvertures.verser() == 1
    assert list(Lecture.objects.values_list("dossier", flat=True)) == [autre.reference]


def test_une_personne_oubliee_n_est_plus_nommee_mais_son_cote_reste(monde: Monde) -> None:
    dossier = depose(monde)
    _ouvrir(monde.emma, f"/espace/dossiers/{dossier.reference}/")
    ouvertures.verser()
    oublier_personne(monde.emma.pk)
    (visite,) = traces.visites(monde.ana, [dossier.reference])
    assert visite.personnes == set()
    assert visite.qui == "Branche d’exemple, examen des dossiers"
    noter(Ouverture(ObjetLu.DOSSIER, dossier.reference, 999_999))
    assert ouvertures.verser() == 1, "un compte qui n’est plus n’arrête pas le versement"
    assert Lecture.objects.filter(personne=None).count() == 2


def test_au_terme_la_trace_s_efface(monde: Monde) -> None:
    noter(Ouverture(ObjetLu.DOSSIER, depose(monde).reference, monde.emma.pk))
    ouvertures.verser()
    assert ouvertures.effacer_les_anciennes() == 0
    Lecture.objects.update(instant=timezone.localtime() - timedelta(days=367))
    assert ouvertures.effacer_les_anciennes() == 1
    assert not Lecture.objects.exists()
    assert {"verser-les-lectures", "effacer-les-lectures"} <= {un.nom for un in TRAVAUX}


@pytest.mark.django_db(transaction=True)
def test_un_versement_attend_la_cloture_en_cours_et_ne_nomme_personne() -> None:
    """The account closes while the notebook is brought in: whichever ends first, nobody is named."""
    monde = construire()
    noter(Ouverture(ObjetLu.DOSSIER, depose(monde).reference, monde.bob.pk))

    def verser() -> None:
        with contextlib.closing(connection):
            ouvertures.verser()

    fil = Thread(target=verser)
    with transaction.atomic():
        clore_le_compte(monde.bob, auteur="exploitation", motif="Essai")
        fil.start()
        fil.join(0.5)
        assert fil.is_alive(), "it waits for the account"
    fil.join()
    assert list(Lecture.objects.values_list("personne", flat=True)) == [None]
