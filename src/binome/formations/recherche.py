"""Finds organisations by place, by modality, by what a person types."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.formations.modeles import Modalite, Organisme


def filtrer(
    organismes: Iterable[Organisme],
    *,
    departement: str | None = None,
    region: str | None = None,
    modalite: Modalite | None = None,
    texte: str = "",
) -> tuple[Organisme, ...]:
    """The organisations that meet every criterion given, in their order.

    A place keeps those with a site known to be there; one whose site is unknown is left out, not
    denied. The text tolerates accents and case, and each of its words must be found.
    """
    return tuple(
        organisme
        for organisme in organismes
        if (departement is None or departement in _departements(organisme))
        and (region is None or region in {site.region.code for site in organisme.sites})
        and (modalite is None or organisme.modalite == modalite)
        and _parle_de(organisme, texte)
    )


def sites_par_departement(organismes: Iterable[Organisme]) -> Mapping[str, int]:
    """How many known sites each département has; a département with none is not a key."""
    return Counter(
        site.departement.code
        for organisme in organismes
        for site in organisme.sites
        if site.departement is not None
    )


def _departements(organisme: Organisme) -> set[str]:
    return {site.departement.code for site in organisme.sites if site.departement}


def _parle_de(organisme: Organisme, texte: str) -> bool:
    dit = [organisme.nom, organisme.nom_complet, *(r.texte for r in organisme.remarques)]
    for site in organisme.sites:
        dit += [site.ville or "", site.departement.nom if site.departement else "", site.region.nom]
    corpus = plier(" ".join(dit))
    return all(mot in corpus for mot in plier(texte).split())
