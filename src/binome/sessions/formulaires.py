"""What is asked to prepare a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.agenda.jours import JOURS_DE_LA_SEMAINE
from binome.habillage.champs import UneLigne, UnJour
from binome.regles.calendrier import date_en_clair, lire_duree
from binome.reseau.etats import EtatDeSite
from binome.reseau.models import SiteDeFormation
from binome.sessions.equipe import PERSONNE, choix, de_ce_code
from binome.sessions.etats import ModaliteDeCreneau
from binome.sessions.horloge import heure_en_clair, lire_heure
from binome.sessions.passages import LIEN, SALLE
from binome.sessions.passages_de_session import PLACES
from binome.sessions.pose import Horaire
from binome.sessions.preparation import DemandeDeSession

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.regles.referentiels import Module, Referentiel

ANNEES: Final = (2018, 2100)
RANGS: Final = ("D’abord", "Puis", "Ensuite", "Enfin")
DUREE: Final = "duree_"
"""How the fields start that ask for the minutes of a module."""
HEURES: Final = ("matin_de", "matin_a", "apres_midi_de", "apres_midi_a")
MODALITES: Final = (ModaliteDeCreneau.SUR_PLACE, ModaliteDeCreneau.CLASSE_VIRTUELLE)
"""How a whole session may be taught: what has no timetable is laid by hand."""


def sites_ouverts(acteur: Acteur) -> QuerySet[SiteDeFormation]:
    """The places where somebody may plan sessions."""
    siens = SiteDeFormation.objects.filter(
        organisme__in=acteur.organisations("gestionnaire"), etat=EtatDeSite.OUVERT
    )
    return siens.select_related("organisme").order_by("organisme__nom", "nom", "pk")


class UneHeure(forms.CharField):
    """An hour, as people write it, in minutes after midnight; shown by the clock of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, widget=forms.TextInput(attrs={"type": "time", "step": "300"}), **kwargs
        )

    def to_python(self, value: Any) -> int | None:  # type: ignore[override] # an hour is read, not a text
        """The minutes. Raises ValidationError, which says what to write."""
        dite = str(value or "").strip()
        try:
            return lire_heure(dite) if dite else None
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None

    def run_validators(self, value: Any) -> None:
        """None is left to run."""


