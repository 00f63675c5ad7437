"""Where one answers what an organisation writes: an address that it gives, and that its mails carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from binome.comptes.models import Organisation
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from collections.abc import Iterable


@transaction.atomic
def fixer_le_contact(organisation: Organisation, contact: str, *, auteur: str) -> None:
    """Where one answers what an organisation writes; empty for nowhere. The journal does not keep the address."""
    tenue = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if tenue.contact == contact:
        return
    tenue.contact = contact
    tenue.save(update_fields=["contact"])
    ecrire(
        Ecriture(
            "organisation.contact",
            f"organisation:{tenue.pk}",
            auteur=auteur,
            apres={"dit": bool(contact)},
            lignes=lignes([tenue], "contact"),
        )
    )


def contacts(numeros: Iterable[int | None]) -> dict[int, str]:
    """Where one answers each of these organisations; those that said nothing are left. One query, or none."""
    connus = {un for un in numeros if un}
    if not connus:
        return {}
    joints = Organisation.objects.filter(pk__in=connus).exclude(contact="").order_by()
    return dict(joints.values_list("pk", "contact"))
