"""Facts: the typed inputs of a dossier, and the only door through which a dossier comes in.

A fact left out, or null, is *unknown*: neither false nor zero. Anything else must have the exact
type that the contract gives it, or the whole dossier is refused with one error per mistake.

A decimal is kept as a whole number of hundredths: no binary float ever enters a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from binome.regles.calendrier import (
    date_en_clair,
    duree_en_clair,
    montant_en_clair,
    nombre_en_clair,
)
from binome.regles.jours import ANNEES, lire_jour
from binome.regles.nombres import sans_unite

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from binome.regles.expressions import Expression

TypeDeFait: TypeAlias = Literal["date", "entier", "decimal", "booleen", "choix", "liste"]
Valeur: TypeAlias = date | int | str | frozenset[str]
Dossier: TypeAlias = dict[str, Valeur | None]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_FRANCAISE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SEPARATEURS = re.compile(r"[;,|]")
_OUI_NON = {"oui": True, "vrai": True, "true": True, "non": False, "faux": False, "false": False}


class Erreur(NamedTuple):
    """One mistake: the key at fault, what was given, what is wrong and what to do."""

    cle: str
    valeur: str
    raison: str

    def en_clair(self) -> str:
        """The mistake on one line."""
        return f"{self.cle} : {self.raison}"


class DossierInvalide(ValueError):
    """Raised when a dossier cannot be read; carries every mistake found, in order."""

    def __init__(self, erreurs: Iterable[Erreur]) -> None:
        self.erreurs = tuple(erreurs)
        super().__init__(" ; ".join(erreur.en_clair() for erreur in self.erreurs))


@dataclass(frozen=True, slots=True)
class DefinitionDeFait:
    """One typed input: how it is asked, bounded, proven, and spoken of.

    `minimum` and `maximum` are in the fact's own unit, hundredths for a decimal. `vues` names the
    views that ask for it, every one when empty. An `interne` fact is never given from outside: it
    is worked out from the others (`calcul`), or laid down by the reading that needs it. `noms` says a
    value inside a sentence (« un CDI »), where its label alone would not do.
    """

    nom: str
    type: TypeDeFait
    question: str
    libelle: str
    aide: str = ""
    unite: str = ""
    minimum: int | None = None
    maximum: int | None = None
    valeurs: Mapping[str, str] = field(default_factory=dict)
    noms: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    reponses: Mapping[int, str] = field(default_factory=dict)
    piece: str = ""
    agir: Literal["personne", "temps", "non"] = "non"
    sensible: bool = False
    vues: frozenset[str] = frozenset()
    interne: bool = False
    calcul: Expression | None = None

    def en_clair(self, valeur: Valeur | None) -> str:
        """A value of this fact in French words."""
        match valeur:
            case None:
                return "non renseigné"
            case date():
                return date_en_clair(valeur)
            case frozenset():
                return ", ".join(self.valeurs[code] for code in sorted(valeur)) or "aucun"
            case str():
                return self.valeurs[valeur]
            case bool():
                return "oui" if valeur else "non"
            case _:
                return self.chiffre(valeur, self.unite)

    def en_json(self, valeur: Valeur | None) -> object:
        """A value of this fact as JSON writes it."""
        match valeur:
            case date():
                return valeur.isoformat()
            case frozenset():
                return sorted(valeur)
            case int() if self.type == "decimal":
                return valeur / 100 if valeur % 100 else valeur // 100
            case _:
                return valeur

    def chiffre(self, nombre: int, unite: str = "") -> str:
        """A number of this fact as people write it: minutes in hours, cents in euros."""
        if self.unite == "minutes":
            return duree_en_clair(nombre)
        if self.unite == "cents":
            return montant_en_clair(nombre)
        dit = decimal_en_clair(nombre) if self.type == "decimal" else nombre_en_clair(nombre)
        return f"{dit} {unite}".strip()

    def en_mots(self, valeur: Valeur | None) -> str:
        """What a person answered: a number that has its words is told by them."""
        mots = self.reponses.get(valeur) if self.type == "entier" else None  # type: ignore[arg-type] # a whole number by its type
        return mots or self.en_clair(valeur)

    def nomme(self, code: str) -> str:
        """One of the values inside a sentence."""
        return self.noms.get(code) or self.valeurs[code]

    def constate(self, valeur: Valeur) -> str:
        """What was answered, as one says it after « au dossier »: `20 mois d’expérience`, `un CDI`.

        The words of that very value (`constat_0`, `constat_oui`, `constat_vide`) come before those of any.
        """
        match valeur:
            case bool():
                cle = "oui" if valeur else "non"
            case frozenset():
                cle = "dits" if valeur else "vide"
            case _:
                cle = str(valeur)
        match valeur:
            case str():
                dit = self.nomme(valeur)
            case frozenset() if valeur:
                dit = ", ".join(self.nomme(code) for code in self.valeurs if code in valeur)
            case _:
                dit = self.en_mots(valeur)
        defaut = "{libelle}, le {valeur}" if self.type == "date" else "{libelle}, {valeur}"
        modele = self.phrases.get(f"constat_{cle}") or self.phrases.get("constat", defaut)
        return modele.format(libelle=self.libelle, valeur=dit)


class Coherence(Protocol):
    """Something that the facts of a dossier may not say together (see `coherences`)."""

    @property
    def faits(self) -> tuple[str, ...]:
        """The facts that it reads, the one to blame first."""
        ...  # pragma: no cover

    def faute(self, dossier: Dossier) -> str | None:
        """What is wrong, in words; None when nothing is, or when a fact is unknown."""
        ...  # pragma: no cover


def faits_en_json(
    faits: Mapping[str, DefinitionDeFait], valeurs: Mapping[str, Valeur | None]
) -> dict[str, object]:
    """Values of facts as JSON writes them."""
    return {nom: faits[nom].en_json(valeur) for nom, valeur in valeurs.items()}


def plus_proche(mot: str, possibles: Iterable[str]) -> str:
    """` ; vouliez-vous dire « … » ?` with the nearest word, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only paid for when there is a mistake

    proches = get_close_matches(mot, list(possibles), cutoff=0.5)
    return f" ; vouliez-vous dire « {proches[0]} » ?" if proches else ""


