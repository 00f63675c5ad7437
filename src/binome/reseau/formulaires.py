"""What is asked of a place, of a trainer, of a call and of an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.comptes.models import Personne
from binome.formations.territoires import departements
from binome.habillage.champs import UneAdresse, UneLigne, UnJour
from binome.pliage import plier
from binome.regles.courante import base_courante
from binome.reseau.etats import EtatDeFormateur, EtatDeSite, ModaliteProposee
from binome.reseau.models import Formateur, SiteDeFormation
from binome.reseau.offres import referentiel_de

if TYPE_CHECKING:
    from binome.comptes.models import Organisation
    from binome.reseau.models import Candidature

OUI_NON: Final = (("", "Nous ne savons pas"), ("oui", "Oui"), ("non", "Non"))
CODE_POSTAL: Final = re.compile(r"\d{5}")
PLACES: Final = 500
"""Seats of a place beyond which a figure is a slip of the hand."""
ANNEES: Final = 60


def _departements() -> list[tuple[str, str]]:
    tries = sorted(departements().values(), key=lambda un: plier(un.nom))
    return [("", "Choisissez"), *((un.code, f"{un.nom} ({un.code})") for un in tries)]


class UnNombre(forms.IntegerField):
    """A whole number, read as people type it; empty is unknown."""

    widget = forms.TextInput

    def __init__(self, *, au_plus: int, quoi: str, **kwargs: Any) -> None:
        dit = f"Donnez un nombre entier de {kwargs.get('min_value', 0)} à {au_plus}{quoi}."
        super().__init__(
            max_value=au_plus,
            error_messages={"invalid": dit, "min_value": dit, "max_value": dit},
            **{"min_value": 0, **kwargs},
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - as every field is asked
        """The keyboard of figures; the browser judges nothing before us."""
        return {"inputmode": "numeric"}


class OuiOuNon(forms.ChoiceField):
    """Yes, no, or nobody said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=OUI_NON, required=False, **kwargs)

    def clean(self, value: Any) -> bool | None:
        """True, False, or None."""
        return {"oui": True, "non": False}.get(str(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        """What is kept, as the list says it."""
        return {True: "oui", False: "non"}.get(value, value) if isinstance(value, bool) else value


class UnSite(forms.Form):
    """A place of training."""

    nom = UneLigne(
        label="Nom du site", max_length=120,
        help_text="Comme vos stagiaires le connaissent.",
        error_messages={"required": "Donnez un nom à ce site."},
    )  # fmt: skip
    adresse = UneLigne(label="Adresse", max_length=200, required=False)
    code_postal = UneLigne(label="Code postal", max_length=5, required=False)
    commune = UneLigne(
        label="Commune", max_length=120, error_messages={"required": "Dites dans quelle commune."}
    )
    departement = forms.ChoiceField(
        label="Département", choices=_departements,
        error_messages={"required": "Choisissez le département."},
    )  # fmt: skip
    places = UnNombre(
        label="Places", required=False, min_value=1, au_plus=PLACES, quoi=" places",
        help_text="Combien de personnes y tiennent. Laissez vide si vous ne le savez pas.",
    )  # fmt: skip

    def clean_code_postal(self) -> str:
        """Five figures, or nothing."""
        code: str = self.cleaned_data["code_postal"]
        if code and not CODE_POSTAL.fullmatch(code):
            raise forms.ValidationError("Un code postal a cinq chiffres.")
        return code


class UnFormateur(forms.Form):
    """Somebody who trains: what the call asks, and nothing else."""

    prenom = UneLigne(label="Prénom", max_length=100, required=False)
    nom = UneLigne(label="Nom", max_length=100, error_messages={"required": "Donnez le nom."})
    compte = forms.ModelChoiceField(
        label="Son compte", queryset=Personne.objects.none(), required=False,
        empty_label="Aucun compte", help_text="Parmi les personnes de votre organisme.",
    )  # fmt: skip
    courriel = UneAdresse(
        label="Son adresse électronique", required=False,
        help_text="Sans compte, cette personne y reçoit une invitation quand une session qu’elle enseigne est publiée.",
    )  # fmt: skip
    annees = UnNombre(
        label="Années de pratique", required=False, au_plus=ANNEES, quoi=" ans",
        help_text="Dans les domaines du CQP, en années entières. Laissez vide si vous ne le savez pas.",
    )  # fmt: skip
    forme_a_former = OuiOuNon(label="A suivi une formation de formateur")
    soignant = OuiOuNon(label="Est professionnel de santé")
    depuis = UnJour(label="Forme chez vous depuis le", required=False)

    def __init__(self, *args: Any, organisme: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["compte"]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101 - for the types alone
        champ.queryset = (
            Personne.objects.filter(
                appartenances__organisation=organisme,
                appartenances__close_le__isnull=True,
                is_active=True,
            )
            .distinct()
            .order_by("nom", "prenom", "pk")
        )


TEXTE: Final = 5000
"""Characters of the text of a call."""
CAPACITE: Final = 5000


class UnAppel(forms.Form):
    """A call of the branch: its days, and what it asks."""

    titre = UneLigne(
        label="Titre de l’appel", max_length=120, error_messages={"required": "Donnez un titre."}
    )
    referentiel = forms.ChoiceField(
        label="Référentiel", error_messages={"required": "Choisissez le référentiel."}
    )
    du = UnJour(
        label="Premier jour pour répondre", error_messages={"required": "Donnez le premier jour."}
    )
    au = UnJour(
        label="Dernier jour, inclus", error_messages={"required": "Donnez le dernier jour."}
    )
    texte = forms.CharField(
        label="Ce que la branche demande", widget=forms.Textarea(attrs={"rows": 8}), max_length=TEXTE,
        help_text="Les organismes le liront tel quel.",
        error_messages={"required": "Dites ce que la branche demande."},
    )  # fmt: skip
    annees = UnNombre(
        label="Années de pratique demandées à qui forme", required=False, au_plus=ANNEES, quoi=" ans",
        help_text="Laissez vide si vous ne demandez rien.",
    )  # fmt: skip
    formation_de_formateur = forms.BooleanField(
        label="Demander une formation de formateur", required=False
    )
    part_de_soignants = UnNombre(
        label="Part de professionnels de santé, en %", required=False, au_plus=100, quoi=" %",
        help_text="Laissez vide si vous ne demandez rien.",
    )  # fmt: skip

    def __init__(self, *args: Any, certification: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        referentiels = base_courante(certification=certification).referentiels
        tries = sorted(referentiels.items(), key=lambda un: un[1].du, reverse=True)
        champ = self.fields["referentiel"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101 - for the types alone
        champ.choices = [(code, un.titre) for code, un in tries]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first one."""
        dit = super().clean() or {}
        du, au = dit.get("du"), dit.get("au")
        if du and au and au < du:
            self.add_error("au", "Le dernier jour vient avant le premier.")
        return dit


class DesNumeros(forms.TypedMultipleChoiceField):
    """Several objects of a list, by number."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


class UneCandidature(forms.Form):
    """The answer of an organisation: each field may stay empty until it is sent."""

    sites = DesNumeros(label="Vos sites")
    modalites = forms.MultipleChoiceField(
        label="Comment vous formez", choices=ModaliteProposee.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    capacite = UnNombre(
        label="Personnes que vous pouvez former par an", required=False, min_value=1, au_plus=CAPACITE,
        quoi=" personnes",
    )  # fmt: skip
    formateurs = DesNumeros(label="Qui formera")
    qualiopi = UneLigne(label="Numéro du certificat Qualiopi", max_length=40, required=False)
    qualiopi_du = UnJour(label="Certificat valable du", required=False)
    qualiopi_au = UnJour(label="Certificat valable jusqu’au, inclus", required=False)

    def __init__(self, *args: Any, candidature: Candidature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appel, organisme = candidature.appel, candidature.organisme_id
        sites = SiteDeFormation.objects.filter(organisme=organisme, etat=EtatDeSite.OUVERT)
        siens = Formateur.objects.filter(organisme=organisme, etat=EtatDeFormateur.FORME)
        for nom, lus in (("sites", sites), ("formateurs", siens)):
            champ = self.fields[nom]
            assert isinstance(champ, forms.TypedMultipleChoiceField)  # noqa: S101 - for the types alone
            champ.choices = [(un.pk, str(un)) for un in lus]
        referentiel = referentiel_de(appel.certification, appel.referentiel)
        self.blocs = [str(un.numero) for un in (referentiel.blocs if referentiel else ())]
        for un in referentiel.blocs if referentiel else ():
            self.fields[f"distance_{un.numero}"] = UnNombre(
                label=f"Bloc {un.numero} : part à distance, en %", required=False, au_plus=100, quoi=" %",
                help_text=un.intitule,
            )  # fmt: skip
        self.order_fields(
            [
                "modalites",
                "sites",
                *(f"distance_{un}" for un in self.blocs),
                "capacite",
                "formateurs",
            ]
        )

    @classmethod
    def de(cls, candidature: Candidature) -> UneCandidature:
        """The form, with what is kept."""
        parts = {f"distance_{bloc}": part for bloc, part in candidature.distance.items()}
        champs = (
            "sites",
            "modalites",
            "capacite",
            "formateurs",
            "qualiopi",
            "qualiopi_du",
            "qualiopi_au",
        )
        gardes = {un: getattr(candidature, un) for un in champs}
        return cls(candidature=candidature, initial={**gardes, **parts})

    def clean(self) -> dict[str, Any]:
        """The certificate does not end before it begins."""
        dit = super().clean() or {}
        du, au = dit.get("qualiopi_du"), dit.get("qualiopi_au")
        if du and au and au < du:
            self.add_error("qualiopi_du", "Ce jour vient après le dernier.")
            self.add_error("qualiopi_au", "Le dernier jour vient avant le premier.")
        return dit

    def a_garder(self, candidature: Candidature) -> dict[str, Any]:
        """What could be read, field by field: what could not stays as it was kept."""
        lues = dict(self.cleaned_data)
        if "qualiopi_du" in self.errors or "qualiopi_au" in self.errors:
            # Two days that contradict each other: neither is kept alone.
            lues.pop("qualiopi_du", None)
            lues.pop("qualiopi_au", None)
        parts = dict(candidature.distance)
        for bloc in self.blocs:
            if f"distance_{bloc}" in lues:
                part = lues.pop(f"distance_{bloc}")
                parts.pop(bloc, None)
                if part is not None:
                    parts[bloc] = part
        return {**lues, "distance": parts}
