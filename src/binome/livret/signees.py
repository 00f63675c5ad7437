"""The cards that somebody signed or spoke on, for them alone, whatever became of their place beside the person in training.

A signature that holds shows the card as it was signed, since a card that changes undoes it; of the others, only what they said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.http import Http404

from binome.livret.etats import EtatDAppreciation, EtatDeSignatureDeCarte, MoyenDeCarte
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte
from binome.livret.programme import competences_du_parcours
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

TENUE: Final = EtatDeSignatureDeCarte.RECUE


@dataclass(frozen=True)
class LigneSignee:
    """What a card says of a competence, and whether the reader said it."""

    intitule: str
    dite: Appreciation
    de_soi: bool


@dataclass(frozen=True)
class CarteSignee:
    """A card for who signed it: `signature` is their last one, None where they only spoke."""

    semaine: date
    signature: SignatureDeCarte | None
    lignes: tuple[LigneSignee, ...]

    @property
    def entiere(self) -> bool:
        """Whether it is shown as they signed it."""
        return self.signature is not None and self.signature.etat == TENUE

    @property
    def contestable(self) -> bool:
        """Whether it was signed in their name elsewhere than on their account."""
        return (
            self.entiere
            and self.signature is not None
            and self.signature.moyen != MoyenDeCarte.COMPTE
        )


def _de(acteur: Acteur) -> Q:
    """The signatures of a person: made in their name, or on their account."""
    return Q(pour=acteur.personne) | Q(par=acteur.personne, moyen=MoyenDeCarte.COMPTE)


def _cartes_signees(acteur: Acteur) -> QuerySet[CarteDeSemaine]:
    if acteur.soutien is not None:
        return CarteDeSemaine.objects.none()
    signees = SignatureDeCarte.objects.filter(_de(acteur)).order_by().values("carte")
    dites = Appreciation.objects.filter(par=acteur.personne).order_by().values("carte")
    return CarteDeSemaine.objects.filter(Q(pk__in=signees) | Q(pk__in=dites))


def livrets_signes(acteur: Acteur) -> QuerySet[Parcours]:
    """The paths where a person signed a card, or said something on one; none for who looks through their eyes."""
    cartes = _cartes_signees(acteur).order_by().values("parcours")
    return Parcours.objects.filter(pk__in=cartes).select_related("dossier", "organisme")


def livrets_quittes(acteur: Acteur, ouverts: QuerySet[Parcours]) -> QuerySet[Parcours]:
    """Those of them that are not among the booklets open to that person."""
    signes = livrets_signes(acteur)
    # From the few that they signed: who may open a booklet is asked of every dossier otherwise.
    encore = ouverts.filter(pk__in=signes.order_by().values("pk")).order_by().values("pk")
    return signes.exclude(pk__in=encore)


def cartes_signees_pour(acteur: Acteur, numero: int) -> tuple[Parcours, list[CarteSignee]]:
    """The path of a number, and the cards that its reader signed or spoke on, the last week first.

    Raises Http404 for whoever signed nothing there.
    """
    cartes = list(
        _cartes_signees(acteur)
        .filter(parcours=numero)
        .select_related("parcours__dossier", "parcours__organisme")
        .order_by("-semaine")
    )
    if not cartes:
        raise Http404("Vous n’avez signé aucune carte de ce livret.")
    parcours = cartes[0].parcours
    signatures: dict[int, SignatureDeCarte] = {}
    siennes = SignatureDeCarte.objects.filter(_de(acteur), carte__in=cartes)
    for une in siennes.order_by("pk"):
        if une.carte_id not in signatures or signatures[une.carte_id].etat != TENUE:
            signatures[une.carte_id] = une
    dites = defaultdict(list)
    for dite in Appreciation.objects.filter(carte__in=cartes).order_by("competence", "pk"):
        dites[dite.carte_id].append(dite)
    intitules = {une.code: une.intitule for une in competences_du_parcours(parcours)}
    return parcours, [
        _carte(acteur, une, signatures.get(une.pk), dites[une.pk], intitules) for une in cartes
    ]


def signature_pour(acteur: Acteur, numero: int, signature: int) -> SignatureDeCarte:
    """A signature that holds or was contested, made in the name of a person who is of the pair no longer. Raises Http404."""
    sienne = (
        SignatureDeCarte.objects.filter(
            pk=signature, carte__parcours=numero, pour=acteur.personne
        )
        .exclude(etat=EtatDeSignatureDeCarte.PERIMEE)
        .select_related("carte__parcours__dossier")
        .first()
    )  # fmt: skip
    if sienne is None or acteur.soutien is not None:
        raise Http404("Cette signature n’existe pas, ou ne vaut plus.")
    return sienne


def _carte(
    acteur: Acteur,
    carte: CarteDeSemaine,
    signature: SignatureDeCarte | None,
    dites: Sequence[Appreciation],
    intitules: dict[str, str],
) -> CarteSignee:
    entiere = signature is not None and signature.etat == TENUE
    montrees = [
        une
        for une in dites
        if (
            une.etat == EtatDAppreciation.EN_VIGUEUR
            if entiere
            else une.par_id == acteur.personne.pk
        )
    ]
    return CarteSignee(
        carte.semaine,
        signature,
        tuple(
            LigneSignee(
                intitules.get(une.competence, une.competence),
                une,
                une.par_id == acteur.personne.pk,
            )
            for une in montrees
        ),
    )
