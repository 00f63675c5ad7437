"""Every thing looked at, in the order in which one leans on the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

from binome.diagnostic import envois, lieux, papiers
from binome.diagnostic.observation import FAUTE, Sante, a_faire, bon, non_vu
from binome.reglages.declarations import HOTES, REGLAGES
from binome.socle.empechements import empechement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.diagnostic.observation import Controle, Observation

SANS_BASE: Final[tuple[tuple[str, Controle], ...]] = (
    ("disque", lieux.disque),
    ("sceau", papiers.le_sceau),
    ("horodatage", papiers.l_horodatage),
    ("base", lieux.base),
)
SUR_LA_BASE: Final[tuple[tuple[str, Controle], ...]] = (
    ("courrier", envois.courrier),
    ("travaux", envois.travaux),
    ("clés", papiers.cles_des_personnes),
    ("ancres", papiers.les_ancres),
    ("preuves", papiers.les_preuves),
    ("sauvegardes", papiers.les_sauvegardes),
)


def _configuration() -> Iterator[Observation]:
    donnes = sum(un.donne() for un in REGLAGES)
    if settings.DEBUG:
        yield a_faire(
            "configuration",
            "Le site montre le détail technique de ses fautes à tout le monde.",
            "Retirez BINOME_DEBUG_SITE.",
        )
    elif not settings.DEMONSTRATION and not HOTES.donne():
        yield a_faire(
            "configuration",
            "BINOME_HOTES manque : le site refuse toute demande faite sous son vrai nom.",
            "Donnez les noms par lesquels on l’appelle.",
        )
    else:
        sorte = " C’est une démonstration." if settings.DEMONSTRATION else ""
        yield bon("configuration", f"{donnes} réglages donnés, aucun refusé.{sorte}")


def _tenter(nom: str, controle: Controle) -> Iterator[Observation]:
    """What a check says; one that falls says it too, and does not stop the others."""
    try:
        yield from controle()
    except Exception as erreur:
        refus = empechement(erreur)
        if refus is None:
            yield a_faire(nom, FAUTE.format(type(erreur).__name__), "Transmettez cette ligne.")
        else:
            yield a_faire(nom, f"{refus.titre}.", refus.remede)


def examiner() -> Iterator[Observation]:
    """Each thing in turn, once Django is set up. What leans on a database that is away is not looked at."""
    yield from _configuration()
    tenue = True
    for nom, controle in SANS_BASE:
        for observation in _tenter(nom, controle):
            yield observation
            if observation.nom in {"base", "migrations"} and observation.etat is not Sante.BON:
                tenue = False
    for nom, controle in SUR_LA_BASE:
        if tenue:
            yield from _tenter(nom, controle)
        else:
            yield non_vu(nom, "Il faut d’abord la base.")
