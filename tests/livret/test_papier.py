"""The cards on paper: printed, filled in by hand, photographed, read by their square, said line by line."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from binome.conservation.export import fichiers_de
from binome.depot import codes
from binome.dossiers.effacement import anonymiser
from binome.etagere.registre import balayer
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.livret.etats import CoteDuBinome, EtatDeCarte, EtatDeCarteScannee, Valeur
from binome.livret.flows import SIGNATURES
from binome.livret.models import (
    Appreciation,
    CarteDeSemaine,
    CarteScannee,
    SignatureDeCarte,
)
from binome.livret.papier import (  # fmt: skip
    AUTRE,
    CHANGEE,
    DEUX,
    ILLISIBLE,
    CarreLu,
    CarteIllisible,
    semaines_des_carres,
)
from binome.livret.papier_flux import SCANS
from binome.livret.papier_imprime import adresse_de_la_carte, cartes_en_pdf, pages_de_papier
from binome.livret.registre import archiver
from binome.livret.semaines import SEMAINE
from binome.parcours.models import Parcours
from tests.livret.vie import Binome, dit, envoi, former, rendre, une_page
from tests.presences.test_papier import photo

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara, whose path has been open for two weeks."""
    binome = former(monde)
    Parcours.objects.filter(pk=binome.parcours.pk).update(ouvert_le=timezone.now() - 2 * SEMAINE)
    binome.parcours.refresh_from_db()
    return binome


def base(binome: Binome) -> str:
    return f"/espace/livret/{binome.parcours.pk}/"


def client_de(qui: Personne) -> Client:
    client = Client()
    client.force_login(qui)
    return client


