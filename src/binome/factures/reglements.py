"""Payments that came in: by a bank's file or by hand, matched at once where the label names an invoice and its very amount."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.factures.comptes_de_factures import comptes_de
from binome.factures.etats import EtatDuReglementRecu, NatureDeFacture
from binome.factures.flows import REGLEMENTS
from binome.factures.models import Facture, FichierDeBanque, Reglement
from binome.factures.numeros_lus import numeros_dits
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_tous, naitre
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.banque.mouvements import Mouvement, ReleveDeBanque
    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation

IMPORTER: Final = "reglements.fichier"
"""The entry that a bank's file was read."""
MONTANT_AU_PLUS: Final = 100_000_000_00
LONGUEUR: Final = 500


@dataclass(frozen=True)
class Importation:
    """What a file did: payments noted, those already known, those matched at once, those that look like one noted otherwise."""

    nouveaux: int
    connus: int
    rapproches: int
    ressemblent: int = 0


def objet_de_la_banque(organisme: int) -> str:
    """How the journal names the bank's files of an organisation."""
    return f"banque:{organisme}"


@transaction.atomic
def importer(organisme: Organisation, par: Acteur, releve: ReleveDeBanque) -> Importation:
    """Notes what came in by a file, each movement once whatever the number of files that tell of it. Raises GesteImpossible."""
    deja = FichierDeBanque.objects.filter(organisme=organisme, empreinte=releve.empreinte).first()
    if deja is not None:
        raise GesteImpossible(
            f"Ce fichier est déjà lu, le {date_en_clair(timezone.localdate(deja.lu_le))} : rien n’est noté deux fois."
        )
    if not releve.entrees:
        raise GesteImpossible("Ce fichier ne dit aucun argent reçu : rien n’est noté.")
    fichier = FichierDeBanque(
        organisme=organisme, empreinte=releve.empreinte, format_lu=releve.format_lu,
        entrees=len(releve.entrees), lu_le=timezone.now(), par=par.personne,
    )  # fmt: skip
    try:
        with transaction.atomic():
            fichier.save()
    except IntegrityError:
        raise GesteImpossible("Ce fichier vient d’être lu : rien n’est noté deux fois.") from None
    cles = _cles(releve.entrees)
    connues = set(
        Reglement.objects.filter(organisme=organisme, cle__in=cles).values_list("cle", flat=True)
    )
    nouveaux = [
        Reglement(
            organisme=organisme, jour=un.jour, montant_cents=un.montant_cents, texte=_texte(un), cle=cle,
            fichier=fichier, recu_le=timezone.now(),
        )
        for un, cle in zip(releve.entrees, cles, strict=True)
        if cle not in connues and un.montant_cents > 0
    ]  # fmt: skip
    ecrire(
        Ecriture(IMPORTER, objet_de_la_banque(organisme.pk), auteur=par.nom_au_journal,
                 apres={"nouveaux": len(nouveaux), "connus": len(connues)}, lignes=lignes([fichier]))
    )  # fmt: skip
    ailleurs = dit_autrement(organisme, nouveaux, releve.format_lu)
    if nouveaux:
        naitre(REGLEMENTS, "recevoir", nouveaux, par)
    surs = [un for un in nouveaux if un.cle not in ailleurs]
    return Importation(len(nouveaux), len(connues), rapprocher(organisme, surs, par), len(ailleurs))


def semblables(organisme: int, jours: Collection[date]) -> QuerySet[Reglement]:
    """The payments of some days that were not put aside, to be set beside others."""
    return (
        Reglement.objects.filter(organisme=organisme, jour__in=jours)
        .exclude(etat=EtatDuReglementRecu.ECARTE)
        .select_related("fichier")
        .order_by("pk")
    )


def dit_autrement(
    organisme: Organisation, nouveaux: Sequence[Reglement], format_lu: str
) -> frozenset[str]:
    """The keys of new payments whose day and amount were already noted by hand, or by a file of another format.

    A bank words one transfer differently in each format: which is the same is for a person to say. As many as were noted.
    """
    deja: Counter[tuple[date, int]] = Counter(
        (un.jour, un.montant_cents)
        for un in semblables(organisme.pk, {un.jour for un in nouveaux})
        if un.fichier is None or un.fichier.format_lu != format_lu
    )
    vus: Counter[tuple[date, int]] = Counter()
    trouves = set()
    for un in nouveaux:
        vus[un.jour, un.montant_cents] += 1
        if vus[un.jour, un.montant_cents] <= deja[un.jour, un.montant_cents]:
            trouves.add(un.cle)
    return frozenset(trouves)


