"""The forms of the room: a request, a scale, the funds of a year, a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.habillage.champs import UneLigne, UnJour
from binome.prises_en_charge.baremes import BaremeDit
from binome.prises_en_charge.demandes import TermesDemandes
from binome.prises_en_charge.etats import NatureDeDocument, VoieDePaiement
from binome.prises_en_charge.passages import (
    LONGUEUR,
    lire_des_minutes,
    lire_un_montant,
    lire_un_montant_mesure,
    lire_un_plafond,
    lire_un_taux,
)
from binome.regles.calendrier import duree_en_clair, montant_en_clair

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from binome.comptes.models import Organisation
    from binome.prises_en_charge.models import PriseEnCharge

VOIES: Final = (("", "Choisissez"), *VoieDePaiement.choices)


class UnNombreDit(UneLigne):
    """A number of minutes or of cents, written as people do; None for nothing."""

    def __init__(self, *, lire: Callable[[str], int], **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self._lire_le_nombre = lire

    def clean(self, value: object) -> int | None:
        """The number. Raises ValidationError with a sentence."""
        dit = super().clean(value)
        if not dit:
            return None
        try:
            return self._lire_le_nombre(str(dit))
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None


def _taux(libelle: str, manque: str) -> UnNombreDit:
    return UnNombreDit(
        label=libelle, help_text="Par exemple 20 € ou 9,15 €, hors taxes.", lire=lire_un_taux,
        error_messages={"required": manque},
    )  # fmt: skip


class FormulaireDeDemande(forms.Form):
    """What is asked of a payer; `payeurs` are those of Binôme, `muets` those of them where nobody answers, `ecrits` the others already named."""

    voie = forms.ChoiceField(
        label="Par quelle voie", choices=VOIES, error_messages={"required": "Choisissez la voie."}
    )
    payeur = forms.ChoiceField(label="Le financeur, s’il est dans Binôme", required=False)
    autre_payeur = UneLigne(
        label="Son nom, s’il n’y est pas",
        max_length=200,
        required=False,
        help_text="Vous recopierez sa réponse et son numéro d’accord.",
    )
    debut = UnJour(
        label="Premier jour de la formation", error_messages={"required": "Donnez le premier jour."}
    )
    fin = UnJour(label="Dernier jour", error_messages={"required": "Donnez le dernier jour."})
    minutes = UnNombreDit(
        label="Heures demandées",
        help_text="Par exemple 279 h ou 112 h 30.",
        lire=lire_des_minutes,
        error_messages={"required": "Donnez les heures demandées."},
    )
    taux = _taux("Taux horaire de la formation", "Donnez le taux horaire.")
    salaire = UnNombreDit(
        label="Taux horaire du salaire, si ce financeur le paie",
        lire=lire_un_montant_mesure,
        required=False,
        help_text="Laissez vide s’il ne paie pas de salaire.",
    )
    plafond = UnNombreDit(
        label="Plafond pour toute la formation, s’il y en a un",
        lire=lire_un_plafond,
        required=False,
        help_text="Par exemple 5 580 €.",
    )
    ecart = forms.CharField(
        label="Pourquoi d’autres chiffres que ceux proposés",
        required=False,
        max_length=LONGUEUR,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subrogation = forms.BooleanField(
        label="Le financeur paie directement l’organisme", required=False
    )
    avec_evaluations = forms.BooleanField(
        label="Le financeur a dit qu’il paie les heures d’évaluation", required=False
    )
    depuis = UnJour(label="L’avenant vaut depuis le mois du", required=False)

    def __init__(
        self,
        *args: Any,
        payeurs: Iterable[Organisation],
        muets: Collection[int] = (),
        ecrits: Sequence[str] = (),
        avenant: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.connus = {str(un.pk): un for un in payeurs}
        self.ecrits = ecrits
        noms = {
            cle: f"{un.nom}, où personne ne répond encore" if un.pk in muets else un.nom
            for cle, un in self.connus.items()
        }
        choix = [("", "Aucun de ceux-ci"), *noms.items()]
        if ecrits:
            self.fields["autre_payeur"].widget.attrs["list"] = "financeurs-ecrits"
        self.fields["payeur"] = forms.ChoiceField(
            label="Le financeur, s’il est dans Binôme", choices=choix, required=False
        )
        if not avenant:
            del self.fields["depuis"]
        else:
            for nom in ("voie", "payeur", "autre_payeur"):
                del self.fields[nom]
            self.fields["depuis"].required = True

    def termes(self, prise: PriseEnCharge | None = None) -> TermesDemandes:
        """What was asked; an amendment keeps the route and the payer of its agreement."""
        dits = self.cleaned_data
        return TermesDemandes(
            voie=dits["voie"] if prise is None else prise.voie,
            payeur=self.connus.get(dits["payeur"]) if prise is None else prise.payeur,
            autre_payeur=dits["autre_payeur"] if prise is None else prise.autre_payeur,
            debut=dits["debut"], fin=dits["fin"], minutes=dits["minutes"], taux_cents=dits["taux"],
            salaire_cents=dits["salaire"], plafond_cents=dits["plafond"], ecart=dits["ecart"],
            subrogation=dits["subrogation"], avec_evaluations=dits["avec_evaluations"],
        )  # fmt: skip


def depart(prise: PriseEnCharge) -> dict[str, Any]:
    """The form as a request fills it."""
    return {
        "voie": prise.voie,
        "payeur": str(prise.payeur_id or ""),
        "autre_payeur": prise.autre_payeur,
        "debut": prise.debut,
        "fin": prise.fin,
        "minutes": duree_en_clair(prise.minutes_demandees),
        "taux": montant_en_clair(prise.taux_demande_cents),
        "salaire": _dit(prise.salaire_demande_cents),
        "plafond": _dit(prise.plafond_demande_cents),
        "ecart": prise.ecart,
        "subrogation": prise.subrogation,
        "avec_evaluations": prise.avec_evaluations,
    }


def _dit(cents: int | None) -> str:
    return "" if cents is None else montant_en_clair(cents)


class FormulaireDeDocument(forms.Form):
    """A document of a request."""

    nature = forms.ChoiceField(
        label="Quel document",
        choices=(("", "Choisissez"), *NatureDeDocument.choices),
        error_messages={"required": "Choisissez ce qu’est ce document."},
    )
    fichier = forms.FileField(
        label="Le fichier",
        help_text="Un PDF, ou une photo.",
        error_messages={"required": "Choisissez le fichier.", "empty": "Ce fichier est vide."},
    )


class FormulaireDeBareme(forms.Form):
    """What a payer pays by a route, with what says so."""

    voie = forms.ChoiceField(
        label="Par quelle voie", choices=VOIES, error_messages={"required": "Choisissez la voie."}
    )
    du = UnJour(label="Depuis le", error_messages={"required": "Donnez le premier jour."})
    au = UnJour(label="Jusqu’au, si vous le savez", required=False)
    taux = _taux("Taux horaire de la formation", "Donnez le taux horaire.")
    salaire = UnNombreDit(
        label="Taux horaire du salaire, s’il est payé", lire=lire_un_montant_mesure, required=False
    )
    plafond = UnNombreDit(
        label="Plafond pour une formation, s’il y en a un", lire=lire_un_plafond, required=False
    )
    document = UneLigne(
        label="Le document qui le dit",
        max_length=200,
        help_text="Son nom et sa date.",
        error_messages={"required": "Écrivez quel document dit ce barème."},
    )
    fichier = forms.FileField(label="Ce document, si vous l’avez", required=False)

    def dit(self) -> BaremeDit:
        """The scale that was said."""
        dits = self.cleaned_data
        return BaremeDit(
            dits["voie"], dits["du"], dits["au"], dits["taux"], dits["salaire"], dits["plafond"], dits["document"]
        )  # fmt: skip


class FormulaireDEnveloppe(forms.Form):
    """The funds of a year."""

    annee = forms.IntegerField(
        label="Année", min_value=2020, max_value=2100,
        error_messages={
            "required": "Donnez l’année.", "invalid": "Une année s’écrit en quatre chiffres.",
            "min_value": "Une année va de 2020 à 2100.", "max_value": "Une année va de 2020 à 2100.",
        },
    )  # fmt: skip
    voie = forms.ChoiceField(
        label="Pour quelle voie",
        choices=(("", "Toutes les voies"), *VoieDePaiement.choices),
        required=False,
    )
    montant = UnNombreDit(
        label="Fonds de l’année",
        lire=lire_un_montant,
        help_text="Par exemple 21 500 000 €.",
        error_messages={"required": "Donnez le montant."},
    )


class FormulaireDeConge(forms.Form):
    """Days of leave: of whom, among those of `qui`, from when to when."""

    qui = forms.ChoiceField(
        label="Pour qui", error_messages={"required": "Choisissez pour qui.", "invalid_choice": "Choisissez une personne de la liste."}
    )  # fmt: skip
    du = UnJour(label="Du", error_messages={"required": "Donnez le premier jour."})
    au = UnJour(label="Au, compris", error_messages={"required": "Donnez le dernier jour."})

    def __init__(self, *args: Any, qui: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qui"].choices = [("", "Choisissez"), *qui]  # type: ignore[attr-defined] # a field of choices
