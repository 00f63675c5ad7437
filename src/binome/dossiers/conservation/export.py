"""A person's own export: everything that is kept about them, readable by them and by a program."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from binome.comptes.models import Appartenance
from binome.dossiers import rayons
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Decision, Dossier, Recours
from binome.dossiers.preparations import IDENTITE
from binome.dossiers.traces import en_archive
from binome.emplois import registre as emplois
from binome.gestes.refus import GesteImpossible
from binome.journal.histoire import histoire
from binome.journal.services import Fait, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne
    from binome.etagere.rayon import Rayon

EN_MEMOIRE: Final = 8_000_000
"""Octets from which the archive goes to the disk while it is made."""


def donnees_de(personne: Personne) -> dict[str, Any]:
    """What is kept about a person: account, roles, dossiers as a candidate, and their journal."""
    roles = Appartenance.objects.filter(personne=personne).select_related("organisation")
    dossiers = Dossier.objects.filter(candidat=personne).select_related("organisme").order_by("pk")
    return {
        "compte": {
            "prenom": personne.prenom,
            "nom": personne.nom,
            "courriel": personne.courriel,
            "ouvert_le": personne.creee_le,
        },
        "roles": [
            {
                "organisation": un.organisation.nom,
                "role": un.get_role_display(),
                "depuis": un.ouverte_le,
                "jusqu_a": un.close_le,
            }
            for un in roles.order_by("pk")
        ],
        "dossiers": [_dossier(un, personne) for un in dossiers],
        "emplois": emplois.en_archive(personne),
        "lectures": en_archive(personne),
        "journal": _journal(personne.sujet, personne),
    }


def _dossier(dossier: Dossier, personne: Personne) -> dict[str, Any]:
    pieces = dossier.pieces.exclude(etat=EtatDePiece.RETIREE).order_by("pk")
    decisions = Decision.objects.filter(dossier=dossier, notifiee_le__isnull=False).order_by("pk")
    recours = Recours.objects.filter(decision__dossier=dossier).order_by("pk")
    return {
        "reference": dossier.reference,
        "etat": dossier.get_etat_display(),
        "organisme": dossier.organisme.nom,
        "identite": {nom: getattr(dossier, nom) for nom in IDENTITE},
        "faits": list(dossier.faits.values("nom", "origine", "valeur")),
        "pieces": list(pieces.values("nature", "nom", "etat", "deposee_le", "empreinte")),
        "decisions": list(
            decisions.values("nature", "le", "reserve", "ecart", "base", "reponse", "annulee_le")
        ),
        "recours": list(recours.values("texte", "depose_le", "issue", "reponse")),
        "journal": _journal(dossier.objet, personne),
    }


def _journal(objet: str, personne: Personne) -> list[dict[str, Any]]:
    """What happened; others are not named, and what the branch prepares is not yet anyone's to read."""
    return [
        {
            "instant": une["instant"],
            "geste": une["geste"],
            "par": "vous" if une["auteur"] == personne.sujet else "une autre personne",
            "motif": une["motif"],
            "valeurs": une["prive"],
        }
        for une in histoire(objet)
        if une["geste"] not in ("dossier.proposer", "dossier.decider")
    ]


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
        for rayon, nom, dans in _fichiers(personne):
            try:
                zip_.writestr(dans, rayon.lire(nom))
            except (OSError, ValueError):
                manquent.append(dans)
        donnees["fichiers_introuvables"] = manquent
        texte = json.dumps(donnees, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        zip_.writestr("donnees.json", texte)
        zip_.writestr("donnees.html", render_to_string("espace/export.html", {"donnees": donnees}))
    ecrire(
        Fait(
            "donnees.exporter",
            personne.sujet,
            auteur=acteur.nom_au_journal,
            apres={"dossiers": len(donnees["dossiers"]), "introuvables": len(manquent)},
        )
    )
    archive.seek(0)
    return archive


def _fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The shelf, the stored name, and the name in the archive: ours, never one that someone chose."""
    voulus = []
    for dossier in Dossier.objects.filter(candidat=personne).order_by("pk"):
        for une in dossier.pieces.exclude(etat=EtatDePiece.RETIREE).order_by("pk"):
            suffixe = PurePosixPath(une.fichier).suffix
            dans = f"{dossier.reference}/pieces/{une.pk}-{une.nature}{suffixe}"
            voulus.append((rayons.PIECES, une.fichier, dans))
        lettres = Decision.objects.filter(dossier=dossier, notifiee_le__isnull=False)
        voulus += [
            (rayons.LETTRES, une.sceau, f"{dossier.reference}/decision-{une.pk}.pdf")
            for une in lettres.exclude(sceau="").order_by("pk")
        ]
    return voulus
