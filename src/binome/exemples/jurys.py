"""The juries of the made-up world: trial rules, people who sit, one jury that decided, with somebody adjourned, one called for today,
one moved to another day, one to come; and in a large world, as many more of today as make a few hundred people certified."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.exemples.acces import DOMAINE
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.passage import Passage
from binome.gestes.services import faire, faire_tous
from binome.jurys.assistant import proposer_des_places
from binome.jurys.etats import College, IssueDeBloc
from binome.jurys.flows import JURYS, MEMBRES, PLACES, PRESENTATIONS
from binome.jurys.models import Jury, PlaceAuJury, Presentation
from binome.jurys.seance import lire_la_seance
from binome.jurys.services import (
    blocs_a_presenter_de,
    donner_des_places,
    ecrire_le_reglement,
    inscrire_un_membre,
    preparer_un_jury,
    presentables,
    presenter,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

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
LIBRES: Final = (
    ("Gaëlle", College.EMPLOYEURS, True), ("Hakim", College.EMPLOYEURS, True), ("Inès", College.EMPLOYEURS, False),
    ("Joël", College.SALARIES, True), ("Karine", College.SALARIES, True), ("Loïc", College.SALARIES, False),
)  # fmt: skip
"""As many more, whom the first jury does not take: the second can be held on its day."""
DEPARTEMENTS: Final = ("64", "40", "33", "")
"""Where they come from, in turn; the last one does not say."""
DECIDES, AU_PLUS, A_TENIR, A_VENIR = 4, 14, 2, 3
"""People that the first jury decides of, at least and at most, that the one of today is to examine, and the one to come."""
PETITE, CERTIFIES, PAR_JURY = 300, 300, 12
"""Dossiers beyond which the world has more juries; people they examine at most, in all and by jury."""
DANS: Final = timedelta(days=21)
UNE_SEMAINE: Final = timedelta(days=7)
MOTIF: Final = "Exemple : une situation d’urgence n’a pas été traitée."
RELU: Final = "Exemple : le jury a relu le dossier et entendu la personne sur ce qui y manque."
CONSEIL: Final = "Exemple : reprendre l’épreuve avec le même organisme."


def _verifier() -> None:
    if Jury.objects.exists():
        raise DejaServie(
            "La base a déjà des jurys : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    organise, jour = Acteur(scene.personnes["jury"]), timezone.localdate()
    ecrire_le_reglement(organise, scene.branche, {"du": jour, **REGLES})
    jours = [un.isoformat() for un in (jour, jour + DANS)]
    premiers = _inscrire(scene, organise, GENS, jours)
    lieu = {"heure": "09:30", "lieu": "Salle d’exemple", "departement": "64"}
    premier = preparer_un_jury(organise, scene.branche, {"jour": jour, **lieu})
    siens = _a_presenter(premier, scene, AU_PLUS + A_TENIR + A_VENIR)
    decides = max(DECIDES, len(siens) - A_TENIR - A_VENIR)
    libres = _inscrire(scene, organise, LIBRES, jours)
    if len(siens) < DECIDES:
        return
    _reunir(organise, premier, premiers, siens[:decides])
    _sieger(premier, organise)
    a_tenir = siens[decides : decides + A_TENIR]
    if a_tenir:
        du_jour = {**lieu, "jour": jour, "heure": "14:00"}
        second = preparer_un_jury(organise, scene.branche, du_jour)
        _reunir(organise, second, libres, a_tenir)
        faire(JURYS, "convoquer", second, organise, version=second.version)
    restent = siens[decides + A_TENIR :]
    reportes = restent[: len(restent) // 2]
    if reportes:
        _reporter(organise, scene, libres, reportes, lieu)
    a_venir = preparer_un_jury(organise, scene.branche, {"jour": jour + DANS, **lieu})
    for parcours in restent[len(reportes) :]:
        presenter(organise, a_venir, parcours)
    (proposees,) = proposer_des_places([a_venir]).jurys
    if proposees.proposes:
        raisons = {un.membre.pk: un.raisons for un in proposees.proposes}
        donner_des_places(organise, a_venir, [un.membre.pk for un in proposees.proposes], raisons)
    _beaucoup_d_autres(scene, organise, voulu, lieu)


def _reporter(
    organise: Acteur,
    scene: Scene,
    membres: Sequence[int],
    presentes: Sequence[Parcours],
    lieu: dict[str, str],
) -> None:
    """A jury that was called for a day, then moved to another one: whoever sits was told twice."""
    jour = timezone.localdate() + DANS
    jury = preparer_un_jury(organise, scene.branche, {"jour": jour, **lieu})
    _reunir(organise, jury, membres, presentes)
    faire(JURYS, "convoquer", jury, organise, version=jury.version)
    autre = {"jour": jour + UNE_SEMAINE, "heure": "14:00"}
    faire(JURYS, "regler", jury, organise, version=jury.version, donnees=autre)


def _beaucoup_d_autres(scene: Scene, organise: Acteur, voulu: Voulu, lieu: dict[str, str]) -> None:
    """A large world has many juries of today, each with people of its own who sit: a few hundred people leave them certified."""
    if voulu.taille <= PETITE:
        return
    jour = timezone.localdate()
    combien = min(CERTIFIES, voulu.taille // 4)
    restent = _a_presenter(
        Jury(branche=scene.branche, certification=scene.branche.delivre), scene, combien
    )
    for rang, debut in enumerate(range(0, len(restent), PAR_JURY), 2):
        gens = tuple((f"{prenom} {rang}", college, dehors) for prenom, college, dehors in GENS[1:5])
        jury = preparer_un_jury(
            organise, scene.branche, {"jour": jour, **lieu, "lieu": f"Salle d’exemple {rang}"}
        )
        membres = _inscrire(scene, organise, gens, [jour.isoformat()], serie=f"{rang}-")
        _reunir(organise, jury, membres, restent[debut : debut + PAR_JURY])
        _sieger(jury, organise)


def _inscrire(
    scene: Scene,
    organise: Acteur,
    gens: Sequence[tuple[str, College, bool]],
    jours: Sequence[str],
    *,
    serie: str = "",
) -> list[int]:
    """People who sit, with their ties and days; their numbers."""
    numeros = []
    deja = scene.branche.membres.count()
    for rang, (prenom, college, exterieur) in enumerate(gens, deja + 1):
        membre = inscrire_un_membre(
            organise, scene.branche,
            {"prenom": prenom, "nom": "Exemple", "courriel": f"jure-{serie}{rang}@{DOMAINE}", "college": college,
             "exterieur": exterieur},
        )  # fmt: skip
        # One of them trained where some of those presented did.
        donnees = {
            "organismes": [scene.organismes[1].pk] if rang == 1 else [], "jours": list(jours),
            "departement": DEPARTEMENTS[rang % len(DEPARTEMENTS)],
        }  # fmt: skip
        faire(MEMBRES, "declarer", membre, organise, version=membre.version, donnees=donnees)
        numeros.append(membre.pk)
    return numeros


def _reunir(
    organise: Acteur, jury: Jury, membres: Sequence[int], presentees: Sequence[Parcours]
) -> None:
    donner_des_places(organise, jury, membres)
    for parcours in presentees:
        presenter(organise, jury, parcours)


def _a_presenter(jury: Jury, scene: Scene, combien: int) -> list[Parcours]:
    """Paths of other organisations than the first, whose sessions other chapters tell."""
    ouverts = presentables(jury).exclude(organisme=scene.organismes[0]).order_by("organisme", "pk")
    lus = list(ouverts[: 3 * combien])
    restent = blocs_a_presenter_de(lus, jury.certification)
    return [un for un in lus if len(restent[un.pk]) > 2][:combien]


def _sieger(jury: Jury, par: Acteur) -> None:
    """Calls, sits, decides and closes: one person adjourned, the others valid, all of one mind."""
    faire(JURYS, "convoquer", jury, par, version=jury.version)
    faire(JURYS, "ouvrir", jury, par, version=jury.version)
    jury = Jury.objects.select_related("branche", "reglement").get(pk=jury.pk)
    places = list(PlaceAuJury.objects.filter(jury=jury).select_related("membre").order_by("pk"))
    for place in places:
        place.jury = jury
    faire_tous(PLACES, "arriver", [Passage(un, un.version) for un in places], par)
    faire(PLACES, "presider", places[1], par, version=places[1].version)
    presentations = list(
        Presentation.objects.filter(jury=jury).select_related("parcours__dossier").order_by("pk")
    )
    for une in presentations:
        une.jury = jury
    voix = {
        numero: un.votants for numero, un in lire_la_seance(jury, presentations).candidats.items()
    }
    # A bloc of each person at a time: all of them are decided of together.
    for rang in range(max(len(une.blocs) for une in presentations)):
        passages = [
            Passage(
                une, une.version, _vote(une, rang, voix[une.pk], ajourne=une is presentations[0])
            )
            for une in presentations
            if rang < len(une.blocs)
        ]
        faire_tous(PRESENTATIONS, "decider", passages, par)
    faire(JURYS, "clore", jury, par, version=jury.version)


def _vote(presentation: Presentation, rang: int, voix: int, *, ajourne: bool) -> dict[str, str]:
    """All of one mind; the last bloc of who is adjourned apart."""
    non = ajourne and rang == len(presentation.blocs) - 1
    return {
        "bloc": str(presentation.blocs[rang]),
        "issue": str(IssueDeBloc.AJOURNE if non else IssueDeBloc.VALIDE),
        "pour": "0" if non else str(voix),
        "contre": str(voix) if non else "0",
        "raison": MOTIF if non else RELU,
        "recommandation": CONSEIL if non else "",
    }


CHAPITRE: Final = Chapitre("jurys", _verifier, _ecrire)
