"""The columns of the spreadsheet: who the candidate is, then the facts of the rule base."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from binome.dossiers.bases import base_de
from binome.dossiers.saisie import TIERS, TUS
from binome.echanges.colonnes import Colonnes
from binome.habillage.questions import AUCUN, aide_de, reponses_de, texte_de
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.regles.faits import DefinitionDeFait

CLE: Final = "cle"
REFERENCE: Final = "reference"
RACONTEES: Final = (
    "État", "Organisme", "Ouvert le", "Déposé le", "Alertes", "Décision notifiée", "Dossier fictif",
    "Certification",
    "Décision", "Voie", "Heures", "Heures dispensées", "Dispenses", "Décidé le", "Notifié le", "Réserve",
    "Raisons (codes)",
)  # fmt: skip
"""What an export tells of a dossier and no import changes: an exported table comes back as it is."""


@dataclass(frozen=True, slots=True)
class ColonneDeDossier:
    """One column: its identifier, its heading, what to write there. `fait` is None for the identity.

    `certification` says of which rules the fact is; empty, of the one by default.
    """

    nom: str
    titre: str
    aide: str
    fait: DefinitionDeFait | None = None
    certification: str = ""

    @property
    def champ(self) -> str:
        """The name of its field in a form."""
        return f"c-{self.nom}"

    @property
    def aussi(self) -> Sequence[str]:
        """Other headings that people give it."""
        return _entetes().get(self.nom, ())

    @property
    def plusieurs(self) -> bool:
        """Whether a cell may hold several answers."""
        return self.fait is not None and self.fait.type == "liste"

    @property
    def reponses(self) -> Mapping[str, str]:
        """The answers that the form offers, their words by code; empty when a value is typed."""
        return {} if self.fait is None else reponses_de(self.fait)

    @property
    def choix(self) -> tuple[str, ...]:
        """The words that a spreadsheet offers in a cell; empty when a value is typed."""
        return tuple(self.reponses.values())

    def en_mots(self, valeur: object) -> str:
        """A fact as a cell says it, in the words that the same cell reads; empty when it is unknown."""
        if valeur is None:
            return ""
        if isinstance(valeur, list):
            return " ; ".join(self.reponses[str(code)] for code in valeur) or AUCUN
        dite = ("non", "oui")[valeur] if isinstance(valeur, bool) else str(valeur)
        return self.reponses.get(dite, dite)


IDENTITE: Final = (
    ColonneDeDossier(CLE, "Clé", "Votre numéro pour cette personne, différent à chaque ligne. "
            "Le même numéro désigne toujours le même dossier : importer deux fois ne crée rien en double."),
    ColonneDeDossier(REFERENCE, "Référence", "Celle de Binôme, BM-…, que donne un export : elle désigne le dossier."),
    ColonneDeDossier("prenom", "Prénom", "Le prénom d’usage. Un tiret si la personne n’a qu’un nom."),
    ColonneDeDossier("nom", "Nom", "Le nom d’usage."),
    ColonneDeDossier("nom_de_naissance", "Nom de naissance", "S’il diffère du nom d’usage. Facultatif."),
    ColonneDeDossier("naissance", "Date de naissance", "Par exemple 03/05/1984 ; l’année seule si le jour est inconnu."),
    ColonneDeDossier("courriel", "Adresse électronique", "Pour prévenir la personne."),
    ColonneDeDossier("telephone", "Téléphone", "Facultatif. Par exemple 06 12 34 56 78."),
    ColonneDeDossier("employeur", "Employeur", "Le nom du cabinet ou de la structure."),
    ColonneDeDossier("employeur_identifiant", "SIRET ou RPPS", "14 ou 11 chiffres. Facultatif."),
    ColonneDeDossier("session", "Session souhaitée", "En quelques mots. Facultatif."),
)  # fmt: skip


def _aide(fait: DefinitionDeFait) -> str:
    mots = reponses_de(fait)
    # Where the form offers answers in words, the help of a number would say digits.
    aide = "" if mots and fait.type in ("entier", "liste") else aide_de(fait, TIERS)
    debut = f"{texte_de(fait, TIERS)} {aide}".strip()
    if mots:
        plusieurs = " Séparez-les par « ; », ou écrivez « aucun »." if fait.type == "liste" else ""
        return f"{debut}{plusieurs} Réponses : {' ; '.join(mots.values())}."
    if fait.type == "date":
        return f"{debut} Une date, par exemple 15/01/2026."
    return debut


@cache
def _entetes() -> Mapping[str, Sequence[str]]:
    chemin = Path(__file__).parent / "entetes.yaml"
    lues: dict[str, list[str]] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    return lues


@cache
def colonnes(certification: str = "") -> Colonnes[ColonneDeDossier]:
    """Every column of a certification, of the one by default when none is named, in the order of the template."""
    faits = (
        ColonneDeDossier(nom, majuscule(fait.libelle), _aide(fait), fait, certification)
        for nom, fait in base_de(certification).faits.items()
        if not fait.interne and nom not in TUS
    )
    return Colonnes(
        (*IDENTITE, *faits), CLE, REFERENCE, racontees=RACONTEES, hors_modele={REFERENCE}
    )