class FormulaireDeSession(forms.Form):
    """Where, what, when, for how many; then one field for each module whose duration no source gives."""

    site = forms.ModelChoiceField(
        label="Le site",
        queryset=SiteDeFormation.objects.none(),
        empty_label="Choisissez",
        error_messages={
            "required": "Choisissez le site de la session.",
            "invalid_choice": "Ce site n’est pas, ou plus, ouvert chez vous : choisissez-en un de la liste.",
        },
    )
    epreuves = forms.BooleanField(
        label="Garder les heures des épreuves, à la fin de chaque bloc", required=False
    )
    debut = UnJour(
        label="Le premier jour possible",
        error_messages={"required": "Donnez le premier jour possible."},
    )
    jours = forms.MultipleChoiceField(
        label="Les jours de la semaine",
        choices=tuple((str(rang), nom) for rang, nom in enumerate(JOURS_DE_LA_SEMAINE)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez un jour de la semaine au moins."},
    )
    matin_de = UneHeure(label="Le matin, de")
    matin_a = UneHeure(label="à")
    apres_midi_de = UneHeure(label="L’après-midi, de")
    apres_midi_a = UneHeure(label="à")
    capacite = forms.IntegerField(
        label="Nombre de places",
        min_value=1,
        max_value=PLACES,
        error_messages={
            "required": "Donnez le nombre de places.",
            "invalid": "Donnez un nombre de places, en chiffres.",
            "min_value": "Une session a une place au moins.",
            "max_value": f"Une session a {PLACES} places au plus.",
        },
    )
    modalite = forms.ChoiceField(
        label="Comment", choices=tuple((str(un.value), str(un.label)) for un in MODALITES)
    )
    formateur = forms.ChoiceField(
        label="Qui enseigne, sauf exception",
        required=False,
        error_messages={"invalid_choice": "Choisissez une personne de la liste."},
    )
    salle = UneLigne(label="La salle", max_length=SALLE, required=False)
    lien = forms.URLField(
        label="Le lien de la classe virtuelle",
        max_length=LIEN,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": "Ce lien n’est pas une adresse : collez-la entière, elle commence par https://"
        },
    )

    def __init__(
        self,
        *args: Any,
        acteur: Acteur,
        certification: str,
        referentiel: Referentiel,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.certification, self.referentiel = certification, referentiel
        self.fields["site"].queryset = sites_ouverts(acteur)  # type: ignore[attr-defined] # a field of models
        self.fields["formateur"].choices = [  # type: ignore[attr-defined] # a field of choices
            ("", "À désigner plus tard"),
            *choix(*acteur.organisations("gestionnaire")),
        ]
        blocs = [
            ("", "Aucun"),
            *((str(un.numero), f"Bloc {un.numero} : {un.intitule}") for un in referentiel.blocs),
        ]
        for rang, _ in enumerate(referentiel.blocs, 1):
            mot = RANGS[min(rang, len(RANGS)) - 1]
            self.fields[f"bloc_{rang}"] = forms.ChoiceField(
                label=mot, choices=blocs, required=False
            )
        for module in self.sans_duree:
            self.fields[f"{DUREE}{module.code}"] = UneLigne(
                label=f"{module.code} · {module.intitule}", max_length=20, required=False
            )

    @property
    def sans_duree(self) -> Sequence[Module]:
        """The modules whose duration no source gives."""
        return [un for un in self.referentiel.modules if un.minutes is None]

    @property
    def rangs(self) -> list[forms.BoundField]:
        """The fields that say the blocs, in order."""
        return [self[f"bloc_{rang}"] for rang, _ in enumerate(self.referentiel.blocs, 1)]

    @property
    def durees(self) -> list[forms.BoundField]:
        """The fields that ask for a duration."""
        return [self[f"{DUREE}{un.code}"] for un in self.sans_duree]

    def clean_debut(self) -> date:
        """A day of years that somebody may mean."""
        debut: date = self.cleaned_data["debut"]
        if not ANNEES[0] <= debut.year <= ANNEES[1]:
            raise forms.ValidationError(f"Relisez l’année : {debut.year}.")
        if debut > self.referentiel.au:
            raise forms.ValidationError(
                f"Ce référentiel n’est enregistré que jusqu’au {date_en_clair(self.referentiel.au)}."
            )
        return debut

    def clean(self) -> dict[str, Any]:
        """The blocs in order, the half-days, the durations."""
        dits = super().clean() or {}
        blocs = [int(dits[nom]) for nom in self._noms("bloc_") if dits.get(nom)]
        if not blocs and not any(nom in self.errors for nom in self._noms("bloc_")):
            self.add_error("bloc_1", "Choisissez un bloc au moins.")
        for double in {un for un in blocs if blocs.count(un) > 1}:
            self.add_error("bloc_1", f"Le bloc {double} est choisi deux fois.")
        site, code = dits.get("site"), dits.get("formateur")
        qui = de_ce_code(site.organisme_id, code) if site and code else PERSONNE
        if qui is None:
            self.add_error("formateur", "Cette personne n’est pas de l’organisme du site.")
        dits["qui"] = qui
        dits["blocs"] = tuple(blocs)
        dits["horaire"] = self._horaire(dits)
        dits["dites"] = self._durees(dits)
        return dits

    def _noms(self, debut: str) -> list[str]:
        return [nom for nom in self.fields if nom.startswith(debut)]

    def _horaire(self, dits: dict[str, Any]) -> Horaire | None:
        if any(nom in self.errors for nom in HEURES):
            return None
        moities = []
        for nom, quand in (("matin", "Le matin"), ("apres_midi", "L’après-midi")):
            de, a = dits.get(f"{nom}_de"), dits.get(f"{nom}_a")
            if (de is None) != (a is None):
                manque = f"{nom}_a" if a is None else f"{nom}_de"
                self.add_error(manque, f"{quand} a deux heures, ou aucune : donnez l’autre.")
                return None
            if de is not None and a is not None and a <= de:
                self.add_error(
                    f"{nom}_a",
                    f"{quand} finirait à {heure_en_clair(a)}, avant de commencer à {heure_en_clair(de)}.",
                )
                return None
            moities.append((de or 0, (a or 0) - (de or 0)))
        (matin, du_matin), (apres_midi, de_l_apres_midi) = moities
        if not du_matin and not de_l_apres_midi:
            self.add_error("matin_de", "Donnez les heures d’une demi-journée au moins.")
            return None
        if du_matin and de_l_apres_midi and apres_midi < matin + du_matin:
            self.add_error(
                "apres_midi_de",
                f"L’après-midi commence à {heure_en_clair(apres_midi)}, avant la fin du matin, à "
                f"{heure_en_clair(matin + du_matin)}.",
            )
            return None
        return Horaire(matin, du_matin, apres_midi, de_l_apres_midi)

    def _durees(self, dits: dict[str, Any]) -> dict[str, int]:
        dites: dict[str, int] = {}
        for nom in self._noms(DUREE):
            texte = dits.get(nom) or ""
            if not texte:
                continue
            try:
                minutes = lire_duree(texte)
            except ValueError:
                self.add_error(nom, f"« {texte} » n’est pas une durée ; écrivez par exemple 21 h.")
                continue
            if not 0 < minutes <= self._borne(nom.removeprefix(DUREE)):
                self.add_error(nom, "Cette durée passe celle que la source donne au bloc entier.")
                continue
            dites[nom.removeprefix(DUREE)] = minutes
        return dites

    def _borne(self, code: str) -> int:
        return self.referentiel.bloc(self.referentiel.module(code).bloc).minutes

    def demande(self) -> DemandeDeSession:
        """What is asked, once the form is valid."""
        dits = self.cleaned_data
        return DemandeDeSession(
            site=dits["site"], certification=self.certification, referentiel=self.referentiel,
            blocs=dits["blocs"], debut=dits["debut"], jours=tuple(int(un) for un in dits["jours"]),
            horaire=dits["horaire"], capacite=dits["capacite"], modalite=ModaliteDeCreneau(dits["modalite"]),
            formateur=dits["qui"].personne, fiche=dits["qui"].fiche, salle=dits["salle"], lien=dits["lien"], epreuves=dits["epreuves"],
            dites=dits["dites"],
        )  # fmt: skip
