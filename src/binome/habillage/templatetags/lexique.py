"""The glossary in place: a word of the field is a button that opens its meaning, without a script.

Its first time on a page is enough. What each button opens comes after the content: a browser that knows no popover
shows it there, as a list.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from binome.habillage.ancres import ancre
from binome.habillage.sigles import lexique

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()
LEXIQUE: Final = lexique()
GLOSES: Final = "mots_gloses"
"""Where a request holds the words that its page explained."""
_MOT: Final = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(map(re.escape, LEXIQUE), key=len, reverse=True))})(s?)(?![\w-])"
)


@register.simple_tag(takes_context=True)
def gloser(context: RequestContext, texte: str) -> SafeString:
    """A text whose words of the field open their meaning, each once on a page. Never inside a link."""
    request = context.get("request")
    if request is None:
        return conditional_escape(texte)
    vus: dict[str, str] = request.__dict__.setdefault(GLOSES, {})

    def remplacer(trouve: re.Match[str]) -> str:
        mot = trouve[1]
        if mot in vus:
            return trouve[0]
        vus[mot] = ancre(mot)
        return (
            f'<button type="button" class="mot" popovertarget="mot-{vus[mot]}">{trouve[0]}</button>'
        )

    return mark_safe(_MOT.sub(remplacer, conditional_escape(texte)))  # noqa: S308 - escaped just before


@register.simple_tag(takes_context=True)
def mots_gloses(context: RequestContext) -> SafeString:
    """What the words that a page explains mean; nothing when it explains none."""
    vus = getattr(context.get("request"), GLOSES, {})
    dits = "".join(_dit(mot) for mot in vus)
    return mark_safe(f'<div class="mots-dits">{dits}</div>' if dits else "")  # noqa: S308 - our own words


@cache
def _dit(mot: str) -> str:
    mots = {"mot": mot, "ancre": ancre(mot), "dit": LEXIQUE[mot]}
    return render_to_string("composants/mot.html", mots).strip()
