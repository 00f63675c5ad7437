"""What one setting asks of another: said with all that is wrong, before anything starts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from binome.reglages import declarations as donnes
from binome.reglages.reglage import ReglageRefuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.reglages.reglage import Environnement, Reglage

SECRET_MINIMAL: Final = 50
"""Characters: what signs sessions must not be guessed."""
ENSEMBLE: Final[tuple[tuple[Reglage[Any], tuple[Reglage[Any], ...]], ...]] = (
    (donnes.HORODATAGE, (donnes.HORODATAGE_RACINE,)),
    (donnes.PROCONNECT_EMETTEUR, (donnes.PROCONNECT_CLIENT, donnes.PROCONNECT_SECRET)),
    (donnes.NOTIFICATIONS_CLE, (donnes.NOTIFICATIONS_CONTACT,)),
    (donnes.SECURITE_CONTACT, (donnes.SECURITE_JUSQU_AU,)),
)
"""The first is of no use without the others."""


def _ensembles(environnement: Environnement | None) -> Iterator[str]:
    for chef, suite in ENSEMBLE:
        absents = [un.nom for un in suite if not un.donne(environnement)]
        if chef.donne(environnement) and absents:
            yield f"{chef.nom} est donné : donnez aussi {' et '.join(absents)}."


def role_de(adresse: str) -> str:
    """The role that an address of PostgreSQL names; empty when it names none."""
    return unquote(urlsplit(adresse).username or "")


def _deux_roles(environnement: Environnement | None) -> Iterator[str]:
    proprietaire = donnes.BASE_PROPRIETAIRE.lire(environnement)
    role = role_de(donnes.DATABASE_URL.lire(environnement))
    if proprietaire and (not role or role == role_de(proprietaire)):
        yield (
            f"{donnes.BASE_PROPRIETAIRE.nom} et {donnes.DATABASE_URL.nom} nomment le même rôle, ou n’en nomment "
            "pas : donnez-en deux (binome base roles)."
        )


def _en_production(environnement: Environnement | None) -> bool:
    return not (donnes.DEMONSTRATION.lire(environnement) or donnes.DEBUG_SITE.lire(environnement))


def _cle(environnement: Environnement | None) -> Iterator[str]:
    if 0 < len(donnes.SECRET.lire(environnement)) < SECRET_MINIMAL and _en_production(
        environnement
    ):
        yield f"{donnes.SECRET.nom} est trop court : donnez au moins {SECRET_MINIMAL} caractères tirés au hasard."


def _adresse(environnement: Environnement | None) -> Iterator[str]:
    premier = donnes.HOTES.lire(environnement)[0]
    entier = not premier.startswith(("*", "."))
    if _en_production(environnement) and not entier and not donnes.ADRESSE.donne(environnement):
        yield (
            f"{donnes.HOTES.nom} commence par « {premier} », qui n’est pas un nom entier : donnez aussi "
            f"{donnes.ADRESSE.nom}, que les courriels nomment."
        )


ACCORDS: Final = (_ensembles, _deux_roles, _cle, _adresse)


def desaccords(environnement: Environnement | None = None) -> Iterator[str]:
    """A sentence for each that does not go with another. What cannot be by itself is said elsewhere."""
    for accord in ACCORDS:
        with suppress(ReglageRefuse):
            yield from accord(environnement)
