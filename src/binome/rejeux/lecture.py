"""The facts of the live dossiers as columns: two ordered queries a slice, no object made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Aggregate, F, TextField, Value
from django.db.models.functions import Cast, Concat

from binome.dossiers.etats import Etat, Origine

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    from binome.regles.base import Base
    from binome.regles.faits import DefinitionDeFait

TRANCHE: Final = 25_000
"""How many dossiers are held at once."""
FINIS: Final = (Etat.BROUILLON, Etat.CLOS, Etat.RETIRE, Etat.AILLEURS)
"""A draft is not yet the branch's to read; what is closed or withdrawn no longer moves."""


class _Objet(Aggregate):
    """One JSON object out of many rows, a name and a text each: ten times fewer rows cross over to Python."""

    function = "JSON_OBJECT_AGG"
    output_field = TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **contexte: Any
    ) -> tuple[str, Any]:
        """The same under its other name."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_OBJECT", **contexte)


def lire_en_jeu(bases: tuple[Base, ...]) -> Iterator[pl.DataFrame]:
    """The live dossiers, slice by slice: `dossier`, `reference`, `etat`, and one column per fact.

    A fact is what a document proves, else what was declared. A value that no base reads is unknown.
    """
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    from binome.dossiers.models import Dossier  # noqa: PLC0415 - the models gather those of this room

    faits = {nom: fait for base in bases for nom, fait in base.faits.items() if not fait.interne}
    dernier = 0
    en_jeu = Dossier.objects.exclude(etat__in=FINIS).filter(
        anonyme_le__isnull=True, certification=bases[0].certification.code
    )
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

    from binome.dossiers.models import Fait  # noqa: PLC0415

    cle = Concat(F("nom"), Value(":"), F("origine"), output_field=TextField())
    lus = list(
        Fait.objects.filter(dossier__gt=apres, dossier__lte=jusqu_a, nom__in=noms)
        .exclude(dossier__etat__in=FINIS)
        .order_by("dossier_id")
        .values("dossier_id")
        .annotate(textes=Cast(_Objet(cle, Cast("valeur", TextField())), TextField()))
        .values_list("dossier_id", "textes")
    )
    colonnes: Any = list(zip(*lus, strict=True)) or [[], []]
    origines = (Origine.PROUVE, Origine.DECLARE)
    objet = pl.Struct({f"{nom}:{une}": pl.String for nom in noms for une in origines})
    return (
        pl.DataFrame(colonnes, schema={"dossier": pl.Int64, "textes": pl.String})
        .with_columns(pl.col("textes").str.json_decode(objet))
        .unnest("textes")
        .select(
            "dossier", *(pl.coalesce(f"{nom}:{une}" for une in origines).alias(nom) for nom in noms)
        )
    )


def _typer(fait: DefinitionDeFait) -> pl.Expr:
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
