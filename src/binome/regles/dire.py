"""Third reading: what a rule says, in plain French, rendered from the rule itself.

Nothing here is written twice: the sentence comes from the condition, the effect and the values
that were met, so that the documentation cannot drift from what decides. What a person wrote of the rule
(`dit`) is read before it; this is the proof, folded under.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.regles.conditions import (
    AConfirmer,
    Atome,
    Decale,
    Et,
    Non,
    Ou,
    Part,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
    atomes,
    parcourir,
)
from binome.regles.faits import decimal_en_clair
from binome.regles.regle import (
    NON,
    OUI,
    Alerte,
    Bareme,
    Constat,
    Donne,
    EffetDeMetier,
    Horloge,
    PieceDemandee,
)
from binome.typographie import majuscule, minuscule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import UnionType

    from binome.regles.base import Base
    from binome.regles.conditions import Borne, Condition
    from binome.regles.decider import Etape
    from binome.regles.faits import DefinitionDeFait, Dossier, Valeur
    from binome.regles.regle import Regle, Statut, Table

STATUTS: Final[Mapping[Statut, str]] = {
    "en_vigueur": "en vigueur",
    "contestee": "les sources divergent",
    "hypothese": "hypothèse, déduite et non lue",
    "proposee": "proposée, non en vigueur",
}
_VALEUR_DU_STATUT: Final[Mapping[Statut, str]] = {
    "contestee": "Les sources divergent.",
    "hypothese": "C’est une hypothèse, déduite et non lue.",
    "proposee": "C’est une proposition, non en vigueur.",
}
VALEURS: Final = {
    "aucun": "aucun référentiel",
    "aucune": "aucune de ces réponses",
    OUI: "toutes les conditions sont remplies",
    NON: "une condition n’est pas remplie",
}
CENTS: Final = "cents"
"""The unit of the scales of money."""

MILLIEMES: Final = "pour_mille"
"""The unit of the scales of rates, said in per cent."""

_JOURS: Final = {
    "au_moins": "avoir une {nom} qui ne précède pas {borne}",
    "au_plus": "avoir une {nom} qui ne dépasse pas {borne}",
    "avant": "avoir une {nom} avant {borne}",
    "apres": "avoir une {nom} après {borne}",
    "entre": "avoir une {nom} comprise entre {bas} et {haut}",
}
_ECARTS: Final = {
    "au_moins": "avoir une {nom} qui vient au moins {borne}",
    "au_plus": "avoir une {nom} qui vient au plus {borne}",
    "avant": "avoir une {nom} qui vient moins de {borne}",
    "apres": "avoir une {nom} qui vient plus de {borne}",
}
"""The same, against a day some months after another."""
_AUTRES: Final = {
    "est": "avoir {borne} comme {nom}",
    "parmi": "avoir {borne} comme {nom}",
    "au_moins": "avoir {borne} au moins comme {nom}",
    "au_plus": "avoir {borne} au plus comme {nom}",
    "entre": "avoir de {bas} à {haut} comme {nom}",
    "contient": "avoir {borne} parmi les {nom}",
}
"""What is said when a fact has no words of its own for a comparison."""


def enumerer(elements: Sequence[str], conjonction: str = "et") -> str:
    """`a`, `a et b`, `a, b et c`."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} {conjonction} {elements[-1]}"


def _borne(fait: DefinitionDeFait, borne: Borne, base: Base) -> str:
    match borne:
        case Decale(autre, 0):
            return f"la {base.faits[autre].libelle}"
        case Decale(autre, mois):
            return f"{mois} mois après la {base.faits[autre].libelle}"
        case Part(autre, pour_cent):
            return f"{pour_cent} % de la {base.faits[autre].libelle}"
        case date():
            return f"le {date_en_clair(borne)}"
        case str():
            return fait.nomme(borne)
        case bool():
            return "oui" if borne else "non"
        case _:
            return fait.chiffre(borne)


def _atome(atome: Atome, base: Base) -> str:
    fait = base.faits[atome.fait]
    if atome.operateur == "connu":
        return fait.phrases.get("connu", f"connaître la {fait.libelle}")
    bornes = atome.attendu if isinstance(atome.attendu, tuple) else (atome.attendu,)
    textes = [_borne(fait, borne, base) for borne in bornes]
    # « Avoir un CDI, un CDD » : ce qui se dit d’une valeur se dit de plusieurs.
    cle = {"parmi": "est"}.get(atome.operateur, atome.operateur)
    # Les mots de cette valeur-là (`est_oui`, `au_moins_1`) passent avant ceux de toutes.
    modele = (
        fait.phrases.get(f"{cle}_{textes[0]}")
        or fait.phrases.get(cle)
        or _generique(fait, atome)[atome.operateur]
    )
    borne = enumerer(textes, "ou")
    return modele.format(nom=fait.libelle, borne=borne, bas=textes[0], haut=textes[-1])


