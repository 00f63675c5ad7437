"""Deciding: one dossier, fifty clear ones in one gesture, and what may still be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from binome.comptes.roles import EXAMEN as EXAMINENT
from binome.dossiers import gardes
from binome.dossiers.etats import Etat, Nature
from binome.dossiers.models import Confirmation, Decision, Dossier, Proposition, Recours
from binome.dossiers.passage import Depasse, GesteImpossible, passer
from binome.dossiers.permissions import de_ses_branches, est_de_sa_branche, est_partie
from binome.journal.lignes import Ligne, lignes
from binome.journal.services import Fait, ecrire_tout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from binome.comptes.acteur import Acteur

DELAI: Final = timedelta(hours=1)
"""How long a decision may be undone, before it is notified."""
REPONDUES: Final = ("issue", "reponse", "repondu_par", "repondu_le")
"""The columns of an appeal that its answer sets."""
A_REGARDER: Final = {"decide_le": None, "claire": False}
"""A decision that somebody took back: what was proposed is not confirmed with others any more."""
NATURES: Final = {"cqp": Nature.ACCORDE, "fae": Nature.ACCORDE}
"""What confirming a proposal decides, by its route; every other route is a refusal."""


def nature_de(reponse: dict[str, object]) -> Nature:
    """The decision that a proposal leads to when nobody departs from it.

    Raises GesteImpossible while the route is not decided: a person must.
    """
    voie = str(reponse["voie"])
    if voie == "indetermine":
        raise GesteImpossible(
            "La voie n’est pas établie : décidez vous-même et dites pourquoi, ou demandez de compléter."
        )
    return NATURES.get(voie, Nature.REFUSE)


@transaction.atomic
def decider(
    dossier: Dossier,
    acteur: Acteur,
    *,
    version: int,
    nature: Nature | None = None,
    reserve: str = "",
    ecart: str = "",
) -> Decision:
    """Confirms the proposal, or departs from it for a written reason.

    Raises GesteImpossible, Depasse.
    """
    proposition = dossier.propositions.order_by("-pk").first()
    if proposition is None:
        raise GesteImpossible("Préparez d’abord la proposition.")
    proposee = (
        None if proposition.prouve["voie"] == "indetermine" else nature_de(proposition.prouve)
    )
    choisie = nature or nature_de(proposition.prouve)
    reserve, ecart = reserve.strip(), ecart.strip()
    if choisie == Nature.RESERVE and not reserve:
        raise GesteImpossible(
            "Écrivez la réserve : la personne doit savoir ce qu’elle doit encore faire."
        )
    if choisie != proposee and not ecart:
        raise GesteImpossible("La décision s’écarte de la proposition : dites pourquoi.")
    le = timezone.now()
    decision = Decision(
        dossier=dossier,
        proposition=proposition,
        nature=choisie,
        reponse=proposition.prouve,
        base=proposition.base,
        reserve=reserve if choisie == Nature.RESERVE else "",
        ecart=ecart,
        par=acteur.personne,
        le=le,
        notifiable_des=le + DELAI,
    )
    # The state first: of two who decide at once, the second stops here.
    passer(
        dossier,
        "decider",
        acteur,
        version=version,
        motif=ecart,
        change={"decide_le": le},
        apres={"proposition": proposition.pk, "nature": str(choisie), "base": proposition.base},
        ensuite=lambda: _creer(decision),
    )
    return decision


def _creer(ligne: Model) -> tuple[Ligne, ...]:
    ligne.save(force_insert=True)
    return lignes([ligne])


@dataclass(frozen=True)
class Bilan:
    """What a gesture on many dossiers did: the confirmation, and why the others were left."""

    confirmation: Confirmation | None
    confirmes: tuple[str, ...]
    laisses: tuple[tuple[str, str], ...] = field(default=())


def _pourquoi_pas(dossier: Dossier, proposition: Proposition | None, acteur: Acteur) -> str | None:
    if est_partie(acteur, dossier):
        return "vous y êtes partie : une autre personne de la branche le décide"
    if dossier.etat != Etat.PROPOSITION or proposition is None:
        return "aucune proposition n’attend"
    if not dossier.claire:
        return "la proposition est à regarder"
    return None


@transaction.atomic
def confirmer(acteur: Acteur, versions: dict[str, int]) -> Bilan:
    """Confirms many clear proposals in one gesture; `versions` says which ones the person saw.

    What may not be confirmed is left as it is, and named with its reason. Raises GesteImpossible from
    who does not examine.
    """
    if not acteur.examine:
        raise GesteImpossible("Seule la branche peut confirmer des propositions.")
    dossiers = list(
        Dossier.objects.select_for_update()
        .filter(de_ses_branches(acteur, "", *EXAMINENT), reference__in=versions)
        .exclude(etat=Etat.BROUILLON)
        .order_by("pk")
    )
    propositions = {
        une.dossier_id: une
        for une in Proposition.objects.filter(dossier__in=dossiers).order_by("pk")
    }
    laisses = [
        (reference, "ce dossier n’existe pas")
        for reference in versions.keys() - {un.reference for un in dossiers}
    ]
    retenus: list[tuple[Dossier, Proposition]] = []
    for dossier in dossiers:
        proposition = propositions.get(dossier.pk)
        raison = _pourquoi_pas(dossier, proposition, acteur)
        if raison is None and dossier.version != versions[dossier.reference]:
            raison = "une autre personne l’a modifié entre-temps"
        if raison is not None or proposition is None:
            laisses.append((dossier.reference, raison or ""))
        else:
            retenus.append((dossier, proposition))
    if not retenus:
        return Bilan(None, (), tuple(sorted(laisses)))
    le = timezone.now()
    confirmation = Confirmation.objects.create(
        par=acteur.personne, le=le, annulable_jusqu_a=le + DELAI, nombre=len(retenus)
    )
    decisions = Decision.objects.bulk_create(
        [_decision(un, proposition, acteur, confirmation, le) for un, proposition in retenus],
        batch_size=500,
    )
    _vers(retenus, Etat.DECIDE, le)
    ecrire_tout(
        [
            _de_la_confirmation(confirmation, "confirmation.faire", acteur),
            *(
                Fait(
                    "dossier.decider",
                    dossier.objet,
                    auteur=acteur.nom_au_journal,
                    avant={"etat": Etat.PROPOSITION.value},
                    apres={
                        "etat": Etat.DECIDE.value,
                        "decision": decision.pk,
                        "nature": decision.nature,
                        "base": decision.base,
                        "confirmation": confirmation.pk,
                    },
                    sujet=dossier.sujet,
                    lignes=(Ligne(Dossier, dossier.pk, ("etat", "decide_le")), *lignes([decision])),
                )
                for (dossier, _), decision in zip(retenus, decisions, strict=True)
            ),
        ]
    )
    return Bilan(confirmation, tuple(un.reference for un, _ in retenus), tuple(sorted(laisses)))


def _de_la_confirmation(confirmation: Confirmation, geste: str, acteur: Acteur) -> Fait:
    return Fait(
        geste,
        f"confirmation:{confirmation.pk}",
        auteur=acteur.nom_au_journal,
        apres={"nombre": confirmation.nombre},
        lignes=lignes([confirmation]),
    )


def _decision(
    dossier: Dossier,
    proposition: Proposition,
    acteur: Acteur,
    confirmation: Confirmation,
    le: datetime,
) -> Decision:
    return Decision(
        dossier=dossier,
        proposition=proposition,
        nature=nature_de(proposition.prouve),
        reponse=proposition.prouve,
        base=proposition.base,
        par=acteur.personne,
        le=le,
        confirmation=confirmation,
        notifiable_des=le + DELAI,
    )


def _vers(
    retenus: Sequence[tuple[Dossier, Proposition]], etat: Etat, decide_le: datetime | None
) -> None:
    noms = [dossier.pk for dossier, _ in retenus]
    for debut in range(0, len(noms), 500):
        Dossier.objects.filter(pk__in=noms[debut : debut + 500]).update(
            etat=etat, decide_le=decide_le, version=F("version") + 1
        )


@transaction.atomic
def annuler_confirmation(confirmation: Confirmation, acteur: Acteur) -> Bilan:
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
    decisions = list(
        Decision.objects.select_related("dossier", "proposition")
        .filter(confirmation=confirmation, annulee_le__isnull=True, dossier__etat=Etat.DECIDE)
        .order_by("pk")
    )
    Decision.objects.filter(pk__in=[une.pk for une in decisions]).update(annulee_le=le)
    _vers([(une.dossier, une.proposition) for une in decisions], Etat.PROPOSITION, None)
    ecrire_tout(
        [
            _de_la_confirmation(confirmation, "confirmation.annuler", acteur),
            *(
                Fait(
                    "dossier.annuler",
                    une.dossier.objet,
                    auteur=acteur.nom_au_journal,
                    avant={"etat": Etat.DECIDE.value, "decision": une.pk},
                    apres={"etat": Etat.PROPOSITION.value, "confirmation": confirmation.pk},
                    sujet=une.dossier.sujet,
                    lignes=(
                        Ligne(Dossier, une.dossier_id, ("etat", "decide_le")),
                        *lignes([une], "annulee_le"),
                    ),
                )
                for une in decisions
            ),
        ]
    )
    return Bilan(confirmation, tuple(une.dossier.reference for une in decisions))


@transaction.atomic
def annuler(dossier: Dossier, acteur: Acteur, *, version: int, motif: str) -> None:
    """Takes one decision back before it is notified. Raises GesteImpossible, Depasse."""
    if not motif.strip():
        raise GesteImpossible("Dites pourquoi vous revenez sur la décision.")
    decision = gardes.en_vigueur(dossier)
    siennes = Decision.objects.filter(pk__in=[] if decision is None else [decision.pk])
    passer(
        dossier,
        "annuler",
        acteur,
        version=version,
        motif=motif.strip(),
        change=A_REGARDER,
        avant={"decision": None if decision is None else decision.pk},
        ensuite=lambda: _annuler(siennes, timezone.now()),
    )


def _annuler(decisions: QuerySet[Decision], le: datetime) -> tuple[Ligne, ...]:
    """No decision of these is in force from now on; their rows."""
    annulees = lignes(decisions.order_by("pk"), "annulee_le")
    decisions.update(annulee_le=le)
    return annulees


@transaction.atomic
def contester(dossier: Dossier, acteur: Acteur, *, version: int, texte: str) -> Recours:
    """Contests the decision that was notified. Raises GesteImpossible, Depasse."""
    if not texte.strip():
        raise GesteImpossible("Écrivez ce que vous contestez, et pourquoi.")
    decision = gardes.en_vigueur(dossier)
    recours = Recours(
        decision=decision, texte=texte.strip(), par=acteur.personne, depose_le=timezone.now()
    )

    def ensuite() -> tuple[Ligne, ...]:
        if decision is None:
            raise Depasse
        return _creer(recours)

    passer(
        dossier,
        "contester",
        acteur,
        version=version,
        prive={"texte": texte.strip()},
        ensuite=ensuite,
    )
    return recours


@transaction.atomic
def repondre(
    dossier: Dossier, acteur: Acteur, *, version: int, revue: bool, reponse: str
) -> Recours:
    """Answers a contested decision: it is maintained, or opened again. Raises GesteImpossible, Depasse."""
    if not reponse.strip():
        raise GesteImpossible("Écrivez la réponse : la personne la lira.")
    recours = Recours.objects.filter(decision__dossier=dossier, issue="").order_by("pk").first()
    if recours is None:
        raise GesteImpossible("Aucun recours n’attend de réponse.")
    le = timezone.now()

    def ensuite() -> tuple[Ligne, ...]:
        recours.issue = "revue" if revue else "maintenue"
        recours.reponse, recours.repondu_par = reponse.strip(), acteur.personne
        recours.repondu_le = le
        recours.save(update_fields=REPONDUES)
        contestee = Decision.objects.filter(pk=recours.decision_id)
        return (*lignes([recours], *REPONDUES), *(_annuler(contestee, le) if revue else ()))

    passer(
        dossier,
        "revoir" if revue else "maintenir",
        acteur,
        version=version,
        change=A_REGARDER if revue else {"clos_le": le},
        apres={"recours": recours.pk},
        prive={"reponse": reponse.strip()},
        ensuite=ensuite,
    )
    return recours
