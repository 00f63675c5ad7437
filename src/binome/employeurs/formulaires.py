"""What is asked to tie an employer to a dossier."""

from __future__ import annotations

from typing import Any

from django import forms

from binome.comptes.identifiants import lire_identifiant
from binome.emplois import parts
from binome.habillage.champs import UneAdresse, UneLigne, UnJour, UnNumero


class Association(forms.Form):
    """Which practice employs the candidate, and who answers for it."""

    identifiant = UnNumero(
        label="SIRET ou RPPS de l’employeur",
        help_text="14 chiffres pour un SIRET, 11 pour un RPPS.",
        lire=lire_identifiant,
        error_messages={
            "required": "Il nous faut son numéro : il évite de confondre deux cabinets."
        },
    )
    courriel = UneAdresse(
        label="Adresse électronique de l’employeur",
        error_messages={
            "required": "Il nous faut son adresse : c’est par elle qu’il ouvre son espace."
        },
    )

    nom = UneLigne(
        label="Nom de cet autre employeur",
        max_length=200,
        error_messages={"required": "Il nous faut son nom, pour le reconnaître."},
    )

    part = UneLigne(
        label="Son temps de travail",
        help_text=f"Par exemple {parts.EXEMPLES}. Laissez vide si vous ne le savez pas.",
        max_length=60,
        required=False,
    )
    du = UnJour(
        label="Depuis quel jour",
        help_text="Laissez vide si vous ne le savez pas.",
        required=False,
    )

    def __init__(self, *args: Any, autre: bool = False, **kwargs: Any) -> None:
        """`autre`: an employer follows the dossier already, and this one is not that of the dossier."""
        super().__init__(*args, **kwargs)
        if not autre:
            del self.fields["nom"]

    def clean_part(self) -> int | None:
        """A share of time, in basis points of a full time; None when nothing is said."""
        dit: str = self.cleaned_data["part"]
        try:
            return parts.lire(dit) if dit else None
        except ValueError as illisible:
            raise forms.ValidationError(str(illisible)) from None
