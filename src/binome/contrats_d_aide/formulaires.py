"""The forms of a contract, of who works under it, of what happens to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.agenda.territoires import lieu_du_departement
from binome.contrats_d_aide.champs_du_contrat import CHOISIR, UnCompteDePatients, UneValeurDite
from binome.contrats_d_aide.etats import (
    BandeDActivite,
    GenreDeContrat,
    OptionDeContrat,
    SpecialiteDeMedecin,
)
from binome.contrats_d_aide.lectures_de_champs import lire_des_etp
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.habillage.champs import UneLigne, UnNumero

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.models import Organisation

OUI_NON: Final = (("", "Je ne sais pas"), ("oui", "Oui"), ("non", "Non"))
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


def _oui_non(libelle: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, choices=OUI_NON, required=False)


GROUPES: Final = (
    ("Qui signe", ("signataire", "societe_signataire", "nom", "prenom", "rpps", "specialite", "caisse", "autre_caisse")),
    ("Le contrat", ("option", "etp", "secteur", "departement", "zone", "contrat_en_cours")),
    ("L’activité", ("patientele_mt", "file_active", "bande", "nouvel_installe", "exercice_particulier",
                    "exercice_regroupe", "exercice_coordonne")),
)  # fmt: skip


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

        if genre == GenreDeContrat.INDIVIDUEL:
            self.fields["patientele_mt"].help_text = ""

    @property
    def groupes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Its fields by what they are about, those of this kind of contract."""
        return [
            (titre, [self[nom] for nom in noms if nom in self.fields]) for titre, noms in GROUPES
        ]

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