def _generique(fait: DefinitionDeFait, atome: Atome) -> Mapping[str, str]:
    if fait.type != "date":
        return _AUTRES
    match atome.attendu:
        case Decale(_, mois) if mois:
            return _ECARTS
        case _:
            return _JOURS


def condition(noeud: Condition, base: Base) -> str:
    """What must hold, as an infinitive clause."""
    match noeud:
        case Atome():
            return _atome(noeud, base)
        case Et(branches):
            return " et ".join(_groupe(branche, base, Ou) for branche in _dites(branches))
        case Ou(branches):
            return ", ".join(f"soit {_groupe(branche, base, Ou)}" for branche in branches)
        case Non(branche):
            return f"ne pas {_groupe(branche, base, Et | Ou)}"
        case RenvoiRegle(regle):
            return f"remplir la condition « {base.regles[regle].titre} »"
        case UneRegleDe(table):
            return f"remplir une condition au moins de « {base.tables[table].titre} »"
        case Sortie(table, valeurs):
            return enumerer(
                [_retenir(valeur, base.tables[table], base) for valeur in valeurs], "ou"
            )
        case AConfirmer(aupres):
            return f"faire confirmer ce point par {aupres}"
        case Toujours():
            return "aucune condition"


def _retenir(valeur: str, table: Table, base: Base) -> str:
    """What it is to have this answer, as a condition is said."""
    if table.politique == "toutes":
        debut = "remplir" if valeur == OUI else "ne pas remplir"
        return table.conditions.get(valeur, f"{debut} toutes les conditions de « {table.titre} »")
    nom = valeur_en_clair(valeur, base, table)
    return table.conditions.get(valeur, f"avoir la réponse « {nom} » à « {table.question} »")


def _dites(branches: tuple[Condition, ...]) -> Iterator[Condition]:
    """The branches worth telling: what compares a fact says already that it is known."""
    lus = {un.fait for un in branches if isinstance(un, Atome) and un.operateur != "connu"}
    for une in branches:
        if not (isinstance(une, Atome) and une.operateur == "connu" and une.fait in lus):
            yield une


def _groupe(noeud: Condition, base: Base, entre_parentheses: type | UnionType) -> str:
    texte = condition(noeud, base)
    seule = isinstance(noeud, Et) and len([*_dites(noeud.branches)]) == 1
    return f"({texte})" if isinstance(noeud, entre_parentheses) and not seule else texte


def valeur_en_clair(valeur: str, base: Base, table: Table) -> str:
    """What a table retains, in words."""
    if valeur in base.referentiels:
        return base.referentiels[valeur].titre
    if valeur in base.regles:
        return base.regles[valeur].titre
    mot = base.vues[table.vue].mots.get(valeur)
    if mot is None and valeur in base.certification.voies:
        return base.certification.voies[valeur].nom
    return mot or VALEURS.get(valeur, valeur)


def cases_en_clair(bareme: Bareme, table: Table, base: Base) -> dict[str, str]:
    """The cells of a row by their words; those that nobody gives are said."""
    mots = base.vues[table.vue].mots
    return {
        mots.get(nom, nom): "inconnu" if un is None else _case(un, table.unite)
        for nom, un in bareme.cases.items()
    }


def _case(valeur: int, unite: str) -> str:
    if unite == CENTS:
        return montant_en_clair(valeur)
    if unite == MILLIEMES:
        return f"{decimal_en_clair(valeur * 10)} %"
    return f"{valeur} {unite}".strip()


def _echeance(horloge: Horloge, base: Base) -> str:
    if horloge.le is not None:
        return f"l’échéance tombe le {date_en_clair(horloge.le)}"
    fait = base.faits[horloge.fait]
    veille = "la veille du jour qui vient " if horloge.veille else ""
    return f"l’échéance tombe {veille}{horloge.mois} mois après la {fait.libelle}"


def effet(regle: Regle, base: Base) -> str:
    """What the rule does; empty when it only informs."""
    match regle.effet:
        case Donne(valeur):
            table = base.tables[regle.table]
            return f"la réponse est alors : {valeur_en_clair(valeur, base, table)}"
        case EffetDeMetier() as de_metier:
            return de_metier.en_clair(base)
        case Alerte(_, texte, _):
            return f"nous signalons ceci. {texte}"
        case PieceDemandee(code):
            return f"pièce à fournir, {minuscule(base.pieces[code].libelle)}"
        case Bareme() as bareme:
            dites = cases_en_clair(bareme, base.tables[regle.table], base)
            return " ; ".join(f"{case} ({mot})" for mot, case in dites.items())
        case Horloge() as horloge:
            return _echeance(horloge, base)
        case Constat():
            return ""


