"""Tying a candidate to their dossier: they are invited when it is filed, and tied when they accept.

An address that is mended is a mistake mended: who was invited by it may no longer accept, and the right one
is invited when the dossier goes back to the branch.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from binome.comptes.invitations import NouvelleJointe, Place, envoyer, retirer, trop_vite
from binome.comptes.models import Invitation, Personne
from binome.comptes.signaux import invitation_acceptee
from binome.dossiers.employeurs.services import reconnaitre_le_candidat
from binome.dossiers.en_liste import trouvable_avec
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.natures import a_envoyer
from binome.gestes.auteur import personne as personne_de
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.regles.courante import certification_de

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

LOT: Final = 500
RIEN: Final[Mapping[str, NouvelleJointe]] = MappingProxyType({})
OUVERT: Final = ("Dossier {} : le parcours est ouvert", "{} a ouvert votre parcours, d’après la lettre d’une décision prise hors de Binôme.")  # fmt: skip
"""What is told of a dossier that was never filed: its path, and where it comes from."""


def inviter_les_candidats(
    dossiers: Sequence[Dossier], acteur: Acteur, annonces: Mapping[str, NouvelleJointe] = RIEN
) -> set[str]:
    """Invites whom each dossier is about to follow it; no one without an address, tied, or whose invitation holds.

    `annonces` is what the letter of some says besides, by reference. Gives the references whose letter leaves.
    """
    partis: set[str] = set()
    voulus = {un.reference: un for un in dossiers if un.courriel and un.candidat_id is None}
    prefetch_related_objects(list(voulus.values()), "organisme", "faits", "pieces")
    for debut in range(0, len(voulus), LOT):
        references = list(voulus)[debut : debut + LOT]
        invites = Invitation.objects.filter(
            dossier__in=references, acceptee_le__isnull=True, retiree_le__isnull=True,
            expire_le__gt=timezone.now(),
        )  # fmt: skip
        deja = set(invites.order_by("pk").values_list("dossier", "courriel"))
        seuls = [un for un in references if (un, voulus[un].courriel.strip().lower()) not in deja]
        envoyer([_place(voulus[un], annonces.get(un)) for un in seuls], acteur)
        partis.update(seuls)
    return partis


def _place(dossier: Dossier, annonce: NouvelleJointe | None) -> Place:
    certification = certification_de(dossier.certification).nom
    depose = dossier.etat != Etat.AILLEURS
    ouvert = OUVERT[0].format(dossier.reference), (OUVERT[1].format(dossier.organisme.nom),)
    return Place(
        dossier.courriel,
        dossier=dossier.reference,
        de=dossier.organisme,
        certification=certification,
        nom=dossier.personne if dossier.prenom or dossier.nom else "",
        attend=tuple(une.libelle for une in a_envoyer(dossier)) if depose else (),
        annonce=annonce if depose else annonce or NouvelleJointe(*ouvert),
    )


def retirer_les_invitations(dossiers: Sequence[Dossier], auteur: str) -> None:
    """Withdraws what was sent to addresses that are no longer the candidates', and that nobody took."""
    for debut in range(0, len(dossiers), LOT):
        references = [un.reference for un in dossiers[debut : debut + LOT]]
        attendent = Invitation.objects.filter(
            dossier__in=references, acceptee_le__isnull=True, retiree_le__isnull=True
        )
        retirer(attendent.order_by("pk"), auteur=auteur)


@transaction.atomic
def rattacher(
    sender: object,  # noqa: ARG001 - a receiver
    *,
    invitation: Invitation,
    personne: Personne,
    **_: Any,
) -> None:
    """Ties the person who accepted to their dossier; the first one only."""
    if not invitation.dossier:
        return
    dossier = Dossier.objects.filter(reference=invitation.dossier, candidat__isnull=True).first()
    if dossier is None:
        return
    Dossier.objects.filter(pk=dossier.pk, candidat__isnull=True).update(candidat=personne)
    ecrire(
        Ecriture(
            "dossier.rattacher",
            dossier.objet,
            auteur=f"personne:{personne.pk}",
            apres={"candidat": personne.pk},
            sujet=dossier.sujet,
            lignes=(
                *lignes([dossier], "candidat"),
                *reconnaitre_le_candidat(dossier, personne, auteur=f"personne:{personne.pk}"),
            ),
        )
    )


def detacher(passage: Passage[Dossier], courriel: str) -> dict[str, Any]:
    """An account of another address followed the dossier by mistake: it no longer does. The columns to set."""
    candidat = passage.objet.candidat
    if candidat is None or candidat.courriel == courriel.lower():
        return {}
    passage.donnees["detache"] = candidat
    passage.avant["candidat"], passage.apres["candidat"] = candidat.pk, None
    return {"candidat": None}


def preparer_l_invitation(passage: Passage[Dossier], par: Auteur) -> None:
    """The address of the candidate, mended or not; not of who follows the dossier already."""
    dossier, courriel = passage.objet, passage.donnees["courriel"]
    if dossier.candidat is not None and dossier.candidat.courriel == courriel.lower():
        raise GesteImpossible("La personne suit déjà ce dossier : il n’y a rien à lui renvoyer.")
    if trop := trop_vite(courriel, personne_de(par)):
        raise GesteImpossible(trop)
    if courriel.lower() != dossier.courriel.lower():
        passage.change["courriel"] = courriel
        passage.change["trouvable"] = trouvable_avec(dossier, passage.change)
        passage.apres["champs"] = ["courriel"]
        passage.prive["courriel"] = {"avant": dossier.courriel, "apres": courriel}
    passage.change |= detacher(passage, courriel)


def ecouter() -> None:
    """Ties the dossier to the invitation."""
    invitation_acceptee.connect(rattacher, dispatch_uid="dossiers.rattachement")
