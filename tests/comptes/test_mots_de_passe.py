"""Weak passwords are refused in words, on every form that takes one; a sentence of one's own passes."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from binome.comptes.models import Personne

ALICE = Personne(courriel="alice.durandeau@exemple.fr", prenom="Alice", nom="Durandeau")


@pytest.mark.parametrize(
    ("faible", "raison"),
    [
        ("123456789012", "une suite"),
        ("abcdefghijkl", "une suite"),
        ("azertyuiopqs", "trop connus"),
        ("abcabcabcabc", "répète"),
        ("aaaaaaaaaaaaa", "répète"),
        ("motdepasse1234", ""),
        ("binomebinome12", "répète"),
        ("assistant medical", "trop connus"),
        ("Marseille2024!", "trop connus"),
        ("Password1234!", "trop connus"),
        ("durandeau1234", ""),
        ("03051984030519", ""),
    ],
)
def test_un_mot_de_passe_faible_est_refuse_en_mots(faible: str, raison: str) -> None:
    with pytest.raises(ValidationError) as refus:
        validate_password(faible, ALICE)
    dit = " ".join(refus.value.messages)
    assert raison in dit
    assert "se devine" in dit or "courant" in dit or "ressemble" in dit or "proche" in dit, dit


@pytest.mark.parametrize(
    "bon",
    [
        "une phrase assez longue",
        "quatre girafes sous la pluie",
        "vK9#mQ2$xL7!",
        "la girafe du troisième mange des nouilles froides " * 2,
    ],
)
def test_une_phrase_a_soi_passe(bon: str) -> None:
    validate_password(bon, ALICE)
