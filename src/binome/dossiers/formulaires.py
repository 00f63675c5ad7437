"""The identity and the employer, as a person types them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from binome.comptes.identifiants import lire_identifiant
from binome.dossiers.lettrables import indessinable
from binome.habillage.champs import UneLigne, UnJour

if TYPE_CHECKING:
    from datetime import date

AGE_MINIMUM: Final = timedelta(days=15 * 365)
AGE_MAXIMUM: Final = timedelta(days=90 * 366)


def naissance_plausible(jour: date) -> date:
    """A birth date of someone who can train, told the same at every door. Raises ValidationError."""
    aujourd_hui = timezone.localdate()
    if not aujourd_hui - AGE_MAXIMUM <= jour <= aujourd_hui - AGE_MINIMUM:
        msg = "Cette date de naissance n’est pas plausible : vérifiez l’année."
        raise forms.ValidationError(msg)
    return jour


def telephone_ecrit(numero: str) -> str:
    """A number of nine digits or more, as it was written, at every door. Raises ValidationError."""
    if not re.fullmatch(r"\+?[\d .()-]{9,20}", numero):
        msg = "Un numéro de téléphone a dix chiffres, par exemple 06 12 34 56 78."
        raise forms.ValidationError(msg)
    return numero


def chiffres_de_l_employeur(texte: str) -> str:
    """The digits of a SIRET or of an RPPS. Raises ValidationError."""
    try:
        return lire_identifiant(texte)
    except ValueError as refus:
        raise forms.ValidationError(str(refus)) from None


class IdentiteDuCandidat(forms.Form):
    """Who the candidate is and who employs them; everything may still be missing in a draft."""

    prenom = UneLigne(label="Prénom", max_length=100, required=False)
    nom = UneLigne(label="Nom", max_length=100, required=False)
    naissance = UnJour(label="Date de naissance", required=False)
    courriel = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        required=False,
        error_messages={"invalid": "Une adresse s’écrit nom@domaine.fr."},
    )
    telephone = UneLigne(label="Téléphone", max_length=20, required=False)
    employeur = UneLigne(label="Employeur", max_length=200, required=False)
    employeur_identifiant = UneLigne(
        label="Son SIRET ou son RPPS",
        help_text="14 chiffres pour un SIRET, 11 pour un RPPS. Il évite de confondre deux cabinets.",
        max_length=20,
        required=False,
    )
    session = UneLigne(
        label="Session souhaitée",
        help_text="La ville et le mois, comme vous les nommez.",
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Names that a letter can draw."""
        lus = dict(super().clean() or self.cleaned_data)
        for nom in ("prenom", "nom", "employeur"):
            faute = indessinable({"Ce nom": lus.get(nom) or ""})
            if faute is not None:
                self.add_error(nom, faute)
                del lus[nom]
        return lus

    def clean_naissance(self) -> date | None:
        """A birth date of someone who can train."""
        jour: date | None = self.cleaned_data["naissance"]
        return None if jour is None else naissance_plausible(jour)

    def clean_telephone(self) -> str:
        """A number of nine digits or more, as it was written."""
        numero: str = self.cleaned_data["telephone"]
        return telephone_ecrit(numero) if numero else ""

    def clean_employeur_identifiant(self) -> str:
        """The digits of a SIRET or of an RPPS."""
        return chiffres_de_l_employeur(self.cleaned_data["employeur_identifiant"])


class Depart(IdentiteDuCandidat):
    """What opens a dossier: enough to know whom it is about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in [nom for nom in self.fields if nom not in ("prenom", "nom", "naissance")]:
            del self.fields[nom]
        for nom, mot in (("prenom", "le prénom"), ("nom", "le nom")):
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = f"Il nous manque {mot}."
