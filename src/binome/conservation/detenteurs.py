"""Who holds what of people: each room's own register, read in one order by the export, the closing and the term.

A room that holds something of a person adds a line here; the rest of this room then exports it, erases it with
the account or at its term, and erases it again after a restoration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from binome.comptes import registre as comptes
from binome.conservation import termes
from binome.contrats_d_aide import effacer_au_terme
from binome.contrats_d_aide import oubli_des_personnes as contrats_d_aide
from binome.contrats_d_aide.abonnement import abonnement_en_archive
from binome.contrats_d_aide.oubli_des_personnes import emplois_aides
from binome.courrier.services import oublier_adresse
from binome.dossiers import registre as dossiers
from binome.dossiers.employeurs.services import emplois_suivis
from binome.dossiers.oubli import oublier_les_lignes
from binome.emplois import registre as emplois
from binome.factures import registre as factures
from binome.jurys import registre as jurys
from binome.lectures.services import oublier_personne
from binome.lettres import registre as lettres
from binome.livret import registre as livret
from binome.prises_en_charge import registre as prises_en_charge
from binome.reseau import registre as reseau
from binome.sessions import registre as sessions
from binome.titres import registre as titres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from binome.comptes.models import Personne
    from binome.etagere.rayon import Rayon


class Devenir(Protocol):
    """What would become of one thing if its person asked to be erased; the page says `raison`."""

    @property
    def nom(self) -> str:
        """How the journal names the thing."""
        ...

    @property
    def etat(self) -> str:
        """Where it stands."""
        ...

    @property
    def efface(self) -> bool:
        """Whether it would go."""
        ...

    def effacer(self, auteur: str) -> None:
        """Erases it. Raises OSError."""
        ...


class Refaire(Protocol):
    """Erases again one subject of the register of erasures: True once done, False if it was, None when absent."""

    def __call__(self, numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:
        """Raises OSError when a file cannot be erased."""
        ...


@dataclass(frozen=True)
class Detenteur:
    """What one room does of what it holds.

    `exporter` gives sections of a person's archive, `fichiers` the shelf, the stored name and the name in the
    archive of each file. `retient` says why an account may not be closed, `effacer_avec_le_compte` erases what
    goes with it, `oublier_adresse` and `oublier_personne` (given who asks, and why) what names it. `prevenir` and `effacer` are the two
    halves of the term. `refaire` is by kind of subject.
    """

    nom: str
    exporter: Callable[[Personne], Mapping[str, Any]] = lambda _: {}
    fichiers: Callable[[Personne], Sequence[tuple[Rayon, str, str]]] = lambda _: ()
    devenirs: Callable[[Personne], Sequence[Devenir]] = lambda _: ()
    retient: Callable[[Personne], str] = lambda _: ""
    effacer_avec_le_compte: Callable[[Personne, str], None] = lambda *_: None
    oublier_adresse: Callable[[str], object] = lambda _: None
    oublier_personne: Callable[[Personne, str, str], object] = lambda *_: None
    prevenir: Callable[[], int] = lambda: 0
    effacer: Callable[[], int] = lambda: 0
    refaire: Mapping[str, Refaire] = field(default_factory=dict)


DETENTEURS: Final[tuple[Detenteur, ...]] = (
    Detenteur("comptes", exporter=comptes.exporter),
    Detenteur("courrier", oublier_adresse=oublier_adresse),
    Detenteur(
        "dossiers",
        exporter=dossiers.exporter,
        fichiers=dossiers.fichiers,
        devenirs=dossiers.devenirs,
        retient=dossiers.retient,
        effacer_avec_le_compte=dossiers.effacer_avec_le_compte,
        oublier_adresse=oublier_les_lignes,
        prevenir=termes.prevenir,
        effacer=termes.effacer,
        refaire={"dossier": dossiers.refaire},
    ),
    Detenteur(
        "emplois",
        exporter=lambda qui: {"emplois": emplois.en_archive(qui)},
        oublier_personne=lambda qui, auteur, motif: emplois.detacher(
            qui, gardes=emplois_suivis(qui) | emplois_aides(qui), auteur=auteur, motif=motif
        ),
    ),
    Detenteur(
        "reseau",
        exporter=lambda qui: {"formateurs": reseau.en_archive(qui)},
        oublier_personne=lambda qui, auteur, _: reseau.oublier_personne(qui, auteur),
        refaire={"formateur": reseau.refaire},
    ),
    Detenteur(
        "sessions",
        exporter=lambda qui: {
            "creneaux_enseignes": sessions.en_archive(qui),
            "calendrier_et_rappels": sessions.abonnement_en_archive(qui),
        },
    ),
    Detenteur(
        "livret",
        exporter=lambda qui: {"appareils_prevenus": livret.appareils_en_archive(qui)},
        fichiers=livret.fichiers,
        oublier_personne=lambda qui, auteur, _: livret.oublier_personne(qui, auteur),
    ),
    Detenteur("titres", fichiers=titres.fichiers),
    Detenteur("factures", fichiers=factures.fichiers),
    Detenteur("prises_en_charge", fichiers=prises_en_charge.fichiers),
    Detenteur(
        "jurys",
        exporter=lambda qui: {"jurys": jurys.en_archive(qui)},
        oublier_personne=lambda qui, auteur, _: jurys.oublier_personne(qui, auteur),
        refaire={"membredejury": jurys.refaire},
    ),
    Detenteur(
        "contrats_d_aide",
        exporter=lambda qui: {
            "calendrier_des_contrats": abonnement_en_archive(qui),
            **contrats_d_aide.en_archive(qui),
        },
        oublier_personne=lambda qui, auteur, _: contrats_d_aide.oublier_personne(qui, auteur),
        effacer=effacer_au_terme.effacer,
        refaire={
            "contrat": effacer_au_terme.refaire_un_contrat,
            "medecin": effacer_au_terme.refaire_un_medecin,
        },
    ),
    Detenteur("lettres", fichiers=lettres.fichiers),
    Detenteur("lectures", oublier_personne=lambda qui, *_: oublier_personne(qui.pk)),
)
