"""The world of the journey from the last slot to the public page: two people at the end of their path, and who certifies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers.models import Dossier
from binome.epreuves.accorder import donner_un_avis, noter_l_afgsu
from binome.epreuves.etats import Verdict
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.programme import blocs_du_parcours
from binome.gestes.services import naitre
from binome.parcours.models import ModuleSuivi, Parcours
from tests.dossiers.monde import Monde, construire, dire, notifiee, personne, propose, suivi_par
from tests.epreuves.monde import epreuve, grille, rendre
from tests.jurys.vie import membre, regles_d_essai
from tests.livret.vie import Binome, former
from tests.presences.suivi import inscrire
from tests.titres.monde import en_jury, mentions_donnees

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.sessions.models import Creneau

LEA, BRUNO = "Léa Exemple", "Bruno Besse"
DERNIERE = "B3E2"
"""The épreuve of the last slot."""
PREMIERS, SECONDS = ("Aude", "Basile", "Chloé", "Denis"), ("Elsa", "Farid", "Gaëlle", "Hugo")
"""Who sits at each of the two juries: two employers, then two employees."""


@dataclass
class FinDeParcours:
    """Léa whose tutor is Tara, Bruno whose tutor is Paul, and their last slot."""

    binome: Binome
    bruno: Personne
    paul: Personne
    parcours_de_bruno: Parcours
    creneau: Creneau

    @property
    def monde(self) -> Monde:
        return self.binome.monde


def fin_de_parcours() -> FinDeParcours:
    """All that is not told in a browser: sessions, hours, the first épreuves, Paul's opinion, who may sit, what papers say."""
    monde = construire()
    en_jury(monde)
    mentions_donnees(monde)
    binome = former(monde)
    session = binome.parcours.inscriptions.get().session
    session.blocs = [1, 3]
    session.save(update_fields=["blocs"])
    dire(session.objet, session)
    creneau = epreuve(
        session, monde, DERNIERE,
        debut=timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1),
        fin=timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1), salle="Salle 2",
    )  # fmt: skip
    bruno, paul = personne("bruno"), personne("paul")
    cabinet = creer_organisation("cabinet", "Autre cabinet d’exemple", exemple=True)
    donner_role(paul, cabinet, "employeur")
    sien = _second(monde, bruno)
    suivi_par(sien.dossier, cabinet)
    inscrire(creneau.session, sien, monde)
    _tout_sauf_la_derniere(monde, binome.parcours)
    _tout_sauf_la_derniere(monde, sien, rate=3)
    for bloc in (1, 2, 3, 4):
        donner_un_avis(sien, bloc, "non_acquis" if bloc == 3 else "acquis", "", Acteur(paul))
    _qui_siege(monde)
    return FinDeParcours(binome, bruno, paul, sien, creneau)


def _second(monde: Monde, bruno: Personne) -> Parcours:
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    numero = notifiee(dossier).pk
    prenom, nom = BRUNO.split()
    Dossier.objects.filter(pk=numero).update(prenom=prenom, nom=nom, candidat=bruno)
    lu = Dossier.objects.get(pk=numero)
    dire(lu.objet, lu)
    return Parcours.objects.get(dossier=numero)


def _tout_sauf_la_derniere(monde: Monde, parcours: Parcours, rate: int = 0) -> None:
    """The hours are done, the AFGSU held, every épreuve judged by Bob but the last; `rate` is the bloc that went wrong."""
    ModuleSuivi.objects.filter(parcours=parcours).update(statut="dispense")
    alice = Acteur(monde.alice)
    noter_l_afgsu(parcours, timezone.localdate() - timedelta(days=90), "CESU d’exemple", alice)
    for numero, bloc in blocs_du_parcours(parcours).items():
        verdict = Verdict.NON_ACQUIS if numero == rate else Verdict.ACQUIS
        for une in bloc.jugees:
            if une.code == DERNIERE:
                continue
            passation = Passation(
                parcours=parcours, bloc=numero, epreuve=une.code, parties=list(une.parties),
                evaluateur=monde.bob, prevue_le=timezone.now(),
            )  # fmt: skip
            naitre(PASSATIONS, "prevoir", [passation], alice)
            assert rendre(Acteur(monde.bob), grille(passation, verdict))[0].issue == "recue"


def _qui_siege(monde: Monde) -> None:
    """Trial rules, two teams of four, and Tara, who is Léa's tutor besides."""
    regles_d_essai(monde)
    for rang, nom in enumerate((*PREMIERS, *SECONDS)):
        membre(monde, nom, "employeurs" if rang % 4 < 2 else "salaries")
    membre(monde, "Tara", courriel="tara@exemple.fr", exterieur=False)
