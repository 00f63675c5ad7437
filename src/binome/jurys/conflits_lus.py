"""The ties between those who sit and those presented, read in what the house knows: roles, slots taught, tutors, employers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from binome.comptes.models import Appartenance, Organisation, Personne
from binome.comptes.roles import CABINET, GROUPEMENT, ORGANISME
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.emplois.models import Adhesion
from binome.jurys.conflits import Presente
from binome.livret.models import Tutorat
from binome.reseau.models import Formateur
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.models import Creneau, Inscription

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.jurys.conflits import Jure
    from binome.jurys.models import MembreDeJury
    from binome.parcours.models import Parcours


def jures_de(membres: Sequence[MembreDeJury]) -> list[Jure]:
    """Each as conflicts read them: what is declared, and every role that their account holds or held."""
    liens: defaultdict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    comptes = [un.compte_id for un in membres if un.compte_id is not None]
    roles = Appartenance.objects.filter(personne__in=comptes).order_by("pk")
    for personne, organisation, genre in roles.values_list(
        "personne", "organisation", "organisation__genre"
    ):
        liens[personne][genre].add(organisation)
    fiches: defaultdict[str, set[int]] = defaultdict(set)
    adresses = [un.courriel for un in membres if un.courriel]
    siennes = Formateur.objects.filter(courriel__in=adresses) if adresses else ()
    for fiche in siennes:
        fiches[fiche.courriel].add(fiche.organisme_id)
    rendus = []
    for un in membres:
        dit = un.jure
        par_genre = liens[un.compte_id or 0]
        rendus.append(
            replace(
                dit,
                organismes=dit.organismes
                | par_genre[ORGANISME]
                | (fiches[un.courriel] if un.courriel else set()),
                employeurs=dit.employeurs | par_genre[CABINET] | par_genre[GROUPEMENT],
            )
        )
    return rendus


def presentes_de(
    parcours: Iterable[Parcours], membres: Sequence[MembreDeJury]
) -> dict[int, Presente]:
    """Each path as conflicts read it, by number; who taught it and who was its tutor are members, by number."""
    tous = {un.pk: un for un in parcours}
    de_compte = {un.compte_id: un.pk for un in membres if un.compte_id is not None}
    d_adresse = {un.courriel: un.pk for un in membres if un.courriel}
    eux_memes = _eux_memes(tous, membres)
    employeurs = _employeurs(tous.values())
    formateurs = _qui_a_forme(list(tous), de_compte, d_adresse)
    tuteurs: defaultdict[int, set[int]] = defaultdict(set)
    nommes = Tutorat.objects.filter(parcours__in=tous, tuteur__in=list(de_compte))
    for numero, tuteur in nommes.order_by("pk").values_list("parcours", "tuteur"):
        tuteurs[numero].add(de_compte[tuteur])
    return {
        numero: Presente(
            parcours=numero,
            organisme=un.organisme_id,
            employeurs=frozenset(employeurs[un.dossier_id]),
            tuteurs=frozenset(tuteurs[numero]),
            formateurs=frozenset(formateurs[numero]),
            soi=eux_memes[numero],
        )
        for numero, un in tous.items()
    }


def _eux_memes(
    parcours: Mapping[int, Parcours], membres: Sequence[MembreDeJury]
) -> dict[int, frozenset[int]]:
    """The members who are each person presented, by path: the same account, or an address that either is known at."""
    comptes = {un.compte_id for un in membres} | {
        un.dossier.candidat_id for un in parcours.values()
    }
    lues = Personne.objects.filter(pk__in=[un for un in comptes if un is not None]).order_by("pk")
    prouvees = dict(lues.values_list("pk", "courriel"))

    def adresses(compte: int | None, dite: str) -> set[str]:
        return {une.strip().lower() for une in (dite, prouvees.get(compte or 0, ""))} - {""}

    par_membre = {un.pk: adresses(un.compte_id, un.courriel) for un in membres}
    trouves: dict[int, frozenset[int]] = {}
    for numero, un in parcours.items():
        siennes = adresses(un.dossier.candidat_id, un.dossier.courriel)
        trouves[numero] = frozenset(
            pk for pk, les in par_membre.items() if not les.isdisjoint(siennes)
        )
    return trouves


def _employeurs(parcours: Iterable[Parcours]) -> defaultdict[int, set[int]]:
    """Every employer that follows a dossier or did, or that it names, with its groups; by dossier."""
    dossiers = {un.dossier_id: un.dossier for un in parcours}
    trouves: defaultdict[int, set[int]] = defaultdict(set)
    suivis = EmploiSuivi.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, employeur in suivis.values_list("dossier", "emploi__employeur"):
        trouves[dossier].add(employeur)
    numeros = {un.employeur_identifiant for un in dossiers.values()} - {""}
    nommes: defaultdict[str, set[int]] = defaultdict(set)
    if numeros:
        lues = Organisation.objects.filter(identifiant__in=numeros).order_by("pk")
        for numero, identifiant in lues.values_list("pk", "identifiant"):
            nommes[identifiant].add(numero)
    for numero, un in dossiers.items():
        trouves[numero] |= nommes.get(un.employeur_identifiant, set())
    membres = {un for siens in trouves.values() for un in siens}
    groupes: defaultdict[int, set[int]] = defaultdict(set)
    adhesions = Adhesion.objects.filter(membre__in=membres).order_by("pk")
    for membre, groupement in adhesions.values_list("membre", "groupement"):
        groupes[membre].add(groupement)
    for siens in trouves.values():
        siens |= {groupe for un in tuple(siens) for groupe in groupes.get(un, ())}
    return trouves


def _qui_a_forme(
    parcours: Sequence[int], de_compte: Mapping[int, int], d_adresse: Mapping[str, int]
) -> defaultdict[int, set[int]]:
    """The members who teach, with an account or not, in a session where each path was ever enrolled."""
    sessions: defaultdict[int, set[int]] = defaultdict(set)
    inscrits = Inscription.objects.filter(parcours__in=parcours).order_by("pk")
    for numero, session in inscrits.values_list("parcours", "session"):
        sessions[session].add(numero)
    qui = Q(formateur__in=list(de_compte)) | Q(fiche__courriel__in=list(d_adresse))
    enseignes = (
        Creneau.objects.filter(qui, session__in=sessions)
        .exclude(etat=EtatDeCreneau.ANNULE)
        .order_by()
        .values_list("session", "formateur", "fiche__courriel")
        .distinct()
    )
    trouves: defaultdict[int, set[int]] = defaultdict(set)
    for session, formateur, courriel in enseignes:
        membre = de_compte.get(formateur) if formateur else d_adresse.get(courriel or "")
        if membre is not None:
            for numero in sessions[session]:
                trouves[numero].add(membre)
    return trouves
