"""Finds organisations by place, by modality, by what a person types."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from binome.formations.territoires import departements
from binome.formations.voisinage import frontieres
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.formations.modeles import Modalite, Organisme

POSTAL: Final = re.compile(r"[0-9]{5}")


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
    denied. The text tolerates accents and case, and each of its words must be found: a number is that of a
    département, or a postal code of one.
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
    corpus, codes = plier(" ".join(dit)), _departements(organisme)
    return all(mot in corpus or departement_de(mot) in codes for mot in plier(texte).split())


def departement_de(mot: str) -> str:
    """The code of the département that a folded word may be, alone or as a postal code; empty for any other."""
    code = mot.upper()
    if POSTAL.fullmatch(code):
        # Those of Corsica are told apart by their third figure, those overseas by three.
        code = {"200": "2A", "201": "2A"}.get(code[:3], "2B") if code[:2] == "20" else code[:2]
        code = mot[:3] if code == "97" else code
    return code if code in departements() else ""


def les_plus_proches(
    organismes: Iterable[Organisme], departement: str
) -> list[tuple[Organisme, int]]:
    """The organisations with a site that a road may lead to, the fewest borders of départements first.

    A border crossed is the only measure that we hold: neither towns nor roads.
    """
    bornes = frontieres({departement})
    trouves = []
    for organisme in organismes:
        lus = [bornes[code] for code in _departements(organisme)]
        connus = [une for une in lus if une is not None]
        if connus:
            trouves.append((organisme, min(connus)))
    return sorted(trouves, key=lambda un: (un[1], un[0].nom))
