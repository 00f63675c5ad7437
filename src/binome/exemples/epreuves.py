"""The épreuves of the made-up world: the first bloc of the session that runs, planned, partly judged; who is absent, who has more time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.epreuves.accorder import accorder, donner_un_avis, noter_l_afgsu
from binome.epreuves.envois import CompetenceJugee, EnvoiDeGrille
from binome.epreuves.etats import EtatDePassation, Verdict
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.planifier import creneaux_d_epreuves, nouvelle_tentative, planifier
from binome.epreuves.programme import blocs_du_parcours
from binome.epreuves.recevoir import recevoir_les_grilles
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.gestes.services import faire
from binome.livret.etats import CoteDuBinome
from binome.livret.permissions import cotes_de_livret
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.sessions.etats import EtatDeSession
from binome.sessions.models import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

BLOC: Final = 1
JUGEES: Final = 4
"""People whose grids are filled."""
CESU: Final = "CESU d’exemple"


def _verifier() -> None:
    if Passation.objects.exists():
        raise DejaServie(
            "La base a déjà des épreuves : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    session = (
        Session.objects.filter(
            organisme=scene.organismes[0], etat=EtatDeSession.PUBLIEE, debut__lt=voulu.jour
        )
        .order_by("pk")
        .first()
    )
    if session is None:
        return
    gestion, formateur = (Acteur(scene.personnes[un]) for un in ("gestionnaire", "formateur"))
    siens = list(
        Parcours.objects.filter(inscriptions__session=session, etat__in=EN_COURS)
        .select_related("dossier", "organisme")
        .order_by("pk")
        .distinct()[: JUGEES + 2]
    )
    if not siens:
        return
    accorder(siens[-1], {"mesure": "temps", "temps": "1/3"}, gestion)
    accorder(siens[-1], {"mesure": "materiel", "precision": "Sujet en gros caractères."}, gestion)
    _juger(siens[:JUGEES], gestion, formateur, voulu)
    creneaux = creneaux_d_epreuves(session, BLOC)
    if creneaux:
        planifier(session, creneaux, gestion)
    _manquer(siens[JUGEES:], gestion)
    for un in siens[: JUGEES - 1]:
        noter_l_afgsu(un, voulu.jour - timedelta(days=200), CESU, gestion)
    _donner_les_avis(siens, [Acteur(scene.personnes[un]) for un in ("tuteur", "employeur")])


def _juger(siens: Sequence[Parcours], gestion: Acteur, formateur: Acteur, voulu: Voulu) -> None:
    """Some passed the bloc before, apart from its slots: one competence is not acquired here and there."""
    hasard = Random(voulu.graine)  # noqa: S311 - a made-up world, not a secret
    le = datetime.combine(
        voulu.jour - timedelta(days=3), time(16), tzinfo=timezone.get_current_timezone()
    )
    for un in siens:
        for epreuve in blocs_du_parcours(un)[BLOC].jugees:
            _remplir(nouvelle_tentative(un, epreuve.code, gestion), formateur, le, hasard)


def _manquer(siens: Sequence[Parcours], gestion: Acteur) -> None:
    """One of the others says that they will not come."""
    prevues = Passation.objects.filter(parcours__in=siens, etat=EtatDePassation.PREVUE)
    une = prevues.select_related("parcours__dossier").order_by("pk").first()
    if une is not None:
        faire(
            PASSATIONS, "absenter", une, gestion, version=une.version,
            donnees={"raison": "prevenu"},
        )  # fmt: skip


def _remplir(une: Passation, formateur: Acteur, le: datetime, hasard: Random) -> None:
    lignes = blocs_du_parcours(une.parcours)[une.bloc].lignes
    envoi = EnvoiDeGrille(
        uid=UUID(int=hasard.getrandbits(128), version=4),
        passation=une.pk,
        lignes=tuple(
            CompetenceJugee(
                ligne.code,
                str(Verdict.NON_ACQUIS if hasard.randrange(40) == 0 else Verdict.ACQUIS),
                hasard.choice(("", "", "", "Geste sûr, explications claires.")),
            )
            for ligne in lignes
        ),
        remplie_le=le,
        retard=0,
        appareil=f"{hasard.getrandbits(64):016x}",
    )
    recevoir_les_grilles(formateur, [envoi], maintenant=le)


def _donner_les_avis(siens: Sequence[Parcours], qui: Sequence[Acteur]) -> None:
    for un in siens[:JUGEES]:
        for acteur in qui:
            if CoteDuBinome.TUTEUR in cotes_de_livret(acteur, un):
                donner_un_avis(un, BLOC, "acquis", "À l’aise au cabinet.", acteur)
                break


CHAPITRE: Final = Chapitre("epreuves", _verifier, _ecrire)
