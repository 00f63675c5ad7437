"""The booklet: by competence, by week, with what is missing; the same bytes for the same rows, sealed, archivable."""

from __future__ import annotations

import random
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from binome.cloison.places import PAPIERS, CloisonPleine
from binome.dossiers.models import Dossier
from binome.impression.pdf import pdf_du_livret
from binome.livret.carnet import carnet, lignes_du_livret
from binome.livret.carnet_scelle import livret_en_pdf, livret_scelle
from binome.livret.etats import CoteDuBinome, Valeur
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from binome.livret.programme import competences_du_parcours
from binome.livret.semaines import SEMAINE
from binome.livret.tutorats import nommer
from binome.parcours.models import Parcours
from binome.sceau.cle import sceau, signature_tient
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

JOUR = date(2027, 11, 8)


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara, on a path under way for three weeks."""
    binome = former(monde)
    Parcours.objects.filter(pk=binome.parcours.pk).update(
        ouvert_le=timezone.now() - 3 * SEMAINE, entree=None
    )
    binome.parcours.refresh_from_db()
    return binome


def imprime(binome: Binome, jour: date | None = None) -> bytes:
    binome.parcours.refresh_from_db()
    return livret_en_pdf(binome.parcours, jour or timezone.localdate())


def texte(pdf: bytes) -> str:
    lu = pypdfium2.PdfDocument(pdf)
    pages = " ".join(page.get_textpage().get_text_range() for page in lu)
    return " ".join(pages.replace("\u202f", " ").replace("\xa0", " ").split())


def remplie(binome: Binome) -> None:
    """This week's card, said by Léa with a sentence, signed by both."""
    une = dit("B1M1C1", Valeur.AIDE, phrase="Fait trois fois cette semaine.")
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))
    rendre(binome, binome.tutrice, envoi(binome, signature=signe(CoteDuBinome.TUTEUR, une)))


def test_le_livret_dit_chaque_competence_chaque_semaine_et_ce_qui_manque(binome: Binome) -> None:
    remplie(binome)
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    tard = dit("B1M2C1", Valeur.SEUL)
    rendre(binome, binome.tutrice, envoi(binome, tard, semaine=binome.semaine - 2 * SEMAINE))
    lu = texte(imprime(binome))
    for phrase in (
        "Livret de formation", "Léa Exemple", "Personnes inventées : ce livret est un exemple, sans valeur.",
        "Fait trois fois cette semaine.", "Léa Exemple, sur son compte, le",
        "signée par les deux", "Avec aide", "remplie 2 semaines après", "Compétences jamais vues",
        "Semaines sans carte", "Cartes que les deux n’ont pas signées", "Cabinet d’exemple, depuis le",
        "La liste officielle des compétences n’a pas été lue.", "Aucune donnée de patient n’y est",
        "La branche (CPNEFP des cabinets médicaux) tient le référentiel",
        f"Base {binome.parcours.dossier.empreinte.removeprefix('sha256:')[:12]}", "Édité le",
    ):  # fmt: skip
        assert phrase in lu, (phrase, lu)


def test_un_jury_trouve_toute_competence_en_deux_touches(binome: Binome) -> None:
    """The outline names each one; from the list of a page, one link leads to its story."""
    remplie(binome)
    lu = PdfReader(BytesIO(imprime(binome)))
    plat = _aplatir(lu.outline)
    codes = [une.code for une in competences_du_parcours(binome.parcours)]
    intitules = [une.intitule for une in competences_du_parcours(binome.parcours)]
    assert set(intitules) <= {un.title.replace("\xa0", " ").replace("\u202f", " ") for un in plat}
    destinations = lu.named_destinations
    liens = [
        annotation.get_object()["/Dest"]
        for page in lu.pages
        for annotation in page.get("/Annots", [])
    ]
    for code in codes:
        assert f"competence-{code}" in destinations
        assert f"competence-{code}" in liens
    (vers_la_semaine,) = (un for un in liens if not isinstance(un, str))
    assert lu.get_page_number(vers_la_semaine[0].get_object()) == len(lu.pages) - 1


def _aplatir(plan: list[Any]) -> list[Any]:
    return [un for une in plan for un in (_aplatir(une) if isinstance(une, list) else [une])]


