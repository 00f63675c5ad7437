"""The home of the members' pages: what waits for the person, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Count
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.bureau.attente import attente
from binome.bureau.filtres import EN_COURS, FiltreDeDossiers, lister
from binome.bureau.voisinage import recours_d_un_autre
from binome.comptes.demande import acteur_de
from binome.comptes.models import Regard
from binome.comptes.roles import CERTIFIENT, CPAM, EMPLOYEUR, EXAMINENT, GROUPEMENT, OPCO, TUTEUR
from binome.dossiers.employeurs.services import suivis_par
from binome.dossiers.etats import CHEZ_LA_BRANCHE, Etat
from binome.dossiers.models import Confirmation, Dossier
from binome.dossiers.natures import a_envoyer
from binome.dossiers.permissions import a_lister, de_ses_branches
from binome.dossiers.portee import CLAIRES, portee_de
from binome.emplois.permissions import employe
from binome.espace.attendus import (
    Attendu,
    a_examiner_d_abord,
    d_abord,
    de_la_branche,
    encore_annulables,
    marques_attendues,
    vers,
)
from binome.espace.de_l_argent import de_l_employeur, de_l_organisme, du_payeur
from binome.espace.des_contrats import contrats_en_retard, est_medecin
from binome.espace.des_jurys import des_jurys, du_jure
from binome.espace.du_titulaire import sans_etat_civil, ses_jurys_a_venir, ses_resultats
from binome.espace.employes import de_la_semaine, des_employes
from binome.espace.formation import du_formateur, du_stagiaire
from binome.espace.premieres import SANS_ROLE, premieres
from binome.livret.attente import livrets_attendus
from binome.livret.permissions import livrets_ouverts
from binome.livret.signees import livrets_quittes
from binome.titres.permissions import titres_visibles

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.regles.base import PieceAFournir
    from binome.titres.models import Titre

SUIVIS: Final = 20
A_FAIRE: Final = (*CHEZ_LA_BRANCHE, Etat.A_COMPLETER, Etat.RECOURS)
COMPTES: Final = (*A_FAIRE, Etat.BROUILLON, Etat.ARRETE, Etat.DECIDE)
"""The states that the home page counts."""


SUITES: Final = {
    Etat.BROUILLON: "Votre organisme prépare le dossier. Rien ne vous est demandé.",
    Etat.DEPOSE: "L’examen revient à la branche. Rien ne vous est demandé.",
    Etat.A_COMPLETER: "Votre organisme doit compléter le dossier. Vous pouvez y ajouter une pièce.",
    Etat.COMPLETE: "La branche reprend l’examen. Rien ne vous est demandé.",
    Etat.PROPOSITION: "L’examen est fait, la branche va décider. Rien ne vous est demandé.",
    Etat.DECIDE: "Ouvrez-le pour lire la décision et ce que vous pouvez faire.",
    Etat.RECOURS: "La branche doit répondre à la contestation.",
    Etat.CLOS: "Le dossier est clos. Vous pouvez toujours le lire.",
    Etat.AILLEURS: "Votre parcours suit la lettre que vous aviez reçue. Ouvrez-le pour le lire.",
    Etat.RETIRE: "Le dossier a été retiré. Ouvrez-le pour savoir s’il peut être rétabli.",
}
"""What the candidate has to do, by state, when no document is awaited: most often nothing, and that is said."""
ATTENDENT: Final = (Etat.DEPOSE, Etat.A_COMPLETER)
"""The states where a document that is awaited comes before anything else."""
REGARDS: Final = 5
EMPLOIENT: Final = (EMPLOYEUR, TUTEUR, GROUPEMENT)


def _de_l_organisme(nombres: dict[str, int], *, gere: bool) -> list[Attendu]:
    """What waits for an organisation; who only reads has nothing to do there."""
    chez_la_branche = sum(nombres.get(etat, 0) for etat in (*CHEZ_LA_BRANCHE, Etat.ARRETE))
    return [
        Attendu(nombres.get(Etat.A_COMPLETER, 0), "À compléter",
                "La branche demande quelque chose.", vers(Etat.A_COMPLETER), a_faire=gere),
        Attendu(nombres.get(Etat.BROUILLON, 0), "Brouillons",
                "À déposer quand tout y est.", vers(Etat.BROUILLON), a_faire=gere, un_seul="Brouillon"),
        Attendu(chez_la_branche, "En cours d’examen",
                "C’est à la branche.", vers(EN_COURS)),
        Attendu(nombres.get(Etat.DECIDE, 0), "Décidés",
                "La décision est notifiée.", vers(Etat.DECIDE), un_seul="Décidé"),
        Attendu(nombres.get(Etat.RECOURS, 0), "En recours",
                "La branche doit répondre.", vers(Etat.RECOURS)),
    ]  # fmt: skip


def _d_abord(dossiers: QuerySet[Dossier], acteur: Acteur) -> list[Dossier]:
    """What an organisation opens first: where somebody waits for this person, by deadline, then by age."""
    if not acteur.a_role("gestionnaire"):
        return []
    siens = dossiers.filter(organisme__in=acteur.organisations("gestionnaire"))
    return d_abord(siens.prefetch_related("faits", "pieces"), (Etat.A_COMPLETER,))


def _attendues(dossier: Dossier) -> list[PieceAFournir]:
    """The documents that may be added, and that are to be."""
    return a_envoyer(dossier) if dossier.etat in ATTENDENT else []


def _les_miens(acteur: Acteur) -> list[Dossier]:
    """The dossiers that are about the person: they know of their own appeal."""
    lus = Dossier.objects.filter(candidat=acteur.personne).select_related("organisme")
    miens = list(lus.prefetch_related("faits", "pieces"))
    for un in miens:
        un.recours_lu = True
    return miens


def _titres(acteur: Acteur) -> QuerySet[Titre]:
    """The titles that a person holds, the last one first."""
    siens = titres_visibles(acteur).filter(parcours__dossier__candidat=acteur.personne)
    return siens.order_by("-pk")


@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """What waits for the person, with the lists that show it; their own dossiers when they have some."""
    acteur = acteur_de(request)
    branche = acteur.a_role(*EXAMINENT)
    lus = a_lister(acteur)
    nombres, claires = {}, 0
    if branche or acteur.d_un_organisme:
        # What is over is not counted: it waits for nobody, and it is most of them.
        # In these states all were filed, which a constraint holds: asked again, it would be looked up
        # line after line. Whose branch they are stands in the same index as the state.
        comptes = (
            lus.filter(etat__in=COMPTES)
            if acteur.d_un_organisme
            else Dossier.objects.filter(de_ses_branches(acteur), etat__in=A_FAIRE)
        ).values("etat")
        nombres = {
            un["etat"]: un["nombre"] for un in comptes.annotate(nombre=Count("pk")).order_by("etat")
        }
    d_un_autre = recours_d_un_autre(acteur).count() if branche else 0
    if branche:
        claires = lister(lus, FiltreDeDossiers(etat=CLAIRES), portee_de(acteur)).count()
    miens = _les_miens(acteur)
    suivis = (
        lus.filter(pk__in=suivis_par(acteur)).select_related("organisme").order_by("-depuis", "-pk")
        if employe(acteur)
        else ()
    )
    confirmations = (
        Confirmation.objects.filter(
            par=acteur.personne, annulee_le__isnull=True, annulable_jusqu_a__gt=timezone.now()
        ).order_by("-le", "pk")
        if branche
        else ()
    )
    employes = list(suivis[:SUIVIS])
    formations = des_employes(employes) if employes else {}
    avec = [(un, formations.get(un.pk)) for un in employes]
    livrets = livrets_attendus(acteur, [une.parcours for une in formations.values()])
    gere = acteur.a_role("gestionnaire")
    jurys = des_jurys(acteur) if acteur.branches(*CERTIFIENT) else []
    payeur, doit = du_payeur(acteur), de_l_employeur(acteur)
    retards = contrats_en_retard(acteur)
    caisse, medecin = acteur.a_role(CPAM), est_medecin(acteur)
    servis = (
        *(EMPLOIENT if employes or doit or (retards and not caisse) else ()),
        *(("jury",) if jurys else ()),
        *((OPCO,) if payeur else ()),
        *((CPAM,) if caisse and retards else ()),
    )
    pages = premieres(acteur, servis)
    contexte = {
        "acteur": acteur,
        "organisme": [
            *_de_l_organisme(nombres, gere=gere),
            *(() if branche else marques_attendues(acteur)),
            *de_l_organisme(acteur),
        ]
        if acteur.d_un_organisme
        else (),
        "du_jour": du_formateur(acteur) if acteur.a_role("formateur", "gestionnaire") else None,
        "formations": du_stagiaire(acteur) if miens else (),
        "resultats": ses_resultats(acteur) if miens else (),
        "jurys_a_venir": ses_jurys_a_venir(acteur) if miens else (),
        "sans_etat_civil": sans_etat_civil(acteur) if miens else (),
        "titres": _titres(acteur) if miens else (),
        "lit_l_organisme": acteur.d_un_organisme and not gere,
        "branche": de_la_branche(acteur, nombres, claires, d_un_autre) if branche else (),
        "jurys": jurys,
        "payeur": payeur,
        "doit": doit,
        "retards": retards,
        "siege": du_jure(acteur),
        "d_abord": [
            (un, ()) for un in a_examiner_d_abord(portee_de(acteur).sur(lus), acteur, d_un_autre)
        ]
        if branche
        else [(un, _attendues(un)) for un in _d_abord(lus, acteur)],
        "recours_d_un_autre": d_un_autre,
        "confirmations": confirmations,
        "decisions": encore_annulables(acteur) if branche else (),
        "miens": [(un, SUITES[un.etat_montre], _attendues(un)) for un in miens],
        "suivis": [(un, une, une and livrets.get(une.parcours.pk)) for un, une in avec],
        "rien_a_faire": not doit and not retards and not any(un.a_faire for un in livrets.values()),
        "a_signe": _a_signe(acteur),
        "semaine": de_la_semaine(avec, timezone.localdate()),
        "accompagne": not acteur.a_role(EMPLOYEUR, GROUPEMENT),
        "attente": attente() if miens else None,
        "gere": acteur.gere,
        "maisons": acteur.maisons if acteur.plusieurs else (),
        "choisie": acteur.ici,
        "premieres": pages,
        "sans_role": SANS_ROLE if not acteur.appartenances and not miens and not medecin else None,
        "medecin": medecin,
        "aide": acteur.soutien is None and acteur.a_role("soutien"),
        "regards": _regards(acteur) if acteur.a_role("soutien") else (),
    }
    return render(request, "espace/accueil.html", contexte)


def _a_signe(acteur: Acteur) -> bool:
    """Whether a person signed cards of a booklet that is open to them no longer; asked only of who may have been a tutor."""
    if acteur.appartenances and not employe(acteur):
        return False
    return livrets_quittes(acteur, livrets_ouverts(acteur)).exists()


def _regards(acteur: Acteur) -> QuerySet[Regard]:
    """The last looks of someone of the support: whom, why, until when."""
    leurs = Regard.objects.filter(soutien=acteur.personne).select_related("personne")
    return leurs.order_by("-debut", "-pk")[:REGARDS]
