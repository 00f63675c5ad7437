"""The sentence that a person wrote of a rule (`dit`): what it is refused for.

It says the condition, the result and the exception as one says them aloud. What decides stays the rule
itself, rendered word for word by `dire`; this one is read first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGUEUR: Final = 220
"""Characters: what is said in one breath, or two."""
_CODE: Final = re.compile(r"\w_\w|[A-Za-z]\.\w|[{}`<>=→|]|\b[a-z]+\d{3,}")
"""What a program calls a thing: an underscore, a dotted name, a sign of code."""


@lru_cache(maxsize=4096)
def fautes(phrase: str) -> tuple[str, ...]:
    """What a sentence is refused for, in words; nothing when it can be said aloud.

    Kept: each reading of the base, with a reform or without, has the same sentences.
    """
    return tuple(_fautes(phrase))


def _fautes(phrase: str) -> Iterator[str]:
    if phrase != " ".join(phrase.split()):
        yield "des espaces ou des retours à la ligne de trop"
    if not phrase[:1].isupper() and not phrase[:1].isdigit() and phrase[:1] != "«":
        yield "elle ne commence pas par une majuscule"
    if not phrase.endswith("."):
        yield "elle ne finit pas par un point"
    if len(phrase) > LONGUEUR:
        yield f"elle fait {len(phrase)} caractères, {LONGUEUR} au plus"
    if "'" in phrase:
        yield "une apostrophe droite (écrivez ’)"
    if any(une.count(" : ") > 1 for une in phrase.split(". ")):
        yield "deux fois deux points dans une phrase"
    if code := _CODE.search(phrase):
        yield f"un mot de programme (« {code.group()} »)"
