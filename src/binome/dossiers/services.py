"""Filing a dossier: every change from the draft to the decision's doorstep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from binome.dossiers.attribution import branche_de, nouvelles
from binome.dossiers.doublons import cle_de_recherche
from binome.dossiers.etats import EtatDePiece, MotifDeRefus, Origine
from binome.dossiers.models import Dossier, Fait, Piece, PointTranche, Proposition
from binome.dossiers.passage import Depasse, GesteImpossible, passer
from binome.dossiers.positionnement import positionner_dossier
from binome.dossiers.rattachement import inviter_le_candidat, retirer_les_invitations
from binome.journal.lignes import Ligne, lignes
from binome.journal.services import Fait as Ecrit
from binome.journal.services import ecrire
from binome.regles.courante import base_courante, code_par_defaut
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation

IDENTITE: Final = (
    "prenom", "nom", "naissance", "courriel", "telephone", "employeur", "employeur_identifiant",
    "session",
)  # fmt: skip
"""The columns that a training organisation fills in: texts about the candidate, private in the journal."""
EXAMINEES: Final = ("etat", "motif", "precision", "examinee_par", "examinee_le")
"""The columns of a document that an examination sets."""


@transaction.atomic
def ouvrir(
    organisme: Organisation, acteur: Acteur, *, exemple: bool = False, cle_import: str = ""
) -> Dossier:
    """A new draft of a training organisation. Raises GesteImpossible from who does not manage it."""
    if organisme.pk not in acteur.organisations("gestionnaire"):
        raise GesteImpossible("Seule une personne qui gère l’organisme peut ouvrir un dossier.")
    (reference,) = nouvelles(1)
    dossier = Dossier.objects.create(
        reference=reference,
        organisme=organisme,
        branche_id=branche_de(code_par_defaut()),
        exemple=exemple,
        cle_import=cle_import,
    )
    ecrire(
        Ecrit(
            "dossier.ouvrir",
            dossier.objet,
            auteur=acteur.nom_au_journal,
            apres={"etat": dossier.etat, "organisme": organisme.pk},
            sujet=dossier.sujet,
            lignes=lignes([dossier]),
        )
    )
    return dossier


@transaction.atomic
def ecrire_identite(
    dossier: Dossier, valeurs: Mapping[str, Any], acteur: Acteur, *, version: int
) -> Dossier:
    """Sets some columns of the identity, already cleaned; what does not change is not written.

    Raises Depasse, GesteImpossible.
    """
    change = {
        nom: valeurs[nom]
        for nom in IDENTITE
        if nom in valeurs and valeurs[nom] != getattr(dossier, nom)
    }
    if not change:
        return dossier
    prive = {
        nom: {"avant": _dit(getattr(dossier, nom)), "apres": _dit(valeur)}
        for nom, valeur in change.items()
    }
    noms = {nom: change.get(nom, getattr(dossier, nom)) for nom in ("prenom", "nom")}
    if "courriel" in change:
        retirer_les_invitations(dossier, acteur)
    # Another employer: the one that followed the dossier no longer does.
    quitte = {"cabinet": None} if "employeur_identifiant" in change else {}
    return passer(
        dossier,
        "ecrire",
        acteur,
        version=version,
        change={**change, **quitte, "recherche": cle_de_recherche(**noms)},
        apres={"champs": sorted(change)},
        prive=prive,
    )


def _dit(valeur: object) -> object:
    return valeur if valeur is None or isinstance(valeur, str | int | bool | list) else str(valeur)


@transaction.atomic
def declarer(
    dossier: Dossier, faits: Mapping[str, Any], acteur: Acteur, *, version: int
) -> Dossier:
    """Sets declared facts, as JSON values; None takes one away.

    What was proven stays proven. Raises DossierInvalide, Depasse, GesteImpossible.
    """
    base = base_courante().vue("positionnement")
    connus = {un.nom: un.valeur for un in dossier.faits.filter(origine=Origine.DECLARE)}
    change = {nom: valeur for nom, valeur in faits.items() if connus.get(nom) != valeur}
    base.lire({**connus, **change})
    if not change:
        return dossier
    dossier = passer(
        dossier,
        "ecrire",
        acteur,
        version=version,
        avant={"faits": {nom: connus.get(nom) for nom in change}},
        apres={"faits": dict(change)},
        ensuite=lambda: _poser_les_faits(dossier, change),
    )
    return _relire(dossier)


def _poser_les_faits(
    dossier: Dossier, faits: Mapping[str, Any], piece: Piece | None = None
) -> list[Ligne]:
    """Writes facts, declared or proven by a document; None takes one away. The rows that it wrote."""
    origine = Origine.DECLARE if piece is None else Origine.PROUVE
    otes = dossier.faits.filter(
        origine=origine, nom__in=[nom for nom, valeur in faits.items() if valeur is None]
    )
    ecrites = list(_oter(otes))
    for nom, valeur in faits.items():
        if valeur is not None:
            fait, _ = Fait.objects.update_or_create(
                dossier=dossier,
                nom=nom,
                origine=origine,
                defaults={"valeur": valeur, "piece": piece},
            )
            ecrites.append(Ligne(Fait, fait.pk))
    return ecrites


def _oter(faits: QuerySet[Fait]) -> tuple[Ligne, ...]:
    """Deletes facts; the rows that are no longer there."""
    otees = lignes(faits.order_by("pk"))
    faits.delete()
    return otees


def _relire(dossier: Dossier) -> Dossier:
    """The dossier as it stands, related rows included."""
    return Dossier.objects.select_related("organisme", "candidat", "cabinet").get(pk=dossier.pk)


@transaction.atomic
def deposer(dossier: Dossier, acteur: Acteur, *, version: int) -> Dossier:
    """Files a draft with the branch, and invites the candidate. Raises Depasse, GesteImpossible."""
    depose = passer(
        dossier, "deposer", acteur, version=version, change={"depose_le": timezone.now()}
    )
    inviter_le_candidat(depose, acteur)
    return depose


@transaction.atomic
def completer(dossier: Dossier, acteur: Acteur, *, version: int) -> Dossier:
    """Sends back a dossier that the branch asked to complete. Raises Depasse, GesteImpossible.

    The candidate is invited if their address was only given, or mended, since.
    """
    complete = passer(dossier, "completer", acteur, version=version, change={"echeance": None})
    inviter_le_candidat(complete, acteur)
    return complete


def retirer(dossier: Dossier, acteur: Acteur, *, version: int, motif: str = "") -> Dossier:
    """Withdraws a dossier before any decision. Raises Depasse, GesteImpossible."""
    return passer(
        dossier, "retirer", acteur, version=version, motif=motif, change={"clos_le": timezone.now()}
    )


def demander(
    dossier: Dossier, acteur: Acteur, *, version: int, motif: str, avant: date | None = None
) -> Dossier:
    """Asks the organisation to complete, before a day if one is given: reminders follow it.

    Raises GesteImpossible without a reason or for a day that is past, Depasse.
    """
    if not motif.strip():
        raise GesteImpossible("Dites ce qui manque : l’organisme le lira.")
    if avant is not None and avant <= timezone.localdate():
        raise GesteImpossible("Laissez du temps : choisissez un jour à venir.")
    return passer(
        dossier,
        "demander",
        acteur,
        version=version,
        motif=motif.strip(),
        change={"echeance": avant},
        apres={"echeance": None if avant is None else avant.isoformat()},
    )


@transaction.atomic
def accepter_piece(
    piece: Piece, acteur: Acteur, *, version: int, faits: Mapping[str, Any]
) -> Piece:
    """Accepts a document, and the facts that it proves, as JSON values of the rule base.

    A fact that this kind of document cannot prove is refused. Raises GesteImpossible, Depasse,
    DossierInvalide.
    """
    dossier = piece.dossier
    base = base_courante().vue("positionnement")
    for nom in faits:
        if nom in base.faits and base.faits[nom].piece != piece.nature:
            raise GesteImpossible("Ce document ne prouve pas ce fait.")
    base.lire(dict(faits))
    _examiner(
        piece,
        acteur,
        version,
        EtatDePiece.ACCEPTEE,
        apres={"prouve": dict(faits)},
        faits=lambda: _poser_les_faits(dossier, faits, piece),
    )
    return piece


@transaction.atomic
def refuser_piece(
    piece: Piece, acteur: Acteur, *, version: int, motif: str, precision: str = ""
) -> Piece:
    """Refuses a document, for a reason of the catalogue. Raises GesteImpossible, Depasse."""
    if motif not in MotifDeRefus.values:
        raise GesteImpossible("Choisissez le motif du refus.")
    _examiner(
        piece,
        acteur,
        version,
        EtatDePiece.REFUSEE,
        motif=motif,
        precision=precision.strip(),
        apres={"motif": motif},
        faits=lambda: _oter(piece.faits.all()),
    )
    return piece


def _examiner(
    piece: Piece,
    acteur: Acteur,
    version: int,
    etat: EtatDePiece,
    *,
    apres: dict[str, Any],
    faits: Callable[[], Iterable[Ligne]],
    motif: str = "",
    precision: str = "",
) -> None:
    if piece.etat == EtatDePiece.RETIREE:
        raise GesteImpossible("Cette pièce a été remplacée.")
    avant = piece.etat

    def ensuite() -> list[Ligne]:
        piece.etat, piece.motif, piece.precision = etat, motif, precision
        piece.examinee_par, piece.examinee_le = acteur.personne, timezone.now()
        piece.save(update_fields=EXAMINEES)
        return [Ligne(Piece, piece.pk, EXAMINEES), *faits()]

    passer(
        piece.dossier,
        "examiner",
        acteur,
        version=version,
        motif=precision,
        avant={"piece": piece.pk, "examen": avant},
        apres={"piece": piece.pk, "examen": str(etat), **apres},
        ensuite=ensuite,
    )


def positions() -> dict[str, str]:
    """The position of the branch on each alert that it has settled, by code."""
    return dict(
        PointTranche.objects.filter(leve_le__isnull=True)
        .order_by("code")
        .values_list("code", "position")
    )


def points_tranches() -> frozenset[str]:
    """The alerts that the branch has settled."""
    return frozenset(positions())


@transaction.atomic
def proposer(dossier: Dossier, acteur: Acteur, *, version: int) -> Proposition:
    """Prepares the rule base's proposal, on declared and on proven facts.

    Raises GesteImpossible when the facts contradict one another, Depasse.
    """
    try:
        lus = positionner_dossier(dossier, points_tranches())
    except DossierInvalide as invalide:
        raise GesteImpossible(f"Les faits du dossier se contredisent : {invalide}.") from None
    proposition = Proposition.objects.create(
        dossier=dossier,
        base=lus.base.empreinte,
        faits_declares=lus.faits_declares,
        faits_prouves=lus.faits_prouves,
        declare=lus.declare.en_json(),
        prouve=lus.prouve.en_json(),
        sans_alerte=lus.sans_alerte,
        preparee_par=acteur.personne,
    )
    passer(
        dossier,
        "proposer",
        acteur,
        version=version,
        change={
            "alertes": len(lus.a_regarder) + len(lus.ecarts),
            "claire": lus.sans_alerte,
        },
        apres={"proposition": proposition.pk, "base": lus.base.empreinte},
        ensuite=lambda: lignes([proposition]),
    )
    return proposition


@transaction.atomic
def trancher(code: str, position: str, acteur: Acteur) -> PointTranche:
    """Settles an alert for every dossier to come. Raises GesteImpossible."""
    if not acteur.a_role("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut trancher un point.")
    if not position.strip():
        raise GesteImpossible("Écrivez la position de la branche, et ce qui la fonde.")
    if PointTranche.objects.filter(code=code, leve_le__isnull=True).exists():
        raise GesteImpossible("Ce point est déjà tranché. Levez d’abord la position en vigueur.")
    point = PointTranche.objects.create(
        code=code, position=position.strip(), par=acteur.personne, le=timezone.now()
    )
    ecrire(
        Ecrit(
            "point.tranche",
            f"alerte:{code}",
            auteur=acteur.nom_au_journal,
            motif=position.strip(),
            lignes=lignes([point]),
        )
    )
    return point


@transaction.atomic
def lever(point: PointTranche, acteur: Acteur, motif: str) -> None:
    """Opens a settled alert again. Raises GesteImpossible."""
    if not acteur.a_role("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut lever une position.")
    leves = PointTranche.objects.filter(pk=point.pk, leve_le__isnull=True).update(
        leve_le=timezone.now()
    )
    if not leves:
        raise Depasse
    ecrire(
        Ecrit(
            "point.leve",
            f"alerte:{point.code}",
            auteur=acteur.nom_au_journal,
            motif=motif.strip(),
            lignes=lignes([point], "leve_le"),
        )
    )
