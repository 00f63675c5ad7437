"""A constraint that every column of codes has: the database knows the codes too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django.db.models import TextChoices


def parmi(champ: str, choix: type[TextChoices]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{champ}_connu", condition=Q(**{f"{champ}__in": choix.values})
    )
