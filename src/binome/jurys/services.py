"""What somebody who organises juries writes: rules, who may sit, a jury, its seats, who is presented; and an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from binome.comptes.models import Organisation, Personne
from binome.epreuves.etats import EtatDePassation
from binome.epreuves.models import Passation
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.jurys.blocs import blocs_tenus_de
from binome.jurys.etats import (
    ASSISES,
    EtatDeJury,
    EtatDeMembre,
    EtatDePresentation,
)
from binome.jurys.flows import JURYS, MEMBRES, PLACES, PRESENTATIONS, RECOURS, REGLEMENTS
from binome.jurys.models import (
    Jury,
    MembreDeJury,
    PlaceAuJury,
    Presentation,
    RecoursDeJury,
    ReglementDeJury,
)
from binome.jurys.recours_flux import dernier_jour
from binome.parcours.acquis import blocs_acquis_de
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.regles.calendrier import date_en_clair
from binome.reseau.offres import referentiel_de

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

VERS_LE_CQP: Final = ("cqp", "vae")
"""The routes that lead to a jury."""
OUVERT: Final = (EtatDeJury.PREPARE, EtatDeJury.CONVOQUE, EtatDeJury.OUVERT)
"""The states of a jury where somebody may still be presented."""
SANS_BLOC: Final = "Tous les blocs de cette personne sont déjà validés : il n’y a rien à décider."


def ecrire_le_reglement(
    acteur: Acteur, branche: Organisation, dites: Mapping[str, Any]
) -> ReglementDeJury:
    """Writes the parameters of the juries of a branch, from a day on. Raises GesteImpossible.

    Values made up for a trial only exist where the branch itself is made up.
    """
    if bool(dites.get("essai")) != branche.exemple:
        raise GesteImpossible(
            "Cette branche est inventée : ses règles sont d’essai."
            if branche.exemple
            else "Des valeurs d’essai n’existent que dans la démonstration : donnez celles de la branche."
        )
    un = ReglementDeJury(branche=branche, ecrit_le=timezone.now(), **dites)
    try:
        with transaction.atomic():
            naitre(REGLEMENTS, "ecrire", [un], acteur)
    except IntegrityError:
        raise GesteImpossible(
            f"Des règles commencent déjà le {date_en_clair(un.du)} : retirez-les, ou choisissez un autre jour.",
            champ="du",
        ) from None
    return un


def compte_de(courriel: str, *, exemple: bool) -> Personne | None:
    """The account of an address; None while there is none."""
    if not courriel:
        return None
    return Personne.objects.filter(
        courriel=courriel.strip().lower(), is_active=True, exemple=exemple
    ).first()


def inscrire_un_membre(
    acteur: Acteur, branche: Organisation, dites: Mapping[str, Any]
) -> MembreDeJury:
    """Somebody more who may sit, with their account where their address has one. Raises GesteImpossible."""
    courriel = str(dites.get("courriel") or "").strip().lower()
    un = MembreDeJury(
        **{**dites, "courriel": courriel},
        branche=branche,
        compte=compte_de(courriel, exemple=branche.exemple),
        inscrit_le=timezone.now(),
    )
    try:
        with transaction.atomic():
            naitre(MEMBRES, "inscrire", [un], acteur)
    except IntegrityError:
        raise GesteImpossible(
            "Une personne de vos jurys a déjà cette adresse.", champ="courriel"
        ) from None
    return un


def preparer_un_jury(acteur: Acteur, branche: Organisation, dit: Mapping[str, Any]) -> Jury:
    """A jury more, of what the branch delivers. Raises GesteImpossible."""
    jour: date = dit["jour"]
    if jour < timezone.localdate():
        raise GesteImpossible("Donnez un jour à venir, ou aujourd’hui.", champ="jour")
    jury = Jury(branche=branche, certification=branche.delivre, **dit)
    naitre(JURYS, "preparer", [jury], acteur)
    return jury


@transaction.atomic
def donner_des_places(
    acteur: Acteur,
    jury: Jury,
    membres: Sequence[int],
    raisons: Mapping[int, Sequence[Sequence[Any]]] | None = None,
) -> list[PlaceAuJury]:
    """Gives a seat to each person that somebody chose, with why it is them. Raises GesteImpossible."""
    if jury.etat not in (EtatDeJury.PREPARE, EtatDeJury.CONVOQUE):
        raise GesteImpossible("Les places de ce jury ne changent plus.")
    connus = MembreDeJury.objects.filter(
        pk__in=membres, branche=jury.branche_id, etat=EtatDeMembre.INSCRIT
    )
    assis = set(
        PlaceAuJury.objects.filter(jury=jury, etat__in=ASSISES)
        .order_by()
        .values_list("membre", flat=True)
    )
    choisis = [un for un in connus.order_by("pk") if un.pk not in assis]
    if not choisis:
        raise GesteImpossible("Choisissez au moins une personne qui n’a pas encore de place ici.")
    pris = (
        PlaceAuJury.objects.filter(membre__in=choisis, jury__jour=jury.jour, etat__in=ASSISES)
        .exclude(jury=jury)
        .select_related("membre")
        .first()
    )
    if pris is not None:
        raise GesteImpossible(f"{pris.membre} siège déjà dans un autre jury ce jour-là.")
    places = [
        PlaceAuJury(
            jury=jury, membre=un, raisons=[list(une) for une in (raisons or {}).get(un.pk, ())]
        )
        for un in choisis
    ]
    naitre(PLACES, "donner", places, acteur)
    return places


@transaction.atomic
def decliner_une_place(acteur: Acteur, place: PlaceAuJury, version: int) -> None:
    """Somebody who has a seat says that they will not come: it is free, and that day is no longer one of theirs.

    Raises GesteImpossible, Depasse.
    """
    faire(PLACES, "decliner", place, acteur, version=version)
    membre, jour = place.membre, place.jury.jour.isoformat()
    if jour in membre.jours:
        restent = [un for un in membre.jours if un != jour]
        faire(
            MEMBRES, "declarer", membre, acteur, version=membre.version, donnees={"jours": restent}
        )


def presentables(jury: Jury) -> QuerySet[Parcours]:
    """The paths to the CQP of what the branch delivers, that go on, that no jury is about to examine.

    `evalue` tells those whose épreuves began: a jury has something to read; they come first.
    """
    en_jury = Presentation.objects.filter(etat=EtatDePresentation.A_EXAMINER)
    passees = Passation.objects.filter(parcours=OuterRef("pk"), etat=EtatDePassation.PASSEE)
    return (
        Parcours.objects.filter(
            etat__in=EN_COURS,
            dossier__certification=jury.certification,
            dossier__exemple=jury.branche.exemple,
        )
        .filter(voie__in=VERS_LE_CQP)
        .exclude(pk__in=en_jury.order_by().values("parcours"))
        .annotate(evalue=Exists(passees))
        .select_related("dossier", "organisme")
        .order_by("-evalue", "dossier__nom", "dossier__prenom", "pk")
    )


def blocs_a_presenter(parcours: Parcours, certification: str) -> list[int]:
    """The blocs of the référentiel of a path that no jury validated, and that its decision does not say to be held already."""
    return blocs_a_presenter_de([parcours], certification)[parcours.pk]


def blocs_a_presenter_de(parcours: Sequence[Parcours], certification: str) -> dict[int, list[int]]:
    """The same for many, by path, in two queries."""
    tenus, acquis = blocs_tenus_de(parcours), blocs_acquis_de(parcours)
    return {
        un.pk: [
            bloc
            for bloc in _blocs(certification, un.referentiel)
            if bloc not in tenus[un.pk] | acquis[un.pk]
        ]
        for un in parcours
    }


def _blocs(certification: str, nom: str) -> list[int]:
    referentiel = referentiel_de(certification, nom)
    return [un.numero for un in referentiel.blocs] if referentiel else []


@transaction.atomic
def presenter(
    acteur: Acteur, jury: Jury, parcours: Parcours, blocs: Sequence[int] | None = None
) -> Presentation:
    """Presents somebody for the blocs that they do not hold, or some of them: one attempt more than before. Raises GesteImpossible."""
    # Two people present the same person at once: the second finds what the first wrote.
    parcours = (
        Parcours.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=parcours.pk)
    )
    if jury.etat not in OUVERT:
        raise GesteImpossible("Ce jury n’examine plus personne.")
    if parcours.etat not in EN_COURS:
        raise GesteImpossible("Ce parcours est terminé.")
    siennes = Presentation.objects.filter(parcours=parcours).exclude(
        etat=EtatDePresentation.RETIREE
    )
    if siennes.exclude(jury__etat=EtatDeJury.CLOS).exists():
        raise GesteImpossible("Un autre jury examine cette personne.")
    reste = blocs_a_presenter(parcours, jury.certification)
    voulus = [un for un in reste if blocs is None or un in blocs]
    if not reste or not voulus:
        raise GesteImpossible(SANS_BLOC if not reste else "Choisissez au moins un bloc qui reste.")
    une = Presentation(
        jury=jury,
        parcours=parcours,
        referentiel=parcours.referentiel,
        tentative=1 + siennes.count(),
        blocs=voulus,
    )
    naitre(PRESENTATIONS, "presenter", [une], acteur)
    return une


@transaction.atomic
def deposer_un_recours(acteur: Acteur, presentation: Presentation, texte: str) -> RecoursDeJury:
    """Somebody contests what a closed jury decided of them. Raises GesteImpossible out of the delay, or while one is open."""
    if presentation.jury.etat != EtatDeJury.CLOS:
        raise GesteImpossible("Le jury n’a pas encore rendu ses décisions.")
    limite = dernier_jour(presentation)
    if limite is not None and timezone.localdate() > limite:
        raise GesteImpossible(f"Le délai pour contester a fini le {date_en_clair(limite)}.")
    if not texte.strip():
        raise GesteImpossible("Dites ce que vous contestez, et pourquoi.", champ="texte")
    un = RecoursDeJury(
        presentation=presentation,
        texte=texte.strip()[:5000],
        depose_le=timezone.now(),
    )
    try:
        with transaction.atomic():
            naitre(RECOURS, "deposer", [un], acteur)
    except IntegrityError:
        raise GesteImpossible("Vous avez déjà un recours en cours sur cette décision.") from None
    return un
