"""The flow of minutes, as one table: established when a jury closes or an appeal is heard, then sealed by the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Flux, Geste
from binome.jurys.etats import EtatDeProcesVerbal
from binome.jurys.models import ProcesVerbal
from binome.jurys.permissions import JURY, cotes_de_proces_verbal

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage


def _sceller(passage: Passage[ProcesVerbal], _: Auteur) -> None:
    """Writes where the sealed paper is, and its hash."""
    scelle = passage.donnees["scelle"]
    passage.change |= {
        "fichier": scelle.nom, "empreinte": scelle.empreinte, "scelle_le": scelle.le,
    }  # fmt: skip
    passage.apres["empreinte"] = scelle.empreinte


PROCES_VERBAUX: Final = Flux(
    nom="proces_verbaux",
    modele=ProcesVerbal,
    mot="le procès-verbal",
    ce_mot="ce procès-verbal",
    cotes=cotes_de_proces_verbal,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="etablir", mot="Établir le procès-verbal", de=(), vers=EtatDeProcesVerbal.ETABLI, qui=(JURY,),
            dit="Le procès-verbal est établi.", recit="Procès-verbal établi", formulaire=False,
        ),
        Geste(
            nom="sceller", mot="Sceller", de=(EtatDeProcesVerbal.ETABLI,), vers=EtatDeProcesVerbal.SCELLE, qui=(MAISON,),
            dit="Le procès-verbal est scellé.", recit="Procès-verbal scellé", formulaire=False,
            prepare=(chacun(_sceller),),
        ),
    ),
)  # fmt: skip
