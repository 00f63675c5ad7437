"""Builds the rule base out of its raw content, and refuses it at the first doubt.

What fails here never reaches a dossier: a rule without source, a citation of an undeclared
passage, a reference to what is decided later, a hole or an overlap in time, a sum that is wrong.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from binome.regles.base import Base, Levier, Parametre, PieceAFournir
from binome.regles.calendrier import lire_duree
from binome.regles.conditions import LecteurDeConditions
from binome.regles.faits import Coherence, Fait
from binome.regles.lecture import BaseInvalide, Brut, dans
from binome.regles.referentiels import Bloc, Epreuve, Module, Referentiel
from binome.regles.regle import (
    Acquis,
    Adaptation,
    Alerte,
    Constat,
    Dispense,
    Donne,
    Forfait,
    Lecture,
    Piece,
    Politique,
    Regle,
    Role,
    Statut,
    SurInconnu,
    Table,
)
from binome.regles.sources import Citation, Fiabilite, Source, lire_citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def _fait(nom: str, brut: Brut) -> Fait:
    with dans(f"fait {nom}"):
        return Fait(
            nom=nom,
            type=brut["type"],
            question=brut["question"],
            libelle=brut["libelle"],
            aide=brut.get("aide", ""),
            unite=brut.get("unite", ""),
            minimum=brut.get("minimum"),
            maximum=brut.get("maximum"),
            valeurs=brut.get("valeurs", {}),
            phrases=brut.get("phrases", {}),
            reponses={int(nombre): mots for nombre, mots in brut.get("reponses", {}).items()},
            piece=brut.get("piece", ""),
            agir=brut.get("agir", "non"),
            sensible=brut.get("sensible", False),
        )


class _Chargeur:
    """One pass over the raw content; keeps what the next parts refer to."""

    def __init__(self, brut: Brut) -> None:
        self.brut = brut
        self.sources = {nom: _source(nom, contenu) for nom, contenu in brut["sources"].items()}
        self.faits = {nom: _fait(nom, contenu) for nom, contenu in brut["faits"].items()}
        self.parametres = tuple(
            parametre
            for identifiant, contenu in brut["parametres"].items()
            for parametre in self._parametres(identifiant, contenu)
        )
        self.referentiels = {
            referentiel.id: referentiel
            for referentiel in map(self._referentiel, brut["referentiels"])
        }
        self.tables = {table.id: table for table in map(self._table, brut["tables"])}

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
                lire_duree(brut["evaluations"]),
                self.citations(brut["sources"]),
                brut.get("duree", ""),
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
            )

    def _regle(self, brut: Brut, table: str) -> Regle:
        with dans(f"règle {brut.get('id', '?')}"):
            du, au = brut.get("du"), brut.get("au")
            if isinstance(du, date) and isinstance(au, date) and du > au:
                msg = f"la fenêtre finit ({au}) avant de commencer ({du})"
                raise ValueError(msg)
            lecteur = LecteurDeConditions(self.faits, self.valeur_du_parametre(du, au))
            return Regle(
                id=brut["id"],
                titre=brut["titre"],
                table=table,
                du=du,
                au=au,
                si=lecteur.lire(brut["si"]),
                effet=self._effet(brut["alors"]),
                sources=self.citations(brut.get("sources", [])),
                statut=_statut(brut),
                sujet=brut.get("sujet", ""),
                note=brut.get("note", ""),
                phrases=brut.get("phrases", {}),
            )

    def _effet(self, brut: object) -> Effet:
        match brut:
            case {"donne": str(valeur)}:
                return Donne(valeur)
            case {"dispense": {"referentiel": str(identifiant), "modules": [_, *_] as modules}}:
                for code in modules:
                    self.referentiels[identifiant].module(code)
                return Dispense(identifiant, tuple(modules))
            case {
                "forfait": {
                    "referentiel": str(identifiant),
                    "formation": formation,
                    "evaluations": evaluations,
                }
            }:
                self.referentiels[identifiant]
                return Forfait(identifiant, lire_duree(formation), lire_duree(evaluations))
            case {"acquis": {"marque": str(marque)}}:
                return Acquis(marque)
            case {"adaptation": {"referentiel": str(identifiant), "bloc": int(numero)}}:
                self.referentiels[identifiant].bloc(numero)
                return Adaptation(identifiant, numero)
            case {"adaptation": {"minutes": str(duree)}}:
                return Adaptation(minutes=lire_duree(duree))
            case {"adaptation": {}}:
                return Adaptation()
            case {"alerte": {"code": str(code), "texte": str(texte), **reste}}:
                lectures = tuple(
                    Lecture(lecture["valeur"], self.citations(lecture["sources"]))
                    for lecture in cast("list[Brut]", reste.get("lectures", []))
                )
                return Alerte(code, texte, lectures)
            case {"piece": str(code)}:
                if code not in self.brut["pieces"]:
                    msg = f"la pièce « {code} » n’est pas dans pieces.yaml"
                    raise ValueError(msg)
                return Piece(code)
            case "constat":
                return Constat()
            case _:
                msg = f"effet illisible : {brut!r}"
                raise ValueError(msg)


def _statut(brut: Brut) -> Statut:
    statut = brut.get("statut", "en_vigueur")
    if statut not in get_args(Statut):
        msg = f"statut inconnu « {statut} »"
        raise ValueError(msg)
    return cast("Statut", statut)


def _bloc(brut: Brut) -> Bloc:
    numero = brut["numero"]
    return Bloc(
        numero,
        brut["intitule"],
        lire_duree(brut["duree"]),
        tuple(
            Module(
                module["code"],
                numero,
                module["intitule"],
                lire_duree(module["duree"]) if "duree" in module else None,
                module.get("marque", ""),
            )
            for module in brut["modules"]
        ),
        tuple(
            Epreuve(epreuve["code"], numero, epreuve["intitule"], tuple(epreuve["parties"]))
            for epreuve in brut.get("epreuves", [])
        ),
    )


def construire(brut: Brut) -> Base:
    """A checked base out of its raw content.

    Raises BaseInvalide, saying in which rule and why.
    """
    from binome.regles.verifier import verifier  # noqa: PLC0415 - the checks stand on the base

    with dans("base"):
        chargeur = _Chargeur(brut)
        base = Base(
            sources=chargeur.sources,
            faits=chargeur.faits,
            coherences=tuple(Coherence(**coherence) for coherence in brut["coherences"]),
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
                )
                for levier in brut["leviers"]
            ),
            reformes=tuple(brut["reformes"]),
            brut=brut,
        )
    erreurs = verifier(base)
    if erreurs:
        raise BaseInvalide("\n".join(erreurs))
    return base
