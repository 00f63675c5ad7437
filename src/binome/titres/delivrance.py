"""Delivering: what a paper will say is gathered, the number drawn, the title born, all in one transaction.

A number is one more than the last of its year, read while the row of that year is held: a transaction that is cut leaves no
number behind it, and two never draw the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.jurys.etats import EtatDeJury, EtatDePresentation
from binome.parcours.models import Parcours
from binome.titres.badges import creer_les_badges
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.flows import DUPLICATAS, TITRES
from binome.titres.models import AnneeDeTitres, Duplicata, Titre
from binome.titres.passages import finir_les_parcours
from binome.titres.permissions import partie_au
from binome.titres.preparation import preparer, retire_de

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.jurys.models import Jury


A_PART: Final = "Son titre a été retiré : il se délivre de nouveau depuis son parcours, pour cette personne seule."


@dataclass(frozen=True)
class Delivrance:
    """What was delivered, and who was left with why."""

    titres: tuple[Titre, ...]
    laisses: tuple[tuple[Parcours, str], ...]


def delivrer(
    parcours: Parcours, par: Acteur, *, nature: str = NatureDeTitre.CQP, jour: date | None = None
) -> Titre:
    """The title of a path, numbered; its paper is sealed by the jobs. Raises GesteImpossible."""
    faite = delivrer_tous([parcours], par, nature=nature, jour=jour)
    if faite.laisses:
        raise GesteImpossible(faite.laisses[0][1])
    return faite.titres[0]


def delivrer_au_jury(jury: Jury, par: Acteur) -> Delivrance:
    """The parchemin of each person whose blocs are all held once a jury is closed; who else, with why."""
    if jury.etat != EtatDeJury.CLOS:
        raise GesteImpossible(
            "Ce jury n’est pas clos : rien ne se délivre avant son procès-verbal."
        )
    presentes = jury.presentations.filter(etat=EtatDePresentation.DECIDEE).select_related(
        "parcours__dossier__branche", "parcours__organisme"
    )
    return delivrer_tous(
        [une.parcours for une in presentes.order_by("pk")], par, premiere_fois=True
    )


@transaction.atomic
def delivrer_tous(
    parcours: Sequence[Parcours],
    par: Acteur,
    *,
    nature: str = NatureDeTitre.CQP,
    jour: date | None = None,
    premiere_fois: bool = False,
) -> Delivrance:
    """The titles of many, numbered in their order, or none for who may not have it, with why.

    `premiere_fois` leaves who had one withdrawn: theirs is delivered again for them alone.
    """
    le = jour or timezone.localdate()
    # Held before anything is read of what was delivered: who comes second sees what the first one did.
    dernier = _dernier_rang(le.year)
    prets: list[Titre] = []
    laisses: list[tuple[Parcours, str]] = []
    # Read again, and held: another tab may have ended one of these paths since.
    list(
        Parcours.objects.select_for_update()
        .filter(pk__in=[un.pk for un in parcours])
        .order_by("pk")
    )
    for un in parcours:
        un.refresh_from_db(fields=["etat"])
        partie = "" if nature == NatureDeTitre.FAE else partie_au(par, un)
        if partie:
            laisses.append((un, partie))
            continue
        try:
            if premiere_fois and retire_de(un, nature) is not None:
                raise GesteImpossible(A_PART)
            prets.append(preparer(un, nature, le))
        except GesteImpossible as impossible:
            laisses.append((un, str(impossible)))
    for rang, titre in enumerate(prets, start=dernier + 1):
        titre.rang, titre.delivre_par = rang, par.personne
    if prets:
        naitre(TITRES, "delivrer", prets, par)
        creer_les_badges(prets)
        finir_les_parcours(prets)
    return Delivrance(tuple(prets), tuple(laisses))


def _dernier_rang(annee: int) -> int:
    """The last number drawn of a year, whose row stays held until the transaction ends."""
    AnneeDeTitres.objects.get_or_create(annee=annee)
    AnneeDeTitres.objects.select_for_update().get(annee=annee)
    return Titre.objects.filter(annee=annee).aggregate(dernier=Max("rang"))["dernier"] or 0


@transaction.atomic
def redelivrer(titre: Titre, par: Acteur, vus: int | None = None) -> Duplicata:
    """A duplicate under the same number, the next one of its title. Raises GesteImpossible.

    `vus` is how many the person saw: pressed twice, the gesture makes one.
    """
    tenu = Titre.objects.select_for_update(of=("self",)).get(pk=titre.pk)
    if tenu.etat != EtatDeTitre.DELIVRE:
        raise GesteImpossible("Ce titre est retiré : il n’a pas de duplicata.")
    if not tenu.fichier:
        raise GesteImpossible("L’original n’est pas encore prêt : un instant.")
    if not tenu.titulaire:
        raise GesteImpossible("L’identité de cette personne est effacée.")
    dernier = Duplicata.objects.filter(titre=tenu).aggregate(un=Max("rang"))["un"] or 0
    if vus is not None and vus != dernier:
        raise GesteImpossible(
            f"Le duplicata n° {dernier} vient d’être délivré. S’il en faut un autre, recommencez."
        )
    duplicata = Duplicata(
        titre=tenu, rang=dernier + 1, delivre_le=timezone.localdate(), delivre_par=par.personne,
    )  # fmt: skip
    naitre(DUPLICATAS, "redelivrer", [duplicata], par)
    faire(TITRES, "dupliquer", tenu, par, version=tenu.version, donnees={"rang": duplicata.rang})
    return duplicata
