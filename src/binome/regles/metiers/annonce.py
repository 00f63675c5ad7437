"""An answer as every reader receives it first: one sentence, the hours by bloc, the useful reasons.

The terminal, the site and the printed page show the same words and the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from binome.regles.calendrier import date_en_clair, duree_en_clair, duree_ou_inconnue
from binome.regles.certification import FORMATIONS
from binome.regles.manquants import essais, inconnus
from binome.regles.metiers.heures import VOIE
from binome.regles.metiers.raisons import est_utile
from binome.regles.quantites import compteur
from binome.regles.utiles import faits_utiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.certification import GenreDeVoie
    from binome.regles.faits import Dossier
    from binome.regles.metiers.positionnement import (
        ForfaitAccorde,
        ModulePositionne,
        Positionnement,
        StatutDeModule,
    )
    from binome.regles.motifs import Motif
    from binome.regles.referentiels import Referentiel

STATUTS: Final[tuple[StatutDeModule, ...]] = ("a_suivre", "acquis", "dispense")
PROFONDEUR: Final = 3
"""An AFGSU takes three answers: its level, its date, the jury's."""


class Dite(Protocol):
    """What is told of an answer: one that was just worked out, or one that was kept (`gardee.py`)."""

    @property
    def base(self) -> Base: ...
    @property
    def voie(self) -> str: ...
    @property
    def genre(self) -> GenreDeVoie | None: ...
    @property
    def referentiel(self) -> Referentiel | None: ...
    @property
    def minutes(self) -> Mapping[str, int | None]: ...
    @property
    def comptees(self) -> int | None: ...
    @property
    def modules(self) -> tuple[ModulePositionne, ...]: ...
    @property
    def forfaits(self) -> tuple[ForfaitAccorde, ...]: ...
    @property
    def manquants(self) -> tuple[str, ...]: ...
    @property
    def plafond(self) -> bool: ...
    @property
    def aussi(self) -> tuple[str, ...]: ...
    @property
    def au(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class BarreDeBloc:
    """A bloc of the référentiel and the minutes of each status; they add up to the bloc's length."""

    numero: int
    intitule: str
    minutes: dict[StatutDeModule, int]
    modules: tuple[ModulePositionne, ...]


def minimum(reponse: Positionnement) -> int:
    """The fewest minutes that the unknown facts could lead to, on the same route.

    An exemption counts only once established, so the total itself is the most. Facts are tried at
    their bounds, in the order of the base, where a fact comes after those it depends on.
    """
    base, voie = reponse.base, reponse.conclusion.etabli.retenues[VOIE]
    compter, chercheur = compteur(base).compter, inconnus(base)
    compte = base.certification.compte
    total = reponse.comptees or 0

    rangs = [nom for nom in base.faits if nom in faits_utiles(base)]

    def explorer(dossier: Dossier, suivants: list[str], profondeur: int) -> int:
        etabli = base.moteur.resoudre(dossier)
        atteint = compter(etabli)[compte] if etabli.retenues[VOIE] == voie else None
        meilleur = total if atteint is None else atteint
        if profondeur and etabli.retenues[VOIE] == voie:
            restants = chercheur.de(dossier, etabli)
            for rang, nom in enumerate(suivants):
                for valeur in essais(base, nom, dossier) if nom in restants else ():
                    suite = explorer({**dossier, nom: valeur}, suivants[rang + 1 :], profondeur - 1)
                    meilleur = min(meilleur, suite)
        return meilleur

    return explorer(reponse.conclusion.dossier, rangs, PROFONDEUR) if reponse.manquants else total


def au_plus(reponse: Dite) -> str:
    """The hours in words; « au plus » while an unknown fact could still lower them."""
    if reponse.comptees is None:
        return duree_ou_inconnue(None)
    ouverte = reponse.manquants or reponse.plafond
    return f"{duree_en_clair(reponse.comptees)}{' au plus' if ouverte else ''}"


def duree(reponse: Positionnement, *, provisoire: bool = False) -> str:
    """The hours in words: a range when an unknown fact could still lower them.

    `provisoire` says the most only, which costs nothing to know.
    """
    total = reponse.comptees
    if total is None:
        return duree_ou_inconnue(total)
    enlevees = [reserve.minutes for reserve in reponse.reserves]
    if provisoire or None in enlevees:
        # Where nobody knows how much may come off, the least cannot be told.
        return au_plus(reponse)
    moins = minimum(reponse) - sum(un for un in enlevees if un is not None)
    if moins < total:
        return f"de {duree_en_clair(moins)} à {duree_en_clair(total)}"
    return duree_en_clair(total)


def phrase(reponse: Positionnement, *, tiers: bool = False, provisoire: bool = False) -> str:
    """The answer in one sentence; `tiers` speaks of the person to someone else."""
    return _phrase(reponse, lambda: duree(reponse, provisoire=provisoire), tiers=tiers)


def phrase_au_plus(reponse: Dite, *, tiers: bool = False) -> str:
    """The same of an answer that nobody works out again: its hours are the most that it may be."""
    return _phrase(reponse, lambda: au_plus(reponse), tiers=tiers)


def _phrase(reponse: Dite, heures: Callable[[], str], *, tiers: bool) -> str:
    certification = reponse.base.certification
    if reponse.genre is None:
        return certification.indetermine if reponse.manquants else certification.sans_reponse
    if reponse.genre == "fermee" and reponse.referentiel is None and reponse.au is not None:
        return certification.sans_referentiel.format(jour=date_en_clair(reponse.au))
    voie = certification.voies[reponse.voie]
    for autre in voie.autrement:
        if autre.regle in reponse.aussi:
            return autre.tiers if tiers else autre.vous
    durees = {nom: duree_ou_inconnue(minutes) for nom, minutes in reponse.minutes.items()}
    dites = heures() if reponse.genre in FORMATIONS else ""
    return (voie.tiers if tiers else voie.vous).format(heures=dites, **durees)


def resume(reponse: Positionnement) -> str:
    """The answer as it stands, in one line."""
    suite = ""
    if reponse.genre in FORMATIONS and reponse.comptees is not None:
        suite = f", {duree(reponse, provisoire=True)}"
    voie = reponse.base.certification.voies.get(reponse.voie)
    nom = "pas encore de réponse" if voie is None else f"{voie.court}{suite}"
    reste = len(reponse.manquants)
    suite = f" ({reste} question{'s' if reste > 1 else ''} au plus)" if reste else ""
    return f"Pour l’instant : {nom}{suite}"


def barres(reponse: Dite) -> Iterator[BarreDeBloc]:
    """The blocs of the answer, in order, with the minutes of each status.

    What no source details module by module counts as to follow, up to the bloc's own length; a lump
    that names its bloc is taken off it.
    """
    referentiel = reponse.referentiel
    if referentiel is None:
        return
    for numero in dict.fromkeys(un.module.bloc for un in reponse.modules):
        bloc = referentiel.bloc(numero)
        modules = tuple(un for un in reponse.modules if un.module.bloc == numero)
        minutes = dict.fromkeys(STATUTS, 0)
        for un in modules:
            minutes[un.statut] += un.module.minutes or 0
        minutes["dispense"] += sum(un.formation for un in reponse.forfaits if un.bloc == numero)
        minutes["a_suivre"] = bloc.minutes - minutes["acquis"] - minutes["dispense"]
        yield BarreDeBloc(numero, bloc.intitule, minutes, modules)


def forfait(reponse: Dite) -> int:
    """Minutes exempted as a lump that names no bloc; 0 when there are none."""
    return sum(un.formation for un in reponse.forfaits if un.bloc is None)


def raisons(reponse: Positionnement) -> list[Motif]:
    """The reasons a person wants first: what was granted, what decided, what was refused."""
    return [
        motif
        for motif in reponse.motifs
        if est_utile(reponse.base, motif.etape.regle.id, motif.etape.issue, reponse.voie)
    ]


def postes(reponse: Dite) -> dict[str, str]:
    """The hours of a version whose blocs no source lists, each in words; empty for any other."""
    referentiel, minutes = reponse.referentiel, reponse.minutes
    if referentiel is None or referentiel.blocs or reponse.genre != "certification":
        return {}
    cours = minutes["formation"]
    dits = {"Cours": duree_ou_inconnue(cours) + ("" if cours is None else " à suivre")}
    if en_moins := minutes["dispensees"]:
        dits["En moins"] = f"{duree_en_clair(en_moins)}, sans modules nommés"
    if "pratique" in minutes:
        dits["Pratique"] = duree_ou_inconnue(minutes["pratique"])
    dits["Épreuves"] = duree_ou_inconnue(minutes["evaluations"])
    return dits
