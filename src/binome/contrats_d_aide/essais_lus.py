"""The next signature of a contract as somebody thinks of it: each option, on a day, alone or with a group, beside the same one again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.agenda.contrat_d_aide import manquants_des_annees
from binome.contrats_d_aide.lire_les_vies import faits_de_la_base
from binome.contrats_d_aide.objectifs import essais
from binome.contrats_d_aide.reponses import base_des_contrats, faits_du_contrat
from binome.regles.courante import base_courante
from binome.regles.metiers.aide import ELIGIBILITE
from binome.regles.regle import NON

if TYPE_CHECKING:
    from datetime import date

    from binome.contrats_d_aide.models import Contrat
    from binome.contrats_d_aide.objectifs import SignatureEssayee


@dataclass(frozen=True)
class EssaiDit:
    """One next signature, said: the most of each of its five years and of all, in cents, None where nobody knows; why it is refused.

    `ecart` is what it gives more than the same contract signed again; None for that one, and where either is unknown.
    """

    titre: str
    annees: tuple[int | None, ...]
    total: int | None
    ecart: int | None
    refus: str
    manquants: tuple[str, ...]
    temoin: bool

    @property
    def trois(self) -> tuple[int | None, ...]:
        """The first year, the second, and one of those that follow, which are alike."""
        return self.annees[:3]


def signatures_essayees(contrat: Contrat, jour: date, etp: int | None = None) -> list[EssaiDit]:
    """What the next signature gives on a day, under each option, then with a group of `etp` hundredths; the first is the same again.

    Nothing is written. What was not said at the signature stays unknown.
    """
    base = base_des_contrats()
    bruts = dict(contrat.faits) if contrat.signe_le is not None else faits_du_contrat(contrat, None)
    if contrat.option:
        # An amendment since the signature is what is signed again.
        bruts["option_etp"] = contrat.option
    if contrat.etp is not None:
        bruts["etp"] = contrat.etp / 100
    faits = faits_de_la_base(base.faits, bruts)
    lus = list(essais(base_courante(), faits, [jour], etp if etp is not None else contrat.etp))
    return [_dit(un, lus[0], temoin=rang == 0) for rang, un in enumerate(lus)]


def _dit(un: SignatureEssayee, premier: SignatureEssayee, *, temoin: bool) -> EssaiDit:
    aide = un.reponse.aide
    refus = [
        motif.texte
        for motif in aide.motifs
        if motif.etape.regle.table == ELIGIBILITE and motif.etape.issue == NON
    ]
    manquants = tuple(
        un.reponse.base.faits[nom].libelle for nom in manquants_des_annees(un.reponse.annees)
    )
    if refus:
        return EssaiDit(un.titre, (), None, None, refus[0], (), temoin)
    return EssaiDit(
        un.titre,
        tuple(annee.aide for annee in aide.annees),
        un.total,
        None if temoin else un.ecart(premier),
        "",
        manquants,
        temoin,
    )
