"""Which unknown facts still matter, and in which order to ask for them.

A fact matters when an unknown condition that decides reads it. The order is the one that
settles the answer fastest: first the fact that most often settles what the view answers (the
route, for the positioning), then the one that leaves the fewest other questions, on average over the values that make a difference.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.bornes import comparaisons, dates_de_fenetre, dates_liees, valeurs_aux_bornes
from binome.regles.expressions import (
    Constante,
    PremierConnu,
    Quantite,
    Selon,
    ValeurDuFait,
    faits_lus,
    operandes,
)
from binome.regles.quantites import quantites
from binome.regles.reprise import Reprise
from binome.regles.sondes import Recherche, Sondes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.expressions import Expression
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.regle import Regle, Table


class Inconnus:
    """Finds, for one base, the unknown facts derriere what is not decided."""

    def __init__(self, base: Base) -> None:
        self._sondes = Sondes(base)
        self._faits = base.faits
        self._decisives = [
            (regle.id, table, self._sondes.de_la_regle(regle), _bloquante(table))
            for table in base.tables.values()
            if table.role == "decide"
            for regle in table.regles
        ]
        self._quantites = quantites(base)
        self._chiffrees = [un for un in self._quantites.values() if faits_lus(un)]

    def de(self, dossier: Dossier, etabli: Etabli) -> frozenset[str]:
        """The unknown facts that could still change the answer.

        A rule that can never answer yes, because the sources are silent, still matters where it
        stands in the way of the next ones.
        """
        verites, retenues = etabli.verites, etabli.retenues
        recherche = Recherche(self._tus(dossier), {})
        lus: frozenset[str] = frozenset()
        for nom, table, sonde, bloquante in self._decisives:
            if (
                verites.get(nom, False) is None
                # Once one requirement refuses, the others cannot change the answer.
                and (table.politique != "toutes" or retenues[table.id] is None)
                and not recherche.tus & sonde.lus <= lus
                and (
                    sonde.peut_etre(True, dossier, etabli)
                    or (bloquante and sonde.peut_etre(False, dossier, etabli))
                )
            ):
                lus |= sonde.manque(dossier, etabli, recherche)
        for chiffree in self._chiffrees:
            lus |= self._du_montant(chiffree, dossier, etabli, recherche) or frozenset()
        return self._a_demander(lus, dossier)

    def _tus(self, dossier: Dossier) -> frozenset[str]:
        return frozenset([nom for nom in self._faits if dossier[nom] is None])

    def _du_montant(
        self, expression: Expression, dossier: Dossier, etabli: Etabli, recherche: Recherche
    ) -> frozenset[str] | None:
        """The unknown facts that an amount still waits for; None when no fact can make it known."""

        def suite(terme: Expression) -> frozenset[str] | None:
            return self._du_montant(terme, dossier, etabli, recherche)

        match expression:
            case Constante(None):
                return None
            case ValeurDuFait(fait):
                return frozenset([fait] if dossier[fait] is None else [])
            case Quantite(nom):
                return suite(self._quantites[nom])
            case Selon(table, cas, sinon):
                retenue = etabli.retenues[table]
                if retenue is not None:
                    return suite(dict(cas).get(retenue, sinon))
                possibles = [lus for lus in map(suite, operandes(expression)) if lus is not None]
                if not possibles:
                    return None
                derriere = self._sondes.de_la_table(table)(dossier, etabli, recherche)
                return derriere.union(*possibles)
            case PremierConnu(termes):
                attendus: frozenset[str] = frozenset()
                for terme in termes:
                    lus = suite(terme)
                    attendus |= lus or frozenset()
                    if lus == frozenset():  # known: the next terms are not read
                        break
                return attendus
            case _:
                lus_ = [suite(terme) for terme in operandes(expression)]
                connus = [un for un in lus_ if un is not None]
                return frozenset().union(*connus) if len(connus) == len(lus_) else None

    def du_montant(self, nom: str, dossier: Dossier, etabli: Etabli) -> frozenset[str]:
        """The unknown facts that one amount waits for; none when no fact can make it known."""
        lus = self._du_montant(
            self._quantites[nom], dossier, etabli, Recherche(self._tus(dossier), {})
        )
        return self._a_demander(lus or (), dossier)

    def _a_demander(self, lus: Iterable[str], dossier: Dossier) -> frozenset[str]:
        """Unknown facts as a person can give them: one that is worked out stands for its inputs."""
        demandes: set[str] = set()
        for nom in lus:
            fait = self._faits[nom]
            if fait.calcul is not None:
                inputs = [un for un in faits_lus(fait.calcul) if dossier[un] is None]
                demandes |= self._a_demander(inputs, dossier)
            elif not fait.interne:
                demandes.add(nom)
        return frozenset(demandes)

    def de_l_etape(self, etape: Etape, conclusion: Conclusion) -> frozenset[str]:
        """The unknown facts that keep one rule of a trace undecided; none when it is decided."""
        if etape.issue != "indetermine":
            return frozenset()
        return self.de_la_regle(etape.regle, conclusion.dossier, conclusion.etabli)

    def de_la_regle(self, regle: Regle, dossier: Dossier, etabli: Etabli) -> frozenset[str]:
        """The unknown facts that keep one undecided rule so; none when only somebody else can say."""
        lus = self._sondes.de_la_regle(regle).manque(
            dossier, etabli, Recherche(self._tus(dossier), {})
        )
        return self._a_demander(lus, dossier)


def _bloquante(table: Table) -> bool:
    """Whether an undecided rule of the table stands in the way of the next ones."""
    return table.politique != "cumul" and table.inconnu == "bloque"


@lru_cache(maxsize=64)
def inconnus(base: Base) -> Inconnus:
    """The finder of a base, made once."""
    return Inconnus(base)


@lru_cache(maxsize=64)
def _essais(base: Base) -> Mapping[str, Sequence[Valeur]]:
    return valeurs_aux_bornes(comparaisons(base, "prepare", "decide"), base)


def essais(base: Base, fait: str, dossier: Dossier) -> list[Valeur]:
    """The values of a fact that can make a difference to the answer."""
    valeurs: list[Valeur] = list(_essais(base).get(fait, ()))
    if base.faits[fait].type == "date":
        valeurs += dates_de_fenetre(base, fait, "prepare", "decide")
        liees = comparaisons(base, "prepare", "decide")
        valeurs += sorted(dates_liees(liees, fait, dossier))
    return valeurs


def manquants(base: Base, dossier: Dossier, etabli: Etabli) -> list[str]:
    """The unknown facts that still matter, the one that settles the answer fastest first."""
    chercheur = inconnus(base)
    restants = chercheur.de(dossier, etabli)
    if len(restants) < 2:
        return list(restants)
    rang = {nom: place for place, nom in enumerate(base.faits)}
    cibles = base.question.cibles
    reprise = Reprise(base.moteur, dossier)

    def cout(nom: str) -> tuple[float, float, int]:
        valeurs = essais(base, nom, dossier)
        if not valeurs:  # alone, this fact settles nothing: another one must come first
            return (_ouvertes(etabli, cibles), len(restants), rang[nom])
        ouvertes = questions = 0
        for valeur in valeurs:
            suite = base.completer({**dossier, nom: valeur})
            etabli_suivant = reprise.resoudre(suite)
            ouvertes += _ouvertes(etabli_suivant, cibles)
            questions += len(chercheur.de(suite, etabli_suivant))
        nombre = len(valeurs)
        return (ouvertes / nombre, questions / nombre, rang[nom])

    return sorted(restants, key=cout)


def _ouvertes(etabli: Etabli, cibles: Sequence[str]) -> int:
    """How many of the answers are still unknown."""
    return sum(etabli.retenues[cible] is None for cible in cibles)
