"""Makes the mutants of the rules: the raw base with one change that a tired hand could make.

Windows that a load check ties together (the référentiel, its row in the table, the neighbouring
row, the exemptions inside) move together, so that the cases have to notice, not the check.

Every view of the base is mutated alike: its rules, its scales, its clocks, its formulas.

Not made, because they cannot matter: adding to a list a code whose holders the rule's own guard
sends elsewhere throughout its window (whoever holds the CQP never reaches a rule kept for those
who want it; since 2021, neither does whoever holds one of the three diplomas that lead to the
FAE), and adding to a route test a route that the table's guard already shuts out.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, get_args

from binome.regles.calendrier import duree_en_clair, lire_duree, lire_montant, montant_en_clair
from binome.regles.expressions import Arrondi
from binome.regles.lecture import NON_TROUVE
from binome.regles.metiers.heures import POSITIONNEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.lecture import Brut

Chemin: TypeAlias = tuple[str | int, ...]
Retouche: TypeAlias = tuple[Chemin, Any]
EFFACE: Final = "∅"
"""Stands for nothing: what is there goes away."""
UN_JOUR: Final = timedelta(days=1)
PAS: Final = (1, -1)
VOISINS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("entier", "est"): ("au_moins", "au_plus"),
    ("entier", "au_moins"): ("est", "au_plus"),
    ("entier", "au_plus"): ("est", "au_moins"),
    ("date", "avant"): ("au_plus",),
    ("date", "apres"): ("au_moins",),
    ("date", "au_moins"): ("apres", "au_plus"),
    ("date", "au_plus"): ("avant", "au_moins"),
    ("decimal", "au_moins"): ("au_plus",),
    ("decimal", "au_plus"): ("au_moins",),
}
CENTIEME: Final = Decimal("0.01")
DATES: Final = ("date_entree", "date_prise_fonction", "date_signature_contrat_aide", "date_jury")


class Mutant(NamedTuple):
    """One change of the raw base: its kind, where it stands, what it says, how to make it."""

    genre: str
    lieu: str
    changement: str
    retouches: tuple[Retouche, ...]

    def en_clair(self) -> str:
        """The mutant on one line; also the name under which it is explained."""
        return f"{self.lieu} : {self.changement}"


class _Regle(NamedTuple):
    """A raw rule, with its table and the path to it."""

    chemin: Chemin
    brut: Brut
    table: Brut

    @property
    def id(self) -> str:
        return str(self.brut["id"])

    @property
    def effet(self) -> Brut:
        alors = self.brut["alors"]
        return alors if isinstance(alors, dict) else {}

    @property
    def exempte(self) -> str | None:
        """The référentiel that it exempts from."""
        effet: Brut = self.effet.get("dispense") or self.effet.get("forfait") or {}
        return effet.get("referentiel")

    def couvre(self, autre: _Regle) -> bool:
        """Whether it is in force whenever the other is."""
        meme_date = self.table["decide_par"] == autre.table["decide_par"]
        fenetre = autre.brut if meme_date else {}
        debute = self.brut.get("du", date.min) <= fenetre.get("du", date.min)
        return bool(debute and fenetre.get("au", date.max) <= self.brut.get("au", date.max))


def _regles(brut: Brut) -> Iterator[_Regle]:
    for rang, table in enumerate(brut["tables"]):
        for place, regle in enumerate(table["regles"]):
            yield _Regle(("tables", rang, "regles", place), regle, table)


def _ouvertes(voies: set[str], *gardes: Any) -> set[str]:
    """The routes that every one of these guards leaves open."""
    for garde in gardes:
        if isinstance(garde, dict) and garde.get("sortie") == "voie":
            voies = voies & set(garde["parmi"])
    return voies


def _sans_effet(brut: Brut, regle: _Regle) -> set[str]:
    """Codes and routes that the rule's own guards shut out (see the top)."""
    si, garde = regle.brut["si"], regle.table.get("quand")
    branches = si["et"] if isinstance(si, dict) and "et" in si else [si]
    rangs = [autre for autre in _regles(brut) if autre.table["table"] == "voie"]
    voies = {rang.effet["donne"] for rang in rangs}
    exclus = voies - _ouvertes(voies, garde)
    for rang in rangs:
        if rang.effet["donne"] in _ouvertes(voies, garde, *branches):
            break  # from this row on, a code may lead to a route that the guards leave open
        if rang.couvre(regle) and isinstance(rang.brut["si"], dict):
            exclus |= set(rang.brut["si"].get("contient", ()))
    return exclus


