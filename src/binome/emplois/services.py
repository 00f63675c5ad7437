"""Saying who works for whom: the only place that changes a job or a group.

Every change of a person's jobs holds the row of that person first: two who write at once cannot together say more
than a full time.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.comptes.roles import CABINET, GROUPEMENT
from binome.comptes.services import ChangementImpossible
from binome.emplois.models import Adhesion, Emploi, Salarie
from binome.emplois.parts import PLEIN
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire, ecrire_tout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from binome.comptes.models import Personne

EMPLOYEURS: Final = (CABINET, GROUPEMENT)
"""The kinds of organisation that employ."""
PART_IMPOSSIBLE: Final = "La part de temps va de plus de rien à un temps plein."
TROP: Final = "Avec les autres emplois connus, cette part dépasserait un temps plein."


@transaction.atomic
def salarie_de(personne: Personne | None, *, auteur: str) -> Salarie:
    """The row of a person at work, opened the first time; a new one each time for who has no account yet."""
    if personne is None:
        salarie, nouveau = Salarie.objects.create(), True
    else:
        salarie, nouveau = Salarie.objects.get_or_create(personne=personne)
    if nouveau:
        ecrire(Ecriture("salarie.ouvert", salarie.objet, auteur=auteur, lignes=lignes([salarie])))
    return salarie


@transaction.atomic
def dire_l_emploi(
    salarie: Salarie,
    employeur: Organisation,
    *,
    auteur: str,
    part: int | None = None,
    du: date | None = None,
    au: date | None = None,
) -> Emploi:
    """Says that someone works for an employer. `part` is in basis points of a full time, None when unknown.

    `du` and `au` are included. Raises ChangementImpossible for who employs nobody, a share or days that cannot be, a job
    that is said already, and shares that would pass a full time.
    """
    if employeur.genre not in EMPLOYEURS:
        raise ChangementImpossible("Seul un cabinet ou un groupement emploie.")
    if part is not None and not 1 <= part <= PLEIN:
        raise ChangementImpossible(PART_IMPOSSIBLE)
    if du is not None and au is not None and au < du:
        raise ChangementImpossible("Le dernier jour d’un emploi ne vient pas avant le premier.")
    _tenir([salarie.pk])
    if _du_meme_temps(salarie.emplois.filter(employeur=employeur), du, au).exists():
        raise ChangementImpossible("Cet emploi est déjà dit.")
    if part is not None and _charge(salarie, du, au) + part > PLEIN:
        raise ChangementImpossible(TROP)
    emploi = Emploi.objects.create(salarie=salarie, employeur=employeur, part=part, du=du, au=au)
    ecrire(
        Ecriture(
            "emploi.dit",
            emploi.objet,
            auteur=auteur,
            apres={"salarie": salarie.pk, "employeur": employeur.pk},
            sujet=emploi.objet,
            prive={"part": part, "du": _jour(du), "au": _jour(au)},
            lignes=lignes([emploi]),
        )
    )
    return emploi


@transaction.atomic
def preciser(emploi: Emploi, part: int, *, auteur: str) -> Emploi:
    """Says the share of time of a job, or corrects it; in basis points of a full time.

    Raises ChangementImpossible for a job that is no longer held true, a share that cannot be, or shares that would pass
    a full time.
    """
    tenu = _tenir_l_emploi(emploi)
    if tenu is None:
        raise ChangementImpossible("Cet emploi n’est plus tenu pour vrai.")
    if not 1 <= part <= PLEIN:
        raise ChangementImpossible(PART_IMPOSSIBLE)
    if tenu.part == part:
        return tenu
    if _charge(tenu.salarie, tenu.du, tenu.au, sauf=tenu.pk) + part > PLEIN:
        raise ChangementImpossible(TROP)
    avant, tenu.part = tenu.part, part
    tenu.save(update_fields=["part"])
    ecrire(
        Ecriture(
            "emploi.precise",
            tenu.objet,
            auteur=auteur,
            sujet=tenu.objet,
            prive={"part": {"avant": avant, "apres": part}},
            lignes=lignes([tenu], "part"),
        )
    )
    return tenu


@transaction.atomic
def finir(emploi: Emploi, au: date, *, auteur: str) -> Emploi:
    """Says the last day of a job that was not over. Raises ChangementImpossible for one that is, or days that cannot be."""
    tenu = _tenir_l_emploi(emploi)
    if tenu is None or tenu.au is not None:
        raise ChangementImpossible("Cet emploi est déjà terminé.")
    if tenu.du is not None and au < tenu.du:
        raise ChangementImpossible("Le dernier jour d’un emploi ne vient pas avant le premier.")
    tenu.au = au
    tenu.save(update_fields=["au"])
    ecrire(
        Ecriture(
            "emploi.fini",
            tenu.objet,
            auteur=auteur,
            sujet=tenu.objet,
            prive={"au": _jour(au)},
            lignes=lignes([tenu], "au"),
        )
    )
    return tenu


@transaction.atomic
def retirer(emploi: Emploi, *, auteur: str) -> None:
    """No longer holds a job true, from now; what its days were stays unknown. Twice changes nothing."""
    retirer_tous([emploi], auteur=auteur)


@transaction.atomic
def retirer_tous(emplois: Sequence[Emploi], *, auteur: str) -> None:
    """The same for many, in a few queries."""
    _tenir({un.salarie_id for un in emplois})
    tenus = Emploi.objects.filter(pk__in=[un.pk for un in emplois], retire_le__isnull=True)
    _retirer(list(tenus.order_by("pk")), auteur=auteur)


def _retirer(emplois: Sequence[Emploi], *, auteur: str, double: int | None = None) -> None:
    Emploi.objects.filter(pk__in=[un.pk for un in emplois]).update(retire_le=timezone.now())
    ecrire_tout(
        [
            Ecriture(
                "emploi.retire",
                emploi.objet,
                auteur=auteur,
                apres={} if double is None else {"double": double},
                lignes=lignes([emploi], "retire_le"),
            )
            for emploi in emplois
        ]
    )


@transaction.atomic
def reconnaitre(salarie: Salarie, personne: Personne, *, auteur: str) -> dict[int, int]:
    """Ties someone at work to their account; the numbers of the jobs that another one replaces, and which.

    A person whose jobs were said elsewhere is one: a job said twice is kept once, and a share that would pass a
    full time with the others becomes unknown, since two words contradict each other. Who is tied already to
    another account stays so.
    """
    if salarie.personne_id not in (None, personne.pk):
        return {}
    deja = Salarie.objects.filter(personne=personne).first()
    _tenir(un.pk for un in (deja, salarie) if un is not None)
    if deja is None or deja.pk == salarie.pk:
        if salarie.personne_id is None:
            salarie.personne = personne
            salarie.save(update_fields=["personne"])
            ecrire(
                Ecriture(
                    "salarie.reconnu",
                    salarie.objet,
                    auteur=auteur,
                    lignes=lignes([salarie], "personne"),
                )
            )
        return {}
    remplaces: dict[int, int] = {}
    for emploi in salarie.emplois.order_by("pk"):
        autre = (
            None
            if emploi.retire_le is not None
            else _du_meme_temps(
                deja.emplois.filter(employeur=emploi.employeur_id), emploi.du, emploi.au
            ).first()
        )
        if autre is not None:
            remplaces[emploi.pk] = autre.pk
            _retirer([emploi], auteur=auteur, double=autre.pk)
        else:
            _reunir(emploi, deja, auteur=auteur)
    return remplaces


def _reunir(emploi: Emploi, salarie: Salarie, *, auteur: str) -> None:
    compte = emploi.retire_le is None and emploi.part is not None
    if compte and _charge(salarie, emploi.du, emploi.au) + (emploi.part or 0) > PLEIN:
        emploi.part = None
    emploi.salarie = salarie
    emploi.save(update_fields=["salarie", "part"])
    ecrire(
        Ecriture(
            "emploi.reuni",
            emploi.objet,
            auteur=auteur,
            apres={"salarie": salarie.pk},
            lignes=lignes([emploi], "salarie", "part"),
        )
    )


@transaction.atomic
def adherer(groupement: Organisation, membre: Organisation, du: date, *, auteur: str) -> Adhesion:
    """A practice enters a group on a day.

    Raises ChangementImpossible for what is no group, no proven practice, or in it already.
    """
    if groupement.genre != GROUPEMENT or membre.genre != CABINET:
        raise ChangementImpossible("Un groupement réunit des cabinets, et rien d’autre.")
    if membre.parrain_id is not None:
        # A number proves nothing: its people would read, through the group, what nobody showed them.
        raise ChangementImpossible("Confirmez d’abord le numéro de ce cabinet.")
    Organisation.objects.select_for_update().get(pk=groupement.pk)
    if _deja_membre(groupement, membre, du).exists():
        raise ChangementImpossible("Ce cabinet est déjà dans ce groupement ce jour-là.")
    adhesion = Adhesion.objects.create(groupement=groupement, membre=membre, du=du)
    ecrire(
        Ecriture(
            "adhesion.ouverte",
            f"organisation:{groupement.pk}",
            auteur=auteur,
            apres={"membre": membre.pk, "du": du.isoformat()},
            lignes=lignes([adhesion]),
        )
    )
    return adhesion


@transaction.atomic
def quitter(adhesion: Adhesion, au: date, *, auteur: str) -> None:
    """A practice leaves a group after a last day. Raises ChangementImpossible when it left, or before it entered."""
    tenue = Adhesion.objects.select_for_update().get(pk=adhesion.pk)
    if tenue.au is not None:
        raise ChangementImpossible("Ce cabinet a déjà quitté ce groupement.")
    if au < tenue.du:
        raise ChangementImpossible("Un cabinet ne quitte pas un groupement avant d’y entrer.")
    tenue.au = au
    tenue.save(update_fields=["au"])
    ecrire(
        Ecriture(
            "adhesion.close",
            f"organisation:{tenue.groupement_id}",
            auteur=auteur,
            apres={"membre": tenue.membre_id, "au": au.isoformat()},
            lignes=lignes([tenue], "au"),
        )
    )


def _deja_membre(groupement: Organisation, membre: Organisation, du: date) -> QuerySet[Adhesion]:
    siennes = Adhesion.objects.filter(groupement=groupement, membre=membre)
    return siennes.filter(Q(au__isnull=True) | Q(au__gte=du))


def _jour(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


def _tenir(numeros: Iterable[int]) -> None:
    """Holds the rows of people at work, in one order, until the transaction ends."""
    list(Salarie.objects.select_for_update().filter(pk__in=list(numeros)).order_by("pk"))


def _tenir_l_emploi(emploi: Emploi) -> Emploi | None:
    """The job as it stands, its person held; None once it is no longer held true."""
    _tenir([emploi.salarie_id])
    return Emploi.objects.filter(pk=emploi.pk, retire_le__isnull=True).first()


def _du_meme_temps(emplois: QuerySet[Emploi], du: date | None, au: date | None) -> QuerySet[Emploi]:
    """Those held true that share a day with some days; an unknown first day may be any."""
    lus = emplois.filter(retire_le__isnull=True).order_by("pk")
    if au is not None:
        lus = lus.filter(Q(du__isnull=True) | Q(du__lte=au))
    return lus if du is None else lus.filter(Q(au__isnull=True) | Q(au__gte=du))


def _charge(salarie: Salarie, du: date | None, au: date | None, *, sauf: int | None = None) -> int:
    """The most that known shares make together on one day of these, in basis points; but that of the job `sauf`."""
    return la_plus_lourde(
        [
            (un.du, un.au, un.part)
            for un in _du_meme_temps(salarie.emplois.filter(part__isnull=False), du, au)
            if un.part is not None and un.pk != sauf
        ],
        du,
    )


def la_plus_lourde(parts: Iterable[tuple[date | None, date | None, int]], du: date | None) -> int:
    """The most that shares make together on one day from `du` on; each has its first and last days, included.

    It only rises where a job begins: those days are enough.
    """
    bornes = [(debut or date.min, fin or date.max, part) for debut, fin, part in parts]
    depart = du or date.min
    jours = {depart, *(debut for debut, _, _ in bornes if debut > depart)}
    return max(sum(part for debut, fin, part in bornes if debut <= jour <= fin) for jour in jours)
