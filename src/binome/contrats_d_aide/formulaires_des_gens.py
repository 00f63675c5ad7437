"""The forms of who works under a contract, of what happens to it, of what is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.contrats_d_aide.champs_du_contrat import (
    CHOISIR,
    UnCompteDePatients,
    UneValeurDite,
    UnJourDuContrat,
)
from binome.contrats_d_aide.etats import (
    DitPar,
    GenreDePoste,
    NatureDEvenement,
    PourvuPar,
    QualificationDite,
)
from binome.contrats_d_aide.lectures_de_champs import lire_des_etp
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.emplois.parts import EXEMPLES
from binome.emplois.parts import lire as lire_une_part
from binome.habillage.champs import UneLigne, UnNumero
from binome.prises_en_charge.passages import lire_un_montant

if TYPE_CHECKING:
    from collections.abc import Mapping

CE_QUI_SE_DIT: Final = (
    NatureDEvenement.ABSENCE, NatureDEvenement.RETOUR, NatureDEvenement.VACANCE, NatureDEvenement.REMPLACEMENT,
    NatureDEvenement.SECRETARIAT, NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU,
    NatureDEvenement.DEMENAGEMENT, NatureDEvenement.SPECIALITE, NatureDEvenement.VERSEMENT,
)  # fmt: skip


class FormulaireDePoste(forms.Form):
    """Who works under a contract; `emplois` are the jobs that may be chosen."""

    genre = forms.ChoiceField(
        label="Ce que fait cette personne",
        choices=tuple(un for un in GenreDePoste.choices if un[0] != GenreDePoste.SECRETAIRE),
    )
    emploi = forms.ChoiceField(label="Une personne que Binôme connaît", required=False)
    nom = UneLigne(label="Ou son nom", max_length=200, required=False)
    part = UneValeurDite(
        label="La part de temps que ce contrat paie",
        lire=lire_une_part,
        required=False,
        help_text=f"Par exemple {EXEMPLES}.",
    )
    du = UnJourDuContrat(label="Depuis le", error_messages={"required": "Dites depuis quel jour."})
    promue = forms.BooleanField(label="Cette personne tenait le secrétariat", required=False)
    part_du_secretariat = UneValeurDite(
        label="Si oui, la part de temps à remplacer au secrétariat",
        lire=lire_une_part,
        required=False,
    )
    qualification = forms.ChoiceField(
        label="Sa formation",
        choices=(("", "Je ne sais pas"), *QualificationDite.choices),
        required=False,
    )
    qualifiee_le = UnJourDuContrat(label="Qualification obtenue le", required=False)
    afgsu_le = UnJourDuContrat(label="AFGSU obtenue le", required=False)

    def __init__(self, *args: Any, emplois: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["emploi"] = forms.ChoiceField(
            label="Une personne que Binôme connaît",
            required=False,
            choices=[("", "Aucune de celles-ci"), *emplois.items()],
        )

    def clean(self) -> dict[str, Any]:
        """A tutor has no share; an assistant has one. Raises ValidationError."""
        dits = super().clean() or self.cleaned_data
        if (
            dits.get("genre") == GenreDePoste.ASSISTANT
            and dits.get("part") is None
            and "part" not in self.errors
        ):
            self.add_error("part", "Dites la part de temps que ce contrat paie.")
        return dits


class FormulaireDeDepart(forms.Form):
    """The last day of someone."""

    au = UnJourDuContrat(
        label="Dernier jour", error_messages={"required": "Dites le dernier jour."}
    )


class FormulaireDEvenement(forms.Form):
    """What happened; `postes` are those of the contract."""

    nature = forms.ChoiceField(
        label="Ce qui arrive",
        choices=(CHOISIR, *((un.value, un.label) for un in CE_QUI_SE_DIT)),
        error_messages={"required": "Choisissez ce qui arrive."},
    )
    poste = forms.ChoiceField(label="À qui, ou pour quel poste", required=False)
    du = UnJourDuContrat(label="Le, ou depuis le", error_messages={"required": "Dites quel jour."})
    au = UnJourDuContrat(label="Jusqu’au, pour une absence dont la fin est connue", required=False)
    pourvu_par = forms.ChoiceField(
        label="Pour un secrétariat remplacé, par qui",
        choices=(("", "Sans objet"), *PourvuPar.choices),
        required=False,
    )
    rang = forms.IntegerField(
        label="Pour un versement, l’année du contrat",
        required=False,
        min_value=1,
        max_value=5,
        error_messages={
            "invalid": "Une année va de 1 à 5.",
            "min_value": "Une année va de 1 à 5.",
            "max_value": "Une année va de 1 à 5.",
        },
    )
    numero = forms.IntegerField(
        label="Et son numéro dans l’année",
        required=False,
        min_value=1,
        max_value=12,
        error_messages={
            "invalid": "Écrivez 1, ou 2 pour le second.",
            "min_value": "Écrivez 1, ou 2 pour le second.",
            "max_value": "Écrivez 1, ou 2 pour le second.",
        },
    )
    montant_cents = UneValeurDite(
        label="Et la somme reçue",
        lire=lire_un_montant,
        required=False,
        help_text="Par exemple 19 000 €.",
    )

    def __init__(self, *args: Any, postes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["poste"] = forms.ChoiceField(
            label="À qui, ou pour quel poste",
            required=False,
            choices=[("", "Personne en particulier"), *postes.items()],
        )

    def clean(self) -> dict[str, Any]:
        """Only an absence has a last day. Raises ValidationError."""
        dits = super().clean() or self.cleaned_data
        if dits.get("au") and dits.get("nature") not in ("", None, NatureDEvenement.ABSENCE):
            self.add_error("au", "Une absence seule a un dernier jour : laissez ce champ vide.")
        return dits

    def code(self) -> str:
        """Which payment an event tells of."""
        rang, numero = self.cleaned_data.get("rang"), self.cleaned_data.get("numero")
        return f"{rang}.{numero or 1}" if rang else ""


class FormulaireDEcheanceTenue(forms.Form):
    """The day that a duty was done; who replaces a secretary, where it is about one."""

    le = UnJourDuContrat(label="Fait le", error_messages={"required": "Dites quel jour."})
    pourvu_par = forms.ChoiceField(label="Par qui", choices=PourvuPar.choices)

    def __init__(self, *args: Any, secretariat: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not secretariat:
            del self.fields["pourvu_par"]


class FormulaireDInvitation(forms.Form):
    """Where a doctor's invitation goes, and the number that says who they are."""

    rpps = UneLigne(
        label="Son numéro RPPS, lu sur le contrat signé",
        max_length=40,
        help_text="Onze chiffres.",
        error_messages={"required": "Écrivez le numéro RPPS du médecin : il prouve qui il est."},
    )
    courriel = UneLigne(
        label="Son adresse électronique",
        max_length=254,
        error_messages={"required": "Dites à quelle adresse écrire."},
    )