def _montrer(brut: object) -> str:
    """A value as a message can hold it: on one line, and not too long."""
    texte = " ".join(str(brut).split())
    return texte if len(texte) <= 40 else texte[:37] + "…"


def _lire_date(brut: object) -> date:
    if not isinstance(brut, str) or not _ISO.fullmatch(brut):
        msg = f"« {_montrer(brut)} » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15"
        raise ValueError(msg)
    try:
        jour = date.fromisoformat(brut)
    except ValueError:
        annee, mois, quantieme = brut.split("-")
        msg = f"le {quantieme}/{mois}/{annee} n’existe pas dans le calendrier"
        raise ValueError(msg) from None
    if jour.year not in ANNEES:
        msg = f"l’année {jour.year} n’est pas plausible ; attendu entre 1900 et 2100"
        raise ValueError(msg)
    return jour


def decimal_en_clair(centiemes: int) -> str:
    """Hundredths as people write them: `17,5`, `35`."""
    signe = "-" if centiemes < 0 else ""
    unites, reste = divmod(abs(centiemes), 100)
    return f"{signe}{unites},{reste:02d}".rstrip("0") if reste else f"{signe}{unites}"


def _lire_decimal(fait: DefinitionDeFait, brut: object) -> int:
    """Hundredths. Raises ValueError beyond two decimals: they would be lost in silence."""
    if isinstance(brut, bool) or not isinstance(brut, int | float) or not isfinite(brut):
        msg = f"« {_montrer(brut)} » n’est pas un nombre"
        raise ValueError(msg)
    from decimal import Decimal  # noqa: PLC0415 - only paid for by the facts that need it

    centiemes = Decimal(str(brut)) * 100
    if centiemes != int(centiemes):
        msg = f"« {_montrer(brut)} » a plus de deux décimales"
        raise ValueError(msg)
    for borne, mots in ((fait.minimum, "petit"), (fait.maximum, "grand")):
        if borne is not None and (centiemes < borne if mots == "petit" else centiemes > borne):
            limite = decimal_en_clair(borne)
            msg = f"{_montrer(brut)} est trop {mots} ; le plus {mots} possible est {limite}"
            raise ValueError(msg)
    return int(centiemes)


def _lire_booleen(brut: object) -> bool:
    if not isinstance(brut, bool):
        msg = f"« {_montrer(brut)} » n’est ni vrai ni faux ; écrivez oui ou non (true ou false en JSON)"
        raise ValueError(msg)
    return brut


def _lire_entier(fait: DefinitionDeFait, brut: object) -> int:
    if not isinstance(brut, int) or isinstance(brut, bool):
        msg = f"« {_montrer(brut)} » n’est pas un nombre entier"
        raise ValueError(msg)
    if fait.minimum is not None and brut < fait.minimum:
        if brut < 0:
            msg = f"{brut} est négatif ; indiquez {fait.minimum} ou plus"
        else:
            msg = f"{brut} est trop petit ; le plus petit possible est {fait.minimum}"
        raise ValueError(msg)
    if fait.maximum is not None and brut > fait.maximum:
        msg = f"{_montrer(brut)} est trop grand ; le plus grand possible est {fait.maximum}"
        raise ValueError(msg)
    return brut


