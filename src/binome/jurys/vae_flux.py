"""The flow of a request by experience, as one table: admissibility, support, file, interview, then the same jury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste
from binome.jurys.etats import VAE_EN_COURS, EtatDeVae
from binome.jurys.models import DemarcheVae
from binome.jurys.passages import lire_un_jour
from binome.jurys.permissions import JURY, cotes_de_vae, pas_de_vae, vaes_visibles

if TYPE_CHECKING:
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

OTE: Final = "Motif effacé avec le dossier."


def _texte(longueur: int, texte: str) -> str:
    if len(texte) > longueur:
        raise ValueError(f"Restez sous {longueur} caractères.")
    return texte


def _motif(texte: str) -> str:
    return _texte(1000, texte)


def _par_qui(texte: str) -> str:
    return _texte(200, texte)


def _dire_pourquoi(passage: Passage[DemarcheVae], _: Auteur) -> None:
    passage.change["motif"] = passage.donnees["pourquoi"] or ""


def _accompagner(passage: Passage[DemarcheVae], _: Auteur) -> None:
    passage.change["accompagnement"] = passage.donnees["par_qui"]


def _recevoir(passage: Passage[DemarcheVae], _: Auteur) -> None:
    passage.change["livret_le"] = passage.donnees["le"]


def _entretenir(passage: Passage[DemarcheVae], _: Auteur) -> None:
    passage.change["entretien_le"] = passage.donnees["le"]


def _presenter(passage: Passage[DemarcheVae], _: Auteur) -> None:
    """The path that carries the presentation was just opened."""
    passage.change["parcours_id"] = passage.donnees["parcours"].pk
    passage.apres["parcours"] = passage.donnees["parcours"].pk


def _effacer(passage: Passage[DemarcheVae], _: Auteur) -> None:
    passage.change |= {
        "motif": OTE if passage.objet.motif else "", "accompagnement": "", "livret_le": None,
        "entretien_le": None,
    }  # fmt: skip


def _le(libelle: str) -> Champ:
    return Champ("le", libelle, "Donnez le jour.", lire=lire_un_jour, jour=True)


VAES: Final = Flux(
    nom="vae",
    modele=DemarcheVae,
    mot="la demande de VAE",
    ce_mot="cette demande",
    cotes=cotes_de_vae,
    pourquoi_pas=pas_de_vae,
    visibles=vaes_visibles,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="demander", mot="Noter une demande de VAE", de=(), vers=EtatDeVae.DEMANDEE, qui=(JURY,),
            dit="La demande est notée.", recit="Demande de VAE", formulaire=False,
        ),
        Geste(
            nom="recevoir", mot="Dire recevable", de=(EtatDeVae.DEMANDEE,), vers=EtatDeVae.RECEVABLE, qui=(JURY,),
            dit="La demande est recevable.", recit="Demande recevable",
            champs=(Champ("pourquoi", "Ce qui le montre", lire=_motif),), prepare=(chacun(_dire_pourquoi),),
        ),
        Geste(
            nom="refuser", mot="Dire irrecevable", de=(EtatDeVae.DEMANDEE,), vers=EtatDeVae.IRRECEVABLE, qui=(JURY,),
            suite="La personne le lira, avec le motif.", dit="La demande n’est pas recevable.",
            recit="Demande irrecevable",
            champs=(Champ("pourquoi", "Pourquoi", "Dites pourquoi.", lire=_motif),), prepare=(chacun(_dire_pourquoi),),
        ),
        Geste(
            nom="accompagner", mot="Noter l’accompagnement", de=(EtatDeVae.RECEVABLE,), vers=EtatDeVae.ACCOMPAGNEE,
            qui=(JURY,), dit="L’accompagnement est noté.", recit="Accompagnement commencé",
            champs=(Champ("par_qui", "Par qui", "Dites par qui.", lire=_par_qui),), prepare=(chacun(_accompagner),),
        ),
        Geste(
            nom="recevoir_le_livret", mot="Noter le livret reçu", de=(EtatDeVae.RECEVABLE, EtatDeVae.ACCOMPAGNEE),
            vers=EtatDeVae.LIVRET_RECU, qui=(JURY,), dit="Le livret est reçu.", recit="Livret reçu",
            champs=(_le("Reçu le"),), prepare=(chacun(_recevoir),),
        ),
        Geste(
            nom="entretenir", mot="Noter l’entretien", de=(EtatDeVae.LIVRET_RECU,), vers=EtatDeVae.ENTRETENUE,
            qui=(JURY,), suite="La personne peut ensuite être présentée à un jury.",
            dit="L’entretien est noté.", recit="Entretien tenu",
            champs=(_le("Tenu le"),), prepare=(chacun(_entretenir),),
        ),
        Geste(
            nom="presenter", mot="Présenter au jury", de=(EtatDeVae.ENTRETENUE,), vers=EtatDeVae.PRESENTEE, qui=(JURY,),
            dit="La personne est présentée au jury.", recit="Présentée au jury", formulaire=False,
            prepare=(chacun(_presenter),),
        ),
        Geste(
            nom="abandonner", mot="Noter un abandon", de=VAE_EN_COURS, vers=EtatDeVae.ABANDONNEE, qui=(JURY, MAISON),
            dit="La demande est abandonnée.", recit="Demande abandonnée",
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeVae.values),
            vers=dict.fromkeys(VAE_EN_COURS, EtatDeVae.ABANDONNEE), qui=(MAISON,),
            dit="Les mots de la demande sont effacés.", recit="", formulaire=False, prepare=(chacun(_effacer),),
        ),
    ),
)  # fmt: skip
