"""The sitting: one person a page, bloc by bloc; what is clear is confirmed together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.dossiers.impartialite import est_partie
from binome.dossiers.traces import noter
from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, faire_tous
from binome.gestes.vues import dire_le_resultat
from binome.jurys.blocs import decisions_de
from binome.jurys.etats import EtatDeJury, EtatDePresentation
from binome.jurys.flows import PRESENTATIONS
from binome.jurys.models import Presentation
from binome.jurys.permissions import jury_pour
from binome.jurys.propositions_lues import propositions_de
from binome.jurys.seance import ATTENDUE, lire_la_seance, presence_a_noter
from binome.lectures.models import ObjetLu
from binome.parcours.impartialite import PARTIE
from binome.reseau.offres import referentiel_de
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.jurys.models import Jury

TYPES: Final = ("issue", "pour", "contre", "raison", "recommandation")
"""What is typed of a bloc, which comes back when it is refused."""


def presentation_de(jury: Jury, numero: int) -> Presentation:
    """Somebody presented to a jury. Raises Http404."""
    lues = Presentation.objects.filter(jury=jury).select_related(
        "parcours__dossier", "parcours__organisme", "parcours__decision", "jury__reglement", "jury__branche"
    )  # fmt: skip
    trouvee = lues.filter(pk=numero).first()
    if trouvee is None:
        raise Http404("Cette personne n’est pas présentée à ce jury.")
    return trouvee


def _page(
    request: HttpRequest,
    jury: Jury,
    presentation: Presentation,
    *,
    faute: str = "",
    champ: str = "",
    tape: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    seance = lire_la_seance(jury, [presentation])
    qui = seance.candidats[presentation.pk]
    propositions = propositions_de(presentation)
    decidees = decisions_de([presentation])[presentation.pk]
    referentiel = referentiel_de(jury.certification, presentation.referentiel)
    titres = {un.numero: un.intitule for un in referentiel.blocs} if referentiel else {}
    dit = tape or {}
    blocs = [
        {
            "numero": bloc,
            "titre": titres.get(bloc, ""),
            "proposition": propositions[bloc],
            "attendue": ATTENDUE.get(propositions[bloc].issue, ""),
            "decision": decidees.get(bloc),
            "tape": {
                un: dit.get(un, "") if str(dit.get("bloc", "")) == str(bloc) else "" for un in TYPES
            },
            "tente": str(dit.get("bloc", "")) == str(bloc),
        }
        for bloc in presentation.blocs
    ]
    suite = Presentation.objects.filter(jury=jury, etat=EtatDePresentation.A_EXAMINER).exclude(
        pk=presentation.pk
    )
    noms = {une.membre_id: une.membre for une in seance.places}
    contexte = {
        "jury": jury,
        "presentation": presentation,
        "qui": qui,
        "partis": [(noms[numero], lien.raisons) for numero, lien in qui.ecartes.items()],
        "restent": [noms[un.code] for un in qui.restent],
        "blocs": blocs,
        "ouvert": jury.etat == EtatDeJury.OUVERT and not qui.manque,
        "a_noter": presence_a_noter(seance),
        "faute": faute,
        "champ": champ,
        "suivante": suite.select_related("parcours__dossier").order_by("pk").first(),
    }
    return render(request, "jurys/seance.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def seance(request: HttpRequest, numero: int, presentation: int) -> HttpResponse:
    """Somebody presented: what is proposed of each bloc, the votes, the decision."""
    acteur = acteur_de(request)
    jury = jury_pour(acteur, numero, ecrit=request.method == "POST")
    trouvee = presentation_de(jury, presentation)
    if jury.etat != EtatDeJury.CLOS and est_partie(acteur, trouvee.parcours.dossier):
        raise PermissionDenied(PARTIE)
    noter(acteur, trouvee.parcours.dossier, ObjetLu.DOSSIER)
    if request.method != "POST":
        return _page(request, jury, trouvee)
    tape = {cle: str(valeur) for cle, valeur in request.POST.items()}
    version = lire_entier(tape.get("version", ""), chiffres=9) or 0
    choisi = PRESENTATIONS.gestes["decider"]
    try:
        faire(
            PRESENTATIONS, "decider", trouvee, acteur, version=version,
            donnees={**choisi.du_formulaire(tape), "vue": tape.get("vue")},
        )  # fmt: skip
    except GesteImpossible as impossible:
        return _page(
            request, jury, presentation_de(jury, presentation), faute=str(impossible),
            champ=impossible.champ, tape=tape, status=409 if isinstance(impossible, Depasse) else 422,
        )  # fmt: skip
    messages.success(request, f"Bloc {tape['bloc'].strip()} : la décision est notée.")
    return redirect("seance-de-jury", numero, presentation)


@require_POST
def retirer(request: HttpRequest, numero: int, presentation: int) -> HttpResponse:
    """Takes somebody off the jury."""
    acteur = acteur_de(request)
    jury = jury_pour(acteur, numero, ecrit=True)
    trouvee = presentation_de(jury, presentation)
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        passage = faire(PRESENTATIONS, "retirer", trouvee, acteur, version=version)
    except GesteImpossible as impossible:
        contexte = {
            "jury": jury,
            "faute": str(impossible),
            "qui": trouvee.parcours.dossier.personne,
        }
        statut = 409 if isinstance(impossible, Depasse) else 422
        return render(request, "jurys/refuse.html", contexte, status=statut)
    dire_le_resultat(request, PRESENTATIONS, "retirer", passage)
    return redirect("jury", numero)


@require_POST
def confirmer(request: HttpRequest, numero: int) -> HttpResponse:
    """Confirms what is proposed for those who were ticked, as they were seen; says who was left, and why."""
    acteur = acteur_de(request)
    jury = jury_pour(acteur, numero, ecrit=True)
    vues: dict[int, int] = {}
    for coche in request.POST.getlist("presentation")[:100]:
        pk, _, version = coche.partition(":")
        lus = lire_entier(pk, chiffres=15), lire_entier(version, chiffres=9)
        if lus[0] is not None and lus[1] is not None:
            vues[lus[0]] = lus[1]
    lues = Presentation.objects.filter(jury=jury, pk__in=vues).select_related(
        "parcours__dossier", "parcours__decision"
    )
    passages = []
    for une in lues.order_by("pk"):
        une.jury = jury
        passages.append(Passage(une, vues[une.pk]))
    bilan = faire_tous(PRESENTATIONS, "confirmer", passages, acteur)
    if bilan.passes:
        nombre = len(bilan.passes)
        pluriel = "s" if nombre > 1 else ""
        messages.success(
            request, f"Ce qui est proposé est confirmé pour {nombre} personne{pluriel}."
        )
    for laisse in bilan.laisses:
        messages.warning(request, f"{laisse.objet.parcours.dossier.personne} : {laisse.refus}")
    if not passages:
        messages.warning(request, "Cochez d’abord les personnes à confirmer.")
    return redirect("jury", numero)
