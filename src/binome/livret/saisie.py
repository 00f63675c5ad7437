"""The card as a form without a script posts it: read with its words, so that nothing typed is lost when it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from binome.livret.envois import DITS, Dit, EnvoiDeCarte, SignatureDite
from binome.livret.recevoir import faute_de_la_phrase
from binome.livret.semaines import lire_un_lundi

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.http import QueryDict

    from binome.livret.lecture import CarteLue
    from binome.livret.models import Appreciation


@dataclass(frozen=True)
class LigneSaisie:
    """What was ticked and typed of a competence; `vue` is what their page said."""

    uid: UUID
    valeur: str
    phrase: str
    vue: UUID | None


@dataclass(frozen=True)
class CarteSaisie:
    """What was sent of the card of a week; `garder` is the answer that they choose between two."""

    semaine: date
    uid: UUID
    signature: UUID
    lignes: Mapping[str, LigneSaisie]
    garder: UUID | None = None
    fautes: dict[str, str] = field(default_factory=dict)
    """Why each competence is refused; under an empty name, the card."""


def lire_la_carte(envoye: QueryDict) -> CarteSaisie:
    """What a form says. Raises ValueError for what no form of ours posts."""
    codes = envoye.getlist("competence")[:DITS]
    garder = envoye.get("garder", "")
    return CarteSaisie(
        semaine=lire_un_lundi(envoye.get("semaine", "")),
        uid=UUID(envoye.get("uid", "")),
        signature=UUID(envoye.get("signature", "")),
        lignes={code: _ligne(envoye, code) for code in codes},
        garder=UUID(garder) if garder else None,
    )


def _ligne(envoye: QueryDict, code: str) -> LigneSaisie:
    vue = envoye.get(f"vue-{code}", "")
    return LigneSaisie(
        uid=UUID(envoye.get(f"uid-{code}", "")),
        valeur=envoye.get(f"valeur-{code}", ""),
        phrase=" ".join(envoye.get(f"phrase-{code}", "").split()),
        vue=UUID(vue) if vue else None,
    )


def en_envoi(
    saisie: CarteSaisie, lue: CarteLue, cote: str, maintenant: datetime
) -> EnvoiDeCarte | None:
    """What is sent of it: what they changed, and their signature; None with the reasons in `fautes`."""
    if saisie.garder is not None:
        return _choix(saisie, lue, maintenant)
    tenues = {une.competence.code: une.dite for une in lue.lignes}
    dits, vues = [], set()
    for code, ligne in saisie.lignes.items():
        tenue = tenues.get(code)
        if tenue is not None and tenue.uid == ligne.vue and _pareils(tenue, ligne):
            vues.add(tenue.uid)
            continue
        if not ligne.valeur:
            if ligne.phrase:
                saisie.fautes[code] = "Choisissez une des quatre réponses : la phrase va avec."
            continue
        faute = faute_de_la_phrase(ligne.phrase)
        if faute:
            saisie.fautes[code] = faute
        dits.append(Dit(ligne.uid, code, ligne.valeur, ligne.phrase, ligne.vue))
        vues.add(ligne.uid)
    if not vues and not saisie.fautes:
        saisie.fautes[""] = "Répondez à une compétence au moins, puis signez."
    if saisie.fautes:
        return None
    signature = SignatureDite(saisie.signature, cote, frozenset(vues))
    return EnvoiDeCarte(saisie.uid, saisie.semaine, tuple(dits), signature, maintenant)


def _choix(saisie: CarteSaisie, lue: CarteLue, maintenant: datetime) -> EnvoiDeCarte | None:
    """Of two answers, the one that they keep is said again, and the others are set aside."""
    for ligne in lue.lignes:
        for une in (ligne.dite, *ligne.rivales):
            if une is not None and une.uid == saisie.garder:
                sienne = saisie.lignes.get(une.competence)
                dit = Dit(
                    sienne.uid if sienne is not None else uuid4(),
                    une.competence,
                    une.valeur,
                    une.phrase,
                    ligne.dite.uid if ligne.dite is not None else None,
                    tuple(autre.uid for autre in ligne.rivales),
                )
                return EnvoiDeCarte(saisie.uid, saisie.semaine, (dit,), None, maintenant)
    saisie.fautes[""] = "La carte a changé depuis : relisez-la."
    return None


def _pareils(tenue: Appreciation, ligne: LigneSaisie) -> bool:
    return (tenue.valeur, tenue.phrase) == (ligne.valeur, ligne.phrase)
