"""One import: its rows mended, seen as they were read and set aside one by one; then its dossiers, as they come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from binome.bureau.colonnes import colonnes
from binome.comptes.demande import acteur_de
from binome.dossiers.receptions import EtatDeLigne, EtatDImport, Import, LigneImportee
from binome.dossiers.saisie import TIERS
from binome.gestes.refus import GesteImpossible
from binome.habillage.mots import proche, separer, trop_peu
from binome.habillage.questions import poser
from binome.imports import services
from binome.imports.apercu import pretes, prevoir
from binome.imports.bilan import bilan, faites
from binome.imports.doutes import COMPAREES, doutes
from binome.imports.tranches import avancer
from binome.socle.nombres import lire_entier
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.http import HttpRequest

    from binome.bureau.colonnes import ColonneDeDossier
    from binome.habillage.questions import QuestionPosee, ReponseOfferte

PAGE: Final = 25
"""Rows to mend on a page."""
COMPTEES: Final = 5000
"""Rows to mend among which the same mistakes are counted."""
PARMI: Final = " ; choisissez parmi"
"""What a reason ends with where no list of answers stands under it."""
MOTS: Final = {
    EtatDeLigne.A_MENDER: "À corriger",
    EtatDeLigne.BONNE: "Prêtes",
    EtatDeLigne.CREEE: "Dossiers créés",
    EtatDeLigne.CHANGEE: "Brouillons mis à jour",
    EtatDeLigne.IDENTIQUE: "Déjà là, rien à changer",
    EtatDeLigne.LAISSEE: "Laissées",
    EtatDeLigne.ECARTEE: "Écartées",
}
"""How the rows of each state are counted."""
PAGES: Final = ("page", "pretes", "faites")
"""What of the address says which pages one is on."""


@dataclass(frozen=True, slots=True)
class CelluleAMender:
    """A cell to mend: the answers of the form where it offers some, in its words; how many other rows say the same."""

    colonne: ColonneDeDossier
    valeur: str
    raison: str
    question: QuestionPosee | None
    devinee: str
    entre: tuple[str, ...]
    ailleurs: int

    @property
    def d_abord(self) -> list[ReponseOfferte]:
        """The answers that what is written may mean."""
        return (
            []
            if self.question is None
            else [r for r in self.question.reponses if r.code in self.entre]
        )

    @property
    def ensuite(self) -> list[ReponseOfferte]:
        """The others."""
        return (
            []
            if self.question is None
            else [r for r in self.question.reponses if r.code not in self.entre]
        )


@require_safe
def un_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what waits to be mended, what is ready, how far it is, what it made."""
    importation = services.import_pour(acteur_de(request), pk)
    return render(request, "espace/imports/import.html", _contexte(request, importation))


def _contexte(
    request: HttpRequest, importation: Import, touchees: Collection[int] | None = None
) -> dict[str, Any]:
    """What the page shows; `touchees` are the rows that a part of it brings anew: the others keep what is typed in them."""
    comptes = services.comptes(importation)
    ouvert = importation.etat == EtatDImport.OUVERT
    a_voir = doutes(importation, acteur_de(request)) if ouvert else []
    page_pretes, lignes = pretes(importation, a_voir, request.GET.get("pretes"))
    page_faites, dossiers = faites(importation, request.GET.get("faites"))
    page, a_mender = _a_mender(request, importation)
    laissees = importation.rangs.filter(etat=EtatDeLigne.LAISSEE)
    return {
        "importation": importation,
        **_avancement(importation, comptes),
        "comptes": [
            (MOTS[EtatDeLigne(etat)], nombre) for etat, nombre in comptes.items() if nombre
        ],
        "a_mender": comptes[EtatDeLigne.A_MENDER],
        "bonnes": comptes[EtatDeLigne.BONNE],
        "page": page,
        "rangs": a_mender,
        "touchees": touchees,
        "page_pretes": page_pretes,
        "pretes": lignes if ouvert else (),
        "prevision": prevoir(importation) if ouvert else None,
        "personnes": len({un.numero for un in a_voir if un.personne}),
        "comparees": COMPAREES if ouvert and comptes[EtatDeLigne.BONNE] > COMPAREES else 0,
        "bilan": bilan(importation),
        "page_faites": page_faites,
        "faites": dossiers,
        "laissees": laissees.select_related("dossier").order_by("numero")[:200],
        "ouvert": ouvert,
        "ici": _ici(request),
    }


def _ici(request: HttpRequest) -> str:
    """Which pages one is on, as the address says it."""
    return urlencode({nom: n for nom in PAGES if (n := lire_entier(request.GET.get(nom, ""), 6))})


def _avancement(importation: Import, comptes: dict[str, int]) -> dict[str, Any]:
    restent = comptes[EtatDeLigne.BONNE]
    prevues = importation.lignes - comptes[EtatDeLigne.A_MENDER] - comptes[EtatDeLigne.ECARTEE]
    return {
        "importation": importation,
        "en_cours": importation.etat == EtatDImport.EN_COURS,
        "reglees": prevues - restent,
        "prevues": prevues,
    }


def _a_mender(request: HttpRequest, importation: Import) -> tuple[Any, list[dict[str, Any]]]:
    """A page of the rows to mend, each with its mistakes by cell and who it is about."""
    rangs = importation.rangs.filter(etat=EtatDeLigne.A_MENDER).order_by("numero")
    page = Paginator(rangs, PAGE).get_page(request.GET.get("page"))
    memes = Counter(
        (nom, texte)
        for erreurs, cellules in rangs.values_list("erreurs", "cellules")[:COMPTEES]
        for nom in {une["cle"] for une in erreurs}
        if (texte := cellules.get(nom))
    )
    return page, [_formulaire(un, importation, memes) for un in page]


