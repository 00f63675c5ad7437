"""The country package that `openfisca serve` serves: the rules for one dossier, as they are."""

from __future__ import annotations

from bench.pairs.openfisca_un import systeme as CountryTaxBenefitSystem  # noqa: N812

__all__ = ["CountryTaxBenefitSystem"]
