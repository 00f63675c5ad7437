"""The forms of the room: a civil status, the settings of a branch, a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from binome.accrochage import schema
from binome.habillage.champs import UneLigne, UnJour
from binome.passeport.fiches import lire_la_fiche
from binome.passeport.reglages import NUMEROS, fautes_des_numeros
from binome.regles.calendrier import date_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from datetime import date

    from binome.passeport.fiches import FicheLue

SEXES: Final = (("", "Choisissez"), ("F", "Féminin"), ("M", "Masculin"))


def _nom(libelle: str, aide: str = "") -> UneLigne:
    return UneLigne(label=libelle, help_text=aide, max_length=schema.NOM, required=False)


class FormulaireDEtatCivil(forms.Form):
    """Who a person is: the rules are those of what is declared, so that nothing kept is refused later for its form."""

    nom_naissance = _nom("Nom de naissance", "Comme sur l’acte ou la pièce d’identité.")
    nom_usage = _nom("Nom d’usage, s’il est différent")
    prenom1 = _nom("Premier prénom")
    prenom2 = _nom("Deuxième prénom")
    prenom3 = _nom("Troisième prénom")
    naissance = UneLigne(
        label="Date de naissance",
        help_text="Par exemple 03/05/1984. L’année seule, si le jour n’est pas connu.",
        max_length=40,
        required=False,
    )
    sexe = forms.ChoiceField(label="Sexe inscrit à l’état civil", choices=SEXES, required=False)
    insee = UneLigne(
        label="Code Insee de la commune de naissance",
        help_text="Cinq caractères, par exemple 40088 ou 2A004. Né ou née à l’étranger : le code qui commence par 99.",
        max_length=10,
        required=False,
    )
    code_postal = UneLigne(
        label="Ou le code postal, sans le code Insee", max_length=schema.CODE_POSTAL, required=False
    )
    commune = _nom("Nom de la commune de naissance")
    pays = _nom("Pays de naissance, hors de France", "Son nom, ou son code de trois caractères.")
    nir = UneLigne(
        label="Numéro de sécurité sociale",
        help_text="Quinze chiffres. Il est chiffré, et détruit dès que le certificat est au passeport.",
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, avec_nir: bool, nir_tenu: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.avec_nir = avec_nir
        self.lue: FicheLue | None = None
        if not avec_nir:
            del self.fields["nir"]
        elif nir_tenu:
            self.fields[
                "nir"
            ].help_text = "Déjà enregistré : laissez vide pour le garder, ou écrivez-en un autre."

    def clean(self) -> dict[str, Any]:
        """What was typed, read as the schema will carry it; each mistake on its field."""
        dits = super().clean() or {}
        if not self.errors:
            self.lue = lire_la_fiche(
                {nom: str(dit or "") for nom, dit in dits.items()}, avec_nir=self.avec_nir
            )
            for nom, dit in self.lue.fautes.items():
                self.add_error(nom if nom in self.fields else None, dit)
        return dits


class FormulaireDeReglages(forms.Form):
    """The numbers of the portal, each as it was given; an empty one is only missing."""

    id_client = UneLigne(label="Identifiant client", max_length=20, required=False)
    certificateur = UneLigne(label="Identifiant du certificateur", max_length=20, required=False)
    contrat = UneLigne(label="Numéro de contrat", max_length=40, required=False)
    nir = forms.BooleanField(
        label="Demander le numéro de sécurité sociale, et l’envoyer quand il est connu",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Each number is as long as the portal makes them; a form that gives none is not ours, and empties nothing."""
        dits = super().clean() or {}
        if not NUMEROS.keys() <= self.data.keys():
            raise forms.ValidationError("Ce formulaire est incomplet : rien n’est changé.")
        for nom, dit in fautes_des_numeros({nom: dits.get(nom, "") for nom in NUMEROS}).items():
            self.add_error(nom, majuscule(dit))
        return dits


class FormulaireDeSchema(forms.Form):
    """The file that the branch took on the portal, and its day."""

    fichier = forms.FileField(
        label="Le fichier XSD",
        error_messages={
            "required": "Choisissez le fichier XSD.",
            "empty": "Ce fichier est vide : choisissez le fichier XSD.",
        },
    )
    du = UnJour(
        label="De quel jour est-il",
        error_messages={"required": "Donnez le jour où vous l’avez pris."},
    )

    def clean_du(self) -> date:
        """A day that is not to come."""
        du: date = self.cleaned_data["du"]
        if du > timezone.localdate():
            raise forms.ValidationError(f"Relisez la date : le {date_en_clair(du)} est à venir.")
        return du
