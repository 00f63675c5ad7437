"""Binôme's own worker: the scalar reading, and the columnar one on Polars or DuckDB."""

from __future__ import annotations

from array import array
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bench.colonnes import (
    AUTRES_DATES,
    AUTRES_FAITS,
    CONTRATS,
    DATES,
    DIPLOMES,
    EMPLOYEURS,
    FAITS,
    INCONNU,
    MINUTES,
    REFERENTIELS,
    REPONSES,
    SANS_MINUTES,
    SITUATIONS,
    VOIES,
    en_date,
    lire,
)
from bench.ouvrier import servir
from binome.agenda.echeances import echeances
from binome.regles.courante import base_courante
from binome.regles.grille import grille
from binome.regles.lot import codes, decider_lot, preparer
from binome.regles.metiers.aide import aider
from binome.regles.metiers.financement import financer
from binome.regles.metiers.heures import HEURES
from binome.regles.metiers.positionnement import positionner
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.colonnes import Colonnes
    from bench.ouvrier import Lecture
    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier

COLONNES = ("voie", "referentiel", *(f"minutes_{nom}" for nom in HEURES))
"""What a batch of positionings decides, in this order."""


CHOIX: Final = {
    "situation": SITUATIONS,
    "contrat": CONTRATS,
    "employeur_contrat": EMPLOYEURS,
}
DECISIVES: Final = ("prepare", "decide")
MORCEAU: Final = 500_000
"""Rows that Polars takes at once: what it does for each piece is then lost in the rest."""
SANS_LISTE: Final = tuple(nom for nom in (*FAITS, *AUTRES_FAITS) if nom not in DIPLOMES)


def _valeur(nom: str, brut: int) -> Any:
    if brut == INCONNU:
        return None
    if nom in DATES or nom in AUTRES_DATES:
        return en_date(brut)
    return CHOIX[nom][brut] if nom in CHOIX else brut


def dossiers(jeu: Path, base: Base, nombre: int | None) -> list[Dossier]:
    """The dossiers as the scalar reading takes them, checked and read."""
    colonnes = lire(jeu, [*FAITS, *AUTRES_FAITS])
    lus: list[Dossier] = []
    for rang in range(len(colonnes["date_entree"][:nombre])):
        dossier: Dossier = dict.fromkeys(base.faits)
        for nom in SANS_LISTE:
            dossier[nom] = _valeur(nom, colonnes[nom][rang])
        dossier["diplomes"] = frozenset(code for code in DIPLOMES if colonnes[code][rang])
        lus.append(dossier)
    return lus


def frame(jeu: Path, nombre: int | None) -> pl.DataFrame:
    """The dossiers as columns: dates, 32-bit integers, texts, one boolean per diploma."""
    series = []
    for nom, brut in lire(jeu, [*FAITS, *AUTRES_FAITS]).items():
        serie = pl.Series(nom, brut[:nombre], dtype=pl.Int32)
        serie = serie.set(serie == INCONNU, None) if (serie == INCONNU).any() else serie
        if nom in DATES or nom in AUTRES_DATES:
            serie = serie.cast(pl.Date)
        elif nom in CHOIX:
            codes = range(len(CHOIX[nom]))
            serie = serie.replace_strict(codes, CHOIX[nom], return_dtype=pl.String)
        elif nom in DIPLOMES:
            serie = serie.cast(pl.Boolean).alias(f"diplomes.{nom}")
        series.append(serie)
    return pl.DataFrame(series)


def _en_colonnes(decides: pl.DataFrame, base: Base) -> Colonnes:
    """The columnar answers, named or coded, in the codes common to every engine."""
    communs = {"voie": VOIES, "referentiel": REFERENTIELS}
    absents = {"voie": "indetermine", "referentiel": "aucun"}
    colonnes = []
    for nom, noms in communs.items():
        rangs: dict[Any, int] = {un: noms.index(un) for un in noms}
        if decides.schema[nom] != pl.String:
            rangs = {code: rangs[un] for code, un in codes(base)[nom].items()}
        sinon = noms.index(absents[nom])
        colonnes.append(
            pl.col(nom).replace_strict(rangs, default=sinon, return_dtype=pl.Int32).fill_null(sinon)
        )
    minutes = [pl.col(f"minutes_{nom}").fill_null(SANS_MINUTES).alias(nom) for nom in MINUTES]
    codees = decides.select(*colonnes, *minutes)
    return {nom: array("i", codees[nom].to_list()) for nom in REPONSES}


