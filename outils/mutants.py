"""Makes the mutants of the rules: the raw base with one change that a tired hand could make.

Windows that a load check ties together (the référentiel, its row in the table, the neighbouring
row, the exemptions inside) move together, so that the cases have to notice, not the check.

Every view of the base is mutated alike: its rules, its scales, its clocks, its formulas.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, Final, get_args

from binome.regles.calendrier import duree_en_clair, lire_duree, lire_montant, montant_en_clair
from binome.regles.expressions import Arrondi
from binome.regles.lecture import NON_TROUVE
from binome.regles.metiers.heures import POSITIONNEMENT
from outils.mutants_des_conditions import muter_conditions
from outils.retouches import (
    EFFACE,
    PAS,
    UN_JOUR,
    Chemin,
    Mutant,
    Regle,
    Retouche,
    dire,
    regles,
    remplacer,
    se_croisent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from binome.regles.lecture import Brut


DATES: Final = ("date_entree", "date_prise_fonction", "date_signature_contrat_aide", "date_jury")


def _hors(cle: str, borne: date, limite: date) -> bool:
    return borne < limite if cle == "du" else borne > limite


def _poser_borne(brut: Brut, regle: Regle, cle: str, borne: date) -> Iterator[Retouche]:
    """A bound of one rule, with those of the référentiel that it gives and of what sticks out."""
    yield (*regle.chemin, cle), borne
    for rang, referentiel in enumerate(brut["referentiels"]):
        if regle.effet.get("donne") == referentiel["id"]:
            yield ("referentiels", rang, cle), borne
            for autre in regles(brut):
                if autre.exempte == referentiel["id"] and _hors(cle, autre.brut[cle], borne):
                    yield (*autre.chemin, cle), borne


def _deplacer(brut: Brut, regle: Regle, cle: str, borne: date) -> Iterator[Retouche]:
    """A bound moved, with every window that a load check ties to it."""
    yield from _poser_borne(brut, regle, cle, borne)
    bout, pas = ("du", UN_JOUR) if cle == "au" else ("au", -UN_JOUR)
    sans_trou = regle.table["politique"] == "unique"
    for autre in regles(brut):
        touche = autre.brut.get(bout) == regle.brut[cle] + pas
        if sans_trou and touche and autre.table is regle.table:
            yield from _poser_borne(brut, autre, bout, borne + pas)
        hote = regle.exempte is not None and autre.effet.get("donne") == regle.exempte
        if hote and _hors(cle, borne, autre.brut[cle]):
            yield from _deplacer(brut, autre, cle, borne)


def _muter_fenetres(brut: Brut) -> Iterator[Mutant]:
    for regle in regles(brut):
        for cle, pas in product(("du", "au"), PAS):
            if cle in regle.brut:
                borne = regle.brut[cle] + pas * UN_JOUR
                retouches = tuple(dict(_deplacer(brut, regle, cle, borne)).items())
                texte = f"{cle} {regle.brut[cle]} → {borne}"
                yield Mutant("fenetre", regle.id, texte, retouches)


def _muter_effets(brut: Brut) -> Iterator[Mutant]:
    codes = [r.effet["alerte"]["code"] for r in regles(brut) if "alerte" in r.effet]
    for regle in regles(brut):
        chemin = (*regle.chemin, "alors")
        match regle.effet:
            case {"donne": donne}:
                freres = {r["alors"]["donne"] for r in regle.table["regles"]}
                for autre in sorted(freres - {donne}):
                    yield remplacer("donne", regle.id, (*chemin, "donne"), donne, autre)
            case {"dispense": dispense}:
                yield from _muter_dispense(brut, regle, dispense)
            case {"forfait": forfait}:
                yield from _muter_forfait(regle, forfait)
            case {"adaptation": {"bloc": bloc}}:
                ici = (*chemin, "adaptation", "bloc")
                for autre in (bloc + pas for pas in PAS):
                    yield Mutant("duree", regle.id, f"bloc {bloc} → {autre}", ((ici, autre),))
            case {"alerte": {"code": code}}:
                autre = next(un for un in codes if un != code)
                yield remplacer("alerte", regle.id, (*chemin, "alerte", "code"), code, autre)
            case {"bareme": cases}:
                yield from _muter_bareme(regle, cases)
            case {"echeance": echeance}:
                yield from _muter_echeance(brut, regle, echeance)
            case _:
                pass


def _muter_forfait(regle: Regle, forfait: Brut) -> Iterator[Mutant]:
    """A minute more of each length; another bloc, or none."""
    chemin = (*regle.chemin, "alors", "forfait")
    for nom in ("formation", "evaluations", "pratique"):
        if nom in forfait:
            minutes = _une_de_plus(forfait[nom])
            texte = f"{nom} {forfait[nom]} → {duree_en_clair(minutes)}"
            yield Mutant("duree", regle.id, texte, (((*chemin, nom), f"{minutes} min"),))
    if "bloc" in forfait:
        bloc = forfait["bloc"]
        for autre in (*(bloc + pas for pas in PAS), EFFACE):
            dit = "aucun" if autre == EFFACE else autre
            yield Mutant("duree", regle.id, f"bloc {bloc} → {dit}", (((*chemin, "bloc"), autre),))


def _une_de_plus(duree: str) -> int:
    """A minute more than a length; nothing at all where no source gives it."""
    return 0 if duree == NON_TROUVE else lire_duree(duree) + 1


def _muter_bareme(regle: Regle, cases: Brut) -> Iterator[Mutant]:
    """Each cell one unit more or less, taken for its neighbour; an unknown one taken for zero."""
    noms = list(cases)
    for rang, nom in enumerate(noms):
        chemin, avant = (*regle.chemin, "alors", "bareme", nom), cases[nom]
        for pas in PAS:
            match avant:
                case None:
                    apres: Any = 0
                case str():
                    apres = montant_en_clair(lire_montant(avant) + 100 * pas)
                case _:
                    apres = avant + pas
            texte = f"{nom} {dire(avant)} → {dire(apres)}"
            yield Mutant("case", regle.id, texte, ((chemin, apres),))
        voisine = noms[rang - 1]
        if cases[voisine] != avant:
            texte = f"{nom} {dire(avant)} → celle de {voisine}, {dire(cases[voisine])}"
            yield Mutant("case", regle.id, texte, ((chemin, cases[voisine]),))


def _muter_echeance(brut: Brut, regle: Regle, echeance: Brut) -> Iterator[Mutant]:
    """A clock a month or a day off, counted from another date, or taken for another one."""
    chemin = (*regle.chemin, "alors", "echeance")
    if isinstance(echeance.get("plus_mois"), int):
        for pas in PAS:
            mois = echeance["plus_mois"] + pas
            yield remplacer("echeance", regle.id, chemin, echeance, {**echeance, "plus_mois": mois})
    if "le" in echeance:
        for pas in PAS:
            jour = echeance["le"] + pas * UN_JOUR
            yield remplacer("echeance", regle.id, chemin, echeance, {**echeance, "le": jour})
    if "fait" in echeance:
        autre = next(nom for nom in DATES if nom != echeance["fait"])
        yield remplacer("echeance", regle.id, chemin, echeance, {**echeance, "fait": autre})
    codes = [r.effet["echeance"]["code"] for r in regles(brut) if "echeance" in r.effet]
    code = next(un for un in codes if un != echeance["code"])
    yield remplacer("echeance", regle.id, chemin, echeance, {**echeance, "code": code})


def _muter_dispense(brut: Brut, regle: Regle, dispense: Brut) -> Iterator[Mutant]:
    modules: list[str] = dispense["modules"]
    chemin = (*regle.chemin, "alors", "dispense", "modules")
    (referentiel,) = (r for r in brut["referentiels"] if r["id"] == dispense["referentiel"])
    for code in (module["code"] for bloc in referentiel["blocs"] for module in bloc["modules"]):
        signe, plus = ("−", []) if code in modules else ("+", [code])
        apres = [autre for autre in modules if autre != code] + plus
        yield Mutant("module", regle.id, f"dispense {signe} {code}", ((chemin, apres),))


def _est_de_la_vue(brut: Brut, fait: str, table: Brut) -> bool:
    """Whether a table may read a fact at all: elsewhere the load check would do the noticing."""
    if fait not in brut["faits"]:
        return False
    vues = brut["faits"][fait].get("vues")
    return not vues or table.get("vue", POSITIONNEMENT) in vues


def _muter_tables(brut: Brut) -> Iterator[Mutant]:
    for rang, table in enumerate(brut["tables"]):
        chemin, lieu = ("tables", rang), f"table {table['table']}"
        if "quand" in table:
            texte = f"quand {dire(table['quand'])} → toujours"
            yield Mutant("quand", lieu, texte, (((*chemin, "quand"), EFFACE),))
        for place, regle in enumerate(table["regles"]):
            retouche = ((*chemin, "regles", place), EFFACE)
            yield Mutant("regle", regle["id"], "règle retirée", (retouche,))
        if any("du" in regle or "au" in regle for regle in table["regles"]):
            avant = table["decide_par"]
            for nom in DATES:
                if nom != avant and _est_de_la_vue(brut, nom, table):
                    yield remplacer("date", lieu, (*chemin, "decide_par"), avant, nom)
        if table["politique"] != "premiere":
            continue
        inconnu = table.get("inconnu", "bloque")
        autre = "passe" if inconnu == "bloque" else "bloque"
        yield remplacer("inconnu", lieu, (*chemin, "inconnu"), inconnu, autre)
        for place, (une, suivante) in enumerate(pairwise(table["regles"])):
            if not se_croisent(une, suivante):
                continue
            ici = (*chemin, "regles")
            echange = (((*ici, place), suivante), ((*ici, place + 1), une))
            yield Mutant("ordre", lieu, f"{une['id']} ↔ {suivante['id']}", echange)


def _formules(chemin: Chemin, noeud: Any) -> Iterator[tuple[Chemin, Any]]:
    """Every node of a raw formula, parents first; the names it reads are no formulas."""
    yield chemin, noeud
    match noeud:
        case {"selon": _, "cas": cas, "sinon": sinon}:
            for nom, branche in cas.items():
                yield from _formules((*chemin, "cas", nom), branche)
            yield from _formules((*chemin, "sinon"), sinon)
        case dict():
            for nom in noeud:
                if isinstance(noeud[nom], list):
                    for rang, terme in enumerate(noeud[nom]):
                        yield from _formules((*chemin, nom, rang), terme)
        case _:
            return


def _muter_formules(brut: Brut) -> Iterator[Mutant]:
    """Constants, roundings and columns of the amounts, and of the facts that are worked out."""
    racines = [(f"montant {nom}", ("montants", nom, "formule")) for nom in brut["montants"]]
    racines += [
        (f"fait {nom}", ("faits", nom, "calcul"))
        for nom, fait in brut["faits"].items()
        if "calcul" in fait
    ]
    for lieu, racine in racines:
        depart: Any = brut
        for pas in racine:
            depart = depart[pas]
        for chemin, noeud in _formules(racine, depart):
            ou = "/".join(map(str, chemin[len(racine) :]))
            if isinstance(noeud, int) and not isinstance(noeud, bool):
                for pas_ in PAS:
                    texte = f"{ou} {noeud} → {noeud + pas_}"
                    yield Mutant("formule", lieu, texte, ((chemin, noeud + pas_),))
            if isinstance(noeud, dict) and "arrondi" in noeud:
                for autre in get_args(Arrondi):
                    if autre != noeud["arrondi"]:
                        texte = f"{ou} arrondi {noeud['arrondi']} → {autre}"
                        yield Mutant("formule", lieu, texte, (((*chemin, "arrondi"), autre),))
            if isinstance(noeud, dict) and len(noeud.get("premier_connu", ())) > 1:
                termes = noeud["premier_connu"]
                texte = f"{ou} premier connu, ordre renversé"
                retouche = ((*chemin, "premier_connu"), termes[::-1])
                yield Mutant("formule", lieu, texte, (retouche,))


def _muter_parametres(brut: Brut) -> Iterator[Mutant]:
    for nom, parametre in brut["parametres"].items():
        for rang, valeur in enumerate(parametre["valeurs"]):
            chemin = ("parametres", nom, "valeurs", rang, "valeur")
            avant = valeur["valeur"]
            for pas in PAS if isinstance(avant, int) else ():
                yield remplacer("parametre", f"paramètre {nom}", chemin, avant, avant + pas)


def _longueurs(rang: int, brut: Brut) -> Iterator[tuple[str, Chemin, tuple[Chemin, ...]]]:
    """Every length of a référentiel: its name, its path, the totals that contain it."""
    racine: Chemin = ("referentiels", rang)
    evaluations = (*racine, "evaluations")
    for nom, cle in (("évaluations", "evaluations"), ("cours", "cours"), ("pratique", "pratique")):
        if brut.get(cle, NON_TROUVE) != NON_TROUVE:
            yield nom, (*racine, cle), ()
    for place, bloc in enumerate(brut["blocs"]):
        ici = (*racine, "blocs", place)
        yield f"bloc {bloc['numero']}", (*ici, "duree"), ()
        for numero, module in enumerate(bloc["modules"]):
            if "duree" in module:
                yield module["code"], (*ici, "modules", numero, "duree"), ((*ici, "duree"),)
        for numero, epreuve in enumerate(bloc.get("epreuves", ())):
            for partie in range(len(epreuve["parties"])):
                chemin = (*ici, "epreuves", numero, "parties", partie)
                yield f"{epreuve['code']}, partie {partie + 1}", chemin, (evaluations,)


def _allonger(brut: Brut, chemin: Chemin, minutes: int) -> Retouche:
    avant: Any = brut
    for pas in chemin:
        avant = avant[pas]
    plus = avant + minutes if isinstance(avant, int) else f"{lire_duree(avant) + minutes} min"
    return chemin, plus


def _muter_referentiels(brut: Brut) -> Iterator[Mutant]:
    """Each length alone, which a sum often gives away, then with the totals that contain it."""
    for rang, referentiel in enumerate(brut["referentiels"]):
        for nom, chemin, totaux in _longueurs(rang, referentiel):
            for pas in PAS:
                seule = (_allonger(brut, chemin, pas),)
                texte = f"{nom} {pas:+d} min"
                yield Mutant("referentiel", referentiel["id"], texte, seule)
                if totaux:
                    avec = (*seule, *(_allonger(brut, total, pas) for total in totaux))
                    texte = f"{texte}, total compris"
                    yield Mutant("referentiel", referentiel["id"], texte, avec)


def mutants(brut: Brut) -> list[Mutant]:
    """Every mutant of a raw base, each change once."""
    tous = [
        *muter_conditions(brut),
        *_muter_fenetres(brut),
        *_muter_effets(brut),
        *_muter_tables(brut),
        *_muter_formules(brut),
        *_muter_parametres(brut),
        *_muter_referentiels(brut),
    ]
    uniques = {repr(sorted(mutant.retouches, key=repr)): mutant for mutant in reversed(tous)}
    return list(reversed(uniques.values()))
