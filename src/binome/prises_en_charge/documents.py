"""The documents that a request is sent with: read apart, cleaned, shelved, each told to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.depot.arrivee import ranger
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.prises_en_charge.etats import OUVERTES, NatureDeDocument
from binome.prises_en_charge.models import DocumentDePriseEnCharge, PriseEnCharge
from binome.prises_en_charge.rayons import DOCUMENTS

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.depot.controle import Document

JOINDRE: Final = "prises-en-charge.document"
"""The entry that a document is joined."""
AU_PLUS: Final = 20
"""Documents of a request, at most."""


def rien_d_efface(prise: PriseEnCharge) -> None:
    """Raises GesteImpossible once the person is erased: nothing is written of them any more."""
    if Dossier.objects.filter(parcours__prises_en_charge=prise, anonyme_le__isnull=False).exists():
        raise GesteImpossible("L’identité de cette personne est effacée : rien ne s’écrit plus ici.")  # fmt: skip


def joindre(
    prise: PriseEnCharge, par: Acteur, nature: str, document: Document
) -> DocumentDePriseEnCharge:
    """A document of a request that is not answered yet; the same bytes twice are one. Raises GesteImpossible, and OSError when the disk refuses."""
    if nature not in NatureDeDocument.values:
        raise GesteImpossible("Choisissez ce qu’est ce document.", champ="nature")
    with ranger(DOCUMENTS, document.contenu, document.suffixe) as range_:
        return _inscrire(prise, par, nature, range_.nom, range_.empreinte)


@transaction.atomic
def _inscrire(
    prise: PriseEnCharge, par: Acteur, nature: str, nom: str, empreinte: str
) -> DocumentDePriseEnCharge:
    tenue = PriseEnCharge.objects.select_for_update(of=("self",)).get(pk=prise.pk)
    rien_d_efface(tenue)
    if tenue.etat not in OUVERTES:
        raise GesteImpossible("Cette demande a sa réponse : un document ne s’y ajoute plus.")
    siens = DocumentDePriseEnCharge.objects.filter(prise_en_charge=tenue)
    if siens.filter(empreinte=empreinte).exists():
        raise GesteImpossible("Ce document est déjà joint.", champ="fichier")
    if siens.count() >= AU_PLUS:
        raise GesteImpossible(f"Une demande porte {AU_PLUS} documents au plus.", champ="fichier")
    document = DocumentDePriseEnCharge.objects.create(
        prise_en_charge=tenue, nature=nature, fichier=nom, empreinte=empreinte, depose_le=timezone.now(),
        depose_par=par.personne,
    )  # fmt: skip
    ecrire(
        Ecriture(JOINDRE, tenue.objet, auteur=par.nom_au_journal, apres={"nature": nature},
                 lignes=lignes([document]))
    )  # fmt: skip
    return document
