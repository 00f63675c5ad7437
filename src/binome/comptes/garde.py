"""What a browser keeps of an account's typing: under which name, and covered by which key.

The key is given to the pages of the account alone: who signs in after it, on the same computer, reads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binome.comptes.models import Personne


def garde_de(personne: Personne) -> str:
    """A name that tells nothing, then a key (base64, 32 bytes), apart by a colon.

    Both are drawn from the hash of the password, which never leaves the server: they outlive a restart and a change
    of the site's secret, and end with the password.
    """

    def tirer(pour: str) -> bytes:
        return hmac.digest(personne.password.encode(), f"binome.{pour}:{personne.pk}".encode(), "sha256")  # fmt: skip

    return f"{tirer('compte').hex()[:16]}:{base64.b64encode(tirer('garde')).decode()}"


def envois_de(personne: Personne) -> str:
    """The name of an account on the devices that keep its unsent work and its pages: it tells nothing.

    It outlives the password: what waits on a telephone is still the person's once they changed it.
    """
    nom = f"binome.envois:{personne.pk}:{personne.creee_le.isoformat()}"
    return hashlib.sha256(nom.encode()).hexdigest()[:16]