def fenetre(regle: Regle) -> str:
    """The window in words, both ends included."""
    match regle.du, regle.au:
        case None, None:
            return "sans limite de date"
        case None, date() as au:
            return f"jusqu’au {date_en_clair(au)}"
        case date() as du, None:
            return f"depuis le {date_en_clair(du)}"
        case du, au:
            return f"du {date_en_clair(du or date.min)} au {date_en_clair(au or date.max)}"


def en_une_phrase(regle: Regle, base: Base) -> str:
    """What a person wrote of the rule; the rule word for word in an old export, where nobody had."""
    return regle.dit or mot_a_mot(regle, base)


def mot_a_mot(regle: Regle, base: Base) -> str:
    """The whole rule in prose: when, on which date, under which condition, with which effect."""
    table = base.tables[regle.table]
    decide = base.faits[table.decide_par].libelle
    phrases = [f"{regle.titre}.", f"Applicable {fenetre(regle)}, selon la {decide}."]
    match regle.si:
        case Toujours():
            si = ""
        case Non(Toujours()):
            si = "Personne ne remplit cette condition."
        case _:
            si = f"Il faut {condition(regle.si, base)}."
    quand = (
        ""
        if table.quand is None
        else f"Seulement à cette condition : {condition(table.quand, base)}."
    )
    alors = effet(regle, base)
    phrases += [morceau for morceau in (quand, si) if morceau]
    if alors:
        phrases.append(f"{majuscule(alors).rstrip('.')}.")
    if regle.statut != "en_vigueur":
        phrases.append(_VALEUR_DU_STATUT[regle.statut])
    if regle.note:
        phrases.append(regle.note)
    return " ".join(phrases)


def _constats(regle: Regle, dossier: Dossier, base: Base) -> str:
    """The values that the rule met, each fact once; unknown ones are said elsewhere."""
    return " ; ".join(
        [
            _constat(nom, valeur, base)
            for nom in _compares(regle.id, base)
            if (valeur := dossier[nom]) is not None
        ]
    )


@lru_cache(maxsize=1024)
def _compares(nom: str, base: Base) -> tuple[str, ...]:
    """The facts that a rule compares."""
    lus = (fait for atome in atomes(base.regles[nom].si) for fait in atome.faits)
    return tuple(dict.fromkeys(lus))


@lru_cache(maxsize=4096)
def _constat(nom: str, valeur: Valeur, base: Base) -> str:
    return base.faits[nom].constate(valeur)


def _manque(regle: Regle, base: Base) -> str:
    """What a refused rule asked for: its own words, or what was written of it; what informs asks nothing."""
    if base.tables[regle.table].role == "informe" and "non" in regle.phrases:
        return ""
    propre = regle.phrases.get("faut")
    return f" {propre}." if propre else _il_faut(regle.id, base)


def motif(etape: Etape, inconnus: Iterable[str], dossier: Dossier, base: Base) -> str:
    """One sentence or two: what the rule answers for this dossier, and why."""
    regle = etape.regle
    tete = regle.phrases.get(etape.issue, regle.titre)
    if etape.issue == "sans_objet":
        return f"{regle.titre} : cette règle ne s’applique pas à votre situation."
    constats = _constats(regle, dossier, base)
    suite = f" Au dossier : {constats}." if constats else ""
    match etape.issue:
        case "oui":
            return f"{tete}{_alors(regle, base)}.{suite}"
        case "non":
            return f"{tete}.{_manque(regle, base)}{suite}"
        case "indetermine":
            rang = {nom: place for place, nom in enumerate(base.faits)}
            noms = [base.faits[nom].libelle for nom in sorted(inconnus, key=rang.__getitem__)]
            manque = f" Il manque : {enumerer(noms)}." if noms else ""
            return f"{tete}.{_manque(regle, base)}{suite}{manque}"


def _alors(regle: Regle, base: Base) -> str:
    """What a rule gives, after its sentence; a clock has a sentence of its own."""
    if isinstance(regle.effet, Donne | Constat):
        return ""
    dit = _effet(regle.id, base)
    return f". {majuscule(dit)}" if isinstance(regle.effet, Horloge) else f" : {dit}"


@lru_cache(maxsize=1024)
def _effet(nom: str, base: Base) -> str:
    return effet(base.regles[nom], base)


@lru_cache(maxsize=1024)
def _il_faut(nom: str, base: Base) -> str:
    """What was written of the rule, where it speaks of the person's own facts; who knows, where only they do."""
    regle = base.regles[nom]
    if isinstance(regle.si, AConfirmer):
        return f" À faire confirmer par {regle.si.aupres}."
    if not any(isinstance(noeud, Atome | AConfirmer) for noeud in parcourir(regle.si)):
        return ""
    return f" {regle.dit}" if regle.dit else f" Il faut {condition(regle.si, base)}."
