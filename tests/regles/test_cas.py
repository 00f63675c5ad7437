"""The YAML cases, played one rule at a time; a failure names the rule and the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.regles.cas import cas, echecs, jouer, verites_possibles
from binome.regles.conditions import AConfirmer, Et, Non, Ou, RenvoiRegle, Toujours

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.cas import Cas
    from binome.regles.conditions import Condition

PAR_REGLE: dict[str, list[Cas]] = {}
for un_cas in cas():
    PAR_REGLE.setdefault(un_cas.regle, []).append(un_cas)


@pytest.mark.parametrize("regle", PAR_REGLE)
def test_la_regle_repond_comme_ses_cas(base: Base, regle: str) -> None:
    fautes = [faute for un in PAR_REGLE[regle] if (faute := jouer(un, base)) is not None]
    assert not fautes, "\n".join(fautes)


def test_aucune_regle_ne_manque_de_cas(base: Base) -> None:
    fautes, nombre = echecs(base)
    assert not fautes, "\n".join(fautes)
    assert nombre == sum(map(len, PAR_REGLE.values()))


def test_un_cas_faux_est_dit_avec_sa_regle_et_son_dossier(base: Base) -> None:
    un = next(un for un in cas() if un.attendu["issue"] == "oui")
    faute = jouer(un._replace(attendu={"issue": "non"}), base)
    assert faute is not None
    assert faute.startswith(un.en_clair())


@pytest.mark.parametrize(
    ("condition", "possibles"),
    [
        (Toujours(), {True}),
        (Non(Toujours()), {False}),
        (AConfirmer("x"), {None}),
        (RenvoiRegle("x"), {True, False, None}),
        (Ou((RenvoiRegle("x"), AConfirmer("x"))), {True, None}),
        (Et((RenvoiRegle("x"), AConfirmer("x"))), {False, None}),
        (Et((Toujours(), RenvoiRegle("x"), AConfirmer("x"))), {False, None}),
    ],
)
def test_une_condition_ne_doit_des_cas_que_pour_ce_qu_elle_peut_dire(
    condition: Condition, possibles: set[bool | None]
) -> None:
    assert verites_possibles(condition) == possibles
