"""What no letter can print is refused where it is typed, and quoted."""

from __future__ import annotations

import pytest

from binome.bureau import decisions
from binome.bureau.tranches import trancher
from binome.comptes.acteur import Acteur
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.models import Decision, Dossier
from binome.gestes.refus import GesteImpossible
from binome.regles.courante import code_par_defaut
from tests.dossiers.monde import Monde, propose


@pytest.mark.parametrize("champ", ["prenom", "nom", "employeur"])
def test_un_nom_qui_ne_s_imprime_pas_est_refuse_a_sa_place(champ: str) -> None:
    lu = IdentiteDuCandidat(
        {"prenom": "Əli", "nom": "Ɖeku", "employeur": "Ωμέγα"} | {champ: "李 明"}
    )
    assert not lu.is_valid()
    assert list(lu.errors) == [champ]
    assert "« 李 », « 明 »" in str(lu.errors[champ])
    assert champ not in lu.cleaned_data


def test_un_nom_d_ailleurs_est_garde_comme_il_est_tape() -> None:
    lu = IdentiteDuCandidat({"prenom": "Ștefan", "nom": "Παπαδοπούλου", "employeur": "Żółć"})
    assert lu.is_valid()
    assert lu.cleaned_data["nom"] == "Παπαδοπούλου"


@pytest.mark.parametrize("champ", ["nom", "employeur"])
def test_un_nom_venu_par_une_autre_porte_arrete_la_decision(monde: Monde, champ: str) -> None:
    dossier = propose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(**{champ: "Zoé ✅"})
    dossier.refresh_from_db()
    with pytest.raises(GesteImpossible, match="contient « ✅ »"):
        decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert not Decision.objects.exists()


def test_une_position_de_la_branche_s_imprime_ou_se_refuse(monde: Monde) -> None:
    with pytest.raises(GesteImpossible, match="La position contient « ✅ »"):
        trancher(code_par_defaut(), "x", "Oui ✅", Acteur(monde.ana))