class SurPolars:
    """The columnar reading on Polars, as the peers are timed: facts ready, answers in codes."""

    def __init__(self, jeu: Path, nombre: int | None, base: Base) -> None:
        self._frame: Any = preparer(frame(jeu, nombre), base)
        self._base = base
        self.nombre = self._frame.height

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> Any:
        """Decides: the columns are at hand, as the peers' arrays are, and so are the answers."""
        return decider_lot(self._frame, self._base, noms=False).select(COLONNES)

    def repondre(self) -> Colonnes:
        """The answers."""
        return _en_colonnes(self.passer(), self._base)


class SurPolarsDiffere(SurPolars):
    """The same as a query, which Polars plans and runs: what a file too large for memory asks for."""

    def __init__(self, jeu: Path, nombre: int | None, base: Base) -> None:
        super().__init__(jeu, nombre, base)
        self._frame = self._frame.lazy()

    def ecrire(self) -> pl.LazyFrame:
        """The query."""
        decides: pl.LazyFrame = decider_lot(self._frame, self._base, noms=False).select(COLONNES)
        return decides

    def passer(self) -> Any:
        """Decides: the query is written, optimised and run each time."""
        return self.ecrire().collect(engine="streaming")


class SurPolarsBrut(SurPolarsDiffere):
    """The same from the frame as a file gives it, to answers in words."""

    def __init__(self, jeu: Path, nombre: int | None, base: Base) -> None:
        super().__init__(jeu, nombre, base)
        self._frame = frame(jeu, nombre).lazy()

    def ecrire(self) -> pl.LazyFrame:
        """The query."""
        decides: pl.LazyFrame = decider_lot(self._frame, self._base).select(COLONNES)
        return decides


class SurPolarsPremier(SurPolars):
    """The first lot that a base decides: its plan is written, and its classes are met, meanwhile."""

    def preparer(self) -> None:
        """The same rules in a base that has decided nothing yet."""
        self._base = replace(self._base)


class SurPolarsPlan(SurPolarsDiffere):
    """What writing the query costs, before anything runs."""

    def passer(self) -> Any:
        """Writes the query, and lets it go."""
        return self.ecrire()

    def repondre(self) -> Colonnes:
        """Nothing was decided."""
        raise NotImplementedError


class SurDuckDB:
    """The same reading on DuckDB, from a table in memory to the answers in another."""

    def __init__(self, jeu: Path, nombre: int | None, base: Base) -> None:
        import duckdb  # noqa: PLC0415 - the other readings do without it

        self._base = base
        self._connexion = duckdb.connect()
        self._connexion.register("lus", preparer(frame(jeu, nombre), base).to_arrow())
        self._connexion.execute("create table dossiers as from lus")
        self._connexion.unregister("lus")
        self._table = self._connexion.table("dossiers")
        self.nombre = len(self._table)

    def preparer(self) -> None:
        """Nothing to prepare."""

    def ecrire(self) -> Any:
        """The query."""
        return decider_lot(self._table, self._base, noms=False).select(", ".join(COLONNES))

    def passer(self) -> None:
        """Decides."""
        self._connexion.execute("drop table if exists reponses")
        self.ecrire().create("reponses")

    def repondre(self) -> Colonnes:
        """The answers, in the order of the dossiers."""
        return _en_colonnes(self.ecrire().pl(), self._base)


class UnAUn:
    """The scalar reading, one dossier after the other, hours included."""

    def __init__(
        self, lus: list[Dossier], decider: Callable[[Dossier], Etabli], base: Base
    ) -> None:
        self.nombre = len(lus)
        self._dossiers = lus
        self._decider = decider
        self._compter = compteur(base).compter

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> None:
        """Decides each."""
        decider, compter = self._decider, self._compter
        for dossier in self._dossiers:
            compter(decider(dossier))

    def repondre(self) -> Colonnes:
        """The answers."""
        colonnes = {nom: array("i") for nom in REPONSES}
        for dossier in self._dossiers:
            etabli = self._decider(dossier)
            minutes = self._compter(etabli)
            voie, referentiel = etabli.retenues["voie"], etabli.retenues["referentiel"]
            colonnes["voie"].append(VOIES.index("indetermine" if voie is None else voie))
            colonnes["referentiel"].append(REFERENTIELS.index(referentiel or "aucun"))
            for nom in MINUTES:
                valeur = minutes[nom]
                colonnes[nom].append(SANS_MINUTES if valeur is None else valeur)
        return colonnes


