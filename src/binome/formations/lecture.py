"""Reads the training organisations and the uncovered zones, and refuses them at the first doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from binome.formations.modeles import (
    Dispositif,
    Enonce,
    Habilitation,
    Organisme,
    Site,
    StatutHabilitation,
    ZoneMalCouverte,
)
from binome.formations.territoires import DONNEES, departements, regions
from binome.pliage import plier
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide, Brut, dans, lire_yaml
from binome.regles.sources import Fiabilite, Source, lire_citation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from binome.regles.sources import Citation

_T = TypeVar("_T")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def organismes() -> tuple[Organisme, ...]:
    """The organisations that our sources name, by name. Raises BaseInvalide."""
    return lire_organismes(lire_yaml(DONNEES / "organismes.yaml"))


@cache
def dispositif() -> Dispositif:
    """How many organisations the scheme has in all. Raises BaseInvalide."""
    with dans("dispositif"):
        brut = lire_yaml(DONNEES / "organismes.yaml")["dispositif"]
        _cles(brut, ("nombre", "date", "sources"))
        return Dispositif(brut["nombre"], brut["date"], _citations(brut))


@cache
def zones_mal_couvertes() -> tuple[ZoneMalCouverte, ...]:
    """The uncovered zones that IGAS lists (igas-2023, ¶177). Raises BaseInvalide."""
    return lire_zones(lire_yaml(DONNEES / "zones.yaml"))


@cache
def departements_mal_couverts() -> frozenset[str]:
    """The codes of the départements that lie wholly in an uncovered zone."""
    return frozenset(d.code for zone in zones_mal_couvertes() for d in zone.departements)


def lire_organismes(brut: Brut) -> tuple[Organisme, ...]:
    """The organisations of a raw content, by name.

    Raises BaseInvalide on an unknown or missing key, a name or slug given twice, a code that is
    no département, a site without place, a statement without source.
    """
    with dans("organismes.yaml"):
        _cles(brut, ("dispositif", "organismes"))
    lus = [_organisme(contenu) for contenu in brut["organismes"]]
    _uniques((organisme.slug for organisme in lus), "le slug")
    _uniques((plier(organisme.nom) for organisme in lus), "le nom")
    return tuple(sorted(lus, key=lambda organisme: plier(organisme.nom)))


def lire_zones(brut: list[Brut]) -> tuple[ZoneMalCouverte, ...]:
    """The uncovered zones of a raw content, in its order. Raises BaseInvalide as above."""
    lues = [_zone(contenu) for contenu in brut]
    _uniques((zone.nom for zone in lues), "la zone")
    return tuple(lues)


@cache
def sources() -> Mapping[str, Source]:
    """The register of the rule base, with the sources and passages that only this room cites."""
    registre = dict(base_courante().sources)
    for identifiant, brut in lire_yaml(DONNEES / "sources.yaml").items():
        with dans(f"source {identifiant}"):
            connue = registre.get(identifiant)
            registre[identifiant] = (
                _completee(connue, brut) if connue else _source(identifiant, brut)
            )
    return registre


def _completee(connue: Source, brut: Brut) -> Source:
    _cles(brut, ("passages",))
    redits = connue.passages.keys() & brut["passages"].keys()
    if redits:
        msg = f"passages déjà déclarés dans la base de règles : {', '.join(sorted(redits))}"
        raise ValueError(msg)
    return replace(connue, passages={**connue.passages, **brut["passages"]})


def _source(identifiant: str, brut: Brut) -> Source:
    champs = (
        "court",
        "titre",
        "editeur",
        "date",
        "adresse",
        "consulte_le",
        "fiabilite",
        "passages",
    )
    _cles(brut, champs)
    return Source(
        identifiant,
        brut["court"],
        brut["titre"],
        brut["editeur"],
        brut["date"],
        brut["adresse"],
        str(brut["consulte_le"]),
        _parmi(brut["fiabilite"], get_args(Fiabilite), "fiabilité"),
        brut["passages"],
    )


def _organisme(brut: Brut) -> Organisme:
    with dans(f"organisme {brut.get('slug', '?')}"):
        _cles(
            brut, ("slug", "nom", "habilitation"), ("nom_complet", "modalite", "remarques", "sites")
        )
        if not _SLUG.fullmatch(brut["slug"]):
            msg = (
                f"« {brut['slug']} » ne peut pas servir d’adresse : minuscules, chiffres et tirets"
            )
            raise ValueError(msg)
        modalite = brut.get("modalite")
        if modalite is not None:
            _cles(modalite, ("valeur", "sources"))
        return Organisme(
            brut["slug"],
            brut["nom"],
            brut.get("nom_complet", ""),
            _habilitation(brut["habilitation"]),
            _parmi(modalite["valeur"], ("presentiel", "distance"), "modalité")
            if modalite
            else "inconnue",
            _citations(modalite) if modalite else (),
            tuple(_enonce(contenu) for contenu in brut.get("remarques", ())),
            tuple(_site(contenu) for contenu in brut.get("sites", ())),
        )


def _habilitation(brut: Brut) -> Habilitation:
    _cles(brut, ("statut", "referentiels", "sources"))
    for identifiant in brut["referentiels"]:
        _parmi(identifiant, base_courante().referentiels, "référentiel")
    statut: StatutHabilitation = _parmi(brut["statut"], get_args(StatutHabilitation), "statut")
    return Habilitation(statut, tuple(brut["referentiels"]), _citations(brut))


def _enonce(brut: Brut) -> Enonce:
    _cles(brut, ("texte", "sources"))
    return Enonce(brut["texte"], _citations(brut))


def _site(brut: Brut) -> Site:
    _cles(brut, ("sources",), ("ville", "departement", "region", "reserve"))
    if ("departement" in brut) == ("region" in brut):
        msg = "un site donne son département ou, à défaut, sa région"
        raise ValueError(msg)
    departement = None
    if "departement" in brut:
        departement = _connu(brut["departement"], departements(), "département")
        region = departement.region
    else:
        region = _connu(brut["region"], regions(), "région")
    return Site(brut.get("ville"), departement, region, brut.get("reserve", ""), _citations(brut))


def _zone(brut: Brut) -> ZoneMalCouverte:
    with dans(f"zone {brut.get('nom', '?')}"):
        _cles(brut, ("nom", "regions", "sources"), ("departements", "note"))
        en_region = tuple(_connu(code, regions(), "région") for code in brut["regions"])
        en_departement = tuple(
            _connu(code, departements(), "département") for code in brut.get("departements", ())
        )
        ailleurs = [d.nom for d in en_departement if d.region not in en_region]
        if ailleurs:
            msg = f"hors des régions de la zone : {', '.join(ailleurs)}"
            raise ValueError(msg)
        if not en_departement and not brut.get("note"):
            msg = "une zone sans département dit pourquoi, dans `note`"
            raise ValueError(msg)
        return ZoneMalCouverte(
            brut["nom"], en_region, en_departement, brut.get("note", ""), _citations(brut)
        )


def _cles(brut: Brut, exigees: Collection[str], permises: Collection[str] = ()) -> None:
    inconnues = brut.keys() - {*exigees, *permises}
    manquantes = set(exigees) - brut.keys()
    for cles, quoi in ((inconnues, "clé inconnue"), (manquantes, "clé manquante")):
        if cles:
            msg = f"{quoi} : {', '.join(sorted(cles))}"
            raise ValueError(msg)


def _citations(brut: Brut) -> tuple[Citation, ...]:
    if not brut["sources"]:
        msg = "un énoncé sans source"
        raise ValueError(msg)
    return tuple(lire_citation(texte, sources()) for texte in brut["sources"])


def _connu(code: str, annuaire: Mapping[str, _T], quoi: str) -> _T:
    if code not in annuaire:
        msg = f"{quoi} « {code} » : code inconnu"
        raise ValueError(msg)
    return annuaire[code]


def _parmi(valeur: Any, permises: Collection[Any], quoi: str) -> Any:
    if valeur not in permises:
        msg = f"{quoi} : « {valeur} » n’est pas une valeur permise ({', '.join(permises)})"
        raise ValueError(msg)
    return valeur


def _uniques(noms: Iterable[str], quoi: str) -> None:
    vus: set[str] = set()
    for nom in noms:
        if nom in vus:
            msg = f"{quoi} « {nom} » : écrit deux fois"
            raise BaseInvalide(msg)
        vus.add(nom)
