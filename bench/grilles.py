"""The boundary grid as complete dossiers: what every engine must answer alike before any timing.

The grid leaves unknown what a rule does not read; peers have no unknown, so each dossier is filled
in from several ordinary people, which also crosses every boundary with other circumstances.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

from bench.colonnes import (
    AUTRES_DATES,
    AUTRES_FAITS,
    CONTRATS,
    DATES,
    DIPLOMES,
    EMPLOYEURS,
    ENTIERS,
    FAITS,
    INCONNU,
    SITUATIONS,
    en_jours,
)
from binome.regles.calendrier import ajouter_mois
from binome.regles.grille import grille

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.base import Base
    from binome.regles.faits import Dossier

ENTREES: Final = (date(2022, 3, 16), date(2022, 9, 5), date(2024, 9, 2), date(2026, 1, 15))
"""Days of entry given to the dossiers of the grid that have none."""

_Personne = dict[str, Any]
PERSONNES: Final[tuple[_Personne, ...]] = (
    # Nothing that opens a way or exempts.
    {"niveau_diplome": 3, "mois": 0, "dentaire": 0, "diplomes": (), "afgsu": 0, "age": 6},
    # A bac, and an AFGSU valid whatever the jury.
    {"niveau_diplome": 4, "mois": 0, "dentaire": 12, "diplomes": (), "afgsu": 1, "age": 6},
    # Experience alone, and an AFGSU on its last day when entering.
    {"niveau_diplome": 3, "mois": 36, "dentaire": 11, "diplomes": (), "afgsu": 1, "age": 48},
    # Two exemptions that add up, and an AFGSU of level 2.
    {
        "niveau_diplome": 4,
        "mois": 24,
        "dentaire": 12,
        "diplomes": ("secretaire_medical", "aide_dentaire"),
        "afgsu": 2,
        "age": 6,
    },
)
"""Experience in months, and the AFGSU's age in months at entry."""


def _remplir(dossier: Dossier, entree: date, personne: _Personne) -> Dossier:
    """The dossier with every fact known; what the grid fixed stays as it is."""
    jury = dossier["date_jury"]
    autour = jury if isinstance(jury, date) else entree
    neutres: Dossier = {
        "date_entree": entree,
        "diplomes": frozenset(personne["diplomes"]),
        "niveau_diplome": personne["niveau_diplome"],
        "experience_secretaire_mois": personne["mois"],
        "experience_dentaire_mois": personne["dentaire"],
        "afgsu_niveau": personne["afgsu"],
        "afgsu_date": ajouter_mois(autour, -personne["age"]),
        "date_jury": entree + timedelta(days=300),
        "situation": "salarie_cabinet",
        "contrat": "cdi",
        "employeur_contrat": "cabinet",
        "heures_experience_vae": 0,
        "date_prise_fonction": entree,
        "date_signature_contrat_aide": entree,
        "date_depot": entree,
        "date_naissance": date(1990, 1, 1),
    }
    return {nom: neutres[nom] if valeur is None else valeur for nom, valeur in dossier.items()}


def _complets(base: Base) -> Iterator[Dossier]:
    for dossier in grille(base):
        entree = dossier["date_entree"]
        for jour in (entree,) if isinstance(entree, date) else ENTREES:
            for personne in PERSONNES:
                yield _remplir(dossier, jour, personne)


def _chiffre(nom: str, dossier: Dossier) -> int:
    if nom in DIPLOMES:
        diplomes = dossier["diplomes"]
        assert isinstance(diplomes, frozenset)
        return int(nom in diplomes)
    valeur = dossier[nom]
    if nom in DATES or nom in AUTRES_DATES:
        return en_jours(valeur) if isinstance(valeur, date) else INCONNU
    if nom == "situation":
        return SITUATIONS.index(str(valeur))
    if nom == "contrat":
        return CONTRATS.index(str(valeur))
    if nom == "employeur_contrat":
        return EMPLOYEURS.index(str(valeur))
    assert isinstance(valeur, int)
    return valeur


def _en_colonnes(dossiers: Iterable[Dossier]) -> dict[str, list[int]]:
    """Columns of the dossiers, those that differ only by what the peers do not read once."""
    vus: dict[tuple[int, ...], tuple[int, ...]] = {}
    for dossier in dossiers:
        lus = tuple(_chiffre(nom, dossier) for nom in FAITS)
        if lus not in vus:
            vus[lus] = tuple(_chiffre(nom, dossier) for nom in AUTRES_FAITS)
    lignes = [(*lus, *autres) for lus, autres in vus.items()]
    noms = (*FAITS, *AUTRES_FAITS)
    return {
        nom: list(valeurs) for nom, valeurs in zip(noms, zip(*lignes, strict=True), strict=True)
    }


def complete(base: Base) -> dict[str, list[int]]:
    """The grid, every fact known."""
    _verifier(base)
    return _en_colonnes(_complets(base))


def sans_jury(base: Base) -> dict[str, list[int]]:
    """The same people before a jury has a date: a rule of its own, which complete dossiers skip.

    Some have no date of AFGSU either. Every peer can test whether a date is there; their rules
    must do as ours.
    """
    ages = (0, 11, 12, 13, 48)

    def dossiers() -> Iterator[Dossier]:
        # One in some: who these people are was crossed with every boundary already.
        for dossier in islice(_complets(base), 0, None, 61):
            entree = dossier["date_entree"]
            assert isinstance(entree, date)
            yield {**dossier, "date_jury": None, "afgsu_date": None}
            for age, ecart in product(ages, (-1, 0, 1)):
                obtenue = ajouter_mois(entree, -age) + timedelta(days=ecart)
                yield {**dossier, "date_jury": None, "afgsu_date": obtenue, "afgsu_niveau": 1}

    return _en_colonnes(dossiers())


def _verifier(base: Base) -> None:
    """The bench knows every fact of the base and every code of its lists, or says which it lacks."""
    connus = {*DATES, *ENTIERS, "diplomes", *AUTRES_FAITS}
    manquants = set(base.faits) ^ connus
    manquants |= set(base.faits["diplomes"].valeurs) ^ set(DIPLOMES)
    manquants |= set(base.faits["situation"].valeurs) ^ set(SITUATIONS)
    manquants |= set(base.faits["contrat"].valeurs) ^ set(CONTRATS)
    manquants |= set(base.faits["employeur_contrat"].valeurs) ^ set(EMPLOYEURS)
    if manquants:
        msg = f"le bench ne connaît pas les faits de la base : {', '.join(sorted(manquants))}"
        raise ValueError(msg)
