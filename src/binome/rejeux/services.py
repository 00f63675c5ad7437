"""Asking for a replay, and reading one that was made."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from binome.dossiers.rejoues import Rejeu
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import LigneEcrite, lignes
from binome.journal.services import Ecriture, ecrire, ecrire_tout
from binome.regles.courante import base_courante, ouvrir, reformes
from binome.regles.lecture import BaseInvalide
from binome.rejeux.comparer import bilan, comparer
from binome.rejeux.lecture import lire_en_jeu

if TYPE_CHECKING:
    import polars as pl

    from binome.comptes.acteur import Acteur

GARDES: Final = 20
"""How many replays are kept: an older one is made again rather than read."""


@dataclass(frozen=True)
class Resultat:
    """What a replay found: how many dossiers were read, those that change, and the counts."""

    lus: int
    lignes: pl.DataFrame
    bilan: dict[str, Any]
    base_avant: str
    base_apres: str


def candidates() -> dict[str, tuple[str, str]]:
    """What the page offers: a key, then the base as `ouvrir` names it and its title.

    The overlays of the base, then the folders that the installation names.
    """
    offertes = {nom: (f"courante+{nom}", une["titre"]) for nom, une in reformes().items()}
    for dossier in settings.REGLES_CANDIDATES:
        nom = Path(dossier).name
        offertes[f"dossier-{nom}"] = (str(dossier), f"Base candidate « {nom} »")
    return offertes


def rejouer(designation: str) -> Resultat:
    """Replays the live dossiers under the base in force and under another; writes nothing.

    Raises BaseInvalide when the base cannot be read, ModuleNotFoundError without the batch engine.
    """
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    avant = base_courante().vue("positionnement")
    apres = ouvrir(designation).vue("positionnement")
    lus, attendus = 0, []
    # One slice is compared, without the interpreter's lock, while the next one is read.
    with ThreadPoolExecutor(1) as fil:
        for frame in lire_en_jeu((avant, apres)):
            lus += frame.height
            attendus.append(fil.submit(comparer, frame, avant, apres))
        morceaux = [un.result() for un in attendus]
    if not morceaux:
        vide = pl.DataFrame(schema={"dossier": pl.Int64, "reference": pl.String, "etat": pl.String})
        morceaux.append(comparer(vide, avant, apres))
    lignes = pl.concat(morceaux)
    return Resultat(lus, lignes, bilan(lignes, avant, apres), avant.empreinte, apres.empreinte)


def demander(cle: str, acteur: Acteur) -> Rejeu:
    """Replays one of the candidates for the branch, and keeps the result.

    Raises GesteImpossible: from someone else, for an unknown candidate, or one that cannot be read.
    """
    if not acteur.examine:
        raise GesteImpossible("Seule la branche peut rejouer les dossiers.")
    if cle not in candidates():
        raise GesteImpossible("Choisissez la règle à essayer.")
    designation, _ = candidates()[cle]
    try:
        resultat = rejouer(designation)
    except BaseInvalide as invalide:
        raise GesteImpossible(f"Cette base ne se lit pas : {invalide}.") from None
    except ModuleNotFoundError:
        raise GesteImpossible(
            "Le moteur de lots manque sur ce serveur. Demandez à qui l’administre de l’installer."
        ) from None
    return _garder(cle, resultat, acteur)


@transaction.atomic
def _garder(cle: str, resultat: Resultat, acteur: Acteur) -> Rejeu:
    octets = io.BytesIO()
    resultat.lignes.write_parquet(octets)
    rejeu = Rejeu.objects.create(
        candidate=cle,
        base_avant=resultat.base_avant,
        base_apres=resultat.base_apres,
        lus=resultat.lus,
        changent=resultat.lignes.height,
        bilan=resultat.bilan,
        lignes=octets.getvalue(),
        par=acteur.personne,
        le=timezone.now(),
    )
    ecrire(
        Ecriture(
            "rejeu.faire",
            f"rejeu:{rejeu.pk}",
            auteur=acteur.nom_au_journal,
            avant={"base": rejeu.base_avant},
            apres={"base": rejeu.base_apres, "lus": rejeu.lus, "changent": rejeu.changent},
            lignes=lignes([rejeu]),
        )
    )
    _oublier_les_anciens()
    return rejeu


def _oublier_les_anciens() -> None:
    anciens = list(Rejeu.objects.order_by("-le", "-pk").values_list("pk", flat=True)[GARDES:])
    Rejeu.objects.filter(pk__in=anciens).delete()
    ecrire_tout(
        [
            Ecriture("rejeu.oublier", f"rejeu:{numero}", lignes=(LigneEcrite(Rejeu, numero),))
            for numero in anciens
        ]
    )


def lignes_de(rejeu: Rejeu, *, groupe: str = "", regle: str = "") -> pl.DataFrame:
    """The dossiers that change, in the order they were made; those of a group or of a rule."""
    import polars as pl  # noqa: PLC0415

    lignes = pl.read_parquet(io.BytesIO(bytes(rejeu.lignes)))
    if groupe:
        lignes = lignes.filter(pl.col(f"g_{groupe}"))
    if regle:
        lignes = lignes.filter(pl.col("regles").str.split(";").list.contains(regle))
    return lignes
