"""The forms of a contract, of who works under it, of what happens to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.agenda.territoires import lieu_du_departement
from binome.contrats_d_aide.etats import (
    BandeDActivite,
    DitPar,
    GenreDeContrat,
    GenreDePoste,
    NatureDEvenement,
    OptionDeContrat,
    PourvuPar,
    QualificationDite,
    SpecialiteDeMedecin,
)
from binome.contrats_d_aide.lectures_de_champs import lire_des_etp, lire_un_jour
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.emplois.parts import EXEMPLES
from binome.emplois.parts import lire as lire_une_part
from binome.habillage.champs import UneLigne, UnJour, UnNumero
from binome.prises_en_charge.passages import lire_un_montant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from binome.comptes.models import Organisation

OUI_NON: Final = (("", "Je ne sais pas"), ("oui", "Oui"), ("non", "Non"))
CHOISIR: Final = ("", "Choisissez")
SECTEURS: Final = (CHOISIR, ("1", "Secteur 1"), ("2_optam", "Secteur 2 avec Optam"), ("2", "Secteur 2 sans Optam"))  # fmt: skip
SOCIETES: Final = (
    CHOISIR, ("scp", "Société civile professionnelle (SCP)"), ("scm", "Société civile de moyens (SCM)"),
    ("sisa", "Société interprofessionnelle de soins ambulatoires (SISA)"),
    ("sel", "Société d’exercice libéral (SEL)"), ("autre", "Une autre structure"),
)  # fmt: skip
DITS_OUI_NON: Final = {
    "nouvel_installe": "Le médecin vient de s’installer",
    "exercice_particulier": "Mode d’exercice particulier (MEP)",
    "exercice_regroupe": "Exerce avec au moins un autre médecin",
    "exercice_coordonne": "Exercice coordonné (maison ou équipe de santé, CPTS)",
    "contrat_en_cours": "Un contrat d’aide courait déjà avant celui-ci",
}
NOMBRES: Final = {"patientele_mt": "Patientèle médecin traitant", "file_active": "File active"}
D_UN_COLLECTIF: Final = ("societe_signataire", "etp")
D_UN_INDIVIDUEL: Final = (
    "nom",
    "prenom",
    "rpps",
    "specialite",
    "option",
    "bande",
    "contrat_en_cours",
)
CE_QUI_SE_DIT: Final = (
    NatureDEvenement.ABSENCE, NatureDEvenement.RETOUR, NatureDEvenement.VACANCE, NatureDEvenement.REMPLACEMENT,
    NatureDEvenement.SECRETARIAT, NatureDEvenement.QUALIFICATION, NatureDEvenement.AFGSU,
    NatureDEvenement.DEMENAGEMENT, NatureDEvenement.SPECIALITE, NatureDEvenement.VERSEMENT,
)  # fmt: skip


class UneValeurDite(UneLigne):
    """A value written as people do, read by `lire`; None for nothing."""

    def __init__(self, *, lire: Callable[[str], int], **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self._lire_la_valeur = lire

    def clean(self, value: object) -> int | None:
        """The value. Raises ValidationError with a sentence."""
        dit = super().clean(value)
        if not dit:
            return None
        try:
            return self._lire_la_valeur(str(dit))
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None


class UnJourDuContrat(UnJour):
    """A day of a contract: not of another century."""

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError with a sentence."""
        lu = super().clean(value)
        if lu is None:
            return None
        try:
            return lire_un_jour(lu.isoformat())
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None


class UnCompteDePatients(forms.IntegerField):
    """How many patients; None for nothing."""

    def __init__(self, libelle: str, **kwargs: Any) -> None:
        super().__init__(
            label=libelle, min_value=0, max_value=200_000, required=False,
            error_messages={
                "invalid": "Écrivez un nombre de patients.", "min_value": "Écrivez un nombre de patients.",
                "max_value": "Ce nombre est trop grand : relisez-le.",
            }, **kwargs,
        )  # fmt: skip


def _oui_non(libelle: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, choices=OUI_NON, required=False)


