"""Mails written in a folder instead of being sent, for demonstrations: one file a mail, and none for long.

A file bears the number of its mail, so that what is erased in the outbox is erased here as well.
"""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from binome.ecriture import PARTIEL, entier
from binome.socle.transit import ABANDON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.core.mail import EmailMessage

GARDE: Final = timedelta(days=7)
"""How long a file is kept. A choice of ours: long enough to be read, on a machine where one looks at mails."""
SUFFIXE: Final = ".eml"
ANCIEN: Final = ".log"
"""How the name of a file ended that held the mails of several people together."""


def _place() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


class Fichiers(BaseEmailBackend):
    """Writes each mail whole in a file of its own, that its owner alone reads."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were written. Raises OSError when the disk refuses."""
        place = _place()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for courriel in email_messages:
            numero = re.match(r"<(\d+)\.", courriel.extra_headers["Message-ID"])
            if numero is None:
                msg = "ce courriel n’est pas de la file d’envoi"
                raise ValueError(msg)
            with entier(place / f"{numero[1]}{SUFFIXE}") as fichier:
                fichier.write(courriel.message().as_bytes())
        return len(email_messages)


def effacer(numeros: Iterable[int]) -> None:
    """Erases the files of some mails; one that was not written is no fault. Raises OSError."""
    for numero in numeros:
        (_place() / f"{numero}{SUFFIXE}").unlink(missing_ok=True)


def balayer(effaces: Callable[[set[int]], set[int]]) -> int:
    """Erases what is old, what was erased in the outbox meanwhile, and files of several people; how many.

    `effaces` says which of some mails are erased. It also ends what a kill left between outbox and folder.
    """
    place = _place()
    if not place.is_dir():
        return 0
    maintenant = time.time()
    limite = maintenant - GARDE.total_seconds()
    abandon = maintenant - ABANDON.total_seconds()
    presents = {int(un.stem): un for un in place.glob(f"*{SUFFIXE}") if un.stem.isdecimal()}
    finis = {numero for numero, un in presents.items() if un.stat().st_mtime < limite}
    finis |= effaces(presents.keys() - finis)
    ecartes = [*(presents[numero] for numero in sorted(finis)), *place.glob(f"*{ANCIEN}")]
    ecartes += [un for un in place.glob(f"*{PARTIEL}") if un.stat().st_mtime < abandon]
    for un in ecartes:
        un.unlink(missing_ok=True)
    return len(ecartes)
