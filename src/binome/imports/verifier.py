"""Checking one row: who it is about by the form of a dossier, each fact as a form reads it, then all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.bureau.colonnes import CLE, REFERENCE, colonnes
from binome.comptes.etat_civil import annee_seule
from binome.dossiers.bases import base_de
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.habillage.saisie import lire_saisie
from binome.lots.formules import sans_reponse
from binome.regles.faits import Erreur, verifier_coherences
from binome.socle.references import lire as lire_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.faits import DefinitionDeFait

CLE_LONGUE: Final = 80
MAL_ECRITE: Final = "Cette référence ne se lit pas : elle s’écrit BM-7KQ4-M2XA. Recopiez-la, ou laissez la cellule vide."
NAISSANCE: Final = "naissance"
ANNEE: Final = "naissance_annee"
FAIT_DE_NAISSANCE: Final = "date_naissance"


class LigneVerifiee(NamedTuple):
    """What a row says once checked: its key and its reference, its identity, its facts as JSON values, what is wrong."""

    cle: str
    reference: str
    identite: dict[str, Any]
    faits: dict[str, Any]
    erreurs: tuple[Erreur, ...]


class Lecteur:
    """Reads rows; the same text under the same fact is read once."""

    def __init__(self, certification: str = "") -> None:
        """`certification`: whose facts the columns are; of the one by default when none is named."""
        connues = colonnes(certification).par_nom
        self._identite = [
            nom for nom, une in connues.items() if une.fait is None and nom not in (CLE, REFERENCE)
        ]
        self._faits = {nom: une.fait for nom, une in connues.items() if une.fait is not None}
        self._base = base_de(certification)
        self._vide = dict.fromkeys(self._base.faits)
        self._lus: dict[tuple[str, str], Any] = {}
        # One form for all the rows: making it costs more than filling it in.
        self._formulaire = IdentiteDuCandidat({})

    def lire(self, cellules: Mapping[str, str]) -> LigneVerifiee:
        """A row, out of its cells by column. An empty cell says nothing."""
        cle, reference, fautes = _nommee(cellules)
        identite, autres = self._lire_identite(cellules)
        erreurs = [*fautes, *autres]
        faits: dict[str, Any] = {}
        dossier = dict(self._vide)
        for nom, fait in self._faits.items():
            texte = cellules.get(nom, "").strip()
            if not texte:
                continue
            valeur = self._fait(fait, texte)
            if isinstance(valeur, Erreur):
                erreurs.append(valeur)
            else:
                dossier[nom] = valeur
                faits[nom] = fait.en_json(valeur)
        if not erreurs:
            if FAIT_DE_NAISSANCE in self._base.faits:
                dossier[FAIT_DE_NAISSANCE] = identite.get(NAISSANCE)
            erreurs = [
                une._replace(cle=NAISSANCE) if une.cle == FAIT_DE_NAISSANCE else une
                for une in verifier_coherences(dossier, self._base.coherences)
            ]
        return LigneVerifiee(cle, reference, identite, faits, tuple(erreurs))

    def identite(self, cellules: Mapping[str, str]) -> dict[str, Any]:
        """Who a row is about, its key left out; what cannot be read is left out too."""
        return self._lire_identite(cellules)[0]

    def _lire_identite(self, cellules: Mapping[str, str]) -> tuple[dict[str, Any], list[Erreur]]:
        """The columns that the cells fill in, as the form of a dossier reads them, and what it refuses."""
        dits = {nom: texte for nom in self._identite if (texte := cellules.get(nom, "").strip())}
        fautes = {nom: raison for nom, texte in dits.items() if (raison := sans_reponse(texte))}
        posees: dict[str, Any] = {nom: dit for nom, dit in dits.items() if nom not in fautes}
        # A cell holds a day or, where the day is unknown, a year: the form has a field for each.
        if (annee := annee_seule(posees.get(NAISSANCE, ""))) is not None:
            posees[ANNEE] = str(annee)
            del posees[NAISSANCE]
        formulaire = self._formulaire
        formulaire.data = posees
        formulaire.full_clean()
        for nom, raisons in formulaire.errors.items():
            fautes[NAISSANCE if nom == ANNEE else nom] = str(raisons[0])
        lus = {nom: lu for nom, lu in formulaire.cleaned_data.items() if nom in posees}
        erreurs = [Erreur(nom, dits[nom][:40], fautes[nom]) for nom in dits if nom in fautes]
        return lus, erreurs

    def _fait(self, fait: DefinitionDeFait, texte: str) -> Any:
        """The value of a fact, or what is wrong: kept, for facts repeat from row to row."""
        cle = (fait.nom, texte)
        if cle not in self._lus:
            self._lus[cle] = _lire(fait, texte)
        return self._lus[cle]


def _nommee(cellules: Mapping[str, str]) -> tuple[str, str, list[Erreur]]:
    """The key and the reference of a row, and what is wrong with them: it has one of the two at least."""
    cle, dite = (" ".join(cellules.get(nom, "").split()) for nom in (CLE, REFERENCE))
    erreurs = [
        Erreur(nom, texte[:40], raison)
        for nom, texte in ((CLE, cle), (REFERENCE, dite))
        if (raison := sans_reponse(texte))
    ]
    if len(cle) > CLE_LONGUE:
        raison = f"C’est trop long : {CLE_LONGUE} caractères au plus."
        erreurs.append(Erreur(CLE, cle[:40], raison))
    reference = lire_reference(dite) or ""
    if dite and not reference and not sans_reponse(dite):
        erreurs.append(Erreur(REFERENCE, dite[:40], MAL_ECRITE))
    if not cle and not dite:
        erreurs.append(Erreur(CLE, "", "Donnez une clé : votre numéro pour cette personne."))
    return ("" if erreurs else cle), ("" if erreurs else reference), erreurs


def _lire(fait: DefinitionDeFait, texte: str) -> Any:
    if raison := sans_reponse(texte):
        return Erreur(fait.nom, texte[:40], raison)
    try:
        return lire_saisie(fait, [texte])
    except ValueError as refus:
        return Erreur(fait.nom, texte[:40], str(refus))