def test_memes_lignes_memes_octets_dans_quelque_ordre_qu_elles_viennent(binome: Binome) -> None:
    remplie(binome)
    for rang in (1, 2):
        autres = [dit("B1M2C1", Valeur.SEUL), dit("B1M1C2", Valeur.VU, phrase="Vu deux fois.")]
        rendre(binome, binome.lea, envoi(binome, *autres, semaine=binome.semaine - rang * SEMAINE))
    attendu = imprime(binome, JOUR)
    assert imprime(binome, JOUR) == attendu
    assert imprime(binome, JOUR + timedelta(days=1)) != attendu
    lignes = lignes_du_livret(binome.parcours)
    for graine in range(3):
        hasard = random.Random(graine)  # noqa: S311 - an order, not a secret
        melees = replace(
            lignes,
            cartes=hasard.sample(lignes.cartes, len(lignes.cartes)),
            dites=hasard.sample(lignes.dites, len(lignes.dites)),
            signatures=hasard.sample(lignes.signatures, len(lignes.signatures)),
            tutorats=hasard.sample(lignes.tutorats, len(lignes.tutorats)),
        )
        assert carnet(binome.parcours, melees, JOUR) == carnet(binome.parcours, lignes, JOUR)
    assert pdf_du_livret(carnet(binome.parcours, lignes, JOUR)) == attendu


def test_le_sceau_s_ajoute_apres_le_livret_et_tient(binome: Binome) -> None:
    remplie(binome)
    pdf = imprime(binome, JOUR)
    scelle = livret_scelle(binome.parcours, JOUR)
    assert scelle.startswith(pdf)
    assert signature_tient(scelle, timezone.now(), sceau().certificats) is None
    assert b"pdfaid" in pdf
    assert b"pdfuaid" in pdf


def test_le_binome_l_ouvre_et_personne_d_autre(binome: Binome, settings: Settings) -> None:
    adresse = f"/espace/livret/{binome.parcours.pk}/livret.pdf"
    client = Client()
    for qui, attendu in (
        (binome.monde.lea, 200), (binome.tara, 200), (binome.monde.alice, 404), (binome.monde.emma, 404),
    ):  # fmt: skip
        client.force_login(qui)
        reponse = client.get(adresse)
        assert reponse.status_code == attendu
    client.force_login(binome.monde.lea)
    settings.DEMONSTRATION, settings.SCEAU_CLE, settings.SCEAU_CERTIFICAT = False, "", ""
    reponse = client.get(adresse)
    assert reponse.status_code == 503
    assert "ne peut pas être scellé" in reponse.content.decode()


def lu_le(binome: Binome, jour: date = JOUR) -> str:
    """All that the booklet says, before it is printed."""
    parcours = Parcours.objects.select_related("dossier", "organisme").get(pk=binome.parcours.pk)
    return str(carnet(parcours, lignes_du_livret(parcours), jour))


def test_ce_qui_ne_compte_pas_ou_plus_se_dit(binome: Binome) -> None:
    remplie(binome)
    SignatureDeCarte.objects.filter(cote=CoteDuBinome.TUTEUR).update(etat="contestee")
    lu = lu_le(binome)
    assert "Tuteur ou tutrice : signature contestée" in lu
    assert "signée d’un côté : stagiaire" in lu
    Appreciation.objects.update(etat="a_choisir")
    assert "Cartes où deux réponses sont à départager" in lu_le(binome)


def test_rien_d_une_personne_effacee(binome: Binome) -> None:
    """What the erasure leaves: the answers and that it was signed; the booklet says that the sentences are gone."""
    remplie(binome)
    Dossier.objects.filter(pk=binome.parcours.dossier_id).update(
        anonyme_le=datetime(2027, 2, 1, 12, tzinfo=UTC)
    )
    Appreciation.objects.update(phrase="")
    lu = lu_le(binome)
    assert "Identité effacée" in lu
    assert "toutes les phrases ont été effacées le 1er février 2027" in lu
    assert "Stagiaire : sur son compte, le" in lu
    for absent in ("Léa", "Lea", "Tara", "trois fois"):
        assert absent not in lu


