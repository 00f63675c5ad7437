"""What is proposed to a jury for each bloc of a path, from what is written of it, and kept so that it can be played again.

Facts are those of the last attempt at each épreuve, of the whole line of a path (a transfer takes nothing away). The rule is
`propositions.py`; until when an AFGSU is valid is a parameter of the rule base. A bloc whose every module the decision says to be
held already has nothing to propose, and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import prefetch_related_objects

from binome.dossiers.bases import base_de
from binome.epreuves.etats import (
    EtatDAmenagement,
    EtatDAttestation,
    EtatDAvis,
    EtatDeGrille,
    EtatDePassation,
    MesureAccordee,
)
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
)
from binome.epreuves.programme import blocs_du_parcours
from binome.epreuves.propositions import (
    EpreuvePassee,
    FaitsDeBloc,
    PropositionDeBloc,
    VerdictDeGrille,
    proposer,
)
from binome.parcours.acquis import blocs_acquis_de
from binome.presences.avancement import avancements_prouves, lignees, par_numero
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from binome.epreuves.programme import BlocAEvaluer
    from binome.parcours.models import Parcours
    from binome.presences.avancement import Avancement, AvancementDeModule

VALIDITE: Final = "afgsu-validite"
"""The parameter of the rule base: months."""
ENSEMBLE: Final = 100
"""Paths read together: a query names each of their presences, and a database bounds how many it may name."""


@dataclass(frozen=True)
class Instantane:
    """A proposition with all that it stands on: the facts, the day, the hash of the rule base."""

    base: str
    jour: date
    faits: FaitsDeBloc
    proposition: PropositionDeBloc
    grilles: tuple[str, ...]

    def en_json(self) -> dict[str, Any]:
        """The same, to be kept with a decision."""
        faits = asdict(self.faits)
        faits["afgsu_jusqu_a"] = _jour_en_json(self.faits.afgsu_jusqu_a)
        return {
            "base": self.base,
            "jour": self.jour.isoformat(),
            "faits": _nu(faits),
            "issue": str(self.proposition.issue),
            "raison": self.proposition.raison,
            "manque": list(self.proposition.manque),
            "grilles": list(self.grilles),
        }


def proposition_du_bloc(parcours: Parcours, bloc: int, jour: date) -> PropositionDeBloc:
    """What is proposed for a bloc on the day of a jury. Raises KeyError for a bloc that has nothing to propose."""
    return propositions_du_parcours(parcours, jour)[bloc]


def propositions_du_parcours(parcours: Parcours, jour: date) -> dict[int, PropositionDeBloc]:
    """The same for every bloc of a path, by number."""
    return {
        numero: un.proposition for numero, un in instantanes_du_parcours(parcours, jour).items()
    }


def instantanes_du_parcours(parcours: Parcours, jour: date) -> dict[int, Instantane]:
    """The propositions of a path with what each stands on: what a decision keeps."""
    return instantanes_de([parcours], jour)[parcours.pk]


def instantanes_de(parcours: Sequence[Parcours], jour: date) -> dict[int, dict[int, Instantane]]:
    """The same for many, by path then by bloc: so many queries for each hundred, whatever is written of them."""
    prefetch_related_objects(parcours, "dossier", "decision")
    trouves: dict[int, dict[int, Instantane]] = {un.pk: {} for un in parcours}
    evalues = [un for un in parcours if blocs_du_parcours(un)]
    for rang in range(0, len(evalues), ENSEMBLE):
        for lus in _lire(evalues[rang : rang + ENSEMBLE]):
            base = base_de(lus.parcours.dossier.certification).empreinte
            for numero, bloc in blocs_du_parcours(lus.parcours).items():
                if numero not in lus.tenus:
                    faits = lus.faits(bloc)
                    trouves[lus.parcours.pk][numero] = Instantane(
                        base, jour, faits, proposer(faits, jour), lus.uids(numero)
                    )
    return trouves


def rejouer(garde: Mapping[str, Any]) -> PropositionDeBloc:
    """The proposition that facts kept give: the same, whatever was written since. Raises KeyError, ValueError for what is not ours."""
    faits = garde["faits"]
    jusqu_a = faits["afgsu_jusqu_a"]
    return proposer(
        FaitsDeBloc(
            bloc=faits["bloc"],
            epreuves=tuple(
                EpreuvePassee(
                    une["code"],
                    une["evaluateurs"],
                    tuple(
                        {code: VerdictDeGrille(dit) for code, dit in grille.items()}
                        for grille in une["grilles"]
                    ),
                )
                for une in faits["epreuves"]
            ),
            avis=None if faits["avis"] is None else VerdictDeGrille(faits["avis"]),
            minutes_suivies=faits["minutes_suivies"],
            minutes_a_suivre=faits["minutes_a_suivre"],
            afgsu=faits["afgsu"],
            afgsu_jusqu_a=None if jusqu_a is None else date.fromisoformat(jusqu_a),
            competences=tuple(faits["competences"]),
        ),
        date.fromisoformat(garde["jour"]),
    )


def afgsu_jusqu_a(certification: str, obtenue_le: date) -> date | None:
    """The last day of an attestation, by the rule base; None where it says nothing of that day."""
    for un in base_de(certification).parametres:
        if (
            un.id == VALIDITE
            and isinstance(un.valeur, int)
            and (un.du is None or un.du <= obtenue_le)
            and (un.au is None or obtenue_le <= un.au)
        ):
            return ajouter_mois(obtenue_le, un.valeur)
    return None


@dataclass(frozen=True)
class _Lus:
    """All that is written of a path, read with that of others, whatever the number of its blocs.

    `grilles` are those that hold of each last attempt, by its number.
    """

    parcours: Parcours
    tenus: set[int]
    avance: Avancement
    dernieres: dict[str, Passation]
    grilles: Mapping[int, Sequence[Grille]]
    dispensees: set[str]
    avis: dict[int, str]
    afgsu: date | None

    @property
    def forfaits(self) -> dict[int, int]:
        """Minutes that the decision takes off a bloc without naming a module."""
        if self.parcours.decision is None:
            return {}
        dits = self.parcours.decision.reponse.get("forfaits", ())
        return {un["bloc"]: un["formation"] or 0 for un in dits}

    def uids(self, bloc: int) -> tuple[str, ...]:
        """The names of the grids of a bloc, the first received first."""
        siennes = (
            grille
            for une in self.dernieres.values()
            if une.bloc == bloc
            for grille in self.grilles.get(une.pk, ())
        )
        return tuple(str(une.uid) for une in sorted(siennes, key=lambda une: une.pk))

    def faits(self, bloc: BlocAEvaluer) -> FaitsDeBloc:
        """What is known of a bloc."""
        suivies, a_suivre = self._minutes(bloc.numero)
        avis = self.avis.get(bloc.numero)
        return FaitsDeBloc(
            bloc.numero,
            tuple(
                self._epreuve(une.code) for une in bloc.jugees if une.code not in self.dispensees
            ),
            None if avis is None else VerdictDeGrille(avis),
            suivies,
            a_suivre,
            afgsu=bloc.afgsu,
            afgsu_jusqu_a=None
            if self.afgsu is None or not bloc.afgsu
            else afgsu_jusqu_a(self.parcours.dossier.certification, self.afgsu),
            competences=tuple(une.code for une in bloc.lignes),
        )

    def _epreuve(self, code: str) -> EpreuvePassee:
        derniere = self.dernieres.get(code)
        if derniere is None:
            return EpreuvePassee(code, 1, ())
        grilles = tuple(
            {un.competence: VerdictDeGrille(un.verdict) for un in une.verdicts.all()}
            for une in self.grilles.get(derniere.pk, ())
        )
        return EpreuvePassee(code, derniere.evaluateurs, grilles)

    def _minutes(self, bloc: int) -> tuple[int, int | None]:
        """Minutes proven of a bloc, each module within what is due of it, and due.

        A decision may take hours off a bloc without naming a module; a letter may without naming a bloc: while these could be of
        this one, what is due is not known.
        """
        siens = [un for un in self.avance.modules if un.bloc == bloc]
        suivies = sum(_comptees(un) for un in siens)
        dues = [un.dues for un in siens]
        connues = [une for une in dues if une is not None]
        if len(connues) < len(dues):
            return suivies, None
        a_suivre = sum(connues) - self.forfaits.get(bloc, 0)
        toutes = [un.dues for un in self.avance.modules]
        formation = self.avance.formation
        if formation is None or suivies >= a_suivre or None in toutes:
            return suivies, a_suivre
        ote = sum(une for une in toutes if une is not None) - formation
        if ote <= sum(self.forfaits.values()):
            return suivies, a_suivre
        if sum(_comptees(un) for un in self.avance.modules) >= formation:
            return suivies, suivies
        return suivies, None


def _lire(parcours: Sequence[Parcours]) -> list[_Lus]:
    """What is written of each path, in its order; dossiers and decisions must have been read."""
    de_qui = par_numero(lignees(parcours))
    dernieres: defaultdict[int, dict[str, Passation]] = defaultdict(dict)
    for passation in _passations(de_qui):
        for tete in de_qui[passation.parcours_id]:
            dernieres[tete][passation.epreuve] = passation
    grilles = _grilles({une.pk for siennes in dernieres.values() for une in siennes.values()})
    dispensees: defaultdict[int, set[str]] = defaultdict(set)
    accordees = Amenagement.objects.filter(
        parcours__in=de_qui, etat=EtatDAmenagement.ACCORDE, mesure=MesureAccordee.DISPENSE
    )
    for numero, epreuve in accordees.order_by("pk").values_list("parcours", "epreuve"):
        for tete in de_qui[numero]:
            dispensees[tete].add(epreuve)
    avis: defaultdict[int, dict[int, str]] = defaultdict(dict)
    donnes = AvisDeTuteur.objects.filter(parcours__in=de_qui, etat=EtatDAvis.EN_VIGUEUR)
    for numero, bloc, verdict in donnes.order_by("pk").values_list("parcours", "bloc", "verdict"):
        for tete in de_qui[numero]:
            avis[tete][bloc] = verdict
    afgsu: dict[int, date] = {}
    obtenues = AttestationAfgsu.objects.filter(
        parcours__in=de_qui, etat=EtatDAttestation.EN_VIGUEUR
    )
    for numero, jour in obtenues.order_by("obtenue_le").values_list("parcours", "obtenue_le"):
        afgsu |= dict.fromkeys(de_qui[numero], jour)
    avances, tenus = avancements_prouves(parcours, de_qui), blocs_acquis_de(parcours)
    return [
        _Lus(
            un, tenus[un.pk], avances[un.pk], dernieres[un.pk], grilles, dispensees[un.pk],
            avis[un.pk], afgsu.get(un.pk),
        )
        for un in parcours
    ]  # fmt: skip


def _grilles(passations: set[int]) -> dict[int, list[Grille]]:
    """The grids that hold of each attempt; two of one evaluator that are to choose from are none."""
    lues = (
        Grille.objects.filter(passation__in=passations)
        .exclude(etat=EtatDeGrille.REMPLACEE)
        .prefetch_related("verdicts")
        .order_by("pk")
    )
    a_choisir = {
        (une.passation_id, une.par_id) for une in lues if une.etat == EtatDeGrille.A_CHOISIR
    }
    tenues: defaultdict[int, list[Grille]] = defaultdict(list)
    for une in lues:
        if (une.passation_id, une.par_id) not in a_choisir:
            tenues[une.passation_id].append(une)
    return tenues


def dernieres_passations(numeros: list[int]) -> dict[str, Passation]:
    """The last attempt at each épreuve of a line of paths, cancelled ones apart, by the épreuve's code."""
    return {une.epreuve: une for une in _passations(numeros)}


def _passations(numeros: Iterable[int]) -> QuerySet[Passation]:
    lues = Passation.objects.filter(parcours__in=list(numeros))
    return lues.exclude(etat=EtatDePassation.ANNULEE).order_by("tentative", "pk")


def _comptees(un: AvancementDeModule) -> int:
    prouvees = un.faites.prouvees
    return prouvees if un.dues is None else min(prouvees, un.dues)


def _jour_en_json(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


def _nu(valeur: Any) -> Any:
    """Plain values, as JSON keeps them: what is read back is equal."""
    if isinstance(valeur, dict):
        return {str(cle): _nu(une) for cle, une in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_nu(une) for une in valeur]
    return str(valeur) if isinstance(valeur, VerdictDeGrille) else valeur
