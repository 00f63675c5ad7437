"""The clocks of a dossier: what is due when, by which text, and the last working day to act.

A clock is a rule of the view `echeances`: so many months after a fact of the dossier, or a day that
a text fixes. Rival readings of one clock are all kept, and the earliest day is the prudent one. A
clock whose condition is not known yet is given with its condition: a deadline that nobody heard of
is the one that is missed.

No text read by Binôme moves these deadlines when they fall on a day off: the day is given as the
text counts it, with the last working day before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.feries import dernier_jour_ouvre
from binome.regles.calendrier import date_en_clair
from binome.regles.conditions import atomes
from binome.regles.manquants import inconnus
from binome.regles.metiers.situer import manquants_pour_situer, situer
from binome.regles.motifs import Motif, alerte_en_json, alertes, motifs, sources_de
from binome.regles.regle import Horloge
from binome.regles.sources import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from binome.regles.base import Base
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.faits import Dossier
    from binome.regles.regle import Table

VUE: Final = "echeances"
SOUS_CONDITION: Final = "sous_condition"
JOUR_NON_OUVRE: Final = "jour_non_ouvre"
D_UN_SOUFFLE: Final = 5
"""As many missing facts as one sentence tells."""
JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class LectureDEcheance:
    """One reading of a clock: the day it gives, None while the day it counts from is unknown."""

    jour: date | None
    motif: Motif
    selon_la_voie: bool = False
    """Whether it hangs on a route that the positioning does not know yet."""

    @property
    def certaine(self) -> bool:
        """Whether its condition is established."""
        return self.motif.etape.issue == "oui"

    def en_json(self) -> dict[str, Any]:
        """The reading as the JSON contract fixes it."""
        return {
            "date": None if self.jour is None else self.jour.isoformat(),
            "texte": self.motif.texte,
            "sources": [str(citation) for citation in self.motif.citations],
        }


def premier_jour(lectures: Sequence[LectureDEcheance]) -> date | None:
    """The earliest day of the readings that run for sure; without one, of those that may run.

    What only hangs on something that nobody told (an aid contract, say) does not move the day of what
    is established: it is shown beside it, with its condition. None while no day can be counted.
    """
    surs = [un.jour for un in lectures if un.certaine and un.jour is not None]
    return min(surs or [un.jour for un in lectures if un.jour is not None], default=None)


@dataclass(frozen=True)
class Echeance:
    """One clock, with its readings; `jour` is the earliest of those that run."""

    code: str
    titre: str
    lectures: tuple[LectureDEcheance, ...]
    alertes: tuple[tuple[str, str, tuple[str, ...]], ...]
    manquants: tuple[str, ...]
    territoire: str

    @property
    def jour(self) -> date | None:
        """The day to keep (see `premier_jour`)."""
        return premier_jour(self.lectures)

    @property
    def rivales(self) -> bool:
        """Whether the readings do not give the same day."""
        return len({un.jour for un in self.lectures}) > 1

    @property
    def certaine(self) -> bool:
        """Whether the clock runs for sure."""
        return any(un.certaine for un in self.lectures)

    @property
    def de_la_plus_proche(self) -> tuple[LectureDEcheance, ...]:
        """The readings, the earliest day first."""
        return tuple(sorted(self.lectures, key=lambda un: un.jour or date.max))

    @cached_property
    def jour_ouvre(self) -> date | None:
        """The last working day on or before the day itself."""
        return None if self.jour is None else dernier_jour_ouvre(self.jour, self.territoire)

    def en_json(self) -> dict[str, Any]:
        """The clock as the JSON contract fixes it; `jour_ouvre` and `manquants` come besides."""
        return {
            "code": self.code,
            "date": None if self.jour is None else self.jour.isoformat(),
            "jour_ouvre": None if self.jour_ouvre is None else self.jour_ouvre.isoformat(),
            "lectures": [un.en_json() for un in self.lectures] if self.rivales else [],
            "motifs": [un.motif.en_json() for un in self.lectures],
            "manquants": list(self.manquants),
            "alertes": [
                {"code": code, "texte": texte, "sources": list(sources)}
                for code, texte, sources in self.alertes
            ],
        }


@dataclass(frozen=True)
class Echeances:
    """Every clock of a dossier: those with a day first, in its order, then the others."""

    base: Base
    dossier: Dossier
    toutes: tuple[Echeance, ...]

    @property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that keep a clock without a day, or under a condition."""
        return tuple(dict.fromkeys(nom for une in self.toutes for nom in une.manquants))

    def en_json(self) -> dict[str, Any]:
        """The answer as the JSON contract fixes it."""
        dites = [une.en_json() for une in self.toutes]
        cites = (un for une in dites for cle in ("motifs", "alertes") for un in une[cle])
        return {
            "echeances": dites,
            "documents": documents(cites, self.base.sources),
            "base": self.base.empreinte,
        }


