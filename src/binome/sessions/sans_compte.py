"""Who is to teach and has no account yet: invited once a session is published, and named until they have one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.models import Invitation
from binome.comptes.services import ChangementImpossible
from binome.comptes.services import inviter as inviter_quelqu_un
from binome.gestes.auteur import Maison
from binome.reseau.comptes_ouverts import rattacher
from binome.reseau.models import Formateur
from binome.sessions.equipe import equipe
from binome.sessions.etats import EtatDeCreneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.sessions.models import Creneau, Session

ROLE: Final = "formateur"


@dataclass(frozen=True)
class SansCompte:
    """A trainer without an account, how many slots wait for it, and whether an invitation of theirs still holds."""

    fiche: Formateur
    creneaux: int
    invitee: bool


def sans_compte(creneaux: Iterable[Creneau]) -> list[SansCompte]:
    """Those who must open their account before these slots may be counter-signed; two queries at most, none where there is nobody."""
    comptes = Counter(
        un.fiche_id
        for un in creneaux
        if un.fiche_id is not None and un.etat != EtatDeCreneau.ANNULE
    )
    if not comptes:
        return []
    leurs = list(Formateur.objects.filter(pk__in=comptes, compte__isnull=True))
    invites = _invites(leurs)
    return [SansCompte(un, comptes[un.pk], un.courriel.lower() in invites) for un in leurs]


def _invites(fiches: Sequence[Formateur]) -> set[str]:
    adresses = {un.courriel.lower() for un in fiches if un.courriel}
    tenues = Invitation.objects.filter(
        courriel__in=adresses,
        organisation__in={un.organisme_id for un in fiches},
        acceptee_le__isnull=True,
        retiree_le__isnull=True,
        expire_le__gt=timezone.now(),
    )
    return set(tenues.order_by("pk").values_list("courriel", flat=True)) if adresses else set()


def inviter(passage: Passage[Any], session: Session, par: Auteur) -> None:
    """Invites each trainer of a session without an account, once; says who is, and who cannot be.

    Who has an account in the organisation under that very address is tied to it at once.
    """
    if isinstance(par, Maison):
        return
    for une in sans_compte(session.creneaux.all()):
        fiche = une.fiche
        if not fiche.courriel:
            passage.sans_nouvelles.append(
                f"{fiche} n’a pas de compte, ni d’adresse dans sa fiche : écrivez-la pour l’inviter."
            )
            continue
        deja = equipe(session.organisme_id).filter(courriel=fiche.courriel.lower()).first()
        if deja is not None:
            rattacher([fiche], deja)
        elif not une.invitee:
            try:
                inviter_quelqu_un(fiche.courriel, par, organisation=session.organisme, role=ROLE)
            except ChangementImpossible as impossible:
                passage.sans_nouvelles.append(f"{fiche} : {impossible}")
            else:
                passage.nouvelles.append(f"Une invitation part à {fiche}, pour ouvrir son compte.")
