"""Deciding: one dossier, fifty clear ones in one gesture, and what may still be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.roles import EXAMINENT
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.jugement import DELAI, LUES, SANS_PIECE, a_confirmer
from binome.dossiers.models import Confirmation, Dossier
from binome.dossiers.permissions import de_ses_branches, est_de_sa_branche, est_partie
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.dossiers.etats import Nature
    from binome.dossiers.models import Decision, Recours

ANNULEE: Final = "La confirmation est annulée."
"""Why a decision is taken back when the gesture that made it is undone as one."""


def decider(
    dossier: Dossier,
    acteur: Acteur,
    *,
    version: int,
    nature: Nature | None = None,
    reserve: str = "",
    ecart: str = "",
    **autres: Any,
) -> Decision:
    """Confirms the proposal, or departs from it for a reason; `autres` are the other fields of the gesture.

    Raises GesteImpossible, Depasse.
    """
    donnees = {"nature": nature, "reserve": reserve, "ecart": ecart, **autres}
    passage = faire(FLUX, "decider", dossier, acteur, version=version, donnees=donnees)
    decision: Decision = passage.donnees["decision"]
    return decision


@dataclass(frozen=True)
class BilanDeConfirmation:
    """What a gesture on many dossiers did: the confirmation, and why the others were left."""

    confirmation: Confirmation | None
    confirmes: tuple[str, ...]
    laisses: tuple[tuple[str, str], ...] = field(default=())


def _pourquoi_pas(dossier: Dossier, acteur: Acteur, *, lues: bool) -> str | None:
    if est_partie(acteur, dossier):
        return "vous y êtes partie : une autre personne de la branche le décide"
    if dossier.etat != Etat.PROPOSITION:
        return "aucune proposition n’attend"
    if not dossier.claire:
        return "la proposition est à regarder"
    manques = a_confirmer(dossier, acteur.personne.pk)
    if SANS_PIECE in manques:
        return "aucune de ses pièces n’est acceptée"
    if manques and not lues:
        return (
            "une autre personne a examiné ses pièces : lisez-les, ou dites que vous les avez lues"
        )
    return None


def trier(
    acteur: Acteur, versions: dict[str, int], *, lues: bool = False, tenir: bool = False
) -> tuple[list[Dossier], list[tuple[str, str]]]:
    """The clear proposals that may be confirmed together, and why the others are left, by reference.

    `versions` says which ones the person saw, `lues` that they read the documents that somebody else examined;
    `tenir` locks them until the end of the transaction. Raises GesteImpossible from who does not examine.
    """
    if not acteur.examine:
        raise GesteImpossible("Seule la branche peut confirmer des propositions.")
    lus = Dossier.objects.select_for_update(of=("self",)) if tenir else Dossier.objects.all()
    dossiers = list(
        lus.filter(de_ses_branches(acteur, "", *EXAMINENT), reference__in=versions)
        .exclude(etat=Etat.BROUILLON)
        .select_related("organisme", "examine_par")
        .prefetch_related("pieces")
        .order_by("pk")
    )
    laisses = [
        (reference, "ce dossier n’existe pas")
        for reference in versions.keys() - {un.reference for un in dossiers}
    ]
    retenus: list[Dossier] = []
    for dossier in dossiers:
        raison = _pourquoi_pas(dossier, acteur, lues=lues)
        if raison is None and dossier.version != versions[dossier.reference]:
            raison = "une autre personne l’a modifié entre-temps"
        if raison is not None:
            laisses.append((dossier.reference, raison))
        else:
            retenus.append(dossier)
    return retenus, sorted(laisses)


@transaction.atomic
def confirmer(
    acteur: Acteur, versions: dict[str, int], *, lues: bool = False
) -> BilanDeConfirmation:
    """Confirms many clear proposals in one gesture; `versions` and `lues` are what the person saw, and says.

    What may not be confirmed is left as it is, and named with its reason. Raises GesteImpossible from
    who does not examine.
    """
    retenus, laisses = trier(acteur, versions, lues=lues, tenir=True)
    if not retenus:
        return BilanDeConfirmation(None, (), tuple(laisses))
    le = timezone.now()
    confirmation = Confirmation.objects.create(
        par=acteur.personne, le=le, annulable_jusqu_a=le + DELAI, nombre=len(retenus)
    )
    ecrire(_de_la_confirmation(confirmation, "confirmation.faire", acteur))
    lu = (LUES,) if lues else ()
    bilan = faire_tous(
        FLUX,
        "decider",
        [Passage(un, un.version, {"confirmation": confirmation, "confirme": lu}) for un in retenus],
        acteur,
    )
    confirmes = tuple(un.objet.reference for un in bilan.passes)
    laisses += [(un.objet.reference, str(un.refus)) for un in bilan.laisses]
    return BilanDeConfirmation(confirmation, confirmes, tuple(sorted(laisses)))


def _de_la_confirmation(confirmation: Confirmation, geste: str, acteur: Acteur) -> Ecriture:
    return Ecriture(
        geste,
        f"confirmation:{confirmation.pk}",
        auteur=acteur.nom_au_journal,
        apres={"nombre": confirmation.nombre},
        lignes=lignes([confirmation]),
    )


@transaction.atomic
def annuler_confirmation(confirmation: Confirmation, acteur: Acteur) -> BilanDeConfirmation:
    """Undoes one gesture, within its hour: every dossier it decided waits for a decision again.

    Raises GesteImpossible after the hour, when it was undone already, or when it decided a dossier of theirs.
    """
    if not acteur.examine:
        raise GesteImpossible("Seule la branche peut annuler une confirmation.")
    decides = Dossier.objects.filter(decisions__confirmation=confirmation).order_by("pk")
    if not all(est_de_sa_branche(acteur, dossier, *EXAMINENT) for dossier in decides):
        raise GesteImpossible("Cette confirmation est celle d’une autre branche.")
    if any(est_partie(acteur, dossier) for dossier in decides):
        raise GesteImpossible(
            "Cette confirmation décide un dossier qui vous concerne : une autre personne de la branche "
            "peut l’annuler."
        )
    le = timezone.now()
    annulees = Confirmation.objects.filter(
        pk=confirmation.pk, annulee_le__isnull=True, annulable_jusqu_a__gt=le
    ).update(annulee_le=le)
    if not annulees:
        raise GesteImpossible("Cette confirmation est déjà annulée, ou l’heure est passée.")
    ecrire(_de_la_confirmation(confirmation, "confirmation.annuler", acteur))
    decisions = confirmation.decisions.filter(annulee_le__isnull=True)
    siens = decides.filter(etat=Etat.ARRETE).prefetch_related("decisions")
    bilan = faire_tous(
        FLUX,
        "annuler",
        [
            Passage(un, un.version, {"confirmation": confirmation, "motif": ANNULEE})
            for un in siens.filter(decisions__in=decisions)
        ],
        acteur,
    )
    return BilanDeConfirmation(confirmation, tuple(un.objet.reference for un in bilan.passes))


def annuler(dossier: Dossier, acteur: Acteur, *, version: int, motif: str) -> None:
    """Takes one decision back before it is notified. Raises GesteImpossible, Depasse."""
    faire(FLUX, "annuler", dossier, acteur, version=version, donnees={"motif": motif})


def contester(dossier: Dossier, acteur: Acteur, *, version: int, texte: str) -> Recours:
    """Contests the decision that was notified. Raises GesteImpossible, Depasse."""
    passage = faire(FLUX, "contester", dossier, acteur, version=version, donnees={"texte": texte})
    recours: Recours = passage.donnees["recours"]
    return recours


def repondre(
    dossier: Dossier, acteur: Acteur, *, version: int, revue: bool, reponse: str
) -> Recours:
    """Answers a contested decision: it is maintained, or opened again. Raises GesteImpossible, Depasse."""
    geste, donnees = "revoir" if revue else "maintenir", {"reponse": reponse}
    passage = faire(FLUX, geste, dossier, acteur, version=version, donnees=donnees)
    recours: Recours = passage.donnees["recours"]
    return recours
