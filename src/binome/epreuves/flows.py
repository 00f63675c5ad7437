"""The flows of the room, each as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.epreuves import passages
from binome.epreuves.etats import (
    D_ABSENCE,
    D_ANNULATION,
    EtatDAmenagement,
    EtatDAttestation,
    EtatDAvis,
    EtatDeGrille,
    EtatDePassation,
    EtatDeVerdict,
)
from binome.epreuves.models import (
    Amenagement,
    AttestationAfgsu,
    AvisDeTuteur,
    Grille,
    Passation,
    VerdictDeCompetence,
)
from binome.epreuves.permissions import (
    BRANCHE,
    EVALUATEUR,
    ORGANISME,
    STAGIAIRE,
    TUTEUR,
    cotes_d_amenagement,
    cotes_d_attestation,
    cotes_d_avis,
    cotes_de_grille,
    cotes_de_passation,
    cotes_de_verdict,
)
from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Flux, Geste

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.epreuves.etats import RaisonDePassation
    from binome.journal.models import Entree

DITS: Final = {
    MAISON: "",
    ORGANISME: "par l’organisme",
    EVALUATEUR: "par l’évaluateur ou l’évaluatrice",
    BRANCHE: "par la branche",
    STAGIAIRE: "par la personne en formation",
    TUTEUR: "par le tuteur ou la tutrice",
}


def _choix(raisons: Iterable[RaisonDePassation]) -> tuple[tuple[str, str], ...]:
    return tuple((str(une.value), str(une.label)) for une in raisons)


def _absence(entree: Entree) -> str:
    return passages.dit_la_raison(entree, "Absence à l’épreuve")


def _annulation(entree: Entree) -> str:
    return passages.dit_la_raison(entree, "Épreuve annulée")


PASSATIONS: Final = Flux(
    nom="passations",
    modele=Passation,
    mot="l’épreuve",
    ce_mot="cette épreuve",
    cotes=cotes_de_passation,
    dits=DITS,
    table=(
        Geste(
            nom="prevoir", mot="Prévoir", de=(), vers=EtatDePassation.PREVUE, qui=(ORGANISME,),
            dit="L’épreuve est prévue.", recit="Épreuve prévue", formulaire=False,
        ),
        Geste(
            nom="deplacer", mot="Prévoir autrement", de=(EtatDePassation.PREVUE,), vers=None, qui=(ORGANISME,),
            dit="L’épreuve est prévue autrement.", recit="Épreuve prévue autrement", formulaire=False,
            prepare=(chacun(passages.deplacer),),
        ),
        Geste(
            nom="convoquer", mot="Convoquer", de=(EtatDePassation.PREVUE,), vers=None, qui=(ORGANISME,),
            suite="Un courriel part, avec l’heure et le lieu.", dit="La personne est convoquée.",
            recit="Convocation envoyée", formulaire=False, prepare=(chacun(passages.convoquer),),
        ),
        Geste(
            nom="absenter", mot="Noter une absence", de=(EtatDePassation.PREVUE,), vers=EtatDePassation.ABSENTE,
            qui=(ORGANISME, EVALUATEUR), dit="L’absence est notée.", recit=_absence,
            champs=(Champ("raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_l_absence,
                          choix=_choix(D_ABSENCE)),),
            prepare=(chacun(passages.motiver),),
        ),
        Geste(
            nom="retablir", mot="La personne était là", de=(EtatDePassation.ABSENTE,), vers=EtatDePassation.PREVUE,
            qui=(ORGANISME,), dit="L’absence est retirée.", recit="Absence retirée",
            prepare=(chacun(passages.retablir),),
        ),
        Geste(
            nom="annuler", mot="Annuler", de=(EtatDePassation.PREVUE,), vers=EtatDePassation.ANNULEE,
            qui=(ORGANISME,), dit="L’épreuve est annulée.", recit=_annulation,
            champs=(Champ("raison", "Pourquoi", "Choisissez une raison.", lire=passages.lire_l_annulation,
                          choix=_choix(D_ANNULATION)),),
            prepare=(chacun(passages.motiver),),
        ),
        Geste(
            nom="passer", mot="Passée", de=(EtatDePassation.PREVUE, EtatDePassation.PASSEE),
            vers=EtatDePassation.PASSEE, qui=(MAISON,), dit="L’épreuve est passée.",
            recit="Épreuve passée, une grille est arrivée", formulaire=False, prepare=(chacun(passages.passer),),
        ),
        Geste(
            nom="suivre", mot="Suivre le créneau", de=(EtatDePassation.PREVUE,), vers=None, qui=(MAISON,),
            dit="L’épreuve suit son créneau.", recit="Le créneau de l’épreuve a changé", formulaire=False,
            prepare=(chacun(passages.deplacer),),
        ),
        Geste(
            nom="finir", mot="Annuler", de=(EtatDePassation.PREVUE,), vers=EtatDePassation.ANNULEE, qui=(MAISON,),
            dit="Le parcours a pris fin : l’épreuve est annulée.", recit=_annulation, formulaire=False,
            prepare=(chacun(passages.fin_du_parcours),),
        ),
    ),
)  # fmt: skip

AMENAGEMENTS: Final = Flux(
    nom="amenagements",
    modele=Amenagement,
    mot="l’aménagement",
    ce_mot="cet aménagement",
    cotes=cotes_d_amenagement,
    dits=DITS,
    table=(
        Geste(
            nom="accorder", mot="Accorder", de=(), vers=EtatDAmenagement.ACCORDE, qui=(ORGANISME, BRANCHE),
            dit="L’aménagement est accordé.", recit="Aménagement accordé", formulaire=False,
        ),
        Geste(
            nom="dispenser", mot="Dispenser de l’épreuve", de=(), vers=EtatDAmenagement.ACCORDE, qui=(BRANCHE,),
            dit="La personne est dispensée de l’épreuve.", recit="Dispense d’une épreuve", formulaire=False,
        ),
        Geste(
            nom="retirer", mot="Retirer", de=(EtatDAmenagement.ACCORDE,), vers=EtatDAmenagement.RETIRE,
            qui=(ORGANISME, BRANCHE), dit="L’aménagement est retiré.", recit="Aménagement retiré", formulaire=False,
            prepare=(chacun(passages.retirer),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDAmenagement.values), vers=None, qui=(MAISON,),
            dit="La précision est effacée.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer_la_precision),),
        ),
    ),
)  # fmt: skip

GRILLES: Final = Flux(
    nom="grilles",
    modele=Grille,
    mot="la grille",
    ce_mot="cette grille",
    cotes=cotes_de_grille,
    dits=DITS,
    table=(
        Geste(
            nom="remplir", mot="Enregistrer la grille", de=(), vers=EtatDeGrille.EN_VIGUEUR, qui=(EVALUATEUR,),
            dit="La grille est enregistrée.", recit="Grille remplie", formulaire=False,
        ),
        Geste(
            nom="remplir_aussi", mot="Enregistrer la grille", de=(), vers=EtatDeGrille.A_CHOISIR, qui=(EVALUATEUR,),
            dit="La grille est gardée : deux sont à départager.", recit="Deuxième grille reçue", formulaire=False,
        ),
        Geste(
            nom="garder", mot="Garder celle-ci", de=(EtatDeGrille.A_CHOISIR,), vers=EtatDeGrille.EN_VIGUEUR,
            qui=(EVALUATEUR,), dit="Cette grille est gardée.", recit="Grille choisie", formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=(EtatDeGrille.EN_VIGUEUR, EtatDeGrille.A_CHOISIR),
            vers=EtatDeGrille.REMPLACEE, qui=(EVALUATEUR,), dit="La grille est remplacée.",
            recit="Grille remplacée", formulaire=False,
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeGrille.values), vers=None, qui=(MAISON,),
            dit="L’appareil est effacé.", recit="", formulaire=False, prepare=(chacun(passages.effacer_l_appareil),),
        ),
    ),
)  # fmt: skip

VERDICTS: Final = Flux(
    nom="verdicts",
    modele=VerdictDeCompetence,
    mot="le verdict",
    ce_mot="ce verdict",
    cotes=cotes_de_verdict,
    dits=DITS,
    table=(
        Geste(
            nom="dire", mot="Dire", de=(), vers=EtatDeVerdict.DIT, qui=(EVALUATEUR,),
            dit="C’est noté.", recit="Compétence évaluée", formulaire=False, marque=False,
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeVerdict.values), vers=EtatDeVerdict.EFFACE, qui=(MAISON,),
            dit="L’observation est effacée.", recit="", formulaire=False,
            prepare=(chacun(passages.effacer_l_observation),),
        ),
    ),
)  # fmt: skip

AVIS: Final = Flux(
    nom="avis_du_tuteur",
    modele=AvisDeTuteur,
    mot="l’avis",
    ce_mot="cet avis",
    cotes=cotes_d_avis,
    dits=DITS,
    table=(
        Geste(
            nom="donner", mot="Donner mon avis", de=(), vers=EtatDAvis.EN_VIGUEUR, qui=(TUTEUR,),
            dit="Votre avis est noté.", recit="Avis du tuteur ou de la tutrice", formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Changer mon avis", de=(EtatDAvis.EN_VIGUEUR,), vers=EtatDAvis.REMPLACE,
            qui=(TUTEUR,), dit="Votre avis est changé.", recit="Avis changé", formulaire=False,
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDAvis.values), vers=None, qui=(MAISON,),
            dit="L’observation est effacée.", recit="", formulaire=False, prepare=(chacun(passages.effacer_l_avis),),
        ),
    ),
)  # fmt: skip

ATTESTATIONS: Final = Flux(
    nom="attestations_afgsu",
    modele=AttestationAfgsu,
    mot="l’attestation",
    ce_mot="cette attestation",
    cotes=cotes_d_attestation,
    dits=DITS,
    table=(
        Geste(
            nom="noter", mot="Noter l’attestation", de=(), vers=EtatDAttestation.EN_VIGUEUR, qui=(ORGANISME,),
            dit="L’attestation est notée.", recit="Attestation AFGSU notée", formulaire=False,
        ),
        Geste(
            nom="remplacer", mot="Remplacer", de=(EtatDAttestation.EN_VIGUEUR,), vers=EtatDAttestation.REMPLACEE,
            qui=(ORGANISME,), dit="L’attestation est remplacée.", recit="Attestation AFGSU remplacée",
            formulaire=False,
        ),
    ),
)  # fmt: skip
