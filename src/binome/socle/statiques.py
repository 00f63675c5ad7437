"""The addresses of our style, scripts and fonts: they are the same for as long as the process lives."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped] # no stubs are published
    CompressedManifestStaticFilesStorage,
)


class Statiques(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped there
    """Works out each address once: a page names eight of them."""

    def __init__(self, *mots: Any, **nommes: Any) -> None:
        super().__init__(*mots, **nommes)
        self._adresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file. Raises ValueError for one that was not made ready."""
        if name is None or force:
            return str(super().url(name, force))
        adresse = self._adresses.get(name)
        if adresse is None:
            adresse = self._adresses[name] = str(super().url(name))
        return adresse
