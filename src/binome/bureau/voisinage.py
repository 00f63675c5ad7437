"""The dossiers before and after one, in the list that it was opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse

from binome.bureau.filtres import FiltreDeDossiers, feuilleter
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.flows import A_LA_BRANCHE
from binome.dossiers.impartialite import proches
from binome.dossiers.models import Decision, Dossier, Piece
from binome.dossiers.permissions import a_lister
from binome.dossiers.portee import portee_de
from binome.habillage.provenance import LISTE, LONGUEUR
from binome.listes.pages import premiers, voisins

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur


def liste_de(request: HttpRequest, acteur: Acteur) -> FiltreDeDossiers | None:
    """The list that an address says it comes from; None when it says none."""
    dite = request.GET.get(LISTE)
    if dite is None:
        return None
    return FiltreDeDossiers.lire(QueryDict(dite[:LONGUEUR])).pour(acteur)


def suite_pour(filtre: FiltreDeDossiers) -> str:
    """What the address of a dossier keeps of the list that it is opened from."""
    return f"?{urlencode({LISTE: filtre.requete()})}"


def avec_ses_pieces(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The same, each with whether a document of it waits for an examination."""
    recues = Piece.objects.filter(dossier=OuterRef("pk"), etat=EtatDePiece.RECUE)
    return dossiers.annotate(a_lire=Exists(recues))  # type: ignore[no-redef]  # the class sets its default


def ouverture(dossier: Dossier, acteur: Acteur) -> str:
    """Where a dossier of `avec_ses_pieces` is opened from a list: its documents first, for who examines them."""
    a_lire = acteur.examine and dossier.etat in A_LA_BRANCHE and dossier.a_lire
    return reverse("examiner-pieces" if a_lire else "dossier", args=[dossier.reference])


def autour(
    filtre: FiltreDeDossiers, acteur: Acteur, dossier: Dossier
) -> tuple[Dossier | None, Dossier | None]:
    """The dossiers before and after one in a list, whether or not it is still there."""
    lus, ordre = feuilleter(a_lister(acteur), filtre, portee_de(acteur), acteur)
    return voisins(avec_ses_pieces(lus), ordre, dossier)


def recours_d_un_autre(acteur: Acteur) -> QuerySet[Dossier]:
    """The dossiers in appeal of which a person took the decision: somebody else answers.

    Asked from the appeals, which are few: who decided for years has tens of thousands of decisions.
    """
    return Dossier.objects.filter(decide_par(acteur), etat=Etat.RECOURS).order_by()


def decide_par(acteur: Acteur) -> Exists:
    """Whether a person took a decision of a dossier that holds."""
    return Exists(
        Decision.objects.filter(
            dossier=OuterRef("pk"), par__in=acteur.identite.comptes, annulee_le__isnull=True
        ).order_by()
    )


def a_ouvrir(
    filtre: FiltreDeDossiers, acteur: Acteur, apres: Dossier | None = None
) -> Dossier | None:
    """What to open next in a list: after a dossier, or else from the start; never what a colleague examines, nor what
    one may not decide.
    """
    # Whoever examined it decided: an appeal is somebody else's to answer.
    libres = Q(examine_par__isnull=True) | Q(examine_par=acteur.personne) | Q(etat=Etat.RECOURS)
    siens = a_lister(acteur).filter(libres)
    if acteur.examine:
        siens = siens.exclude(Q(decide_par(acteur), etat=Etat.RECOURS))
        siens = siens.exclude(pk__in=[un.pk for un in proches(acteur)])
    lus, ordre = feuilleter(siens, filtre, portee_de(acteur), acteur)
    lus = avec_ses_pieces(lus)
    if apres is not None:
        lus = lus.exclude(pk=apres.pk)
        suivant = voisins(lus, ordre, apres)[1]
        if suivant is not None:
            return suivant
    return next(iter(premiers(lus, ordre, 1)), None)
