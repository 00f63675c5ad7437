"""The columns of a table of aid contracts that are already signed: what its template shows, what a heading names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.contrats_d_aide.etats import BandeDActivite, OptionDeContrat, SpecialiteDeMedecin
from binome.echanges.colonnes import Colonnes

if TYPE_CHECKING:
    from collections.abc import Sequence

OUI_NON: Final = ("Oui", "Non")


@dataclass(frozen=True)
class ColonneDeContrat:
    """One column: its name, its heading, what to write there, the other headings that people give it, the answers offered."""

    nom: str
    titre: str
    aide: str
    aussi: Sequence[str] = ()
    choix: Sequence[str] = ()


RPPS: Final = "rpps"
COLONNES: Final = Colonnes(
    (
        ColonneDeContrat(RPPS, "RPPS", "Les onze chiffres du médecin. Sa clé est vérifiée.", ("N° RPPS", "Numéro RPPS", "RPPS du médecin")),
        ColonneDeContrat("nom", "Nom du médecin", "Obligatoire.", ("Nom", "Médecin", "Nom de famille")),
        ColonneDeContrat("prenom", "Prénom du médecin", "Si vous l’avez.", ("Prénom",)),
        ColonneDeContrat(
            "specialite", "Spécialité", "Une réponse de la liste, ou rien.", (), tuple(str(un.label) for un in SpecialiteDeMedecin),
        ),
        ColonneDeContrat("cabinet", "Cabinet", "Son nom, si vous l’avez.", ("Nom du cabinet", "Structure")),
        ColonneDeContrat("departement", "Département", "Son numéro : 01, 2A, 971.", ("Numéro de département", "Dept", "Dép.")),
        ColonneDeContrat("zone", "Zone sous-dense", "Oui ou non. Vide : vous ne le savez pas.", ("Zone", "ZIP"), OUI_NON),
        ColonneDeContrat(
            "option", "Option", "Obligatoire : la part de temps que le contrat paie.", ("Temps de travail", "Option choisie"),
            tuple(str(un.label) for un in OptionDeContrat),
        ),
        ColonneDeContrat(
            "bande", "Niveau d’activité", "Entre quels centiles, si vous l’avez.", ("Bande", "Centile"),
            tuple(str(un.label) for un in BandeDActivite),
        ),
        ColonneDeContrat(
            "secteur", "Secteur", "1, ou 2 avec ou sans Optam.", ("Secteur conventionnel",), ("1", "2 avec Optam", "2 sans Optam"),
        ),
        ColonneDeContrat("patientele_mt", "Patientèle médecin traitant", "Un nombre, à la signature.", ("Patientèle MT", "MT")),
        ColonneDeContrat("file_active", "File active", "Un nombre, à la signature.", ("FA",)),
        ColonneDeContrat("signe_le", "Signé le", "Obligatoire : par exemple 15/03/2025.", ("Date de signature", "Signature")),
        ColonneDeContrat(
            "commence_le", "Commencé le", "Le premier jour de l’assistant. Vide : personne n’a encore commencé.",
            ("Date de début", "Prise de poste", "Premier jour"),
        ),
    ),
    RPPS, "nom",
)  # fmt: skip
"""In the order of the template."""
