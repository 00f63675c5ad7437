"""What grids and the tutor's opinion propose for a bloc, before the jury: data decides, and each outcome says what is missing. Pure.

Both yes: acquired; both no: not acquired; else the jury reads the file again. It is the matrix of another branch's agreement
(KALIARTI000023175941, `sources/parcours.md` §3.2): this branch's own was not found, so it stands as a hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import duree_en_clair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

STATUT: Final = "hypothese"


class VerdictDeGrille(StrEnum):
    """What a grid, or an opinion, says of a competence or of a bloc."""

    ACQUIS = "acquis"
    NON_ACQUIS = "non_acquis"
    NON_VU = "non_vu"


class IssueProposee(StrEnum):
    """What is proposed for a bloc."""

    ACQUIS = "acquis"
    NON_ACQUIS = "non_acquis"
    A_RELIRE = "a_relire"


@dataclass(frozen=True)
class EpreuvePassee:
    """An épreuve of a bloc as its grids say: one verdict per competence and per evaluator; empty while no grid came.

    `evaluateurs` is how many must fill one.
    """

    code: str
    evaluateurs: int
    grilles: tuple[Mapping[str, VerdictDeGrille], ...]

    @property
    def dite(self) -> str:
        """How a sentence names it: by its code, but for the evaluation of a bloc whose épreuves no source lists."""
        return f"l’épreuve {self.code}" if self.code[-1:].isdigit() else "l’évaluation de ce bloc"

    def verdict(self) -> VerdictDeGrille | None:
        """Acquired when every evaluator says so of every competence seen; None while grids are missing, or disagree."""
        if len(self.grilles) < self.evaluateurs:
            return None
        dits = {_d_une_grille(une) for une in self.grilles}
        return dits.pop() if len(dits) == 1 else None


@dataclass(frozen=True)
class FaitsDeBloc:
    """What is known of a bloc for a person on the day of a jury: épreuves, the tutor's opinion, minutes, the AFGSU where it is asked.

    `avis` is None while the tutor gave none. `afgsu_jusqu_a` is its last valid day, None when unknown; asked of blocs with `afgsu`.
    `competences` are the codes of those of the bloc: each is to be seen by an épreuve at least.
    """

    bloc: int
    epreuves: tuple[EpreuvePassee, ...]
    avis: VerdictDeGrille | None
    minutes_suivies: int
    minutes_a_suivre: int | None
    afgsu: bool = False
    afgsu_jusqu_a: date | None = None
    competences: tuple[str, ...] = ()


@dataclass(frozen=True)
class PropositionDeBloc:
    """An outcome, its reason in a sentence, and what is missing, each in a sentence."""

    bloc: int
    issue: IssueProposee
    raison: str
    manque: tuple[str, ...]


def proposer(faits: FaitsDeBloc, jury: date) -> PropositionDeBloc:
    """What is proposed for a bloc on the day of a jury: the same for the same facts. Nothing missing is taken for a no."""
    manque = tuple(_manque(faits, jury))
    grilles = _des_grilles(faits.epreuves)
    if manque or grilles is None or faits.avis is None:
        return PropositionDeBloc(
            faits.bloc,
            IssueProposee.A_RELIRE,
            "Il manque quelque chose : le jury relit le dossier.",
            manque,
        )
    if grilles == faits.avis == VerdictDeGrille.ACQUIS:
        return PropositionDeBloc(
            faits.bloc,
            IssueProposee.ACQUIS,
            "Les épreuves et le tuteur disent tous deux acquis.",
            (),
        )
    if VerdictDeGrille.ACQUIS not in (grilles, faits.avis) and VerdictDeGrille.NON_VU not in (
        grilles,
        faits.avis,
    ):
        return PropositionDeBloc(
            faits.bloc,
            IssueProposee.NON_ACQUIS,
            "Les épreuves et le tuteur disent tous deux non acquis.",
            (),
        )
    return PropositionDeBloc(
        faits.bloc,
        IssueProposee.A_RELIRE,
        "Les épreuves et le tuteur ne disent pas la même chose : le jury relit le dossier.",
        (),
    )


def _d_une_grille(grille: Mapping[str, VerdictDeGrille]) -> VerdictDeGrille:
    """An épreuve shows some of the competences of its bloc: what it did not show says nothing, unless it showed none."""
    dits = set(grille.values())
    for un in (VerdictDeGrille.NON_ACQUIS, VerdictDeGrille.ACQUIS):
        if un in dits:
            return un
    return VerdictDeGrille.NON_VU


def _des_grilles(epreuves: Sequence[EpreuvePassee]) -> VerdictDeGrille | None:
    """What the épreuves say together; None where one has no verdict, or where there is none."""
    dits = [une.verdict() for une in epreuves]
    if not dits or None in dits:
        return None
    if VerdictDeGrille.NON_ACQUIS in dits:
        return VerdictDeGrille.NON_ACQUIS
    return VerdictDeGrille.NON_VU if VerdictDeGrille.NON_VU in dits else VerdictDeGrille.ACQUIS


def _jamais_vues(faits: FaitsDeBloc) -> list[str]:
    """The competences that no épreuve showed, once each has all its grids."""
    if not faits.epreuves or any(len(une.grilles) < une.evaluateurs for une in faits.epreuves):
        return []
    vues = {
        code
        for une in faits.epreuves
        for grille in une.grilles
        for code, dit in grille.items()
        if dit != VerdictDeGrille.NON_VU
    }
    return [une for une in faits.competences if une not in vues]


def _manque(faits: FaitsDeBloc, jury: date) -> list[str]:
    manque = []
    if not faits.epreuves:
        manque.append(f"Aucune épreuve n’est connue pour le bloc {faits.bloc}.")
    for une in faits.epreuves:
        if len(une.grilles) < une.evaluateurs:
            manque.append(f"La grille de {une.dite} n’est pas complète.")
        elif une.verdict() is None:
            manque.append(f"Les grilles de {une.dite} ne disent pas la même chose.")
    if jamais := _jamais_vues(faits):
        manque.append(f"Aucune épreuve n’a fait voir : {', '.join(jamais)}.")
    if faits.avis is None:
        manque.append("Le tuteur n’a pas donné son avis.")
    if faits.minutes_a_suivre is None:
        manque.append("La durée à suivre n’est pas connue.")
    elif faits.minutes_suivies < faits.minutes_a_suivre:
        manque.append(
            f"Il reste {duree_en_clair(faits.minutes_a_suivre - faits.minutes_suivies)} de formation à prouver."
        )
    if faits.afgsu:
        if faits.afgsu_jusqu_a is None:
            manque.append("La date de l’AFGSU n’est pas connue.")
        elif faits.afgsu_jusqu_a < jury:
            manque.append("L’AFGSU n’est plus valable le jour du jury.")
    return manque
