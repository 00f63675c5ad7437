"""A SIRET is checked by its last digit, however it was spaced; an RPPS is counted."""

from __future__ import annotations

import pytest

from binome.comptes.identifiants import lire_identifiant
from binome.comptes.telephones import lire_telephone
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.employeurs.formulaires import Association


@pytest.mark.parametrize(
    "texte",
    [
        "73282932000074",
        "732 829 320 00074",
        "732.829.320.00074",
        "SIRET : 732 829 320 00074",
        "n° siret 732\N{NON-BREAKING HYPHEN}829\N{NON-BREAKING HYPHEN}320 00074",
        "732\N{NO-BREAK SPACE}829\N{NO-BREAK SPACE}320\N{NO-BREAK SPACE}00074\N{ZERO WIDTH SPACE}",
    ],
)
def test_un_siret_comme_on_l_ecrit(texte: str) -> None:
    assert lire_identifiant(texte) == "73282932000074"


def test_la_poste_a_sa_regle_et_le_rpps_n_en_a_pas() -> None:
    assert lire_identifiant("35600000009075") == "35600000009075"
    assert lire_identifiant("10 000 000 001") == "10000000001"
    assert not lire_identifiant(" \N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("73282932000075", "un de ses chiffres est faux"),
        ("37282932000074", "un de ses chiffres est faux"),
        ("7328293200007", "14 chiffres"),
        ("SIRET", "14 chiffres"),
        ("néant", "14 chiffres"),
        ("732829320OOO74", "14 chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "14 chiffres"),
    ],
)
def test_un_numero_faux_est_dit(texte: str, raison: str) -> None:
    with pytest.raises(ValueError, match=raison):
        lire_identifiant(texte)


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("Tél. : 06 12 34 56 78", "06 12 34 56 78"),
        ("tel:+33612345678", "+33612345678"),
        ("06\N{NON-BREAKING HYPHEN}12\N{EN DASH}34-56-78", "06-12-34-56-78"),
        ("+33 (0) 6  12  34  56  78", "+33612345678"),
    ],
)
def test_un_telephone_colle_se_lit(texte: str, lu: str) -> None:
    assert lire_telephone(texte) == lu


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("06 12 34 56 78 / 07 12 34 56 78", "plusieurs numéros"),
        ("06 12 34 56 78 ou 07 12 34 56 78", "plusieurs numéros"),
        ("tél", "dix chiffres"),
        ("06 12 34 56 7", "neuf chiffres"),
    ],
)
def test_un_telephone_faux_dit_sa_cause(texte: str, raison: str) -> None:
    with pytest.raises(ValueError, match=raison):
        lire_telephone(texte)


def test_le_navigateur_ne_coupe_aucun_numero_colle() -> None:
    """A bound of the browser cuts what is pasted without a word: « SIRET : 732 829 320 00074 » lost its end."""
    colle = "SIRET : 732 829 320 00074"
    identite = IdentiteDuCandidat({"employeur_identifiant": colle})
    association = Association({"identifiant": colle, "courriel": "a@exemple.fr"})
    for formulaire, nom in ((identite, "employeur_identifiant"), (association, "identifiant")):
        assert "maxlength" not in str(formulaire[nom])
        assert formulaire.is_valid(), formulaire.errors
        assert formulaire.cleaned_data[nom] == "73282932000074"
    assert "maxlength" not in str(identite["telephone"])
