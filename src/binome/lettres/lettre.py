"""The letter of a decision: composed from what the decision keeps, sealed, put on the shelf, checked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from binome.branches.services import branche_de_la_lettre, textes_de
from binome.dossiers import rayons
from binome.dossiers.bases import base_de
from binome.dossiers.models import Decision, PointTranche
from binome.impression.lettre import LA_BRANCHE, Courrier, Lettre
from binome.impression.pdf import pdf_de_la_lettre
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture
from binome.regles.metiers.ecart import en_mots
from binome.regles.metiers.raisons_d_ecart import en_clair
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier
    from binome.sceau.cle import Sceau

SANS_NOM: Final = "Commission paritaire de la branche (CPNEFP)"
"""In whose name one writes where no branch is named."""


def adresse_de_la_lettre(decision: Decision) -> str:
    """The whole address where the letter is read, by who may."""
    return adresse_entiere(reverse("lettre", args=[decision.pk]))


def _tranches(decision: Decision) -> dict[str, str]:
    """The positions of the branch that held when it decided, on the rules of that certification."""
    return dict(
        PointTranche.objects.filter(
            Q(leve_le__isnull=True) | Q(leve_le__gt=decision.le),
            certification=decision.dossier.certification,
            le__lte=decision.le,
        )
        .order_by("pk")
        .values_list("code", "position")
    )


def lettre_de(decision: Decision, avec: Sceau) -> Lettre:
    """What the letter of a decision is made of, read from the database."""
    dossier = decision.dossier
    branche = branche_qui_ecrit(dossier)
    return Lettre(
        reference=dossier.reference,
        personne=dossier.etat_civil,
        naissance=dossier.naissance_dite,
        organisme=dossier.organisme.nom,
        employeur=dossier.employeur,
        decideur=str(decision.par),
        nature=decision.nature,
        reponse=decision.reponse,
        avait_propose=decision.proposition.prouve,
        empreinte=decision.base,
        faits=decision.proposition.faits_prouves,
        reserve=decision.reserve,
        ecart=decision.ecart,
        raison=en_clair(decision.raison),
        autrement=_autrement(decision),
        le=timezone.localtime(decision.le).date(),
        adresse=adresse_de_la_lettre(decision),
        tranches=_tranches(decision),
        demonstration=avec.demonstration or dossier.exemple,
        branche=branche_dite(dossier),
        emetteur=SANS_NOM if branche is None else branche.nom,
        # Sealed again for a name, it keeps the words that it had.
        courrier=courrier_de(branche, decision.scellee_le),
    )


def branche_qui_ecrit(dossier: Dossier) -> Organisation | None:
    """In whose name one writes about a dossier."""
    return branche_de_la_lettre(
        dossier.branche, dossier.certification, exemple=dossier.organisme.exemple
    )


def _autrement(decision: Decision) -> tuple[str, ...]:
    ecart = decision.depart.get("ecart")
    base = base_de(decision.dossier.certification)
    return () if ecart is None else tuple(en_mots(base, ecart))


def courrier_de(branche: Organisation | None, le: datetime | None = None) -> Courrier | None:
    """The words of a branch on its letters, as they held at an instant; now without one."""
    textes = textes_de(branche, le)
    return (
        None
        if textes is None
        else Courrier(
            textes.entete, textes.contact, textes.signature, textes.recours, textes.delai_jours
        )
    )


def branche_dite(dossier: Dossier) -> str:
    """For whom it was decided, in words: the name of the branch of another certification."""
    if dossier.autre_certification is None:
        return LA_BRANCHE
    return "la branche" if dossier.branche is None else f"« {dossier.branche.nom} »"


def attendent_leur_sceau() -> QuerySet[Decision]:
    """Decisions that may no longer be undone, and wait for their letter."""
    return Decision.objects.filter(
        notifiee_le__isnull=True,
        annulee_le__isnull=True,
        dossier__anonyme_le__isnull=True,
        notifiable_des__lte=timezone.now(),
        sceau="",
    )


def _attendent() -> QuerySet[Decision]:
    """Decisions that may no longer be undone, and wait for their letter; the oldest first."""
    return (
        attendent_leur_sceau()
        .select_related("dossier__organisme", "dossier__branche", "proposition", "par")
        .order_by("notifiable_des", "pk")
    )


def _composer(decisions: Sequence[Decision], avec: Sceau) -> list[Callable[[], bytes]]:
    return [
        partial(
            pdf_de_la_lettre, lettre_de(decision, avec), base_de(decision.dossier.certification)
        )
        for decision in decisions
    ]


def _inscrire(decision: Decision, scelle: Scelle) -> Ecriture | None:
    inscrite = Decision.objects.filter(
        pk=decision.pk,
        sceau="",
        annulee_le__isnull=True,
        dossier__anonyme_le__isnull=True,
        dossier__version=decision.dossier.version,  # a name corrected meanwhile is not in this paper
    ).update(sceau=scelle.nom, sceau_empreinte=scelle.empreinte, scellee_le=scelle.le)
    if not inscrite:
        return None
    return Ecriture(
        "decision.scellee",
        decision.dossier.objet,
        apres={"decision": decision.pk, "empreinte": scelle.empreinte, "base": decision.base},
        sujet=decision.dossier.sujet,
        lignes=lignes([decision], "sceau", "sceau_empreinte", "scellee_le"),
    )


LETTRES: Final = Papiers(
    "lettre", "Décision de positionnement", rayons.LETTRES, _attendent, _composer, _inscrire
)


def sceller() -> int:
    """Seals a lot of letters; how many. Raises SceauAbsent, OSError."""
    return papiers.sceller(LETTRES)


def verifier_sceau(decision: Decision) -> str | None:
    """Why the letter of a decision does not hold, in French; None when file, hash and signature do."""
    if not decision.sceau or decision.scellee_le is None:
        return "la décision n’est pas scellée"
    return papiers.verifier(
        rayons.LETTRES, Scelle(decision.sceau, decision.sceau_empreinte, decision.scellee_le)
    )
