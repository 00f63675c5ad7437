"""The forms of money: who buys, the mentions of invoices, a payment, an expense, an advance, an accounting year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from binome.comptes.identifiants import lire_identifiant
from binome.factures.depenses import DepenseDite
from binome.factures.emettre import AcheteurDit
from binome.factures.etats import NatureDeDepense
from binome.factures.mentions import FACULTATIFS, TEXTES, MentionsDites
from binome.habillage.champs import UneLigne, UnJour, UnNumero
from binome.prises_en_charge.formulaires import UnNombreDit
from binome.prises_en_charge.passages import lire_un_montant

if TYPE_CHECKING:
    from datetime import date

    from binome.comptes.models import Organisation

SIRET, CODE_POSTAL = 14, 5
EXERCICE_AU_PLUS: Final = timedelta(days=731)
"""An accounting year, and a long one: a bound of ours."""


def _lire_un_siret(texte: str) -> str:
    """The fourteen figures of an establishment, however they are spaced. Raises ValueError."""
    lu = lire_identifiant(texte)
    if lu and len(lu) != SIRET:
        raise ValueError("Un numéro SIRET a 14 chiffres.")
    return lu


def _lire_un_code_postal(texte: str) -> str:
    """Its five figures, however they are spaced. Raises ValueError."""
    colle = "".join(texte.split())
    if colle and not (len(colle) == CODE_POSTAL and colle.isascii() and colle.isdecimal()):
        raise ValueError("Un code postal a cinq chiffres.")
    return colle


class FormulaireDAcheteur(forms.Form):
    """Who buys, as the invoice says it."""

    nom = UneLigne(
        label="L’acheteur", max_length=200, error_messages={"required": "Écrivez qui achète."}
    )
    adresse = UneLigne(
        label="Son adresse : numéro et rue", max_length=200, error_messages={"required": "Écrivez son adresse."}
    )  # fmt: skip
    code_postal = UnNumero(
        label="Son code postal", lire=_lire_un_code_postal, error_messages={"required": "Écrivez son code postal."}
    )  # fmt: skip
    ville = UneLigne(
        label="Sa ville", max_length=100, error_messages={"required": "Écrivez sa ville."}
    )
    siret = UnNumero(label="Son numéro SIRET, s’il en a un", lire=_lire_un_siret, required=False)

    def dit(self, organisation: Organisation | None) -> AcheteurDit:
        """The buyer that was said."""
        dits = self.cleaned_data
        return AcheteurDit(
            dits["nom"], dits["adresse"], dits["code_postal"], dits["ville"], dits["siret"], organisation
        )  # fmt: skip


class FormulaireDeMentions(forms.Form):
    """What every invoice of an organisation carries."""

    attestation_le = UnJour(
        label="Le jour de l’attestation d’exonération de TVA (formulaire 3511)", required=False
    )
    delai = forms.IntegerField(label="Le délai de paiement, en jours", required=False)
    vues = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, libelle in {**TEXTES, **FACULTATIFS}.items():
            self.fields[nom] = UneLigne(label=libelle, max_length=300, required=False)

    def dites(self) -> MentionsDites:
        """The mentions that were said."""
        dits = self.cleaned_data
        textes = {nom: dits[nom] for nom in (*TEXTES, *FACULTATIFS)}
        return MentionsDites(textes, dits["attestation_le"], dits["delai"])


class FormulaireDeReglement(forms.Form):
    """A payment noted by hand, once: `cle` is the form's own."""

    jour = UnJour(label="Reçu le", error_messages={"required": "Donnez le jour."})
    montant = UnNombreDit(
        label="Montant", lire=lire_un_montant, help_text="Par exemple 1 050 €.",
        error_messages={"required": "Donnez le montant."},
    )  # fmt: skip
    texte = UneLigne(
        label="De qui, et pour quelle facture", max_length=300, required=False,
        help_text="Le numéro d’une facture suffit à rapprocher un montant exact.",
    )  # fmt: skip
    cle = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @classmethod
    def neuf(cls, personne: int, deja: int) -> FormulaireDeReglement:
        """An empty form; its key is who opened it and how many payments there were, so that a second click is the same."""
        return cls(initial={"cle": f"{personne}-{deja}"})


class FormulaireDeReleve(forms.Form):
    """A bank's file."""

    fichier = forms.FileField(
        label="Le fichier de votre banque", help_text="Un relevé en CSV, ou en camt.053.",
        error_messages={"required": "Choisissez le fichier.", "empty": "Ce fichier est vide."},
    )  # fmt: skip


class FormulaireDAvance(forms.Form):
    """What a trainee paid."""

    nature = forms.ChoiceField(
        label="Ce qui a été payé", choices=(("", "Choisissez"), *NatureDeDepense.choices),
        error_messages={"required": "Choisissez ce qui a été payé."},
    )  # fmt: skip
    jour = UnJour(label="Le jour", error_messages={"required": "Donnez le jour."})
    montant = UnNombreDit(
        label="Le montant payé", lire=lire_un_montant, help_text="Par exemple 18,50 €.",
        error_messages={"required": "Donnez le montant."},
    )  # fmt: skip

    def dite(self) -> DepenseDite:
        """What was said."""
        dits = self.cleaned_data
        proche = {"oui": True, "non": False}.get(str(dits.get("proche", "")))
        return DepenseDite(dits["nature"], dits["jour"], dits["montant"], proche)


class FormulaireDeDepense(FormulaireDAvance):
    """The same, by an employer, with the receipt and the rule of proximity."""

    proche = forms.ChoiceField(
        label="Pour un trajet ou un hébergement : l’organisme est-il proche du domicile ou du lieu de travail ?",
        choices=(("", "Sans objet : c’est un repas"), ("oui", "Oui"), ("non", "Non")), required=False,
    )  # fmt: skip
    fichier = forms.FileField(
        label="Le justificatif", help_text="Un PDF, ou une photo.",
        error_messages={"required": "Joignez le justificatif.", "empty": "Ce fichier est vide."},
    )  # fmt: skip


class FormulaireDExercice(forms.Form):
    """An accounting year."""

    du = UnJour(
        label="Premier jour de l’exercice", error_messages={"required": "Donnez le premier jour."}
    )
    au = UnJour(label="Dernier jour", error_messages={"required": "Donnez le dernier jour."})

    def clean(self) -> dict[str, Any]:
        """Days in their order, not too far apart."""
        dits = super().clean() or {}
        du, au = dits.get("du"), dits.get("au")
        if du and au and not du <= au <= du + EXERCICE_AU_PLUS:
            raise forms.ValidationError(
                "Un exercice va d’un jour à un autre, deux ans plus tard au plus."
            )
        return dits


def exercice_par_defaut() -> tuple[date, date]:
    """Last year, which the bilan of this spring tells."""
    annee = timezone.localdate().year - 1
    debut = timezone.localdate().replace(year=annee, month=1, day=1)
    return debut, debut.replace(month=12, day=31)
