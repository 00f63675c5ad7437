"""What to do after a fault, said in a sentence of the source: nobody can be named in it."""

from __future__ import annotations

from typing import ClassVar, Final

OU: Final = "Voyez docs/exploitation.md, « When a job fails »."


class FauteSuivie(Exception):
    """A fault whose kind alone says the next step, since its message may not be written in a log."""

    suite: ClassVar[str]


def suite_de(faute: BaseException) -> str:
    """The next step after a fault, for who operates, and where to read more; empty when its kind says none."""
    return f"{faute.suite} {OU}" if isinstance(faute, FauteSuivie) else ""
