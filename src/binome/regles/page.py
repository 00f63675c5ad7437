"""All the rules in plain French, as one page: rendered from the rules, so that it cannot drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.courante import base_courante, reformes
from binome.regles.dire import regle as dire_regle

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.regle import Regle


def _regle(regle: Regle, base: Base) -> list[str]:
    sources = " ; ".join(str(citation) for citation in regle.sources)
    return [f"**`{regle.id}`** {dire_regle(regle, base)} *({sources})*", ""]


def en_markdown() -> str:
    """The current rules by table, then what each overlay would bring."""
    base = base_courante()
    lignes = [
        "# Les règles en clair",
        "",
        "Chaque phrase est rendue de la règle elle-même. Page écrite par",
        "`./binome regles imprimer --sortie docs/regles-en-clair.md` ; un test la compare.",
        "",
    ]
    for vue in map(base.vue, base.vues):
        for table in vue.tables.values():
            lignes += [f"## {table.titre}", "", f"{table.question}", ""]
            for regle in table.regles:
                lignes += _regle(regle, vue)
    for nom, reforme in reformes().items():
        avec = base_courante(nom)
        lignes += [f"## Réforme proposée : {reforme['titre']}", "", reforme["resume"], ""]
        if remplacees := reforme.get("remplace"):
            lignes += [f"Remplacerait : {', '.join(f'`{nom}`' for nom in remplacees)}.", ""]
        for regle in avec.entiere.regles.values():
            if regle.id not in base.entiere.regles:
                lignes += _regle(regle, avec.entiere)
    return "\n".join(lignes)