def test_sans_liste_de_competences_le_livret_dit_qu_il_n_en_a_pas(binome: Binome) -> None:
    Parcours.objects.filter(pk=binome.parcours.pk).update(referentiel="inconnu")
    binome.parcours.refresh_from_db()
    assert "Aucune liste de compétences n’a été lue" in texte(imprime(binome, JOUR))
    client = Client()
    client.force_login(binome.tara)
    page = client.get(f"/espace/livret/{binome.parcours.pk}/papier/")
    assert "elle n’a pas de carte à remplir" in page.content.decode().replace("\u202f", " ")
    assert client.get(f"/espace/livret/{binome.parcours.pk}/papier.pdf").status_code == 404


def test_les_semaines_d_avant_l_entree_ou_d_une_interruption_ne_manquent_pas(
    binome: Binome,
) -> None:
    parcours = binome.parcours
    assert [une.semaine for une in carnet(parcours, lignes_du_livret(parcours), timezone.localdate()).semaines] == [
        binome.semaine - rang * SEMAINE for rang in (3, 2, 1)
    ]  # fmt: skip
    parcours.entree = timezone.localdate()
    assert carnet(parcours, lignes_du_livret(parcours), timezone.localdate()).semaines == ()


def test_un_parcours_entier_tient_en_vingt_pages(binome: Binome) -> None:
    """Forty-four weeks of three competences each, signed by both: the booklet of paper counted forty-one pages."""
    debut = binome.semaine - 43 * SEMAINE
    entier(binome, debut)
    parcours = Parcours.objects.select_related("dossier", "organisme").get(pk=binome.parcours.pk)
    with CaptureQueriesContext(connection) as requetes:
        livret = carnet(parcours, lignes_du_livret(parcours), timezone.localdate())
    assert len(requetes) <= 5
    assert len(livret.semaines) == 44
    assert not livret.jamais
    assert not livret.manques
    pdf = pdf_du_livret(livret)
    assert len(pypdfium2.PdfDocument(pdf)) <= 20
    assert len(pdf) < 600_000


def entier(binome: Binome, debut: date) -> None:
    """The rows of a whole path, written at once."""
    Parcours.objects.filter(pk=binome.parcours.pk).update(ouvert_le=timezone.now() - 43 * SEMAINE)
    codes = [une.code for une in competences_du_parcours(binome.parcours)]
    cartes = CarteDeSemaine.objects.bulk_create(
        CarteDeSemaine(parcours=binome.parcours, semaine=debut + rang * SEMAINE, etat="signee")
        for rang in range(44)
    )
    for rang, carte in enumerate(cartes):
        le = timezone.make_aware(datetime.combine(carte.semaine, datetime.min.time())) + timedelta(days=4, hours=18)  # fmt: skip
        Appreciation.objects.bulk_create(
            Appreciation(
                carte=carte, competence=codes[(3 * rang + place) % len(codes)],
                valeur=Valeur.values[(rang + place) % 4], phrase="Plus à l’aise avec le logiciel, à revoir ensemble." * 2,
                cote="stagiaire", par=binome.monde.lea, dite_le=le, recue_le=le,
            )
            for place in range(3)
        )  # fmt: skip
        SignatureDeCarte.objects.bulk_create(
            SignatureDeCarte(
                carte=carte, cote=cote, moyen="compte", empreinte="0" * 64, signee_le=le, recue_le=le, par=par
            )
            for cote, par in (("stagiaire", binome.monde.lea), ("tuteur", binome.tara))
        )  # fmt: skip


def test_qui_demande_un_livret_de_trop_revient_et_les_autres_pages_repondent(
    binome: Binome, client: Client
) -> None:
    """As many as a process makes are being made: one more is told to come back, and nothing else waits."""
    client.force_login(binome.monde.lea)
    vers = f"/espace/livret/{binome.parcours.pk}/"
    with ExitStack() as pile:
        while True:
            try:
                pile.enter_context(replace(PAPIERS, nombre=lambda: 50).place())
            except CloisonPleine:
                break
        reponse = client.get(f"{vers}livret.pdf")
        assert (reponse.status_code, reponse.headers["Retry-After"]) == (503, "5")
        assert "de nouveau dans un instant" in reponse.content.decode()
        assert client.get(vers).status_code == 200
    assert client.get(f"{vers}livret.pdf").status_code == 200
