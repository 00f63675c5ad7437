"""Checking one row: each cell by itself, then together."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from binome.bureau.colonnes import CLE, code_de, colonnes
from binome.comptes.etat_civil import annee_seule, prenom_lu
from binome.comptes.identifiants import lire_identifiant
from binome.dossiers.bases import base_de
from binome.dossiers.formulaires import annee_plausible, naissance_plausible, telephone_ecrit
from binome.habillage.saisie import AUCUN
from binome.impression.dessin import indessinable
from binome.lots.formules import sans_reponse
from binome.regles.courante import base_courante
from binome.regles.faits import Erreur, lire_texte, lire_valeur, plus_proche, verifier_coherences
from binome.socle.adresse_electronique import adresse_lue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.bureau.colonnes import ColonneDeDossier

LONGUEURS: Final = {
    CLE: 80, "prenom": 100, "nom": 100, "nom_de_naissance": 100, "courriel": 254, "telephone": 20, "employeur": 200,
    "session": 120,
}  # fmt: skip
NAISSANCE: Final = "date_naissance"
NEUF: Final = 9
"""Digits of a telephone without the zero before them."""
T = TypeVar("T")
LISTE: Final = re.compile(r"[;|]")


class LigneVerifiee(NamedTuple):
    """What a row says once checked: its identity, its facts as JSON values, and what is wrong."""

    cle: str
    identite: dict[str, Any]
    faits: dict[str, Any]
    erreurs: tuple[Erreur, ...]


def _texte(nom: str, texte: str) -> str:
    texte = " ".join(texte.split())
    if "\0" in texte:
        raise ValueError("la cellule contient un caractère illisible")
    if len(texte) > LONGUEURS[nom]:
        raise ValueError(f"c’est trop long : {LONGUEURS[nom]} signes au plus")
    return texte


def _courriel(texte: str) -> str:
    texte = _texte("courriel", adresse_lue(texte))
    try:
        validate_email(texte)
    except ValidationError:
        raise ValueError("ce n’est pas une adresse électronique") from None
    return texte


def _identifiant(texte: str) -> str:
    try:
        return lire_identifiant(texte)
    except ValueError as refus:
        raise ValueError(_en_suite(str(refus))) from None


def _imprimable(nom: str, texte: str) -> str:
    """A name as the form takes it: what no letter can print is refused at its row."""
    lu = _texte(nom, texte)
    faute = indessinable({"ce nom": lu})
    if faute is not None:
        raise ValueError(_en_suite(faute))
    return prenom_lu(lu) if nom == "prenom" else lu


def _naissance(texte: str) -> date | int:
    """A day, or a year where the day is said unknown."""
    annee = annee_seule(texte)
    if annee is not None:
        _comme_au_formulaire(annee_plausible, annee)
        return annee
    fait = base_courante().faits[NAISSANCE]
    lue = lire_valeur(fait, lire_texte(fait, texte))
    if not isinstance(lue, date):
        raise ValueError("ce n’est pas une date")
    _comme_au_formulaire(naissance_plausible, lue)
    return lue


def _telephone(texte: str) -> str:
    texte = _texte("telephone", texte)
    if zero_perdu(texte):
        texte = f"0{texte}"
    elif not texte.startswith("+") and len(re.sub(r"\D", "", texte)) == NEUF:
        raise ValueError("ce numéro n’a que neuf chiffres, il en faut dix")
    _comme_au_formulaire(telephone_ecrit, texte)
    return texte


def zero_perdu(telephone: str) -> bool:
    """Whether a spreadsheet took a telephone for a number: nine digits on end, without the zero before them."""
    return re.fullmatch(r"[1-9][0-9]{8}", telephone) is not None


def _comme_au_formulaire(regle: Callable[[T], T], valeur: T) -> None:
    """A rule of the form, told as an import tells what is wrong. Raises ValueError."""
    try:
        regle(valeur)
    except ValidationError as refus:
        (phrase,) = refus.messages
        raise ValueError(_en_suite(phrase)) from None


def _en_suite(phrase: str) -> str:
    """A sentence as the end of another."""
    return phrase[:1].lower() + phrase[1:].removesuffix(".")


LECTURES: Final[Mapping[str, Callable[[str], Any]]] = {
    **{
        nom: partial(_imprimable, nom) for nom in ("prenom", "nom", "nom_de_naissance", "employeur")
    },
    "naissance": _naissance,
    "courriel": _courriel,
    "telephone": _telephone,
    "employeur_identifiant": _identifiant,
}


class Lecteur:
    """Reads rows; the same text in the same column is read once."""

    def __init__(self, certification: str = "") -> None:
        """`certification`: whose facts the columns are; of the one by default when none is named."""
        self._colonnes = colonnes(certification)
        self._base = base_de(certification)
        self._vide = dict.fromkeys(self._base.faits)
        self._lus: dict[tuple[str, str], Any] = {}

    def lire(self, cellules: Mapping[str, str]) -> LigneVerifiee:
        """A row, out of its cells by column. An empty cell says nothing."""
        erreurs: list[Erreur] = []
        identite: dict[str, Any] = {}
        faits: dict[str, Any] = {}
        dossier = dict(self._vide)
        for nom, colonne in self._colonnes.par_nom.items():
            texte = cellules.get(nom, "").strip()
            if not texte:
                continue
            valeur = self._cellule(colonne, texte)
            if isinstance(valeur, Erreur):
                erreurs.append(valeur)
            elif colonne.fait is None:
                identite |= _identite(nom, valeur)
            else:
                dossier[nom] = valeur
                faits[nom] = colonne.fait.en_json(valeur)
        cle = identite.pop(CLE, "")
        if not cellules.get(CLE, "").strip():
            erreurs.insert(0, Erreur(CLE, "", "donnez une clé : votre numéro pour cette personne"))
        if not erreurs:
            if NAISSANCE in self._base.faits:
                dossier[NAISSANCE] = identite.get("naissance")
            erreurs = [
                une._replace(cle="naissance") if une.cle == NAISSANCE else une
                for une in verifier_coherences(dossier, self._base.coherences)
            ]
        return LigneVerifiee(cle, identite, faits, tuple(erreurs))

    def identite(self, cellules: Mapping[str, str]) -> dict[str, Any]:
        """Who a row is about, its key left out; what cannot be read is left out too."""
        lues = {
            nom: self._cellule(colonne, texte)
            for nom, colonne in self._colonnes.par_nom.items()
            if colonne.fait is None and nom != CLE and (texte := cellules.get(nom, "").strip())
        }
        dites: dict[str, Any] = {}
        for nom, lue in lues.items():
            if not isinstance(lue, Erreur):
                dites |= _identite(nom, lue)
        return dites

    def _cellule(self, colonne: ColonneDeDossier, texte: str) -> Any:
        # Only facts repeat from row to row; a name kept would only cost memory.
        if colonne.fait is None:
            return _lire(colonne, texte)
        cle = (colonne.nom, texte)
        if cle not in self._lus:
            self._lus[cle] = _lire(colonne, texte)
        return self._lus[cle]


def _identite(nom: str, valeur: Any) -> dict[str, Any]:
    """The columns of a dossier that a cell fills: a birth is a day or a year."""
    if nom == "naissance" and isinstance(valeur, int):
        return {"naissance_annee": valeur}
    return {nom: valeur}


def _lire(colonne: ColonneDeDossier, texte: str) -> Any:
    if raison := sans_reponse(texte):
        return Erreur(colonne.nom, texte[:40], raison)
    try:
        if colonne.fait is None:
            lecture = LECTURES.get(colonne.nom)
            return _texte(colonne.nom, texte) if lecture is None else lecture(texte)
        if colonne.fait.valeurs:
            return lire_valeur(colonne.fait, _en_codes(colonne, texte))
        # A number or a yes may be said in the words of the form; else it is read as it is typed.
        texte = code_de(colonne, texte) or texte
        return lire_valeur(colonne.fait, lire_texte(colonne.fait, texte))
    except ValueError as refus:
        return Erreur(colonne.nom, texte[:40], str(refus))


def separer(colonne: ColonneDeDossier, texte: str) -> list[str]:
    """The answers that a cell gives, each as its code or, when it is unknown, as it was typed."""
    morceaux = LISTE.split(texte) if colonne.plusieurs else [texte]
    dits: list[str] = []
    for morceau in morceaux:
        code = code_de(colonne, morceau)
        # Words may hold a comma: it only separates where the whole says nothing.
        restes = morceau.split(",") if code is None and colonne.plusieurs else [morceau]
        dits += [code_de(colonne, un) or un.strip() for un in restes if un.strip()]
    return dits


def _en_codes(colonne: ColonneDeDossier, texte: str) -> str | list[str]:
    """The codes that a cell says. Raises ValueError, in words, for an answer that the form does not offer."""
    dits = separer(colonne, texte)
    if not dits:
        raise ValueError("la cellule ne nomme aucune réponse ; écrivez « aucun » s’il n’y en a pas")
    for un in dits:
        if code_de(colonne, un) is None:
            mots = colonne.reponses.values()
            proche = plus_proche(un.casefold(), mots)
            attendu = "" if proche else f" ; choisissez parmi : {' ; '.join(mots)}"
            raise ValueError(f"« {un[:40]} » n’est pas une réponse connue{proche or attendu}")
    return [un for un in dits if un != AUCUN] if colonne.plusieurs else dits[0]
