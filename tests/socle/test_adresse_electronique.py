"""An electronic address is read alike at every door, as people paste it."""

from __future__ import annotations

import pytest

from binome.comptes.formulaires import NouvelleAdresse
from binome.comptes.invitations import lire_une_adresse
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.employeurs.formulaires import Association
from binome.imports.verifier import Lecteur
from binome.socle.adresse_electronique import adresse_lue

COLLEES = [
    "lea.roy@exemple.fr",
    " lea.roy@exemple.fr ",
    "\u00a0lea.roy@exemple.fr\u202f",
    "lea.roy\u200b@exemple.fr",
    "lea.roy\u00a0@ exemple.fr",
    "mailto:lea.roy@exemple.fr",
    "MAILTO:lea.roy%40exemple.fr?subject=Bonjour",
    "Léa Roy <lea.roy@exemple.fr>",
    '"Roy, Léa" <mailto:lea.roy@exemple.fr>;',
    "lea.roy@exemple.fr;",
]
REFUSEES = ["lea.roy@", "lea roy@exemple.fr", "a@exemple.fr, b@exemple.fr", "Léa <a@b.fr> <c@d.fr>"]


@pytest.mark.parametrize("collee", COLLEES)
def test_une_adresse_collee_est_lue_a_chaque_porte(collee: str) -> None:
    attendue = "lea.roy@exemple.fr"
    assert lire_une_adresse(collee) == attendue
    assert Lecteur().identite({"courriel": collee}) == {"courriel": attendue}
    for formulaire in (IdentiteDuCandidat, Association, NouvelleAdresse):
        lu = formulaire({"courriel": collee})
        lu.is_valid()
        assert lu.cleaned_data["courriel"] == attendue, formulaire


@pytest.mark.parametrize("collee", REFUSEES)
def test_ce_qui_n_est_pas_une_adresse_est_refuse_partout(collee: str) -> None:
    with pytest.raises(ValueError, match="adresse"):
        lire_une_adresse(collee)
    lu = IdentiteDuCandidat({"courriel": collee})
    assert lu.errors["courriel"] == ["Une adresse s’écrit nom@domaine.fr."]
    (erreur,) = Lecteur().lire({"cle": "K1", "courriel": collee}).erreurs
    assert erreur.raison == "Une adresse s’écrit nom@domaine.fr."


def test_une_adresse_se_lit_deux_fois_sans_changer() -> None:
    for collee in (*COLLEES, *REFUSEES):
        assert adresse_lue(adresse_lue(collee)) == adresse_lue(collee)
