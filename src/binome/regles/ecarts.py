"""The ledger of discrepancies, and the check of every total that the sources print.

A total that falls wrong without an entry in the ledger is an error; so is an entry that claims a
total falls wrong when it does not. `docs/ecarts.md` is rendered from here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from binome.regles.calendrier import duree_en_clair, lire_duree
from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import BaseInvalide, lire_yaml
from binome.regles.regle import Alerte
from binome.regles.sources import LectureRivale, lire_citation, lire_lecture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.base import Base
    from binome.regles.sources import Citation

Certitude: TypeAlias = Literal["conteste", "deduit", "non_trouve", "erreur"]
CERTITUDES: Final[Mapping[Certitude, str]] = {
    "conteste": "Les sources divergent",
    "deduit": "Une lecture s’impose par le calcul",
    "non_trouve": "La source manque",
    "erreur": "La source se trompe",
}


@dataclass(frozen=True, slots=True)
class Ecart:
    """A discrepancy: its rival readings, and what Binôme does of it."""

    id: str
    sujet: str
    certitude: Certitude
    lectures: tuple[LectureRivale, ...]
    traitement: str
    alerte: str


@dataclass(frozen=True, slots=True)
class Controle:
    """A printed total beside the same total computed again.

    Durations count in minutes (`en_minutes`); percentages and amounts as they are printed.
    """

    objet: str
    source: Citation
    operation: str
    calcule: float
    imprime: float
    decimales: int
    en_minutes: bool
    ecart: str

    @property
    def juste(self) -> bool:
        """Whether the printed total is the computed one, at the precision it is printed with."""
        return math.isclose(self.calcule, self.imprime, abs_tol=0.5 * 10**-self.decimales + 1e-9)

    def en_clair(self, valeur: float) -> str:
        """A value as the source would print it."""
        if self.en_minutes:
            return duree_en_clair(round(valeur))
        return f"{valeur:.{max(self.decimales, 1)}f}".rstrip("0").rstrip(".").replace(".", ",")


def _nombre(brut: object) -> tuple[float, bool]:
    if isinstance(brut, str):
        return lire_duree(brut), True
    if isinstance(brut, int | float):
        return brut, False
    msg = f"nombre illisible : {brut!r}"
    raise BaseInvalide(msg)


def _calculer(operation: str, termes: list[float]) -> float:
    premier, *autres = termes
    match operation:
        case "somme":
            return sum(termes)
        case "difference":
            return premier - sum(autres)
        case "produit":
            return math.prod(termes)
        case _:
            return 100 * premier / autres[0]


def _controle(brut: dict[str, Any], base: Base) -> Controle:
    operation = next(nom for nom in ("somme", "difference", "produit", "part") if nom in brut)
    termes = [_nombre(terme) for terme in brut[operation]]
    imprime, en_minutes = _nombre(brut["imprime"])
    decimales = (
        0 if isinstance(brut["imprime"], int) else len(str(brut["imprime"]).partition(".")[2])
    )
    return Controle(
        brut["objet"],
        lire_citation(brut["source"], base.sources),
        operation,
        _calculer(operation, [terme for terme, _ in termes]),
        imprime,
        0 if en_minutes else decimales,
        en_minutes,
        brut.get("ecart", ""),
    )


@cache
def controles() -> tuple[Controle, ...]:
    """Every total of the sources, computed again."""
    base = base_courante()
    return tuple(_controle(brut, base) for brut in lire_yaml(donnees_de() / "tableaux.yaml"))


@cache
def ecarts() -> tuple[Ecart, ...]:
    """The ledger, in its order."""
    base = base_courante()
    return tuple(
        Ecart(
            brut["id"],
            brut["sujet"],
            brut["certitude"],
            tuple(lire_lecture(lecture, base.sources) for lecture in brut["lectures"]),
            brut["traitement"],
            brut.get("alerte", ""),
        )
        for brut in lire_yaml(donnees_de() / "ecarts.yaml")
    )


def verifier_ecarts() -> list[str]:
    """What the ledger owes: each wrong total explained, each explanation needed, each alert real."""
    connus = {ecart.id for ecart in ecarts()}
    codes = {
        regle.effet.code
        for regle in base_courante().entiere.regles.values()
        if isinstance(regle.effet, Alerte)
    }
    return [*_controles_inexpliques(connus), *_ecarts_faux(codes)]


def _controles_inexpliques(connus: set[str]) -> Iterator[str]:
    for controle in controles():
        if controle.ecart and controle.ecart not in connus:
            yield f"{controle.objet} : l’écart « {controle.ecart} » n’existe pas"
        if controle.juste and controle.ecart:
            yield f"{controle.objet} : le total tombe juste, l’écart « {controle.ecart} » est de trop"
        if not controle.juste and not controle.ecart:
            calcule, imprime = (controle.en_clair(v) for v in (controle.calcule, controle.imprime))
            yield f"{controle.objet} : {calcule} par le calcul, {imprime} dans la source, sans explication"


def _ecarts_faux(codes: set[str]) -> Iterator[str]:
    vus: set[str] = set()
    for ecart in ecarts():
        if ecart.id in vus:
            yield f"écart {ecart.id} : donné deux fois"
        vus.add(ecart.id)
        if ecart.certitude not in CERTITUDES:
            yield f"écart {ecart.id} : certitude inconnue « {ecart.certitude} »"
        if ecart.alerte and ecart.alerte not in codes:
            yield f"écart {ecart.id} : l’alerte « {ecart.alerte} » n’existe pas"


def en_markdown() -> str:
    """`docs/ecarts.md`, whole."""
    lignes = [
        "# Le registre des écarts",
        "",
        "Ce que les sources disent différemment, ou mal, et ce que Binôme en fait. Page écrite par",
        "`./binome ecarts --sortie docs/ecarts.md` ; ne la modifiez pas à la main, un test la compare.",
        "",
    ]
    for certitude, titre in CERTITUDES.items():
        concernes = [ecart for ecart in ecarts() if ecart.certitude == certitude]
        lignes += [f"## {titre} ({len(concernes)})", ""]
        for ecart in concernes:
            lignes += _ecart_en_markdown(ecart)
    lignes += _controles_en_markdown()
    return "\n".join(lignes)


def _ecart_en_markdown(ecart: Ecart) -> list[str]:
    lectures = [
        f"- {lecture.valeur} — *{' ; '.join(str(citation) for citation in lecture.sources)}*"
        for lecture in ecart.lectures
    ]
    alerte = f" Alerte `{ecart.alerte}`." if ecart.alerte else ""
    return [f"### {ecart.sujet}", "", *lectures, "", f"{ecart.traitement}{alerte}", ""]


def _controles_en_markdown() -> list[str]:
    tous = controles()
    faux = [controle for controle in tous if not controle.juste]
    lignes = [
        "## Les totaux recalculés",
        "",
        f"{len(tous)} totaux publiés ont été refaits ; {len(faux)} tombent faux, chacun expliqué",
        "ci-dessus.",
        "",
        "| Objet | Source | Publié | Calculé | |",
        "|---|---|---|---|---|",
    ]
    for un in tous:
        verdict = "juste" if un.juste else f"écart : {un.ecart}"
        valeurs = f"{un.en_clair(un.imprime)} | {un.en_clair(un.calcule)}"
        lignes.append(f"| {un.objet} | {un.source} | {valeurs} | {verdict} |")
    return [*lignes, ""]
