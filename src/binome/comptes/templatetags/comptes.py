"""What the pages of accounts ask of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings

from binome.comptes.facteurs import code_du_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.simple_tag
def proconnect() -> bool:
    """Whether the door of ProConnect is open."""
    return bool(getattr(settings, "PROCONNECT_EMETTEUR", ""))


@register.simple_tag(takes_context=True)
def code_de_demonstration(context: Mapping[str, Any]) -> str:
    """The code that a made-up person's app would show, in a demonstration only; else nothing."""
    personne = context["request"]._login_stage.login.user
    return code_du_moment(personne) if settings.DEMONSTRATION and personne.exemple else ""