def _se_croisent(une: Brut, autre: Brut) -> bool:
    """Whether two windows share a day."""
    debut = max(une.get("du", date.min), autre.get("du", date.min))
    return bool(debut <= min(une.get("au", date.max), autre.get("au", date.max)))


def _hors_de_saison(brut: Brut, regle: _Regle) -> set[tuple[str, str]]:
    """What the tables decided by the same date never give on the days when the rule is in force."""
    donnes = [
        (autre.table["table"], str(autre.effet["donne"]), _se_croisent(regle.brut, autre.brut))
        for autre in _regles(brut)
        if "donne" in autre.effet and autre.table["decide_par"] == regle.table["decide_par"]
    ]
    jamais = {(table, valeur) for table, valeur, _ in donnes}
    return jamais - {(table, valeur) for table, valeur, croise in donnes if croise}


def _noeuds(chemin: Chemin, noeud: Any) -> Iterator[tuple[Chemin, Brut]]:
    """Every node of a raw condition that is not a bare word, parents first."""
    if not isinstance(noeud, dict):
        return
    yield chemin, noeud
    for nom in ("et", "ou"):
        for rang, branche in enumerate(noeud.get(nom, ())):
            yield from _noeuds((*chemin, nom, rang), branche)
    if "non" in noeud:
        yield from _noeuds((*chemin, "non"), noeud["non"])


def _dire(noeud: Any) -> str:
    """A short name for a node of a condition."""
    match noeud:
        case {"fait": fait, **reste}:
            operateur, attendu = next(iter(reste.items()))
            return f"{fait} {operateur} {_dire(attendu)}"
        case {"parametre": nom}:
            return f"({nom})"
        case {"sortie": table, "parmi": valeurs}:
            return f"{table} parmi {_dire(valeurs)}"
        case {"et": branches} | {"ou": branches}:
            return f"{next(iter(noeud))} de {len(branches)}"
        case dict():
            return " ".join(f"{cle} {_dire(valeur)}" for cle, valeur in noeud.items())
        case list():
            return "[" + ", ".join(map(str, noeud)) + "]"
        case _:
            return str(noeud)


def _remplacer(genre: str, lieu: str, chemin: Chemin, avant: Any, apres: Any) -> Mutant:
    texte = f"{_dire(avant)} → {_dire(apres)}"
    return Mutant(genre, lieu, texte, ((chemin, apres),))


def _codes_possibles(brut: Brut, noeud: Brut) -> list[str]:
    """Every code that a list of this node may hold."""
    if "fait" in noeud:
        return list(brut["faits"][noeud["fait"]].get("valeurs", {}))
    valeurs = (r.effet.get("donne") for r in _regles(brut) if r.table["table"] == noeud["sortie"])
    return list(dict.fromkeys(valeur for valeur in valeurs if valeur is not None))


