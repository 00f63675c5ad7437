"""The hours of an answer, for the picture and the table that says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import duree_en_clair
from binome.regles.metiers.annonce import STATUTS, barres, forfait
from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from binome.impression.renvois import Renvois
    from binome.regles.metiers.annonce import Dite

A_SUIVRE: Final = "a_suivre"
EPREUVE: Final = "epreuve"
TITRES: Final = {
    A_SUIVRE: "À suivre",
    "acquis": "Déjà acquis",
    "dispense": "Dispensé",
    EPREUVE: "Épreuves",
}
_MOTS: Final = {
    A_SUIVRE: "à suivre",
    "acquis": "déjà acquises",
    "dispense": "dispensées",
    EPREUVE: "d’épreuves",
}


@dataclass(frozen=True, slots=True)
class BarreDHeures:
    """One bar, and the same as a row; `en_moins` minutes are taken off what is to follow."""

    titre: str
    precision: str
    minutes: Mapping[str, int]
    en_moins: int = 0

    def cellule(self, statut: str) -> str:
        """The duration under a status; empty when there is none."""
        if statut == A_SUIVRE and self.en_moins:
            return f"−{duree_en_clair(self.en_moins)}"
        duree = self.minutes.get(statut)
        return duree_en_clair(duree) if duree else ""

    def en_json(self) -> dict[str, Any]:
        """What the template draws and writes."""
        presentes = {statut: duree for statut, duree in self.minutes.items() if duree}
        mots = [f"{duree_en_clair(duree)} {_MOTS[statut]}" for statut, duree in presentes.items()]
        return {
            "titre": self.titre,
            "titre_long": f"{self.titre} : {self.precision}" if self.precision else self.titre,
            "minutes": presentes,
            "en_clair": {s: texte for s in TITRES if (texte := self.cellule(s))},
            "detail": ", ".join(mots),
        }


def lignes(reponse: Dite) -> Iterator[BarreDHeures]:
    """The blocs, the épreuves, and the lump of hours that no module bears.

    Each status adds up to the figure of the answer.
    """
    for un in barres(reponse):
        yield BarreDHeures(f"Bloc {un.numero}", un.intitule, {s: un.minutes[s] for s in STATUTS})
    en_moins = forfait(reponse)
    if en_moins:
        yield BarreDHeures("En moins", "sans modules nommés", {"dispense": en_moins}, en_moins)
    evaluations = reponse.minutes["evaluations"]
    if evaluations:
        yield BarreDHeures("Épreuves", "", {EPREUVE: evaluations})


def somme(lignes_: Iterable[BarreDHeures]) -> BarreDHeures:
    """The last row: what each column adds up to."""
    minutes = Counter[str]()
    for ligne in lignes_:
        minutes.update(ligne.minutes)
        minutes[A_SUIVRE] -= ligne.en_moins
    return BarreDHeures("En tout", "", minutes)


def heures(reponse: Dite, renvois: Renvois) -> dict[str, Any] | None:
    """The bars by bloc, the words of each status, and the sentence that tells the picture.

    None when there is nothing to follow, or when no source details the hours.
    """
    referentiel, total = reponse.referentiel, reponse.minutes["total"]
    rangees = list(lignes(reponse)) if reponse.modules else []
    if referentiel is None or not rangees or total is None:
        return None
    comprises = ", évaluations comprises" if reponse.minutes["evaluations"] else ""
    traduites = [ligne.en_json() for ligne in rangees]
    presents = {statut for ligne in rangees for statut, duree in ligne.minutes.items() if duree}
    return {
        "barres": traduites,
        "somme": somme(rangees).en_json(),
        "maximum": max(bloc.minutes for bloc in referentiel.blocs),
        "statuts": {statut: titre for statut, titre in TITRES.items() if statut in presents},
        "en_tout": f"En tout{comprises} : {duree_en_clair(total)}.",
        "description": " ; ".join(f"{une['titre']} : {une['detail']}" for une in traduites) + ".",
        "renvois": renvois.cles(referentiel.sources),
    }


def epreuves(reponse: Dite, renvois: Renvois) -> dict[str, Any] | None:
    """How many épreuves, how long, and each with its parts; None outside the whole référentiel."""
    referentiel, minutes = reponse.referentiel, reponse.minutes["evaluations"]
    if reponse.genre != "certification" or referentiel is None or minutes is None:
        return None
    dispensees = reponse.minutes["evaluations_dispensees"]
    suite = f" ({duree_en_clair(dispensees)} dispensées)" if dispensees else ""
    nombre = len(referentiel.epreuves)
    if nombre:
        phrase = f"{compter(nombre, 'épreuve')}, {duree_en_clair(minutes)} en tout{suite}."
    else:
        phrase = (
            f"{duree_en_clair(minutes)} d’épreuves à passer{suite}. "
            "Nous ne savons pas lesquelles : nos sources n’en donnent pas la liste."
        )
    return {
        "phrase": phrase,
        "lignes": [
            {
                "bloc": f"Bloc {une.bloc}",
                "intitule": une.intitule,
                "duree": " + ".join(map(duree_en_clair, une.parties)) or "non donnée",
            }
            for une in referentiel.epreuves
        ],
        "renvois": renvois.cles(referentiel.sources),
    }
