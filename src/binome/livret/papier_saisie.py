"""What a person says that they read on the scan of printed cards: one form, a part a week, prefilled with nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from binome.gestes.refus import GesteImpossible
from binome.livret.etats import DITES, CoteDuBinome, Valeur
from binome.livret.models import Appreciation
from binome.livret.papier import SemaineConfirmee
from binome.livret.programme import competences_du_parcours
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from binome.livret.papier_modeles import CarteScannee
    from binome.regles.competences import Competence

AUTRE: Final = "autre"
"""The line where a competence that was not printed is written by hand."""
RIEN: Final = "Dites ce que vous lisez sur la page, ou mettez-la de côté."
SANS_LIGNE: Final = "Rien n’est coché pour la semaine du {} : une signature porte sur des réponses."
SANS_JOUR: Final = "Recopiez le jour écrit à côté des signatures de la semaine du {}."
JOUR_FAUX: Final = "Le jour des signatures de la semaine du {} ne va pas : il n’est ni avant cette semaine, ni dans l’avenir."
SANS_CASE: Final = "Pour la semaine du {}, dites quelle case est cochée en face de « {} »."
SANS_NOM: Final = "Pour la semaine du {}, choisissez la compétence écrite à la main."


@dataclass(frozen=True)
class LigneALire:
    """A line of a printed card: the names of its fields, what was said of it by phone, and what is typed now."""

    nom: str
    intitule: str
    deja: str
    valeur: str
    phrase: str


@dataclass(frozen=True)
class SemaineALire:
    """A printed week, to be read."""

    semaine: date
    lignes: tuple[LigneALire, ...]
    autre: str
    cotes: tuple[tuple[str, str, bool], ...]
    jour: str


def semaines_a_lire(
    page: CarteScannee, tape: Mapping[str, str]
) -> tuple[list[SemaineALire], tuple[Competence, ...]]:
    """The form of a scan with what was typed in it, and the competences that may be written by hand."""
    connues = competences_du_parcours(page.parcours)
    intitules = {une.code: une.intitule for une in connues}
    dites = {
        (semaine.isoformat(), code): Valeur(valeur).label
        for semaine, code, valeur in Appreciation.objects.filter(
            carte__parcours=page.parcours, etat__in=DITES
        )
        .order_by("pk")
        .values_list("carte__semaine", "competence", "valeur")
    }
    semaines = []
    for lundi, codes in sorted(page.semaines.items()):
        lignes = tuple(
            LigneALire(
                f"{lundi}-{code}",
                intitules.get(code, "Une autre compétence, écrite à la main"),
                dites.get((lundi, code), ""),
                tape.get(f"v-{lundi}-{code}", ""),
                tape.get(f"p-{lundi}-{code}", ""),
            )
            for code in (*codes, AUTRE)
        )
        cotes = tuple(
            (cote.value, cote.label, f"s-{lundi}-{cote.value}" in tape) for cote in CoteDuBinome
        )
        semaines.append(
            SemaineALire(
                date.fromisoformat(lundi),
                lignes,
                tape.get(f"c-{lundi}", ""),
                cotes,
                tape.get(f"j-{lundi}", ""),
            )
        )
    return semaines, connues


def lire_les_semaines(
    page: CarteScannee, tape: Mapping[str, str], maintenant: datetime, fuseau: ZoneInfo
) -> list[SemaineConfirmee]:
    """What was read, week by week; the weeks of which nothing is said are left out. Raises GesteImpossible."""
    semaines, connues = semaines_a_lire(page, tape)
    codes = {une.code for une in connues}
    lues = [lue for une in semaines if (lue := _lire(une, codes, maintenant, fuseau)) is not None]
    if not lues:
        raise GesteImpossible(RIEN)
    return lues


def _lire(
    une: SemaineALire, connues: set[str], maintenant: datetime, fuseau: ZoneInfo
) -> SemaineConfirmee | None:
    quand = date_en_clair(une.semaine)
    lignes = []
    for ligne in une.lignes:
        code = ligne.nom.rpartition("-")[2]
        phrase = " ".join(ligne.phrase.split())
        if not ligne.valeur:
            if phrase:
                raise GesteImpossible(SANS_CASE.format(quand, ligne.intitule))
            continue
        if code == AUTRE:
            code = une.autre
            if code not in connues:
                raise GesteImpossible(SANS_NOM.format(quand))
        lignes.append((code, ligne.valeur, phrase))
    cotes = tuple(cote for cote, _, signee in une.cotes if signee)
    if not lignes:
        if cotes:
            raise GesteImpossible(SANS_LIGNE.format(quand))
        return None
    signee_le = maintenant
    if cotes:
        signee_le = min(_le_jour(une, maintenant, fuseau), maintenant)
    return SemaineConfirmee(une.semaine, tuple(lignes), cotes, signee_le)


def _le_jour(une: SemaineALire, maintenant: datetime, fuseau: ZoneInfo) -> datetime:
    """Noon of the day written beside the signatures: paper bears no hour."""
    quand = date_en_clair(une.semaine)
    if not une.jour:
        raise GesteImpossible(SANS_JOUR.format(quand))
    try:
        jour = date.fromisoformat(une.jour)
    except ValueError:
        raise GesteImpossible(JOUR_FAUX.format(quand)) from None
    if not une.semaine <= jour <= maintenant.astimezone(fuseau).date():
        raise GesteImpossible(JOUR_FAUX.format(quand))
    return datetime.combine(jour, time(12), fuseau)
