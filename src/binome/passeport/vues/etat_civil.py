"""The civil status of a person, completed by them, their organisation or the branch; and whose is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from binome.accrochage.motifs import conduite, est_connu
from binome.comptes.demande import acteur_de
from binome.dossiers.traces import noter
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.lectures.models import ObjetLu
from binome.listes.filtres import Filtre, entier, ici, lu
from binome.listes.pages import Ordre, couper
from binome.parcours.etats import EN_COURS
from binome.passeport.etats import EtatDeFiche
from binome.passeport.fiches import depart, enregistrer, fiche_de
from binome.passeport.formulaires import FormulaireDEtatCivil
from binome.passeport.models import FicheDEtatCivil, PassageADeclarer
from binome.passeport.permissions import SOI, parcours_a_completer, parcours_pour
from binome.passeport.reglages import reglages_du_dossier
from binome.sessions.etats import EtatDInscription
from binome.sessions.models import Inscription
from binome.sessions.permissions import sessions_visibles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.parcours.models import Parcours

PAR_PAGE: Final = 50
PAR_OUVERTURE: Final = Ordre("ouvert_le", genre=datetime)


@dataclass(frozen=True)
class FiltreDEtatsCivils(Filtre):
    """What the address of the list asks for: the people of a session, or everyone."""

    session: int = lu(entier(9), 0)


def _page(
    request: HttpRequest,
    parcours: Parcours,
    fiche: FicheDEtatCivil | None,
    form: FormulaireDEtatCivil,
    *,
    sien: bool,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    passage = (
        PassageADeclarer.objects.filter(titre__parcours__dossier=parcours.dossier_id)
        .order_by("pk")
        .last()
    )
    contexte = {
        "parcours": parcours,
        "dossier": parcours.dossier,
        "fiche": fiche,
        "form": form,
        "sien": sien,
        "passage": passage,
        "a_corriger": fiche is not None and fiche.etat == EtatDeFiche.A_CORRIGER,
        "conduite": conduite(passage.motif) if passage and est_connu(passage.motif) else "",
        "faute": faute,
    }
    return render(request, "passeport/etat_civil.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def etat_civil(request: HttpRequest, numero: int) -> HttpResponse:
    """The form, and what it keeps; what was typed comes back whole when it is refused."""
    acteur = acteur_de(request)
    parcours, cotes = parcours_pour(acteur, numero)
    dossier = parcours.dossier
    sien = SOI in cotes
    fiche = fiche_de(dossier)
    reglages = reglages_du_dossier(dossier)
    avec_nir = reglages is not None and reglages.nir
    tenu = fiche is not None and bool(fiche.nir)
    if request.method != "POST":
        noter(acteur, dossier, ObjetLu.DOSSIER)
        form = FormulaireDEtatCivil(
            initial=depart(dossier, fiche), avec_nir=avec_nir, nir_tenu=tenu
        )
        return _page(request, parcours, fiche, form, sien=sien)
    form = FormulaireDEtatCivil(request.POST, avec_nir=avec_nir, nir_tenu=tenu)
    if not form.is_valid() or form.lue is None:
        return _page(request, parcours, fiche, form, sien=sien, status=422)
    try:
        enregistrer(acteur, dossier, form.lue, version=version_de(request) or None)
    except Depasse as depasse:
        return _page(request, parcours, fiche, form, sien=sien, faute=str(depasse), status=409)
    except GesteImpossible as impossible:
        return _page(request, parcours, fiche, form, sien=sien, faute=str(impossible), status=422)
    messages.success(request, "L’état civil est enregistré.")
    return redirect("suivi", "parcours", parcours.pk)


@require_safe
def etats_civils(request: HttpRequest) -> HttpResponse:
    """Whose civil status is missing or to be corrected, in the organisations that one manages; of one session when asked."""
    acteur = acteur_de(request)
    if not acteur.organisations("gestionnaire"):
        raise PermissionDenied("Cette page est celle de qui gère un organisme de formation.")
    filtre, coupee = FiltreDEtatsCivils.lire(request.GET), ici(request.GET)
    complete = FicheDEtatCivil.objects.filter(
        dossier=OuterRef("dossier"), etat=EtatDeFiche.COMPLETE
    )
    a_corriger = FicheDEtatCivil.objects.filter(
        dossier=OuterRef("dossier"), etat=EtatDeFiche.A_CORRIGER
    )
    certifie = PassageADeclarer.objects.filter(titre__parcours=OuterRef("pk"))
    lus = parcours_a_completer(acteur).filter(~Exists(complete))
    # One that ended without a certificate has nothing to declare.
    lus = lus.filter(Exists(certifie)) | lus.filter(etat__in=EN_COURS)
    session = None
    if filtre.session:
        session = sessions_visibles(acteur).filter(pk=filtre.session).first()
        inscrit = Inscription.objects.filter(
            parcours=OuterRef("pk"), session=session, etat=EtatDInscription.INSCRITE
        )
        lus = lus.filter(Exists(inscrit))
    lus = lus.annotate(a_corriger=Exists(a_corriger), certifie=Exists(certifie))
    page = couper(lus, PAR_OUVERTURE, PAR_PAGE, **coupee)
    contexte = {"page": page, "session": session, "filtre": filtre, **filtre.adresses(page)}
    return render(request, "passeport/etats_civils.html", contexte)