class FormulaireDEntree(forms.Form):
    """A doctor who enters a collective contract."""

    nom = UneLigne(
        label="Nom du médecin",
        max_length=100,
        error_messages={"required": "Dites le nom du médecin."},
    )
    prenom = UneLigne(label="Son prénom", max_length=100, required=False)
    rpps = UnNumero(
        label="Son numéro RPPS", lire=lire_un_rpps, required=False, help_text="Onze chiffres."
    )
    entree = UnJourDuContrat(label="Entre le", error_messages={"required": "Dites quel jour."})


class FormulaireDeSortie(forms.Form):
    """The last day of a doctor in a collective contract."""

    sortie = UnJourDuContrat(
        label="Dernier jour dans le contrat", error_messages={"required": "Dites quel jour."}
    )


class FormulaireDObjectif(forms.Form):
    """The objective of a year, as a contract says it."""

    rang = forms.TypedChoiceField(
        label="Quelle année du contrat",
        coerce=int,
        choices=[(str(un), f"Année {un}") for un in range(1, 6)],
    )
    mt_depart = UnCompteDePatients("Patientèle au départ")
    mt_attendu = UnCompteDePatients("Patientèle à atteindre")
    fa_depart = UnCompteDePatients("File active au départ")
    fa_attendu = UnCompteDePatients("File active à atteindre")
    dit_par = forms.ChoiceField(label="Qui le dit", choices=DitPar.choices)


class FormulaireDePatientele(forms.Form):
    """The patient list and the active file of a day."""

    jour = UnJourDuContrat(label="Au", error_messages={"required": "Dites quel jour."})
    mt = UnCompteDePatients("Patientèle médecin traitant")
    fa = UnCompteDePatients("File active")


class FormulaireDeFrais(forms.Form):
    """What a group invoices in a month, to be shared: never kept."""

    cout = UneValeurDite(
        label="Coût du mois, salaire et charges",
        lire=lire_un_montant,
        required=False,
        help_text="Par exemple 3 000 €.",
    )
    frais = UneValeurDite(
        label="Frais de gestion du mois",
        lire=lire_un_montant,
        required=False,
        help_text="Par exemple 120 €.",
    )


class FormulaireDEssai(forms.Form):
    """When the next contract would be signed, and for how many posts with a group: kept nowhere."""

    jour = UnJourDuContrat(label="Signé le", error_messages={"required": "Dites quel jour."})
    etp = UneValeurDite(
        label="Avec un groupe, combien de temps pleins en tout",
        lire=lire_des_etp,
        required=False,
        help_text="Laissez vide sans groupe. Par exemple 1,5.",
    )


class FormulaireSansChamp(forms.Form):
    """A gesture that asks for nothing."""


class FormulaireDePartDuGroupement(forms.Form):
    """The share of a group's employee that one of its members' contracts pays."""

    contrat = forms.ChoiceField(
        label="Pour quel contrat", error_messages={"required": "Choisissez le contrat."}
    )
    emploi = forms.ChoiceField(
        label="Quelle personne", error_messages={"required": "Choisissez la personne."}
    )
    part = UneValeurDite(
        label="La part de temps que ce contrat paie",
        lire=lire_une_part,
        help_text=f"Par exemple {EXEMPLES}.",
        error_messages={"required": "Dites la part de temps."},
    )
    du = UnJourDuContrat(label="Depuis le", error_messages={"required": "Dites depuis quel jour."})

    def __init__(
        self, *args: Any, contrats: Mapping[str, str], emplois: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom, libelle, choix, manque in (
            ("contrat", "Pour quel contrat", contrats, "Choisissez le contrat."),
            ("emploi", "Quelle personne", emplois, "Choisissez la personne."),
        ):
            self.fields[nom] = forms.ChoiceField(
                label=libelle,
                choices=[CHOISIR, *choix.items()],
                error_messages={"required": manque},
            )
        self.order_fields(["contrat", "emploi", "part", "du"])
