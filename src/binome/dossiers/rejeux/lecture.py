"""The facts of the live dossiers as columns: two ordered queries a slice, no object made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextField
from django.db.models.functions import Cast

from binome.dossiers.etats import Etat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from binome.regles.base import Base
    from binome.regles.faits import Fait

TRANCHE: Final = 25_000
"""How many dossiers are held at once."""
FINIS: Final = (Etat.BROUILLON, Etat.CLOS, Etat.RETIRE)
"""A draft is not yet the branch's to read; what is closed or withdrawn no longer moves."""


def lire_en_jeu(bases: tuple[Base, ...]) -> Iterator[pl.DataFrame]:
    """The live dossiers, slice by slice: `dossier`, `reference`, `etat`, and one column per fact.

    A fact is what a document proves, else what was declared. A value that no base reads is unknown.
    """
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    from binome.dossiers.models import Dossier  # noqa: PLC0415 - the models gather those of this room

    faits = {nom: fait for base in bases for nom, fait in base.faits.items() if not fait.interne}
    dernier = 0
    en_jeu = Dossier.objects.exclude(etat__in=FINIS).filter(anonyme_le__isnull=True)
    while True:
        lus = list(
            en_jeu.filter(pk__gt=dernier)
            .order_by("pk")
            .values_list("pk", "reference", "etat")[:TRANCHE]
        )
        if not lus:
            return
        schema = {"dossier": pl.Int64, "reference": pl.String, "etat": pl.String}
        dossiers = pl.DataFrame(list(zip(*lus, strict=True)), schema=schema)
        textes = _textes(dernier, lus[-1][0], tuple(faits))
        dernier = lus[-1][0]
        trame = dossiers.join(textes, on="dossier", how="left", maintain_order="left")
        yield trame.select(
            *schema, *(_typer(faits[nom]) for nom in textes.columns if nom != "dossier")
        )


def _textes(apres: int, jusqu_a: int, noms: tuple[str, ...]) -> pl.DataFrame:
    """One row per dossier, one column per fact, values as they are stored: JSON."""
    import polars as pl  # noqa: PLC0415

    from binome.dossiers.models import Fait as Stocke  # noqa: PLC0415

    lus = list(
        Stocke.objects.filter(dossier__gt=apres, dossier__lte=jusqu_a, nom__in=noms)
        .exclude(dossier__etat__in=FINIS)
        .order_by("dossier_id", "nom", "origine")
        .annotate(texte=Cast("valeur", TextField()))
        .values_list("dossier_id", "nom", "texte")
    )
    colonnes: Any = list(zip(*lus, strict=True)) or [[], [], []]
    # « prouve » comes after « declare »: the last one holds.
    return pl.DataFrame(
        colonnes, schema={"dossier": pl.Int64, "nom": pl.String, "texte": pl.String}
    ).pivot(on="nom", index="dossier", values="texte", aggregate_function="last")


def _typer(fait: Fait) -> pl.Expr:
    """What the stored JSON says, in the type that the columnar reading expects."""
    import polars as pl  # noqa: PLC0415

    texte = pl.col(fait.nom).str.strip_chars('"')
    match fait.type:
        case "date":
            lue = texte.str.to_date("%Y-%m-%d", strict=False)
        case "entier":
            lue = texte.cast(pl.Int64, strict=False)
        case "decimal":
            lue = (texte.cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64)
        case "booleen":
            lue = pl.when(texte.is_in(["true", "false"])).then(texte == "true")
        case "liste":
            lue = texte.str.replace_all(r'[\[\]"\s]', "").str.replace_all(",", ";")
        case _:
            lue = texte
    return lue.alias(fait.nom)
