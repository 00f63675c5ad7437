"""The cells of the published scales behind an amount: what is paid per hour, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import montant_en_clair
from binome.regles.dire import CENTS, STATUTS
from binome.regles.expressions import Selon, operandes
from binome.regles.manquants import inconnus
from binome.regles.regle import NON, Bareme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.expressions import Expression
    from binome.regles.metiers.financement import VoieDeFinancement
    from binome.regles.motifs import Motif
    from binome.regles.regle import Regle

HORS_TAXES: Final = "hors taxes"
SANS_SOURCE: Final = "nous ne l’avons pas lu"
SUSPENDU: Final = "la branche en a suspendu le paiement en 2023"
AUTRE_BRANCHE: Final = "le barème lu est celui d’une autre branche"
DROITS: Final = "et ce que vos droits ne couvrent pas"
_SUSPENSION: Final = "csmf-2024, salaires suspendus"
_D_AILLEURS: Final = "opco-ep-2026-code"
CPF: Final = "cpf"
EURO: Final = 100
DIZAINE: Final = 1_000
"""Cents: what an amount of no sure scale is told to."""
FERMEE: Final = "rien : la voie est fermée"


class Case(NamedTuple):
    """What a payer pays on one heading, in words; `precision` says what the words leave out."""

    texte: str
    connue: bool
    precision: str = ""


class Cellule(NamedTuple):
    """The cell of a scale that an amount was made from; None when no source gives it."""

    regle: Regle
    cents: int | None

    @property
    def texte(self) -> str:
        """The cell in words."""
        return SANS_SOURCE if self.cents is None else montant_en_clair(self.cents)


def en_bref(motif: Motif) -> str:
    """What a requirement answers, in its own words, without what was met."""
    regle = motif.etape.regle
    return f"{regle.phrases.get(motif.etape.issue, regle.titre)}."


def nom_du_montant(voie: VoieDeFinancement, poste: str) -> str:
    """The amount of a route on one heading, as the base names it."""
    return f"{voie.code}_{poste}_cents"


def a_une_formule(voie: VoieDeFinancement, poste: str) -> bool:
    """Whether the base knows how this heading is counted."""
    return nom_du_montant(voie, poste) in voie.base.montants


def _tables(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Selon):
        yield expression.table
    for terme in operandes(expression):
        yield from _tables(terme)


def rangs(voie: VoieDeFinancement, poste: str) -> list[Regle]:
    """The rows of the scales that an amount reads, as they were retained."""
    if not a_une_formule(voie, poste):
        return []
    tables = dict.fromkeys(_tables(voie.base.montants[nom_du_montant(voie, poste)].formule))
    retenues = (voie.conclusion.etabli.retenues.get(table) or "" for table in tables)
    return [voie.base.regles[nom] for nom in retenues if nom in voie.base.regles]


def cellule(voie: VoieDeFinancement, poste: str) -> Cellule | None:
    """What is paid per hour on one heading; None when nothing is counted by the hour."""
    for regle in rangs(voie, poste):
        cents = voie.base.tables[regle.table].unite == CENTS
        if cents and isinstance(regle.effet, Bareme) and poste in regle.effet.cases:
            return Cellule(regle, regle.effet.cases[poste])
    return None


def taxes(voie: VoieDeFinancement, poste: str) -> str:
    """Whether an amount paid to the training organisation is without tax, as its title says."""
    if poste != "pedagogie":
        return ""
    titre = voie.base.montants[nom_du_montant(voie, poste)].titre
    if HORS_TAXES in titre:
        return HORS_TAXES
    return "la source ne dit pas si la TVA est comprise"


def reserves(voie: VoieDeFinancement, poste: str) -> str:
    """What an amount owes its reader beside the figure: the tax, and how sure its scale is."""
    statuts = (un.statut for un in rangs(voie, poste) if un.statut != "en_vigueur")
    ailleurs = any(c.source.id == _D_AILLEURS for un in rangs(voie, poste) for c in un.sources)
    du_cpf = poste == "reste_personne" and voie.code == CPF
    dits = [taxes(voie, poste), *(STATUTS[statut] for statut in dict.fromkeys(statuts))]
    dits += [AUTRE_BRANCHE if ailleurs else "", DROITS if du_cpf else ""]
    return " ; ".join(dit for dit in dits if dit)


def compte(voie: VoieDeFinancement, poste: str) -> int | None:
    """An amount in cents: to the cent where its scale is sure, to the ten euros where it is not."""
    cents = voie.montants[poste]
    if cents is None or not cents % EURO:
        return cents
    sure = all(un.statut == "en_vigueur" for un in rangs(voie, poste))
    return cents if sure else round(cents / DIZAINE) * DIZAINE


def _en_clair(voie: VoieDeFinancement, poste: str, cents: int) -> str:
    """An amount in words, « environ » when it was rounded, « au moins » when more may have to be paid."""
    dit = compte(voie, poste)
    if poste == "reste_personne" and voie.code == CPF and cents:
        return f"au moins {montant_en_clair(cents)}"
    environ = "" if dit == cents else "environ "
    return f"{environ}{montant_en_clair(cents if dit is None else dit)}"


def _inconnue(voie: VoieDeFinancement, poste: str) -> Case:
    """What no source that we read gives; where a payment was suspended, that is said."""
    lues = {str(citation) for regle in rangs(voie, poste) for citation in regle.sources}
    suspendu = poste == "salaire" and _SUSPENSION in lues
    return Case(SANS_SOURCE, connue=False, precision=SUSPENDU if suspendu else "")


def case(voie: VoieDeFinancement, poste: str) -> Case:
    """What one heading of a route amounts to: known, waiting for an answer, or given by no source."""
    if voie.issue == NON:
        return Case(FERMEE, connue=False)
    cents = voie.montants[poste]
    if cents is not None:
        return Case(_en_clair(voie, poste, cents), connue=True, precision=reserves(voie, poste))
    if a_une_formule(voie, poste):
        conclusion = voie.conclusion
        attendus = inconnus(voie.base).du_montant(
            nom_du_montant(voie, poste), conclusion.dossier, conclusion.etabli
        )
        if attendus:
            faits = voie.base.faits
            manque = " et ".join(faits[nom].libelle for nom in faits if nom in attendus)
            return Case(f"il manque : {manque}", connue=False)
    return _inconnue(voie, poste)
