"""What the machine refuses to do: no place left, a disk or a database that only reads, or that is away, a clock set back.

Each is told apart from a fault of ours, so that who reads knows that nothing of theirs is at fault.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import DatabaseError, InterfaceError

from binome.cloison.places import CloisonPleine
from binome.socle.dans_l_ordre import est_de_l_horloge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Empechement(NamedTuple):
    """A refusal of the machine.

    The HTTP status and the seconds to wait before asking again; what happened; what the operator does.
    """

    code: str
    statut: int
    attente: int
    titre: str
    remede: str


PLEIN: Final = Empechement(
    "disque_plein",
    507,
    300,
    "Le disque est plein",
    "Libérez de la place, puis recommencez.",
)
LECTURE_SEULE: Final = Empechement(
    "indisponible",
    503,
    300,
    "L’enregistrement est arrêté",
    "Le disque ou la base ne s’ouvre qu’en lecture. Rendez-lui l’écriture, puis recommencez.",
)
OCCUPEE: Final = Empechement(
    "indisponible",
    503,
    5,
    "Trop de personnes enregistrent en même temps",
    "Recommencez dans un instant.",
)
INJOIGNABLE: Final = Empechement(
    "indisponible",
    503,
    30,
    "La base de données ne répond pas",
    "Vérifiez qu’elle tourne, que son disque s’ouvre, et ce que nomment DATABASE_URL et "
    "BINOME_DONNEES, puis recommencez.",
)
_RESTAURER: Final = (
    "Mettez-le de côté sans l’effacer, vérifiez BINOME_DONNEES, puis remettez la dernière sauvegarde "
    "(binome restaurer, docs/exploitation.md)."
)
PAS_UNE_BASE: Final = Empechement(
    "indisponible", 503, 300, "Le fichier de la base de données n’en est pas une", _RESTAURER
)
ABIMEE: Final = Empechement(
    "indisponible", 503, 300, "Le fichier de la base de données est abîmé", _RESTAURER
)
EN_ARRIERE: Final = Empechement(
    "indisponible",
    503,
    300,
    "L’horloge du serveur a été reculée",
    "Ce qui s’écrit serait daté d’avant ce qu’il suit. Mettez l’horloge à l’heure, puis recommencez.",
)
LECTURES: Final = Empechement(
    "indisponible",
    503,
    60,
    "Beaucoup de documents sont lus en ce moment",
    "Recommencez dans une minute.",
)

_SYSTEME: Final[Mapping[int, Empechement]] = {
    errno.ENOSPC: PLEIN,
    errno.EDQUOT: PLEIN,
    errno.EFBIG: PLEIN,
    errno.EROFS: LECTURE_SEULE,
    errno.EACCES: LECTURE_SEULE,
    errno.EPERM: LECTURE_SEULE,
}
# https://sqlite.org/rescode.html: the low byte is the kind, the rest says more.
_SQLITE: Final[Mapping[int, Empechement]] = {
    5: OCCUPEE,  # BUSY
    6: OCCUPEE,  # LOCKED
    8: LECTURE_SEULE,  # READONLY
    11: ABIMEE,  # CORRUPT
    13: PLEIN,  # FULL
    14: INJOIGNABLE,  # CANTOPEN
    26: PAS_UNE_BASE,  # NOTADB
}
_SQLITE_IOERR_WRITES: Final[Mapping[int, Empechement]] = {
    778: PLEIN,  # IOERR_WRITE: a limit on the size of files ends here
    4874: PLEIN,  # IOERR_SHMSIZE: no place for the index of the WAL
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: Final[Mapping[str, Empechement]] = {
    "53100": PLEIN,
    "25006": LECTURE_SEULE,
    "53300": OCCUPEE,
    "55P03": OCCUPEE,
    "57014": OCCUPEE,  # a statement that passed its time
    "25P03": OCCUPEE,  # a transaction left idle
    "57P01": INJOIGNABLE,
    "57P02": INJOIGNABLE,
    "57P03": INJOIGNABLE,
}


def _chaine(erreur: BaseException | None) -> Iterator[BaseException]:
    """An exception, then those that it came from."""
    vues: set[int] = set()
    while erreur is not None and id(erreur) not in vues:
        vues.add(id(erreur))
        yield erreur
        erreur = erreur.__cause__ or erreur.__context__


def _un(erreur: BaseException) -> Empechement | None:
    if isinstance(erreur, CloisonPleine):
        return LECTURES
    if isinstance(erreur, OSError) and erreur.errno is not None:
        return _SYSTEME.get(erreur.errno)
    if est_de_l_horloge(erreur):
        return EN_ARRIERE
    code = getattr(erreur, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE_IOERR_WRITES.get(code) or _SQLITE.get(code & 0xFF)
    etat = getattr(erreur, "sqlstate", None)
    if isinstance(etat, str):
        return INJOIGNABLE if etat.startswith("08") else _POSTGRESQL.get(etat)
    # psycopg gives no state to a connection that could not be made, or that fell.
    if type(erreur).__name__ in {"OperationalError", "PoolTimeout"} and not isinstance(
        erreur, DatabaseError
    ):
        return INJOIGNABLE
    return INJOIGNABLE if isinstance(erreur, InterfaceError) else None


def empechement(erreur: BaseException | None) -> Empechement | None:
    """What the machine refused, behind an exception; None when the fault is ours."""
    return next((trouve for une in _chaine(erreur) if (trouve := _un(une)) is not None), None)
