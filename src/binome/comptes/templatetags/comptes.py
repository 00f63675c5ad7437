"""What the pages of accounts ask of the house."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def proconnect_ouvert() -> bool:
    """Whether the door of ProConnect is configured."""
    return bool(settings.PROCONNECT)
