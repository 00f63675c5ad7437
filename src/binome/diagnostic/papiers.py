"""The seal, the keys of persons, the anchors of the journal, and the backups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from binome.diagnostic.dits import depuis_dit
from binome.diagnostic.observation import a_faire, bon
from binome.journal import ancres, annonces, horodatage, trousseau
from binome.journal.models import Entree, Racine
from binome.sceau.cle import SceauAbsent, sceau
from binome.socle import sauvegarde, suivi_de_sauvegarde
from binome.systeme import raison
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

    from binome.diagnostic.observation import Observation

PREAVIS: Final = timedelta(days=30)
"""How long before its end a certificate is to be made again."""
ANCIENNE: Final = timedelta(days=2)
"""Past it, a backup or an anchor is old: the same two days past which a restoration asks for the day."""


def _publique(cle: PrivateKeyTypes | PublicKeyTypes) -> bytes:
    moitie = cle.public_key() if hasattr(cle, "public_key") else cle
    return moitie.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def le_sceau() -> Iterator[Observation]:
    """Whether a key can seal the letters, goes with its certificate, and for how long."""
    if settings.DEMONSTRATION and not settings.SCEAU_CLE:
        yield bon("sceau", "Démonstration : une clé que personne n’atteste scelle les lettres.")
        return
    remede = "Vérifiez BINOME_SCEAU_CLE et BINOME_SCEAU_CERTIFICAT. Les décisions attendent, rien n’est perdu."
    try:
        certificat = x509.load_der_x509_certificate(sceau().certificats[0].dump())
        privee = load_pem_private_key(Path(settings.SCEAU_CLE).read_bytes(), None)
    except (SceauAbsent, OSError, ValueError, TypeError) as erreur:
        dit = str(erreur) if isinstance(erreur, SceauAbsent) else "La clé du sceau ne se lit pas."
        yield a_faire("sceau", dit, remede)
        return
    fin = certificat.not_valid_after_utc
    if _publique(privee) != _publique(certificat.public_key()):
        yield a_faire("sceau", "La clé du sceau ne va pas avec son certificat.", remede)
    elif fin < datetime.now(UTC) + PREAVIS:
        yield a_faire(
            "sceau",
            f"Le certificat du sceau finit le {fin:%d/%m/%Y}.",
            "Faites-en faire un autre, et gardez l’ancien à sa suite dans le même fichier.",
        )
    else:
        yield bon("sceau", f"La clé et son certificat vont ensemble, jusqu’au {fin:%d/%m/%Y}.")


def cles_des_personnes() -> Iterator[Observation]:
    """Whether the keys of the journal's personal values are there, and nobody else's to read."""
    lieu = trousseau.chemin()
    if not lieu.is_file() or not lieu.stat().st_size:
        if Entree.objects.exclude(prive="").exists():
            yield a_faire(
                "clés",
                f"Le journal tait des valeurs dont les clés ne sont pas dans {lieu}.",
                "Remettez ce fichier à sa place, ou donnez BINOME_CLES. Sans lui, ces valeurs sont perdues.",
            )
        else:
            yield bon("clés", f"Aucune encore : elles se feront dans {lieu}.")
        return
    if lieu.stat().st_mode & 0o077:
        yield a_faire("clés", f"D’autres peuvent lire {lieu}.", f"Fermez-le : chmod 600 {lieu}.")
        return
    try:
        vide = trousseau.vide()
    except DatabaseError:
        yield a_faire(
            "clés", f"{lieu} ne se lit pas.", "Reprenez ce fichier dans la dernière sauvegarde."
        )
        return
    yield bon("clés", f"{'Aucune' if vide else 'Elles se lisent'}, dans {lieu}.")


def l_horodatage() -> Iterator[Observation]:
    """Whether the certificates of the authority that stamps can be read; nothing without one."""
    try:
        attestees = horodatage.racines()
    except OSError as erreur:
        yield a_faire(
            "horodatage",
            f"{settings.HORODATAGE_RACINE} : {raison(erreur)}. Les ancres ne sont ni datées ni vérifiées.",
            "Vérifiez BINOME_HORODATAGE_RACINE et les droits de ce fichier.",
        )
    else:
        if attestees:
            yield bon("horodatage", "Les certificats de l’autorité se lisent.")


def les_ancres() -> Iterator[Observation]:
    """Whether the head of the journal was written down lately."""
    try:
        derniere = ancres.derniere()
    except ancres.AncresAbimees as erreur:
        yield a_faire("ancres", str(erreur), "Lisez docs/journal.md avant de toucher à ce fichier.")
        return
    except OSError as erreur:
        yield a_faire(
            "ancres",
            f"{ancres.chemin()} : {raison(erreur)}.",
            "Vérifiez BINOME_ANCRES et ses droits.",
        )
        return
    if derniere is None:
        if Entree.objects.exists():
            yield a_faire(
                "ancres",
                "Aucune : un journal refait ne se verrait pas.",
                "Les travaux en posent une par jour ; la première : binome journal ancrer.",
            )
        else:
            yield bon("ancres", "Le journal est vide : rien à ancrer.")
        return
    dernier = Entree.objects.order_by("-rang").values_list("rang", flat=True).first() or 0
    if dernier < derniere.tete[0]:
        yield a_faire(
            "ancres",
            f"La dernière tient {derniere.tete[0]} entrées ; le journal n’en a que {dernier}.",
            "Cette base n’est pas la bonne, ou elle a perdu la suite : binome journal verifier, puis docs/journal.md.",
        )
        return
    age = timezone.localdate() - derniere.jour
    dit = f"La dernière est du {derniere.jour:%d/%m/%Y}, dans {ancres.chemin()}."
    if age > ANCIENNE:
        yield a_faire("ancres", dit, "Voyez les travaux, puis : binome journal ancrer.")
    else:
        yield bon("ancres", dit)


def les_preuves() -> Iterator[Observation]:
    """Whether the last root is published, and who of those that were asked dated it; nothing before the first."""
    derniere = Racine.objects.defer("feuilles").order_by("-numero").first()
    if derniere is None:
        return
    if not derniere.annonce:
        yield a_faire(
            "preuves",
            f"La racine {derniere.numero} est faite, et n’est pas publiée.",
            "Voyez les travaux, puis : binome journal ancrer.",
        )
        return
    muettes = annonces.muettes(derniere)
    if muettes:
        yield a_faire(
            "preuves",
            f"La racine {derniere.numero} est publiée sans l’horodatage de {', '.join(muettes)}.",
            "Vérifiez BINOME_HORODATAGE et BINOME_HORODATAGE_RACINE ; le journal des travaux dit pourquoi.",
        )
        return
    combien = derniere.jetons.count()
    dit = f"horodatée {combien} fois" if combien else "non horodatée : aucune autorité n’est donnée"
    yield bon("preuves", f"La dernière racine, la {derniere.numero}, est publiée, {dit}.")


def les_sauvegardes() -> Iterator[Observation]:
    """Whether backups can be made, and one was made lately."""
    if settings.DEMONSTRATION:
        yield bon("sauvegardes", "Démonstration : rien n’est à sauver.")
        return
    try:
        sauvegarde.cles()
    except sauvegarde.ArchiveImpossible as impossible:
        texte = str(impossible)
        yield a_faire(
            "clés de sauvegarde",
            majuscule(texte),
            "binome sauvegarde-cles en fait (docs/exploitation.md).",
        )
    else:
        yield bon("clés de sauvegarde", "Les sauvegardes peuvent être chiffrées et signées.")
    derniere = suivi_de_sauvegarde.derniere()
    if derniere is None:
        yield a_faire(
            "sauvegardes",
            "Aucune n’a été faite d’ici.",
            "Faites-en une : binome sauvegarder FICHIER.",
        )
    elif datetime.now(UTC) - derniere > ANCIENNE:
        yield a_faire(
            "sauvegardes",
            f"La dernière date de {depuis_dit(derniere)}.",
            "Voyez ce qui l’a arrêtée : binome sauvegarder FICHIER.",
        )
    else:
        yield bon("sauvegardes", f"La dernière date de {depuis_dit(derniere)}.")
