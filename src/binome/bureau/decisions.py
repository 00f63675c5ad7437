"""Deciding: one dossier, fifty clear ones in one gesture, and what may still be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.comptes.roles import EXAMINENT
from binome.dossiers.etats import Etat
from binome.dossiers.flux import FLUX
from binome.dossiers.impartialite import est_partie
from binome.dossiers.jugement import DELAI, LUES, SANS_ATTENDRE, SANS_PIECE, a_confirmer
from binome.dossiers.models import Confirmation, Dossier, Proposition
from binome.dossiers.permissions import de_ses_branches, est_de_sa_branche
from binome.dossiers.suspens import en_suspens
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from binome.comptes.acteur import Acteur
    from binome.dossiers.etats import Nature
    from binome.dossiers.models import Decision, Recours

TOUT_DIT: Final = (LUES, SANS_ATTENDRE)
"""What may be said at once of many."""
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


def _pourquoi_pas(
    dossier: Dossier, acteur: Acteur, suspens: Sequence[str], dits: Collection[str]
) -> str | None:
    if est_partie(acteur, dossier):
        return "vous y êtes partie : une autre personne de la branche le décide"
    if dossier.etat != Etat.PROPOSITION:
        return "aucune proposition n’attend"
    if not dossier.claire:
        return "la proposition est à regarder"
    manques = a_confirmer(dossier, acteur.personne.pk)
    if SANS_PIECE in manques:
        return "aucune de ses pièces n’est acceptée"
    if manques and LUES not in dits:
        return (
            "une autre personne a examiné ses pièces : lisez-les, ou dites que vous les avez lues"
        )
    if suspens and SANS_ATTENDRE not in dits:
        return "il y manque encore quelque chose : attendez-le, ou dites que vous n’attendez pas"
    return None


@dataclass(frozen=True)
class Confirmable:
    """A clear proposal that may be confirmed with others: what it still hangs on, and whether its documents are to be read."""

    dossier: Dossier
    suspens: tuple[str, ...]
    a_lire: bool


def trier(
    acteur: Acteur,
    versions: dict[str, int],
    dits: Collection[str] = TOUT_DIT,
    *,
    tenir: bool = False,
) -> tuple[list[Confirmable], list[tuple[str, str]]]:
    """The clear proposals that may be confirmed together, in the order that was seen, and why the others are left.

    `versions` says which ones the person saw, `dits` what they say to pass over (`jugement.MANQUES`); `tenir` locks
    them until the end of the transaction. Raises GesteImpossible from who does not examine.
    """
    if not acteur.examine:
        raise GesteImpossible("Seule la branche peut confirmer des propositions.")
    lus = Dossier.objects.select_for_update(of=("self",)) if tenir else Dossier.objects.all()
    dossiers = {
        un.reference: un
        for un in lus.filter(de_ses_branches(acteur, "", *EXAMINENT), reference__in=versions)
        .exclude(etat=Etat.BROUILLON)
        .select_related("organisme", "examine_par")
        .prefetch_related("pieces", "faits")
        .order_by("pk")
    }
    propositions = {
        une.dossier_id: une
        for une in Proposition.objects.filter(dossier__in=dossiers.values()).order_by("pk")
    }
    laisses: list[tuple[str, str]] = []
    retenus: list[Confirmable] = []
    for reference, version in versions.items():
        dossier = dossiers.get(reference)
        if dossier is None:
            laisses.append((reference, "ce dossier n’existe pas"))
            continue
        preparee = propositions.get(dossier.pk)
        suspens = () if preparee is None else tuple(en_suspens(dossier, preparee.prouve))
        raison = _pourquoi_pas(dossier, acteur, suspens, dits)
        if raison is None and dossier.version != version:
            raison = "une autre personne l’a modifié entre-temps"
        if raison is not None:
            laisses.append((reference, raison))
        else:
            a_lire = bool(a_confirmer(dossier, acteur.personne.pk))
            retenus.append(Confirmable(dossier, suspens, a_lire))
    return retenus, sorted(laisses)


@transaction.atomic
def confirmer(
    acteur: Acteur, versions: dict[str, int], dits: Collection[str] = ()
) -> BilanDeConfirmation:
    """Confirms many clear proposals in one gesture; `versions` and `dits` are what the person saw, and says.

    What may not be confirmed is left as it is, and named with its reason. Raises GesteImpossible from
    who does not examine.
    """
    retenus, laisses = trier(acteur, versions, dits, tenir=True)
    if not retenus:
        return BilanDeConfirmation(None, (), tuple(laisses))
    le = timezone.now()
    confirmation = Confirmation.objects.create(
        par=acteur.personne, le=le, annulable_jusqu_a=le + DELAI, nombre=len(retenus)
    )
    ecrire(_de_la_confirmation(confirmation, "confirmation.faire", acteur))
    bilan = faire_tous(
        FLUX,
        "decider",
        [
            Passage(
                un.dossier,
                un.dossier.version,
                {"confirmation": confirmation, "confirme": tuple(sorted(dits))},
            )
            for un in retenus
        ],
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