def _formulaire(
    rang: LigneImportee, importation: Import, memes: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    connues = colonnes(importation.certification).par_nom
    par_colonne: dict[str, list[str]] = {}
    for une in rang.erreurs:
        par_colonne.setdefault(une["cle"], []).append(_en_phrase(une["raison"]))
    champs = [
        _champ(connues[nom], rang.cellules.get(nom, ""), " ".join(raisons), memes)
        for nom, raisons in par_colonne.items()
    ]
    qui = f"{rang.cellules.get('prenom', '')} {rang.cellules.get('nom', '')}".strip()
    return {"rang": rang, "qui": qui, "champs": champs}


def _en_phrase(raison: str) -> str:
    """A reason as a sentence of its own."""
    return majuscule(raison) if raison.endswith((".", "?")) else f"{majuscule(raison)}."


def _champ(
    colonne: ColonneDeDossier, texte: str, raison: str, memes: Mapping[tuple[str, str], int]
) -> CelluleAMender:
    ailleurs = max(0, memes.get((colonne.nom, texte), 0) - 1)
    fait = colonne.fait
    if fait is None or not colonne.reponses:
        return CelluleAMender(colonne, texte, raison, None, "", (), ailleurs)
    dits = separer(fait, texte)
    vagues = [un.entre for dit in dits if (un := trop_peu(fait, dit)) is not None]
    devinees = [code for dit in dits if (code := proche(fait, dit)) is not None]
    # What was guessed is shown chosen: one looks, and goes on.
    question = poser(fait, TIERS, [*dits, *devinees])
    raison = f"{raison.partition(PARMI)[0].rstrip('.')}." if PARMI in raison else raison
    devinee = devinees[0] if devinees else ""
    return CelluleAMender(
        colonne, texte, raison, question, devinee, vagues[0] if vagues else (), ailleurs
    )


def _cellules(request: HttpRequest, importation: Import) -> dict[str, str]:
    """What was mended, by column; several answers of a column are one cell."""
    connues = colonnes(importation.certification).par_nom
    envoyees = {
        nom: request.POST.getlist(colonne.champ)
        for nom, colonne in connues.items()
        if colonne.champ in request.POST
    }
    return {
        nom: " ; ".join(dites) if connues[nom].plusieurs else dites[-1]
        for nom, dites in envoyees.items()
    }


@require_POST
def ligne(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Mends one row, leaves it out, or says that it is about somebody else; the page comes back as it then stands."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        if "ecarter" in request.POST:
            rangs = [services.ecarter(importation, numero, acteur)]
        elif "distincte" in request.POST:
            rangs = [services.distinguer(importation, numero, acteur)]
        else:
            rangs = services.mender(
                importation, numero, _cellules(request, importation), acteur,
                partout=request.POST.getlist("partout"),
            )  # fmt: skip
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return _retour(request, importation)
    if request.headers.get("HX-Request") == "true":
        contexte = _contexte(request, importation, {un.numero for un in rangs})
        _dire(contexte, rangs, depuis_les_pretes=request.POST.get("depuis") == "pretes")
        return render(request, "espace/imports/corps.html", contexte)
    if rangs[0].etat == EtatDeLigne.A_MENDER:
        return redirect(f"{_adresse(request, importation)}#ligne-{numero}")
    messages.success(request, f"Ligne {numero} : {rangs[0].get_etat_display().lower()}.")
    return redirect(_adresse(request, importation))


def _dire(
    contexte: dict[str, Any], rangs: Sequence[LigneImportee], *, depuis_les_pretes: bool
) -> None:
    """Says what became of a row where one was, and puts the focus there; a row still wrong keeps it."""
    rang = rangs[0]
    if rang.etat == EtatDeLigne.A_MENDER:
        contexte["posee"] = rang.numero
        return
    la = contexte["a_mender"] and not depuis_les_pretes
    ou = "ligne" if la else "pretes" if contexte["bonnes"] else "haut"
    contexte["faite"] = {"numero": rang.numero, "rang": rang, "autres": len(rangs) - 1, "ou": ou}
    if la:
        marques = [*contexte["rangs"], {"rang": rang, "faite": True}]
        contexte["rangs"] = sorted(marques, key=lambda un: un["rang"].numero)


def _adresse(request: HttpRequest, importation: Import) -> str:
    """The page of an import, where one was on it."""
    ici = _ici(request)
    return f"{reverse('import', args=[importation.pk])}{'?' if ici else ''}{ici}"


def _retour(request: HttpRequest, importation: Import) -> HttpResponse:
    """Back to the page, even for a request that only waits for a part of it."""
    adresse = _adresse(request, importation)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": adresse})
    return redirect(adresse)


@require_POST
def creer(request: HttpRequest, pk: int) -> HttpResponse:
    """Starts making the dossiers."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        services.commencer(importation, acteur, deposer=request.POST.get("deposer") == "oui")
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    return redirect("import", pk)


@require_POST
def faire_avancer(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the next slice: the page asks for one after the other, and so goes the bar."""
    acteur = acteur_de(request)
    importation = avancer(services.import_pour(acteur, pk), acteur)
    if request.headers.get("HX-Request") != "true":
        return redirect("import", pk)
    if importation.etat != EtatDImport.EN_COURS:
        return _retour(request, importation)
    contexte = _avancement(importation, services.comptes(importation))
    return render(request, "espace/imports/avancement.html", contexte)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops an import; what it made stays."""
    acteur = acteur_de(request)
    importation = services.import_pour(acteur, pk)
    try:
        services.abandonner(importation, acteur)
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    return redirect("import", pk)
