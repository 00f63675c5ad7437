"""The forms of the rules, of somebody who sits, of a jury, of a request by experience."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Q

from binome.comptes.models import Organisation
from binome.comptes.roles import CABINET, GROUPEMENT, ORGANISME
from binome.formations.territoires import departements
from binome.habillage.champs import UneAdresse, UneLigne, UnJour
from binome.jurys.etats import College
from binome.pliage import plier
from binome.regles.jours import lire_jour

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from binome.parcours.models import Parcours

JURES: Final = 30
POUVOIRS: Final = 10
JOURS_DE_RECOURS: Final = 366
HEURES: Final = 100_000
ORGANISATIONS: Final = 200
JOURS: Final = 400
"""Lines of a field of ties, or of days, at most."""


class UnEntier(forms.IntegerField):
    """A whole number, read as people type it."""

    widget = forms.TextInput

    def __init__(self, *, au_moins: int = 0, au_plus: int, **kwargs: Any) -> None:
        dit = f"Donnez un nombre entier de {au_moins} à {au_plus}."
        super().__init__(
            min_value=au_moins,
            max_value=au_plus,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), dit),
            **kwargs,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - as every field is asked
        """The keyboard of figures."""
        return {"inputmode": "numeric"}


class DesJours(forms.CharField):
    """Days, one a line; kept as ISO."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """The days, in their order."""
        texte = str(super().clean(value) or "").replace(",", "\n").replace(";", "\n")
        lignes = [un for un in texte.split("\n") if un.strip()]
        if len(lignes) > JOURS:
            raise forms.ValidationError(f"Donnez {JOURS} jours au plus.")
        lus = []
        for ligne in lignes:
            jour = lire_jour(ligne.strip())
            if jour is None:
                raise forms.ValidationError(
                    f"« {ligne.strip()[:40]} » n’est pas un jour. Écrivez un jour par ligne, par exemple 31/03/2027."
                )
            lus.append(jour)
        return [un.isoformat() for un in sorted(set(lus))]


class UnDepartement(forms.ChoiceField):
    """A département, by its code; empty where nobody says it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_departements, required=False, **kwargs)


def _departements() -> list[tuple[str, str]]:
    tries = sorted(departements().values(), key=lambda un: plier(un.nom))
    return [("", "Non dit"), *((un.code, f"{un.nom} ({un.code})") for un in tries)]


class DesChoix(forms.TypedMultipleChoiceField):
    """Several of a list, by number."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)


class DesOrganisations(forms.CharField):
    """Organisations of some kinds, one a line, by name or by number; kept by their numbers here."""

    widget = forms.Textarea

    def __init__(self, *, genres: Sequence[str], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.genres, self.exemple = genres, False

    def _connues(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(
            genre__in=self.genres, exemple=self.exemple, parrain__isnull=True
        )

    def clean(self, value: Any) -> Any:
        """The numbers of those that are known; says which is not."""
        lignes = [" ".join(un.split()) for un in str(super().clean(value) or "").split("\n")]
        dites = [un for un in lignes if un]
        if len(dites) > ORGANISATIONS:
            raise forms.ValidationError(f"Donnez {ORGANISATIONS} noms au plus.")
        chiffres = {un: "".join(un.split()) for un in dites}
        connues = self._connues().filter(Q(nom__in=dites) | Q(identifiant__in=chiffres.values()))
        par_nom = {un.nom: un.pk for un in connues}
        par_numero = {un.identifiant: un.pk for un in connues if un.identifiant}
        numeros = set()
        for un in dites:
            numero = par_nom.get(un) or par_numero.get(chiffres[un])
            if numero is None:
                raise forms.ValidationError(
                    f"« {un[:80]} » n’est pas connue ici : donnez son nom exact, ou son SIRET."
                )
            numeros.add(numero)
        return sorted(numeros)

    def prepare_value(self, value: Any) -> Any:
        """Numbers, by their names again."""
        if not isinstance(value, list):
            return value
        return "\n".join(
            self._connues().filter(pk__in=value).order_by("nom").values_list("nom", flat=True)
        )


class DesRegles(forms.Form):
    """The parameters of the juries of a branch."""

    du = UnJour(label="À partir du", error_messages={"required": "Donnez le premier jour."})
    presents = UnEntier(label="Personnes qui siègent, au moins", au_moins=2, au_plus=JURES)
    par_college = UnEntier(label="Personnes de chaque collège, au moins", au_plus=JURES)
    exterieurs_num = UnEntier(label="Part de l’extérieur : au moins", au_plus=JURES)
    exterieurs_den = UnEntier(label="sur", au_moins=1, au_plus=JURES)
    pouvoirs = UnEntier(label="Pouvoirs qu’une personne peut porter", au_plus=POUVOIRS)
    recours_jours = UnEntier(
        label="Jours pour contester", au_plus=JOURS_DE_RECOURS, required=False,
        help_text="Laissez vide si la branche ne le dit pas.",
    )  # fmt: skip
    source = UneLigne(
        label="Le texte d’où viennent ces règles", max_length=500,
        error_messages={"required": "Dites quel texte le dit : délibération, règlement, et sa date."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A share is no more than the whole."""
        dit = super().clean() or {}
        num, den = dit.get("exterieurs_num"), dit.get("exterieurs_den")
        if num is not None and den is not None and num > den:
            self.add_error("exterieurs_num", "La part ne dépasse pas le tout.")
        return dit


