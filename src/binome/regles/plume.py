"""Writes one Python function for a whole condition.

A tree of functions asks for a call at each of its nodes, which costs more than what most of them do. The
three truths are written out as Kleene's tables say (`logique`); what a rule compares with is held beside the
function, never spelt in its text: nothing of the data is read as code.
"""

from __future__ import annotations

import ast
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_COMPARAISONS: Final[dict[str, type[ast.cmpop]]] = {
    "est": ast.Eq,
    "parmi": ast.In,
    "au_moins": ast.GtE,
    "au_plus": ast.LtE,
    "avant": ast.Lt,
    "apres": ast.Gt,
}


def _constante(valeur: bool | None) -> ast.expr:
    return ast.Constant(value=valeur)


def _lu(nom: str) -> ast.expr:
    return ast.Name(nom, ast.Load())


def _est(nom: str, valeur: bool | None) -> ast.expr:
    return ast.Compare(_lu(nom), [ast.Is()], [_constante(valeur)])


class Plume:
    """What one function is written with: the names of its steps, and the values that it holds."""

    def __init__(self) -> None:
        self._tenues: dict[str, Any] = {}
        self._rang = 0

    def _nouveau(self) -> str:
        self._rang += 1
        return f"v{self._rang}"

    def _tenir(self, valeur: object) -> ast.expr:
        nom = f"k{len(self._tenues)}"
        self._tenues[nom] = valeur
        return _lu(nom)

    def _retenir(self, expression: ast.expr, valeur: bool | None) -> tuple[str, ast.expr]:
        """A step kept under a name, and whether it is this truth."""
        nom = self._nouveau()
        gardee = ast.NamedExpr(ast.Name(nom, ast.Store()), expression)
        return nom, ast.Compare(gardee, [ast.Is()], [_constante(valeur)])

    def _fait(self, nom: str) -> ast.expr:
        return ast.Subscript(_lu("faits"), ast.Constant(value=nom), ast.Load())

    def connu(self, fait: str) -> ast.expr:
        """Whether a fact is known."""
        return ast.Compare(self._fait(fait), [ast.IsNot()], [_constante(None)])

    def compare(self, fait: str, operateur: str, attendu: object) -> ast.expr:
        """A fact beside a value of the rule; unknown when the fact is."""
        nom, inconnu = self._retenir(self._fait(fait), None)
        valeur = _lu(nom)
        match operateur:
            case "contient":
                codes = self._tenir(frozenset(attendu).isdisjoint)  # type: ignore[call-overload] # the loader checked what this comparison expects
                dit: ast.expr = ast.UnaryOp(ast.Not(), ast.Call(codes, [valeur], []))
            case "entre":
                bornes: tuple[object, object] = attendu  # type: ignore[assignment] # the loader checked what this comparison expects
                dit = ast.Compare(
                    self._tenir(bornes[0]), [ast.LtE(), ast.LtE()], [valeur, self._tenir(bornes[1])]
                )
            case "parmi":
                dit = ast.Compare(valeur, [ast.In()], [self._tenir(frozenset(attendu))])  # type: ignore[call-overload] # the loader checked what this comparison expects
            case _:
                dit = ast.Compare(valeur, [_COMPARAISONS[operateur]()], [self._tenir(attendu)])
        return ast.IfExp(inconnu, _constante(None), dit)

    def verite_de(self, regle: str) -> ast.expr:
        """The truth of a rule that was applied before; one that is not in force answers no."""
        verites = ast.Attribute(_lu("etabli"), "verites", ast.Load())
        return ast.Call(
            ast.Attribute(verites, "get", ast.Load()),
            [ast.Constant(value=regle), _constante(False)],
            [],
        )

    def appel(self, evaluer: object) -> ast.expr:
        """What a function of its own answers."""
        lus: list[ast.expr] = [_lu("faits"), _lu("etabli")]
        return ast.Call(self._tenir(evaluer), lus, [])

    def non(self, branche: ast.expr) -> ast.expr:
        """Kleene's negation."""
        nom, inconnu = self._retenir(branche, None)
        return ast.IfExp(inconnu, _constante(None), ast.UnaryOp(ast.Not(), _lu(nom)))

    def et(self, branches: Sequence[ast.expr]) -> ast.expr:
        """Kleene's conjunction: false stops at once, then unknown."""
        return self._jusqu_a(branches, arret=False)

    def ou(self, branches: Sequence[ast.expr]) -> ast.expr:
        """Kleene's disjunction: true stops at once, then unknown."""
        return self._jusqu_a(branches, arret=True)

    def _jusqu_a(self, branches: Sequence[ast.expr], *, arret: bool) -> ast.expr:
        """This truth stops at once; else unknown, if one branch is; else what the last one says."""
        *premieres, derniere = branches
        if not premieres:
            return derniere
        pas = [self._retenir(branche, arret) for branche in premieres]
        nom, arrete = self._retenir(derniere, arret)
        inconnues: list[ast.expr] = [_est(un, None) for un, _ in pas]
        une_inconnue = inconnues[0] if len(inconnues) == 1 else ast.BoolOp(ast.Or(), inconnues)
        dit = ast.IfExp(une_inconnue, _constante(None), _lu(nom))
        for test in (arrete, *(arrete_avant for _, arrete_avant in reversed(pas))):
            dit = ast.IfExp(test, _constante(arret), dit)
        return dit

    def fonction(self, expression: ast.expr) -> Callable[..., Any]:
        """The function of `faits` and `etabli` that this expression is."""
        return self._ecrire(["faits", "etabli"], [ast.Return(expression)])

    def ensemble(
        self, regles: Sequence[tuple[str, ast.expr]], dites: Sequence[Mapping[Any, object]]
    ) -> Callable[..., Any]:
        """The function of `faits`, `etabli` and `notes` that applies these rules, and notes what they say, if told."""
        verites = ast.Name("verites", ast.Store())
        corps: list[ast.stmt] = [
            ast.Assign([verites], ast.Attribute(_lu("etabli"), "verites", ast.Load()))
        ]
        noms = []
        for regle, expression in regles:
            noms.append(self._nouveau())
            ecrite = ast.Subscript(_lu("verites"), ast.Constant(value=regle), ast.Store())
            corps.append(ast.Assign([ast.Name(noms[-1], ast.Store()), ecrite], expression))
        if dites:
            notees: list[ast.expr] = [
                ast.Subscript(self._tenir(leurs), _lu(nom), ast.Load())
                for nom, leurs in zip(noms, dites, strict=True)
            ]
            ajout = ast.Tuple(notees, ast.Load())
            corps.append(ast.AugAssign(ast.Name("notes", ast.Store()), ast.Add(), ajout))
        return self._ecrire(["faits", "etabli", "notes"], corps)

    def _ecrire(self, arguments: Sequence[str], corps: Sequence[ast.stmt]) -> Callable[..., Any]:
        args = ast.arguments(
            posonlyargs=[],
            args=[ast.arg(nom) for nom in arguments],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[],
        )
        fonction = ast.FunctionDef("evaluer", args, list(corps), [])
        module = ast.fix_missing_locations(ast.Module([fonction], []))
        (code,) = (
            un
            for un in compile(module, "<condition>", "exec").co_consts
            if isinstance(un, CodeType)
        )
        return FunctionType(code, self._tenues)
