"""What waits for somebody: counts that lead to their list, and what to open first; and all of it for who examines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from binome.bureau.filtres import (
    A_EXAMINER,
    EN_COURS,
    ORDRES,
    PLUSIEURS,
    FiltreDeDossiers,
    avec_echeance,
)
from binome.bureau.marques import declarees
from binome.bureau.voisinage import decide_par
from binome.dossiers.etats import Etat
from binome.dossiers.impartialite import proches
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.portee import A_REGARDER, CLAIRES
from binome.listes.pages import premiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

D_ABORD: Final = 5
NOMMENT: Final = ("reference", "prenom", "nom", "anonyme_le")
"""What a line says of a dossier."""


@dataclass(frozen=True)
class Attendu:
    """Something that waits: how many, in words (several, then one), and the list that shows them."""

    nombre: int
    plusieurs: str
    texte: str
    adresse: str
    a_faire: bool = False
    un_seul: str = ""

    @property
    def titre(self) -> str:
        """What they are, agreed with how many: none and one are singular in French."""
        return self.plusieurs if self.nombre > 1 else self.un_seul or self.plusieurs


def vers(etat: str = "", *, suivi: str = "", marque: str = "") -> str:
    """The address of a list of dossiers."""
    filtre = FiltreDeDossiers(etat=etat, suivi=suivi, marque=marque)
    return f"{reverse('dossiers')}?{filtre.requete()}"


def marques_attendues(acteur: Acteur) -> list[Attendu]:
    """What rooms above mark for a person: messages to read, say."""
    return [
        Attendu(
            une.dossiers(acteur).distinct().count(), une.titre, une.attendu,
            vers(marque=une.code), a_faire=True, un_seul=une.un_seul,
        )
        for une in declarees()
    ]  # fmt: skip


def de_la_branche(
    acteur: Acteur, nombres: dict[str, int], claires: int, d_un_autre: int
) -> list[Attendu]:
    """What waits for who examines: the branch's, what they hold, what was written to them.

    `d_un_autre`: the appeals that somebody else answers.
    """
    miens = Dossier.objects.filter(examine_par=acteur.personne, etat__in=PLUSIEURS[EN_COURS])
    return [
        Attendu(nombres.get(Etat.DEPOSE, 0) + nombres.get(Etat.COMPLETE, 0), "À examiner",
                "Pièces à lire, propositions à préparer.", vers(A_EXAMINER), a_faire=True),
        Attendu(miens.count(), "Mes dossiers", "Que vous examinez, ou qui vous ont été remis.",
                vers(EN_COURS, suivi="moi"), un_seul="Mon dossier"),
        *marques_attendues(acteur),
        Attendu(claires, "Propositions claires",
                "Sans alerte : à confirmer ensemble.", vers(CLAIRES), a_faire=True, un_seul="Proposition claire"),
        Attendu(nombres.get(Etat.PROPOSITION, 0) - claires, "Propositions à regarder",
                "Une alerte, un écart ou un renseignement manquant.", vers(A_REGARDER),
                a_faire=True, un_seul="Proposition à regarder"),
        Attendu(max(0, nombres.get(Etat.RECOURS, 0) - d_un_autre), "Recours",
                "Une réponse est attendue.", vers(Etat.RECOURS), a_faire=True),
        Attendu(nombres.get(Etat.A_COMPLETER, 0), "Chez les organismes",
                "Un complément est demandé.", vers(Etat.A_COMPLETER)),
    ]  # fmt: skip


def encore_annulables(acteur: Acteur) -> QuerySet[Decision]:
    """The decisions that a person took one by one and may still come back on, the last one first."""
    # From the few dossiers just decided, not from all that a person ever decided: the sum keeps the index of `par` out.
    prises = Decision.objects.alias(qui=F("par") + 0).filter(
        qui=acteur.personne.pk, annulee_le__isnull=True, confirmation__isnull=True,
        notifiable_des__gt=timezone.now(), dossier__etat=Etat.ARRETE,
    )  # fmt: skip
    dits = ("nature", "le", "notifiable_des", *(f"dossier__{un}" for un in NOMMENT))
    return prises.select_related("dossier").only(*dits).order_by("-le", "-pk")[:D_ABORD]


def a_examiner_d_abord(
    dossiers: QuerySet[Dossier], acteur: Acteur, d_un_autre: int
) -> list[Dossier]:
    """What who examines opens first: what they hold or were handed, then what waits for anybody.

    Neither what a colleague examines, nor an appeal that they may not answer.
    """
    miens = Q(examine_par=acteur.personne)
    lus = dossiers.filter(Q(examine_par__isnull=True) | miens | Q(etat=Etat.RECOURS))
    if d_un_autre:
        lus = lus.exclude(Q(decide_par(acteur), etat=Etat.RECOURS))
    if ecartes := [un.pk for un in proches(acteur)]:
        lus = lus.exclude(pk__in=ecartes)
    # Few are held by one person: they are found first, in their own index.
    tenus = (
        lus.filter(miens, etat__in=(*PLUSIEURS[A_EXAMINER], Etat.PROPOSITION))
        .select_related("organisme")
        .order_by("depuis", "pk")[:D_ABORD]
    )
    autres = d_abord(lus, (Etat.RECOURS, *PLUSIEURS[A_EXAMINER]))
    return list({un.pk: un for un in (*tenus, *autres)}.values())[:D_ABORD]


def d_abord(dossiers: QuerySet[Dossier], etats: Sequence[Etat | str]) -> list[Dossier]:
    """The first of some states, by deadline, then by age."""
    lus = dossiers.select_related("organisme")
    presses = premiers(avec_echeance(lus.filter(etat__in=etats)), ORDRES["echeance"], D_ABORD)
    anciens = premiers(lus, ORDRES["age"].parmi(*etats), D_ABORD)
    return list({un.pk: un for un in (*presses, *anciens)}.values())[:D_ABORD]
