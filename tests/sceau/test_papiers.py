"""Sealed papers: what a signature holds, and a lot that one bad paper or a rival runner does not stop."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfWriter

from binome.comptes.models import Organisation
from binome.courrier.models import Reservation
from binome.etagere.rayon import Rayon
from binome.journal.models import Entree
from binome.journal.services import Ecriture
from binome.sceau.cle import sceau, signature_tient, signer
from binome.sceau.papiers import Papiers, Scelle, sceller, verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from binome.sceau.cle import Sceau

pytestmark = pytest.mark.django_db
RAYON = Rayon("lettres", ("pdf",))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT, settings.DONNEES = tmp_path / "fichiers", tmp_path


def page() -> bytes:
    tampon, plume = BytesIO(), PdfWriter()
    plume.add_blank_page(595, 842)
    plume.write(tampon)
    return tampon.getvalue()


def complete(pdf: bytes) -> bytes:
    """The same file, with an attribute that somebody added after the seal."""
    tampon, plume = BytesIO(), IncrementalPdfFileWriter(BytesIO(pdf))
    plume.root["/Ajout"] = pdf_string("après coup")
    plume.update_root()  # type: ignore[no-untyped-call] # pyHanko types only a part of itself
    plume.write(tampon)  # type: ignore[no-untyped-call] # the same
    return tampon.getvalue()


def illisible() -> bytes:
    raise ValueError


class Registre:
    """Certificates of three organisations, and what was written of each."""

    def __init__(self) -> None:
        self.scelles: dict[int, Scelle] = {}
        for nom in ("A", "B", "C"):
            Organisation.objects.create(genre="organisme", nom=nom)
        self.refuses: set[str] = set()
        self.faire: dict[str, Callable[[], bytes]] = {}

    def papiers(self) -> Papiers[Organisation]:
        return Papiers(
            "essai",
            "Papier d’essai",
            RAYON,
            lambda: Organisation.objects.exclude(pk__in=self.scelles).order_by("pk"),
            self.composer,
            self.inscrire,
        )

    def composer(self, lignes: Sequence[Organisation], _: Sceau) -> list[Callable[[], bytes]]:
        return [self.faire.get(une.nom, page) for une in lignes]

    def inscrire(self, ligne: Organisation, scelle: Scelle) -> Ecriture | None:
        if ligne.nom in self.refuses:
            return None
        self.scelles[ligne.pk] = scelle
        return Ecriture(
            "decision.scellee", f"organisation:{ligne.pk}", apres={"empreinte": scelle.empreinte}
        )


def test_un_papier_scelle_tient_et_le_moindre_ajout_se_voit() -> None:
    pdf = signer(page(), sceau(), "Papier d’essai")
    le, certificats = timezone.now(), sceau().certificats
    assert signature_tient(pdf, le, certificats) is None
    assert signature_tient(page(), le, certificats) == "le fichier ne porte pas un sceau et un seul"
    assert signature_tient(b"rien", le, certificats) is not None
    assert "complété" in str(signature_tient(complete(pdf), le, certificats))


def test_une_autre_cle_ne_vaut_pas_la_notre(tmp_path: Path, settings: Settings) -> None:
    notre = sceau()
    settings.DONNEES = tmp_path / "ailleurs"
    pdf = signer(page(), sceau(), "Papier d’essai")
    assert "n’est pas celui" in str(signature_tient(pdf, timezone.now(), notre.certificats))


def test_un_lot_se_scelle_en_entier_et_se_verifie() -> None:
    registre = Registre()
    assert sceller(registre.papiers(), 2) == 2
    assert sceller(registre.papiers(), 2) == 1
    assert sceller(registre.papiers(), 2) == 0
    assert not Reservation.objects.exists()
    assert Entree.objects.filter(geste="decision.scellee").count() == 3
    for scelle in registre.scelles.values():
        assert verifier(RAYON, scelle) is None
        assert "plus celui" in str(verifier(RAYON, scelle._replace(empreinte="0" * 64)))
        RAYON.jeter(scelle.nom)
        assert verifier(RAYON, scelle) == "le fichier est introuvable"


def test_un_papier_qui_ne_se_fait_pas_n_arrete_pas_les_autres() -> None:
    registre = Registre()
    registre.faire["B"] = illisible
    assert sceller(registre.papiers()) == 2
    assert Reservation.objects.filter(genre="essai").count() == 1, "it waits until its claim ends"


def test_ce_qu_un_rival_a_scelle_ne_laisse_pas_de_fichier() -> None:
    registre = Registre()
    registre.refuses.add("C")
    assert sceller(registre.papiers()) == 2
    assert {f"lettres/{un.name}" for un in RAYON.dossier().iterdir()} == {
        un.nom for un in registre.scelles.values()
    }


def test_le_disque_plein_garde_ce_qui_est_entier(monkeypatch: pytest.MonkeyPatch) -> None:
    registre = Registre()
    ranger, restent = Rayon.ranger, [1]

    def plein(rayon: Rayon, contenu: bytes, suffixe: str = "") -> str:
        if not restent:
            raise OSError(28, "No space left on device")
        restent.pop()
        return ranger(rayon, contenu, suffixe)

    monkeypatch.setattr(Rayon, "ranger", plein)
    with pytest.raises(OSError, match="No space"):
        sceller(registre.papiers())
    assert len(registre.scelles) == 1
