"""What is said to who acts for a branch, and would on a path that is theirs."""

from __future__ import annotations

from typing import Final

PARTIE: Final = "Ce parcours vous concerne, vous ou votre organisation : une autre personne de la branche s’en occupe."
