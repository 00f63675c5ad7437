"""What a stranger learns of a title: by its number, whether it holds and nothing of anybody; by its code, what the paper shows.

Numbers follow one another: whoever counts them must not read names. The code is drawn by chance, on the paper alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from binome.journal.models import Entree
from binome.regles.calendrier import duree_en_clair
from binome.titres.composition import mention_d_enregistrement
from binome.titres.etats import EtatDeTitre, MotifDeRetrait, NatureDeTitre
from binome.titres.jetons import CODE_MAL_TAPE, lire_un_jeton, mal_tape
from binome.titres.models import Titre
from binome.titres.numeros import lire_un_numero, ressemble_a_un_numero
from binome.titres.sceller import SCELLER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

VALIDE, RETIRE, INCONNU = "valide", "retire", "inconnu"
PROUVEES: Final = (
    "titres.delivrer",
    SCELLER,
    "titres.revoquer",
    "decisions_de_blocs.decider",
    "jurys.clore",
    "proces_verbaux.etablir",
    "proces_verbaux.sceller",
    "grilles.remplir",
    "grilles.garder",
)
"""The entries of the journal that a title leans on: it was delivered, sealed, withdrawn; what its juries decided, their minutes;
its grids."""


@dataclass(frozen=True)
class VerdictDeTitre:
    """What is said of a title: `etat` is valid, withdrawn or unknown. Nothing here tells of a person."""

    etat: str
    nature: str = ""
    delivre_le: date | None = None
    retire_le: datetime | None = None
    motif: str = ""
    essai: bool = False


@dataclass(frozen=True)
class CeQueDitLePapier:
    """What the paper shows, and what was proven; `personne` is empty once it was erased."""

    numero: str
    personne: str
    naissance: str
    emetteur: str
    intitule: str
    enregistrement: str
    fiche: Sequence[tuple[str, str]]
    blocs: Sequence[tuple[int, str, date, bool]]
    minutes: str
    grilles: int
    empreinte: str
    signataire: str
    lieu: str


def par_numero(texte: str) -> VerdictDeTitre:
    """Whether a number holds. Raises ValueError, whose message is for the person, for what is not a number, or mistyped, or a
    code mistyped."""
    if mal_tape(texte) and not ressemble_a_un_numero(texte):
        raise ValueError(CODE_MAL_TAPE)
    numero = lire_un_numero(texte)
    titre = Titre.objects.filter(annee=numero.annee, rang=numero.rang).first()
    return verdict(titre)


def par_jeton(texte: str) -> Titre | None:
    """The title of a code; None where nobody has it."""
    jeton = lire_un_jeton(texte)
    return None if jeton is None else Titre.objects.filter(jeton=jeton).first()


def verdict(titre: Titre | None) -> VerdictDeTitre:
    """What anybody may read of a title."""
    if titre is None:
        return VerdictDeTitre(INCONNU)
    retire = titre.etat == EtatDeTitre.REVOQUE
    return VerdictDeTitre(
        RETIRE if retire else VALIDE,
        nature=titre.get_nature_display(),
        delivre_le=titre.delivre_le,
        retire_le=titre.revoque_le,
        motif=MotifDeRetrait(titre.motif_du_retrait).label if retire else "",
        essai=titre.essai,
    )


def ce_que_dit_le_papier(titre: Titre) -> CeQueDitLePapier:
    """What the paper shows, as it was printed."""
    contenu: dict[str, Any] = titre.contenu
    entier = titre.nature == NatureDeTitre.CQP
    fiche = [
        ("Niveau", contenu.get("niveau", "")),
        ("Niveau européen", contenu.get("niveau_europeen", "")),
        ("Spécialité", f"NSF {contenu['nsf']}" if contenu.get("nsf") else ""),
    ]
    return CeQueDitLePapier(
        numero=titre.numero,
        personne=titre.titulaire.get("nom", ""),
        naissance=titre.titulaire.get("naissance", ""),
        emetteur=contenu.get("certificateur") or contenu["emetteur"],
        intitule=contenu["intitule"] if entier else titre.get_nature_display(),
        enregistrement=mention_d_enregistrement(contenu),
        fiche=[un for un in fiche if un[1]],
        blocs=[
            (un["numero"], un["intitule"], date.fromisoformat(un["le"]), un.get("acquis", False))
            for un in contenu.get("blocs", [])
        ],
        grilles=contenu.get("grilles", 0),
        minutes=duree_en_clair(contenu["minutes"]) if contenu.get("minutes") else "",
        empreinte=titre.empreinte,
        signataire=contenu["signataire"],
        lieu=contenu["lieu"],
    )


def entrees_de(titre: Titre) -> list[Entree]:
    """The entries of the journal that a title leans on, the oldest first."""
    objets = [titre.objet, *titre.contenu.get("preuves", [])]
    return list(Entree.objects.filter(objet__in=objets, geste__in=PROUVEES).order_by("rang"))