class UnMembre(forms.Form):
    """What the branch says of somebody who sits."""

    prenom = UneLigne(label="Prénom", max_length=100, required=False)
    nom = UneLigne(label="Nom", max_length=100, error_messages={"required": "Donnez son nom."})
    courriel = UneAdresse(
        label="Adresse électronique", required=False,
        help_text="La convocation y part. Si un compte a cette adresse, la personne déclare elle-même ses liens.",
    )  # fmt: skip
    college = forms.ChoiceField(
        label="Collège", choices=[("", "Choisissez"), *College.choices],
        error_messages={"required": "Choisissez le collège."},
    )  # fmt: skip
    exterieur = forms.BooleanField(
        label="Vient de l’extérieur : ni de la branche, ni d’un organisme qui forme", required=False
    )


class DesLiens(forms.Form):
    """What somebody who sits says of their ties and of their days."""

    organismes = DesOrganisations(
        label="Organismes de formation où cette personne travaille ou a travaillé", genres=(ORGANISME,),
        help_text="Un par ligne, par son nom ou son SIRET.",
    )  # fmt: skip
    employeurs = DesOrganisations(
        label="Cabinets et groupements pour qui elle travaille, ou dont elle répond", genres=(CABINET, GROUPEMENT),
        help_text="Un par ligne, par son nom ou son SIRET.",
    )  # fmt: skip
    connus = DesChoix(label="Personnes présentées qu’elle connaît")
    jours = DesJours(
        label="Jours où elle est libre", required=False,
        help_text="Un jour par ligne, par exemple 31/03/2027.",
    )  # fmt: skip
    au_plus = UnEntier(label="Nombre de jurys, au plus", au_plus=JURES)
    departement = UnDepartement(
        label="Département d’où elle vient",
        help_text="Pour proposer les jurys les plus proches. Vous pouvez ne pas le dire.",
    )

    def __init__(
        self, *args: Any, exemple: bool, parcours: Iterable[Parcours], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("organismes", "employeurs"):
            lu = self.fields[nom]
            assert isinstance(lu, DesOrganisations)  # noqa: S101 - for the types alone
            lu.exemple = exemple
        champ = self.fields["connus"]
        assert isinstance(champ, forms.TypedMultipleChoiceField)  # noqa: S101 - for the types alone
        champ.choices = [(un.pk, un.dossier.personne) for un in parcours]


class UnJury(forms.Form):
    """When and where a jury sits."""

    jour = UnJour(label="Jour", error_messages={"required": "Donnez le jour."})
    heure = forms.TimeField(
        label="Heure de début", required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Donnez une heure, par exemple 9:30."},
    )  # fmt: skip
    lieu = UneLigne(label="Lieu", max_length=200, required=False)
    departement = UnDepartement(
        label="Département", help_text="Pour proposer des personnes qui viennent de près."
    )

    def clean_heure(self) -> str:
        """The hour as it is kept: `09:30`, or nothing."""
        heure = self.cleaned_data.get("heure")
        return "" if heure is None else f"{heure:%H:%M}"


class UneVae(forms.Form):
    """A request by experience."""

    reference = UneLigne(
        label="Référence du dossier", max_length=20,
        error_messages={"required": "Donnez la référence du dossier."},
    )  # fmt: skip
    heures = UnEntier(
        label="Heures d’activité en rapport avec le métier", au_plus=HEURES,
        help_text="Celles que la personne déclare, salariées ou bénévoles.",
    )  # fmt: skip
