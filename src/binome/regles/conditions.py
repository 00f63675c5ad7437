"""Conditions: a closed vocabulary, without loops and without user functions.

Seventeen nodes in all: nine comparisons on a fact (with a value, with another date moved by
months, with a share of another number), `et` `ou` `non`, three ways to lean on what was
decided before (`regle`, `une_regle_de`, `sortie`), `toujours`, and `a_confirmer` where the sources
are silent. A node says what it means; how it is evaluated, printed or turned into columns lives in
the reading that needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast, get_args

from binome.regles.faits import lire_valeur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from binome.regles.faits import DefinitionDeFait

Operateur: TypeAlias = Literal[
    "est", "parmi", "au_moins", "au_plus", "avant", "apres", "entre", "contient", "connu"
]
OPERATEURS: Final = get_args(Operateur)
PAR_TYPE: Final[Mapping[str, frozenset[str]]] = {
    "date": frozenset({"au_moins", "au_plus", "avant", "apres", "entre", "connu"}),
    "entier": frozenset({"est", "parmi", "au_moins", "au_plus", "entre", "connu"}),
    "decimal": frozenset({"est", "au_moins", "au_plus", "entre", "connu"}),
    "booleen": frozenset({"est", "connu"}),
    "choix": frozenset({"est", "parmi", "connu"}),
    "liste": frozenset({"contient", "connu"}),
}
NOEUDS_AU_PLUS: Final = 20


@dataclass(frozen=True, slots=True)
class Decale:
    """The date of another fact, moved by a number of months."""

    fait: str
    mois: int


@dataclass(frozen=True, slots=True)
class Part:
    """A percentage of another numeric fact of the same unit; compared exactly, never divided."""

    fait: str
    pour_cent: int


SANS_BORNER: Final = frozenset({"au_plus", "apres"})
"""Comparisons with a moved date that need no clamping to the month's end (see `calendrier`)."""

Borne: TypeAlias = int | date | str | Decale | Part
Attendu: TypeAlias = Borne | tuple[Borne, ...]


@dataclass(frozen=True, slots=True)
class Atome:
    """One comparison on one fact; unknown when a fact it reads is unknown."""

    fait: str
    operateur: Operateur
    attendu: Attendu

    @property
    def faits(self) -> tuple[str, ...]:
        """Every fact it reads."""
        autre = (self.attendu.fait,) if isinstance(self.attendu, Decale | Part) else ()
        return (self.fait, *autre)


@dataclass(frozen=True, slots=True)
class Et:
    """Every branch holds."""

    branches: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Ou:
    """One branch at least holds."""

    branches: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Non:
    """The branch does not hold."""

    branche: Condition


@dataclass(frozen=True, slots=True)
class RenvoiRegle:
    """Another rule, decided before, answers yes."""

    regle: str


@dataclass(frozen=True, slots=True)
class UneRegleDe:
    """One rule at least of a table decided before answers yes."""

    table: str


@dataclass(frozen=True, slots=True)
class Sortie:
    """A table decided before gave one of these values."""

    table: str
    valeurs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toujours:
    """Holds in every case, within the rule's window."""


@dataclass(frozen=True, slots=True)
class AConfirmer:
    """The sources are silent: unknown, whatever the dossier says; `aupres` says who knows."""

    aupres: str


Condition: TypeAlias = (
    Atome | Et | Ou | Non | RenvoiRegle | UneRegleDe | Sortie | Toujours | AConfirmer
)


def parcourir(condition: Condition) -> Iterator[Condition]:
    """Every node, parents first."""
    yield condition
    match condition:
        case Et(branches) | Ou(branches):
            for branche in branches:
                yield from parcourir(branche)
        case Non(branche):
            yield from parcourir(branche)
        case _:
            return


def atomes(condition: Condition) -> tuple[Atome, ...]:
    """Every comparison, in reading order."""
    return tuple(noeud for noeud in parcourir(condition) if isinstance(noeud, Atome))


def jamais_vraie(condition: Condition) -> bool:
    """Whether a condition can only be denied or left open: somebody else must confirm it."""
    match condition:
        case AConfirmer():
            return True
        case Et(branches):
            return any(map(jamais_vraie, branches))
        case Ou(branches):
            return all(map(jamais_vraie, branches))
        case _:
            return False


def _sans_horloge(regle: str) -> Decale:
    msg = f"l’échéance « {regle} » n’existe pas"
    raise ValueError(msg)


