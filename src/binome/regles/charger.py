"""Builds the rule base out of its raw content, and refuses it at the first doubt.

What fails here never reaches a dossier: a rule without source, a citation of an undeclared
passage, a reference to what is decided later, a hole or an overlap in time, a sum that is wrong.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from binome.regles.base import Base, Levier, Montant, Parametre, PieceAFournir, Vue
from binome.regles.calendrier import lire_duree, lire_montant
from binome.regles.coherences import lire_coherence
from binome.regles.conditions import LecteurDeConditions
from binome.regles.faits import DefinitionDeFait
from binome.regles.formules import LecteurDeFormules
from binome.regles.horloges import LecteurDHorloges
from binome.regles.lecture import NON_TROUVE, BaseInvalide, Brut, dans
from binome.regles.phrase import fautes
from binome.regles.referentiels import Bloc, Epreuve, Module, Referentiel
from binome.regles.regle import (
    Alerte,
    Bareme,
    Constat,
    Donne,
    PieceDemandee,
    Politique,
    Regle,
    Role,
    Statut,
    SurInconnu,
    Table,
)
from binome.regles.sources import Citation, Fiabilite, Source, lire_citation, lire_lecture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from binome.regles.base import Apport
    from binome.regles.certification import Certification
    from binome.regles.faits import Coherence
    from binome.regles.regle import Effet


def _source(identifiant: str, brut: Brut) -> Source:
    with dans(f"source {identifiant}"):
        fiabilite = brut["fiabilite"]
        if fiabilite not in get_args(Fiabilite):
            msg = f"fiabilité inconnue « {fiabilite} »"
            raise ValueError(msg)
        return Source(
            identifiant,
            brut["court"],
            brut["titre"],
            brut["editeur"],
            str(brut.get("date", "")),
            brut["adresse"],
            str(brut["consulte_le"]),
            fiabilite,
            brut["passages"],
        )


def _fait(nom: str, brut: Brut) -> DefinitionDeFait:
    with dans(f"fait {nom}"):
        return DefinitionDeFait(
            nom=nom,
            type=brut["type"],
            question=brut["question"],
            libelle=brut["libelle"],
            aide=brut.get("aide", ""),
            unite=brut.get("unite", ""),
            minimum=brut.get("minimum"),
            maximum=brut.get("maximum"),
            valeurs=brut.get("valeurs", {}),
            noms=brut.get("noms", {}),
            phrases=brut.get("phrases", {}),
            reponses={int(nombre): mots for nombre, mots in brut.get("reponses", {}).items()},
            piece=brut.get("piece", ""),
            agir=brut.get("agir", "non"),
            sensible=brut.get("sensible", False),
            vues=frozenset(brut.get("vues", ())),
            interne=brut.get("interne", False) or "calcul" in brut,
        )


class _Chargeur:
    """One pass over the raw content; keeps what the next parts refer to."""

    def __init__(self, brut: Brut, apports: Sequence[Apport], *, ancienne: bool) -> None:
        self.brut = brut
        self.ancienne = ancienne
        self.premiere = apports[0].vue
        self.effets = {nom: lire for un in apports for nom, lire in un.effets.items()}
        self.sources = {nom: _source(nom, contenu) for nom, contenu in brut["sources"].items()}
        self.vues = {nom: _vue(nom, contenu) for nom, contenu in brut["vues"].items()}
        self.faits = {nom: _fait(nom, contenu) for nom, contenu in brut["faits"].items()}
        self._calculs()
        self.parametres = tuple(
            parametre
            for identifiant, contenu in brut["parametres"].items()
            for parametre in self._parametres(identifiant, contenu)
        )
        self.referentiels = {
            referentiel.id: referentiel
            for referentiel in map(self._referentiel, brut["referentiels"])
        }
        self.horloges = LecteurDHorloges(brut["tables"], self.faits)
        self.tables = {table.id: table for table in map(self._table, brut["tables"])}
        self.montants: dict[str, Montant] = {}
        for nom, contenu in brut["montants"].items():
            self.montants[nom] = self._montant(nom, contenu)

    def _calculs(self) -> None:
        """Gives the facts that are worked out from the others their formula."""
        lecteur = LecteurDeFormules(self.faits, {}, ())
        for nom, contenu in self.brut["faits"].items():
            if "calcul" in contenu:
                with dans(f"fait {nom}"):
                    calcul = lecteur.lire(contenu["calcul"])
                    self.faits[nom] = replace(self.faits[nom], calcul=calcul)

    def coherences(self) -> tuple[Coherence, ...]:
        """What the facts of a dossier may not say together."""
        lecteur = LecteurDeConditions(self.faits, self.valeur_du_parametre(None, None))
        with dans("cohérence"):
            return tuple(lire_coherence(un, lecteur.lire) for un in self.brut["coherences"])

    def _montant(self, nom: str, brut: Brut) -> Montant:
        with dans(f"montant {nom}"):
            vue = self.vues[brut["vue"]].nom
            deja = [un for un in self.montants if self.brut["montants"][un]["vue"] == vue]
            tables = {table.id: table for table in self.tables.values() if table.vue == vue}
            lecteur = LecteurDeFormules(self.faits, tables, deja)
            formule = lecteur.lire(brut["formule"])
            return Montant(nom, brut["titre"], brut["unite"], formule)

    def citations(self, bruts: list[str]) -> tuple[Citation, ...]:
        if not bruts:
            msg = "aucune source : une règle sans source ne se charge pas"
            raise ValueError(msg)
        return tuple(lire_citation(texte, self.sources) for texte in bruts)

    def _parametres(self, identifiant: str, brut: Brut) -> Iterator[Parametre]:
        for valeur in brut["valeurs"]:
            with dans(f"paramètre {identifiant}"):
                yield Parametre(
                    identifiant,
                    brut["titre"],
                    valeur["valeur"],
                    brut["unite"],
                    valeur.get("du"),
                    valeur.get("au"),
                    self.citations(valeur["sources"]),
                    _statut(valeur),
                )

    def valeur_du_parametre(
        self, du: date | None, au: date | None
    ) -> Callable[[str], int | date | str]:
        """The one value of a parameter over a whole window."""

        def valeur(identifiant: str) -> int | date | str:
            valeurs = [
                parametre.valeur
                for parametre in self.parametres
                if parametre.id == identifiant
                and (parametre.du is None or (du is not None and parametre.du <= du))
                and (parametre.au is None or (au is not None and au <= parametre.au))
            ]
            if len(valeurs) != 1:
                msg = f"le paramètre « {identifiant} » n’a pas une valeur unique sur la fenêtre"
                raise ValueError(msg)
            return valeurs[0]

        return valeur

    def _referentiel(self, brut: Brut) -> Referentiel:
        with dans(f"référentiel {brut['id']}"):
            return Referentiel(
                brut["id"],
                brut["titre"],
                str(brut["rncp"]),
                brut["du"],
                brut["au"],
                tuple(_bloc(bloc) for bloc in brut["blocs"]),
                _duree(brut["evaluations"]),
                self.citations(brut["sources"]),
                brut.get("duree", ""),
                lire_duree(brut["cours"]) if "cours" in brut else None,
                _duree(brut.get("pratique", NON_TROUVE)),
            )

    def _table(self, brut: Brut) -> Table:
        with dans(f"table {brut['table']}"):
            politique, role = brut["politique"], brut["role"]
            inconnu = brut.get("inconnu", "bloque")
            if (
                politique not in get_args(Politique)
                or role not in get_args(Role)
                or inconnu not in get_args(SurInconnu)
            ):
                msg = f"politique, rôle ou conduite inconnus : {politique}, {role}, {inconnu}"
                raise ValueError(msg)
            decide_par = self.faits.get(brut["decide_par"])
            if decide_par is None or decide_par.type != "date":
                quoi = "un fait" if decide_par is None else "une date"
                msg = f"la date qui décide, « {brut['decide_par']} », n’est pas {quoi}"
                raise ValueError(msg)
            lecteur = LecteurDeConditions(self.faits, self.valeur_du_parametre(None, None))
            return Table(
                brut["table"],
                brut["titre"],
                brut["question"],
                brut["decide_par"],
                politique,
                inconnu,
                role,
                lecteur.lire(brut["quand"]) if "quand" in brut else None,
                tuple(self._regle(regle, brut["table"]) for regle in brut["regles"]),
                self.vues[brut.get("vue", self.premiere)].nom,
                brut.get("unite", ""),
                brut.get("conditions", {}),
                tuple(self.vues[autre].nom for autre in brut.get("aussi", ())),
            )

    def _regle(self, brut: Brut, table: str) -> Regle:
        with dans(f"règle {brut.get('id', '?')}"):
            du, au = brut.get("du"), brut.get("au")
            if isinstance(du, date) and isinstance(au, date) and du > au:
                msg = f"la fenêtre finit ({au}) avant de commencer ({du})"
                raise ValueError(msg)
            parametre = self.valeur_du_parametre(du, au)
            horloge = self.horloges.depuis(du, au, parametre)
            lecteur = LecteurDeConditions(self.faits, parametre, horloge)
            return Regle(
                id=brut["id"],
                titre=brut["titre"],
                table=table,
                du=du,
                au=au,
                si=lecteur.lire(brut["si"]),
                effet=self._effet(brut["alors"], parametre),
                sources=self.citations(brut.get("sources", [])),
                statut=_statut(brut),
                sujet=brut.get("sujet", ""),
                pour=tuple(brut.get("pour", ())),
                note=brut.get("note", ""),
                phrases=brut.get("phrases", {}),
                dit=self._dit(brut.get("dit", "")),
            )

    def _dit(self, brut: str) -> str:
        """The sentence that a person wrote of a rule. Raises ValueError, saying what is wrong with it."""
        if not brut and self.ancienne:
            return ""
        if trouvees := [*fautes(brut)] if brut else ["elle manque ; écrivez-la comme on la dirait"]:
            msg = f"sa phrase (dit) : {' ; '.join(trouvees)}"
            raise ValueError(msg)
        return brut

    def _effet(self, brut: object, parametre: Callable[[str], int | date | str]) -> Effet:
        match brut:
            case {"donne": str(valeur)}:
                return Donne(valeur)
            case {"alerte": {"code": str(code), "texte": str(texte), **reste}}:
                rivales = cast("list[Brut]", reste.get("lectures", []))
                lectures = tuple(lire_lecture(une, self.sources) for une in rivales)
                a_cote = cast("list[str]", reste.get("echeances", []))
                return Alerte(code, texte, lectures, tuple(a_cote))
            case {"piece": str(code)}:
                if code not in self.brut["pieces"]:
                    msg = f"la pièce « {code} » n’est pas dans pieces.yaml"
                    raise ValueError(msg)
                return PieceDemandee(code)
            case {"bareme": {**cases}} if cases:
                return Bareme({str(nom): _case(valeur) for nom, valeur in cases.items()})
            case {"echeance": {"code": str(code), **reste}}:
                return self.horloges.lire(code, cast("Brut", reste), parametre)
            case "constat":
                return Constat()
            case {**un} if len(un) == 1 and (nom := next(iter(un))) in self.effets:
                effet = self.effets[nom](un[nom], self.referentiels)
                if effet is not None:
                    return effet
            case _:
                pass
        msg = f"effet illisible : {brut!r}"
        raise ValueError(msg)


def _case(brut: object) -> int | None:
    """A cell of a scale: an amount in words (cents), a plain integer, or nothing known."""
    match brut:
        case None:
            return None
        case str():
            return lire_montant(brut)
        case int() if not isinstance(brut, bool):
            return brut
        case _:
            msg = f"case de barème illisible : {brut!r}"
            raise ValueError(msg)


def _duree(brut: str) -> int | None:
    """Minutes, or None when it is written that no source gives them."""
    return None if brut == NON_TROUVE else lire_duree(brut)


def _vue(nom: str, brut: Brut) -> Vue:
    with dans(f"vue {nom}"):
        cibles = tuple(brut["cibles"])
        sorties = tuple(brut.get("sorties", cibles))
        return Vue(nom, brut["titre"], cibles, sorties, brut.get("mots", {}))


def _statut(brut: Brut) -> Statut:
    statut = brut.get("statut", "en_vigueur")
    if statut not in get_args(Statut):
        msg = f"statut inconnu « {statut} »"
        raise ValueError(msg)
    return cast("Statut", statut)


def _longueur(brut: Brut) -> int | None:
    return lire_duree(brut["duree"]) if "duree" in brut else None


def _bloc(brut: Brut) -> Bloc:
    numero = brut["numero"]
    return Bloc(
        numero,
        brut["intitule"],
        lire_duree(brut["duree"]),
        tuple(
            Module(un["code"], numero, un["intitule"], _longueur(un), un.get("marque", ""))
            for un in brut["modules"]
        ),
        tuple(
            Epreuve(
                une["code"], numero, une["intitule"], tuple(une["parties"]), une.get("forme", "")
            )
            for une in brut.get("epreuves", [])
        ),
    )


def construire(
    brut: Brut, certification: Certification, apports: Sequence[Apport], *, ancienne: bool = False
) -> Base:
    """A checked base out of its raw content, seen as the first of the trades sees it.

    A table or a lever that names no view is of that one. An `ancienne` base dates from before rules carried
    a sentence, and is read without. Raises BaseInvalide, saying in which rule and why.
    """
    from binome.regles.verifier import verifier  # noqa: PLC0415 - the checks stand on the base

    with dans("base"):
        chargeur = _Chargeur(brut, apports, ancienne=ancienne)
        base = Base(
            certification=certification,
            sources=chargeur.sources,
            faits=chargeur.faits,
            coherences=chargeur.coherences(),
            parametres=chargeur.parametres,
            referentiels=chargeur.referentiels,
            tables=chargeur.tables,
            pieces={
                code: PieceAFournir(code, **contenu) for code, contenu in brut["pieces"].items()
            },
            leviers=tuple(
                Levier(
                    levier["id"],
                    levier["fait"],
                    levier["mode"],
                    tuple(levier.get("valeurs", ())),
                    levier["effort"],
                    levier["texte"],
                    frozenset(levier.get("vues", (chargeur.premiere,))),
                    levier.get("oublie", {}),
                    levier.get("ouvre", False),
                    levier.get("jour", ""),
                    levier.get("patience", {}),
                )
                for levier in brut["leviers"]
            ),
            reformes=tuple(brut["reformes"]),
            brut=brut,
            montants=chargeur.montants,
            vues=chargeur.vues,
            apports={un.vue: un for un in apports},
        )
        base.mettre_en_vue()
    erreurs = verifier(base)
    if erreurs:
        raise BaseInvalide("\n".join(erreurs))
    return base.vue(chargeur.premiere)
