"""Carrying a gesture out, for one object or for many: the only place that writes a state."""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic

from django.db import transaction
from django.db.models import F

from binome.gestes.auteur import MAISON, Maison
from binome.gestes.passage import M, Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.suites import effets_de, suite_de
from binome.gestes.table import MOTIF
from binome.journal.lignes import LigneEcrite, lignes
from binome.journal.services import MOTIF as RAISON
from binome.journal.services import Ecriture, ecrire_tout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model

    from binome.gestes.auteur import Auteur
    from binome.gestes.table import Flux, Geste

LOT: Final = 500
"""Rows a query: SQLite bounds its values."""
FORMES: Final = 8
"""Different changes beyond which rows are written over themselves, rather than an update each."""


@dataclass(frozen=True)
class Bilan(Generic[M]):
    """What a gesture on many did, and what it left, each with its reason in `refus`."""

    passes: tuple[Passage[M], ...]
    laisses: tuple[Passage[M], ...]


@transaction.atomic
def faire(
    flux: Flux[M],
    nom: str,
    objet: M,
    par: Auteur,
    *,
    version: int,
    donnees: Mapping[str, Any] | None = None,
) -> Passage[M]:
    """Carries out one gesture on the version that the person saw, and writes it down; then the one that it leads to.

    Raises Depasse when the object changed meanwhile, GesteImpossible otherwise. What it leads to and does not pass
    is left to be asked for.
    """
    passage = Passage(objet, version, dict(donnees or {}))
    accomplir(flux, nom, [passage], par)
    if passage.refus is not None:
        raise passage.refus
    geste = flux.gestes[nom]
    if geste.enchaine and geste.s_enchaine(objet):
        suivant = Passage(objet, objet.version)
        accomplir(flux, geste.enchaine, [suivant], par)
        passage.enchaine = suivant if suivant.refus is None else None
    return passage


@transaction.atomic
def faire_tous(flux: Flux[M], nom: str, passages: Sequence[Passage[M]], par: Auteur) -> Bilan[M]:
    """The same for many, in a number of queries that does not follow theirs; what may not pass is left."""
    accomplir(flux, nom, passages, par)
    return Bilan(
        tuple(un for un in passages if un.refus is None),
        tuple(un for un in passages if un.refus is not None),
    )


def faire_par_la_maison(flux: Flux[M], nom: str, objets: Sequence[M]) -> Bilan[M]:
    """A gesture of the house on objects as they were just read; the database is asked nothing for none."""
    if not objets:
        return Bilan((), ())
    return faire_tous(flux, nom, [Passage(un, un.version) for un in objets], Maison())


@transaction.atomic
def naitre(
    flux: Flux[M],
    nom: str,
    objets: Sequence[M],
    par: Auteur,
    *,
    apres: Mapping[str, Any] | None = None,
) -> None:
    """Inserts new objects in the first state of their flow, and writes them down with every column; then what follows.

    Raises GesteImpossible when the author may not, for any of them: none is inserted.
    """
    geste = flux.gestes[nom]
    for objet in objets:
        _verifier_qui(flux, geste, objet, par)
        objet.etat = geste.but("")
    flux.modele._default_manager.bulk_create(objets, batch_size=LOT)
    ecrire_tout(
        [
            Ecriture(
                flux.evenement(nom),
                objet.objet,
                auteur=par.nom_au_journal,
                apres={"etat": str(objet.etat), **(apres or {})},
                sujet=objet.sujet,
                lignes=lignes([objet]),
            )
            for objet in objets
        ]
    )
    _prolonger(flux, nom, [Passage(objet, objet.version) for objet in objets], par)


def accomplir(flux: Flux[M], nom: str, passages: Sequence[Passage[M]], par: Auteur) -> None:
    """Checks, prepares, takes the states, writes what goes with them and the journal, then the effects.

    What does not pass keeps its `refus`. Within a transaction of the caller.
    """
    geste = flux.gestes[nom]
    for passage in passages:
        try:
            _verifier(flux, geste, passage, par)
        except GesteImpossible as impossible:
            passage.refus = impossible
    for effet in geste.prepare:
        effet(_restent(passages), par)
    _prendre(flux, geste, _restent(passages))
    retenus = _restent(passages)
    if not retenus:
        return
    _creer(retenus)
    for effet in geste.avec:
        effet(retenus, par)
    ecrire_tout([_fait(flux, geste, passage, par) for passage in retenus])
    for passage in retenus:
        _tenir_a_jour(geste, passage)
    for effet in geste.effets:
        effet(retenus, par)
    _prolonger(flux, nom, retenus, par)


def _prolonger(flux: Flux[M], nom: str, faits: Sequence[Passage[M]], par: Auteur) -> None:
    """What rooms above do once a gesture is done, then whom it tells."""
    for effet in effets_de(flux.nom, nom):
        effet(faits, par)
    suite = suite_de(flux.nom, nom)
    if suite is not None and suite.effet is not None:
        suite.effet(faits, par)


def _restent(passages: Sequence[Passage[M]]) -> list[Passage[M]]:
    return [un for un in passages if un.refus is None]


def _verifier_qui(flux: Flux[M], geste: Geste[M], objet: M, par: Auteur) -> None:
    if isinstance(par, Maison):
        if MAISON not in geste.qui:
            raise GesteImpossible("Une personne seule fait ce geste.")
    elif flux.cotes(par, objet).isdisjoint(geste.qui):
        raise GesteImpossible(flux.pourquoi_pas(par, objet))


