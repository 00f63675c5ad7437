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
from binome.parcours.acquis import blocs_acquis
from binome.presences.avancement import avancement, lignee
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.epreuves.programme import BlocAEvaluer
    from binome.parcours.models import Parcours
    from binome.presences.avancement import AvancementDeModule

VALIDITE: Final = "afgsu-validite"
"""The parameter of the rule base: months."""


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
    blocs = blocs_du_parcours(parcours)
    if not blocs:
        return {}
    lus = _Lus(parcours, jour)
    base = base_de(parcours.dossier.certification).empreinte
    trouves = {}
    for numero, bloc in blocs.items():
        if numero in lus.tenus:
            continue
        faits = lus.faits(bloc)
        trouves[numero] = Instantane(
            base, jour, faits, proposer(faits, jour), tuple(lus.uids.get(numero, ()))
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


class _Lus:
    """All that is written of a path, read once, whatever the number of its blocs."""

    def __init__(self, parcours: Parcours, jour: date) -> None:
        numeros = lignee(parcours)
        self.parcours, self.jour = parcours, jour
        self.dernieres = dernieres_passations(numeros)
        self.grilles, self.uids = self._grilles()
        self.dispensees = set(
            Amenagement.objects.filter(
                parcours__in=numeros, etat=EtatDAmenagement.ACCORDE, mesure=MesureAccordee.DISPENSE
            )
            .order_by("pk")
            .values_list("epreuve", flat=True)
        )
        avis = AvisDeTuteur.objects.filter(parcours__in=numeros, etat=EtatDAvis.EN_VIGUEUR)
        self.avis = dict(avis.order_by("pk").values_list("bloc", "verdict"))
        obtenues = AttestationAfgsu.objects.filter(
            parcours__in=numeros, etat=EtatDAttestation.EN_VIGUEUR
        )
        jours = obtenues.order_by("-obtenue_le").values_list("obtenue_le", flat=True)
        self.afgsu = jours.first()
        self.avance = avancement(parcours)
        self.forfaits: dict[int, int] = {}
        if parcours.decision is not None:
            dits = parcours.decision.reponse.get("forfaits", ())
            self.forfaits = {un["bloc"]: un["formation"] or 0 for un in dits}
        self.tenus = blocs_acquis(parcours)

    def _grilles(self) -> tuple[dict[int, list[dict[str, VerdictDeGrille]]], dict[int, list[str]]]:
        """The grids that hold of each last attempt, and their names by bloc; two of one evaluator that are to choose from are none."""
        tenues: defaultdict[int, list[dict[str, VerdictDeGrille]]] = defaultdict(list)
        uids: defaultdict[int, list[str]] = defaultdict(list)
        lues = (
            Grille.objects.filter(passation__in=self.dernieres.values())
            .exclude(etat=EtatDeGrille.REMPLACEE)
            .select_related("passation")
            .prefetch_related("verdicts")
            .order_by("pk")
        )
        a_choisir = {
            (une.passation_id, une.par_id) for une in lues if une.etat == EtatDeGrille.A_CHOISIR
        }
        for une in lues:
            if (une.passation_id, une.par_id) not in a_choisir:
                tenues[une.passation_id].append(
                    {un.competence: VerdictDeGrille(un.verdict) for un in une.verdicts.all()}
                )
                uids[une.passation.bloc].append(str(une.uid))
        return tenues, uids

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
        return EpreuvePassee(code, derniere.evaluateurs, tuple(self.grilles.get(derniere.pk, ())))

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


def dernieres_passations(numeros: list[int]) -> dict[str, Passation]:
    """The last attempt at each épreuve of a line of paths, cancelled ones apart, by the épreuve's code."""
    lues = Passation.objects.filter(parcours__in=numeros).exclude(etat=EtatDePassation.ANNULEE)
    return {une.epreuve: une for une in lues.order_by("tentative", "pk")}


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