def _lire_code(fait: DefinitionDeFait, brut: object) -> str:
    if not isinstance(brut, str):
        msg = f"« {_montrer(brut)} » n’est pas un texte ; attendu : {', '.join(fait.valeurs)}"
        raise ValueError(msg)
    if brut not in fait.valeurs:
        msg = (
            f"« {_montrer(brut)} » n’est pas connu ; attendu : {', '.join(fait.valeurs)}"
            f"{plus_proche(brut, fait.valeurs)}"
        )
        raise ValueError(msg)
    return brut


def lire_valeur(fait: DefinitionDeFait, brut: object) -> Valeur | None:
    """A JSON value checked against its fact; null stays unknown.

    Raises ValueError with a French sentence when the value is not possible.
    """
    if brut is None:
        return None
    match fait.type:
        case "date":
            return _lire_date(brut)
        case "entier":
            return _lire_entier(fait, brut)
        case "decimal":
            return _lire_decimal(fait, brut)
        case "booleen":
            return _lire_booleen(brut)
        case "choix":
            return _lire_code(fait, brut)
        case "liste":
            if not isinstance(brut, list | tuple | frozenset):
                msg = f'« {_montrer(brut)} » n’est pas une liste ; écrivez par exemple [] ou ["{next(iter(fait.valeurs))}"]'
                raise ValueError(msg)
            return frozenset(_lire_code(fait, code) for code in brut)


def lire_texte(fait: DefinitionDeFait, texte: str) -> object:
    """The JSON value behind a spreadsheet cell or a typed answer; an empty text is unknown.

    Dates are read as people write them (`jours.py`), numbers have a comma and their unit, booleans are `oui` and `non`; a list is
    separated by `;`, `,` or `|`, and the word `aucun` is the empty list. What cannot be read is returned as it is, for `lire_valeur` to
    refuse with its reason.
    """
    texte = texte.strip()
    if not texte:
        return None
    match fait.type:
        case "date":
            if jour := lire_jour(texte):
                return jour.isoformat()
            francaise = _FRANCAISE.fullmatch(texte)  # a day that does not exist is named as such
            if francaise:
                quantieme, mois, annee = francaise.groups()
                return f"{annee}-{int(mois):02d}-{int(quantieme):02d}"
            return texte
        case "entier":
            nombre = sans_unite(texte, fait.unite)
            return int(nombre) if re.fullmatch(r"[+-]?\d{1,9}", nombre) else texte
        case "decimal":
            nombre = sans_unite(texte, fait.unite).replace(",", ".")
            if re.fullmatch(r"[+-]?\d{1,9}", nombre):
                return int(nombre)
            return float(nombre) if re.fullmatch(r"[+-]?\d{1,9}\.\d{1,6}", nombre) else texte
        case "booleen":
            return _OUI_NON.get(texte.casefold(), texte)
        case "choix":
            return texte
        case "liste":
            if texte.casefold() in {"aucun", "aucune", "[]"}:
                return []
            return [code.strip() for code in _SEPARATEURS.split(texte) if code.strip()]


def verifier_coherences(dossier: Dossier, coherences: Iterable[Coherence]) -> list[Erreur]:
    """What the known facts of a dossier cannot say together, one error each."""
    return [
        Erreur(une.faits[0], _montrer(dossier[une.faits[0]]), raison)
        for une in coherences
        if (raison := une.faute(dossier)) is not None
    ]


def lire_dossier(
    objet: Mapping[str, object],
    faits: Mapping[str, DefinitionDeFait],
    coherences: Iterable[Coherence] = (),
    *,
    interne: bool = False,
    ailleurs: Collection[str] = (),
) -> Dossier:
    """A dossier with every fact present, unknown ones as None.

    `interne` also lets in the facts that a reading lays down by itself; `ailleurs` names those of
    other questions, refused in their own words. Raises DossierInvalide with one error per mistake:
    unknown key, wrong type, impossible value, facts that deny each other.
    """
    erreurs = []
    dossier: Dossier = dict.fromkeys(faits)
    for cle, brut in objet.items():
        fait = faits.get(cle)
        if fait is None or (fait.interne and not interne):
            ouverts = [nom for nom, un in faits.items() if not un.interne]
            if fait is None and cle in ailleurs:
                raison = "ce fait ne sert pas à cette question ; retirez-le"
            else:
                raison = f"ce fait n’existe pas{plus_proche(str(cle), ouverts)}"
            erreurs.append(Erreur(_montrer(cle), _montrer(brut), raison))
            continue
        try:
            dossier[cle] = lire_valeur(fait, brut)
        except ValueError as refus:
            erreurs.append(Erreur(cle, _montrer(brut), str(refus)))
    erreurs += verifier_coherences(dossier, coherences)
    if erreurs:
        raise DossierInvalide(erreurs)
    return dossier
