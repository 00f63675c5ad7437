"""What the minutes of a jury say, taken from its rows the moment it closes: from then on they are read, never made again.

A candidate is there by the reference of their dossier alone: minutes outlive what names people. Who sat is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.jurys.blocs import decisions_de
from binome.jurys.etats import EtatDePlace, EtatDePresentation
from binome.jurys.models import Presentation
from binome.jurys.seance import lire_la_seance
from binome.regles.courante import certification_de
from binome.reseau.offres import referentiel_de

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.jurys.models import DecisionDeBloc, Jury, PlaceAuJury, RecoursDeJury
    from binome.jurys.seance import PourUnCandidat, SeanceDeJury


def dire_le_jury(jury: Jury) -> dict[str, Any]:
    """All that the minutes of a jury say."""
    siennes = Presentation.objects.filter(jury=jury).select_related("parcours__dossier")
    presentations = list(siennes.order_by("pk"))
    return _dire(jury, presentations)


def dire_le_recours(recours: RecoursDeJury) -> dict[str, Any]:
    """All that the minutes of an appeal say: the same, of one person."""
    return _dire(recours.presentation.jury, [recours.presentation], du_recours=True)


def _dire(
    jury: Jury, presentations: Sequence[Presentation], *, du_recours: bool = False
) -> dict[str, Any]:
    for une in presentations:
        une.jury = jury
    seance = lire_la_seance(jury, presentations)
    rendues = decisions_de(presentations)
    reglement = seance.reglement
    return {
        "branche": jury.branche.nom,
        "certification": certification_de(jury.certification).nom,
        "jury": jury.pk,
        "jour": jury.jour.isoformat(),
        "lieu": jury.lieu,
        "du_recours": du_recours,
        "essai": bool(reglement is not None and reglement.essai) or jury.branche.exemple,
        "regles": None
        if reglement is None
        else {
            "du": reglement.du.isoformat(),
            "presents": reglement.presents,
            "par_college": reglement.par_college,
            "exterieurs": [reglement.exterieurs_num, reglement.exterieurs_den],
            "pouvoirs": reglement.pouvoirs,
            "recours_jours": reglement.recours_jours,
            "source": reglement.source,
        },
        "ouvert_le": None if jury.ouvert_le is None else _instant(jury.ouvert_le),
        "clos_le": None if jury.clos_le is None else _instant(jury.clos_le),
        "membres": [_membre(une, seance.places) for une in seance.places],
        "candidats": [
            _candidat(seance.candidats[une.pk], seance, rendues[une.pk].values())
            for une in presentations
        ],
    }


def _instant(quand: Any) -> str:
    return timezone.localtime(quand).isoformat(timespec="minutes")


def _membre(place: PlaceAuJury, places: Sequence[PlaceAuJury]) -> dict[str, Any]:
    chez = next((str(un.membre) for un in places if un.pk == place.pouvoir_id), "")
    return {
        "nom": str(place.membre),
        "college": place.membre.get_college_display(),
        "exterieur": place.membre.exterieur,
        "present": place.etat == EtatDePlace.PRESENTE,
        "pouvoir": chez,
        "preside": place.preside,
    }


def _candidat(
    qui: PourUnCandidat, seance: SeanceDeJury, decisions: Iterable[DecisionDeBloc]
) -> dict[str, Any]:
    presentation = qui.presentation
    referentiel = referentiel_de(seance.jury.certification, presentation.referentiel)
    titres = {un.numero: un.intitule for un in referentiel.blocs} if referentiel else {}
    noms = {une.membre_id: str(une.membre) for une in seance.places}
    return {
        "reference": presentation.parcours.dossier.reference,
        "referentiel": presentation.referentiel,
        "tentative": presentation.tentative,
        "retire": presentation.etat == EtatDePresentation.RETIREE,
        "ecartes": [
            {"nom": noms[numero], "raisons": list(lien.raisons)}
            for numero, lien in sorted(qui.ecartes.items())
        ],
        "blocs": [
            {
                "bloc": une.bloc,
                "titre": titres.get(une.bloc, ""),
                "issue": une.issue,
                "propose": une.proposee.get("issue", ""),
                "votants": une.presents,
                "pour": une.pour,
                "contre": une.contre,
            }
            for une in decisions
        ],
    }
