"""What is granted, attested and thought of somebody: each written once, the former kept, by the side that may."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.epreuves.clos import pourquoi_clos
from binome.epreuves.envois import une_phrase
from binome.epreuves.etats import (
    EtatDAttestation,
    EtatDAvis,
    MesureAccordee,
    Verdict,
)
from binome.epreuves.flows import AMENAGEMENTS, ATTESTATIONS, AVIS
from binome.epreuves.models import Amenagement, AttestationAfgsu, AvisDeTuteur
from binome.epreuves.permissions import BRANCHE, cotes_d_epreuves
from binome.epreuves.programme import blocs_du_parcours, epreuve_du_parcours
from binome.epreuves.sans_sante import faute_de_sante
from binome.epreuves.suivre import suivre_le_temps
from binome.epreuves.temps_en_plus import TIERS
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous, naitre
from binome.habillage.envois_recus import LotIllisible
from binome.livret.recevoir import faute_de_la_phrase
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.comptes.acteur import Acteur

PRECISION: Final = 200
CESU: Final = 120
_FRACTION: Final = re.compile(r"([1-9]\d?) ?/ ?([1-9]\d{0,1}|100)")


def lire_la_part(texte: str) -> Fraction:
    """A share of extra time, as people write it: `1/3`. Raises GesteImpossible beyond a third."""
    lu = _FRACTION.fullmatch(texte.strip())
    if lu is None:
        raise GesteImpossible("Écrivez une fraction, par exemple 1/3 ou 1/4.", champ="temps")
    part = Fraction(int(lu[1]), int(lu[2]))
    if part > TIERS:
        raise GesteImpossible(
            "Le temps en plus va jusqu’à un tiers de chaque partie.", champ="temps"
        )
    return part


@transaction.atomic
def accorder(parcours: Parcours, donnees: Mapping[str, str], acteur: Acteur) -> Amenagement:
    """Grants a measure for one épreuve or for all. The branch alone waives one. Raises GesteImpossible."""
    mesure, code = donnees.get("mesure", ""), donnees.get("epreuve", "")
    precision = _phrase(donnees.get("precision", ""), "precision")
    if mesure not in MesureAccordee.values:
        raise GesteImpossible("Choisissez une mesure de la liste.", champ="mesure")
    if code and epreuve_du_parcours(parcours, code) is None:
        raise GesteImpossible("Cette épreuve n’est pas de ce parcours.", champ="epreuve")
    visee = epreuve_du_parcours(parcours, code) if code else None
    _pas_clos(parcours, None if visee is None else visee.bloc, champ="mesure")
    dispense = mesure == MesureAccordee.DISPENSE
    if dispense and BRANCHE not in cotes_d_epreuves(acteur, parcours):
        raise GesteImpossible("La branche seule dispense d’une épreuve.", champ="mesure")
    if dispense and not code:
        raise GesteImpossible(
            "Choisissez l’épreuve dont la personne est dispensée.", champ="epreuve"
        )
    if len(precision) > PRECISION:
        raise GesteImpossible(f"Écrivez {PRECISION} caractères au plus.", champ="precision")
    if faute := faute_de_sante(precision):
        raise GesteImpossible(faute, champ="precision")
    part = lire_la_part(donnees.get("temps", "")) if mesure == MesureAccordee.TEMPS else Fraction(0)
    neuf = Amenagement(
        parcours=parcours,
        epreuve=code,
        mesure=mesure,
        parts=part.numerator if part else None,
        sur=part.denominator if part else None,
        precision=precision,
        accorde_le=timezone.now(),
        accorde_par=acteur.personne,
    )
    try:
        with transaction.atomic():
            naitre(AMENAGEMENTS, "dispenser" if dispense else "accorder", [neuf], acteur)
    except IntegrityError:
        raise GesteImpossible(
            "Cette mesure est déjà accordée : retirez-la d’abord.", champ="mesure"
        ) from None
    if part:
        suivre_le_temps(parcours)
    return neuf


@transaction.atomic
def retirer(une: Amenagement, acteur: Acteur, *, version: int) -> None:
    """Withdraws a measure; what is planned lasts again as for everyone. Raises GesteImpossible, Depasse."""
    faire(AMENAGEMENTS, "retirer", une, acteur, version=version)
    if une.mesure == MesureAccordee.TEMPS:
        suivre_le_temps(une.parcours)


@transaction.atomic
def donner_un_avis(
    parcours: Parcours, bloc: int, verdict: str, observation: str, acteur: Acteur
) -> AvisDeTuteur:
    """Writes what the tutor thinks of a bloc, in the place of what they thought before. Raises GesteImpossible."""
    _tenir(parcours)
    if bloc not in blocs_du_parcours(parcours):
        raise GesteImpossible("Ce bloc n’est pas de ce parcours.", champ=f"avis-{bloc}")
    _pas_clos(parcours, bloc, champ=f"avis-{bloc}")
    if verdict not in Verdict.values:
        raise GesteImpossible("Choisissez une réponse.", champ=f"avis-{bloc}")
    dite = _phrase(observation, f"observation-{bloc}")
    if faute := faute_de_la_phrase(dite):
        raise GesteImpossible(faute.replace("le livret", "votre avis"), champ=f"observation-{bloc}")
    anciens = AvisDeTuteur.objects.filter(
        parcours=parcours, bloc=bloc, etat=EtatDAvis.EN_VIGUEUR
    ).order_by("pk")
    lus = [Passage(un, un.version) for un in anciens]
    for un in lus:
        un.objet.parcours = parcours
    faire_tous(AVIS, "remplacer", lus, acteur)
    neuf = AvisDeTuteur(
        parcours=parcours,
        bloc=bloc,
        verdict=verdict,
        observation=dite,
        par=acteur.personne,
        donne_le=timezone.now(),
    )
    naitre(AVIS, "donner", [neuf], acteur)
    return neuf


@transaction.atomic
def noter_l_afgsu(
    parcours: Parcours, obtenue_le: date, cesu: str, acteur: Acteur
) -> AttestationAfgsu:
    """Notes the attestation of somebody, in the place of a former one. Raises GesteImpossible."""
    _tenir(parcours)
    _pas_clos(parcours, None, champ="obtenue_le")
    nom = _phrase(cesu, "cesu")
    if not nom:
        raise GesteImpossible("Écrivez le nom du CESU qui l’a délivrée.", champ="cesu")
    if len(nom) > CESU:
        raise GesteImpossible(f"Écrivez {CESU} caractères au plus.", champ="cesu")
    if obtenue_le > timezone.localdate():
        raise GesteImpossible("Ce jour n’est pas encore venu.", champ="obtenue_le")
    if _avant_de_naitre(parcours, obtenue_le):
        raise GesteImpossible("Relisez ce jour : la personne n’était pas née.", champ="obtenue_le")
    anciennes = AttestationAfgsu.objects.filter(
        parcours=parcours, etat=EtatDAttestation.EN_VIGUEUR
    ).order_by("pk")
    lues = [Passage(une, une.version) for une in anciennes]
    for une in lues:
        une.objet.parcours = parcours
    faire_tous(ATTESTATIONS, "remplacer", lues, acteur)
    neuve = AttestationAfgsu(
        parcours=parcours,
        obtenue_le=obtenue_le,
        cesu=nom,
        notee_le=timezone.now(),
        notee_par=acteur.personne,
    )
    naitre(ATTESTATIONS, "noter", [neuve], acteur)
    return neuve


def _avant_de_naitre(parcours: Parcours, jour: date) -> bool:
    """Whether a day comes before the birth of the person; no where it is not known."""
    naissance, annee = parcours.dossier.naissance, parcours.dossier.naissance_annee
    if naissance is not None:
        return jour < naissance
    return annee is not None and jour.year < annee


def _pas_clos(parcours: Parcours, bloc: int | None, *, champ: str) -> None:
    """Raises GesteImpossible once the path has ended, or a jury decided that the bloc is held."""
    if clos := pourquoi_clos(parcours, bloc):
        raise GesteImpossible(clos, champ=champ)


def _tenir(parcours: Parcours) -> None:
    """Locks the path: two who write at once come one after the other. Raises GesteImpossible once it is erased."""
    tenu = (
        Parcours.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=parcours.pk)
    )
    if tenu.dossier.anonyme_le is not None:
        raise GesteImpossible("Ce parcours est effacé : rien ne s’y écrit plus.")


def _phrase(texte: str, champ: str) -> str:
    try:
        return une_phrase(texte)
    except LotIllisible as illisible:
        raise GesteImpossible(str(illisible), champ=champ) from None