class FormulaireDeContrat(forms.Form):
    """What a contract is to be; `signataires` are the practices that a person answers for, `caisses` those of Binôme."""

    signataire = forms.ChoiceField(
        label="Le cabinet qui signe", error_messages={"required": "Choisissez le cabinet."}
    )
    nom = UneLigne(
        label="Nom du médecin",
        max_length=100,
        error_messages={"required": "Dites le nom du médecin."},
    )
    prenom = UneLigne(label="Son prénom", max_length=100, required=False)
    rpps = UnNumero(
        label="Son numéro RPPS", lire=lire_un_rpps, required=False, help_text="Onze chiffres."
    )
    specialite = forms.ChoiceField(
        label="Sa spécialité",
        choices=(CHOISIR, *SpecialiteDeMedecin.choices),
        error_messages={"required": "Choisissez sa spécialité."},
    )
    societe_signataire = forms.ChoiceField(
        label="Quelle société signe",
        choices=SOCIETES,
        error_messages={"required": "Choisissez la société."},
    )
    caisse = forms.ChoiceField(label="La caisse, si elle est dans Binôme", required=False)
    autre_caisse = UneLigne(label="Son nom, si elle n’y est pas", max_length=200, required=False)
    departement = UneLigne(
        label="Département", max_length=3, required=False, help_text="Par exemple 35, 2A ou 974."
    )
    zone = forms.ChoiceField(
        label="En zone sous-dense (zone d’intervention prioritaire)",
        choices=OUI_NON,
        required=False,
    )
    option = forms.ChoiceField(
        label="Le temps de travail que le contrat paie",
        choices=(CHOISIR, *OptionDeContrat.choices),
        error_messages={"required": "Choisissez une option."},
    )
    etp = UneValeurDite(
        label="Combien de temps pleins le contrat paie",
        lire=lire_des_etp,
        help_text="Par exemple 1,5.",
        error_messages={"required": "Dites combien de temps pleins."},
    )
    secteur = forms.ChoiceField(
        label="Secteur conventionnel",
        choices=SECTEURS,
        error_messages={"required": "Choisissez le secteur."},
    )
    bande = forms.ChoiceField(
        label="Rang de l’activité parmi les confrères",
        choices=(("", "Je ne sais pas"), *BandeDActivite.choices),
        required=False,
        help_text="La CPAM le donne.",
    )
    patientele_mt = UnCompteDePatients(
        "Patientèle médecin traitant", help_text="En moyenne, pour un contrat collectif."
    )
    file_active = UnCompteDePatients("File active")
    nouvel_installe = _oui_non(DITS_OUI_NON["nouvel_installe"])
    exercice_particulier = _oui_non(DITS_OUI_NON["exercice_particulier"])
    exercice_regroupe = _oui_non(DITS_OUI_NON["exercice_regroupe"])
    exercice_coordonne = _oui_non(DITS_OUI_NON["exercice_coordonne"])
    contrat_en_cours = _oui_non(DITS_OUI_NON["contrat_en_cours"])

    def __init__(
        self,
        *args: Any,
        genre: str,
        signataires: Iterable[Organisation],
        caisses: Iterable[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.genre = genre
        self.signataires = {str(un.pk): un for un in signataires}
        self.caisses = {str(un.pk): un for un in caisses}
        for nom in D_UN_INDIVIDUEL if genre == GenreDeContrat.COLLECTIF else D_UN_COLLECTIF:
            del self.fields[nom]
        maisons = [(cle, un.nom) for cle, un in self.signataires.items()]
        self.fields["signataire"] = forms.ChoiceField(
            label="Le cabinet qui signe",
            choices=maisons,
            error_messages={"required": "Choisissez le cabinet."},
        )
        self.fields["caisse"] = forms.ChoiceField(
            label="La caisse, si elle est dans Binôme",
            required=False,
            choices=[
                ("", "Aucune de celles-ci"),
                *((cle, un.nom) for cle, un in self.caisses.items()),
            ],
        )
        self.order_fields(list(self.base_fields))

    def clean_departement(self) -> str:
        """The code of a département. Raises ValidationError."""
        code = str(self.cleaned_data["departement"]).upper()
        if code and lieu_du_departement(code) is None:
            raise forms.ValidationError("Ce code n’est pas celui d’un département.")
        return code

    def faits(self) -> dict[str, Any]:
        """The facts that were said, as the rule base reads them; those that nobody knows are left out."""
        dits = self.cleaned_data
        lus: dict[str, Any] = {nom: dits[nom] for nom in NOMBRES if dits.get(nom) is not None}
        lus |= {nom: dits[nom] == "oui" for nom in DITS_OUI_NON if dits.get(nom)}
        return lus | {nom: dits[nom] for nom in ("secteur", "societe_signataire") if dits.get(nom)}


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

    def code(self) -> str:
        """Which payment an event tells of."""
        rang, numero = self.cleaned_data.get("rang"), self.cleaned_data.get("numero")
        return f"{rang}.{numero or 1}" if rang else ""


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


class FormulaireDeReleve(forms.Form):
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
