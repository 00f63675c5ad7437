"""Keeps a vintage of each dataset on the day it changes, for ever; refuses one that gives away what it hides."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.donnees_ouvertes.catalogue import JEUX
from binome.donnees_ouvertes.ecrire import fichier, schema
from binome.donnees_ouvertes.models import Millesime
from binome.formations.territoires import departements, regions
from binome.secret.audit import verifier
from binome.secret.tableau import Publication, SommeDeCellules

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from binome.donnees_ouvertes.ecrire import FichierOuvert

CACHE: Final = "S"


def garder() -> int:
    """Keeps each dataset that is not as it was kept last; how many were. The job that does it runs once a day.

    Raises PublicationRefusee, and keeps none, when a hidden figure can be worked out.
    """
    jour = timezone.localdate()
    fichiers = [fichier(nom) for nom in JEUX]
    for un in fichiers:
        if un.jeu.cube:
            verifier([publication(un)])
    with transaction.atomic():
        return sum(_garder(un, jour) for un in fichiers)


def _garder(un: FichierOuvert, jour: date) -> bool:
    dernier = Millesime.objects.filter(jeu=un.jeu.nom).order_by("-pk")
    if dernier.values_list("empreinte", flat=True).first() == un.empreinte:
        return False
    _, neuf = Millesime.objects.get_or_create(
        jeu=un.jeu.nom,
        jour=jour,
        empreinte=un.empreinte,
        defaults={
            "lignes": len(un.lignes),
            "octets": len(un.contenu),
            "contenu": zlib.compress(un.contenu, 9),
            "schema": schema(un.jeu),
        },
    )
    return neuf


def publication(un: FichierOuvert) -> Publication:
    """A table of figures by territory, as the audit reads it: a region is its départements, France its regions."""
    places = {une.nom: rang for rang, une in enumerate(un.jeu.colonnes)}
    valeurs: dict[tuple[str, ...], int | None] = {}
    for ligne in un.lignes:
        valeur = ligne[places["valeur"]]
        cle = tuple(str(ligne[places[nom]]) for nom in ("niveau", "territoire", "date"))
        cache = ligne[places["statut"]] == CACHE or not isinstance(valeur, int)
        valeurs[cle] = None if cache else int(str(valeur))
    jours = sorted({cle[-1] for cle in valeurs})
    sommes = [
        SommeDeCellules(
            ("region", code, jour),
            tuple(
                ("departement", un.code, jour)
                for un in departements().values()
                if un.region.code == code
            ),
        )
        for jour in jours
        for code in regions()
    ]
    sommes += [
        SommeDeCellules(("france", "FR", jour), tuple(("region", code, jour) for code in regions()))
        for jour in jours
    ]
    return Publication(un.jeu.titre, valeurs, tuple(sommes))


def millesimes(jeu: str) -> QuerySet[Millesime]:
    """The vintages of a dataset, the newest first, without their bytes."""
    return Millesime.objects.filter(jeu=jeu).order_by("-pk").defer("contenu", "schema")


def millesime(jeu: str, empreinte: str) -> Millesime | None:
    """The vintage under an address; the first day that it was published, if it came back."""
    return Millesime.objects.filter(jeu=jeu, empreinte=empreinte).order_by("pk").first()


def contenu(un: Millesime) -> bytes:
    """The bytes of a vintage, as they were published."""
    return zlib.decompress(bytes(un.contenu))
