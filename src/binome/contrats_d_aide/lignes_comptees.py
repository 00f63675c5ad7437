"""The rows of clocks and payments as tuples: half a million are read and set beside what they should say."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the tuples name them
from typing import Any, NamedTuple

from binome.contrats_d_aide.models import HorlogeDeContrat, VersementAttendu


class LigneDHorloge(NamedTuple):
    """The columns of a clock's row, its number first, None before it has one; `preuve` is the number of an event."""

    pk: int | None
    contrat: int
    code: str
    rang: int
    etat: str
    jour: date | None
    lectures: list[dict[str, Any]]
    preuve: int | None
    uid: str
    changee_le: datetime

    def en_ligne(self) -> HorlogeDeContrat:
        """The row itself, to be written."""
        dits = self._asdict()
        return HorlogeDeContrat(
            contrat_id=dits.pop("contrat"), preuve_id=dits.pop("preuve"), **dits
        )


class LigneDeVersement(NamedTuple):
    """The columns of a payment's row, its number first."""

    pk: int | None
    contrat: int
    rang: int
    numero: int
    etat: str
    jour: date | None
    montant_cents: int | None
    lectures: list[dict[str, Any]]
    paye_le: date | None
    paye_cents: int | None
    caisse: int | None

    def en_ligne(self) -> VersementAttendu:
        """The row itself, to be written."""
        dits = self._asdict()
        return VersementAttendu(
            contrat_id=dits.pop("contrat"), caisse_id=dits.pop("caisse"), **dits
        )