class ReponseComplete(UnAUn):
    """What a person receives: reasons in words, alerts, pièces, and what would change the answer."""

    def passer(self) -> None:
        """Answers each."""
        base = base_courante()
        for dossier in self._dossiers:
            reponse = positionner(base, dossier)
            # Worked out when it is read only: a page that shows the whole answer reads them all.
            _ = reponse.motifs, reponse.manquants, reponse.pour_changer


class UneVue:
    """The other questions of the base, one dossier after the other: decided, traced and counted."""

    def __init__(self, nom: str, nombre: int) -> None:
        vue = base_courante().vue(nom)
        tous = list(grille(vue))
        self._dossiers = [vue.completer(dict(un)) for un in tous[:: max(1, len(tous) // nombre)]]
        self.nombre = len(self._dossiers)
        self._tracer, self._compter = vue.moteur.decider, compteur(vue).compter

    def preparer(self) -> None:
        """Nothing to prepare."""

    def passer(self) -> None:
        """Decides each, its trace kept."""
        for dossier in self._dossiers:
            self._compter(self._tracer(dossier).etabli, dossier)

    def repondre(self) -> Colonnes:
        """No peer has these rules."""
        raise NotImplementedError


class UneVueEnMots(UneVue):
    """What a program receives: the whole answer of the JSON contract."""

    def __init__(self, nom: str, nombre: int) -> None:
        super().__init__(nom, nombre)
        self._repondre = REPONSES_DES_VUES[nom]

    def passer(self) -> None:
        """Answers each."""
        base = base_courante()
        for dossier in self._dossiers:
            self._repondre(base, dossier).en_json()


REPONSES_DES_VUES: Final[dict[str, Any]] = {
    "financement": financer,
    "aide": aider,
    "echeances": echeances,
}


def ouvrir(lecture: str, jeu: Path, nombre: int | None) -> Lecture:
    """A reading of a set of dossiers, ready to run."""
    base = base_courante()
    vue = lecture.removeprefix("vue_").removesuffix("_en_mots")
    if vue in REPONSES_DES_VUES:
        sorte = UneVueEnMots if lecture.endswith("_en_mots") else UneVue
        return sorte(vue, nombre or 1)
    match lecture:
        case "lot":
            return SurPolars(jeu, nombre, base)
        case "lot_differe":
            return SurPolarsDiffere(jeu, nombre, base)
        case "lot_brut":
            return SurPolarsBrut(jeu, nombre, base)
        case "lot_premier":
            return SurPolarsPremier(jeu, nombre, base)
        case "lot_plan":
            return SurPolarsPlan(jeu, nombre, base)
        case "lot_duckdb":
            return SurDuckDB(jeu, nombre, base)
        case _:
            pass
    lus = dossiers(jeu, base, nombre)
    match lecture:
        case "un":
            return UnAUn(lus, base.moteur.resoudre, base)
        case "un_trace":
            tracer = base.moteur.decider
            return UnAUn(lus, lambda dossier: tracer(dossier).etabli, base)
        case "un_trace_memes_tables":
            # A base that holds only the tables the peers have: no alert, no delay, no document.
            decisives = {nom: une for nom, une in base.tables.items() if une.role in DECISIVES}
            tracer = replace(base, tables=decisives).moteur.decider
            return UnAUn(lus, lambda dossier: tracer(dossier).etabli, base)
        case "reponse_complete":
            return ReponseComplete(lus, base.moteur.resoudre, base)
        case _:
            raise ValueError(lecture)


if __name__ == "__main__":
    pl.Config.set_streaming_chunk_size(MORCEAU)  # read once, when Polars first runs a query
    servir(
        ouvrir,
        {
            "binome": version("binome"),
            "base": base_courante().empreinte,
            **{nom: version(nom) for nom in ("polars", "narwhals", "duckdb", "pyarrow")},
        },
    )
