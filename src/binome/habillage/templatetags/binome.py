"""The tags every page may use: durations, dates, the source markers, the links of the time machine."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django import template
from django.template.defaultfilters import date as dater
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from binome.habillage.ancres import adresse_de
from binome.habillage.provenance import suivre
from binome.habillage.sigles import SIGLES
from binome.regles.calendrier import date_en_clair, duree_en_clair, montant_en_clair
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.typographie import typographier_un_morceau
from binome.typographie import elider, minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.forms import BaseForm
    from django.template import RequestContext

    from binome.regles.sources import Citation

register = template.Library()
DEUX: Final = 2
PREMIER: Final = re.compile(
    r"(?<![^\W_])1 (?=(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))"
)
"""The first of a month, written as any other day, alone or after its weekday; an hour is none."""
HEURE: Final = r"G \h i"
"""How every page says an hour, however a template asks for it: `9 h 30`, and `9 h` when it is whole."""


@register.filter
def duree(minutes: int | None) -> str:
    """Minutes as `283 h 30`; what is unknown says so."""
    return "durée inconnue" if minutes is None else duree_en_clair(minutes)


@register.filter
def euros(cents: int | None) -> str:
    """Cents as an amount that people read, empty for none."""
    return "" if cents is None else montant_en_clair(cents)


@register.filter(expects_localtime=True)
def jour(valeur: date | None) -> str:
    """A date as `15 janvier 2026`; what is unknown says so."""
    return "date inconnue" if valeur is None else date_en_clair(valeur)


@register.filter(name="date", expects_localtime=True)
def date_a_la_francaise(valeur: date | str | None, forme: str | None = None) -> str:
    """A date as its format asks for it, but the first of a month, which French calls `1er`, and a whole hour: `9 h`.

    It takes the place of the framework's own.
    """
    if forme is not None:
        entiere = getattr(valeur, "minute", None) == 0
        dite = HEURE.removesuffix(" i") if entiere else HEURE
        forme = forme.replace("H:i", HEURE).replace(HEURE, dite)
    return PREMIER.sub("1er ", dater(valeur, forme))


@register.filter(name="time", expects_localtime=True)
def heure_a_la_francaise(valeur: datetime | None, forme: str | None = None) -> str:
    """The hour of an instant, said as in a date; it takes the place of the framework's own."""
    return date_a_la_francaise(valeur, forme)


@register.simple_tag(name="now")
def a_l_instant(forme: str) -> str:
    """This very instant, said as in a date; it takes the place of the framework's own."""
    return date_a_la_francaise(timezone.localtime(), forme)


register.filter("minuscule", minuscule)
register.filter("adresse_entiere", adresse_entiere)


@register.simple_block_tag(takes_context=True)
def retenir(context: RequestContext, content: str, nom: str) -> str:
    """What a part of a page says, said there and kept under a name for what comes after."""
    context.dicts[0][nom] = content
    return content


@register.simple_tag(takes_context=True, name="suivre")
def adresse_suivie(context: RequestContext, nom: str, *args: object, **dites: object) -> str:
    """The address of a page that keeps the list one came from: `{% suivre 'dossier' reference %}`."""
    return suivre(context["request"], nom, *args, **dites)


@register.filter
def de(nom: object) -> str:
    """A name after its `de`: « d’Organisme », « de Pau »."""
    return elider("de", str(nom))


@register.filter
def iso(valeur: date) -> str:
    """A date as a form field needs it."""
    return valeur.isoformat()


@register.filter
def par_groupes(chiffres: str) -> str:
    """A SIRET or an RPPS as it is read aloud: three figures, three figures, three figures, the rest."""
    return " ".join((chiffres[:3], chiffres[3:6], chiffres[6:9], chiffres[9:])).strip()


@register.filter
def pluralize(valeur: object, mots: str = "s") -> str:
    """The mark of the plural, as French agrees: none and one are singular, where English writes « 0 files ».

    It takes the place of the framework's own: « s », or the words for one and for several.
    """
    un, _, plusieurs = mots.rpartition(",")
    try:
        combien = float(valeur) if isinstance(valeur, int | float | str) else len(valeur)  # type: ignore[arg-type] # what counts has a length
    except (TypeError, ValueError):
        return ""
    return plusieurs if abs(combien) >= DEUX else un


@register.inclusion_tag("composants/resume.html")
def resume_des_fautes(form: BaseForm) -> dict[str, list[dict[str, str]]]:
    """What is wrong in a form that came back, each line leading to its field; nothing while it is right."""
    fautes = [
        {"vers": form[nom].id_for_label or form[nom].auto_id, "champ": str(form[nom].label), "raison": str(dites[0])}
        for nom, dites in form.errors.items()
        if nom in form.fields
    ]  # fmt: skip
    return {"fautes": fautes}


@register.simple_tag
def sigles(*noms: str) -> str:
    """Acronyms and their words, as a page lists those that it uses."""
    return " ".join(f"{nom} : {SIGLES[nom]}." for nom in noms)


@register.simple_tag
def sources(citations: Iterable[Citation], regle: str = "") -> SafeString:
    """The markers of a figure or of a reason: each opens its paragraph in place."""
    uniques = {str(citation): citation for citation in citations}
    # Two certifications may sum the same passage up differently.
    cle = (tuple((nom, un.resume) for nom, un in uniques.items()), regle)
    rendus = _MARQUEURS.get(cle)
    if rendus is None:
        rendus = _MARQUEURS[cle] = _rendre(uniques.values(), regle)
    return mark_safe(rendus.replace(_RACINE, get_script_prefix()))  # noqa: S308 - a day, or a slash


@register.simple_tag
def liens_du_pied() -> SafeString:
    """The links at the foot of every page."""
    return _liens_du_pied(get_script_prefix())


@lru_cache(maxsize=64)
def _liens_du_pied(prefixe: str) -> SafeString:  # noqa: ARG001 - where the site is served: its day
    """They only change with the day: written once for each."""
    return mark_safe(render_to_string("composants/pied.html"))  # noqa: S308 - our own template


_RACINE: Final = "/@racine@/"
_BLANCS: Final = re.compile(r"\s*\n\s*")
"""What indents a template: a page has dozens of these, and no reader sees it."""
_MARQUEURS: Final[dict[tuple[tuple[tuple[str, str], ...], str], str]] = {}
"""Rendered once: a page has dozens, and the register has a few hundred. The day is put in after."""


def _rendre(citations: Iterable[Citation], regle: str) -> str:
    marqueurs = [
        {
            "citation": citation,
            "adresse": f"{_RACINE}{adresse_de(citation)}",
        }
        for citation in citations
    ]
    rendu = render_to_string("composants/sources.html", {"marqueurs": marqueurs, "regle": regle})
    return typographier_un_morceau(_BLANCS.sub(" ", rendu))
