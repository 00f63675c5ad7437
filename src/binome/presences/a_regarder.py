"""The patterns met in slots: few queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from binome.agenda.feries import jours_feries_locaux
from binome.agenda.territoires import lieu_du_departement
from binome.presences.etats import (
    EtatDePresence,
    EtatDeSignature,
    MoyenDeSignature,
    NatureDePresence,
)
from binome.presences.indices import Indice, apres, avant, motifs, seuil
from binome.presences.models import Presence, Signature
from binome.regles.dire import enumerer
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DIMANCHE = 6
DEUX = 2


def a_regarder(creneaux: Sequence[Creneau]) -> list[Indice]:
    """What is met in slots, each slot in its turn; nothing in those that are cancelled, or have no timetable."""
    tenus = [
        un
        for un in creneaux
        if un.etat != EtatDeCreneau.ANNULE and un.modalite != ModaliteDeCreneau.A_DISTANCE
    ]
    if not tenus:
        return []
    signees: defaultdict[int, list[Signature]] = defaultdict(list)
    lues = Signature.objects.filter(creneau__in=tenus, etat=EtatDeSignature.RECUE)
    for une in lues.select_related("parcours__dossier").order_by("signee_le", "pk"):
        signees[une.creneau_id].append(une)
    toutes = [une for siennes in signees.values() for une in siennes]
    deux_fois, ailleurs = _deux_fois(toutes), _ailleurs(toutes, tenus)
    formateurs, absentes = _formateurs(tenus), _absentes(tenus)
    trouves: list[Indice] = []
    for un in tenus:
        siennes = signees[un.pk]
        trouves += _du_creneau(un)
        trouves += _des_signatures(un, siennes)
        if un.pk in formateurs:
            trouves.append(_indice("formateur_ailleurs", un, str(un.formateur)))
        for code, numeros in (
            ("meme_dessin", deux_fois),
            ("personne_ailleurs", ailleurs),
        ):
            noms = _noms(une for une in siennes if une.pk in numeros)
            if noms:
                trouves.append(_indice(code, un, noms))
        noms = _noms(une for une in siennes if (un.pk, une.parcours_id) in absentes)
        if noms:
            trouves.append(_indice("absente_signee", un, noms))
    return trouves


def _indice(code: str, creneau: Creneau, phrase: str) -> Indice:
    return Indice(motifs()[code], creneau, phrase)


def _noms(signatures: Iterable[Signature]) -> str:
    noms = dict.fromkeys(une.parcours.dossier.personne for une in signatures)
    return enumerer(list(noms)) if noms else ""


def _du_creneau(un: Creneau) -> Iterator[Indice]:
    """What its own columns say."""
    site = un.session.site
    jour = timezone.localdate(un.debut, site.fuseau)
    lieu = lieu_du_departement(site.departement)
    ferie = jours_feries_locaux(jour.year, lieu.territoire if lieu else "").get(jour)
    if ferie is not None and not ferie.a_confirmer:
        yield _indice("jour_ferme", un, ferie.nom)
    elif jour.weekday() == DIMANCHE:
        yield _indice("jour_ferme", un, "un dimanche")
    if un.fin < timezone.now() and un.etat != EtatDeCreneau.GELE:
        yield _indice("sans_contresignature", un, "le créneau est fini")
    marge = timedelta(minutes=seuil("contresignature", jour))
    if un.etat == EtatDeCreneau.GELE and un.gele_le is not None and un.gele_le < un.fin - marge:
        faite, fin = (dire_l_heure(instant, site.fuseau) for instant in (un.gele_le, un.fin))
        yield _indice("contresigne_avant", un, f"à {faite}, pour une fin à {fin}")


def _des_signatures(un: Creneau, siennes: Sequence[Signature]) -> Iterator[Indice]:
    """What the instants and the devices of its signatures say."""
    jour = timezone.localdate(un.debut, un.session.site.fuseau)
    dehors = _noms(
        une
        for une in siennes
        if not un.debut - avant(jour) <= une.signee_le <= un.fin + apres(jour)
    )
    if dehors:
        yield _indice("hors_du_temps", un, dehors)
    gens = {une.parcours_id for une in siennes}
    if len(gens) >= DEUX and all(une.signee_le < un.debut for une in siennes):
        yield _indice("toutes_avant", un, f"{len(gens)} personnes")
    if len(gens) >= DEUX and all(une.signee_le > un.fin for une in siennes):
        yield _indice("toutes_apres", un, f"{len(gens)} personnes")
    par_appareil: defaultdict[tuple[str, bool], list[Signature]] = defaultdict(list)
    for une in siennes:
        if une.appareil:
            par_appareil[une.appareil, une.moyen == MoyenDeSignature.CODE].append(une)
    for (_, au_code), les_siennes in par_appareil.items():
        if au_code and len({une.parcours_id for une in les_siennes}) >= DEUX:
            yield _indice("meme_telephone", un, _noms(les_siennes))
        elif not au_code and (vite := _trop_vite(les_siennes, seuil("ecart", jour))):
            yield _indice("a_la_suite", un, _noms(vite))


def _trop_vite(siennes: Sequence[Signature], ecart: int) -> list[Signature]:
    """Those of one device that follow another person's within so many seconds, and the one that they follow."""
    return [
        une
        for premiere, suivante in pairwise(siennes)
        if premiere.parcours_id != suivante.parcours_id
        and suivante.signee_le - premiere.signee_le < timedelta(seconds=ecart)
        for une in (premiere, suivante)
    ]


