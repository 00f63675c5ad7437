"""A stranger: files that were taken away, and the verifier run by a Python that has nothing installed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from binome.journal.ancres import chemin
from binome.journal.models import Entree, Jeton, Racine
from binome.journal.prouver import prouver, publiees, verifieur

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Verdict(NamedTuple):
    """What the verifier answered."""

    code: int
    dit: str


class Etranger:
    """Keeps files in a folder of their own, and has them checked."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.programme = dossier / "verifier.py"
        self.programme.write_bytes(verifieur().read_bytes())

    def prendre(self) -> Path:
        """What is published now."""
        return self.garder("preuves.json", publiees())

    def garder(self, nom: str, texte: str) -> Path:
        """A file that somebody gave."""
        (self.dossier / nom).write_text(texte, encoding="utf-8")
        return self.dossier / nom

    def preuve(self, rangs: Iterable[int] | None = None) -> Path:
        """The proofs of some entries, of all when none is named."""
        voulues = Entree.objects.order_by("rang")
        if rangs is not None:
            voulues = voulues.filter(rang__in=list(rangs))
        return self.garder("preuve.json", prouver(voulues).en_json())

    def verifier(self, *arguments: str | Path, chemin: str | None = None) -> Verdict:
        """The verifier as a program of its own, without site packages; `chemin` is where it looks for openssl."""
        fini = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", self.programme, *arguments],
            capture_output=True, encoding="utf-8", check=False, timeout=60, cwd=self.dossier,
            env=None if chemin is None else {"PATH": chemin},
        )  # fmt: skip
        assert not fini.stderr, fini.stderr
        return Verdict(fini.returncode, fini.stdout)


def empreintes() -> list[str]:
    """What a stranger may have noted of each day."""
    return list(Racine.objects.exclude(annonce="").values_list("empreinte", flat=True))


def tout_oublier_des_racines() -> None:
    """What a forger does who owns the database and the folder of anchors: roots, stamps and anchors go."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as curseur:
        for table in ("journal_racine", "journal_jeton"):
            for geste in ("modifier", "effacer"):
                sur = "" if sqlite else f" ON {table}"
                curseur.execute(f"DROP TRIGGER IF EXISTS {table}_{geste}{sur}")
    Jeton.objects.all().delete()
    Racine.objects.all().delete()
    chemin().unlink()
