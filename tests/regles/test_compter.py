"""What is established is added up, and a condition compiles alone."""

from __future__ import annotations

from typing import Any

from binome.regles.compiler import Etabli, compiler
from binome.regles.compter import CompteurDeMontants
from binome.regles.conditions import Atome
from binome.regles.expressions import Constante, Quantite, Selon, SiEtabli, Somme


def test_compter_additionne_ce_qui_est_etabli() -> None:
    compteur = CompteurDeMontants(
        {
            "a": Somme((Constante(100), SiEtabli(("r", "s"), -30), SiEtabli(("t",), -5))),
            "b": Selon("table", (("x", Constante(7)), ("y", Constante(None))), Constante(1)),
            "c": Somme((Quantite("a"), Quantite("b"))),
        }
    )

    def compter(retenue: str | None, **verites: Any) -> dict[str, int | None]:
        etabli = Etabli()
        etabli.verites.update(verites)
        etabli.retenues["table"] = retenue
        return compteur.compter(etabli)

    assert compter("x", r=True, s=None, t=False) == {"a": 70, "b": 7, "c": 77}
    assert compter("z", r=False, s=True) == {"a": 70, "b": 1, "c": 71}
    assert compter("aucune", r=None, s=None, t=True) == {"a": 95, "b": 1, "c": 96}
    assert compter("y") == {"a": 100, "b": None, "c": None}
    assert compter(None) == {"a": 100, "b": None, "c": None}


def test_compiler_seul_une_condition(base: Any) -> None:
    vide = base.lire({})
    assert (
        compiler(Atome("niveau_diplome", "au_moins", 4), base.tables)(
            {**vide, "niveau_diplome": 4}, Etabli()
        )
        is True
    )
