"""What the pages of aid contracts ask of the house."""

from __future__ import annotations

from django import template

from binome.contrats_d_aide.parts_aidees import pourcentage

register = template.Library()


@register.filter
def part_de_temps(part: int) -> str:
    """A share of time in words."""
    return pourcentage(part)