def dite(reponse: HttpResponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def envoyer(binome: Binome, contenu: bytes, qui: Personne | None = None) -> HttpResponse:
    fichier = SimpleUploadedFile("page.jpg", contenu)
    return client_de(qui or binome.tara).post(f"{base(binome)}papier/", {"page": fichier})  # type: ignore[return-value] # what the client adds to it is not read


def sans_lecteur(monkeypatch: pytest.MonkeyPatch, binome: Binome, *semaines: int) -> None:
    """The squares as a reader gives them, without the process that reads them."""
    pages = pages_de_papier(binome.parcours, binome.semaine - SEMAINE)
    lus = [
        CarreLu(binome.parcours.pk, une.semaine.isoformat(), tuple(c.code for c in une.competences))
        for une in (pages[rang] for rang in semaines or (0,))
    ]
    monkeypatch.setattr("binome.livret.vues.papier.lire_les_cartes", lambda _contenu: lus)


def scan() -> bytes:
    """A picture that is no card: its reading is told apart."""
    tampon = BytesIO()
    Image.new("RGB", (60, 80), "white").save(tampon, "PNG")
    return tampon.getvalue()


def scannee(
    monkeypatch: pytest.MonkeyPatch, binome: Binome, *semaines: int
) -> tuple[CarteScannee, str, list[str]]:
    """A scan that waits, its Monday, and the codes printed."""
    sans_lecteur(monkeypatch, binome, *semaines)
    assert envoyer(binome, scan()).status_code == 302
    page = CarteScannee.objects.latest("pk")
    lundi = min(page.semaines)
    return page, lundi, page.semaines[lundi]


def confirmer(binome: Binome, page: CarteScannee, **autres: Any) -> HttpResponse:
    donnees = {"version": page.version, **autres}
    return client_de(binome.tara).post(f"{base(binome)}papier/{page.pk}/", donnees)  # type: ignore[return-value] # what the client adds to it is not read


def signatures(lundi: str) -> dict[str, str]:
    """Both are seen, on the Monday."""
    return {
        f"s-{lundi}-stagiaire": "oui",
        f"s-{lundi}-tuteur": "oui",
        f"j-{lundi}": lundi,
    }


def test_un_parcours_entier_par_une_page_photographiee(binome: Binome) -> None:
    """Printed, photographed askew, read apart, said line by line: a card signed by both, with the scan as its proof."""
    avant = binome.semaine - SEMAINE
    reponse = client_de(binome.tara).get(f"{base(binome)}papier.pdf?du={avant.isoformat()}")
    assert reponse.headers["Content-Type"] == "application/pdf"
    pdf = reponse.content
    assert b"pdfuaid" in pdf
    assert len(pypdfium2.PdfDocument(pdf)) == 4
    contenu = photo(pdf, penche=3)
    rendue = envoyer(binome, contenu)
    assert rendue.status_code == 302, dite(rendue)
    page = CarteScannee.objects.get()
    printed = pages_de_papier(binome.parcours, avant)[0]
    assert page.semaines == {avant.isoformat(): [une.code for une in printed.competences]}
    assert SCANS.intact(page.fichier, page.empreinte)
    assert not CarteDeSemaine.objects.exists()  # nothing counts before somebody looked
    assert envoyer(binome, contenu).headers["Location"] == rendue.headers["Location"]
    lue = dite(client_de(binome.tara).get(rendue.headers["Location"]))  # type: ignore[arg-type] # as above
    assert printed.competences[0].intitule in lue
    assert "checked" not in lue
    lundi, code = avant.isoformat(), printed.competences[0].code
    champs = {f"v-{lundi}-{code}": "aide", f"p-{lundi}-{code}": "Deux fois, sans hésiter."}
    assert confirmer(binome, page, **champs, **signatures(lundi)).status_code == 302
    carte = CarteDeSemaine.objects.get()
    assert (carte.semaine, carte.etat) == (avant, EtatDeCarte.SIGNEE)
    une = Appreciation.objects.get()
    assert (une.competence, une.valeur, une.phrase) == (code, "aide", "Deux fois, sans hésiter.")
    siennes = SignatureDeCarte.objects.order_by("cote")
    assert [(une.cote, une.moyen, une.feuille, une.par) for une in siennes] == [
        (cote.value, "papier", page, binome.tara) for cote in CoteDuBinome
    ]
    assert siennes[0].signee_le.date() == avant
    page.refresh_from_db()
    assert (page.etat, page.confirmees) == (EtatDeCarteScannee.CONFIRMEE, [lundi])
    assert confirmer(binome, page, **champs).status_code in (409, 422)
    assert Appreciation.objects.count() == 1
    assert verifier() is None
    assert {une.table for une in differences()} == {"parcours.parcours"}  # opened earlier, by hand


@pytest.mark.parametrize("penche", [0, -6, 90])
def test_le_carre_se_relit_sur_une_photo_de_travers(binome: Binome, penche: float) -> None:
    page = pages_de_papier(binome.parcours, binome.semaine)[0]
    pdf = cartes_en_pdf(binome.parcours, binome.semaine, timezone.localdate())
    assert codes.lire(photo(pdf, penche=penche)) == [adresse_de_la_carte(binome.parcours, page)]


def test_quatre_pages_et_jamais_deux_fois_la_meme_competence(binome: Binome) -> None:
    une = pages_de_papier(binome.parcours, binome.semaine)[0].competences[0]
    rendre(binome, binome.lea, envoi(binome, dit(une.code, Valeur.AIDE)))
    pages = pages_de_papier(binome.parcours, binome.semaine)
    proposees = [competence.code for page in pages for competence in page.competences]
    assert len(pages) == 4
    assert len(set(proposees)) == len(proposees) == 12
    assert une.code not in [competence.code for competence in pages[0].competences]
    pdf = cartes_en_pdf(binome.parcours, binome.semaine, timezone.localdate())
    assert pdf == cartes_en_pdf(binome.parcours, binome.semaine, timezone.localdate())
    lu = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    for phrase in ("Léa Exemple", "Pas eu", "ces cartes sont un exemple", pages[3].competences[0].intitule[:12]):  # fmt: skip
        assert phrase in lu


def test_ce_que_nomment_les_carres_est_verifie(binome: Binome) -> None:
    parcours, lundi = binome.parcours, binome.semaine.isoformat()
    juste = CarreLu(parcours.pk, lundi, ("B1M1C1",))
    assert semaines_des_carres(parcours, [juste]) == {lundi: ["B1M1C1"]}
    for lus, phrase in (
        ([], ILLISIBLE),
        ([juste, juste._replace(parcours=parcours.pk + 1)], AUTRE),
        ([juste, juste._replace(codes=())], DEUX),
        ([juste._replace(codes=("B9M9C9",))], CHANGEE),
        ([juste._replace(semaine="2026-12-01")], CHANGEE),
        ([juste._replace(semaine="2026-13-01")], CHANGEE),
    ):
        with pytest.raises(CarteIllisible, match=re.escape(phrase)):
            semaines_des_carres(parcours, lus)


@pytest.mark.parametrize(
    ("contenu", "phrase"), [(b"MZ un programme", "est un programme"), (b"", "vide"), (scan(), "Aucun carré")]
)  # fmt: skip
def test_ce_qui_ne_se_lit_pas_est_refuse_et_n_est_pas_garde(
    binome: Binome, contenu: bytes, phrase: str
) -> None:
    reponse = envoyer(binome, contenu)
    assert reponse.status_code == 422
    assert phrase in dite(reponse)
    assert not CarteScannee.objects.exists()
    assert not SCANS.dossier().is_dir() or not list(SCANS.dossier().iterdir())


def test_un_binome_envoie_tant_de_pages_en_sept_jours(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was set aside counts; a week later, there is room again."""
    monkeypatch.setattr("binome.livret.papier.A_LA_SEMAINE", 1)
    page, _, _ = scannee(monkeypatch, binome)
    client_de(binome.tara).post(
        f"{base(binome)}papier/{page.pk}/ecarter/", {"version": page.version}
    )
    refus = envoyer(binome, scan())
    assert refus.status_code == 422
    assert "en sept jours pour ce livret. Dites la carte à l’écran" in dite(refus)
    CarteScannee.objects.update(deposee_le=timezone.now() - SEMAINE)
    assert envoyer(binome, scan()).status_code == 302
    assert CarteScannee.objects.count() == 2


def test_ce_qui_manque_a_une_relecture_est_dit_et_rien_n_est_perdu(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lundi, (un, deux, _) = scannee(monkeypatch, binome)
    lue = ""
    demain = (timezone.localdate() + timedelta(days=1)).isoformat()
    signee = {f"s-{lundi}-tuteur": "oui"}
    for champs, phrase in (
        ({}, "Dites ce que vous lisez"),
        (signee, "Rien n’est coché pour la semaine"),
        ({f"v-{lundi}-{un}": "vu", **signee}, "Recopiez le jour écrit"),
        ({f"v-{lundi}-{un}": "vu", **signee, f"j-{lundi}": demain}, "ne va pas"),
        ({f"v-{lundi}-{un}": "vu", **signee, f"j-{lundi}": "hier"}, "ne va pas"),
        ({f"p-{lundi}-{deux}": "Une phrase."}, "dites quelle case est cochée"),
        ({f"v-{lundi}-autre": "vu"}, "choisissez la compétence écrite à la main"),
        ({f"v-{lundi}-{un}": "bof"}, "une des quatre réponses"),
        ({f"v-{lundi}-{un}": "vu", f"p-{lundi}-{un}": "Avec Mme Dupont, née le 3 mars 1950."}, "Rien d’un patient"),
    ):  # fmt: skip
        reponse = confirmer(binome, page, **champs)
        assert reponse.status_code == 422, champs
        lue = dite(reponse)
        assert phrase in lue
    assert 'value="Avec Mme Dupont' in lue  # what was typed is still there
    assert "checked" in lue
    page.refresh_from_db()
    assert (page.etat, page.version) == (EtatDeCarteScannee.A_CONFIRMER, 1)
    assert not CarteDeSemaine.objects.exists()


def test_une_competence_ecrite_a_la_main_et_deux_semaines_d_un_coup(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lundi, (un, *_) = scannee(monkeypatch, binome, 0, 1)
    ensuite = max(page.semaines)
    champs = {
        f"v-{lundi}-{un}": "vu",
        f"v-{ensuite}-autre": "seul",
        f"c-{ensuite}": "B4M1C1",
        f"s-{ensuite}-stagiaire": "oui",
        f"j-{ensuite}": ensuite,
    }
    assert confirmer(binome, page, **champs).status_code == 302
    assert [str(une) for une in CarteDeSemaine.objects.order_by("semaine").values_list("semaine", flat=True)] == [lundi, ensuite]  # fmt: skip
    assert Appreciation.objects.get(competence="B4M1C1").valeur == "seul"
    assert SignatureDeCarte.objects.get().carte.semaine.isoformat() == ensuite


def test_ce_qui_est_dit_a_l_ecran_reste_et_la_signature_du_papier_ne_le_couvre_pas(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lundi, (un, *_) = scannee(monkeypatch, binome)
    rendre(binome, binome.lea, envoi(binome, dit(un, Valeur.SEUL), semaine=binome.semaine - SEMAINE))  # fmt: skip
    assert "Déjà dit à l’écran : sans aide." in dite(
        client_de(binome.tara).get(f"{base(binome)}papier/{page.pk}/")  # type: ignore[arg-type] # as above
    )
    assert (
        confirmer(binome, page, **{f"v-{lundi}-{un}": "vu"}, **signatures(lundi)).status_code == 302
    )
    etats = Appreciation.objects.order_by("pk").values_list("valeur", "etat")
    assert list(etats) == [("seul", "vigueur"), ("vu", "a_choisir")]
    assert set(SignatureDeCarte.objects.order_by("pk").values_list("etat", flat=True)) == {
        "perimee"
    }


def test_une_page_ecartee_est_effacee_ne_compte_pas_et_se_renvoie(
    binome: Binome,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page, lundi, (un, *_) = scannee(monkeypatch, binome)
    client = client_de(binome.monde.lea)
    chemin = SCANS.chemin_de(page.fichier)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{base(binome)}papier/{page.pk}/ecarter/", {"version": page.version})
    assert not chemin.exists()
    lue = client.get(f"{base(binome)}papier/{page.pk}/").content.decode()
    assert "La photo de cette page est effacée." in lue
    assert client.get(f"{base(binome)}papier/{page.pk}/fichier/").status_code == 404
    assert confirmer(binome, page, version=2, **{f"v-{lundi}-{un}": "vu"}).status_code == 422
    assert scannee(monkeypatch, binome)[0] != page


def test_seul_le_binome_l_imprime_l_envoie_et_le_lit(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _, _ = scannee(monkeypatch, binome)
    for chemin in ("papier/", "papier.pdf", f"papier/{page.pk}/", f"papier/{page.pk}/fichier/"):
        assert client_de(binome.monde.lea).get(f"{base(binome)}{chemin}").status_code == 200
        for autre in (binome.monde.alice, binome.monde.emma, binome.monde.charlie):
            assert client_de(autre).get(f"{base(binome)}{chemin}").status_code == 404
    assert client_de(binome.tara).get(f"{base(binome)}papier/{page.pk + 1}/").status_code == 404


def test_un_parcours_termine_ne_prend_plus_de_page(binome: Binome) -> None:
    Parcours.objects.filter(pk=binome.parcours.pk).update(etat="abandonne", fini_le=timezone.now(), raison="autre")  # fmt: skip
    reponse = envoyer(binome, scan())
    assert reponse.status_code == 422
    assert "le livret ne change plus" in dite(reponse)


def test_une_signature_lue_sur_papier_se_conteste(
    binome: Binome, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lundi, (un, *_) = scannee(monkeypatch, binome)
    confirmer(binome, page, **{f"v-{lundi}-{un}": "vu"}, **signatures(lundi))
    sienne = SignatureDeCarte.objects.get(cote="stagiaire")
    with pytest.raises(GesteImpossible):
        faire(SIGNATURES, "contester", sienne, binome.tutrice, version=sienne.version)
    page_de_lea = client_de(binome.monde.lea).get(base(binome)).content.decode()
    assert "sur une carte de papier" in page_de_lea
    faire(SIGNATURES, "contester", sienne, binome.lea, version=sienne.version)
    assert CarteDeSemaine.objects.get().etat == EtatDeCarte.OUVERTE


def test_la_page_part_avec_les_donnees_et_s_efface_avec_le_dossier(binome: Binome) -> None:
    page = une_page(binome.parcours, binome.lea)
    archive = archiver(binome.parcours.dossier)
    assert [une["fichier"] for une in archive["cartes_scannees"]] == [page.fichier]
    (rangee,) = [un for un in fichiers_de(binome.monde.lea) if un[0] == SCANS]
    assert rangee[1:] == (
        page.fichier,
        f"{binome.parcours.dossier.reference}/cartes/{page.pk}.png",
    )
    assert balayer(timedelta(0)) == 0
    chemin = SCANS.chemin_de(page.fichier)
    assert chemin.is_file()
    assert anonymiser(binome.parcours.dossier_id, auteur="systeme", motif="terme")
    assert not chemin.exists()
    assert archiver(binome.parcours.dossier)["cartes_scannees"]
    assert verifier() is None
