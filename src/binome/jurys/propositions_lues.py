"""What is proposed to a jury for each bloc that somebody is presented for, with all that it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.epreuves.blocs_proposes import instantanes_du_parcours
from binome.epreuves.propositions import IssueProposee, PropositionDeBloc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.jurys.models import Presentation

DITES: Final = {
    IssueProposee.ACQUIS: "Acquis",
    IssueProposee.NON_ACQUIS: "Non acquis",
    IssueProposee.A_RELIRE: "À relire",
}
RIEN: Final = "Rien n’est proposé pour ce bloc : le jury lit le dossier."


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
    lues = instantanes_du_parcours(presentation.parcours, presentation.jury.jour)
    rendues = {}
    for bloc in presentation.blocs:
        if bloc in lues:
            rendues[bloc] = PropositionLue(lues[bloc].proposition, lues[bloc].en_json())
        else:
            rien = PropositionDeBloc(bloc, IssueProposee.A_RELIRE, RIEN, ())
            gardee = {"issue": str(rien.issue), "raison": RIEN, "manque": []}
            rendues[bloc] = PropositionLue(rien, gardee)
    return rendues


def a_relire(propositions: Mapping[int, PropositionLue], blocs: Iterable[int]) -> list[int]:
    """The blocs whose file the jury reads again."""
    return [un for un in blocs if propositions[un].issue == IssueProposee.A_RELIRE]


def claire(propositions: Mapping[int, PropositionLue], blocs: Iterable[int]) -> bool:
    """Whether every bloc is proposed as acquired: nothing to read again, nobody to adjourn."""
    return all(propositions[un].issue == IssueProposee.ACQUIS for un in blocs)
