"""What is asked of a letter that decided elsewhere: its day, its route, and each module in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone

from binome.habillage.champs import UneLigne, UnJour
from binome.parcours.etats import Statut
from binome.parcours.lettre import LettreLue, ModuleLu
from binome.regles.calendrier import date_en_clair, duree_en_clair, nombre_en_clair
from binome.regles.certification import FORMATIONS
from binome.regles.nombres import lire_les_heures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.certification import Certification
    from binome.regles.referentiels import Module, Referentiel

STATUT: Final = "statut_"
HEURES: Final = "heures_"
"""How the two fields of a module start."""
PREMIERE_ANNEE: Final = 2000
AU_PLUS: Final = 1_000
"""Hours beyond which what was typed for a module, or for the épreuves, is a slip; each bloc of it has fewer."""
EN_TOUT: Final = 10_000
"""The same of the total of a letter."""
SIGNES: Final = 20
"""Characters of a duration that are read."""
A_CHOISIR: Final = (("", "Choisissez"), *Statut.choices)
"""Nothing is chosen before the letter is read."""


@dataclass(frozen=True)
class BlocDemande:
    """A bloc of the form: for each module, what the letter says of it, and how long it lasts."""

    numero: int
    intitule: str
    modules: tuple[tuple[Module, forms.BoundField, forms.BoundField], ...]


class UneDuree(UneLigne):
    """Hours, as people write them, in minutes; None when nothing is written. `au_plus` are hours."""

    def __init__(self, *, au_plus: int = AU_PLUS, **kwargs: Any) -> None:
        super().__init__(max_length=SIGNES, required=False, **kwargs)
        self._au_plus = au_plus

    def to_python(self, value: object) -> int | None:  # type: ignore[override] # hours are read, not a text
        """The minutes. Raises ValidationError, which says how hours are written, or that these are too many."""
        dite = super().to_python(value)
        if not dite:
            return None
        try:
            minutes = lire_les_heures(dite[: SIGNES + 1])
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from None
        if minutes > self._au_plus * 60:
            raise forms.ValidationError(
                f"Relisez cette durée : {nombre_en_clair(self._au_plus)} heures au plus."
            )
        return minutes

    def run_validators(self, value: Any) -> None:
        """None is left to run."""


class FormulaireDeLettre(forms.Form):
    """The day and the route; then two fields a module; then the épreuves, and a total that is checked."""

    le = UnJour(
        label="La date de la décision, sur la lettre",
        error_messages={"required": "Donnez la date de la décision : elle est sur la lettre."},
    )
    voie = forms.ChoiceField(
        label="La voie", error_messages={"required": "Choisissez la voie que dit la lettre."}
    )
    evaluations = UneDuree(label="Les heures d’épreuves")
    total = UneDuree(
        label="Le total des heures à suivre, hors épreuves, si la lettre le dit", au_plus=EN_TOUT
    )

    def __init__(
        self, *args: Any, certification: Certification, referentiel: Referentiel, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.referentiel = referentiel
        self.fields["voie"].choices = [  # type: ignore[attr-defined] # a field of choices
            ("", "Choisissez"),
            *(
                (une.code, une.nom)
                for une in certification.voies.values()
                if une.genre in FORMATIONS
            ),
        ]
        for un in referentiel.modules:
            self.fields[f"{STATUT}{un.code}"] = forms.ChoiceField(
                label=un.intitule,
                choices=A_CHOISIR,
                error_messages={"required": "Choisissez ce que la lettre dit de ce module."},
            )
            self.fields[f"{HEURES}{un.code}"] = UneDuree(
                label=f"Sa durée (module {un.code})", help_text=_du_referentiel(un.minutes)
            )
        self.fields["evaluations"].help_text = _du_referentiel(referentiel.evaluations)

    @property
    def blocs(self) -> list[BlocDemande]:
        """The fields, bloc by bloc, in the order of the référentiel."""
        titres = {un.numero: un.intitule for un in self.referentiel.blocs}
        return [
            BlocDemande(
                numero,
                titres[numero],
                tuple((un, self[f"{STATUT}{un.code}"], self[f"{HEURES}{un.code}"]) for un in siens),
            )
            for numero, siens in groupby(self.referentiel.modules, key=lambda un: un.bloc)
        ]

    def clean_le(self) -> date:
        """A day that is over, of years that somebody may mean."""
        le: date = self.cleaned_data["le"]
        if le > timezone.localdate():
            raise forms.ValidationError(f"Relisez la date : le {date_en_clair(le)} est à venir.")
        if le.year < PREMIERE_ANNEE:
            raise forms.ValidationError(f"Relisez l’année : {le.year}.")
        return le

    def clean(self) -> dict[str, Any]:
        """Something is to be followed, and the total of the letter is that of its modules."""
        dits = super().clean() or {}
        if self.errors:
            return dits
        lue = self.lettre()
        if all(un.statut != Statut.A_SUIVRE for un in lue.modules):
            premier = f"{STATUT}{lue.modules[0].code}"
            self.add_error(
                premier, "Aucun module n’est à suivre : il n’y a pas de parcours à ouvrir."
            )
        total = dits.get("total")
        if total is not None and lue.formation is not None and total != lue.formation:
            self.add_error(
                "total",
                f"La lettre dit {duree_en_clair(total)}, et ces modules font {duree_en_clair(lue.formation)} : "
                "relisez les modules et leurs durées.",
            )
        return dits

    def lettre(self) -> LettreLue:
        """What was copied, once the form is valid."""
        dits = self.cleaned_data
        return LettreLue(
            le=dits["le"],
            voie=dits["voie"],
            referentiel=self.referentiel.id,
            modules=tuple(
                ModuleLu(
                    un.code, un.bloc, un.intitule, dits[f"{HEURES}{un.code}"], Statut(dits[f"{STATUT}{un.code}"])
                )
                for un in self.referentiel.modules
            ),
            evaluations=dits["evaluations"],
        )  # fmt: skip


def depart(referentiel: Referentiel, entiere: LettreLue | None = None) -> dict[str, Any]:
    """What the form holds at first: what was copied already, and nothing before."""
    if entiere is None or entiere.referentiel != referentiel.id:
        return {}
    return {
        "le": entiere.le,
        "voie": entiere.voie,
        "evaluations": _heures(entiere.evaluations),
        **{f"{STATUT}{un.code}": str(un.statut) for un in entiere.modules},
        **{f"{HEURES}{un.code}": _heures(un.minutes) for un in entiere.modules},
    }


def avec_les_durees(referentiel: Referentiel, tape: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with the durations of the référentiel where none was."""
    siennes = {f"{HEURES}{un.code}": un.minutes for un in referentiel.modules}
    siennes["evaluations"] = referentiel.evaluations
    durees = {nom: _heures(minutes) for nom, minutes in siennes.items()}
    return {**durees, **{nom: dit for nom, dit in tape.items() if dit.strip()}}


def _du_referentiel(minutes: int | None) -> str:
    return "" if minutes is None else f"Le référentiel dit {duree_en_clair(minutes)}."


def _heures(minutes: int | None) -> str:
    return "" if minutes is None else duree_en_clair(minutes)
