"""The pages of who signs on their telephone: open to all, for the code that they hold says which slot.

Reading writes nothing: the browser alone keeps that it showed a fresh code, while the person signs in.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.demande import acteur_connecte
from binome.comptes.tentatives import Tentative
from binome.presences import codes
from binome.presences.signer import (
    DUREE,
    CodeVu,
    ailleurs,
    appareil,
    celle_de,
    creneau_public,
    creneaux_ouverts,
    deja,
    est_signee,
    lire_la_preuve,
    signer,
)
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.programme import intitule_du_creneau

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.presences.models import Signature
    from binome.sessions.models import Creneau, Inscription

PORTE: Final = "signer"
TEMOIN: Final = "code-vu"
"""Where a browser keeps that it showed a fresh code."""
TELEPHONE: Final = "telephone"
"""Where it keeps its number, for the day: one telephone that signs for many is to be seen."""
LE_JOUR: Final = timedelta(hours=12)
CHEMIN: Final = "/signer/"
PERIME: Final = "Ce code n’est plus valable : il change toutes les 20 secondes. Scannez celui qui est affiché maintenant."
INCONNU: Final = "Ce code n’est pas affiché en ce moment. Relisez-le, ou scannez l’image."
PAS_LE_SIEN: Final = "Ce code de session n’est celui d’aucune personne attendue à ce créneau."
TROP: Final = "Trop de codes faux ont été tapés ici. Attendez cinq minutes, ou connectez-vous."


def _acteur(request: HttpRequest) -> Acteur | None:
    return acteur_connecte(request) if request.user.is_authenticated else None


def _page(request: HttpRequest, *, status: int = 200, **dit: Any) -> HttpResponse:
    creneau = dit.get("creneau")
    if creneau is not None:
        dit["intitule"] = intitule_du_creneau(creneau)
    return render(request, "presences/signer.html", dit, status=status)


def _pas_l_heure(request: HttpRequest, creneau: Creneau) -> HttpResponse | None:
    """The page that says why nobody may sign now; None when one may."""
    maintenant = timezone.now()
    if creneau.etat == EtatDeCreneau.ANNULE:
        return _page(request, creneau=creneau, quoi="annule", status=409)
    if creneau.etat == EtatDeCreneau.GELE:
        return _page(request, creneau=creneau, quoi="gele", status=409)
    if maintenant < codes.ouverture(creneau):
        ouvre = codes.ouverture(creneau)
        return _page(request, creneau=creneau, quoi="tot", ouvre=ouvre, status=409)
    if maintenant > codes.fermeture(creneau):
        return _page(request, creneau=creneau, quoi="tard", status=409)
    if creneau.etat != EtatDeCreneau.OUVERT:
        return _page(request, creneau=creneau, quoi="ferme", status=409)
    return None


@never_cache
@require_safe
def scanner(request: HttpRequest, adresse: str) -> HttpResponse:
    """What the picture leads to: judged when it is first shown, whatever time it takes to sign in."""
    lue = codes.lire_l_adresse(adresse)
    creneau = creneau_public(lue[0]) if lue else None
    if lue is None or creneau is None:
        return _page(
            request,
            quoi="entree",
            faute="Ce code n’existe pas. Scannez celui qui est affiché.",
            status=404,
        )
    if not codes.fraiche(creneau, lue[1], timezone.now()):
        return _page(request, quoi="entree", faute=PERIME, status=410)
    return _pas_l_heure(request, creneau) or _aller_signer(creneau)


def _aller_signer(creneau: Creneau) -> HttpResponse:
    reponse = redirect("signer-creneau", creneau.uid)
    _retenir(reponse, TEMOIN, CodeVu(creneau.uid).ecrite(), DUREE)
    return reponse


def _retenir(reponse: HttpResponse, nom: str, valeur: str, duree: timedelta) -> None:
    reponse.set_cookie(
        nom, valeur, max_age=duree, path=CHEMIN, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entree(request: HttpRequest) -> HttpResponse:
    """The short address, where one types the code that is shown beside the picture."""
    if request.method != "POST":
        return _page(request, quoi="entree")
    donne = codes.nettoyer(request.POST.get("code", ""))
    tentative = Tentative(request, f"creneau:{donne[:8]}", porte=PORTE)
    if not tentative.commencer():
        return _page(request, quoi="entree", faute=TROP, status=429)
    maintenant = timezone.now()
    creneau = codes.reconnaitre(creneaux_ouverts(maintenant), donne, maintenant)
    if creneau is None:
        return _page(request, quoi="entree", faute=INCONNU, status=422)
    tentative.reussir()
    return _pas_l_heure(request, creneau) or _aller_signer(creneau)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def un_creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The slot that one signs: one tap for who signed in, a code of the session for who did not."""
    preuve = lire_la_preuve(request.COOKIES.get(TEMOIN, ""))
    creneau = creneau_public(uid) if preuve is not None and preuve.creneau == uid else None
    if creneau is None:
        return _page(
            request,
            quoi="entree",
            faute="Scannez d’abord le code affiché, ou tapez-le ici.",
            status=410,
        )
    fermee = _pas_l_heure(request, creneau)
    if fermee is not None:
        return fermee
    acteur = _acteur(request)
    sienne = celle_de(acteur, creneau)
    if request.method != "POST":
        return _montrer(request, creneau, acteur, sienne)
    tentative = None
    if sienne is None:
        donne = request.POST.get("personnel", "")
        tentative = Tentative(request, f"session:{codes.nettoyer(donne)[:8]}", porte=PORTE)
        if not tentative.commencer():
            return _montrer(request, creneau, acteur, None, faute=TROP, status=429)
        sienne = codes.de_qui(attendus(creneau), donne)
        if sienne is None:
            return _montrer(request, creneau, acteur, None, faute=PAS_LE_SIEN, status=422)
        tentative.reussir()
    return _signer(request, creneau, acteur, sienne)


def _montrer(
    request: HttpRequest,
    creneau: Creneau,
    acteur: Acteur | None,
    sienne: Inscription | None,
    *,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    signature = deja(sienne, creneau) if sienne else None
    return _page(
        request, status=status, creneau=creneau, faute=faute, acteur=acteur, inscription=sienne,
        quoi="signee" if signature else "signer" if sienne else "porte", signature=signature,
        ailleurs=ailleurs(sienne, creneau) if sienne else [], uid=uuid.uuid4(),
    )  # fmt: skip


def _uid(request: HttpRequest) -> UUID:
    """The name that the page gave to this signature, so that two taps make one."""
    try:
        return uuid.UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid.uuid4()


def _signer(
    request: HttpRequest, creneau: Creneau, acteur: Acteur | None, sienne: Inscription
) -> HttpResponse:
    telephone = appareil(request.COOKIES.get(TELEPHONE, ""))
    signature: Signature | None = deja(sienne, creneau)
    if signature is None:
        reception = signer(acteur, creneau, sienne, _uid(request), telephone)
        if not est_signee(reception):
            return _montrer(request, creneau, acteur, None, faute=reception.phrase, status=409)
        signature = deja(sienne, creneau)
    reponse = _page(
        request, creneau=creneau, acteur=acteur, inscription=sienne, quoi="signee", signature=signature,
        ailleurs=ailleurs(sienne, creneau),
    )  # fmt: skip
    _retenir(reponse, TELEPHONE, telephone, LE_JOUR)
    return reponse