def _deux_fois(toutes: Sequence[Signature]) -> set[int]:
    """The signatures whose very drawing is another person's too, or of another slot."""
    dessins = {une.empreinte for une in toutes if une.empreinte}
    portees: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    memes = Signature.objects.filter(empreinte__in=dessins, etat=EtatDeSignature.RECUE)
    for empreinte, parcours, creneau in memes.values_list(
        "empreinte", "parcours", "creneau"
    ).order_by():
        portees[empreinte].add((parcours, creneau))
    return {une.pk for une in toutes if len(portees[une.empreinte]) >= DEUX}


def _ailleurs(toutes: Sequence[Signature], creneaux: Sequence[Creneau]) -> set[int]:
    """The signatures of who signed another slot of the same hours."""
    bornes = {un.pk: (un.debut, un.fin) for un in creneaux}
    autres = Signature.objects.filter(
        parcours__dossier__in={une.parcours.dossier_id for une in toutes},
        etat=EtatDeSignature.RECUE,
        creneau__debut__lt=max(fin for _, fin in bornes.values()),
        creneau__fin__gt=min(debut for debut, _ in bornes.values()),
    ).exclude(creneau__etat=EtatDeCreneau.ANNULE)
    par_dossier: defaultdict[int, set[tuple[int, object, object]]] = defaultdict(set)
    lues = autres.values_list(
        "parcours__dossier", "creneau", "creneau__debut", "creneau__fin"
    ).order_by()
    for dossier, creneau, debut, fin in lues:
        par_dossier[dossier].add((creneau, debut, fin))
    trouvees = set()
    for une in toutes:
        debut, fin = bornes[une.creneau_id]
        for creneau, son_debut, sa_fin in par_dossier[une.parcours.dossier_id]:
            if creneau != une.creneau_id and son_debut < fin and sa_fin > debut:  # type: ignore[operator] # both instants
                trouvees.add(une.pk)
    return trouvees


def _formateurs(creneaux: Sequence[Creneau]) -> set[int]:
    """The slots whose trainer teaches another at the same hours."""
    qui = {un.formateur_id for un in creneaux if un.formateur_id}
    autres = (
        Creneau.objects.filter(
            Q(debut__lt=max(un.fin for un in creneaux), fin__gt=min(un.debut for un in creneaux)),
            formateur__in=qui,
        )
        .exclude(etat=EtatDeCreneau.ANNULE)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
    )
    lus = list(autres.values_list("pk", "formateur", "debut", "fin").order_by())
    return {
        un.pk
        for un in creneaux
        for numero, formateur, debut, fin in lus
        if formateur == un.formateur_id and numero != un.pk and debut < un.fin and fin > un.debut
    }


def _absentes(creneaux: Sequence[Creneau]) -> set[tuple[int, int]]:
    """The people who are said to be away, by slot and path."""
    absences = Presence.objects.filter(
        creneau__in=creneaux, nature=NatureDePresence.ABSENT, etat=EtatDePresence.EN_VIGUEUR
    )
    return set(absences.values_list("creneau", "parcours").order_by())
