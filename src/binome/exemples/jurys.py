"""The juries of the made-up world: trial rules, people who sit, one jury that decided, with somebody adjourned, one to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.exemples.acces import DOMAINE
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.services import faire
from binome.jurys.assistant import proposer_des_places
from binome.jurys.etats import College, IssueDeBloc
from binome.jurys.flows import JURYS, MEMBRES, PLACES, PRESENTATIONS
from binome.jurys.models import Jury, PlaceAuJury, Presentation
from binome.jurys.seance import lire_la_seance
from binome.jurys.services import (
    blocs_a_presenter,
    donner_des_places,
    ecrire_le_reglement,
    inscrire_un_membre,
    preparer_un_jury,
    presentables,
    presenter,
)

if TYPE_CHECKING:
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.parcours.models import Parcours

REGLES: Final[dict[str, Any]] = {
    "presents": 4, "par_college": 1, "exterieurs_num": 1, "exterieurs_den": 2, "pouvoirs": 1,
    "recours_jours": 60, "source": "Valeurs d’essai de la démonstration, d’aucun texte.", "essai": True,
}  # fmt: skip
GENS: Final = (
    ("Agathe", College.EMPLOYEURS, True), ("Bruno", College.EMPLOYEURS, True), ("Coline", College.EMPLOYEURS, False),
    ("Didier", College.SALARIES, True), ("Élise", College.SALARIES, True), ("Farid", College.SALARIES, False),
)  # fmt: skip
"""People who do not exist."""
DECIDES, A_VENIR = 4, 3
"""People that the first jury decides of, and that the next one is to examine."""
DANS: Final = timedelta(days=21)
MOTIF: Final = "Exemple : une situation d’urgence n’a pas été traitée."
CONSEIL: Final = "Exemple : reprendre l’épreuve avec le même organisme."


def _verifier() -> None:
    if Jury.objects.exists():
        raise DejaServie(
            "La base a déjà des jurys : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, _: Voulu) -> None:
    organise, jour = Acteur(scene.personnes["jury"]), timezone.localdate()
    ecrire_le_reglement(organise, scene.branche, {"du": jour, **REGLES})
    jours = [un.isoformat() for un in (jour, jour + DANS)]
    for rang, (prenom, college, exterieur) in enumerate(GENS, 1):
        membre = inscrire_un_membre(
            organise, scene.branche,
            {"prenom": prenom, "nom": "Exemple", "courriel": f"jure-{rang}@{DOMAINE}", "college": college,
             "exterieur": exterieur},
        )  # fmt: skip
        # One of them trained where some of those presented did.
        liens = [scene.organismes[1].pk] if rang == 1 else []
        donnees = {"organismes": liens, "jours": jours}
        faire(MEMBRES, "declarer", membre, organise, version=membre.version, donnees=donnees)
    lieu = {"heure": "09:30", "lieu": "Salle d’exemple"}
    premier = preparer_un_jury(organise, scene.branche, {"jour": jour, **lieu})
    siens = _a_presenter(premier, scene)
    if len(siens) < DECIDES:
        return
    membres = list(premier.branche.membres.order_by("pk").values_list("pk", flat=True))
    donner_des_places(organise, premier, membres)
    for parcours in siens[:DECIDES]:
        presenter(organise, premier, parcours)
    _sieger(premier, organise)
    second = preparer_un_jury(organise, scene.branche, {"jour": jour + DANS, **lieu})
    for parcours in siens[DECIDES : DECIDES + A_VENIR]:
        presenter(organise, second, parcours)
    (proposees,) = proposer_des_places([second]).jurys
    if proposees.proposes:
        raisons = {un.membre.pk: un.raisons for un in proposees.proposes}
        donner_des_places(organise, second, [un.membre.pk for un in proposees.proposes], raisons)


def _a_presenter(jury: Jury, scene: Scene) -> list[Parcours]:
    """Paths of other organisations than the first, whose sessions other chapters tell."""
    ouverts = presentables(jury).exclude(organisme=scene.organismes[0]).order_by("organisme", "pk")
    lus = list(ouverts[: 3 * (DECIDES + A_VENIR)])
    return [un for un in lus if len(blocs_a_presenter(un, jury.certification)) > 2]


def _sieger(jury: Jury, par: Acteur) -> None:
    """Calls, sits, decides and closes: one person adjourned, the others valid, all of one mind."""
    faire(JURYS, "convoquer", jury, par, version=jury.version)
    faire(JURYS, "ouvrir", jury, par, version=jury.version)
    jury = Jury.objects.select_related("branche", "reglement").get(pk=jury.pk)
    places = list(PlaceAuJury.objects.filter(jury=jury).select_related("membre").order_by("pk"))
    for rang, une in enumerate(places):
        une.jury = jury
        faire(PLACES, "arriver", une, par, version=une.version)
        if rang == 1:
            faire(PLACES, "presider", une, par, version=une.version)
    presentations = list(
        Presentation.objects.filter(jury=jury).select_related("parcours__dossier").order_by("pk")
    )
    for rang, presentation in enumerate(presentations):
        presentation.jury = jury
        voix = lire_la_seance(jury, [presentation]).candidats[presentation.pk].votants
        for bloc in presentation.blocs:
            ajourne = rang == 0 and bloc == presentation.blocs[-1]
            donnees = {
                "bloc": str(bloc),
                "issue": str(IssueDeBloc.AJOURNE if ajourne else IssueDeBloc.VALIDE),
                "pour": "0" if ajourne else str(voix),
                "contre": str(voix) if ajourne else "0",
                "raison": MOTIF
                if ajourne
                else "Exemple : le jury a relu le dossier et entendu la personne sur ce qui y manque.",
                "recommandation": CONSEIL if ajourne else "",
            }
            faire(
                PRESENTATIONS,
                "decider",
                presentation,
                par,
                version=presentation.version,
                donnees=donnees,
            )
    faire(JURYS, "clore", jury, par, version=jury.version)


CHAPITRE: Final = Chapitre("jurys", _verifier, _ecrire)
