"""What the branch declares: where each certification stands, the lots, their deposit, and the acknowledgements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.refus import PieceRefusee
from binome.dossiers.models import Dossier
from binome.dossiers.traces import noter_l_export
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.listes.filtres import Filtre, ici, lu, parmi
from binome.listes.pages import PAR_NUMERO, Ordre, couper
from binome.passeport.a_part import FichierDuPasseportRefuse
from binome.passeport.accuses import depouiller
from binome.passeport.arrivees import octets_de
from binome.passeport.etats import ActionDeclaree, EtatDeDeclaration, EtatDeLotDePassages
from binome.passeport.flows import PASSAGES
from binome.passeport.lots import a_declarer, a_declarer_par, abandonner, deposer, preparer
from binome.passeport.permissions import (
    branche_qui_declare,
    lot_pour,
    lots_visibles,
    passage_pour,
    passages_visibles,
)
from binome.passeport.rayons import contenu_du_lot
from binome.passeport.reglages import manque_aux_reglages, reglages_de, sait_supprimer
from binome.passeport.suivi import de_l_action, en_attente, nombres, suivies

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.passeport.accuses import Depouillement
    from binome.passeport.models import LotDePassages

PAR_PAGE: Final = 50
DERNIERS_LOTS: Final = 20
PAR_ECHEANCE: Final = Ordre("echeance", genre=date)
SANS_FICHIER: Final = "Choisissez l’accusé : le fichier XML que la Caisse des Dépôts vous a donné."
OCCUPE: Final = (
    "D’autres fichiers sont en cours de lecture. Envoyez le vôtre de nouveau dans un instant."
)
PLEIN: Final = "La place manque sur le serveur : rien n’est gardé. Recommencez plus tard."
DETRUIT: Final = (
    "Le fichier de ce lot n’est plus gardé. Son nom, son empreinte et les réponses le sont."
)


@dataclass(frozen=True)
class FiltreDeDeclarations(Filtre):
    """What the address of the list asks for: a state, or all that is not settled."""

    etat: str = lu(parmi(EtatDeDeclaration.values))


def _page(
    request: HttpRequest, *, faute: str = "", de: str = "", status: int = 200
) -> HttpResponse:
    acteur = acteur_de(request)
    branche = branche_qui_declare(acteur, agir=False)
    reglages = reglages_de(branche.pk)
    filtre, coupee = FiltreDeDeclarations.lire(request.GET), ici(request.GET)
    siens = passages_visibles(acteur).filter(titre__emetteur=branche)
    lus = siens.filter(etat=filtre.etat) if filtre.etat else en_attente(siens)
    page = couper(lus, PAR_ECHEANCE, PAR_PAGE, **coupee)
    contexte = {
        "branche": branche,
        "reglages": reglages,
        "manque": manque_aux_reglages(reglages),
        "nombres": nombres(siens),
        "etats": [(str(un.value), str(un.label)) for un in EtatDeDeclaration],
        "filtre": filtre,
        "page": page,
        **filtre.adresses(page),
        "lignes": suivies(page.lignes, reglages, timezone.localdate()),
        "prets": (prets := a_declarer_par(acteur, branche.pk, ActionDeclaree.CREATION).count()),
        "a_soi": a_declarer(branche.pk, ActionDeclaree.CREATION).count() - prets,
        "a_supprimer": a_declarer_par(acteur, branche.pk, ActionDeclaree.SUPPRESSION).count()
        if sait_supprimer(reglages)
        else 0,
        "lots": lots_visibles(acteur).filter(branche=branche)[:DERNIERS_LOTS],
        "faute": faute,
        "de": de,
    }
    return render(request, "passeport/accueil.html", contexte, status=status)


@require_safe
def passeport(request: HttpRequest) -> HttpResponse:
    """What is to be declared, the nearest deadline first, and the last lots."""
    return _page(request)


@require_POST
def preparer_un_lot(request: HttpRequest) -> HttpResponse:
    """Freezes a lot of all that is ready."""
    acteur = acteur_de(request)
    branche = branche_qui_declare(acteur)
    action = de_l_action(request.POST.get("action", ActionDeclaree.CREATION))
    try:
        if action is None:
            raise GesteImpossible("Choisissez de déclarer, ou de supprimer.")
        lot = preparer(acteur, branche, action)
    except (GesteImpossible, FichierDuPasseportRefuse) as refus:
        return _page(request, faute=str(refus), de="lot", status=422)
    except CloisonPleine:
        return _page(request, faute=OCCUPE, de="lot", status=503)
    except OSError:
        return _page(request, faute=PLEIN, de="lot", status=507)
    messages.success(request, "Le lot est prêt : téléchargez-le, puis déposez-le sur le portail.")
    return redirect("lot-du-passeport", lot.pk)


def _page_du_lot(
    request: HttpRequest, lot: LotDePassages, *, faute: str = "", status: int = 200
) -> HttpResponse:
    lignes = lot.lignes.select_related("passage__titre__parcours__dossier").order_by("pk")
    page = couper(lignes, PAR_NUMERO, PAR_PAGE, **ici(request.GET))
    adresses: dict[str, Any] = {
        "debut": "",
        "avant": f"avant={page.avant}" if page.avant else "",
        "apres": f"apres={page.apres}" if page.apres else "",
    }
    contexte = {
        "lot": lot,
        "page": page,
        **adresses,
        "accuses": lot.accuses.select_related("recu_par").order_by("pk"),
        "a_deposer": lot.etat == EtatDeLotDePassages.A_DEPOSER,
        "attend": lot.etat == EtatDeLotDePassages.DEPOSE,
        "aujourd_hui": timezone.localdate(),
        "faute": faute,
    }
    return render(request, "passeport/lot.html", contexte, status=status)


@require_safe
def lot(request: HttpRequest, numero: int) -> HttpResponse:
    """A lot: what it holds, what it waits for, what was answered."""
    return _page_du_lot(request, lot_pour(acteur_de(request), numero))


@require_safe
def fichier(request: HttpRequest, numero: int) -> HttpResponse:
    """The very bytes that were frozen."""
    acteur = acteur_de(request)
    un = lot_pour(acteur, numero)
    contenu = contenu_du_lot(un)
    if contenu is None:
        raise Http404(DETRUIT)
    noter_l_export(
        acteur, Dossier.objects.filter(parcours__titres__declaration__lignes__lot=un).distinct()
    )
    return HttpResponse(
        contenu,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{un.nom}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def dire_le_depot(request: HttpRequest, numero: int) -> HttpResponse:
    """The day when a person says that they deposited it."""
    acteur = acteur_de(request)
    un = lot_pour(acteur, numero, agir=True)
    try:
        deposer(acteur, un, version=version_de(request), le=request.POST.get("le", ""))
    except Depasse as depasse:
        return _page_du_lot(request, lot_pour(acteur, numero), faute=str(depasse), status=409)
    except GesteImpossible as impossible:
        return _page_du_lot(request, lot_pour(acteur, numero), faute=str(impossible), status=422)
    messages.success(request, "C’est noté : la réponse est attendue.")
    return redirect("lot-du-passeport", numero)


@require_POST
def abandonner_le_lot(request: HttpRequest, numero: int) -> HttpResponse:
    """Gives it up before it is deposited."""
    acteur = acteur_de(request)
    un = lot_pour(acteur, numero, agir=True)
    try:
        abandonner(acteur, un, version=version_de(request))
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page_du_lot(request, lot_pour(acteur, numero), faute=str(impossible), status=status)
    messages.success(request, "Le lot est abandonné : ses certifications attendent un autre lot.")
    return redirect("passeport")


@require_POST
def lire_un_accuse(request: HttpRequest) -> HttpResponse:
    """Reads an acknowledgement: its file name says which lot it is of."""
    acteur = acteur_de(request)
    branche_qui_declare(acteur)
    recu = request.FILES.get("accuse")
    if recu is None:
        return _page(request, faute=SANS_FICHIER, de="accuse", status=422)
    try:
        bilan = depouiller(acteur, octets_de(recu))
    except Depasse as depasse:
        return _page(request, faute=str(depasse), de="accuse", status=409)
    except (FichierDuPasseportRefuse, GesteImpossible, PieceRefusee) as refus:
        return _page(request, faute=str(refus), de="accuse", status=422)
    except CloisonPleine:
        return _page(request, faute=OCCUPE, de="accuse", status=503)
    except OSError:
        return _page(request, faute=PLEIN, de="accuse", status=507)
    messages.success(request, bilan_dit(bilan))
    return redirect("lot-du-passeport", bilan.lot.pk)


def bilan_dit(bilan: Depouillement) -> str:
    """What an acknowledgement changed, in a sentence."""
    dits = [
        f"{nombre} {mot}{'s' if nombre > 1 else ''}"
        for nombre, mot in (
            (bilan.acceptees, "acceptée"),
            (bilan.refusees, "refusée"),
            (bilan.rejetees, "rejetée"),
            (bilan.sans_reponse, "encore sans réponse"),
        )
        if nombre
    ]
    return f"L’accusé est lu : {', '.join(dits)}.".replace("réponses", "réponse")


@require_POST
def declarer_de_nouveau(request: HttpRequest, numero: int) -> HttpResponse:
    """Puts a refused certification in the next lot, once its civil status is right."""
    acteur = acteur_de(request)
    passage, version = passage_pour(acteur, numero), version_de(request)
    (ligne,) = suivies([passage], reglages_de(passage.titre.emetteur_id), timezone.localdate())
    try:
        if not ligne.peut_repartir:
            raise GesteImpossible(
                "Cette certification ne peut pas repartir : lisez ce qu’elle attend."
            )
        faire(PASSAGES, "corriger", passage, acteur, version=version)
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page(request, faute=str(impossible), de="passage", status=status)
    messages.success(
        request, "La certification partira dans le prochain lot, sous le même identifiant."
    )
    return redirect("passeport")


@require_POST
def dire_la_suppression(request: HttpRequest, numero: int) -> HttpResponse:
    """The day when a person says that they had it deleted, where the version cannot ask it."""
    acteur = acteur_de(request)
    passage = passage_pour(acteur, numero)
    try:
        faire(
            PASSAGES,
            "supprimer",
            passage,
            acteur,
            version=version_de(request),
            donnees={"le": request.POST.get("le", "")},
        )
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page(request, faute=str(impossible), de="passage", status=status)
    messages.success(request, PASSAGES.gestes["supprimer"].dit)
    return redirect("passeport")
