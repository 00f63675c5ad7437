"""The embedded bases, one a certification, the overlays that may be laid over them, and bases named by a person."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from binome.regles import charger
from binome.regles.certification import lire_certification
from binome.regles.faits import plus_proche
from binome.regles.lecture import (
    DONNEES,
    FICHE,
    BaseInvalide,
    Brut,
    dans,
    lire_brut,
    lire_export,
    lire_fiche,
    lire_yaml,
)
from binome.regles.metiers.apports import APPORTS
from binome.systeme import raison

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.base import Base
    from binome.regles.certification import Certification


class CertificationInconnue(BaseInvalide):
    """Raised when nobody wrote the rules of a certification; names those that are known."""


@cache
def certifications() -> Mapping[str, Certification]:
    """The certifications whose rules Binôme holds, by their code; the one by default comes first."""
    lues = [
        lire_certification(lire_fiche(fiche.parent))
        for fiche in sorted(DONNEES.glob(f"*/{FICHE}.yaml"))
    ]
    lues.sort(key=lambda une: not une.par_defaut)
    return {une.code: une for une in lues}


def certification_par_defaut() -> Certification:
    """The certification of who names none."""
    return next(iter(certifications().values()))


def code_par_defaut() -> str:
    """The code of the certification of who names none."""
    return certification_par_defaut().code


def certification_de(code: str) -> Certification:
    """The certification of that code, the one by default for an empty one.

    Raises CertificationInconnue.
    """
    if not code:
        return certification_par_defaut()
    if code not in certifications():
        msg = (
            f"la certification « {code[:60]} » n’existe pas ; connues : {', '.join(certifications())}"
            f"{plus_proche(code[:60], certifications())}"
        )
        raise CertificationInconnue(msg)
    return certifications()[code]


@cache
def donnees_de(certification: str = "") -> Path:
    """The folder of what is written of a certification. Raises CertificationInconnue."""
    return DONNEES / certification_de(certification).code


def construire(brut: Brut, *, ancienne: bool = False) -> Base:
    """A checked base out of its raw content, with what the trades bring to the language.

    What has no sheet is of the certification by default; an `ancienne` base is of before rules carried a
    sentence. Raises BaseInvalide, saying in which rule and why.
    """
    with dans("base"):
        certification = (
            lire_certification(brut[FICHE]) if FICHE in brut else certification_par_defaut()
        )
    return charger.construire(brut, certification, APPORTS, ancienne=ancienne)


def appliquer_reforme(brut: Brut, reforme: Brut) -> Brut:
    """A copy of the raw content with an overlay laid over it; the base itself never moves.

    The rules named by `remplace` end the day before the reform; those of `ajoute` come in.
    """
    with dans(f"réforme {reforme['id']}"):
        du: date = reforme["du"]
        remplacees = set(reforme.get("remplace", ()))
        inconnues = remplacees - {r["id"] for table in brut["tables"] for r in table["regles"]}
        ajouts: Mapping[str, list[Brut]] = reforme["ajoute"]
        inconnues |= set(ajouts) - {table["table"] for table in brut["tables"]}
        if inconnues:
            msg = f"règles ou tables inconnues : {', '.join(sorted(inconnues))}"
            raise ValueError(msg)
        tables = []
        for table in brut["tables"]:
            regles = []
            for regle in table["regles"]:
                if regle["id"] in remplacees and (regle.get("au") or du) >= du:
                    if regle.get("du") is None or regle["du"] < du:
                        regles.append({**regle, "au": du - timedelta(days=1)})
                    continue
                regles.append(regle)
            regles += ajouts.get(table["table"], [])
            tables.append({**table, "regles": regles})
        return {**brut, "tables": tables, "reformes": [*brut["reformes"], reforme["id"]]}


@cache
def _reformes(dossier: Path) -> Mapping[str, Brut]:
    chemins = sorted((dossier / "reformes").glob("*.yaml"), key=lambda chemin: chemin.stem)
    lues = [lire_yaml(chemin) for chemin in chemins]
    return {reforme["id"]: reforme for reforme in lues}


def reformes(certification: str = "") -> Mapping[str, Brut]:
    """The overlays of a certification, by identifier; all off by default. Raises CertificationInconnue."""
    return _reformes(donnees_de(certification))


def variantes_melees(noms: Iterable[str], certification: str = "") -> str:
    """What is wrong with laying these overlays together: two readings of one proposal; empty when nothing is."""
    connues, prises = reformes(certification), dict[str, str]()
    for nom in noms:
        if nom in connues:
            proposition = connues[nom].get("variante_de", nom)
            autre = prises.setdefault(proposition, nom)
            if autre != nom:
                return f"« {autre} » et « {nom} » sont deux variantes d’une proposition, essayez l’une ou l’autre"
    return ""


def base_courante(*avec: str, certification: str = "") -> Base:
    """The embedded base of a certification, with the named overlays laid over it in that order.

    Raises BaseInvalide when the certification or an overlay does not exist.
    """
    return _base(donnees_de(certification), avec)


@cache
def _brut(dossier: Path) -> Brut:
    """Read once for every overlay that is laid over it; nobody writes in it."""
    return lire_brut(dossier)


@cache
def _base(dossier: Path, avec: tuple[str, ...]) -> Base:
    brut, connues = _brut(dossier), _reformes(dossier)
    if melees := variantes_melees(avec, dossier.name):
        raise BaseInvalide(melees)
    for nom in avec:
        if nom not in connues:
            msg = f"la réforme « {nom} » n’existe pas ; connues : {', '.join(connues) or 'aucune'}"
            raise BaseInvalide(msg)
        brut = appliquer_reforme(brut, connues[nom])
    return construire(brut)


def _sans_phrases(brut: Brut) -> bool:
    """Whether an export is of before rules carried a sentence: it must open as it was kept."""
    with dans("base"):
        return not any("dit" in regle for table in brut["tables"] for regle in table["regles"])


def ouvrir(designation: str) -> Base:
    """A base named by a person: `courante`, a certification, `courante+igas-8`, a folder of YAML, or an export.

    Raises BaseInvalide when nothing there can be read as a base.
    """
    nom, *avec = designation.split("+")
    if nom == "courante":
        return base_courante(*avec)
    if nom in certifications():
        return base_courante(*avec, certification=nom)
    chemin = Path(designation)
    with dans(designation):
        try:
            if chemin.is_dir():
                return construire(lire_brut(chemin))
            brut = lire_export(chemin.read_text(encoding="utf-8"))
            return construire(brut, ancienne=_sans_phrases(brut))
        except OSError as erreur:
            msg = f"{raison(erreur)} ; attendu : « courante », « courante+réforme », un dossier ou un export"
            raise ValueError(msg) from erreur
