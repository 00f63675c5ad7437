"""The page of a dossier: where it stands, what holds it, and what the person may do now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers import gardes
from binome.dossiers.bases import base_de
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.etats import CHEZ_LA_BRANCHE, OUVERTS, Etat, EtatDePiece, Nature, Origine
from binome.dossiers.flows import CANDIDAT, EXAMEN, GESTES, ORGANISME
from binome.dossiers.flux import FLUX
from binome.dossiers.impartialite import a_decide
from binome.dossiers.models import Decision, Recours
from binome.dossiers.natures import a_envoyer, attendues, libelle_de
from binome.dossiers.permissions import (
    cotes,
    dossier_pour,
    lit_l_examen,
    lit_les_lectures,
    lit_les_pieces,
    lit_tout,
)
from binome.dossiers.points import positions
from binome.dossiers.retablissement import jusqu_a
from binome.dossiers.vues.saisie import memes
from binome.gestes.recit import recit
from binome.gestes.table import Champ
from binome.gestes.volets import RIEN_TENTE, volets_de
from binome.regles.faits import lire_valeur
from binome.regles.metiers.raisons_d_ecart import depart_dit
from binome.regles.metiers.reponse import annoncer, differences

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Proposition
    from binome.gestes.volets import GesteTente

AVEC_DECISION: Final = (Etat.ARRETE, Etat.DECIDE, Etat.RECOURS, Etat.CLOS)
PHRASES: Final = {
    Etat.BROUILLON: "L’organisme prépare le dossier. Il n’est pas encore déposé.",
    Etat.DEPOSE: "Le dossier est déposé. L’examen revient à la branche.",
    Etat.A_COMPLETER: "La branche attend un complément de l’organisme.",
    Etat.COMPLETE: "Le dossier complété est reparti à l’examen.",
    Etat.PROPOSITION: "L’examen est fait. La branche va décider.",
    Etat.ARRETE: "La décision est prise. Elle n’est encore lue que par la branche.",
    Etat.DECIDE: "La branche a décidé.",
    Etat.RECOURS: "La décision est contestée. La branche doit répondre.",
    Etat.CLOS: "Le dossier est clos.",
    Etat.RETIRE: "Le dossier a été retiré.",
    Etat.AILLEURS: "La décision a été prise hors de Binôme : le parcours suit sa lettre.",
}
RIEN: Final = Champ("", "")
AVANT: Final = "avant"
"""The field of a day before which to act: one on the page."""
REFAIRE: Final = "Préparer de nouveau la proposition"
DELAI_OFFERT: Final = timedelta(days=30)
REPONDRE: Final = frozenset({"maintenir", "revoir"})
OUVRIERS: Final = frozenset({"deposer", "proposer"})
"""Carried out by one button; the others open first."""


def jour_offert(dossier: Dossier) -> str:
    """The day that is offered to complete a dossier, as a form holds it: in a month, or else the wished day of entry.

    Past that day a month is offered again.
    """
    dans_un_mois = timezone.localdate() + DELAI_OFFERT
    if dossier.entree is None or dossier.entree <= timezone.localdate():
        return dans_un_mois.isoformat()
    return min(dossier.entree, dans_un_mois).isoformat()


def _charger(dossier: Dossier) -> None:
    prefetch_related_objects([dossier], "faits", "pieces")
    if dossier.etat_montre in AVEC_DECISION:
        en_vigueur = Decision.objects.select_related("proposition").prefetch_related("recours")
        prefetch_related_objects([dossier], Prefetch("decisions", queryset=en_vigueur))


def _faits(dossier: Dossier) -> list[dict[str, Any]]:
    """Declared and proven facts side by side, in words, in the order of the base."""
    base = base_de(dossier.certification)
    valeurs = {(un.nom, un.origine): un.valeur for un in dossier.faits.all()}
    lignes = []
    for nom, fait in base.faits.items():
        declare = valeurs.get((nom, Origine.DECLARE))
        prouve = valeurs.get((nom, Origine.PROUVE))
        constate = valeurs.get((nom, Origine.CONSTATE))
        if declare is None and prouve is None:
            continue
        lignes.append(
            {
                "libelle": fait.libelle,
                "declare": fait.en_mots(lire_valeur(fait, declare)),
                "prouve": "" if prouve is None else fait.en_mots(lire_valeur(fait, prouve)),
                "constate": prouve is None and constate is not None,
                "a_prouver": bool(fait.piece),
                "differe": prouve is not None and declare is not None and prouve != declare,
            }
        )
    return lignes


def _pieces(dossier: Dossier) -> list[dict[str, Any]]:
    """The documents that stand, each with its words; those that were replaced are left."""
    return [
        {
            "piece": une,
            "libelle": libelle_de(une.nature, dossier.certification),
        }
        for une in dossier.pieces.all()
        if une.etat != EtatDePiece.RETIREE
    ]


def a_completer(dossier: Dossier) -> str:
    """A first draft of what to ask: the refused documents and those that are missing."""
    refusees = [une for une in dossier.pieces.all() if une.etat == EtatDePiece.REFUSEE]
    lignes = [
        f"- {libelle_de(une.nature, dossier.certification)} : "
        f"{une.get_motif_display().lower()}{f' ({une.precision})' if une.precision else ''}."
        for une in refusees
    ]
    natures = {une.nature for une in refusees}
    lignes += [
        f"- {une.libelle} : pas encore reçu."
        for une in attendues(dossier)
        if une.code not in natures
    ]
    return "\n".join(lignes)


def _gestes(dossier: Dossier, siens: frozenset[str], tentative: GesteTente) -> list[dict[str, Any]]:
    """What the person may do now, and what they could if something did not stand in the way."""
    # A document was refused: what follows is to ask for another.
    refusees = any(une.etat == EtatDePiece.REFUSEE for une in dossier.pieces.all())
    dits = []
    for un in FLUX.table:
        if not un.formulaire or dossier.etat not in un.de:
            continue
        if not siens.intersection(un.qui):
            continue
        champ = un.champs[0] if un.champs else RIEN
        tente, tape = tentative.geste == un.nom, tentative.tape
        dits.append(
            {
                "geste": un.nom,
                "mot": REFAIRE if un.nom == "proposer" and dossier.etat == un.vers else un.mot,
                "suite": un.suite,
                "empeche": un.garde(dossier) or "",
                "champ": champ.nom,
                "champ_mot": champ.libelle,
                "requis": champ.requis,
                "texte": tape.get(champ.nom, "") if tente
                else a_completer(dossier) if un.nom == "demander"
                else dossier.courriel if un.nom == "inviter" else "",
                "faute": tentative.faute if tente else "",
                "ouvert": bool(tente and tentative.faute) or (un.nom == "demander" and refusees),
                "direct": un.nom in OUVRIERS,
                "a_part": un.a_part,
                "second": dossier.etat == un.vers,
                "avant": tape.get("avant", "") if tente else jour_offert(dossier)
                if un.nom == "demander" else "",
            }
        )  # fmt: skip
    return dits


def proposition_de(dossier: Dossier) -> Proposition | None:
    """What was prepared last; read once, with its dossier."""
    lue: Proposition | None
    if "_proposition" not in vars(dossier):
        lue = dossier.propositions.order_by("-pk").first()
        if lue is not None:
            lue.dossier = dossier
        vars(dossier)["_proposition"] = lue
    lue = vars(dossier)["_proposition"]
    return lue


def recours_de(dossier: Dossier) -> list[Recours]:
    """Every appeal against its decisions, undone ones included, the last first; read once, with its dossier."""
    lus: list[Recours] | None = vars(dossier).get("_recours")
    if lus is None:
        deposes = Recours.objects.filter(decision__dossier=dossier).select_related("decision")
        lus = list(deposes.order_by("-depose_le", "pk"))
        vars(dossier)["_recours"] = lus
    return lus


def _reponses(dossier: Dossier, siens: frozenset[str], *, juge: bool) -> dict[str, Any]:
    """The proposal for the branch, the decision for all once notified, and the answers to appeals.

    `juge`: who reads is the branch. While it may still undo a decision, that is the branch's alone.
    """
    decision = gardes.en_vigueur(dossier) if dossier.etat_montre in AVEC_DECISION else None
    base = base_de(dossier.certification)
    dits: dict[str, Any] = {"decision": decision, "annonce": None, "proposition": None,
                            "differences": [], "recours": [],
                            "lettre": decision is not None and decision.sceau}  # fmt: skip
    if decision is not None:
        tiers = CANDIDAT not in siens
        dits["annonce"] = annoncer(
            decision.reponse, base, tiers=tiers, refusee=decision.nature == Nature.REFUSE
        )
        dits["recours"] = list(decision.recours.all())
        dits["depart"] = depart_dit(base, decision.depart, decision.raison)
        if juge:
            prouve = decision.proposition
            dits["differences"] = differences(prouve.declare, prouve.prouve, base)
    elif dossier.etat_montre == Etat.PROPOSITION:
        dits["recours"] = recours_de(dossier)
        proposition = proposition_de(dossier) if juge else None
        if proposition is not None:
            dits["proposition"] = proposition
            dits["annonce"] = annoncer(
                proposition.prouve, base, positions=positions(dossier.certification)
            )
            dits["differences"] = differences(proposition.declare, proposition.prouve, base)
    return dits


def _ancre(tentative: GesteTente) -> str:
    """Where the field at fault is on the page; empty where no field is."""
    connu = GESTES.get(tentative.geste)
    if not tentative.champ or tentative.champ == AVANT or connu is None or connu.a_part:
        return tentative.champ
    return f"{tentative.geste}-{tentative.champ}"


def _recours_empeche(dossier: Dossier, acteur: Acteur) -> str | None:
    """Why somebody who examines may not answer the appeal that waits: they decided."""
    decision = gardes.en_vigueur(dossier) if dossier.etat == Etat.RECOURS else None
    return None if decision is None else a_decide(acteur, decision)


def page(
    request: HttpRequest,
    dossier: Dossier,
    acteur: Acteur,
    *,
    tentative: GesteTente = RIEN_TENTE,
    status: int = 200,
) -> HttpResponse:
    """The page; with what was typed and what went wrong when a gesture did not pass."""
    _charger(dossier)
    siens = cotes(acteur, dossier)
    gestes = _gestes(dossier, siens, tentative)
    peut_joindre = GESTES["joindre"].permis(dossier, siens)
    candidat = dossier.candidat_id == acteur.personne.pk
    entier = lit_tout(acteur, dossier)
    lus = lit_les_pieces(acteur, dossier)
    juge = lit_l_examen(acteur, dossier)
    ouvert = dossier.etat in OUVERTS
    moments = recit(FLUX, dossier, interne=juge) if lus else []
    empeche = _recours_empeche(dossier, acteur) if EXAMEN in siens else None
    fin = gardes.fin_du_recours(dossier) if dossier.etat_montre == Etat.DECIDE else None
    # What was typed elsewhere than in a gesture comes back in its own place.
    perdu = tentative.geste in GESTES and not any(un["faute"] for un in gestes)
    contexte = {
        "acteur": acteur,
        "dossier": dossier,
        "phrase_etat": PHRASES[dossier.etat_montre],
        "retablissable_jusqu_a": jusqu_a(dossier) if dossier.etat == Etat.RETIRE else None,
        "candidat": candidat,
        "entier": entier,
        "lit_les_pieces": lus,
        "lit_l_examen": juge,
        "examine": EXAMEN in siens,
        "peut_examiner": EXAMEN in siens and dossier.etat in CHEZ_LA_BRANCHE,
        "a_lire": next((un.pk for un in dossier.pieces.all() if un.etat == EtatDePiece.RECUE), None)
        if GESTES["examiner"].permis(dossier, siens)
        else None,
        "peut_ecrire": GESTES["ecrire"].permis(dossier, siens),
        "employeurs": qui_suivent(dossier) if dossier.est_suivi and ORGANISME in siens else [],
        "lit_les_emplois": ORGANISME in siens,
        "peut_associer": GESTES["associer"].permis(dossier, siens),
        "peut_joindre": peut_joindre,
        "lit_les_lectures": lit_les_lectures(acteur, dossier),
        "moments": moments,
        "demande": next((un for un in moments if un.geste == "demander"), None)
        if dossier.etat == Etat.A_COMPLETER
        else None,
        "faits": _faits(dossier) if entier else [],
        "pieces": _pieces(dossier) if lus else [],
        "a_envoyer": a_envoyer(dossier) if peut_joindre and dossier.etat == Etat.A_COMPLETER else [],
        "attendues": attendues(dossier) if peut_joindre or (EXAMEN in siens and ouvert) else [],
        "doublons": memes(dossier, acteur)
        if EXAMEN in siens and dossier.etat in (Etat.DEPOSE, Etat.COMPLETE)
        else {"ouverts": [], "ailleurs": 0},
        "gestes": gestes,
        "repondre": [un for un in gestes if un["geste"] in REPONDRE] if empeche is None else [],
        "recours_empeche": empeche,
        "recours_jusqu_au": fin,
        "recours_passe": fin is not None and timezone.localdate() > fin,
        "faute": tentative.faute,
        "faute_ancre": _ancre(tentative),
        "perdu": [valeur for nom, valeur in tentative.tape.items()
                  if nom in ("motif", "texte", "reponse", "reserve", "ecart") and valeur]
        if perdu
        else [],
        "volets": volets_de(request, acteur, dossier, tentative),
        **_reponses(dossier, siens, juge=juge),
    }  # fmt: skip
    return render(request, "espace/dossier.html", contexte, status=status)


@require_safe
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a dossier; fifteen queries at most."""
    acteur = acteur_de(request)
    return page(request, dossier_pour(acteur, reference), acteur)
