"""A dataset in the forms that programs read: CSV, Table Schema, Data Package, JSON-stat, DCAT-AP. All of it by hand: none needs a library."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.donnees_ouvertes.catalogue import JEUX
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.donnees_ouvertes.colonnes import Case, ColonneOuverte, JeuDeDonnees

LICENCE: Final = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
AUTORITES: Final = "http://publications.europa.eu/resource/authority"
PROFIL: Final = "https://specs.frictionlessdata.io/schemas/table-schema.json"


@dataclass(frozen=True, slots=True)
class FichierOuvert:
    """A dataset as it is today: its bytes in CSV, their SHA-256, its lines."""

    jeu: JeuDeDonnees
    contenu: bytes
    empreinte: str
    lignes: tuple[tuple[Case, ...], ...]


@cache
def fichier(nom: str) -> FichierOuvert:
    """A dataset, made once by each process: what it holds comes with the program. Raises KeyError."""
    jeu = JEUX[nom]
    lignes = tuple(jeu.lire())
    contenu = en_csv(jeu, lignes)
    return FichierOuvert(jeu, contenu, hashlib.sha256(contenu).hexdigest(), lignes)


def _ecrite(case: Case) -> str:
    if isinstance(case, bool):
        return "true" if case else "false"
    if isinstance(case, float) and case.is_integer():
        return str(int(case))
    return "" if case is None else str(case)


def en_csv(jeu: JeuDeDonnees, lignes: tuple[tuple[Case, ...], ...]) -> bytes:
    """The lines in UTF-8, with a comma and ISO dates; an empty cell is unknown."""
    ecrit = io.StringIO(newline="")
    plume = csv.writer(ecrit, lineterminator="\n")
    plume.writerow([une.nom for une in jeu.colonnes])
    plume.writerows([[_ecrite(case) for case in ligne] for ligne in lignes])
    return ecrit.getvalue().encode()


def _champ(une: ColonneOuverte) -> dict[str, Any]:
    contraintes: dict[str, Any] = {"required": True} if une.requise else {}
    if une.choix:
        contraintes["enum"] = list(une.choix)
    champ: dict[str, Any] = {"name": une.nom, "type": une.genre, "description": une.dit}
    return {**champ, "constraints": contraintes} if contraintes else champ


def schema(jeu: JeuDeDonnees) -> dict[str, Any]:
    """The Table Schema of a dataset."""
    dit: dict[str, Any] = {
        "$schema": PROFIL,
        "name": jeu.nom,
        "title": jeu.titre,
        "description": jeu.dit,
        "fields": [_champ(une) for une in jeu.colonnes],
        "primaryKey": list(jeu.cle),
        "missingValues": [""],
    }
    renvois = [
        {"fields": une.nom, "reference": {"resource": une.renvoi[0], "fields": une.renvoi[1]}}
        for une in jeu.colonnes
        if une.renvoi
    ]
    return {**dit, "foreignKeys": renvois} if renvois else dit


def paquet() -> dict[str, Any]:
    """All the datasets as one Data Package, each with the hash of its bytes."""
    return {
        "profile": "tabular-data-package",
        "name": "binome",
        "title": "Les données ouvertes de Binôme",
        "description": "Le dispositif des assistants médicaux : ses règles, leurs sources, ses référentiels et les chiffres publiés.",
        "homepage": adresse_entiere(reverse("donnees")),
        "licenses": [LICENCE],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": un.nom,
                "path": f"{un.nom}.csv",
                "title": un.titre,
                "description": un.dit,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(fichier(un.nom).contenu),
                "hash": f"sha256:{fichier(un.nom).empreinte}",
                "licenses": [LICENCE],
                "schema": schema(un),
            }
            for un in JEUX.values()
        ],
    }


def jsonstat(nom: str) -> dict[str, Any]:
    """A table of figures as JSON-stat 2.0; a hidden or unknown figure is null, and its status says which.

    Raises KeyError for a dataset that is no table of figures.
    """
    un = fichier(nom)
    if un.jeu.cube is None:
        raise KeyError(nom)
    places = {une.nom: rang for rang, une in enumerate(un.jeu.colonnes)}
    axes, cases = _axes(un, places)
    tailles = [len(valeurs) for valeurs in axes.values()]
    nombre = 1
    for taille in tailles:
        nombre *= taille
    valeurs: list[Case] = [None] * nombre
    statuts = ["N"] * nombre
    for place, ligne in cases.items():
        valeurs[place], statuts[place] = ligne[places["valeur"]], str(ligne[places["statut"]])
    return {
        "version": "2.0",
        "class": "dataset",
        "label": un.jeu.titre,
        "note": [un.jeu.dit],
        "href": adresse_entiere(reverse("donnees-jsonstat", args=[nom])),
        "id": list(axes),
        "size": tailles,
        "dimension": {
            axe: {"label": axe, "category": {"index": categories}}
            for axe, categories in axes.items()
        },
        "value": valeurs,
        "status": statuts,
    }


def _axes(
    un: FichierOuvert, places: Mapping[str, int]
) -> tuple[dict[str, list[str]], dict[int, tuple[Case, ...]]]:
    """The categories of each dimension, and the place of each line; a level and its code are one dimension."""

    def lieu(ligne: tuple[Case, ...]) -> str:
        return f"{ligne[places['niveau']]}-{ligne[places['territoire']]}"

    dates = sorted({str(ligne[places["date"]]) for ligne in un.lignes})
    lieux = list(dict.fromkeys(lieu(ligne) for ligne in un.lignes))
    rangs = {nom: rang for rang, nom in enumerate(lieux)}
    cases = {
        dates.index(str(ligne[places["date"]])) * len(lieux) + rangs[lieu(ligne)]: ligne
        for ligne in un.lignes
    }
    return {"date": dates, "territoire": lieux}, cases


def dcat() -> dict[str, Any]:
    """The catalogue as DCAT-AP writes it, in JSON-LD."""
    page = adresse_entiere(reverse("donnees"))
    editeur = {"@type": "foaf:Agent", "foaf:name": "Binôme"}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": {"@value": "Les données ouvertes de Binôme", "@language": "fr"},
        "dct:description": {
            "@value": "Le dispositif des assistants médicaux : ses règles, leurs sources, ses référentiels et les chiffres publiés.",
            "@language": "fr",
        },
        "dct:publisher": editeur,
        "dct:language": {"@id": f"{AUTORITES}/language/FRA"},
        "dct:license": {"@id": LICENCE["path"]},
        "foaf:homepage": {"@id": page},
        "dcat:dataset": [_jeu_en_dcat(un, editeur) for un in JEUX.values()],
    }


def _jeu_en_dcat(jeu: JeuDeDonnees, editeur: Mapping[str, str]) -> dict[str, Any]:
    page = adresse_entiere(reverse("donnees-jeu", args=[jeu.nom]))
    formes = [("donnees-csv", "CSV", "text/csv")]
    if jeu.cube:
        formes.append(("donnees-jsonstat", "JSON", "application/json"))
    return {
        "@id": f"{page}#jeu",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": jeu.titre, "@language": "fr"},
        "dct:description": {"@value": jeu.dit, "@language": "fr"},
        "dct:identifier": jeu.nom,
        "dct:publisher": editeur,
        "dct:language": {"@id": f"{AUTORITES}/language/FRA"},
        "dct:accessRights": {"@id": f"{AUTORITES}/access-right/PUBLIC"},
        "dcat:keyword": [{"@value": un, "@language": "fr"} for un in jeu.mots_cles],
        "dcat:landingPage": {"@id": page},
        "dct:conformsTo": {"@id": adresse_entiere(reverse("donnees-schema", args=[jeu.nom]))},
        "dcat:distribution": [_distribution(jeu, *forme) for forme in formes],
    }


def _distribution(jeu: JeuDeDonnees, route: str, forme: str, genre: str) -> dict[str, Any]:
    adresse = adresse_entiere(reverse(route, args=[jeu.nom]))
    dite: dict[str, Any] = {
        "@id": adresse,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": adresse},
        "dcat:downloadURL": {"@id": adresse},
        "dct:format": {"@id": f"{AUTORITES}/file-type/{forme}"},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{genre}"},
        "dct:license": {"@id": LICENCE["path"]},
    }
    if forme == "CSV":
        un = fichier(jeu.nom)
        dite["dcat:byteSize"] = {"@value": str(len(un.contenu)), "@type": "xsd:nonNegativeInteger"}
        dite["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
            "spdx:checksumValue": un.empreinte,
        }
    return dite


def en_json(contenu: Mapping[str, Any]) -> bytes:
    """JSON that a person can read too."""
    return (json.dumps(contenu, ensure_ascii=False, indent=2) + "\n").encode()
