"""What is asked of a place and of a trainer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.comptes.models import Personne
from binome.formations.territoires import departements
from binome.habillage.champs import UneLigne, UnJour
from binome.pliage import plier

if TYPE_CHECKING:
    from binome.comptes.models import Organisation

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