class LecteurDeConditions:
    """Reads conditions written in YAML, checking every name, type and bound."""

    def __init__(
        self,
        faits: Mapping[str, DefinitionDeFait],
        parametre: Callable[[str], int | date | str],
        horloge: Callable[[str], Decale] = _sans_horloge,
    ) -> None:
        self._faits = faits
        self._parametre = parametre
        self._horloge = horloge

    def lire(self, brut: object) -> Condition:
        """The condition behind a YAML node.

        Raises ValueError when the node is not of the vocabulary, or has more than twenty nodes.
        """
        condition = self._lire(brut)
        nombre = sum(1 for _ in parcourir(condition))
        if nombre > NOEUDS_AU_PLUS:
            msg = f"condition de {nombre} nœuds : au-delà de {NOEUDS_AU_PLUS}, découpez la règle"
            raise ValueError(msg)
        return condition

    def _lire(self, brut: object) -> Condition:
        match brut:
            case {"fait": str(nom), **reste} if len(reste) == 1:
                return self._lire_atome(nom, *next(iter(reste.items())))
            case {"et": [_, _, *_] as branches, **reste} if not reste:
                return Et(tuple(self._lire(branche) for branche in branches))
            case {"ou": [_, _, *_] as branches, **reste} if not reste:
                return Ou(tuple(self._lire(branche) for branche in branches))
            case {"non": branche, **reste} if not reste:
                return Non(self._lire(branche))
            case {"regle": str(regle), **reste} if not reste:
                return RenvoiRegle(regle)
            case {"une_regle_de": str(table), **reste} if not reste:
                return UneRegleDe(table)
            case {"sortie": str(table), "parmi": [*valeurs], **reste} if valeurs and not reste:
                return Sortie(table, tuple(str(valeur) for valeur in valeurs))
            case "toujours":
                return Toujours()
            case {"a_confirmer": str(aupres), **reste} if not reste:
                return AConfirmer(aupres)
            case _:
                msg = f"condition illisible : {brut!r}"
                raise ValueError(msg)

    def _lire_atome(self, nom: str, operateur: object, brut: object) -> Atome:
        fait = self._faits.get(nom)
        if fait is None:
            msg = f"le fait « {nom} » n’existe pas"
            raise ValueError(msg)
        if operateur not in PAR_TYPE[fait.type]:
            msg = f"« {operateur} » ne s’applique pas au fait « {nom} », de type {fait.type}"
            raise ValueError(msg)
        attendu = self._attendu(fait, str(operateur), brut)
        if isinstance(attendu, Part) and operateur not in ("au_moins", "au_plus"):
            msg = f"une part de « {attendu.fait} » se compare par « au_moins » ou « au_plus »"
            raise ValueError(msg)
        return Atome(nom, cast("Operateur", operateur), attendu)

    def _attendu(self, fait: DefinitionDeFait, operateur: str, brut: object) -> Attendu:
        match operateur:
            case "connu":
                return ()
            case "entre" | "parmi" | "contient":
                if (
                    not isinstance(brut, list)
                    or not brut
                    or (operateur == "entre" and len(brut) != 2)
                ):
                    msg = f"« {operateur} » sur « {fait.nom} » attend une liste, pas {brut!r}"
                    raise ValueError(msg)
                bornes = tuple(self._borne(fait, element) for element in brut)
                if any(isinstance(borne, Decale | Part) for borne in bornes):
                    msg = f"« {operateur} » sur « {fait.nom} » attend des valeurs fixes"
                    raise ValueError(msg)
                return bornes
            case _:
                return self._borne(fait, brut)

    def _borne(self, fait: DefinitionDeFait, brut: object) -> Borne:
        match brut:
            case {"parametre": str(parametre), **reste} if not reste:
                brut = self._parametre(parametre)
            case {"fait": str(autre), "plus_mois": decalage, **reste} if not reste:
                return self._decale(fait, autre, decalage)
            case {"echeance": str(regle), **reste} if not reste:
                horloge = self._horloge(regle)
                return self._decale(fait, horloge.fait, horloge.mois)
            case {"fait": str(autre), "pour_cent": int(pour_cent), **reste} if not reste:
                return self._part(fait, autre, pour_cent)
            case _:
                pass
        brut = brut.isoformat() if isinstance(brut, date) else brut
        valeur = lire_valeur(fait, [brut] if fait.type == "liste" else brut)
        if isinstance(valeur, frozenset):
            (valeur,) = valeur
        if valeur is None:
            msg = f"une borne manque sur « {fait.nom} »"
            raise ValueError(msg)
        return valeur

    def _part(self, fait: DefinitionDeFait, autre: str, pour_cent: int) -> Part:
        comparables = ("entier", "decimal")
        if (
            fait.type not in comparables
            or autre not in self._faits
            or self._faits[autre].type != fait.type
            or self._faits[autre].unite != fait.unite
        ):
            msg = f"« {fait.nom} » et « {autre} » ne sont pas deux nombres de même unité"
            raise ValueError(msg)
        return Part(autre, pour_cent)

    def _decale(self, fait: DefinitionDeFait, autre: str, brut: object) -> Decale:
        if fait.type != "date" or autre not in self._faits or self._faits[autre].type != "date":
            msg = f"« {fait.nom} » et « {autre} » ne sont pas deux dates"
            raise ValueError(msg)
        if isinstance(brut, dict) and set(brut) == {"parametre"}:
            brut = self._parametre(str(brut["parametre"]))
        if not isinstance(brut, int):
            msg = f"un décalage en mois est un nombre entier, pas {brut!r}"
            raise ValueError(msg)
        return Decale(autre, brut)
