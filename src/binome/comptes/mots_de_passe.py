"""Passwords that a guesser tries early: sequences, repeats, well-known words, the person's own data."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

if TYPE_CHECKING:
    from binome.comptes.models import Personne

ESSAIS: Final = 9
"""Powers of ten: how many guesses a password must withstand. Argon2 and the limits of the doors do the rest."""
LUS: Final = 72
"""Characters that are weighed; those after only add to it."""
CONNUS: Final = (
    *("binome", "binôme", "assistant", "assistante", "medical", "médical", "medicale", "médicale"),
    *("secretaire", "secrétaire", "formation", "certification", "candidat", "candidate", "cabinet"),
    *("cpnefp", "branche", "organisme", "dossier", "motdepasse", "mot", "passe", "connexion"),
    *("azertyuiop", "azerty", "qsdfghjklm", "wxcvbn", "soleil", "marseille", "chouchou", "doudou"),
    *("bonjour", "jetaime", "loulou", "bienvenue", "france", "janvier", "printemps", "vacances"),
)
"""Words that French people of this trade would think of first, the site's own among them."""
_UN_A_LA_FOIS: Final = Lock()
"""The library keeps the words of a call where every thread sees them."""
RAISONS: Final = {
    "repeat": "Il répète le même morceau.",
    "sequence": "Il contient une suite, comme « 123456 » ou « abcdef ».",
    "spatial": "Ses touches se suivent sur le clavier.",
    "date": "Il est fait d’une date.",
    "dictionary": "Il est fait de mots trop connus.",
}


def raison(motifs: set[str]) -> str:
    """Why a password is weak, in one sentence."""
    return next((phrase for motif, phrase in RAISONS.items() if motif in motifs), "Il se devine.")


class Devinable:
    """Refuses what would be guessed within a thousand million tries."""

    def validate(self, password: str, user: Personne | None = None) -> None:
        """Raises ValidationError, which says why and what to do."""
        siens = re.findall(
            r"\w+", f"{user.prenom} {user.nom} {user.courriel}" if user is not None else ""
        )
        with _UN_A_LA_FOIS:
            lu = zxcvbn(password[:LUS], user_inputs=[*siens, *CONNUS])
        if float(lu["guesses_log10"]) >= ESSAIS:
            return
        motifs = {str(partie["pattern"]) for partie in lu["sequence"]}
        raise ValidationError(
            f"Ce mot de passe se devine vite. {raison(motifs)} "
            "Prenez une phrase à vous, de quatre mots au moins.",
            code="devinable",
        )

    def get_help_text(self) -> str:
        """What the form says before."""
        return "Une phrase à vous convient très bien."
