"""The booklet of a path, from its rows alone: nobody types it, and the order of the rows changes nothing of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.impression.livret_imprime import (
    BlocImprime,
    CompetenceImprimee,
    FoisImprimee,
    LivretImprime,
    SemaineImprimee,
)
from binome.livret.carnet_dit import (
    avertissements,
    entete,
    fiche,
    manques,
    qui,
    retard_dit,
    signatures_dites,
    signee_dite,
)
from binome.livret.etats import EtatDAppreciation
from binome.livret.fuseau import fuseau_du_parcours
from binome.livret.models import Appreciation, CarteDeSemaine, SignatureDeCarte, Tutorat
from binome.livret.programme import competences_du_parcours
from binome.livret.progres import JAMAIS, MOTS, progres
from binome.livret.proposer import Vecue
from binome.livret.semaines import SEMAINE, lundi
from binome.parcours.etats import EtatDeParcours
from binome.regles.competences import listes_de_competences
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from binome.livret.progres import BlocDuLivret
    from binome.parcours.models import Parcours


@dataclass(frozen=True)
class LignesDuLivret:
    """Every row that a booklet is made of, in any order; `fuseau` is the clock of the training."""

    cartes: Sequence[CarteDeSemaine]
    dites: Sequence[Appreciation]
    signatures: Sequence[SignatureDeCarte]
    tutorats: Sequence[Tutorat]
    fuseau: ZoneInfo


def lignes_du_livret(parcours: Parcours) -> LignesDuLivret:
    """The rows of a path, in five queries whatever their number."""
    dites = Appreciation.objects.filter(carte__parcours=parcours).select_related("par")
    signatures = SignatureDeCarte.objects.filter(carte__parcours=parcours).select_related("par")
    tutorats = Tutorat.objects.filter(parcours=parcours).select_related("tuteur", "employeur")
    return LignesDuLivret(
        list(CarteDeSemaine.objects.filter(parcours=parcours).order_by("pk")),
        list(dites.order_by("pk")),
        list(signatures.order_by("pk")),
        list(tutorats.order_by("pk")),
        fuseau_du_parcours(parcours),
    )


def carnet(parcours: Parcours, lignes: LignesDuLivret, jour: date) -> LivretImprime:
    """The booklet as it stands on a day: the same rows, in whatever order, make the same one."""
    dossier = parcours.dossier
    cartes = {une.pk: une for une in lignes.cartes}
    dites = sorted(
        (une for une in lignes.dites if une.carte_id in cartes),
        key=lambda une: (cartes[une.carte_id].semaine, une.competence, une.dite_le, str(une.uid)),
    )
    tenues = [une for une in dites if une.etat == EtatDAppreciation.EN_VIGUEUR]
    signees: dict[int, list[SignatureDeCarte]] = defaultdict(list)
    for signature in sorted(lignes.signatures, key=lambda une: (une.signee_le, str(une.uid))):
        signees[signature.carte_id].append(signature)
    vecues = [Vecue(une.competence, cartes[une.carte_id].semaine, une.valeur) for une in tenues]
    connues = competences_du_parcours(parcours)
    blocs = progres(parcours.referentiel, connues, vecues) if connues else ()
    ecrites = sorted(cartes.values(), key=lambda une: une.semaine)
    sans_carte = _sans_carte(parcours, {une.semaine for une in ecrites}, jour, lignes.fuseau)
    fois: dict[str, list[FoisImprimee]] = defaultdict(list)
    for une in tenues:
        carte = cartes[une.carte_id]
        fois[une.competence].append(
            FoisImprimee(
                carte.semaine,
                une.get_valeur_display(),
                une.phrase,
                qui(une.cote, une.par, dossier),
                signee_dite(signees[carte.pk]),
            )
        )
    semaines = [
        _semaine(une, dites, signees[une.pk], parcours, lignes.fuseau) for une in ecrites
    ] + [SemaineImprimee(une, (), (), "") for une in sans_carte]
    return LivretImprime(
        personne=dossier.personne,
        entete=entete(parcours),
        fiche=fiche(parcours, lignes.tutorats, lignes.fuseau),
        avertissements=avertissements(parcours, listes_de_competences().get(parcours.referentiel)),
        blocs=tuple(_bloc(un, fois) for un in blocs),
        legende=tuple(MOTS.items()),
        semaines=tuple(sorted(semaines, key=lambda une: une.semaine)),
        jamais=tuple(
            marque.competence.code
            for bloc in blocs
            for marque in bloc.marques
            if marque.etat == JAMAIS
        ),
        manques=manques(sans_carte, ecrites, signees, dites),
        base=dossier.empreinte,
        le=jour,
        exemple=dossier.exemple,
    )


def _bloc(bloc: BlocDuLivret, fois: Mapping[str, Sequence[FoisImprimee]]) -> BlocImprime:
    titre = f"Bloc {bloc.numero}"
    return BlocImprime(
        f"{titre} : {minuscule(bloc.intitule)}" if bloc.intitule else titre,
        bloc.dit,
        tuple(
            CompetenceImprimee(
                une.competence.code,
                une.competence.intitule,
                une.etat,
                une.mot,
                tuple(fois.get(une.competence.code, ())),
            )
            for une in bloc.marques
        ),
    )


def _semaine(
    carte: CarteDeSemaine,
    dites: Iterable[Appreciation],
    signatures: Sequence[SignatureDeCarte],
    parcours: Parcours,
    fuseau: ZoneInfo,
) -> SemaineImprimee:
    siennes = [une for une in dites if une.carte_id == carte.pk]
    premiere = min(
        (une.dite_le.astimezone(fuseau).date() for une in siennes), default=carte.semaine
    )
    return SemaineImprimee(
        carte.semaine,
        tuple(
            (une.competence, une.get_valeur_display())
            for une in siennes
            if une.etat == EtatDAppreciation.EN_VIGUEUR
        ),
        signatures_dites(signatures, parcours.dossier, fuseau),
        retard_dit((lundi(premiere) - carte.semaine) // SEMAINE),
    )


def _sans_carte(parcours: Parcours, ecrites: set[date], jour: date, fuseau: ZoneInfo) -> list[date]:
    """The weeks that are over, from the entry to the end or the interruption, of which nothing was said."""
    ouvert = parcours.ouvert_le.astimezone(fuseau).date()
    debut = max(ouvert, parcours.entree or ouvert)
    fin = jour
    if parcours.fini_le is not None:
        fin = min(fin, parcours.fini_le.astimezone(fuseau).date())
    if parcours.etat == EtatDeParcours.INTERROMPU and parcours.du is not None:
        fin = min(fin, parcours.du)
    semaines, une = [], lundi(debut)
    while une + SEMAINE <= fin:
        if une not in ecrites:
            semaines.append(une)
        une += SEMAINE
    return semaines