def _muter_codes(
    brut: Brut,
    lieu: str,
    chemin: Chemin,
    noeud: Brut,
    exclus: set[str],
    jamais: set[tuple[str, str]],
) -> Iterator[Mutant]:
    for nom in {"parmi", "contient"} & noeud.keys():
        codes = noeud[nom]
        autres = [un for un in _codes_possibles(brut, noeud) if un not in codes]
        if len(codes) == 1:  # without its only code a list cannot be read: it gets another one
            yield _remplacer("code", lieu, chemin, noeud, {**noeud, nom: autres[:1]})
        else:
            for code in codes:
                moins = {**noeud, nom: [autre for autre in codes if autre != code]}
                yield Mutant("code", lieu, f"{_dire(noeud)} − {code}", ((chemin, moins),))
        for code in autres:
            if code not in exclus and (noeud.get("sortie"), code) not in jamais:
                plus = {**noeud, nom: [*codes, code]}
                yield Mutant("code", lieu, f"{_dire(noeud)} + {code}", ((chemin, plus),))
    if isinstance(noeud.get("est"), str):
        for code in _codes_possibles(brut, noeud):
            if code != noeud["est"]:
                yield _remplacer("code", lieu, chemin, noeud, {**noeud, "est": code})


def _muter_comparaison(brut: Brut, lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """Thresholds, months and operators of one comparison on a fact."""
    operateur, attendu = next((cle, noeud[cle]) for cle in noeud if cle != "fait")
    fait = noeud["fait"]
    if isinstance(attendu, int) and not isinstance(attendu, bool):
        for pas in PAS:
            yield _remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: attendu + pas})
    if isinstance(attendu, bool) and operateur == "est":
        yield _remplacer("booleen", lieu, chemin, noeud, {**noeud, operateur: not attendu})
    if isinstance(attendu, float):
        for pas in PAS:
            autre = float(Decimal(str(attendu)) + pas * CENTIEME)
            yield _remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: autre})
    if operateur == "entre":
        for rang, pas in product(range(2), PAS):
            if isinstance(attendu[rang], int):
                bornes = [*attendu[:rang], attendu[rang] + pas, *attendu[rang + 1 :]]
                yield _remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: bornes})
    if isinstance(attendu, dict) and isinstance(attendu.get("pour_cent"), int):
        for pas in PAS:
            part = {**attendu, "pour_cent": attendu["pour_cent"] + pas}
            yield _remplacer("part", lieu, chemin, noeud, {**noeud, operateur: part})
    if isinstance(attendu, dict) and isinstance(attendu.get("plus_mois"), int):
        for pas in PAS:
            decale = {**attendu, "plus_mois": attendu["plus_mois"] + pas}
            yield _remplacer("mois", lieu, chemin, noeud, {"fait": fait, operateur: decale})
    for voisin in VOISINS.get((brut["faits"][fait]["type"], operateur), ()):
        yield _remplacer("operateur", lieu, chemin, noeud, {"fait": fait, voisin: attendu})


