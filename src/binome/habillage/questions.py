"""How a question is put on a page: its words, its kind of field, the answers it offers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import yaml

from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.regles.faits import DefinitionDeFait

AUCUN: Final = "aucun"
INCONNU: Final = "inconnu"
Champ = Literal["date", "nombre", "decimal", "montant", "un_choix", "plusieurs_choix"]
OUI_NON: Final = {"oui": "oui", "non": "non"}


class Interlocuteur(Protocol):
    """To whom a question is put; `tiers` when it is about someone else."""

    @property
    def tiers(self) -> bool:
        """Whether the person is someone else."""
        ...


@dataclass(frozen=True, slots=True)
class ReponseOfferte:
    """One answer offered: what the address holds, what the page says."""

    code: str
    libelle: str
    choisie: bool


@dataclass(frozen=True, slots=True)
class QuestionPosee:
    """One question, ready to be put; `saisie` is what was answered before."""

    fait: DefinitionDeFait
    texte: str
    aide: str
    champ: Champ
    reponses: tuple[ReponseOfferte, ...]
    saisie: str
    erreur: str
    prefixe: str = ""

    @property
    def nom(self) -> str:
        """The name of its field: a page that puts it of somebody else says so before."""
        return f"{self.prefixe}{self.fait.nom}"


@cache
def _mots() -> Mapping[str, Any]:
    chemin = Path(__file__).parent / "questions.yaml"
    lu: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return lu


def a_poser(nom: str, reponses: Mapping[str, Sequence[str]]) -> bool:
    """Whether to ask for a fact: not one already answered, optional, or that supposes an unknown one."""
    suppose: Mapping[str, str] = _mots()["suppose"]
    supposes = reponses.get(suppose.get(nom, ""), ())
    return nom not in reponses and nom not in _mots()["facultatives"] and INCONNU not in supposes


def texte_de(fait: DefinitionDeFait, porte: Interlocuteur) -> str:
    """The question's words, for oneself or about someone else."""
    ailleurs: Mapping[str, str] = _mots()["tiers"]
    return ailleurs.get(fait.nom, fait.question) if porte.tiers else fait.question


def aide_de(fait: DefinitionDeFait, porte: Interlocuteur) -> str:
    """What helps to answer, for oneself or about someone else."""
    ailleurs: Mapping[str, str] = _mots()["aide_tiers"]
    return ailleurs.get(fait.nom, fait.aide) if porte.tiers else fait.aide


def dit_aussi(nom: str) -> Mapping[str, Sequence[str]]:
    """Other words that people write for an answer to a question, by its code."""
    mots: Mapping[str, Mapping[str, Sequence[str]]] = _mots()["dit_aussi"]
    return mots.get(nom, {})


def dit_trop_peu(nom: str) -> Sequence[Mapping[str, Any]]:
    """Words that may mean several answers to a question: `mots`, the codes that they leave open, what they do not say."""
    mots: Mapping[str, Sequence[Mapping[str, Any]]] = _mots()["dit_trop_peu"]
    return mots.get(nom, ())


def en_euros(fait: DefinitionDeFait) -> bool:
    """Whether a fact is money."""
    return fait.unite == "cents"


def reponses_de(fait: DefinitionDeFait) -> Mapping[str, str]:
    """The answers that a page offers in one gesture; empty for a date or a free number."""
    if fait.type in ("choix", "liste"):
        return fait.valeurs
    if fait.type == "booleen":
        return OUI_NON
    return {str(valeur): libelle for valeur, libelle in fait.reponses.items()}


def _champ_libre(fait: DefinitionDeFait) -> Champ:
    """The field of a fact that is typed."""
    if fait.type == "date":
        return "date"
    if en_euros(fait):
        return "montant"
    return "decimal" if fait.type == "decimal" else "nombre"


def poser(
    fait: DefinitionDeFait,
    porte: Interlocuteur,
    saisies: Sequence[str],
    erreur: str = "",
    prefixe: str = "",
) -> QuestionPosee:
    """The question of a fact, with what was answered before."""
    offertes = dict(reponses_de(fait))
    if fait.type == "liste":
        champ: Champ = "plusieurs_choix"
        offertes[AUCUN] = "Aucun de ceux-là"
    elif offertes:
        champ = "un_choix"
    else:
        champ = _champ_libre(fait)
    # The help of a number says what to type; nothing is typed where answers are offered.
    aide = "" if champ == "un_choix" and fait.type == "entier" else aide_de(fait, porte)
    reponses = tuple(
        ReponseOfferte(code, majuscule(libelle), code in saisies)
        for code, libelle in offertes.items()
    )
    # A date field shows nothing of an impossible date: the refusal quotes it.
    muette = not saisies or INCONNU in saisies or (champ == "date" and bool(erreur))
    saisie = "" if muette else saisies[0]
    texte = texte_de(fait, porte)
    return QuestionPosee(fait, texte, aide, champ, reponses, saisie, erreur, prefixe)
