"""The term of dossiers: their people are warned before it, and they are erased after."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from binome.courrier.services import avertir, cle_pour
from binome.dossiers.destinataires import du_candidat, qui_gere, s_ecrit
from binome.dossiers.effacement import anonymiser
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.journal.models import Entree
from binome.journal.services import SYSTEME, Ecriture, ecrire
from binome.regles.calendrier import date_en_clair
from binome.socle.durees import Duree, avertir_jours, durees

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

LOT: Final = 100
AVIS: Final = "conservation.prevenir"
"""The entry that says that people were warned."""
ETATS: Final = {
    "brouillon": (Etat.BROUILLON,),
    "retire": (Etat.RETIRE,),
    "clos": (Etat.CLOS, Etat.AILLEURS),
}
"""The states of a period; one that is not over has no day to count from."""


def _des_dossiers() -> list[Duree]:
    return [durees()[code] for code in ETATS]


def _debut(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time.min))


def _depuis(duree: Duree, jusqu_a: date) -> QuerySet[Dossier]:
    """The dossiers of a period whose clock started before a day, with `compte_du`, when it did."""
    entrees = Entree.objects.filter(objet=_OBJET).order_by("-rang")
    lus = Dossier.objects.filter(etat__in=ETATS[duree.code], anonyme_le__isnull=True)
    if duree.code == "brouillon":
        # A draft is touched by its own gestures, which the journal dates.
        gestes = entrees.filter(geste__startswith="dossier.").values("instant")[:1]
        lus = lus.filter(cree_le__lt=_debut(jusqu_a)).annotate(compte_du=Subquery(gestes))
    else:
        lus = lus.annotate(compte_du=F("clos_le"))
    return lus.filter(compte_du__lt=_debut(jusqu_a)).order_by("compte_du", "pk")


_OBJET: Final = Concat(Value("dossier:"), OuterRef("reference"), output_field=CharField())


def prevenir() -> int:
    """Warns of the dossiers whose term is near; how many. Each is warned of once."""
    faits = 0
    for duree in _des_dossiers():
        proches = _depuis(duree, duree.limite() + timedelta(days=avertir_jours()))
        deja = Entree.objects.filter(objet=_OBJET, geste=AVIS, instant__gte=OuterRef("compte_du"))
        for dossier in proches.filter(~Exists(deja)).select_related("candidat", "organisme")[:LOT]:
            faits += _prevenir(dossier, duree)
    return faits


@transaction.atomic
def _prevenir(dossier: Dossier, duree: Duree) -> bool:
    terme = max(
        duree.terme(timezone.localdate(dossier.compte_du)),  # type: ignore[attr-defined] # annotated by the query above
        timezone.localdate() + timedelta(days=avertir_jours()),
    )
    if s_ecrit(dossier):
        for courriel in dict.fromkeys([*du_candidat(dossier), *qui_gere(dossier.organisme_id)]):
            avertir(
                cle=cle_pour(f"conservation:{dossier.reference}:{terme}", courriel),
                destinataire=courriel,
                genre="conservation",
                texte=f"L’identité et les pièces de ce dossier seront effacées le {date_en_clair(terme)}.",
                reference=dossier.reference,
                adresse=reverse("dossier", args=[dossier.reference]),
            )
    ecrire(Ecriture(AVIS, dossier.objet, apres={"terme": terme.isoformat(), "duree": duree.code}))
    return True


def effacer() -> int:
    """Erases the dossiers past their term whose people were warned long enough ago; how many."""
    faits = 0
    assez = timezone.now() - timedelta(days=avertir_jours())
    for duree in _des_dossiers():
        prevenus = Entree.objects.filter(
            objet=_OBJET, geste=AVIS, instant__gte=OuterRef("compte_du"), instant__lte=assez
        )
        passes = _depuis(duree, duree.limite()).filter(Exists(prevenus))
        for numero in list(passes.values_list("pk", flat=True)[:LOT]):
            faits += anonymiser(
                numero, auteur=SYSTEME, motif=f"Durée de conservation atteinte : {duree.mois} mois"
            )
    return faits
