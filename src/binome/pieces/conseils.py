"""What a person is told of each kind of document before choosing a file, and the words that files are named with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMES: Final = "Un PDF, ou des photos (JPEG, HEIC, PNG)."
LIMITES: Final = (
    "10 Mo et 60 pages par PDF, 20 Mo par photo : elle sera allégée. Vingt fichiers par envoi."
)
ACCEPTES: Final = ".pdf,.jpg,.jpeg,.png,.heic,.heif,image/jpeg,image/png,image/heic,application/pdf"
"""What the window of files offers first; what comes is judged by its content."""


class Conseil(NamedTuple):
    """`ou`: where one finds the document, or what to photograph; `mots`: how its files are named, without accents."""

    ou: str
    mots: tuple[str, ...]


CONSEILS: Final = {
    "identite": Conseil(
        "Votre carte d’identité (une photo du recto, une du verso), votre passeport ou votre titre de séjour.",
        ("identite", "cni", "passeport", "ci", "sejour", "recto", "verso", "id"),
    ),
    "cv": Conseil(
        "En un fichier ou deux, comme vous les avez.",
        ("cv", "motivation", "curriculum", "lettre", "lm"),
    ),
    "diplomes": Conseil(
        "Photographiez l’original, en entier. Perdu ? Qui vous l’a délivré peut en attester.",
        ("diplome", "diplomes", "bac", "baccalaureat", "bep", "cap", "bts", "cqp"),
    ),
    "experience": Conseil(
        "Le certificat de travail remis à la fin d’un emploi dit le poste et les dates. Pour l’emploi d’aujourd’hui, "
        "demandez une attestation à l’employeur.",
        ("experience", "employeur", "employeurs", "certificat", "certificats"),
    ),
    "afgsu": Conseil(
        "L’organisme qui vous a formé l’a remise à la fin : on doit y lire le niveau et la date.",
        ("afgsu", "urgence", "urgences", "secours"),
    ),
    "contrat": Conseil(
        "Toutes les pages, avec les signatures.",
        ("contrat", "promesse", "embauche", "cdi", "cdd"),
    ),
    "vae": Conseil(
        "Le formulaire rempli et signé, et ses pièces, en plusieurs fichiers si besoin.",
        ("vae", "recevabilite", "cerfa", "12818", "bulletin", "paie"),
    ),
}
"""By code of the rule base. A kind that is not here is told with what the base says of it."""
RIEN: Final = Conseil("", ())


def conseil_pour(nature: str) -> Conseil:
    """What is told of a kind; nothing more than the base's words for one that has none."""
    return CONSEILS.get(nature, RIEN)


def mots_de(texte: str) -> list[str]:
    """The words of a file's name, folded as the names of people are: letters without accents, digits."""
    return re.findall(r"[a-z]+|[0-9]+", plier(texte))


def natures_nommees(nom: str, natures: Iterable[str]) -> list[str]:
    """Among these kinds, those that the name of a file speaks of, in the order given."""
    mots = set(mots_de(nom))
    return [une for une in natures if mots & {une, *conseil_pour(une).mots}]
