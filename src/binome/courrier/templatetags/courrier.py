"""What the pages say of mails."""

from __future__ import annotations

from typing import Any

from django import template

from binome.courrier.sorts import perdus, raison

register = template.Library()


@register.inclusion_tag("courrier/perdus.html")
def courriels_perdus(reference: str) -> dict[str, Any]:
    """The mails about a dossier that reached nobody; for who answers for them."""
    lus = perdus().filter(reference=reference).order_by("-pk")[:5]
    return {"courriels": [{"message": un, "raison": raison(un)} for un in lus]}
