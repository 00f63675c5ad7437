"""One row of a table of contracts, read cell by cell: what it says, and what is wrong, named by its column. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from binome.contrats_d_aide.colonnes_d_un_contrat import COLONNES
from binome.contrats_d_aide.etats import BandeDActivite, OptionDeContrat, SpecialiteDeMedecin
from binome.contrats_d_aide.lectures_de_champs import lire_un_jour_passe
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.formations.territoires import departements
from binome.lots.formules import sans_reponse
from binome.pliage import plier
from binome.regles.faits import Erreur
from binome.socle.nombres import lire_entier
from binome.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.db.models import TextChoices

T = TypeVar("T")
RIEN_DE_VU: Final = " \t\n\r\u00a0\u202f\u200c\u200d"
"""Spaces, and the joiners that show nothing by themselves."""
LONGUEUR: Final = 40
"""Characters of a cell that a message repeats."""
NOMBRES: Final = {"patientele_mt": "de patients", "file_active": "de patients"}


@dataclass(frozen=True)
class LigneDeContrat:
    """What a row says: its number in the table, its values by column, what is wrong with it. An empty cell says nothing."""

    numero: int
    cellules: Mapping[str, str]
    lus: Mapping[str, Any] = field(default_factory=dict)
    erreurs: tuple[Erreur, ...] = ()

    @property
    def signe_le(self) -> date:
        """The day of the signature, of a row without mistake."""
        jour: date = self.lus["signe_le"]
        return jour

    @property
    def qui(self) -> str:
        """Who it is about, as it was typed."""
        return f"{self.cellules.get('prenom', '')} {self.cellules.get('nom', '')}".strip()


def _d_une_liste(
    choix: type[TextChoices], aussi: Mapping[str, str] | None = None
) -> Callable[[str], str]:
    mots = {plier(str(un.label)): str(un.value) for un in choix}
    mots |= {plier(str(un.value)): str(un.value) for un in choix}
    mots |= {plier(mot): code for mot, code in (aussi or {}).items()}

    def lire(texte: str) -> str:
        code = mots.get(plier(texte))
        if code is None:
            raise ValueError(
                f"Cette réponse n’est pas dans la liste : {', '.join(str(un.label) for un in choix)}."
            )
        return code

    return lire


def _oui_non(texte: str) -> bool:
    dit = {"oui": True, "o": True, "vrai": True, "non": False, "n": False, "faux": False}.get(
        plier(texte)
    )
    if dit is None:
        raise ValueError("Écrivez oui ou non.")
    return dit


def _departement(texte: str) -> str:
    code = texte.strip().upper()
    code = code.zfill(2) if code.isascii() and code.isdigit() else code
    if code in departements():
        return code
    for un in departements().values():
        if plier(un.nom) == plier(texte):
            return un.code
    raise ValueError("Ce département n’existe pas : écrivez son numéro, par exemple 01, 2A ou 971.")


def _secteur(texte: str) -> str:
    dit = plier(texte).replace("_", " ").removeprefix("secteur").strip()
    lu = {
        "1": "1", "2 avec optam": "2_optam", "2 optam": "2_optam", "optam": "2_optam", "2 sans optam": "2",
    }.get(dit)  # fmt: skip
    if lu is None:
        raise ValueError(
            "Dites s’il a l’Optam : écrivez 2 avec Optam, ou 2 sans Optam."
            if dit == "2"
            else "Écrivez 1, 2 avec Optam ou 2 sans Optam."
        )
    return lu


def _nombre(texte: str) -> int:
    nombre = lire_entier("".join(texte.split()), chiffres=6)
    if nombre is None:
        raise ValueError("Écrivez un nombre entier, par exemple 1200.")
    return nombre


def _nom(au_plus: int) -> Callable[[str], str]:
    def lire(texte: str) -> str:
        dit = " ".join(visible(texte).split())
        if len(dit) > au_plus:
            raise ValueError(f"C’est trop long : {au_plus} caractères au plus.")
        return dit

    return lire


LECTURES: Final[Mapping[str, Callable[[str], Any]]] = {
    "rpps": lire_un_rpps,
    "nom": _nom(100),
    "prenom": _nom(100),
    "specialite": _d_une_liste(
        SpecialiteDeMedecin, {"généraliste": "medecine_generale", "MG": "medecine_generale"}
    ),
    "cabinet": _nom(200),
    "departement": _departement,
    "zone": _oui_non,
    "option": _d_une_liste(
        OptionDeContrat, {"1/3": "tiers", "1/2": "demi", "0,5": "demi", "0.5": "demi", "1": "un", "1,5": "un_et_demi",
                          "1.5": "un_et_demi", "2": "deux"},
    ),
    "bande": _d_une_liste(BandeDActivite),
    "secteur": _secteur,
    "patientele_mt": _nombre,
    "file_active": _nombre,
    "signe_le": lire_un_jour_passe,
    "commence_le": lire_un_jour_passe,
}  # fmt: skip
OBLIGATOIRES: Final = {
    "nom": "Dites le nom du médecin.",
    "option": "Dites l’option du contrat.",
    "signe_le": "Dites le jour de la signature.",
}


def lire_une_ligne(numero: int, cellules: Mapping[str, str]) -> LigneDeContrat:
    """A row out of its cells by column; every mistake is told, each with its column."""
    lus: dict[str, Any] = {}
    erreurs: list[Erreur] = []
    for nom in COLONNES.par_nom:
        # A cell of signs that nobody sees says nothing.
        texte = visible(cellules.get(nom, "")).strip(RIEN_DE_VU)
        if not texte:
            if nom in OBLIGATOIRES:
                erreurs.append(Erreur(nom, "", OBLIGATOIRES[nom]))
            continue
        if raison := sans_reponse(texte):
            erreurs.append(Erreur(nom, texte[:LONGUEUR], raison))
            continue
        try:
            lus[nom] = LECTURES[nom](texte)
        except ValueError as refus:
            erreurs.append(Erreur(nom, texte[:LONGUEUR], str(refus)))
    if "signe_le" in lus and "commence_le" in lus and lus["commence_le"] < lus["signe_le"]:
        erreurs.append(
            Erreur("commence_le", cellules["commence_le"][:LONGUEUR], "Ce jour vient avant la signature.")
        )  # fmt: skip
    return LigneDeContrat(numero, dict(cellules), lus, tuple(erreurs))
