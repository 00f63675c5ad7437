"""Lists of dossiers: what an address asks for, and the query that answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.bureau.marques import marque_de
from binome.bureau.recherche import chercher
from binome.dossiers.en_liste import REFUSEE
from binome.dossiers.etats import OUVERTS, Etat
from binome.dossiers.flows import A_LA_BRANCHE
from binome.dossiers.models import Dossier
from binome.dossiers.portee import A_REGARDER, CLAIRES, DE_L_EXAMEN
from binome.emplois.permissions import employe
from binome.listes.filtres import Filtre, entier, lu, parmi, texte
from binome.listes.pages import Ordre
from binome.regles.courante import certifications

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.dossiers.portee import Portee

TOUS: Final = "tous"
A_FAIRE: Final = "a_faire"
A_EXAMINER: Final = "a_examiner"
EN_COURS: Final = "en_cours"
FILES: Final = {
    A_FAIRE: "À faire",
    A_EXAMINER: "À examiner",
    CLAIRES: "Propositions claires",
    A_REGARDER: "Propositions à regarder",
    EN_COURS: "Tout ce qui est en cours",
    TOUS: "Tous les dossiers",
}
"""Queues that are not one state: what waits for whom."""
DE_LA_BRANCHE: Final = frozenset({A_FAIRE, *DE_L_EXAMEN})
"""The queues that mean something to the branch alone."""
PLUSIEURS: Final = {
    A_FAIRE: A_LA_BRANCHE,
    A_EXAMINER: (Etat.DEPOSE, Etat.COMPLETE),
    EN_COURS: (*OUVERTS, Etat.RECOURS),
}
"""The queues that gather several states."""
TRIS: Final = {
    "age": "Les plus anciens d’abord",
    "recent": "Les plus récents d’abord",
    "echeance": "Par échéance, s’il y en a une",
    "entree": "Par date d’entrée voulue",
    "session": "Par session souhaitée",
    "heures": "Par nombre d’heures",
    "alertes": "Les plus d’alertes d’abord",
}
ORDRES: Final = {
    "age": Ordre("depuis"),
    "recent": Ordre("depuis", descend=True),
    "echeance": Ordre("echeance", genre=date),
    "entree": Ordre("par_entree", genre=date),
    "session": Ordre("session", genre=str),
    "heures": Ordre("par_heures", genre=int),
    "alertes": Ordre("alertes", descend=True, genre=int),
}
ORDRES_DE_L_EXAMEN: Final = ("heures", "alertes")
"""The orders that would tell what is proposed."""
PREMIER_JOUR: Final = date(2000, 1, 1)
ALERTES: Final = {"avec": "Avec alertes", "sans": "Sans alerte"}
SUIVIS: Final = {"moi": "Que j’examine", "personne": "Que personne n’examine", "autres": "Qu’une autre personne examine"}  # fmt: skip
A_CONFIRMER: Final = "a_confirmer"
MOIS: Final = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


def voies() -> dict[str, str]:
    """The answers of the rule base that a list may be cut by, in a few words."""
    dites = {
        une.code: une.court for fiche in certifications().values() for une in fiche.voies.values()
    }
    return {**dites, REFUSEE: "refusé", A_CONFIRMER: "à confirmer"}


def _voie(dite: str) -> str | None:
    return dite if dite in voies() else None


def _marque(dite: str) -> str | None:
    return None if marque_de(dite) is None else dite


def _mois(dit: str) -> str | None:
    return dit if MOIS.fullmatch(dit) else None


@dataclass(frozen=True)
class FiltreDeDossiers(Filtre):
    """What the address of a list of dossiers asks for."""

    etat: str = lu(parmi(FILES, Etat.values))
    organisme: int | None = lu(entier(chiffres=11), None)
    alertes: str = lu(parmi(ALERTES))
    voie: str = lu(_voie)
    suivi: str = lu(parmi(SUIVIS))
    session: str = lu(texte(120))
    marque: str = lu(_marque)
    mois: str = lu(_mois)
    q: str = lu(texte(100))
    tri: str = lu(parmi(TRIS))

    def pour(self, acteur: Acteur) -> FiltreDeDossiers:
        """What the address means to a person: what is to be done when it says nothing, every dossier when it only
        says what to search, and nothing of what the branch prepares to anyone else.
        """
        if acteur.de_la_branche:
            # Who only reads has nothing to do there: what they come for is decided.
            if self.etat or self.q or self.marque:
                return self
            if acteur.examine:
                return replace(self, etat=A_FAIRE)
            return replace(self, etat=Etat.DECIDE, tri=self.tri or "recent")
        etat = "" if self.etat in DE_LA_BRANCHE else self.etat
        tri = "" if self.tri in ORDRES_DE_L_EXAMEN else self.tri
        if acteur.d_un_organisme:
            # What one filed last is what one comes for.
            tri = tri or "recent"
            etat = etat or ("" if self.q or self.marque else EN_COURS)
        return replace(self, etat=etat, alertes="", voie="", suivi="", tri=tri)

    @property
    def ordre(self) -> str:
        """In which order, the oldest first when nothing is said."""
        return self.tri or "age"

    @property
    def regle(self) -> bool:
        """Whether anything but the queue, the search and what one filed last is asked for: the page then opens its filters."""
        dites = self.dites()
        return any(
            nom not in ("etat", "q", "marque") and (nom, dit) != ("tri", "recent")
            for nom, dit in dites.items()
        )

    @property
    def de_l_examen(self) -> bool:
        """Whether what is asked for would tell what the branch prepares."""
        return bool(self.alertes or self.voie or self.suivi or self.tri in ORDRES_DE_L_EXAMEN)


def _dans_la_file(dossiers: QuerySet[Dossier], etat: str, portee: Portee) -> QuerySet[Dossier]:
    if etat in ("", TOUS):
        return dossiers
    if etat in PLUSIEURS:
        return dossiers.filter(portee.parmi(PLUSIEURS[etat]))
    return dossiers.filter(portee.de_l_etat(etat))


def lister(
    dossiers: QuerySet[Dossier],
    filtre: FiltreDeDossiers,
    portee: Portee,
    acteur: Acteur | None = None,
) -> QuerySet[Dossier]:
    """The dossiers that a filter keeps, for who reads them so; theirs, for `suivi`."""
    return _dans_la_file(_retenus(dossiers, filtre, portee, acteur), filtre.etat, portee)


def feuilleter(
    dossiers: QuerySet[Dossier],
    filtre: FiltreDeDossiers,
    portee: Portee,
    acteur: Acteur | None = None,
) -> tuple[QuerySet[Dossier], Ordre]:
    """The same dossiers and their order, ready to be cut into pages.

    The order names the states, when they are several, and the list then does not; what has a deadline is
    few, and walked in one index.
    """
    ordre, etats = ORDRES[filtre.ordre], PLUSIEURS.get(filtre.etat) or portee.etats(filtre.etat)
    if len(etats) < 2 or ordre.champ == "echeance" or portee.recours is not None:
        return lister(dossiers, filtre, portee, acteur), ordre
    return _retenus(dossiers, filtre, portee, acteur), ordre.parmi(*etats)


def _retenus(
    dossiers: QuerySet[Dossier], filtre: FiltreDeDossiers, portee: Portee, acteur: Acteur | None
) -> QuerySet[Dossier]:
    """What a filter keeps, whatever the state."""
    lus = dossiers
    if filtre.organisme is not None:
        lus = lus.filter(organisme=filtre.organisme)
    if filtre.de_l_examen and portee.partage and portee.juges is not None:
        # Neither kept nor left, nor even placed: what is not theirs to examine is not in such a list.
        lus = lus.filter(portee.juges)
    if filtre.alertes:
        lus = lus.filter(alertes__gt=0) if filtre.alertes == "avec" else lus.filter(alertes=0)
    if filtre.voie:
        lus = lus.filter(voie="" if filtre.voie == A_CONFIRMER else filtre.voie)
    if filtre.session:
        lus = lus.filter(session=filtre.session)
    if filtre.mois:
        debut = date.fromisoformat(f"{filtre.mois}-01")
        fin = (debut + timedelta(days=31)).replace(day=1)
        lus = lus.filter(entree__gte=debut, entree__lt=fin)
    if filtre.suivi and acteur is not None:
        lus = lus.filter(_suivi(filtre.suivi, acteur))
    if acteur is not None and (marque := marque_de(filtre.marque)) is not None:
        lus = lus.filter(pk__in=marque.dossiers(acteur))
    if filtre.tri == "echeance":
        lus = avec_echeance(lus)
    if filtre.q:
        # Who employs reads neither the address nor the numbers of their assistants' dossiers.
        lus = chercher(lus, filtre.q, en_entier=acteur is None or not employe(acteur))
    return lus


def _suivi(qui: str, acteur: Acteur) -> Q:
    match qui:
        case "moi":
            return Q(examine_par=acteur.personne)
        case "personne":
            return Q(examine_par__isnull=True)
        case _:
            return Q(examine_par__isnull=False) & ~Q(examine_par=acteur.personne)


def avec_echeance(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those that have a deadline, few among many: found first, in their index alone."""
    presses = Dossier.objects.filter(echeance__gte=PREMIER_JOUR).order_by().values("pk")
    return dossiers.filter(pk__in=presses)
