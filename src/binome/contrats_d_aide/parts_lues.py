"""The shares of time that the database holds: of contracts, of a job, of a person named in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.contrats_d_aide.etats import CLOS, EtatDeContrat, GenreDePoste
from binome.contrats_d_aide.models import PosteDuContrat
from binome.contrats_d_aide.parts_aidees import PartTenue
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from binome.contrats_d_aide.models import Contrat

ASSISTANTS: Final = Q(genre=GenreDePoste.ASSISTANT)


def _parts(postes: QuerySet[PosteDuContrat]) -> list[PartTenue]:
    return [PartTenue(*un) for un in postes.order_by("pk").values_list("du", "au", "part")]


def parts_des_contrats(contrats: Iterable[int]) -> dict[int, list[PartTenue]]:
    """The shares of the assistants of some contracts, in one query."""
    lues: dict[int, list[PartTenue]] = {}
    postes = PosteDuContrat.objects.filter(ASSISTANTS, contrat__in=list(contrats)).order_by("pk")
    for contrat, du, au, part in postes.values_list("contrat", "du", "au", "part"):
        lues.setdefault(contrat, []).append(PartTenue(du, au, part))
    return lues


def _poses() -> QuerySet[PosteDuContrat]:
    """The assistants of contracts: a draft that was left takes nobody's time."""
    return PosteDuContrat.objects.filter(ASSISTANTS).exclude(contrat__etat=EtatDeContrat.ABANDONNE)


def _ailleurs(contrat: Contrat) -> QuerySet[PosteDuContrat]:
    """What other contracts pay for, but the one that this follows: its people move from one to the other."""
    autres = _poses().exclude(contrat=contrat)
    if contrat.precedent_id is not None:
        autres = autres.exclude(contrat=contrat.precedent_id)
    return autres.exclude(contrat__etat__in=CLOS, au=None)


def parts_de_l_emploi(contrat: Contrat, emploi: int) -> list[PartTenue]:
    """What every contract pays of a job, this one included."""
    siennes = PosteDuContrat.objects.filter(ASSISTANTS, contrat=contrat, emploi=emploi)
    return _parts(siennes) + _parts(_ailleurs(contrat).filter(emploi=emploi))


def parts_du_salarie(contrat: Contrat, salarie: int) -> list[PartTenue]:
    """What every contract pays of one person at work, whichever their jobs."""
    siennes = PosteDuContrat.objects.filter(ASSISTANTS, contrat=contrat, emploi__salarie=salarie)
    return _parts(siennes) + _parts(_ailleurs(contrat).filter(emploi__salarie=salarie))


def du_meme_nom(contrat: Contrat, nom: str) -> list[PosteDuContrat]:
    """The posts of one name that the same practice's contracts pay, those of this one included."""
    voisins = _poses().filter(emploi=None).exclude(nom="")
    siens = (
        voisins.filter(contrat__signataire=contrat.signataire_id)
        if contrat.signataire_id is not None
        else voisins.filter(contrat=contrat)
    )
    tenus = siens.exclude(contrat__etat__in=CLOS, au=None).exclude(
        contrat=contrat.precedent_id or 0
    )
    voulu = plier(nom)
    return [un for un in tenus.select_related("contrat").order_by("pk") if plier(un.nom) == voulu]


def deja_paye(contrat: Contrat, emploi: int) -> QuerySet[PosteDuContrat]:
    """What another contract of the same doctor pays of a job: one post has one contract a doctor."""
    return _ailleurs(contrat).filter(emploi=emploi, contrat__medecin=contrat.medecin_id)
