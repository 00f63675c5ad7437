"""What the journal keeps of a made-up dossier: an entry per gesture, written today, saying its day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.preparations import IDENTITE
from binome.gestes.recit import DIT_LE
from binome.journal.services import SYSTEME, Ecriture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from binome.dossiers.models import Decision, Dossier, Piece
    from binome.exemples.acces import Scene
    from binome.exemples.dossiers.tirage import Tire

UN_JOUR: Final = timedelta(days=1)
MOTIFS: Final = {
    "demander": "Exemple : une pièce est illisible. Pouvez-vous la renvoyer ?",
    "contester": "Recours d’exemple : je conteste les heures retenues.",
    "maintenir": "Réponse d’exemple : la décision est maintenue.",
    "retirer": "Exemple : la personne a changé de projet.",
}
"""The reasons of gestures that give one."""


def entrees(
    scene: Scene,
    tire: Tire,
    dossier: Dossier,
    pieces: Iterable[Piece],
    decision: Decision | None,
    fin: datetime,
) -> Iterator[Ecriture]:
    """The entries of a dossier, in the order of its life, none said later than `fin`."""
    gestionnaire = scene.personnes["gestionnaire"].sujet
    examen = scene.personnes["examinateur"].sujet
    etat = Etat.BROUILLON

    def passer(
        geste: str, auteur: str, le: datetime | None, vers: Etat | None = None, **autres: Any
    ) -> Ecriture:
        nonlocal etat
        avant, etat = etat, vers or etat
        apres = {"etat": etat.value, **autres}
        if le is not None:
            apres[DIT_LE] = min(le, fin).isoformat()
        return Ecriture(
            f"dossier.{geste}",
            dossier.objet,
            auteur=auteur,
            motif=MOTIFS.get(geste, ""),
            avant={"etat": avant.value},
            apres=apres,
            sujet=dossier.sujet,
            prive=_prive(tire) if geste == "ecrire" else {},
        )

    yield passer("ouvrir", gestionnaire, tire.cree_le, organisme=dossier.organisme_id)
    yield passer("ecrire", gestionnaire, tire.cree_le, faits=tire.faits)
    if tire.depose_le is not None:
        yield passer("deposer", gestionnaire, tire.depose_le, Etat.DEPOSE)
    depot = tire.depose_le or tire.cree_le
    for rang, une in enumerate(pieces):
        if une.etat in (EtatDePiece.ACCEPTEE, EtatDePiece.REFUSEE):
            # As the services write it: one entry a document.
            yield passer(
                "examiner", examen, depot + UN_JOUR + timedelta(minutes=4 * rang),
                piece=une.pk, examen=str(une.etat), motif=une.motif,
            )  # fmt: skip
    if tire.etat in (Etat.A_COMPLETER, Etat.COMPLETE):
        avant = None if dossier.echeance is None else dossier.echeance.isoformat()
        yield passer(
            "demander", examen, depot + UN_JOUR + timedelta(hours=1), Etat.A_COMPLETER, echeance=avant
        )  # fmt: skip
    if tire.etat == Etat.COMPLETE:
        yield passer("completer", gestionnaire, depot + 5 * UN_JOUR, Etat.COMPLETE)
    if tire.etat == Etat.PROPOSITION or decision is not None:
        yield passer("proposer", examen, depot + 2 * UN_JOUR, Etat.PROPOSITION)
    if decision is not None:
        yield passer(
            "decider", examen, decision.le, Etat.ARRETE, nature=decision.nature, base=decision.base
        )
        yield passer("notifier", SYSTEME, decision.notifiee_le, Etat.DECIDE, nature=decision.nature)
    yield from _fin(tire, decision, passer, gestionnaire, examen)


def _fin(
    tire: Tire, decision: Decision | None, passer: Any, gestionnaire: str, examen: str
) -> Iterator[Ecriture]:
    if tire.recours and decision is not None:
        yield passer("contester", gestionnaire, decision.le + 3 * UN_JOUR, Etat.RECOURS)
    if tire.etat == Etat.CLOS:
        yield passer("maintenir" if tire.recours else "clore", examen, tire.clos_le, Etat.CLOS)
    if tire.etat == Etat.RETIRE:
        yield passer("retirer", gestionnaire, tire.clos_le, Etat.RETIRE)


def _prive(tire: Tire) -> dict[str, Any]:
    return {
        nom: {"avant": None, "apres": str(valeur)}
        for nom, valeur in tire.identite.items()
        if nom in IDENTITE
    }