def _verifier(flux: Flux[M], geste: Geste[M], passage: Passage[M], par: Auteur) -> None:
    """Raises GesteImpossible, and says the first thing that stands in the way: who, then what."""
    objet = passage.objet
    _verifier_qui(flux, geste, objet, par)
    passage.donnees = geste.lire(passage.donnees)
    if any(champ.nom == MOTIF for champ in geste.champs):
        passage.motif = passage.donnees[MOTIF] or ""
    if objet.version != passage.version:
        raise Depasse(flux.ce_mot)
    if objet.etat not in geste.de:
        raise GesteImpossible(
            f"« {geste.mot} » n’est pas possible : {flux.mot} est « {etat_dit(objet)} »."
        )
    raison = geste.garde(objet)
    if raison is not None:
        raise GesteImpossible(raison)


def etat_dit(objet: M) -> str:
    """The state of an object, in its model's words."""
    return objet.etat_dit


def _but(geste: Geste[M], passage: Passage[M]) -> str:
    return passage.vers or geste.but(passage.objet.etat)


def _colonnes(geste: Geste[M], passage: Passage[M]) -> dict[str, Any]:
    if geste.vers is None and not passage.vers:
        return passage.change
    return {**passage.change, "etat": _but(geste, passage)}


def _prendre(flux: Flux[M], geste: Geste[M], passages: Sequence[Passage[M]]) -> None:
    """Takes the states and the columns: of two who pass at once, the second is refused."""
    if len(passages) == 1:
        (seul,) = passages
        pris = flux.modele._default_manager.filter(
            pk=seul.objet.pk, version=seul.version, etat=seul.objet.etat
        ).update(version=F("version") + 1, **_colonnes(geste, seul))
        if not pris:
            seul.refus = Depasse(flux.ce_mot)
        return
    for debut in range(0, len(passages), LOT):
        _prendre_un_lot(flux, geste, passages[debut : debut + LOT])


def _prendre_un_lot(flux: Flux[M], geste: Geste[M], passages: Sequence[Passage[M]]) -> None:
    objets = flux.modele._default_manager
    tenus = objets.select_for_update().filter(pk__in=[un.objet.pk for un in passages])
    vus = {
        numero: (version, etat)
        for numero, version, etat in tenus.order_by("pk").values_list("pk", "version", "etat")
    }
    formes: dict[tuple[tuple[str, str, Any], ...], tuple[dict[str, Any], list[Passage[M]]]] = {}
    for passage in passages:
        if vus.get(passage.objet.pk) != (passage.version, passage.objet.etat):
            passage.refus = Depasse(flux.ce_mot)
            continue
        colonnes = _colonnes(geste, passage)
        formes.setdefault(_forme(colonnes), (colonnes, []))[1].append(passage)
    if len(formes) > FORMES:
        _ecrire_par_dessus(flux, geste, _restent(passages))
        return
    for colonnes, siens in formes.values():
        objets.filter(pk__in=[un.objet.pk for un in siens]).update(
            version=F("version") + 1, **colonnes
        )


def _forme(colonnes: Mapping[str, Any]) -> tuple[tuple[str, str, Any], ...]:
    """What tells a change from another: JSON columns are compared by what they say."""
    return tuple(
        (nom, type(un).__name__, json.dumps(un, sort_keys=True) if isinstance(un, dict | list) else un)
        for nom, un in sorted(colonnes.items())
    )  # fmt: skip


def _ecrire_par_dessus(flux: Flux[M], geste: Geste[M], passages: Sequence[Passage[M]]) -> None:
    """Rows inserted over themselves: a third of the time of an update that names each one's values."""
    noms = {"version"}
    copies = []
    for passage in passages:
        copie = copy.copy(passage.objet)
        for nom, valeur in _colonnes(geste, passage).items():
            setattr(copie, nom, valeur)
            noms.add(nom)
        copie.version += 1
        copies.append(copie)
    flux.modele._default_manager.bulk_create(
        copies,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=sorted(noms),
    )


def _creer(passages: Sequence[Passage[M]]) -> None:
    """Inserts the rows that go with the states, a query a table."""
    par_modele: defaultdict[type[Model], list[tuple[Passage[M], Model]]] = defaultdict(list)
    for passage in passages:
        for une in passage.a_creer:
            par_modele[type(une)].append((passage, une))
    for modele, siennes in par_modele.items():
        modele._default_manager.bulk_create([une for _, une in siennes], batch_size=LOT)
        for passage, une in siennes:
            passage.lignes += lignes([une])


def _fait(flux: Flux[M], geste: Geste[M], passage: Passage[M], par: Auteur) -> Ecriture:
    objet = passage.objet
    colonnes = tuple(_colonnes(geste, passage))
    siennes = [LigneEcrite(flux.modele, objet.pk, colonnes)] if colonnes else []
    if LigneEcrite(flux.modele, objet.pk) in passage.lignes:
        siennes = []  # told whole
    return Ecriture(
        flux.evenement(geste.nom),
        objet.objet,
        auteur=par.nom_au_journal,
        motif=passage.raison,
        avant={"etat": objet.etat, **passage.avant},
        apres={"etat": _but(geste, passage), **passage.apres},
        sujet=objet.sujet,
        prive={**passage.prive, **({RAISON: passage.motif} if passage.motif else {})},
        lignes=(*siennes, *passage.lignes),
    )


def _tenir_a_jour(geste: Geste[M], passage: Passage[M]) -> None:
    colonnes = _colonnes(geste, passage)
    for nom, valeur in colonnes.items():
        setattr(passage.objet, nom, valeur)
    passage.objet.version += 1
