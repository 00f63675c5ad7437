"""Every form of the house: a text shown on one line is one line, whatever was sent."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import pytest
from django import forms

from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES: Final = (
    "comptes.cles",
    "comptes.formulaires",
    "contrats_d_aide.formulaires",
    "contrats_d_aide.formulaires_des_gens",
    "dossiers.formulaires",
    "employeurs.formulaires",
    "factures.formulaires",
    "jurys.formulaires",
    "parcours.formulaires",
    "passeport.formulaires",
    "prises_en_charge.formulaires",
    "reseau.formulaires",
    "sessions.formulaires",
)
SUR_PLUSIEURS: Final = (forms.Textarea, forms.PasswordInput, forms.HiddenInput)
PREUVES: Final = {"code", "login"}
"""Compared with what is known, and neither kept nor shown."""
ENTREE: Final = "Cab\r\nBcc:\ta@b.fr"


def _formulaires(classe: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    for une in classe.__subclasses__():
        yield une
        yield from _formulaires(une)


def _sur_une_ligne() -> list[tuple[str, forms.CharField]]:
    for nom in MODULES:
        import_module(f"binome.{nom}")
    siens = {une for une in _formulaires() if une.__module__.startswith("binome.")}
    assert {une.__module__.removeprefix("binome.") for une in siens} == set(MODULES)
    return [
        (f"{une.__name__}.{nom}", champ)
        for une in sorted(siens, key=lambda une: une.__name__)
        for nom, champ in une.base_fields.items()
        if nom not in PREUVES
        and isinstance(champ, forms.CharField)
        and not isinstance(champ.widget, SUR_PLUSIEURS)
    ]


def test_un_texte_d_une_ligne_en_garde_une() -> None:
    champs = _sur_une_ligne()
    assert {"Association.nom", "Compte.nom", "IdentiteDuCandidat.session"} <= {
        nom for nom, _ in champs
    }
    for nom, champ in champs:
        try:
            lu = champ.clean(ENTREE)
        except forms.ValidationError:
            continue
        assert lu == "Cab Bcc: a@b.fr", nom


@pytest.mark.parametrize(("longueur", "dit"), [(5000, ""), (6014, "6\u202f014 caractères")])
def test_un_texte_trop_long_se_dit(longueur: int, dit: str) -> None:
    rendu = trop_long("x" * longueur, 5000).replace("\xa0", "\u202f").replace(" 0", "\u202f0")
    assert dit in rendu
    assert bool(rendu) is bool(dit)
