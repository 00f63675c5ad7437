"""The YAML cases of a rule, as examples a person can read and try in the simulator."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.cas import Cas, cas
from binome.regles.courante import base_courante
from binome.regles.dire import enumerer, valeur_en_clair
from binome.regles.regle import Alerte
from binome.site.regles.faits_dits import adresse_de_la_reponse, dire_fait

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.base import Base
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.regle import Regle

ISSUES: Final = {
    "oui": "oui",
    "non": "non",
    "indetermine": "à confirmer, il manque un renseignement",
    "sans_objet": "sans objet dans cette situation",
    "absente": "la règle n’est pas en vigueur à cette date",
}


class Exemple(NamedTuple):
    """A case in words: what differs from the common ground, what the rule answers, what it gives."""

    faits: tuple[str, ...]
    issue: str
    donne: tuple[str, ...]
    adresse: str


class Exemples(NamedTuple):
    """The common ground of the examples of a rule, and each of them."""

    communs: tuple[str, ...]
    exemples: tuple[Exemple, ...]


@cache
def _cas_par_regle() -> Mapping[str, list[Cas]]:
    par_regle: dict[str, list[Cas]] = {}
    for un in cas():
        par_regle.setdefault(un.regle, []).append(un)
    return par_regle


@cache
def _titres_des_alertes() -> Mapping[str, str]:
    regles = base_courante().entiere.regles.values()
    return {un.effet.code: un.titre for un in regles if isinstance(un.effet, Alerte)}


def _duree(brute: object) -> str:
    if brute is None:
        return "durée inconnue"
    return brute if isinstance(brute, str) else duree_en_clair(int(str(brute)))


def _donne(attendu: Mapping[str, Any], regle: Regle, base: Base) -> Iterator[str]:
    if "voie" in attendu:
        voie = base.certification.voies.get(attendu["voie"])
        yield f"voie : {'pas encore connue' if voie is None else voie.nom}"
    if "total" in attendu:
        yield f"{_duree(attendu['total'])} en tout"
    if "dispensees" in attendu:
        duree = attendu["dispensees"]
        yield f"{_duree(duree)} en moins" if duree else "rien en moins"
    if retenue := attendu.get("retient"):
        table = base.tables[regle.table]
        yield f"{table.titre[:1].lower()}{table.titre[1:]} : {valeur_en_clair(retenue, base, table)}"
    for code, jour in attendu.get("echeance", {}).items():
        dit = "date inconnue" if jour is None else f"le {date_en_clair(jour)}"
        mot = base.question.mots.get(code, code)
        yield f"{mot[:1].lower()}{mot[1:]} : {dit}"
    for nom, valeur in attendu.get("montants", {}).items():
        montant = base.montants[nom]
        lu = "inconnu" if valeur is None else montant.en_clair(valeur)
        yield f"{montant.titre[:1].lower()}{montant.titre[1:]} : {lu}"
    if alertes := attendu.get("alertes"):
        titres = _titres_des_alertes()
        yield f"à savoir : {enumerer([f'« {titres[code]} »' for code in alertes])}"


def _fonds(dossiers: list[Dossier], base: Base) -> dict[str, Valeur | None]:
    """For each fact, its most frequent value among the examples."""
    return {nom: Counter(un[nom] for un in dossiers).most_common(1)[0][0] for nom in base.faits}


def exemples(regle: Regle, base: Base) -> Exemples:
    """The examples of a rule; none when it is only proposed."""
    tous = _cas_par_regle().get(regle.id, [])
    if not tous:
        return Exemples((), ())
    dossiers = [base.lire(un.objet, interne=True) for un in tous]
    fonds = _fonds(dossiers, base)
    lignes = []
    for un, dossier in zip(tous, dossiers, strict=True):
        propres = [
            dire_fait(base, nom, dossier[nom]) for nom in base.faits if dossier[nom] != fonds[nom]
        ]
        issue = ISSUES[un.attendu["issue"]]
        phrase = regle.phrases.get(un.attendu["issue"], "")
        lignes.append(
            Exemple(
                tuple(propres),
                f"{issue} : {phrase[:1].lower()}{phrase[1:]}" if phrase else issue,
                tuple(_donne(un.attendu, regle, base)),
                adresse_de_la_reponse(base, dossier),
            )
        )
    communs = (dire_fait(base, nom, v) for nom, v in fonds.items() if v is not None)
    return Exemples(tuple(communs), tuple(lignes))
