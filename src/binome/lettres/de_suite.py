"""The letters that follow a decision: asked for by a gesture, sealed by the jobs, read by who reads the decision's."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from binome.dossiers import rayons
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision
from binome.dossiers.permissions import de_ses_yeux, dossier_pour, lit_les_pieces, lit_tout
from binome.dossiers.traces import noter
from binome.impression.pdf import pdf_de_la_lettre, pdf_de_la_reponse
from binome.impression.reponse import ReponseAuRecours
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.lectures.models import ObjetLu
from binome.lettres.lettre import SANS_NOM, branche_dite, branche_qui_ecrit, courrier_de, lettre_de
from binome.lettres.models import Genre, LettreDeSuite
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.gestes.volets import GesteTente
    from binome.impression.lettre import Lettre
    from binome.sceau.cle import Sceau

PREPAREE, SCELLEE = "lettre.preparee", "lettre.scellee"


def repondre_par_une_lettre(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Asks for the letter of each appeal that was just answered, in the transaction of the answer."""
    _demander(
        [
            LettreDeSuite(
                dossier=un.objet,
                decision=un.donnees["recours"].decision,
                recours=un.donnees["recours"],
                genre=Genre.RECOURS,
                demandee_le=timezone.now(),
            )
            for un in passages
        ],
        par,
    )


