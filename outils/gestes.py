"""Writes the page of gestures, docs/gestes.md, from the tables of the rooms."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import django

PAGE: Final = Path(__file__).parents[1] / "docs" / "gestes.md"


def main() -> None:
    """Writes the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    django.setup()
    from binome.gestes.annonce import en_markdown  # noqa: PLC0415 - the rooms must be ready first

    PAGE.write_text(en_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
