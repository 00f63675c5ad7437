"""Writing made-up dossiers in bulk, in the very shapes that the services give, all or none."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_date

from binome.bureau.tranches import trancher
from binome.comptes.acteur import Acteur
from binome.depot.etats import EtatDApercu, SansApercu
from binome.dossiers.employeurs.services import suivre
from binome.dossiers.en_liste import (
    decision_en_liste,
    declaree_en_liste,
    noms_plies,
    reponse_en_liste,
    trouvable,
)
from binome.dossiers.etats import Etat, EtatDePiece, MotifDeRefus, Nature, Origine
from binome.dossiers.jugement import DELAI, nature_de
from binome.dossiers.models import Decision, Dossier, Fait, Piece, Proposition, Recours
from binome.dossiers.preparations import ENTREE
from binome.dossiers.rayons import PIECES
from binome.exemples.acces import CANDIDAT, Scene
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.exemples.dossiers.histoire import entrees
from binome.exemples.dossiers.pieces import document
from binome.exemples.dossiers.reponses import A_TRANCHER, repondre
from binome.exemples.dossiers.tirage import Tirage, Tire
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import LigneEcrite, lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire, ecrire_tout
from binome.regles.courante import base_courante, code_par_defaut
from binome.regles.metiers.raisons_d_ecart import AUTRE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from binome.exemples.chapitre import Voulu

TRANCHE: Final = 500
POSITION: Final = "Position d’exemple : la branche n’a rien dit de tel."
MI_TEMPS: Final = 5_000
"""What the made-up candidate works for the made-up practice."""
AVEC_FICHIERS: Final = 1000
"""The largest set whose documents are real files."""
AVEC_PROPOSITION: Final = (Etat.PROPOSITION, Etat.DECIDE, Etat.RECOURS, Etat.CLOS)
AVEC_DECISION: Final = (Etat.DECIDE, Etat.RECOURS, Etat.CLOS)
RECULE: Final = 24
"""Months that a document takes away from a declared experience, where it departs from it."""


@dataclass
class _Lot:
    """A slice being written."""

    scene: Scene
    fichiers: bool
    tires: list[Tire]
    dossiers: list[Dossier] = field(default_factory=list)
    pieces: list[dict[str, Piece]] = field(default_factory=list)
    faits: list[Fait] = field(default_factory=list)
    propositions: dict[int, Proposition] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    recours: list[Recours] = field(default_factory=list)


@contextmanager
def _dates_donnees() -> Iterator[None]:
    """Lets the dates that are otherwise those of the writing be given: this set has a past."""
    champs = [
        Dossier._meta.get_field(nom) for nom in ("cree_le", "modifie_le")
    ] + [Piece._meta.get_field("deposee_le"), Proposition._meta.get_field("preparee_le")]  # fmt: skip
    avant = [(un, un.auto_now, un.auto_now_add) for un in champs]  # type: ignore[union-attr] # only fields of dates are taken
    for un in champs:
        un.auto_now = un.auto_now_add = False  # type: ignore[union-attr] # only fields of dates are taken
    try:
        yield
    finally:
        for un, a_chaque, une_fois in avant:
            un.auto_now, un.auto_now_add = a_chaque, une_fois  # type: ignore[union-attr] # only fields of dates are taken


def verifier_vierge() -> None:
    """Raises DejaServie when there are dossiers, real or not."""
    if Dossier.objects.filter(exemple=False).exists():
        raise DejaServie(
            "Cette base contient de vrais dossiers : les exemples n’y entrent pas. "
            "Donnez une base vide (BINOME_DONNEES ou DATABASE_URL)."
        )
    if Dossier.objects.exists():
        raise DejaServie("Des dossiers d’exemple sont déjà dans cette base. Rien n’est ajouté.")


def ecrire_les_dossiers(scene: Scene, voulu: Voulu) -> None:
    """Writes as many dossiers as are wanted, each with its past."""
    administration = Acteur(scene.personnes["administrateur"])
    for code in A_TRANCHER:
        try:
            trancher(code_par_defaut(), code, POSITION, administration)
        except GesteImpossible:
            continue
    tires = Tirage(voulu.graine, voulu.jour).tirer(voulu.taille)
    faits = 0
    with _dates_donnees():
        while tranche := list(islice(tires, TRANCHE)):
            _ecrire(_Lot(scene, voulu.taille <= AVEC_FICHIERS, tranche), voulu.jour)
            faits += len(tranche)
            voulu.avance(faits)
    _attacher(scene)


def _attacher(scene: Scene) -> None:
    """The made-up candidate follows the last dossier of the first organisation that was decided and notified."""
    suivi = (
        Dossier.objects.filter(etat=Etat.DECIDE, organisme=scene.organismes[0])
        .order_by("-decide_le", "pk")
        .first()
    )
    if suivi is not None:
        suivi.candidat = scene.personnes[CANDIDAT]
        suivi.save(update_fields=["candidat"])
        siennes = suivre(suivi, scene.cabinet, auteur=SYSTEME, part=MI_TEMPS)
        ecrire(
            Ecriture(
                "dossier.rattacher",
                suivi.objet,
                apres={"candidat": scene.personnes[CANDIDAT].pk},
                sujet=suivi.sujet,
                lignes=(*lignes([suivi], "candidat"), *siennes),
            )
        )


def _ecrire(lot: _Lot, jour: date) -> None:
    maintenant = datetime.combine(jour, time(7), UTC)
    lot.dossiers = Dossier.objects.bulk_create(
        [_dossier(lot.scene, un, maintenant) for un in lot.tires], batch_size=TRANCHE
    )
    lot.pieces = [_pieces(lot, un, dossier) for un, dossier in _paires(lot)]
    Piece.objects.bulk_create(
        [piece for par_nature in lot.pieces for piece in par_nature.values()], batch_size=TRANCHE
    )
    for rang, (tire, dossier) in enumerate(_paires(lot)):
        prouves = _faits(lot, tire, dossier, lot.pieces[rang])
        if tire.etat in AVEC_PROPOSITION:
            lot.propositions[rang] = _proposition(lot, tire, dossier, prouves)
    Fait.objects.bulk_create(lot.faits, batch_size=1000)
    Proposition.objects.bulk_create(lot.propositions.values(), batch_size=100)
    for rang, proposition in lot.propositions.items():
        if lot.tires[rang].etat in AVEC_DECISION:
            lot.decisions[rang] = _decision(lot, lot.tires[rang], proposition)
    Decision.objects.bulk_create(lot.decisions.values(), batch_size=100)
    for rang, decision in lot.decisions.items():
        if lot.tires[rang].recours:
            lot.recours.append(_recours(lot, lot.tires[rang], decision))
    Recours.objects.bulk_create(lot.recours)
    ecrits: list[Ecriture] = []
    rangees = _lignes(lot)
    for rang, (tire, dossier) in enumerate(_paires(lot)):
        siens = list(
            entrees(
                lot.scene,
                tire,
                dossier,
                lot.pieces[rang].values(),
                lot.decisions.get(rang),
                maintenant,
            )
        )
        dossier.version = len(siens)
        ecrits += [*siens[:-1], replace(siens[-1], lignes=rangees[dossier.pk])]
    # The very row, inserted over itself: faster than an update of as many.
    Dossier.objects.bulk_create(
        lot.dossiers,
        batch_size=TRANCHE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["alertes", "claire", "voie", "minutes", "signaux", "version"],
    )
    ecrire_tout(ecrits)


def _lignes(lot: _Lot) -> dict[int, tuple[LigneEcrite, ...]]:
    """The rows that were written of each dossier."""
    ecrites: defaultdict[int, list[LigneEcrite]] = defaultdict(list)
    for dossier in lot.dossiers:
        ecrites[dossier.pk].append(LigneEcrite(Dossier, dossier.pk))
    for par_nature in lot.pieces:
        for piece in par_nature.values():
            ecrites[piece.dossier_id].append(LigneEcrite(Piece, piece.pk))
    siennes: tuple[Fait | Proposition | Decision, ...] = (
        *lot.faits,
        *lot.propositions.values(),
        *lot.decisions.values(),
    )
    for une in siennes:
        ecrites[une.dossier_id].append(LigneEcrite(type(une), une.pk))
    for recours in lot.recours:
        ecrites[recours.decision.dossier_id].append(LigneEcrite(Recours, recours.pk))
    return {numero: tuple(rangees) for numero, rangees in ecrites.items()}


def _paires(lot: _Lot) -> Iterator[tuple[Tire, Dossier]]:
    return zip(lot.tires, lot.dossiers, strict=True)


def _dossier(scene: Scene, tire: Tire, maintenant: datetime) -> Dossier:
    identite = tire.identite
    return Dossier(
        reference=tire.reference,
        etat=tire.etat,
        organisme=scene.organismes[tire.organisme],
        branche=scene.branche,
        recherche=noms_plies(identite["prenom"], identite["nom"]),
        trouvable=trouvable(tire.reference, identite),
        entree=parse_date(tire.faits[ENTREE]),
        **(declaree_en_liste(code_par_defaut(), tire.faits) if tire.depose_le else {}),
        exemple=True,
        cree_le=min(tire.cree_le, maintenant),
        modifie_le=tire.clos_le or tire.decide_le or tire.depose_le or tire.cree_le,
        depose_le=tire.depose_le,
        decide_le=tire.decide_le,
        clos_le=tire.clos_le,
        echeance=_echeance(tire, maintenant),
        **identite,
    )


def _echeance(tire: Tire, maintenant: datetime) -> date | None:
    """Until when what is missing is waited for: within the month that comes, the same day each time."""
    if tire.etat != Etat.A_COMPLETER:
        return None
    rang = int.from_bytes(hashlib.sha256(tire.reference.encode()).digest()[:4])
    return maintenant.date() + timedelta(days=3 + rang % 25)


def _pieces(lot: _Lot, tire: Tire, dossier: Dossier) -> dict[str, Piece]:
    lues = {}
    for nature, etat in tire.pieces.items():
        contenu = document(nature)
        # The name is drawn from the reference: random to who does not know it, the same each time.
        tirage = hashlib.sha256(f"{tire.reference}/{nature}".encode()).hexdigest()[:40]
        nom = f"{PIECES.nom}/{tirage}.pdf"
        if lot.fichiers:
            chemin = PIECES.chemin_de(nom)
            chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            chemin.write_bytes(contenu.octets)
        examinee = etat in (EtatDePiece.ACCEPTEE, EtatDePiece.REFUSEE)
        deposee = tire.depose_le or timezone.now()
        lues[nature] = Piece(
            dossier=dossier,
            nature=nature,
            nom=f"exemple-{nature}.pdf",
            fichier=nom,
            type="application/pdf",
            octets=len(contenu.octets),
            pages=1,
            empreinte=contenu.empreinte,
            etat=etat,
            motif=MotifDeRefus.ILLISIBLE if etat == EtatDePiece.REFUSEE else "",
            deposee_par=lot.scene.personnes["gestionnaire"],
            deposee_le=deposee,
            examinee_par=lot.scene.personnes["examinateur"] if examinee else None,
            examinee_le=deposee + timedelta(days=1) if examinee else None,
            apercu=EtatDApercu.A_DESSINER if lot.fichiers else EtatDApercu.IMPOSSIBLE,
            sans_apercu="" if lot.fichiers else SansApercu.INTROUVABLE,
        )
    return lues


def _faits(lot: _Lot, tire: Tire, dossier: Dossier, pieces: dict[str, Piece]) -> dict[str, Any]:
    """Adds the facts, declared and proven; those that hold come back, as `faits_de` reads them."""
    base = base_courante().vue("positionnement")
    tiennent: dict[str, Any] = {}
    for nom, valeur in tire.faits.items():
        lot.faits.append(Fait(dossier=dossier, nom=nom, origine=Origine.DECLARE, valeur=valeur))
        nature = base.faits[nom].piece
        if not nature:
            tiennent[nom] = valeur
            continue
        piece = pieces.get(nature)
        if piece is None and nature == "afgsu" and valeur == 0:
            # Nobody proves that they have none: the branch notes it on the identity's document.
            piece = pieces.get("identite")
        if piece is None or piece.etat != EtatDePiece.ACCEPTEE:
            continue
        prouvee = valeur
        if tire.ecart and nom == "experience_secretaire_mois":
            prouvee = max(0, valeur - RECULE)
        tiennent[nom] = prouvee
        lot.faits.append(
            Fait(dossier=dossier, nom=nom, origine=Origine.PROUVE, valeur=prouvee, piece=piece)
        )
    return tiennent


def _proposition(lot: _Lot, tire: Tire, dossier: Dossier, prouves: dict[str, Any]) -> Proposition:
    reponse = repondre(tire.faits, prouves)
    dossier.alertes, dossier.claire = reponse.alertes, reponse.sans_alerte
    for nom, valeur in reponse_en_liste(reponse.prouve, dossier.certification).items():
        setattr(dossier, nom, valeur)
    return Proposition(
        dossier=dossier,
        base=reponse.base,
        faits_declares=tire.faits,
        faits_prouves=prouves,
        declare=reponse.declare,
        prouve=reponse.prouve,
        sans_alerte=reponse.sans_alerte,
        preparee_le=(tire.depose_le or timezone.now()) + timedelta(days=2),
        preparee_par=lot.scene.personnes["examinateur"],
    )


def _decision(lot: _Lot, tire: Tire, proposition: Proposition) -> Decision:
    try:
        nature, ecart = nature_de(proposition.prouve, proposition.dossier.certification), ""
    except GesteImpossible:
        nature, ecart = Nature.REFUSE, "Écart d’exemple : la voie n’était pas établie."
    reserve = ""
    if tire.reserve and nature == Nature.ACCORDE:
        nature, reserve = Nature.RESERVE, "Réserve d’exemple : fournir l’AFGSU avant le jury."
        ecart = "Écart d’exemple : une pièce reste à fournir."
    le = tire.decide_le or timezone.now()
    dossier = proposition.dossier
    dits = decision_en_liste(nature, proposition.prouve, dossier.certification)
    for nom, valeur in dits.items():
        setattr(dossier, nom, valeur)
    return Decision(
        dossier=proposition.dossier,
        proposition=proposition,
        nature=nature,
        reponse=proposition.prouve,
        base=proposition.base,
        reserve=reserve,
        raison=AUTRE if ecart else "",
        ecart=ecart,
        par=lot.scene.personnes["examinateur"],
        le=le,
        notifiable_des=le + DELAI,
        notifiee_le=le + 2 * DELAI,
    )


def _recours(lot: _Lot, tire: Tire, decision: Decision) -> Recours:
    repondu = tire.clos_le
    return Recours(
        decision=decision,
        texte="Recours d’exemple : je conteste les heures retenues.",
        par=lot.scene.personnes["gestionnaire"],
        depose_le=decision.le + timedelta(days=3),
        issue="" if repondu is None else "maintenue",
        reponse="" if repondu is None else "Réponse d’exemple : la décision est maintenue.",
        repondu_par=None if repondu is None else lot.scene.personnes["examinateur"],
        repondu_le=repondu,
    )


CHAPITRE: Final = Chapitre("dossiers", verifier_vierge, ecrire_les_dossiers)