def refaire_les_lettres(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Asks again for the sealed letters of each dossier whose name was corrected; what waits will have it anyway."""
    dossiers = {un.objet.pk: un.objet for un in passages}
    voulues = []
    decisions = Decision.objects.filter(dossier__in=dossiers, annulee_le__isnull=True)
    connues = list(
        LettreDeSuite.objects.filter(dossier__in=dossiers, remplacee_par__isnull=True).order_by(
            "pk"
        )
    )
    for une in decisions.exclude(sceau="").order_by("pk"):
        avant = next(
            (un for un in connues if un.genre == Genre.NOM and un.decision_id == une.pk), None
        )
        if avant is None or avant.sceau:
            voulues.append(
                LettreDeSuite(
                    dossier=dossiers[une.dossier_id], decision=une, genre=Genre.NOM, remplace=avant,
                    demandee_le=timezone.now(),
                )
            )  # fmt: skip
    voulues += [
        LettreDeSuite(
            dossier=dossiers[une.dossier_id], decision_id=une.decision_id, recours_id=une.recours_id,
            genre=une.genre, remplace=une, demandee_le=timezone.now(),
        )
        for une in connues
        if une.genre == Genre.RECOURS and une.sceau
    ]  # fmt: skip
    _demander(voulues, par)


def lettre_au_nom_corrige(decision: Decision) -> LettreDeSuite | None:
    """The last sealed letter of a decision once its name was corrected; None while its own is the last."""
    refaites = LettreDeSuite.objects.filter(decision=decision, genre=Genre.NOM).exclude(sceau="")
    return refaites.order_by("-pk").first()


def _demander(lettres: Sequence[LettreDeSuite], par: Auteur) -> None:
    LettreDeSuite.objects.bulk_create(lettres)
    ecrire_tout(
        [
            Ecriture(
                PREPAREE,
                une.dossier.objet,
                auteur=par.nom_au_journal,
                apres={"lettre": une.pk, "genre": une.genre},
                sujet=une.dossier.sujet,
                lignes=lignes([une]),
            )
            for une in lettres
        ]
    )


def attendent_leur_sceau() -> QuerySet[LettreDeSuite]:
    """The letters that follow and wait for their seal; the oldest first."""
    attendent = LettreDeSuite.objects.filter(sceau="", dossier__anonyme_le__isnull=True)
    return attendent.select_related(
        "dossier__organisme", "dossier__branche", "decision__par", "decision__proposition",
        "recours__repondu_par", "remplace",
    ).order_by("demandee_le", "pk")  # fmt: skip


def adresse_de(lettre: LettreDeSuite) -> str:
    """The whole address where it is read, by who may."""
    return adresse_entiere(reverse("lettre-de-suite", args=[lettre.pk]))


def reponse_de(lettre: LettreDeSuite, avec: Sceau) -> ReponseAuRecours:
    """What the answer to an appeal is made of, read from the database."""
    dossier, recours = lettre.dossier, lettre.recours
    if recours is None or recours.repondu_le is None:  # a constraint holds it
        raise ValueError("Cette lettre ne répond à aucun recours.")
    branche = branche_qui_ecrit(dossier)
    return ReponseAuRecours(
        reference=dossier.reference,
        personne=dossier.etat_civil,
        naissance=dossier.naissance_dite,
        organisme=dossier.organisme.nom,
        decidee_le=timezone.localdate(lettre.decision.le),
        depose_le=timezone.localdate(recours.depose_le),
        le=timezone.localdate(recours.repondu_le),
        repond=str(recours.repondu_par),
        reponse=recours.reponse,
        adresse=adresse_de(lettre),
        demonstration=avec.demonstration or dossier.exemple,
        branche=branche_dite(dossier),
        courrier=courrier_de(branche),
        emetteur=SANS_NOM if branche is None else branche.nom,
        remplace=_jour_de(lettre.remplace),
    )


def decision_refaite(lettre: LettreDeSuite, avec: Sceau) -> Lettre:
    """The letter of the decision under the name of now: nothing else of it changes."""
    decision = lettre.decision
    decision.dossier = lettre.dossier
    remplacee = decision if lettre.remplace is None else lettre.remplace
    return replace(lettre_de(decision, avec), remplace=_jour_de(remplacee))


def _jour_de(scellee: Decision | LettreDeSuite | None) -> date | None:
    return (
        None
        if scellee is None or scellee.scellee_le is None
        else timezone.localdate(scellee.scellee_le)
    )


def _composer(lettres: Sequence[LettreDeSuite], avec: Sceau) -> list[Callable[[], bytes]]:
    return [
        partial(pdf_de_la_lettre, decision_refaite(une, avec), base_de(une.dossier.certification))
        if une.genre == Genre.NOM
        else partial(pdf_de_la_reponse, reponse_de(une, avec), base_de(une.dossier.certification))
        for une in lettres
    ]


def _inscrire(lettre: LettreDeSuite, scelle: Scelle) -> Ecriture | None:
    inscrite = LettreDeSuite.objects.filter(
        pk=lettre.pk,
        sceau="",
        dossier__anonyme_le__isnull=True,
        dossier__version=lettre.dossier.version,
    ).update(sceau=scelle.nom, sceau_empreinte=scelle.empreinte, scellee_le=scelle.le)
    if not inscrite:
        return None
    return Ecriture(
        SCELLEE,
        lettre.dossier.objet,
        apres={"lettre": lettre.pk, "empreinte": scelle.empreinte},
        sujet=lettre.dossier.sujet,
        lignes=lignes([lettre], "sceau", "sceau_empreinte", "scellee_le"),
    )


PAPIERS: Final = Papiers(
    "lettre-de-suite", "Lettre de la branche", rayons.LETTRES, attendent_leur_sceau, _composer, _inscrire
)  # fmt: skip


def sceller() -> int:
    """Seals a lot of letters that follow; how many. Raises SceauAbsent, OSError."""
    return papiers.sceller(PAPIERS)


def lettre_de_suite_pour(acteur: Acteur, numero: int) -> LettreDeSuite:
    """A sealed letter that follows, for who reads the letter of its decision. Raises Http404, PermissionDenied."""
    scellees = LettreDeSuite.objects.select_related("dossier").exclude(sceau="")
    lettre = scellees.filter(pk=numero).first()
    if lettre is None or not _lit(acteur, lettre):
        raise Http404("Cette lettre n’existe pas, ou ne vous est pas ouverte.")
    de_ses_yeux(acteur)
    noter(acteur, lettre.dossier, ObjetLu.LETTRE, lettre.decision_id)
    return lettre


def _lit(acteur: Acteur, lettre: LettreDeSuite) -> bool:
    """The answer to an appeal is for who reads the appeal."""
    lit = lit_les_pieces if lettre.genre == Genre.RECOURS else lit_tout
    return lit(acteur, dossier_pour(acteur, lettre.dossier.reference))


def a_lire(
    _: HttpRequest,
    acteur: Acteur,
    dossier: Dossier,
    tentative: GesteTente,  # noqa: ARG001 - a part of the page
) -> Mapping[str, Any] | None:
    """The answers to appeals, on the page of the dossier, for who reads them."""
    if dossier.etat != Etat.CLOS or not lit_les_pieces(acteur, dossier):
        return None
    reponses = LettreDeSuite.objects.filter(dossier=dossier, genre=Genre.RECOURS)
    lettres = list(reponses.filter(remplacee_par__isnull=True).order_by("pk"))
    return {"lettres": lettres} if lettres else None


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """The letters that follow, as the archive of the candidate tells them."""
    lettres = LettreDeSuite.objects.filter(dossier=dossier).order_by("pk")
    return [
        {
            "genre": une.get_genre_display(),
            "demandee_le": une.demandee_le,
            "scellee_le": une.scellee_le,
        }
        for une in lettres
    ]