def deja_dits(reglement: Reglement) -> list[Reglement]:
    """The other payments of the same day and amount that a file of another format, or a person, told of."""
    sien = None if reglement.fichier is None else reglement.fichier.format_lu
    return [
        un
        for un in semblables(reglement.organisme_id, {reglement.jour})
        if un.pk != reglement.pk
        and un.montant_cents == reglement.montant_cents
        and (sien is None or un.fichier is None or un.fichier.format_lu != sien)
    ]


def _cles(entrees: Sequence[Mouvement]) -> list[str]:
    """What tells each movement from the others: what it says, and its rank among those that say the same."""
    vus: Counter[str] = Counter()
    rendues = []
    for un in entrees:
        dit = "\x1f".join((un.jour.isoformat(), str(un.montant_cents), un.libelle, un.reference, un.de_qui))  # fmt: skip
        vus[dit] += 1
        rendues.append(hashlib.sha256(f"{dit}\x1f{vus[dit]}".encode()).hexdigest())
    return rendues


def _texte(un: Mouvement) -> str:
    return " · ".join(dit for dit in (un.de_qui, un.libelle, un.reference) if dit)[:LONGUEUR]


def saisir(
    organisme: Organisation, par: Acteur, jour: date, montant_cents: int, texte: str, cle: str
) -> Reglement:
    """A payment noted by hand; `cle` is the form's own, so that it is noted once. Raises GesteImpossible."""
    if jour > timezone.localdate():
        raise GesteImpossible(
            "Ce jour est à venir : notez un règlement une fois reçu.", champ="jour"
        )
    if not 1 <= montant_cents <= MONTANT_AU_PLUS:
        raise GesteImpossible("Un règlement est de plus de zéro euro : relisez ce montant.", champ="montant")  # fmt: skip
    reglement = Reglement(
        organisme=organisme, jour=jour, montant_cents=montant_cents, texte=" ".join(texte.split())[:LONGUEUR],
        cle=f"main:{cle[:50]}", recu_le=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(REGLEMENTS, "recevoir", [reglement], par)
    except IntegrityError:
        raise GesteImpossible("Ce règlement vient d’être noté.") from None
    rapprocher(organisme, [reglement], par)
    return reglement


def rapprocher(organisme: Organisation, recus: Sequence[Reglement], par: Acteur) -> int:
    """Matches each payment whose label names one invoice, or several, of which exactly that is left; how many are.

    The others wait for a person.
    """
    numeros = {un.pk: numeros_dits(un.texte) for un in recus}
    rangs = {rang for dits in numeros.values() for _, rang in dits}
    factures = Facture.objects.filter(
        organisme=organisme, nature=NatureDeFacture.FACTURE, rang__in=rangs
    )
    restes = {
        (un.facture.annee, un.facture.rang): un.reste_cents
        for un in comptes_de(factures.order_by("pk"))
    }
    parts: list[tuple[Reglement, list[tuple[tuple[int, int], int]]]] = []
    for un in recus:
        dits = [(dit, restes.get(dit, 0)) for dit in sorted(numeros[un.pk])]
        if dits and all(reste > 0 for _, reste in dits) and sum(reste for _, reste in dits) == un.montant_cents:  # fmt: skip
            parts.append((un, dits))
            restes |= dict.fromkeys((dit for dit, _ in dits), 0)
    for tour in range(max((len(dits) for _, dits in parts), default=0)):
        passages = [
            Passage(un, un.version, {"numero": f"{annee}-{rang:05}", "montant": cents})
            for un, dits in parts
            for (annee, rang), cents in dits[tour : tour + 1]
        ]
        faire_tous(REGLEMENTS, "lettrer", passages, par)
    return sum(un.etat == EtatDuReglementRecu.RAPPROCHE for un, _ in parts)
