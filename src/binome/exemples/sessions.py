"""The sessions of the made-up world: one that runs, one to come, one in preparation, one of an adaptation that is over, and who is
enrolled in them.

Only the first organisation has people who act, so that only it plans. The others' paths wait.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.comptes.acteur import Acteur
from binome.exemples.acces import CANDIDAT
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.services import faire, naitre
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.models import ModuleSuivi, Parcours
from binome.regles.courante import certification_de, code_par_defaut
from binome.reseau.etats import EtatDeSite
from binome.reseau.flows import SITES
from binome.reseau.models import SiteDeFormation
from binome.sessions.equipe import FICHE, fiches
from binome.sessions.flows import SESSIONS
from binome.sessions.inscription import inscrire
from binome.sessions.models import Session
from binome.sessions.pose import Horaire
from binome.sessions.preparation import DemandeDeSession, preparer
from binome.sessions.programme import en_vigueur
from binome.sessions.serie import SerieDeCreneaux, accomplir, choisis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu
    from binome.regles.referentiels import Referentiel

PAR_SESSION: Final = 12
ADAPTEES: Final = 2
"""People whose adaptation is over: their attestation may be delivered."""
AVANT: Final = timedelta(weeks=9)
"""How long before the day of the world that session began."""
VENDREDI: Final = 4
JOURNEE: Final = Horaire(540, 210, 810, 210)
"""From nine to half past twelve, and from half past one to five."""


class Prevue(NamedTuple):
    """A session to write: `semaines` from today to its first day, its rhythm, its room, and whether it is published.

    The made-up trainer teaches those that do not overlap.
    """

    semaines: int
    jours: tuple[int, ...]
    salle: str
    publiee: bool = True
    annoncee: bool = False
    enseignee: bool = True
    sans_compte: bool = False


def _les_jours(jour: date) -> tuple[int, int]:
    """The two days of the week of the session that runs, that of the world among them."""
    ici = min(jour.weekday(), 4)
    return (ici, ici + 1) if ici < VENDREDI else (ici - 1, ici)


def _prevues(jour: date, personnes: int) -> list[Prevue]:
    """Those of a world of that day: the first one is taught that very day, on a working day."""
    paire = _les_jours(jour)
    libres = [un for un in range(5) if un not in paire]
    en_cours = [
        Prevue(-6 - rang % 12, paire, f"Salle d’exemple {rang + 2}", enseignee=False)
        for rang in range(personnes // 40)
    ]
    return [
        Prevue(-8, paire, "Salle d’exemple 1"),
        Prevue(5, (libres[0], libres[1]), "Salle d’exemple 1", annoncee=True),
        *en_cours,
        Prevue(
            12, (libres[2],), "Salle d’exemple 1", publiee=False, enseignee=False, sans_compte=True
        ),
    ]


def _site(scene: Scene) -> SiteDeFormation:
    """The first open place of the organisation; one more where the world has none yet."""
    organisme = scene.organismes[0]
    site = SiteDeFormation.objects.filter(organisme=organisme, etat=EtatDeSite.OUVERT).first()
    if site is not None:
        return site
    site = SiteDeFormation(
        organisme=organisme, nom="Site d’exemple", commune="Laval", departement="53", places=20
    )
    naitre(SITES, "ouvrir", [site], Acteur(scene.personnes["gestionnaire"]))
    return site


def _a_inscrire(scene: Scene, referentiel: str) -> list[int]:
    """The open paths of the organisation, that of the made-up candidate first."""
    siens = Parcours.objects.filter(
        organisme=scene.organismes[0], etat=EtatDeParcours.OUVERT, referentiel=referentiel
    ).order_by("pk")
    candidat = scene.personnes[CANDIDAT].pk
    lus = list(siens.values_list("pk", "dossier__candidat"))
    return [pk for pk, _ in sorted(lus, key=lambda un: (un[1] != candidat, un[0]))]


def _verifier() -> None:
    if Session.objects.exists():
        raise DejaServie(
            "La base a déjà des sessions : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    referentiel = en_vigueur(voulu.jour)
    a_inscrire = [] if referentiel is None else _a_inscrire(scene, referentiel.id)
    if referentiel is None or not a_inscrire:
        return
    acteur, site = Acteur(scene.personnes["gestionnaire"]), _site(scene)
    adaptes = _a_adapter(a_inscrire)
    a_inscrire = [un for un in a_inscrire if un not in adaptes]
    for prevue in _prevues(voulu.jour, len(a_inscrire)):
        session = preparer(
            DemandeDeSession(
                site=site,
                certification=code_par_defaut(),
                referentiel=referentiel,
                blocs=tuple(un.numero for un in referentiel.blocs),
                debut=voulu.jour + timedelta(weeks=prevue.semaines),
                jours=prevue.jours,
                horaire=JOURNEE,
                capacite=PAR_SESSION + 3,
                formateur=scene.personnes["formateur"] if prevue.enseignee else None,
                salle=prevue.salle,
            ),
            acteur,
        )
        if prevue.sans_compte:
            _confier_a_une_fiche(session, acteur)
        if prevue.publiee:
            siens, a_inscrire = a_inscrire[:PAR_SESSION], a_inscrire[PAR_SESSION:]
            _remplir(session, siens, acteur)
            _publier(session, acteur, annoncee=prevue.annoncee)
    if adaptes:
        _faire_une_adaptation(scene, voulu, referentiel, adaptes)


def _a_adapter(parcours: Sequence[int]) -> list[int]:
    """Of these paths, a few whose route is the adaptation; that of the made-up candidate, the first one, is left."""
    certification = certification_de(code_par_defaut())
    voies = Parcours.objects.filter(pk__in=parcours[1:]).order_by("pk").values_list("pk", "voie")
    siens = [pk for pk, voie in voies if certification.genre(voie) == "adaptation"]
    return siens[:ADAPTEES]


def _faire_une_adaptation(
    scene: Scene, voulu: Voulu, referentiel: Referentiel, adaptes: Sequence[int]
) -> None:
    """A session of the past, for a few people whose route is the adaptation: on the days that no other one takes."""
    blocs = ModuleSuivi.objects.filter(parcours__in=adaptes, statut=Statut.A_SUIVRE)
    acteur = Acteur(scene.personnes["gestionnaire"])
    session = preparer(
        DemandeDeSession(
            site=_site(scene),
            certification=code_par_defaut(),
            referentiel=referentiel,
            blocs=tuple(sorted(set(blocs.order_by().values_list("bloc", flat=True)))),
            debut=voulu.jour - AVANT,
            jours=tuple(un for un in range(5) if un not in _les_jours(voulu.jour)),
            horaire=JOURNEE,
            capacite=PAR_SESSION,
            formateur=scene.personnes["formateur"],
            salle="Salle d’exemple 1",
        ),
        acteur,
    )
    _remplir(session, adaptes, acteur)
    _publier(session, acteur, annoncee=False)


def _confier_a_une_fiche(session: Session, acteur: Acteur) -> None:
    """Its slots are a trainer's of the file who has no account yet."""
    fiche = fiches(session.organisme_id).first()
    if fiche is not None:
        serie = SerieDeCreneaux("changer", formateur=f"{FICHE}{fiche.pk}")
        accomplir(session, serie, acteur, {un.pk: un.version for un in choisis(session, serie)})


def _remplir(session: Session, parcours: Sequence[int], acteur: Acteur) -> None:
    if parcours:
        inscrire(session, parcours, session.blocs, acteur, quand_meme=True, depuis=session.debut)


def _publier(session: Session, acteur: Acteur, *, annoncee: bool) -> None:
    session.refresh_from_db()
    faire(
        SESSIONS,
        "publier",
        session,
        acteur,
        version=session.version,
        donnees={"malgre": "on", "sans_convention": "on"},
    )
    if annoncee:
        faire(
            SESSIONS, "regler", session, acteur, version=session.version,
            donnees={"capacite": str(session.capacite), "places_annoncees": "on"},
        )  # fmt: skip


CHAPITRE: Final = Chapitre("sessions", _verifier, _ecrire)