def _lectures(base: Base, conclusion: Conclusion) -> Iterator[tuple[str, LectureDEcheance]]:
    verites = conclusion.etabli.verites

    def court(etape: Etape) -> bool:
        """Whether a clock runs, or may run: a denied rule whose window is unsure gives no day.

        A day that a text fixes belongs to its window: it is told only once that is sure.
        """
        effet, verite = etape.regle.effet, verites[etape.regle.id]
        return isinstance(effet, Horloge) and (verite is True or (verite is None and not effet.le))

    sans_voie = conclusion.dossier["voie"] is None
    for un in motifs(base, conclusion, court):
        effet = un.etape.regle.effet
        if isinstance(effet, Horloge):
            selon = sans_voie and _depend_de_la_voie(base.tables[un.etape.regle.table])
            yield effet.code, LectureDEcheance(effet.jour(conclusion.dossier), un, selon)


def _depend_de_la_voie(table: Table) -> bool:
    gardes = () if table.quand is None else atomes(table.quand)
    return any(atome.fait == "voie" for atome in gardes)


def _manquants(
    base: Base,
    conclusion: Conclusion,
    lectures: Iterable[LectureDEcheance],
    pour_situer: Sequence[str],
) -> tuple[str, ...]:
    """What a clock waits for: the day that it counts from, and the facts of its condition.

    `pour_situer`: what keeps the route open, for the clocks that depend on it.
    """
    chercheur = inconnus(base)
    noms: dict[str, None] = {}
    for un in lectures:
        effet = un.motif.etape.regle.effet
        if isinstance(effet, Horloge) and effet.fait and conclusion.dossier[effet.fait] is None:
            noms[effet.fait] = None
        noms.update(dict.fromkeys(sorted(chercheur.de_l_etape(un.motif.etape, conclusion))))
        if un.selon_la_voie:
            noms.update(dict.fromkeys(pour_situer))
    return tuple(noms)


def _ce_qui_manque(faits: Sequence[str]) -> str:
    """The facts that are missing, in two sentences when one would not be said in a breath."""
    if not faits:
        return ""
    if len(faits) <= D_UN_SOUFFLE:
        return f" Il manque : {', '.join(faits)}."
    d_abord, puis = faits[:D_UN_SOUFFLE], faits[D_UN_SOUFFLE:]
    return f" Il manque d’abord : {', '.join(d_abord)}. Puis : {', '.join(puis)}."


def _alertes(
    base: Base, lectures: list[LectureDEcheance], manquants: Iterable[str], territoire: str
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if not any(un.certaine and not un.selon_la_voie for un in lectures):
        faits = [base.faits[nom].libelle for nom in manquants]
        texte = f"Cette échéance ne court que sous condition.{_ce_qui_manque(faits)}"
        yield SOUS_CONDITION, texte, ()
    jour = premier_jour(lectures)
    if jour is not None and (ouvre := dernier_jour_ouvre(jour, territoire)) != jour:
        yield JOUR_NON_OUVRE, texte_du_jour(jour, ouvre), ()


def _alertes_des_regles(
    base: Base, conclusion: Conclusion
) -> Iterator[tuple[str, tuple[str, str, tuple[str, ...]]]]:
    """What the rules warn of beside each clock, as the view that they come from says it."""
    for alerte in alertes(base, conclusion):
        dite = alerte_en_json(alerte, sources_de(conclusion, alerte))
        for code in alerte.echeances:
            yield code, (dite["code"], dite["texte"], tuple(dite["sources"]))


def texte_du_jour(jour: date, ouvre: date) -> str:
    """What to do of a deadline that falls on a day off."""
    quand = f"Le {date_en_clair(jour)} est un {JOURS[jour.weekday()]}"
    ferie = "" if jour.weekday() > 4 else " férié"
    return (
        f"{quand}{ferie}. Nous n’avons lu aucun texte qui reporte ce délai : "
        f"agissez au plus tard le {JOURS[ouvre.weekday()]} {date_en_clair(ouvre)}."
    )


def echeances(base: Base, dossier: Dossier) -> Echeances:
    """Every clock of one dossier of the view `echeances`."""
    vue = base.vue(VUE)
    situe = situer(vue, dossier)
    territoire = str(situe["territoire"] or "")
    conclusion = vue.moteur.decider(situe)
    par_code: dict[str, list[LectureDEcheance]] = {}
    for code, lecture in _lectures(vue, conclusion):
        par_code.setdefault(code, []).append(lecture)
    ouverte = any(un.selon_la_voie for lectures in par_code.values() for un in lectures)
    pour_situer = manquants_pour_situer(vue, situe) if ouverte else ()
    avertis = list(_alertes_des_regles(vue, conclusion))
    toutes = []
    for code, lectures in par_code.items():
        noms = _manquants(vue, conclusion, lectures, pour_situer)
        dites = [un for horloge, un in avertis if horloge == code]
        mots = vue.question.mots.get(code, code)
        siennes = (*_alertes(vue, lectures, noms, territoire), *dites)
        toutes.append(Echeance(code, mots, tuple(lectures), siennes, noms, territoire))
    toutes.sort(key=lambda une: une.jour or date.max)
    return Echeances(vue, situe, tuple(toutes))
