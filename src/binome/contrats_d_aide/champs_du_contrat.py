"""Fields of the forms of a contract: a value as people write it, a day of a contract, a count of patients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from binome.contrats_d_aide.lectures_de_champs import lire_un_jour
from binome.habillage.champs import UneLigne, UnJour

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

CHOISIR: Final = ("", "Choisissez")


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