def _muter_structure(lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """`et`, `ou` and `non`."""
    for nom, autre in (("et", "ou"), ("ou", "et")):
        if nom not in noeud:
            continue
        branches = noeud[nom]
        texte = f"{nom} → {autre} ({' ; '.join(map(_dire, branches))})"
        yield Mutant("et-ou", lieu, texte, ((chemin, {autre: branches}),))
        for rang, branche in enumerate(branches):
            reste = [*branches[:rang], *branches[rang + 1 :]]
            restant = reste[0] if len(reste) == 1 else {nom: reste}
            yield Mutant("branche", lieu, f"{nom} sans « {_dire(branche)} »", ((chemin, restant),))
    if "non" in noeud:
        yield _remplacer("non", lieu, chemin, noeud, noeud["non"])


def _muter_renvois(brut: Brut, lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """A rule named for its neighbour, or for its whole table."""
    for table in brut["tables"]:
        regles = [regle["id"] for regle in table["regles"]]
        if noeud.get("regle") in regles or noeud.get("une_regle_de") == table["table"]:
            for regle in regles:
                if regle != noeud.get("regle"):
                    yield _remplacer("renvoi", lieu, chemin, noeud, {"regle": regle})


def _muter_conditions(brut: Brut) -> Iterator[Mutant]:
    lieux: list[tuple[str, Chemin, Any, set[str], set[tuple[str, str]]]] = [
        (f"table {table['table']}", ("tables", rang, "quand"), table["quand"], set(), set())
        for rang, table in enumerate(brut["tables"])
        if "quand" in table
    ]
    for regle in _regles(brut):
        exclus = _sans_effet(brut, regle)
        jamais = _hors_de_saison(brut, regle)
        lieux.append((regle.id, (*regle.chemin, "si"), regle.brut["si"], exclus, jamais))
    for lieu, racine, condition, exclus, jamais in lieux:
        for chemin, noeud in _noeuds(racine, condition):
            yield from _muter_codes(brut, lieu, chemin, noeud, exclus, jamais)
            yield from _muter_renvois(brut, lieu, chemin, noeud)
            if "fait" in noeud:
                yield from _muter_comparaison(brut, lieu, chemin, noeud)
            yield from _muter_structure(lieu, chemin, noeud)


def _hors(cle: str, borne: date, limite: date) -> bool:
    return borne < limite if cle == "du" else borne > limite


def _poser_borne(brut: Brut, regle: _Regle, cle: str, borne: date) -> Iterator[Retouche]:
    """A bound of one rule, with those of the référentiel that it gives and of what sticks out."""
    yield (*regle.chemin, cle), borne
    for rang, referentiel in enumerate(brut["referentiels"]):
        if regle.effet.get("donne") == referentiel["id"]:
            yield ("referentiels", rang, cle), borne
            for autre in _regles(brut):
                if autre.exempte == referentiel["id"] and _hors(cle, autre.brut[cle], borne):
                    yield (*autre.chemin, cle), borne


def _deplacer(brut: Brut, regle: _Regle, cle: str, borne: date) -> Iterator[Retouche]:
    """A bound moved, with every window that a load check ties to it."""
    yield from _poser_borne(brut, regle, cle, borne)
    bout, pas = ("du", UN_JOUR) if cle == "au" else ("au", -UN_JOUR)
    sans_trou = regle.table["politique"] == "unique"
    for autre in _regles(brut):
        touche = autre.brut.get(bout) == regle.brut[cle] + pas
        if sans_trou and touche and autre.table is regle.table:
            yield from _poser_borne(brut, autre, bout, borne + pas)
        hote = regle.exempte is not None and autre.effet.get("donne") == regle.exempte
        if hote and _hors(cle, borne, autre.brut[cle]):
            yield from _deplacer(brut, autre, cle, borne)


def _muter_fenetres(brut: Brut) -> Iterator[Mutant]:
    for regle in _regles(brut):
        for cle, pas in product(("du", "au"), PAS):
            if cle in regle.brut:
                borne = regle.brut[cle] + pas * UN_JOUR
                retouches = tuple(dict(_deplacer(brut, regle, cle, borne)).items())
                texte = f"{cle} {regle.brut[cle]} → {borne}"
                yield Mutant("fenetre", regle.id, texte, retouches)


def _muter_effets(brut: Brut) -> Iterator[Mutant]:
    codes = [r.effet["alerte"]["code"] for r in _regles(brut) if "alerte" in r.effet]
    for regle in _regles(brut):
        chemin = (*regle.chemin, "alors")
        match regle.effet:
            case {"donne": donne}:
                freres = {r["alors"]["donne"] for r in regle.table["regles"]}
                for autre in sorted(freres - {donne}):
                    yield _remplacer("donne", regle.id, (*chemin, "donne"), donne, autre)
            case {"dispense": dispense}:
                yield from _muter_dispense(brut, regle, dispense)
            case {"forfait": forfait}:
                for nom in ("formation", "evaluations", "pratique"):
                    if nom in forfait:
                        minutes = _une_de_plus(forfait[nom])
                        texte = f"{nom} {forfait[nom]} → {duree_en_clair(minutes)}"
                        retouche = ((*chemin, "forfait", nom), f"{minutes} min")
                        yield Mutant("duree", regle.id, texte, (retouche,))
            case {"adaptation": {"bloc": bloc}}:
                ici = (*chemin, "adaptation", "bloc")
                for autre in (bloc + pas for pas in PAS):
                    yield Mutant("duree", regle.id, f"bloc {bloc} → {autre}", ((ici, autre),))
            case {"alerte": {"code": code}}:
                autre = next(un for un in codes if un != code)
                yield _remplacer("alerte", regle.id, (*chemin, "alerte", "code"), code, autre)
            case {"bareme": cases}:
                yield from _muter_bareme(regle, cases)
            case {"echeance": echeance}:
                yield from _muter_echeance(brut, regle, echeance)
            case _:
                pass


def _une_de_plus(duree: str) -> int:
    """A minute more than a length; nothing at all where no source gives it."""
    return 0 if duree == NON_TROUVE else lire_duree(duree) + 1


def _muter_bareme(regle: _Regle, cases: Brut) -> Iterator[Mutant]:
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
            texte = f"{nom} {_dire(avant)} → {_dire(apres)}"
            yield Mutant("case", regle.id, texte, ((chemin, apres),))
        voisine = noms[rang - 1]
        if cases[voisine] != avant:
            texte = f"{nom} {_dire(avant)} → celle de {voisine}, {_dire(cases[voisine])}"
            yield Mutant("case", regle.id, texte, ((chemin, cases[voisine]),))


def _muter_echeance(brut: Brut, regle: _Regle, echeance: Brut) -> Iterator[Mutant]:
    """A clock a month or a day off, counted from another date, or taken for another one."""
    chemin = (*regle.chemin, "alors", "echeance")
    if isinstance(echeance.get("plus_mois"), int):
        for pas in PAS:
            mois = echeance["plus_mois"] + pas
            yield _remplacer(
                "echeance", regle.id, chemin, echeance, {**echeance, "plus_mois": mois}
            )
    if "le" in echeance:
        for pas in PAS:
            jour = echeance["le"] + pas * UN_JOUR
            yield _remplacer("echeance", regle.id, chemin, echeance, {**echeance, "le": jour})
    if "fait" in echeance:
        autre = next(nom for nom in DATES if nom != echeance["fait"])
        yield _remplacer("echeance", regle.id, chemin, echeance, {**echeance, "fait": autre})
    codes = [r.effet["echeance"]["code"] for r in _regles(brut) if "echeance" in r.effet]
    code = next(un for un in codes if un != echeance["code"])
    yield _remplacer("echeance", regle.id, chemin, echeance, {**echeance, "code": code})


def _muter_dispense(brut: Brut, regle: _Regle, dispense: Brut) -> Iterator[Mutant]:
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
            texte = f"quand {_dire(table['quand'])} → toujours"
            yield Mutant("quand", lieu, texte, (((*chemin, "quand"), EFFACE),))
        for place, regle in enumerate(table["regles"]):
            retouche = ((*chemin, "regles", place), EFFACE)
            yield Mutant("regle", regle["id"], "règle retirée", (retouche,))
        if any("du" in regle or "au" in regle for regle in table["regles"]):
            avant = table["decide_par"]
            for nom in DATES:
                if nom != avant and _est_de_la_vue(brut, nom, table):
                    yield _remplacer("date", lieu, (*chemin, "decide_par"), avant, nom)
        if table["politique"] != "premiere":
            continue
        inconnu = table.get("inconnu", "bloque")
        autre = "passe" if inconnu == "bloque" else "bloque"
        yield _remplacer("inconnu", lieu, (*chemin, "inconnu"), inconnu, autre)
        for place, (une, suivante) in enumerate(pairwise(table["regles"])):
            if not _se_croisent(une, suivante):
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
                yield _remplacer("parametre", f"paramètre {nom}", chemin, avant, avant + pas)


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
        *_muter_conditions(brut),
        *_muter_fenetres(brut),
        *_muter_effets(brut),
        *_muter_tables(brut),
        *_muter_formules(brut),
        *_muter_parametres(brut),
        *_muter_referentiels(brut),
    ]
    uniques = {repr(sorted(mutant.retouches, key=repr)): mutant for mutant in reversed(tous)}
    return list(reversed(uniques.values()))
