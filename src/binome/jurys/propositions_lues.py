"""What is proposed to a jury for each bloc that somebody is presented for, with all that it stands on."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.db.models import prefetch_related_objects

from binome.epreuves.blocs_proposes import instantanes_de
from binome.epreuves.propositions import IssueProposee, PropositionDeBloc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from binome.epreuves.blocs_proposes import Instantane
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
    def empreinte(self) -> str:
        """A short mark of it: another one says that it changed since it was read."""
        dite = [str(self.issue), self.proposition.raison, *self.proposition.manque]
        return sha256("\n".join(dite).encode()).hexdigest()[:16]

    @property
    def dite(self) -> str:
        """The same, in words."""
        return DITES[self.issue]


def propositions_de(presentation: Presentation) -> dict[int, PropositionLue]:
    """The proposition of each bloc presented, on the day of the jury."""
    return propositions_des([presentation])[presentation.pk]


def propositions_des(
    presentations: Sequence[Presentation],
) -> dict[int, dict[int, PropositionLue]]:
    """The same for many, by presentation, read together for each day of a jury."""
    prefetch_related_objects(presentations, "jury", "parcours__dossier", "parcours__decision")
    par_jour: defaultdict[date, list[Presentation]] = defaultdict(list)
    for une in presentations:
        par_jour[une.jury.jour].append(une)
    rendues: dict[int, dict[int, PropositionLue]] = {}
    for jour, du_jour in par_jour.items():
        lues = instantanes_de([une.parcours for une in du_jour], jour)
        rendues |= {une.pk: _de_l_une(une, lues[une.parcours_id]) for une in du_jour}
    return rendues


def _de_l_une(
    presentation: Presentation, lues: Mapping[int, Instantane]
) -> dict[int, PropositionLue]:
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
