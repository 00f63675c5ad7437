"""The identity and the employer, as a person types them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from binome.comptes.etat_civil import prenom_lu
from binome.comptes.identifiants import lire_identifiant
from binome.comptes.telephones import lire_telephone
from binome.habillage.champs import UneAdresse, UneLigne, UnJour, UnNumero
from binome.impression.dessin import indessinable

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


def annee_plausible(annee: int) -> int:
    """A year of birth of someone who can train, at every door. Raises ValidationError."""
    cette_annee = timezone.localdate().year
    if not cette_annee - 90 <= annee <= cette_annee - 15:
        msg = "Cette année de naissance n’est pas plausible : vérifiez-la."
        raise forms.ValidationError(msg)
    return annee


class IdentiteDuCandidat(forms.Form):
    """Who the candidate is and who employs them; everything may still be missing in a draft."""

    prenom = UneLigne(
        label="Prénom",
        help_text="Un tiret si la personne n’a qu’un nom.",
        max_length=100,
        required=False,
    )
    nom = UneLigne(label="Nom", help_text="Le nom d’usage.", max_length=100, required=False)
    nom_de_naissance = UneLigne(
        label="Nom de naissance", help_text="S’il est différent.", max_length=100, required=False
    )
    naissance = UnJour(label="Date de naissance", required=False)
    naissance_annee = forms.IntegerField(
        label="Ou son année, si le jour est inconnu",
        required=False,
        error_messages={"invalid": "Donnez une année, par exemple 1962."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "10"}),
    )
    courriel = UneAdresse(label="Adresse électronique", required=False)
    telephone = UnNumero(label="Téléphone", lire=lire_telephone, required=False)
    employeur = UneLigne(label="Employeur", max_length=200, required=False)
    employeur_identifiant = UnNumero(
        label="Son SIRET ou son RPPS",
        help_text="14 chiffres pour un SIRET, 11 pour un RPPS. Il évite de confondre deux cabinets.",
        lire=lire_identifiant,
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
        for nom in ("prenom", "nom", "nom_de_naissance", "employeur"):
            faute = indessinable({"Ce nom": lus.get(nom) or ""})
            if faute is not None:
                self.add_error(nom, faute)
                del lus[nom]
        jour, annee = lus.get("naissance"), lus.get("naissance_annee")
        if jour is not None and annee is not None:
            # A day says its year: one kept beside the other could only contradict it.
            lus["naissance_annee"] = None
            if annee != jour.year:
                self.add_error(
                    "naissance_annee", "Cette année n’est pas celle de la date de naissance."
                )
        return lus

    def clean_prenom(self) -> str:
        """A first name, or the dash of who has none."""
        return prenom_lu(self.cleaned_data["prenom"])

    def clean_naissance_annee(self) -> int | None:
        """A year of birth of someone who can train."""
        annee: int | None = self.cleaned_data["naissance_annee"]
        return None if annee is None else annee_plausible(annee)

    def clean_naissance(self) -> date | None:
        """A birth date of someone who can train."""
        jour: date | None = self.cleaned_data["naissance"]
        return None if jour is None else naissance_plausible(jour)


class Depart(IdentiteDuCandidat):
    """What opens a dossier: enough to know whom it is about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in [nom for nom in self.fields if nom not in ("prenom", "nom", "naissance")]:
            del self.fields[nom]
        for nom, mot in (("prenom", "le prénom"), ("nom", "le nom")):
            self.fields[nom].required = True
            self.fields[nom].error_messages["required"] = f"Il nous manque {mot}."
