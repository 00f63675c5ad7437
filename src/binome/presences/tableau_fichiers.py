"""What an organisation hands to a funder: the table of a session line by line, a person's minutes by module."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Final

from binome.listes.tableaux import ecrire_csv, ecrire_xlsx
from binome.presences.avancement import avancement
from binome.sessions.horloge import a_l_horloge
from binome.sessions.programme import intitule_du_creneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from binome.listes.tableaux import Cellule
    from binome.parcours.models import Parcours
    from binome.presences.tableau import TableauDePresence

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DE_LA_SESSION: Final = (
    "Dossier", "Personne", "Jour", "De", "À", "Bloc", "Module", "Intitulé", "Minutes du créneau", "Présence retenue",
    "Minutes suivies", "Minutes prouvées", "Comptées dans un autre créneau", "A signé", "Contresigné le", "Contresigné par",
)  # fmt: skip
DU_PARCOURS: Final = (
    "Dossier", "Personne", "Module", "Intitulé", "Bloc", "Minutes à suivre", "Minutes prouvées", "Minutes à prouver",
    "Minutes manquées", "Comptées dans un autre créneau", "Minutes prévues",
)  # fmt: skip


def lignes_de_la_session(tableau: TableauDePresence) -> Iterator[Sequence[Cellule]]:
    """One line for each person and slot that was theirs, the slots in their order."""
    intitules = {un.pk: intitule_du_creneau(un) for un in tableau.creneaux}
    for rang in tableau.rangs:
        dossier = rang.parcours.dossier
        for une in rang.attendues:
            un = une.creneau
            fuseau = un.session.site.fuseau
            ici = a_l_horloge(un)
            gele = un.gele_le.astimezone(fuseau) if un.gele_le else None
            yield (
                dossier.reference, dossier.personne, ici.jour, f"{un.debut.astimezone(fuseau):%H:%M}",
                f"{un.fin.astimezone(fuseau):%H:%M}", un.bloc, un.module, intitules[un.pk], un.minutes, str(une.quoi),
                une.suivies, une.prouvees, une.comptee.en_double, une.comment,
                f"{gele:%Y-%m-%d %H:%M}" if gele else "", str(un.gele_par or ""),
            )  # fmt: skip


def lignes_du_parcours(parcours: Parcours) -> Iterator[Sequence[Cellule]]:
    """One line for each module to follow; what no source gives stays empty."""
    dossier = parcours.dossier
    for un in avancement(parcours).modules:
        faites = un.faites
        yield (
            dossier.reference, dossier.personne, un.code, un.intitule, un.bloc, "" if un.dues is None else un.dues,
            faites.prouvees, faites.a_prouver, faites.manquees, faites.en_double, faites.prevues,
        )  # fmt: skip


def ecrire(
    sorte: str, feuille: str, titres: Sequence[str], lignes: Iterable[Sequence[Cellule]]
) -> IO[bytes]:
    """The file, open at its beginning: whoever answers closes it."""
    sortie = tempfile.TemporaryFile(prefix="binome-presences-")  # noqa: SIM115 - the answer closes it
    try:
        if sorte == "xlsx":
            ecrire_xlsx(feuille, titres, lignes, sortie)
        else:
            ecrire_csv(titres, lignes, sortie)
        sortie.seek(0)
    except BaseException:
        sortie.close()
        raise
    return sortie
