"""What every page on paper says: facts, alerts, where to find the answer again, sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

from binome.impression.feuille_de_presence import carre
from binome.regles.calendrier import date_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from binome.impression.renvois import Renvois
    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.motifs import Motif
    from binome.regles.regle import Alerte
    from binome.regles.sources import Citation

# Where a long address may be cut at the end of a line.
_COUPURES: Final = re.compile(r"(?<=[/?&=,+%])(?=.)")


class AvecAlertes(Protocol):
    """An answer with its alerts."""

    @property
    def alertes(self) -> tuple[Alerte, ...]:
        """What the reader must know."""
        ...  # pragma: no cover

    def sources_de(self, alerte: Alerte) -> tuple[Citation, ...]:
        """Where the rule that raised an alert comes from."""
        ...  # pragma: no cover


def faits(base: Base, dossier: Dossier) -> list[dict[str, str]]:
    """The facts declared, but the sensitive ones: the page is made to be handed over."""
    return [
        {"libelle": majuscule(fait.libelle), "valeur": fait.en_mots(dossier[nom])}
        for nom, fait in base.faits.items()
        if dossier[nom] is not None and not fait.sensible and not fait.interne
    ]


def raisons(motifs: Iterable[Motif], renvois: Renvois) -> list[dict[str, Any]]:
    """Reasons, each with its sources."""
    return [{"texte": un.texte, "renvois": renvois.cles(un.citations)} for un in motifs]


def alertes(reponse: AvecAlertes, renvois: Renvois) -> list[dict[str, Any]]:
    """Alerts, each with every rival reading."""
    return [
        {
            "titre": "Les sources divergent" if alerte.lectures else "À savoir",
            "texte": alerte.texte,
            "renvois": [] if alerte.lectures else renvois.cles(reponse.sources_de(alerte)),
            "lectures": [
                {"valeur": majuscule(une.valeur), "renvois": renvois.cles(une.sources)}
                for une in alerte.lectures
            ],
        }
        for alerte in reponse.alertes
    ]


def page(
    contenu: dict[str, Any],
    renvois: Renvois,
    *,
    base: Base,
    au: date | None,
    edite_le: date,
    adresse: str,
    mention: str,
) -> dict[str, Any]:
    """The content with what surrounds it: feet, address, and sources numbered."""
    regles = "" if au is None else f"Règles du {date_en_clair(au)}. "
    return contenu | {
        "adresse": adresse,
        "carre": carre(adresse),
        "adresse_coupee": _COUPURES.sub("\u200b", adresse),
        "mention": mention,
        "date": [edite_le.year, edite_le.month, edite_le.day],
        "pied": (
            f"Édité le {date_en_clair(edite_le)}. {regles}"
            f"Base {base.empreinte.removeprefix('sha256:')[:12]}."
        ),
        "sources": renvois.documents(),
        "numeros": renvois.numeros(),
    }
