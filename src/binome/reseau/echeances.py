"""What is about to end: a convention, a Qualiopi certificate; and what a convention says of itself on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import date_en_clair
from binome.reseau.etats import EN_VIE, EtatDeConvention

if TYPE_CHECKING:
    from datetime import date

    from binome.reseau.models import Convention

PALIERS: Final = (90, 30)
"""Days before an end when it is announced."""


class EcheanceDeConvention(NamedTuple):
    """What ends: `quoi` is its code, `au` its last day, `reste` how many days until it (negative once past)."""

    quoi: str
    au: date
    reste: int
    phrase: str

    @property
    def palier(self) -> int:
        """The nearest announcement that is due."""
        return min(seuil for seuil in PALIERS if self.reste <= seuil)


def echeances_de(une: Convention, jour: date) -> list[EcheanceDeConvention]:
    """What of a living convention ends within ninety days, or has ended."""
    if une.etat not in EN_VIE:
        return []
    fins = [("convention", "La convention", une.au)]
    if une.qualiopi_au is not None:
        fins.append(("qualiopi", "Le certificat Qualiopi", une.qualiopi_au))
    dites = []
    for quoi, mot, au in fins:
        reste = (au - jour).days
        if reste <= PALIERS[0]:
            dites.append(EcheanceDeConvention(quoi, au, reste, f"{mot} {_quand(au, reste)}"))
    return dites


def _quand(au: date, reste: int) -> str:
    if reste < 0:
        return f"a fini le {date_en_clair(au)}."
    if reste == 0:
        return "finit aujourd’hui."
    return f"finit le {date_en_clair(au)}, {'demain' if reste == 1 else f'dans {reste} jours'}."


def phrase_de(une: Convention, jour: date) -> str:
    """What may be said of an organisation under it that day: « sous convention » within its days alone."""
    jours = f"du {date_en_clair(une.du)} au {date_en_clair(une.au)}"
    if une.en_vigueur(jour):
        return f"Sous convention {jours} inclus."
    if une.etat == EtatDeConvention.SUSPENDUE:
        return f"Convention suspendue ; elle allait {jours} inclus."
    if jour < une.du and une.etat == EtatDeConvention.EN_COURS:
        return f"La convention commencera : elle ira {jours} inclus."
    return f"Plus sous convention : elle allait {jours} inclus."
