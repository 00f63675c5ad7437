"""The settings of a branch: what is missing to declare, who knows it, and what may be changed while a lot is open."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.accrochage.ecrire import en_xml
from binome.accrochage.lot import Certifie, Emetteur, LotAAccrocher, Titulaire
from binome.accrochage.schema import SANS_ACTION
from binome.branches.services import branche_de_la_lettre
from binome.depot.arrivee import ranger, titre
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.passeport.a_part import verifier_sous_son_schema, version_du_schema
from binome.passeport.etats import OUVERTS, ActionDeclaree
from binome.passeport.flows import REGLAGES
from binome.passeport.models import LotDePassages, ReglagesDuPasseport
from binome.passeport.rayons import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur

NUMEROS: Final = {
    "id_client": ("l’identifiant client", 8, 8),
    "certificateur": ("l’identifiant du certificateur", 8, 8),
    "contrat": ("le numéro de contrat", 1, 20),
}
"""The numbers of the portal: what they are called, and between how many characters."""
QUI_SAIT: Final = "La Caisse des Dépôts le donne à la branche, sur le portail des certificateurs."
QUI_A_LE_SCHEMA: Final = "La branche prend le schéma du jour sur le portail des certificateurs, dans l’exemple de fichier XML."
NIR_TENU: Final = "Un lot attend sa réponse : le numéro de sécurité sociale reste demandé jusqu’à ce qu’elle arrive."
NIR_SANS_VERSION: Final = (
    "Ce schéma ne porte pas le numéro de sécurité sociale : il faut la version 1.1.5."
)


def reglages_de(branche: int) -> ReglagesDuPasseport | None:
    """The settings of a branch; None while it opened none."""
    return ReglagesDuPasseport.objects.filter(branche=branche).first()


def reglages_du_dossier(dossier: Dossier) -> ReglagesDuPasseport | None:
    """The settings by which a person would be declared."""
    branche = branche_de_la_lettre(
        dossier.branche, dossier.certification, exemple=dossier.organisme.exemple
    )
    return None if branche is None else reglages_de(branche.pk)


def manque_aux_reglages(reglages: ReglagesDuPasseport | None) -> tuple[str, ...]:
    """What is missing to write a lot, each with who knows it; nothing when a lot can be written."""
    manque = [
        f"Il manque {mot}. {QUI_SAIT}"
        for nom, (mot, _, _) in NUMEROS.items()
        if reglages is None or not getattr(reglages, nom)
    ]
    if reglages is None or not reglages.fichier:
        manque.append(f"Il manque le schéma du fichier. {QUI_A_LE_SCHEMA}")
    return tuple(manque)


def sait_supprimer(reglages: ReglagesDuPasseport | None) -> bool:
    """Whether the version that the branch chose can take a certification back."""
    return reglages is not None and reglages.version_du_schema not in ("", SANS_ACTION)


def fautes_des_numeros(dits: Mapping[str, str]) -> dict[str, str]:
    """What is wrong of the numbers, by field; an empty one is only missing."""
    fautes = {}
    for nom, (_, au_moins, au_plus) in NUMEROS.items():
        longueur = len(dits.get(nom, ""))
        if longueur and not au_moins <= longueur <= au_plus:
            combien = f"{au_moins}" if au_moins == au_plus else f"{au_moins} à {au_plus}"
            fautes[nom] = f"{combien} caractères sont attendus, comme le portail l’a donné."
    return fautes


@transaction.atomic
def ouverts_pour(branche: Organisation, par: Auteur) -> ReglagesDuPasseport:
    """The settings of a branch, opened empty the first time."""
    siens = ReglagesDuPasseport.objects.select_for_update().filter(branche=branche).first()
    if siens is None:
        siens = ReglagesDuPasseport(branche=branche)
        naitre(REGLAGES, "ouvrir", [siens], par)
    return siens


@transaction.atomic
def regler(branche: Organisation, par: Auteur, dits: Mapping[str, Any]) -> ReglagesDuPasseport:
    """Writes settings, « d'essai » where the branch itself is made up.

    Raises GesteImpossible for numbers that are not, and for the NIR while a lot is open.
    """
    if branche.exemple:
        dits = {**dits, "essai": True}
    siens = ouverts_pour(branche, par)
    fautes = fautes_des_numeros(dits)
    if fautes:
        nom, dit = next(iter(fautes.items()))
        raise GesteImpossible(dit, champ=nom)
    nir = dits.get("nir", siens.nir)
    if siens.nir and not nir and _lot_ouvert(branche):
        raise GesteImpossible(NIR_TENU, champ="nir")
    if (
        nir
        and not sait_supprimer(siens)
        and dits.get("version_du_schema") in (None, "", SANS_ACTION)
    ):
        raise GesteImpossible(NIR_SANS_VERSION, champ="nir")
    return faire(
        REGLAGES, "regler", siens, par, version=siens.version, donnees={"reglages": dict(dits)}
    ).objet


def _lot_ouvert(branche: Organisation) -> bool:
    return LotDePassages.objects.filter(branche=branche, etat__in=OUVERTS).exists()


def choisir_le_schema(
    branche: Organisation, par: Auteur, contenu: bytes, nom: str, du: date
) -> ReglagesDuPasseport:
    """Keeps the file that the branch chose, whose version says how lots are written.

    Raises FichierDuPasseportRefuse, CloisonPleine, GesteImpossible, and OSError when the disk refuses. The former file stays
    on its shelf until the sweep: a lot keeps the hash of the one that it was written under.
    """
    version = version_du_schema(contenu)
    verifier_sous_son_schema(contenu, un_lot_pour_voir(version))
    connus = reglages_de(branche.pk)
    if connus is not None and connus.nir and version == SANS_ACTION:
        raise GesteImpossible(NIR_SANS_VERSION, champ="schema")
    with ranger(SCHEMAS, contenu) as range_:
        return regler(
            branche,
            par,
            {
                "version_du_schema": version,
                "fichier": range_.nom,
                "schema_nom": titre(nom, "schema.xsd"),
                "schema_empreinte": range_.empreinte,
                "schema_du": du,
            },
        )


def un_lot_pour_voir(version: str) -> bytes:
    """A made-up lot of a version: a schema that does not take it would take none of ours."""
    return en_xml(
        LotAAccrocher(
            emetteur=Emetteur("12ABC345", "12ABC345", "MCFCER000123"),
            version=version,
            passages=(
                Certifie("essai", "RNCP40913", date(2026, 1, 1), "", Titulaire("Exemple", "Exemple", 1984, None, None, "F")),
            ),
            id_flux="essai",
            horodatage=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )  # fmt: skip


def schema_choisi(reglages: ReglagesDuPasseport) -> bytes | None:
    """The bytes of the schema, as long as their hash says so."""
    return SCHEMAS.intact(reglages.fichier, reglages.schema_empreinte)


def figes(reglages: ReglagesDuPasseport, action: ActionDeclaree) -> dict[str, str]:
    """What a lot keeps of the settings that it was made with."""
    return {
        "id_client": reglages.id_client,
        "certificateur": reglages.certificateur,
        "contrat": reglages.contrat,
        "version": reglages.version_du_schema,
        "schema": reglages.schema_empreinte,
        "action": str(action),
        "nir": "oui" if reglages.nir else "non",
    }


def empreinte_de(contenu: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(contenu).hexdigest()
