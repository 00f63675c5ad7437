"""What the rooms above hear of accounts, within the transaction that tells of it."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

invitations_envoyees: Final = Signal()
"""`envois`: each an `invitation`, the `jeton` that its letter alone carries, and the `place` that it was kept for."""
invitations_retirees: Final = Signal()
"""`invitations` that nobody took, withdrawn: a letter that has not left must not."""
invitation_acceptee: Final = Signal()
"""`invitation`, and the `personne` who took the place."""
role_retire: Final = Signal()
"""`role`, closed: the person who held it is told."""
lettre_de_compte: Final = Signal()
"""`courriel`, the `lettre` (`mot_de_passe` or `securite`), its `objet`, what was `fait`, its `adresse`."""
