"""One archive for a whole group: what each file is is shown first, then each goes into its dossier."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from binome.cloison.places import CloisonPleine
from binome.comptes.demande import acteur_de
from binome.depot.archive import FICHIERS
from binome.depot.archives import ArchiveRefusee, lire_archive
from binome.depot.quotas import exiger_la_place
from binome.dossiers.natures import a_joindre, libelle_de, natures_de
from binome.dossiers.permissions import dossier_pour
from binome.echanges.preuve import preuve_de
from binome.pieces.arrivees import ATTENTE, Arrivee, deposer_les_fichiers
from binome.pieces.groupe import REFERENCE, apparier, dossiers_du_groupe, televerse
from binome.socle.references import lire as lire_reference

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.depot.archives import Membre
    from binome.dossiers.models import Dossier

SANS_FICHIER = "Choisissez le ZIP de votre groupe."
AUTRE_FICHIER = "Ce n’est plus le même ZIP : relisez ce qui suit avant de déposer."
RIEN_A_DEPOSER = (
    "Aucun fichier n’a à la fois une personne et un document : dites-les, ou renommez les fichiers."
)


class FichierDepose(NamedTuple):
    """What became of a file: whose dossier it went to, as what, and what is said of it."""

    dossier: Dossier | None
    nature: str
    arrivee: Arrivee


@require_http_methods(["GET", "HEAD", "POST"])
def deposer_le_groupe(request: HttpRequest) -> HttpResponse:
    """The archive asked for; then, once sent, whose each file is; then, once confirmed, what became of each."""
    acteur = acteur_de(request)
    if not acteur.organisations("gestionnaire") or acteur.soutien is not None:
        raise PermissionDenied(
            "Seule une personne qui gère un organisme dépose les pièces d’un groupe."
        )
    if request.method != "POST":
        return _page(request)
    fichier = request.FILES.get("zip")
    if fichier is None:
        return _page(request, faute=SANS_FICHIER, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    confirme = "empreinte" in request.POST
    try:
        exiger_la_place()
        membres = lire_archive(fichier, contenus=confirme)
    except ArchiveRefusee as refus:
        return _page(request, faute=str(refus), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except CloisonPleine:
        return _page(request, faute=ATTENTE, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if not confirme:
        return _montrer(request, acteur, fichier, membres)
    if request.POST["empreinte"] != preuve_de(fichier).empreinte:
        return _montrer(request, acteur, fichier, membres, AUTRE_FICHIER)
    choisis = [
        choix for rang, membre in enumerate(membres) if (choix := _choix(request, rang, membre))
    ]
    if not choisis:
        return _montrer(request, acteur, fichier, membres, RIEN_A_DEPOSER)
    faits = [_deposer(acteur, *choix) for choix in choisis]
    return _page(request, faits=faits, laisses=len(membres) - len(faits))


def _montrer(
    request: HttpRequest,
    acteur: Acteur,
    fichier: UploadedFile[Any],
    membres: list[Membre],
    faute: str = "",
) -> HttpResponse:
    dossiers = dossiers_du_groupe(acteur)
    appariements = apparier(membres, dossiers)
    return _page(
        request,
        empreinte=preuve_de(fichier).empreinte,
        sus=[un for un in appariements if un.dossiers],
        inconnus=[un for un in appariements if not un.dossiers],
        dossiers=dossiers,
        natures=_natures(dossiers),
        faute=faute,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faute else HTTPStatus.OK,
    )


def _natures(dossiers: list[Dossier]) -> list[tuple[str, str]]:
    """The kinds of document of these dossiers' certifications, each once."""
    certifications = sorted({un.certification for un in dossiers})
    dites = {
        une.code: libelle_de(une.code, code)
        for code in certifications
        for une in a_joindre(natures_de(code).values())
    }
    return list(dites.items())


def _choix(request: HttpRequest, rang: int, membre: Membre) -> tuple[str, str, Membre] | None:
    """Whose a file was said to be, and what; None for one that is left."""
    dite = REFERENCE.search(request.POST.get(f"dossier-{rang}", ""))
    reference = lire_reference(dite[0]) if dite else None
    nature = request.POST.get(f"nature-{rang}", "")
    return (reference, nature, membre) if reference and nature else None


def _deposer(acteur: Acteur, reference: str, nature: str, membre: Membre) -> FichierDepose:
    """Takes one file in as if it was sent alone, by the same checks."""
    nom = membre.nom
    try:
        dossier = dossier_pour(acteur, reference, "joindre")
    except (Http404, PermissionDenied):
        dit = f"Le dossier {reference} ne vous est pas ouvert, ou ne prend plus de pièce."
        return FichierDepose(None, nature, Arrivee(nom, prise=False, dit=dit))
    if nature not in natures_de(dossier.certification):
        dit = "Ce document n’est pas demandé dans ce dossier."
        return FichierDepose(dossier, nature, Arrivee(nom, prise=False, dit=dit))
    (arrivee,) = deposer_les_fichiers(dossier, nature, [televerse(membre)], acteur)
    libelle = libelle_de(nature, dossier.certification)
    return FichierDepose(dossier, libelle, arrivee._replace(nom=nom))


def _page(request: HttpRequest, *, status: int = HTTPStatus.OK, **suite: Any) -> HttpResponse:
    contexte = {"fichiers": FICHIERS, **suite}
    return render(request, "espace/depot_groupe.html", contexte, status=status)
