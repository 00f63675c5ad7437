"""All the rules in plain French, as one page: what a person wrote of each, and its proof folded under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.courante import base_courante, reformes
from binome.regles.dire import en_une_phrase, mot_a_mot

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.regle import Regle


def _regle(regle: Regle, base: Base) -> list[str]:
    sources = " ; ".join(str(citation) for citation in regle.sources)
    return [
        f"**`{regle.id}`** {en_une_phrase(regle, base)}",
        "",
        f"<details><summary>La règle, mot à mot</summary>{mot_a_mot(regle, base)} <i>({sources})</i></details>",
        "",
    ]


def en_markdown() -> str:
    """The current rules by table, then what each overlay would bring."""
    base = base_courante()
    lignes = [
        "# Les règles en clair",
        "",
        "Chaque règle se dit d’abord comme on la dirait à voix haute. Sous chaque phrase se déplie la règle,",
        "mot à mot, rendue de ce qui décide, avec ses sources. Page écrite par",
        "`./binome regles imprimer --sortie docs/regles-en-clair.md` ; un test la compare.",
        "",
    ]
    for vue in map(base.vue, base.vues):
        for table in vue.tables.values():
            if table.vue != vue.question.nom:
                continue  # said with the question that it is first of
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
