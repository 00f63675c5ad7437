"""What an organisation gives once for its invoices: read, checked, written version after version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError

from binome.comptes.models import Organisation
from binome.factures.models import MentionsDeFacture
from binome.impression.dessin import indessinable
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.comptes.acteur import Acteur

DONNER: Final = "factures.mentions"
"""The entry that keeps what was given."""
TEXTES: Final[Mapping[str, str]] = {
    "adresse": "L’adresse de votre organisme : numéro et rue",
    "code_postal": "Le code postal",
    "ville": "La ville",
    "declaration": "Le numéro de déclaration d’activité",
    "penalites": "Ce qui est dû en cas de retard de paiement",
    "indemnite": "L’indemnité forfaitaire de recouvrement",
    "escompte": "Ce qui est dit de l’escompte",
}
FACULTATIFS: Final[Mapping[str, str]] = {
    "numero_de_tva": "Le numéro de TVA, si vous en avez un",
    "iban": "L’IBAN où vous payer, si vous voulez qu’il soit imprimé",
}
DELAI_AU_PLUS: Final = 180
"""Days: a bound of ours against a slip."""


class MentionDeFactureRefusee(ValueError):
    """What was typed is not taken; the message says why, `champ` names the field."""

    def __init__(self, message: str, champ: str = "") -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class MentionsDites:
    """What a person typed: texts by their column, the day of the attestation, days to pay."""

    textes: Mapping[str, str]
    attestation_le: date | None
    delai: int | None


def mentions_en_vigueur(organisme: int) -> MentionsDeFacture | None:
    """The mentions in force; None while nobody gave any."""
    siennes = MentionsDeFacture.objects.filter(organisme=organisme)
    return siennes.order_by("-du", "-pk").first()


def objet_des_mentions(organisme: int) -> str:
    """How the journal names the mentions of an organisation."""
    return f"facturation:{organisme}"


@transaction.atomic
def donner_les_mentions(
    organisme: Organisation, par: Acteur, dites: MentionsDites, *, vues: int = 0
) -> MentionsDeFacture:
    """Other mentions from now on, in the place of those that the person saw (`vues`); what is issued keeps its own. Raises MentionDeFactureRefusee."""
    Organisation.objects.select_for_update().get(pk=organisme.pk)
    tenues = mentions_en_vigueur(organisme.pk)
    if vues != (0 if tenues is None else tenues.pk):
        raise MentionDeFactureRefusee(
            "Ces mentions ont changé entre-temps. Relisez-les, puis enregistrez les vôtres."
        )
    textes = {nom: " ".join(dites.textes.get(nom, "").split()) for nom in (*TEXTES, *FACULTATIFS)}
    for nom, libelle in {**TEXTES, **FACULTATIFS}.items():
        _exiger(nom, libelle, textes[nom])
    if not re.fullmatch(r"[0-9]{5}", textes["code_postal"]):
        raise MentionDeFactureRefusee("Le code postal a cinq chiffres.", "code_postal")
    textes["iban"] = _iban(textes["iban"])
    if dites.attestation_le is None:
        raise MentionDeFactureRefusee(
            "Donnez le jour de votre attestation d’exonération (formulaire 3511) : sans elle, une formation n’est pas "
            "exonérée de TVA, et Binôme n’écrit pas de facture avec TVA.",
            "attestation_le",
        )
    if dites.attestation_le > timezone.localdate():
        raise MentionDeFactureRefusee("Cette attestation serait à venir.", "attestation_le")
    if dites.delai is None or not 0 <= dites.delai <= DELAI_AU_PLUS:
        raise MentionDeFactureRefusee(
            f"Le délai de paiement va de 0 à {DELAI_AU_PLUS} jours.", "delai"
        )
    ecrites = MentionsDeFacture.objects.create(
        organisme=organisme, du=timezone.now(), attestation_le=dites.attestation_le, delai=dites.delai,
        essai=organisme.exemple, par=par.personne, **textes,
    )  # fmt: skip
    ecrire(
        Ecriture(DONNER, objet_des_mentions(organisme.pk), auteur=par.nom_au_journal, lignes=lignes([ecrites]))
    )  # fmt: skip
    return ecrites


def _exiger(nom: str, libelle: str, texte: str) -> None:
    if not texte and nom in TEXTES:
        raise MentionDeFactureRefusee(
            f"Il nous manque ceci : {libelle[:1].lower()}{libelle[1:]}.", nom
        )
    longueur = int(MentionsDeFacture._meta.get_field(nom).max_length or 0)  # type: ignore[union-attr] # a column of text
    if exces := trop_long(texte, longueur):
        raise MentionDeFactureRefusee(f"{libelle} : {exces[:1].lower()}{exces[1:]}", nom)
    if faute := indessinable({libelle: texte}):
        raise MentionDeFactureRefusee(faute, nom)


def _iban(texte: str) -> str:
    if not texte:
        return ""
    try:
        return str(ibans.validate(texte))
    except ValidationError:
        raise MentionDeFactureRefusee("Cet IBAN n’est pas juste : relisez-le.", "iban") from None
