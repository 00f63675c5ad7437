"""The badges of a title: Open Badges 3.0, as credentials of the VC 2.0 model signed in a JWT (EdDSA); the list of their states; the
document that names our keys.

A badge names nobody: its subject is known by the salted hash of the number that the paper shows. It is signed again each time it
is downloaded, and the same key makes the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import jwt
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from binome.socle.adresse_du_site import adresse_entiere
from binome.titres.badges import PLACES
from binome.titres.cles import cle_qui_signe, en_base64url
from binome.titres.etats import EtatDeTitre
from binome.titres.models import Badge, CleDeBadge, Titre

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

VC: Final = "https://www.w3.org/ns/credentials/v2"
OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FICHE: Final = "https://www.francecompetences.fr/recherche/rncp/"
DUREE: Final = 300_000
"""Milliseconds for which a reader may keep the list of states."""
VALABLE: Final = timedelta(days=2)
"""From the day when a list is asked for to the midnight when it ends."""


def did() -> str:
    """Who signs: the identifier that leads to our keys."""
    site = urlsplit(settings.ADRESSE)
    return f"did:web:{quote(site.netloc, safe='')}:badges"


def document_du_did() -> dict[str, Any]:
    """Our keys, of now and of before: what they signed is verified with it, but for those that others may know."""
    moi, cles = did(), list(CleDeBadge.objects.order_by("depuis", "pk"))
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/suites/jws-2020/v1",
        ],
        "id": moi,
        "verificationMethod": [
            {
                "id": f"{moi}#{une.code}",
                "type": "JsonWebKey2020",
                "controller": moi,
                "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": une.publique},
                **({"revoked": _instant(une.retiree_le)} if une.retiree_le else {}),
            }
            for une in cles
        ],
        "assertionMethod": [f"{moi}#{une.code}" for une in cles if une.retiree_le is None],
    }


def _minuit(jour: date) -> datetime:
    """The beginning of a day where titles are delivered: never later than the delivery."""
    return timezone.make_aware(datetime.combine(jour, time()))


def _instant(le: datetime) -> str:
    return le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def adresse_de_la_liste(liste: int) -> str:
    """Where the states of a list are read."""
    return adresse_entiere(reverse("etats-des-badges", args=[liste]))


def _signer(dit: dict[str, Any], debut: datetime, fin: datetime | None = None) -> str:
    """A credential as a JWT, that holds until `fin` where one is given. Raises CleAbsente."""
    cle = cle_qui_signe()
    champs = {"iss": did(), "jti": dit["id"], "nbf": int(debut.timestamp()), **dit}
    if fin is not None:
        champs |= {"exp": int(fin.timestamp()), "validUntil": _instant(fin)}
    return jwt.encode(
        champs, cle.privee, algorithm="EdDSA", headers={"typ": "JWT", "kid": f"{did()}#{cle.code}"}
    )


def badge_signe(badge: Badge) -> str:
    """A badge, as its holder takes it away. Raises CleAbsente."""
    debut = _minuit(badge.titre.delivre_le)
    return _signer(_credential(badge, debut), debut)


def _credential(badge: Badge, debut: datetime) -> dict[str, Any]:
    titre = badge.titre
    liste = adresse_de_la_liste(badge.liste)
    return {
        "@context": [VC, OB],
        "id": f"urn:uuid:{badge.numero}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _nom(badge),
        "issuer": {
            "id": did(),
            "type": ["Profile"],
            "name": titre.contenu["certificateur"],
            "url": settings.ADRESSE,
        },
        "validFrom": _instant(debut),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityType": "identifier",
                    "salt": titre.sel,
                    "identityHash": empreinte_du_numero(titre.numero, titre.sel),
                }
            ],
            "achievement": _reussite(badge),
        },
        "credentialStatus": {
            "id": f"{liste}#{badge.indice}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(badge.indice),
            "statusListCredential": liste,
        },
    }


def empreinte_du_numero(numero: str, sel: str) -> str:
    """The number as a badge holds it: who has the paper finds it again."""
    return f"sha256${hashlib.sha256((numero + sel).encode()).hexdigest()}"


def _bloc(badge: Badge) -> str:
    return next(
        (str(un["intitule"]) for un in badge.titre.contenu["blocs"] if un["numero"] == badge.bloc),
        "",
    )


def _nom(badge: Badge) -> str:
    contenu = badge.titre.contenu
    nom = contenu["intitule"]
    if badge.bloc:
        nom = f"{nom}, bloc {badge.bloc} seulement : {_bloc(badge)}"
    return f"Spécimen, sans valeur : {nom}" if badge.titre.essai else nom


def _reussite(badge: Badge) -> dict[str, Any]:
    contenu = badge.titre.contenu
    page = adresse_entiere(reverse("referentiel", args=[badge.titre.referentiel]))
    dite = (
        f"Le bloc {badge.bloc} de la certification, validé par un jury. La certification entière n’est pas obtenue par ce badge."
        if badge.bloc
        else "Tous les blocs de la certification, validés par un jury."
    )
    return {
        "id": f"{page}#bloc-{badge.bloc}" if badge.bloc else page,
        "type": ["Achievement"],
        "achievementType": "Competency" if badge.bloc else "Certification",
        "name": _nom(badge),
        "description": f"{contenu['intitule']}, niveau {contenu['niveau']}, NSF {contenu['nsf']}.",
        "criteria": {"narrative": dite},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": contenu["intitule"],
                "targetUrl": f"{FICHE}{contenu['rncp']}",
                "targetFramework": "RNCP",
                "targetCode": f"RNCP{contenu['rncp']}",
            }
        ],
    }


def etats_signes(liste: int) -> str | None:
    """The states of a list, as a signed credential; None for a list that does not exist. Raises CleAbsente.

    It ends the day after tomorrow: who shows the list of before a withdrawal is found out. The same day makes the same bytes.
    """
    siens = Badge.objects.filter(liste=liste)
    if not siens.exists():
        return None
    retires = siens.filter(titre__etat=EtatDeTitre.REVOQUE)
    dernier = retires.aggregate(le=Max("titre__revoque_le"))["le"]
    debut = dernier or _minuit(
        Titre.objects.filter(badges__liste=liste).earliest("delivre_le").delivre_le
    )
    adresse = adresse_de_la_liste(liste)
    dit = {
        "@context": [VC],
        "id": adresse,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(),
        "validFrom": _instant(debut),
        "credentialSubject": {
            "id": f"{adresse}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits_codes(retires.values_list("indice", flat=True)),
            "ttl": DUREE,
        },
    }
    return _signer(dit, debut, _minuit(timezone.localdate() + VALABLE))


def bits_codes(indices: Iterable[int]) -> str:
    """The bits of a list, the most significant first, compressed, in multibase; the same indices make the same text."""
    bits = bytearray(PLACES // 8)
    for indice in indices:
        bits[indice // 8] |= 0x80 >> indice % 8
    return f"u{en_base64url(gzip.compress(bytes(bits), mtime=0))}"
