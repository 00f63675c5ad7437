"""What is proposed to a jury for each bloc that somebody is presented for, with all that it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.epreuves.propositions import FaitsDeBloc, IssueProposee, PropositionDeBloc, proposer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.jurys.models import Presentation

DITES: Final = {
    IssueProposee.ACQUIS: "Acquis",
    IssueProposee.NON_ACQUIS: "Non acquis",
    IssueProposee.A_RELIRE: "À relire",
}


class PropositionLue:
    """A proposition, and what a decision keeps of it."""

    def __init__(self, proposition: PropositionDeBloc, gardee: dict[str, Any]) -> None:
        self.proposition, self.gardee = proposition, gardee

    @property
    def issue(self) -> IssueProposee:
        """What is proposed."""
        return self.proposition.issue

    @property
    def dite(self) -> str:
        """The same, in words."""
        return DITES[self.issue]


def propositions_de(presentation: Presentation) -> dict[int, PropositionLue]:
    """The proposition of each bloc presented, on the day of the jury."""
    jour, rendues = presentation.jury.jour, {}
    for bloc in presentation.blocs:
        proposition = proposer(FaitsDeBloc(bloc, (), None, 0, None), jour)
        gardee = {
            "issue": str(proposition.issue),
            "raison": proposition.raison,
            "manque": list(proposition.manque),
        }
        rendues[bloc] = PropositionLue(proposition, gardee)
    return rendues


def a_relire(propositions: Mapping[int, PropositionLue], blocs: Iterable[int]) -> list[int]:
    """The blocs whose file the jury reads again."""
    return [un for un in blocs if propositions[un].issue == IssueProposee.A_RELIRE]


def claire(propositions: Mapping[int, PropositionLue], blocs: Iterable[int]) -> bool:
    """Whether every bloc is proposed as acquired: nothing to read again, nobody to adjourn."""
    return all(propositions[un].issue == IssueProposee.ACQUIS for un in blocs)
