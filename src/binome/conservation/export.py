"""A person's own export: everything that is kept about them, readable by them and by a program."""

from __future__ import annotations

import json
import tempfile
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from binome.conservation.detenteurs import DETENTEURS
from binome.gestes.refus import GesteImpossible
from binome.journal.histoire import histoire_pour
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.etagere.rayon import Rayon

EN_MEMOIRE: Final = 8_000_000
"""Octets from which the archive goes to the disk while it is made."""


def donnees_de(personne: Personne) -> dict[str, Any]:
    """What is kept about a person: the sections of each room, then what the journal tells of them."""
    donnees: dict[str, Any] = {}
    for un in DETENTEURS:
        donnees.update(un.exporter(personne))
    return {**donnees, "journal": histoire_pour(personne.sujet, personne.sujet)}


def fichiers_de(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The shelf, the stored name, and the name in the archive of every file of a person."""
    return [fichier for un in DETENTEURS for fichier in un.fichiers(personne)]


def exporter(acteur: Acteur) -> IO[bytes]:
    """The archive of a person: JSON, a page to read, their documents and their letters.

    Raises GesteImpossible from who looks through their eyes.
    """
    if acteur.soutien is not None:
        raise GesteImpossible("Vous regardez à la place de cette personne : rien ne sort.")
    personne = acteur.personne
    donnees = donnees_de(personne)
    archive: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115 - the answer closes it
    manquent: list[str] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zip_:
        for rayon, nom, dans in fichiers_de(personne):
            try:
                zip_.writestr(dans, rayon.lire(nom))
            except (OSError, ValueError):
                manquent.append(dans)
        donnees["fichiers_introuvables"] = manquent
        texte = json.dumps(donnees, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        zip_.writestr("donnees.json", texte)
        zip_.writestr("donnees.html", render_to_string("espace/export.html", {"donnees": donnees}))
    ecrire(
        Ecriture(
            "donnees.exporter",
            personne.sujet,
            auteur=acteur.nom_au_journal,
            apres={"dossiers": len(donnees["dossiers"]), "introuvables": len(manquent)},
        )
    )
    archive.seek(0)
    return archive
