"""Roles × doors: what each reads of a candidate, by whichever page, preview, download, export, list, search or story.

The rows of the matrix are every door that there is: a new one is tried here without anyone thinking of it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

import pytest
from django.utils import timezone

from binome.comptes.services import regarder
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision, Dossier, Piece, Recours
from tests.matrice.objets import ICONE, Objets, entrer, preparer
from tests.matrice.table import lire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.sqlite

RECOURS: Final = "Le texte de mon recours, que mon employeur ne lit pas"
SECRETS: Final = {
    "recours": RECOURS.encode(),
    "diplome": "titre de secrétaire médical".encode(),
    "nom de pièce": b"diplomes-de-lea.pdf",
    "octets de pièce": ICONE,
    "page de pièce": b"RIFF une page",
    "lettre": b"%PDF une lettre",
    "courriel": b"lea@exemple.fr",
    "naissance": b"3 mai 1984",
}
TOUT: Final = frozenset(SECRETS)
RIEN: Final[frozenset[str]] = frozenset()
LUS: Final = {
    "gestionnaire": TOUT,
    "formateur": TOUT,
    "gestionnaire-autre": RIEN,
    "candidat": TOUT,
    "candidat-autre": RIEN,
    "employeur": RIEN,
    "tuteur": RIEN,
    "employeur-autre": RIEN,
    "groupement": RIEN,
    "examinateur": TOUT,
    "jury": TOUT,
    "administrateur": TOUT,
    "opco": RIEN,
    "cpam": RIEN,
    "pilote": RIEN,
    "soutien": RIEN,
}
"""What each role reads of Alice's candidate, by all the doors together."""
TEMOINS: Final = ("candidat", "examinateur")
"""Of those who read everything, the two whose reading shows that each secret is there to be found."""
DE_L_AIDE: Final = TOUT - {"recours", "octets de pièce", "page de pièce", "lettre"}
"""What support reads with the eyes of who reads everything: no appeal, no document opens, none is taken away."""


def _conteste(monde: Monde) -> tuple[Objets, str]:
    """The objects of the matrix, where the decided dossier is contested, its papers as secret as can be."""
    objets = preparer(monde)
    decision = Decision.objects.get(pk=str(objets.valeurs["espace/lettres/"]["numero"]))
    Dossier.objects.filter(pk=decision.dossier_id).update(etat=Etat.RECOURS)
    Recours.objects.create(
        decision=decision, texte=RECOURS, par=monde.lea, depose_le=timezone.now()
    )
    Piece.objects.filter(nature="diplomes").update(nom="diplomes-de-lea.pdf")
    return objets, decision.dossier.reference


def _portes(
    objets: Objets, conteste: str, role: str, *, une_sur: int = 1, rang: int = 0
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every door that a role may read by, as the matrix says: the method, the address, what is sent.

    Both dossiers are opened, the one whose documents are there and the contested one. `une_sur`, `rang`: of
    the addresses, one in so many, from this one on.
    """
    un = str(objets.valeurs["espace/dossiers/"]["reference"])
    for ligne in lire()[1][rang % une_sur :: une_sur]:
        if ligne.adresse.startswith("espace/") and ligne.attendus[role] == 200:
            chemin = objets.chemin(ligne.adresse)
            yield ligne.methode, chemin, {}
            if un in chemin and "<int:" not in ligne.adresse:
                yield ligne.methode, chemin.replace(un, conteste), {}
    for q in ("exemple", conteste):
        yield "GET", "/espace/dossiers/", {"q": q}
    for sorte in ("csv", "xlsx", "zip"):
        yield "POST", "/espace/exports/", {"sorte": sorte}


def _octets(client: Client, methode: str, adresse: str, donnees: dict[str, str]) -> bytes:
    """Everything that a door gives, out of its archive too; nothing when it refuses."""
    reponse = client.generic(methode, adresse) if not donnees else (
        client.get(adresse, donnees) if methode == "GET" else client.post(adresse, donnees)
    )  # fmt: skip
    octets = b"".join(reponse) if reponse.streaming else reponse.content
    if octets.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            octets = b"\n".join(
                [*(nom.encode() for nom in archive.namelist()),
                 *(archive.read(nom) for nom in archive.namelist())]
            )  # fmt: skip
    if donnees.get("q"):
        # What was searched comes back in its field: that was known already.
        octets = re.sub(rb"<input[^>]*>", b"", octets)
    return octets


def _lus(
    client: Client, objets: Objets, conteste: str, role: str, **lesquelles: int
) -> dict[str, str]:
    """The secrets that a person reads, each with the first door that told it."""
    lus: dict[str, str] = {}
    for methode, adresse, donnees in _portes(objets, conteste, role, **lesquelles):
        octets = _octets(client, methode, adresse, donnees)
        for secret, valeur in SECRETS.items():
            if valeur in octets:
                lus.setdefault(secret, f"{methode} {adresse} {donnees}")
    return lus


def _entrer(personne: Personne | None, regardee: Personne | None = None) -> Client:
    client = entrer(personne)
    if regardee is not None:
        assert personne is not None
        session = client.session
        session["regard"] = regarder(personne, regardee, "Un essai.").pk
        session.save()
    return client


@pytest.mark.parametrize("une_sur", [2, pytest.param(1, marks=pytest.mark.long(4))])
def test_chaque_role_ne_lit_que_ce_qui_est_a_lui_par_quelque_porte_que_ce_soit(
    monde: Monde, une_sur: int
) -> None:
    objets, conteste = _conteste(monde)
    assert LUS.keys() == objets.qui.keys() - {"anonyme"}
    ecarts = []
    for rang, (role, permis) in enumerate(LUS.items()):
        if permis == TOUT and role not in TEMOINS:
            continue  # who may read everything can read nothing more
        client = _entrer(objets.qui[role])
        # Those who show that each secret is there to be found open every door.
        pas = 1 if role in TEMOINS else une_sur
        lus = _lus(client, objets, conteste, role, une_sur=pas, rang=rang)
        ecarts += [f"{role} lit {un} par {porte}" for un, porte in lus.items() if un not in permis]
        if pas == 1:
            ecarts += [f"{role} ne lit plus {un}" for un in permis - lus.keys()]
    assert not ecarts, "\n".join(ecarts)


@pytest.mark.parametrize(
    ("role", "permis"),
    [
        ("candidat", DE_L_AIDE),
        pytest.param("gestionnaire", DE_L_AIDE, marks=pytest.mark.long(1)),
        ("employeur", RIEN),
    ],
)
def test_l_aide_ne_lit_ni_recours_ni_piece_avec_les_yeux_d_un_autre(
    monde: Monde, role: str, permis: frozenset[str]
) -> None:
    objets, conteste = _conteste(monde)
    lus = _lus(_entrer(objets.qui["soutien"], objets.qui[role]), objets, conteste, role)
    assert lus.keys() <= permis, lus
