"""No object of another organisation is reached by what a form or a filter names; support only looks."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Invitation
from binome.comptes.services import regarder
from binome.dossiers import services
from binome.dossiers.models import Dossier, Import, Piece
from binome.journal.models import Tete
from tests.dossiers import monde as gens
from tests.matrice.lecture_seule import lecture_seule
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire
from tests.matrice.test_matrice import demander

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

_, LIGNES = lire()
ESPACE = [une for une in LIGNES if une.adresse.startswith("espace/")]


@pytest.mark.sqlite
@pytest.mark.parametrize("une_sur", [4, pytest.param(1, marks=pytest.mark.long(6))])
def test_l_aide_lit_ce_que_lit_la_personne_et_n_ecrit_rien(monde: Monde, une_sur: int) -> None:
    objets = preparer(monde)
    soutien = objets.qui["soutien"]
    assert soutien is not None
    ecarts = []
    for rang, role in enumerate(("gestionnaire", "candidat", "employeur", "gestionnaire-autre")):
        personne = objets.qui[role]
        assert personne is not None
        client = entrer(soutien)
        session = client.session
        session["regard"] = regarder(soutien, personne, "Un essai.").pk
        session.save()
        for ligne in ESPACE[rang % une_sur :: une_sur]:  # each address for one of the four
            chemin, attendu = objets.chemin(ligne.adresse), ligne.attendus[role]
            if ligne.methode == "POST":
                lu, permis = demander(client, "POST", chemin), {403}
            else:
                with lecture_seule():
                    lu = demander(client, "GET", chemin)
                # Never more than the person; less where a page is only for acting.
                permis = {attendu} if attendu not in (200, 302) else {attendu, 403, 404}
            if lu not in permis:
                ecarts.append(f"{ligne} pour l’aide à la place de {role} : {lu}, et non {permis}")
    assert not ecarts, "\n".join(ecarts)


def _empreinte() -> tuple[Any, ...]:
    """Everything that a forbidden request might have moved."""
    return (
        Tete.objects.get().rang,
        list(Dossier.objects.order_by("pk").values()),
        list(Piece.objects.order_by("pk").values()),
        list(Appartenance.objects.order_by("pk").values()),
        list(Invitation.objects.order_by("pk").values()),
        list(Import.objects.order_by("pk").values()),
    )


def test_charlie_n_atteint_rien_d_alice_en_le_nommant_dans_un_formulaire(monde: Monde) -> None:
    dossier = gens.propose(monde)
    piece = dossier.pieces.order_by("pk").first()
    assert piece is not None
    importation = Import.objects.create(
        organisme=monde.organisme, par=monde.alice, empreinte="0" * 64, lignes=0
    )
    sien = Dossier.objects.get(pk=services.ouvrir(
        monde.autre, Acteur(monde.charlie), exemple=True
    ).pk)  # fmt: skip
    le_sien = Import.objects.create(
        organisme=monde.autre, par=monde.charlie, empreinte="1" * 64, lignes=0
    )
    role = Appartenance.objects.get(personne=monde.bob)
    identite = {"prenom": "Zoé", "nom": "Neuve", "naissance": "03/05/1984"}
    tableur = SimpleUploadedFile("a.csv", "Prénom;Nom\nZoé;Neuve\n".encode())
    coche = f"{dossier.reference}:{dossier.version}"
    essais: list[tuple[str, dict[str, Any], set[int]]] = [
        ("/espace/dossiers/confirmer/", {"dossier": [coche], "vu": "oui"}, {302, 403, 409}),
        ("/espace/imports/", {"organisme": monde.organisme.pk, "fichier": tableur}, {422}),
        (f"/espace/imports/{importation.pk}/creer/", {"deposer": "oui"}, {404}),
        (f"/espace/imports/{le_sien.pk}/lignes/1/", {"ecarter": "oui"}, {302, 404}),
        (f"/espace/dossiers/{sien.reference}/pieces/{piece.pk}/examen/", {"version": 1}, {403, 404}),
        (f"/espace/dossiers/{dossier.reference}/gestes/retirer/", {"version": dossier.version}, {404}),
        (f"/espace/dossiers/{dossier.reference}/saisie/", {"version": dossier.version}, {404}),
        (f"/compte/organisations/{monde.autre.pk}/roles/{role.pk}/retirer/", {}, {404}),
        (f"/compte/organisations/{monde.organisme.pk}/", {"courriel": "a@exemple.fr"}, {404}),
        ("/compte/organisations/choisir/", {"organisation": monde.organisme.pk}, {302, 404}),
    ]  # fmt: skip
    client = entrer(monde.charlie)
    avant = _empreinte()
    for adresse, donnees, permis in essais:
        reponse = client.post(adresse, donnees)
        assert reponse.status_code in permis, (adresse, reponse.status_code)
        assert _empreinte() == avant, adresse
    # One manages a single organisation: naming another one does not open a dossier there.
    client.post("/espace/dossiers/nouveau/", {**identite, "organisme": monde.organisme.pk})
    assert Dossier.objects.get(nom="Neuve").organisme == monde.autre
    for adresse in (f"/espace/dossiers/{sien.reference}/pieces/{piece.pk}/", f"/espace/dossiers/{sien.reference}/pieces/{piece.pk}/fichier/"):  # fmt: skip
        assert client.get(adresse).status_code == 404


def _exporter(client: Client, sorte: str, filtre: dict[str, Any]) -> str | None:
    """Everything that an export says, out of its archive; None when it has nothing to say."""
    reponse = client.post("/espace/exports/", {**filtre, "sorte": sorte})
    if reponse.status_code == 422:
        return None
    assert reponse.status_code == 200
    octets = b"".join(reponse)
    if sorte == "csv":
        return octets.decode()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        noms = archive.namelist()
        return "\n".join([*noms, *(archive.read(nom).decode(errors="replace") for nom in noms)])


@pytest.mark.parametrize("sorte", ["csv", "xlsx", "zip"])
def test_charlie_n_exporte_ni_ne_liste_rien_d_alice(monde: Monde, sorte: str) -> None:
    dossier = gens.depose(monde)
    services.ouvrir(monde.autre, Acteur(monde.charlie), exemple=True)
    alice, charlie = entrer(monde.alice), entrer(monde.charlie)
    lien = f'href="/espace/dossiers/{dossier.reference}/'
    filtres: tuple[dict[str, Any], ...] = (
        {}, {"organisme": monde.organisme.pk}, {"q": "lea"}, {"q": dossier.reference},
        {"etat": "depose"},
    )  # fmt: skip
    for filtre in filtres:
        # What Alice reads shows that the trap would close.
        assert lien in alice.get("/espace/dossiers/", filtre).content.decode(), filtre
        assert lien not in charlie.get("/espace/dossiers/", filtre).content.decode(), filtre
        assert dossier.reference in (_exporter(alice, sorte, filtre) or ""), filtre
        lu = _exporter(charlie, sorte, filtre)
        assert lu is not None or filtre, "Charlie exporte au moins le sien"
        assert dossier.reference not in (lu or ""), filtre


def test_aucune_page_des_membres_n_est_dispensee_de_csrf(monde: Monde) -> None:
    objets = preparer(monde)
    client = Client(
        SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False
    )
    client.force_login(monde.alice)
    ouvertes = [
        str(une)
        for une in LIGNES
        if une.methode == "POST"
        and une.adresse.startswith(("espace/", "compte/"))
        and demander(client, "POST", objets.chemin(une.adresse)) != 403
    ]
    assert not ouvertes, ouvertes
