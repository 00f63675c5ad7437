"""The columns of each frame: their unit, what they mean, and whether they may be unknown, which stays null.

Numbers stand for rows of the database: they tell one from another within one extract, and name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

GenreDeColonne: TypeAlias = Literal["entier", "jour", "code", "oui_non"]


@dataclass(frozen=True, slots=True)
class ColonneDeTrame:
    """One column; `inconnu`: it may be null, and null is neither « no » nor zero."""

    nom: str
    genre: GenreDeColonne
    sens: str
    unite: str = ""
    inconnu: bool = False


def _numero(nom: str, sens: str, *, inconnu: bool = False) -> ColonneDeTrame:
    return ColonneDeTrame(nom, "entier", sens, "number of a row", inconnu)


def _jour(nom: str, sens: str, *, inconnu: bool = True) -> ColonneDeTrame:
    return ColonneDeTrame(nom, "jour", sens, "day", inconnu)


def _code(nom: str, sens: str) -> ColonneDeTrame:
    return ColonneDeTrame(nom, "code", sens, "code, empty where nobody said")


def _entier(nom: str, unite: str, sens: str, *, inconnu: bool = False) -> ColonneDeTrame:
    return ColonneDeTrame(nom, "entier", sens, unite, inconnu)


def _oui(nom: str, sens: str, *, inconnu: bool = False) -> ColonneDeTrame:
    return ColonneDeTrame(nom, "oui_non", sens, "yes or no", inconnu)


TRAMES: Final[dict[str, tuple[ColonneDeTrame, ...]]] = {
    "dossiers": (
        _numero("dossier", "a dossier filed by the day"),
        _numero("organisme", "who filed it"),
        _code("certification", "which rules it is of"),
        _jour("depose_le", "when it was filed", inconnu=False),
        _jour("decide_le", "when it was decided, by the day"),
        _oui("en_attente", "neither decided nor closed by the day"),
        _entier("niveau", "level 0 to 8", "the highest diploma, as proven or else declared", inconnu=True),
        _entier("experience", "months", "as a medical secretary", inconnu=True),
        _code("origine", "ide, aide_soignant, auxiliaire_puericulture, assistant_dentaire, secretaire or autre"),
    ),
    "parcours": (
        _numero("parcours", "a path opened by the day"),
        _numero("dossier", "its dossier"),
        _numero("organisme", "who trains"),
        _code("certification", "which rules it is of"),
        _code("voie", "cqp, fae"),
        _code("etat", "where it stands now"),
        _jour("ouvert_le", "when it was opened", inconnu=False),
        _jour("fini_le", "when it ended, by the day"),
        _entier("formation", "minutes", "left to follow by the decision", inconnu=True),
        _entier("evaluations", "minutes", "of épreuves", inconnu=True),
        _entier("dispensees", "minutes", "taken off by the decision", inconnu=True),
    ),
    "emplois": (
        _numero("emploi", "a job begun by the day, or whose first day nobody knows"),
        _numero("salarie", "who works: one number for all the jobs of one person"),
        _numero("employeur", "the practice, or the group of practices"),
        _entier("part", "basis points of a full time", "the share of time", inconnu=True),
        _jour("du", "its first day"),
        _jour("au", "its last day, by the day"),
    ),
    "contrats": (
        _numero("contrat", "an aid contract signed by the day"),
        _numero("caisse", "which caisse, where it is in Binôme", inconnu=True),
        _code("departement", "where"),
        _code("specialite", "of its doctor; empty for a collective one"),
        _code("option", "the share that it pays for"),
        _jour("signe_le", "when it was signed", inconnu=False),
        _jour("debut", "its first day"),
        _jour("fini_le", "its last day, by the day"),
        _oui("suspendu", "on that day"),
        _entier("etp", "basis points of a full time", "what it pays for", inconnu=True),
    ),
    "postes": (
        _numero("poste", "an assistant's post under a contract, begun by the day"),
        _numero("contrat", "which one"),
        _numero("emploi", "which job", inconnu=True),
        _numero("salarie", "who works", inconnu=True),
        _entier("part", "basis points of a full time", "the share under this contract"),
        _jour("du", "its first day", inconnu=False),
        _jour("au", "its last day, by the day"),
        _code("qualification", "what the employer said of it"),
    ),
    "sessions": (
        _numero("session", "a session published by the day"),
        _numero("organisme", "whose"),
        _code("certification", "which rules it is of"),
        _code("departement", "of its site"),
        _code("modalite", "how it is taught by default"),
        _jour("debut", "its first day", inconnu=False),
        _entier("places", "seats", "how many it has"),
        _entier("inscrits", "paths", "how many hold a seat"),
    ),
    "presences": (
        _numero("parcours", "whose minutes: one row a path, an organisation and a manner"),
        _numero("organisme", "of the session"),
        _oui("a_distance", "by a virtual class, or without a timetable"),
        _entier("minutes", "minutes", "followed and counter-signed by the day"),
        _jour("premiere", "the first day attended that way", inconnu=False),
    ),
    "titres": (
        _numero("titre", "a parchemin or an attestation delivered by the day, and not withdrawn by then"),
        _numero("parcours", "whose"),
        _code("nature", "cqp, fae, blocs"),
        _jour("delivre_le", "when", inconnu=False),
    ),
    "argent": (
        _numero("prise", "an agreement in force by the day"),
        _numero("payeur", "who pays, where in Binôme", inconnu=True),
        _numero("organisme", "who is paid"),
        _entier("annee", "year", "of the funds"),
        _entier("accorde", "cents", "what is committed", inconnu=True),
        _entier("prouve", "cents", "owed for proven minutes of its months"),
        _entier("facture", "cents", "billed, credit notes taken off"),
        _entier("paye", "cents", "matched with a payment"),
    ),
}  # fmt: skip
"""The frames, by name."""
