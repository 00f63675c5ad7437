"""The mail by which an organisation tells somebody something, with one page to open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.courrier.services import AMettre, cle_pour
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.models import Organisation


def nouvelle_de(
    organisation: Organisation,
    courriel: str,
    *,
    cle: str,
    sujet: str,
    phrase: str,
    action: str,
    page: str,
    pourquoi: str,
    exemple: bool,
    certification: str = "",
    reference: str = "",
    pieces_jointes: Sequence[Mapping[str, str]] = (),
    **autres: Any,
) -> AMettre:
    """The mail to queue, that the organisation writes and answers for; its key is made of `cle` and the address.

    `page` is the path that its button opens, none for no button; `certification` its name; `autres` is what else the template
    shows: `suite`, `cite`, `cite_titre`, `points`.
    """
    return AMettre(
        cle=cle_pour(cle, courriel),
        destinataire=courriel,
        sujet=sujet,
        gabarit="nouvelle",
        contexte={
            "phrase": phrase,
            "action": action,
            "adresse": adresse_entiere(page) if page else "",
            "certification": certification,
            "pourquoi": pourquoi,
            "demonstration": exemple,
            **autres,
        },
        pieces_jointes=pieces_jointes,
        expediteur=organisation.nom,
        ecrit_par=organisation.pk,
        reference=reference,
        repondant=organisation.pk,
    )
