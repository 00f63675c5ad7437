"""The home of the members' pages: what waits for the person, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.bureau.filtres import (
    A_EXAMINER,
    EN_COURS,
    ORDRES,
    FiltreDeDossiers,
    avec_echeance,
    lister,
)
from binome.comptes.demande import acteur_de
from binome.comptes.models import Regard
from binome.comptes.roles import EMPLOYEUR, EXAMINENT, GROUPEMENT, TUTEUR
from binome.dossiers.attente import attente
from binome.dossiers.employeurs.services import suivis_par
from binome.dossiers.etats import CHEZ_LA_BRANCHE, Etat
from binome.dossiers.models import Confirmation, Dossier
from binome.dossiers.permissions import a_lister, de_ses_branches
from binome.dossiers.portee import A_REGARDER, CLAIRES, portee_de
from binome.emplois.permissions import employe
from binome.espace.premieres import SANS_ROLE, premieres
from binome.listes.pages import premiers

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur


D_ABORD: Final = 5
SUIVIS: Final = 20
A_FAIRE: Final = (*CHEZ_LA_BRANCHE, Etat.A_COMPLETER, Etat.RECOURS)
COMPTES: Final = (*A_FAIRE, Etat.BROUILLON, Etat.ARRETE, Etat.DECIDE)
"""The states that the home page counts."""


@dataclass(frozen=True)
class Attendu:
    """Something that waits: how many, in words (several, then one), and the list that shows them."""

    nombre: int
    plusieurs: str
    texte: str
    adresse: str
    a_faire: bool = False
    un_seul: str = ""

    @property
    def titre(self) -> str:
        """What they are, agreed with how many: none and one are singular in French."""
        return self.plusieurs if self.nombre > 1 else self.un_seul or self.plusieurs


SUITES: Final = {
    Etat.BROUILLON: "Votre organisme prépare le dossier. Rien ne vous est demandé.",
    Etat.DEPOSE: "La branche lit les pièces. Rien ne vous est demandé.",
    Etat.A_COMPLETER: "Votre organisme doit compléter le dossier. Vous pouvez y ajouter une pièce.",
    Etat.COMPLETE: "La branche reprend l’examen. Rien ne vous est demandé.",
    Etat.PROPOSITION: "Les pièces sont lues, la branche va décider. Rien ne vous est demandé.",
    Etat.DECIDE: "Ouvrez-le pour lire la décision et ce que vous pouvez faire.",
    Etat.RECOURS: "La branche doit répondre à la contestation.",
    Etat.CLOS: "Le dossier est clos. Vous pouvez toujours le lire.",
    Etat.RETIRE: "Le dossier a été retiré. Ouvrez-le pour savoir s’il peut être rétabli.",
}
"""What the candidate has to do, by state: most often nothing, and that is said."""
REGARDS: Final = 5
EMPLOIENT: Final = (EMPLOYEUR, TUTEUR, GROUPEMENT)


def _vers(etat: str) -> str:
    return f"{reverse('dossiers')}?{FiltreDeDossiers(etat=etat).requete()}"


def _de_l_organisme(nombres: dict[str, int], *, gere: bool) -> list[Attendu]:
    """What waits for an organisation; who only reads has nothing to do there."""
    chez_la_branche = sum(nombres.get(etat, 0) for etat in (*CHEZ_LA_BRANCHE, Etat.ARRETE))
    return [
        Attendu(nombres.get(Etat.A_COMPLETER, 0), "À compléter",
                "La branche demande quelque chose.", _vers(Etat.A_COMPLETER), a_faire=gere),
        Attendu(nombres.get(Etat.BROUILLON, 0), "Brouillons",
                "À déposer quand tout y est.", _vers(Etat.BROUILLON), a_faire=gere, un_seul="Brouillon"),
        Attendu(chez_la_branche, "En cours d’examen",
                "C’est à la branche.", _vers(EN_COURS)),
        Attendu(nombres.get(Etat.DECIDE, 0), "Décidés",
                "La décision est notifiée.", _vers(Etat.DECIDE), un_seul="Décidé"),
        Attendu(nombres.get(Etat.RECOURS, 0), "En recours",
                "La branche doit répondre.", _vers(Etat.RECOURS)),
    ]  # fmt: skip


def _de_la_branche(nombres: dict[str, int], claires: int) -> list[Attendu]:
    return [
        Attendu(nombres.get(Etat.DEPOSE, 0) + nombres.get(Etat.COMPLETE, 0), "À examiner",
                "Pièces à lire, propositions à préparer.", _vers(A_EXAMINER), a_faire=True),
        Attendu(claires, "Propositions claires",
                "Sans alerte : à confirmer ensemble.", _vers(CLAIRES), a_faire=True, un_seul="Proposition claire"),
        Attendu(nombres.get(Etat.PROPOSITION, 0) - claires, "Propositions à regarder",
                "Une alerte, un écart ou un renseignement manquant.", _vers(A_REGARDER),
                a_faire=True, un_seul="Proposition à regarder"),
        Attendu(nombres.get(Etat.RECOURS, 0), "Recours",
                "Une réponse est attendue.", _vers(Etat.RECOURS), a_faire=True),
        Attendu(nombres.get(Etat.A_COMPLETER, 0), "Chez les organismes",
                "Un complément est demandé.", _vers(Etat.A_COMPLETER)),
    ]  # fmt: skip


def _d_abord(dossiers: QuerySet[Dossier], acteur: Acteur, *, branche: bool) -> list[Dossier]:
    """What to open first: where somebody waits for this person, by deadline, then by age."""
    etats: tuple[Etat, ...]
    if branche:
        etats = (Etat.RECOURS, Etat.DEPOSE, Etat.COMPLETE)
    elif acteur.a_role("gestionnaire"):
        etats = (Etat.A_COMPLETER,)
        dossiers = dossiers.filter(organisme__in=acteur.organisations("gestionnaire"))
    else:
        return []
    lus = dossiers.select_related("organisme")
    presses = premiers(avec_echeance(lus.filter(etat__in=etats)), ORDRES["echeance"], D_ABORD)
    anciens = premiers(lus, ORDRES["age"].parmi(*etats), D_ABORD)
    return list({un.pk: un for un in (*presses, *anciens)}.values())[:D_ABORD]


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
    if branche:
        claires = lister(lus, FiltreDeDossiers(etat=CLAIRES), portee_de(acteur)).count()
    miens = list(Dossier.objects.filter(candidat=acteur.personne).select_related("organisme"))
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
    gere = acteur.a_role("gestionnaire")
    pages = premieres(acteur, EMPLOIENT if employes else ())
    contexte = {
        "acteur": acteur,
        "organisme": _de_l_organisme(nombres, gere=gere) if acteur.d_un_organisme else (),
        "lit_l_organisme": acteur.d_un_organisme and not gere,
        "branche": _de_la_branche(nombres, claires) if branche else (),
        "d_abord": _d_abord(lus, acteur, branche=branche),
        "confirmations": confirmations,
        "miens": [(un, SUITES[un.etat_montre]) for un in miens],
        "suivis": employes,
        "attente": attente() if miens else None,
        "gere": acteur.gere,
        "maisons": acteur.maisons if acteur.plusieurs else (),
        "choisie": acteur.ici,
        "premieres": pages,
        "sans_role": SANS_ROLE if not acteur.appartenances and not miens else None,
        "aide": acteur.soutien is None and acteur.a_role("soutien"),
        "regards": _regards(acteur) if acteur.a_role("soutien") else (),
    }
    return render(request, "espace/accueil.html", contexte)


def _regards(acteur: Acteur) -> QuerySet[Regard]:
    """The last looks of someone of the support: whom, why, until when."""
    leurs = Regard.objects.filter(soutien=acteur.personne).select_related("personne")
    return leurs.order_by("-debut", "-pk")[:REGARDS]
