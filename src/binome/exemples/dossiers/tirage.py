"""Drawing candidates: who they are, what they declare, where their dossier stands. The same from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.etats import Etat
from binome.exemples.dossiers import calibrage
from binome.formations.territoires import departements
from binome.socle.references import ALPHABET, composer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.exemples.dossiers.calibrage import Repartition

PRENOMS: Final = {
    "f": "Anna Basma Chloé Diane Elsa Fanta Gaëlle Hanna Inès Jeanne Karima Lina Maëlle Nora Odile "
         "Pauline Rose Sarah Thi Yasmine Zoé".split(),
    "h": "Adam Bruno Côme Driss Enzo Farid Gaël Hugo Ivan Jonas Karim Léo Malik Noé Omar Paul".split(),
}  # fmt: skip
ARBRES: Final = (
    "Acacia Alisier Amandier Arbousier Aulne Bouleau Buis Cèdre Cerisier Charme Châtaignier Chêne "
    "Cognassier Cornouiller Cyprès Érable Eucalyptus Figuier Frêne Fusain Genévrier Ginkgo Hêtre Houx "
    "If Laurier Lilas Magnolia Marronnier Mélèze Merisier Micocoulier Mûrier Noisetier Noyer Olivier "
    "Orme Peuplier Pin Platane Poirier Pommier Prunier Robinier Sapin Saule Sorbier Sureau Tamaris "
    "Tilleul Tremble Troène"
).split()
"""Family names are « Exemple » and a tree: nobody bears them."""
MOIS: Final = (1, 1, 3, 5, 9, 9, 9, 10, 11)
"""The months when sessions start; hypothesis, most in January and September."""
SOIGNANTS: Final = frozenset({"ide", "aide_soignant", "auxiliaire_puericulture"})
NATURES: Final = ("identite", "diplomes", "experience", "contrat")
"""The documents that every dossier has; the AFGSU comes with the attestation."""
NIVEAU_D_UN_TITRE: Final = 4


@dataclass(slots=True)
class Tire:
    """One made-up dossier, before it is written."""

    rang: int
    reference: str
    organisme: int
    sexe: str
    profil: str
    diplome: str
    identite: dict[str, Any]
    faits: dict[str, Any]
    etat: Etat
    cree_le: datetime
    depose_le: datetime | None = None
    decide_le: datetime | None = None
    clos_le: datetime | None = None
    ecart: bool = False
    recours: bool = False
    reserve: bool = False
    pieces: dict[str, str] = field(default_factory=dict)
    """The state of each document, by kind."""


class Tirage:
    """Draws from the tables of `calibrage`."""

    def __init__(self, graine: int, jour: date) -> None:
        self.hasard = Random(graine)  # noqa: S311 - the same set from the same seed
        self.jour = jour
        self._cumuls: dict[int, tuple[list[str], list[int]]] = {}
        connus = calibrage.DEPARTEMENTS.parts
        autres = [code for code in departements() if code not in connus]
        self.noms = {code: un.nom for code, un in departements().items()}
        reste = 1000 - sum(connus.values())
        self.lieux = [*connus, *autres]
        self.poids = [*connus.values(), *[reste / len(autres)] * len(autres)]

    def parmi(self, table: Repartition) -> str:
        """One value of a table, according to its shares."""
        if id(table) not in self._cumuls:
            self._cumuls[id(table)] = list(table.parts), list(accumulate(table.parts.values()))
        valeurs, cumul = self._cumuls[id(table)]
        return self.hasard.choices(valeurs, cum_weights=cumul)[0]

    def chance(self, pour_mille: float) -> bool:
        """Yes, that many times in a thousand."""
        return self.hasard.random() * 1000 < pour_mille

    def tirer(self, nombre: int) -> Iterator[Tire]:
        """That many dossiers, one after the other."""
        for rang in range(nombre):
            yield self._un(rang)

    def _un(self, rang: int) -> Tire:
        hasard = self.hasard
        etat = Etat(self.parmi(calibrage.ETATS))
        sexe, profil = self.parmi(calibrage.SEXES), self.parmi(calibrage.PROFILS)
        diplome = "" if profil in SOIGNANTS else self.parmi(calibrage.DIPLOMES)
        depot, entree = self._dates(etat)
        tire = Tire(
            rang,
            composer("".join(hasard.choices(ALPHABET, k=7))),
            min(int(hasard.paretovariate(0.6)) - 1, 10**6) % calibrage.ORGANISMES,
            sexe,
            profil,
            diplome,
            self._identite(rang, sexe, entree),
            self._faits(profil, diplome, entree),
            etat,
            depot - timedelta(days=hasard.randint(1, 20)),
        )
        self._vie(tire, depot)
        return tire

    def _dates(self, etat: Etat) -> tuple[datetime, date]:
        """The day of filing, and that of entry: open dossiers are recent, closed ones of any year."""
        hasard = self.hasard
        if etat in (Etat.CLOS, Etat.RETIRE):
            annee = int(self.parmi(calibrage.ENTREES))
            entree = self._session(annee)
            depot = entree - timedelta(days=hasard.randint(30, 90))
            depot = min(depot, self.jour - timedelta(days=60))
        else:
            loin = 365 if etat in (Etat.DECIDE, Etat.RECOURS) else 45
            depot = self.jour - timedelta(days=hasard.randint(20 if loin == 365 else 1, loin))
            visee = depot + timedelta(days=hasard.randint(40, 120))
            entree = date(visee.year, visee.month, 1)
        heure = time(hasard.randint(8, 18), hasard.randint(0, 59))
        return datetime.combine(depot, heure, UTC), entree

    def _session(self, annee: int) -> date:
        return date(annee, self.hasard.choice(MOIS), 1)

    def _identite(self, rang: int, sexe: str, entree: date) -> dict[str, Any]:
        hasard = self.hasard
        bas, haut = calibrage.AGES
        age = hasard.gauss(calibrage.AGE_MOYEN, calibrage.AGE_ECART)
        jours = int(min(max(age, bas), haut) * 365.25)
        specialite = self.parmi(calibrage.SPECIALITES)
        lieu = hasard.choices(self.lieux, weights=self.poids)[0]
        return {
            "prenom": hasard.choice(PRENOMS[sexe]),
            "nom": f"Exemple {hasard.choice(ARBRES)}",
            "naissance": entree - timedelta(days=jours),
            "courriel": f"candidat-{rang}@exemple.invalid",
            "employeur": f"Cabinet d’exemple {rang % 4000 + 1}, {specialite} ({self.noms[lieu]})",
            "session": f"Session d’exemple de {entree:%m/%Y}",
        }

    def _faits(self, profil: str, diplome: str, entree: date) -> dict[str, Any]:
        hasard = self.hasard
        faits: dict[str, Any] = {
            "date_entree": entree.isoformat(),
            "situation": "salarie_cabinet",
            "contrat": self.parmi(calibrage.CONTRATS),
            "experience_secretaire_mois": 0,
            "experience_dentaire_mois": 0,
        }
        if profil in SOIGNANTS:
            niveau, titres = (6 if profil == "ide" else 4), [profil]
        else:
            niveau, titres = calibrage.NIVEAUX[diplome], []
            # Among who follows the CQP, only secretaries and dental assistants have an exempting title.
            titre = 1000 - calibrage.SANS_DISPENSE
            if profil == "assistant_dentaire":
                titres = [profil]
            elif profil == "secretaire" and self.chance(titre * 894 / 800):
                titres = ["secretaire_medical"]
        if titres:
            # Whoever holds a title has its level (igas-2023, table 4), whatever the draw said.
            niveau = max(niveau, NIVEAU_D_UN_TITRE)
        if profil == "secretaire":
            faits["experience_secretaire_mois"] = hasard.choice(
                (12, 18, 24, 30, 36, 48, 60, 96, 180)
            )
        if diplome == "experience_3_ans":
            faits["experience_secretaire_mois"] = hasard.choice((36, 48, 60, 96, 180))
        if profil == "assistant_dentaire":
            faits["experience_dentaire_mois"] = hasard.choice((12, 24, 60))
        afgsu = 2 if profil in SOIGNANTS else int(self.parmi(calibrage.AFGSU))
        faits |= {"diplomes": titres, "niveau_diplome": niveau, "afgsu_niveau": afgsu}
        if afgsu:
            recul = timedelta(days=182 * hasard.randint(1, 6))
            faits["afgsu_date"] = (entree - recul).replace(day=1).isoformat()
        return faits

    def _vie(self, tire: Tire, depot: datetime) -> None:
        """What happened to the dossier, as far as its state tells."""
        hasard, etat = self.hasard, tire.etat
        if etat == Etat.BROUILLON:
            return
        fin = datetime.combine(self.jour, time(7), UTC)
        tire.depose_le = depot
        if etat == Etat.RETIRE:
            tire.clos_le = min(depot + timedelta(days=hasard.randint(1, 30)), fin)
        if etat in (Etat.DECIDE, Etat.RECOURS, Etat.CLOS):
            tire.decide_le = min(depot + timedelta(days=hasard.randint(5, 19)), fin)
            tire.reserve = self.chance(40)
            tire.recours = etat == Etat.RECOURS or (etat == Etat.CLOS and self.chance(30))
        if etat == Etat.CLOS and tire.decide_le is not None:
            tire.clos_le = min(tire.decide_le + timedelta(days=hasard.randint(20, 38)), fin)
        examinees = etat in (Etat.PROPOSITION, Etat.DECIDE, Etat.RECOURS, Etat.CLOS)
        tire.ecart = examinees and self.chance(60)
        natures = (*NATURES, "afgsu") if tire.faits["afgsu_niveau"] else NATURES
        tire.pieces = dict.fromkeys(natures, "acceptee" if examinees else "recue")
        if etat == Etat.A_COMPLETER:
            tire.pieces[hasard.choice(natures)] = "refusee"
