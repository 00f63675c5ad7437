"""The acknowledgement of a lot, read back: refused whole as soon as something of it is not what it should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from binome.accrochage.motifs import conduite, vaut_acceptation
from binome.visible import visible
from binome.xml_ferme import XmlAvecEntites, XmlIllisible, racine_fermee

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TAILLE: Final = 200_000_000
"""Bytes: the portal takes as much for a lot, and its answer is shorter."""

PHRASE: Final = 500
"""Characters kept of a sentence of the portal: those seen have a hundred or two."""

AVEC_ENTITES: Final = "le fichier déclare un DOCTYPE ou des entités : il n’est pas lu"


class AccuseInvalide(ValueError):
    """A file that is not an acknowledgement, or not one of this lot; its message is for the person."""


@dataclass(frozen=True, slots=True)
class PassageRefuse:
    """A passage that was not taken: the sentence as it was written, and what to do of it."""

    id_technique: str
    motif: str
    conduite: str


@dataclass(frozen=True, slots=True)
class ErreurDeFichier:
    """Why a whole file was refused, at which line and column of it; 0 where they are not said."""

    sorte: str
    message: str
    ligne: int
    colonne: int


@dataclass(frozen=True, slots=True)
class Accuse:
    """What became of a lot: `fichier` ties it to the file that was deposited. `rejet` is None unless it was refused whole.

    `deja` are those of the accepted that were refused for being held already, with the sentence that says so.
    """

    fichier: str
    acceptes: tuple[str, ...]
    refuses: tuple[PassageRefuse, ...]
    rejet: tuple[ErreurDeFichier, ...] | None
    deja: tuple[PassageRefuse, ...] = ()

    def en_json(self) -> dict[str, Any]:
        """The acknowledgement as its JSON contract fixes it."""
        return {
            "fichier": self.fichier,
            "acceptes": list(self.acceptes),
            "refuses": [
                {"id_technique": un.id_technique, "motif": un.motif, "conduite": un.conduite}
                for un in self.refuses
            ],
            "rejet": None
            if self.rejet is None
            else [
                {
                    "type": une.sorte,
                    "message": une.message,
                    "ligne": une.ligne or None,
                    "colonne": une.colonne or None,
                }
                for une in self.rejet
            ],
        }


def lire_accuse(octets: bytes, attendus: Collection[str] | None = None) -> Accuse:
    """The acknowledgement of a file. `attendus` are the identifiers of the lot, where it is at hand.

    Raises AccuseInvalide on what is no acknowledgement, and on an identifier that the lot does not hold.
    """
    racine = racine_de(octets, "rapport", "un accusé de la Caisse des Dépôts")
    sections: dict[str, list[Any]] = {}
    for section in racine:
        sections.setdefault(_local(section), []).append(section)
    fichier = _texte(sections, "nomfichier")
    if not fichier:
        raise AccuseInvalide("nomFichier manque : rien ne rattache cet accusé à un lot")
    if "erreurs" in sections:
        _sans_passage(sections)
        return _rejet(fichier, sections["erreurs"])
    if "passagesok" not in sections and "passagesko" not in sections:
        raise AccuseInvalide("ni passages acceptés, ni passages refusés, ni erreurs : rien à lire")
    acceptes = [_non_vide(un) for un in _descendants(sections.get("passagesok", ()), "idtechnique")]
    refuses, deja = [], []
    for passage in _descendants(sections.get("passagesko", ()), "passage"):
        numero, motif = _refus(passage)
        un = PassageRefuse(numero, motif, conduite(motif))
        if vaut_acceptation(motif):
            acceptes.append(numero)
            deja.append(un)
        else:
            refuses.append(un)
    _sans_doute([*acceptes, *(un.id_technique for un in refuses)], attendus)
    return Accuse(fichier, tuple(acceptes), tuple(refuses), None, tuple(deja))


def identifiants(octets: bytes) -> frozenset[str]:
    """The identifiers of a lot, read in its own file. Raises AccuseInvalide."""
    racine = racine_de(octets, "flux", "un lot d’accrochage")
    return frozenset(_non_vide(un) for un in _descendants([racine], "idtechnique"))


def racine_de(octets: bytes, nom: str, attendu: str) -> Any:
    """The root of a file, which must be of that name, without any DTD. Raises AccuseInvalide, which says `attendu`."""
    if len(octets) > TAILLE:
        raise AccuseInvalide(f"le fichier dépasse {TAILLE // 1_000_000} Mo")
    try:
        racine = racine_fermee(octets)
    except XmlAvecEntites:
        raise AccuseInvalide(AVEC_ENTITES) from None
    except XmlIllisible as faute:
        raise AccuseInvalide(str(faute)) from faute
    if _local(racine) != nom:
        raise AccuseInvalide(f"ce n’est pas {attendu} : il commence par « {_local(racine)} »")
    return racine


def _local(element: Any) -> str:
    """The name of an element without its namespace nor its capitals: files in use differ."""
    return str(etree.QName(element).localname).lower()


def _texte(sections: dict[str, list[Any]], nom: str) -> str:
    return _phrase(sections[nom][0].text) if nom in sections else ""


def _phrase(texte: str | None) -> str:
    """A sentence on one line, as it is seen, and no longer than what a page shows."""
    dite = " ".join(visible(texte or "").split())
    return dite if len(dite) <= PHRASE else f"{dite[: PHRASE - 1].rstrip()}…"


def _descendants(sections: Collection[Any], nom: str) -> Iterator[Any]:
    return (un for section in sections for un in section.iter("*") if _local(un) == nom)


def _non_vide(element: Any) -> str:
    texte = _phrase(element.text)
    if not texte:
        raise AccuseInvalide(f"un identifiant est vide, à la ligne {element.sourceline}")
    return texte


def _refus(passage: Any) -> tuple[str, str]:
    dits: dict[str, list[str]] = {}
    for un in passage.iter("*"):
        dits.setdefault(_local(un), []).append(_phrase(un.text))
    numeros = [un for un in dits.get("idtechnique", []) if un]
    if len(numeros) != 1:
        raise AccuseInvalide(
            f"un passage refusé n’a pas son identifiant, à la ligne {passage.sourceline}"
        )
    return numeros[0], _phrase(" ; ".join(un for un in dits.get("messageerreur", []) if un))


def _sans_doute(numeros: list[str], attendus: Collection[str] | None) -> None:
    doubles = [un for un, nombre in Counter(numeros).items() if nombre > 1]
    if doubles:
        raise AccuseInvalide(f"« {doubles[0]} » y est deux fois : tout l’accusé est refusé")
    if attendus is None:
        return
    inconnus = [un for un in numeros if un not in attendus]
    if inconnus:
        raise AccuseInvalide(f"« {inconnus[0]} » n’est pas de ce lot : tout l’accusé est refusé")


def _sans_passage(sections: dict[str, list[Any]]) -> None:
    """A file refused whole took no passage: an answer that says both says nothing that can be applied."""
    dits = [*sections.get("passagesok", ()), *sections.get("passagesko", ())]
    if any(True for _ in _descendants(dits, "idtechnique")):
        raise AccuseInvalide(
            "il dit le fichier refusé et répond aussi sur des passages : tout l’accusé est refusé"
        )


def _rejet(fichier: str, sections: list[Any]) -> Accuse:
    erreurs = []
    for une in _descendants(sections, "erreur"):
        dits = {_local(un): _phrase(un.text) for un in une}
        erreurs.append(
            ErreurDeFichier(
                dits.get("type", ""),
                dits.get("message", ""),
                _nombre(dits.get("ligne", "")),
                _nombre(dits.get("colonne", "")),
            )
        )
    if not erreurs:
        raise AccuseInvalide("le fichier est dit refusé, et aucune erreur n’est donnée")
    return Accuse(fichier, (), (), tuple(erreurs))


def _nombre(texte: str) -> int:
    return int(texte) if texte.isascii() and texte.isdecimal() and len(texte) < 10 else 0
