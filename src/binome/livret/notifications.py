"""A knock on a person's own device: nothing but « something waits », so that no notification service reads anything of anybody.

What leaves has no body (RFC 8030), signed by our key (RFC 8292): the page says the rest, once they are signed in. Off until an
operator gives a key.
"""

from __future__ import annotations

import logging
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, naitre
from binome.livret.etats import EtatDAbonnement
from binome.livret.flows import ABONNEMENTS
from binome.livret.models import AbonnementDAppareil

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne

JOURNAL: Final = logging.getLogger(__name__)
ATTENTE: Final = 5
"""Seconds that a service is waited for."""
VIE: Final = 12 * 3600
"""Seconds that a knock is kept for a device that is off, and that its signature holds."""
APPAREILS: Final = 5
"""Devices of one person, at most."""
LONGUEUR: Final = 600
PARTIS: Final = frozenset({404, 410})
"""What a service answers of a device that is there no more."""


def cle() -> EllipticCurvePrivateKey | None:
    """Our key; None where nothing is sent. Raises ImproperlyConfigured for a file that is not one."""
    if not settings.NOTIFICATIONS_CLE:
        return None
    try:
        lue = load_pem_private_key(Path(settings.NOTIFICATIONS_CLE).read_bytes(), password=None)
    except (OSError, ValueError) as faute:
        raise ImproperlyConfigured("BINOME_NOTIFICATIONS_CLE : aucune clé ne s’y lit.") from faute
    if not isinstance(lue, EllipticCurvePrivateKey) or not isinstance(lue.curve, SECP256R1):
        raise ImproperlyConfigured("BINOME_NOTIFICATIONS_CLE : donnez une clé P-256.")
    return lue


def cle_publique() -> str:
    """What a browser asks for to let us in; empty where nothing is sent."""
    notre = cle()
    return "" if notre is None else _publique(notre)


def _publique(notre: EllipticCurvePrivateKey) -> str:
    point = notre.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def _service(adresse: str) -> str:
    """The service of an address, where it is one that browsers name. Raises GesteImpossible."""
    try:
        lue = urlsplit(adresse)
        service = f"{lue.scheme}://{lue.netloc}"
    except ValueError:
        service = ""
    if (
        service not in settings.NOTIFICATIONS_SERVICES
        or len(adresse) > LONGUEUR
        or not (adresse.isascii() and adresse.isprintable())
    ):
        raise GesteImpossible("Ce navigateur ne donne pas d’adresse que nous sachions joindre.")
    return service


def ouvrir(acteur: Acteur, adresse: str) -> None:
    """Lets us knock on a device; the same twice is once. Raises GesteImpossible."""
    _service(adresse)
    siens = AbonnementDAppareil.objects.filter(
        personne=acteur.personne, etat=EtatDAbonnement.OUVERT
    )
    adresses = list(siens.order_by("pk").values_list("adresse", flat=True))
    if adresse in adresses:
        return
    if len(adresses) >= APPAREILS:
        raise GesteImpossible(f"{APPAREILS} appareils vous préviennent déjà : arrêtez-en un.")
    # A device that somebody else used before is theirs who use it now.
    fermer_tous(AbonnementDAppareil.objects.filter(adresse=adresse, etat=EtatDAbonnement.OUVERT))
    neuf = AbonnementDAppareil(personne=acteur.personne, adresse=adresse, ouvert_le=timezone.now())
    try:
        with transaction.atomic():
            naitre(ABONNEMENTS, "ouvrir", [neuf], acteur)
    except IntegrityError:  # two touches at once: the other one wrote it
        return


def fermer_tous(abonnements: Iterable[AbonnementDAppareil]) -> int:
    """Forgets devices; how many."""
    ouverts = [un for un in abonnements if un.etat == EtatDAbonnement.OUVERT]
    faire_par_la_maison(ABONNEMENTS, "clore", ouverts)
    return len(ouverts)


def fermer(personne: Personne) -> int:
    """Forgets every device of a person; how many."""
    siens = AbonnementDAppareil.objects.filter(personne=personne, etat=EtatDAbonnement.OUVERT)
    return fermer_tous(siens.order_by("pk"))


def frapper(personnes: Iterable[int]) -> frozenset[int]:
    """Knocks on the devices of people; those who were reached, by number. A service that is away reaches nobody."""
    notre = cle()
    ouverts = AbonnementDAppareil.objects.filter(
        personne__in=list(personnes), etat=EtatDAbonnement.OUVERT
    )
    if notre is None:
        return frozenset()
    atteintes, perdus = set(), []
    for un in ouverts.order_by("pk"):
        statut = _frapper(un.adresse, notre)
        if statut in PARTIS:
            perdus.append(un)
        elif statut is not None and statut < 300:
            atteintes.add(un.personne_id)
    fermer_tous(perdus)
    return frozenset(atteintes)


def _frapper(adresse: str, notre: EllipticCurvePrivateKey) -> int | None:
    """What the service answers; None when it does not."""
    try:
        service = _service(adresse)
    except GesteImpossible:
        return 410  # a service that is listed no more: nothing is sent there
    contact = f"mailto:{settings.NOTIFICATIONS_CONTACT.rpartition('<')[2].rstrip('>')}"
    preuve = jwt.encode(
        {"aud": service, "exp": int(time.time()) + VIE, "sub": contact}, notre, algorithm="ES256"
    )
    entetes = {
        "Authorization": f"vapid t={preuve}, k={_publique(notre)}",
        "TTL": str(VIE),
        "Urgency": "low",
        "Content-Length": "0",
    }
    try:
        reponse = requests.post(adresse, headers=entetes, timeout=ATTENTE, allow_redirects=False)
    except requests.RequestException:
        JOURNAL.warning("Un service de notification ne répond pas.")
        return None
    return reponse.status_code
