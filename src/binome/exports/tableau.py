"""The rows of an export: one dossier each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch
from django.utils import timezone

from binome.bureau.colonnes import colonnes
from binome.dossiers.etats import Origine
from binome.dossiers.models import Decision, Fait
from binome.exports.issue import TITRES, issue
from binome.regles.courante import certification_de, certifications, code_par_defaut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from binome.bureau.colonnes import ColonneDeDossier
    from binome.dossiers.models import Dossier
    from binome.listes.tableaux import Cellule

PAQUET: Final = 1000
"""Dossiers held in memory at a time."""
DEBUT: Final = (
    "Référence", "Clé", "État", "Organisme", "Prénom", "Nom", "Nom de naissance", "Date de naissance",
    "Adresse électronique",
    "Téléphone", "Employeur", "SIRET ou RPPS", "Session souhaitée", "Ouvert le", "Déposé le",
    "Alertes", *TITRES, "Dossier fictif",
)  # fmt: skip


@dataclass(frozen=True)
class Tableau:
    """The columns of an export: those of the certifications that its dossiers are of.

    While there is none but the one by default, no column says so. A fact that several rules ask has one column.
    """

    certifications: Sequence[str]

    @property
    def plusieurs(self) -> bool:
        """Whether a column says of which certification each dossier is."""
        return any(code != code_par_defaut() for code in self.certifications)

    @property
    def faits(self) -> dict[str, str]:
        """The heading of each declared fact, by its name."""
        dits: dict[str, str] = {}
        for code in self.certifications or (code_par_defaut(),):
            for nom, une in _des_faits(code).items():
                dits.setdefault(nom, une.titre)
        return dits

    @property
    def titres(self) -> list[str]:
        """The headings: the dossier, then each declared fact."""
        return [*DEBUT, *(("Certification",) if self.plusieurs else ()), *self.faits.values()]


def _des_faits(certification: str) -> dict[str, ColonneDeDossier]:
    """The columns of an import that hold a fact: the same words go out and come in."""
    return {
        nom: une for nom, une in colonnes(certification).par_nom.items() if une.fait is not None
    }


def tableau_de(dossiers: QuerySet[Dossier]) -> Tableau:
    """What an export of these dossiers shows; the certification by default comes first."""
    presentes = set(dossiers.order_by().values_list("certification", flat=True).distinct())
    return Tableau([code for code in certifications() if code in presentes])


def lignes(dossiers: QuerySet[Dossier], tableau: Tableau) -> Iterator[list[Cellule]]:
    """The rows under the headings, a thousand dossiers in memory at a time."""
    noms = list(tableau.faits)
    connus = {code: _des_faits(code) for code in certifications()}
    declares = Fait.objects.filter(origine=Origine.DECLARE).order_by()
    en_vigueur = (
        Decision.objects.filter(annulee_le__isnull=True)
        .only("dossier", "nature", "reponse", "reserve", "le", "notifiee_le")
        .order_by()
    )
    lus = (
        dossiers.select_related("organisme")
        .order_by("pk")
        .prefetch_related(
            Prefetch("faits", declares, to_attr="dits"),
            Prefetch("decisions", en_vigueur, to_attr="prises"),
        )
    )
    for dossier in lus.iterator(chunk_size=PAQUET):
        yield _ligne(dossier, noms, connus[dossier.certification], nommee=tableau.plusieurs)


def _ligne(
    dossier: Dossier, noms: list[str], des_faits: dict[str, ColonneDeDossier], *, nommee: bool
) -> list[Cellule]:
    dits = {fait.nom: fait.valeur for fait in getattr(dossier, "dits", ())}
    # While it is not notified, a decision is the branch's alone; so is what the base warns of.
    connue = next(
        (
            un
            for un in getattr(dossier, "prises", ())
            if dossier.examen_lu or un.notifiee_le is not None
        ),
        None,
    )
    return [
        dossier.reference,
        dossier.cle_import,
        dossier.get_etat_display(),
        dossier.organisme.nom,
        dossier.prenom,
        dossier.nom,
        dossier.nom_de_naissance,
        dossier.naissance or dossier.naissance_dite,
        dossier.courriel,
        dossier.telephone,
        dossier.employeur,
        dossier.employeur_identifiant,
        dossier.session,
        timezone.localdate(dossier.cree_le),
        timezone.localdate(dossier.depose_le) if dossier.depose_le else "",
        dossier.alertes if dossier.examen_lu else "",
        *issue(connue, dossier.certification),
        "oui" if dossier.exemple else "non",
        *((certification_de(dossier.certification).nom,) if nommee else ()),
        *(_cellule(des_faits[nom], dits.get(nom)) if nom in des_faits else "" for nom in noms),
    ]


def _cellule(colonne: ColonneDeDossier, valeur: object) -> Cellule:
    """A fact in the words of the form; a day or a number as itself."""
    mots = colonne.en_mots(valeur)
    if not mots or colonne.reponses or colonne.fait is None:
        return mots
    if colonne.fait.type == "date":
        return date.fromisoformat(mots)
    return int(mots) if colonne.fait.type == "entier" else mots
