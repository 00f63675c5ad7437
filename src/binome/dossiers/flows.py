"""The flow of a dossier, as one table: who may do what, from where, to where, with what effect, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.comptes.invitations import lire_une_adresse
from binome.dossiers import (
    effets,
    gardes,
    jugement,
    noms,
    preparations,
    prises,
    rattachement,
    retablissement,
)
from binome.dossiers.etats import CHEZ_LA_BRANCHE, OUVERTS, Etat, EtatDePiece, MotifDeRefus, Nature
from binome.dossiers.oubli import effacer, effacer_les_fichiers
from binome.emplois import parts
from binome.gestes.auteur import MAISON
from binome.gestes.passage import chacun
from binome.gestes.table import Champ, Geste
from binome.regles.nombres import lire_les_heures
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.dossiers.models import Dossier
    from binome.journal.models import Entree

ORGANISME: Final = "organisme"
CANDIDAT: Final = "candidat"
EXAMEN: Final = "examen"
ADMINISTRATION: Final = "administration"
"""The sides of a dossier that may act: who filed it, whom it is about, who examines it, who administers the branch."""


def _examen_dit(une: Entree) -> str:
    if une.apres.get("examen") == EtatDePiece.ACCEPTEE:
        return "Pièce acceptée"
    motif = une.apres.get("motif", "")
    dit = MotifDeRefus(motif).label if motif in MotifDeRefus.values else ""
    return f"Pièce refusée : {minuscule(dit)}" if dit else "Pièce refusée"


def _deport_dit(une: Entree) -> str:
    suite = " : sa décision est annulée" if "decision" in une.avant else ""
    return f"Déport d’une personne de la branche{suite}"


def _decision_dite(mot: str) -> Callable[[Entree], str]:
    """What was decided, told by the branch's own entry, then by the one that everybody reads."""

    def dire(une: Entree) -> str:
        nature = une.apres.get("nature", "")
        dit = Nature(nature).label.lower() if nature in Nature.values else ""
        return f"{mot} : {dit}" if dit else mot

    return dire


FINS: Final[Mapping[str, str]] = {
    **dict.fromkeys(OUVERTS, Etat.RETIRE),
    **dict.fromkeys((Etat.ARRETE, Etat.DECIDE, Etat.RECOURS), Etat.CLOS),
}
"""Where a dossier ends that is erased before it was over, by the state it is in."""
A_LA_BRANCHE: Final = (*CHEZ_LA_BRANCHE, Etat.RECOURS)
"""The states where a dossier waits for the branch."""
AVEC_EMPLOYEUR: Final = (*OUVERTS, Etat.DECIDE, Etat.RECOURS, Etat.AILLEURS)
"""The states where one says who employs the candidate."""
SUIVI_PAR_LA_PERSONNE: Final = (
    *CHEZ_LA_BRANCHE,
    Etat.A_COMPLETER,
    Etat.ARRETE,
    Etat.DECIDE,
    Etat.RECOURS,
    Etat.AILLEURS,
)
"""The states where the candidate has something to follow, and is invited to."""
REPONSE: Final = Champ("reponse", "Votre réponse", "Écrivez la réponse : la personne la lira.")

TABLE: Final[tuple[Geste[Dossier], ...]] = (
    Geste(
        nom="ouvrir", mot="Ouvrir un dossier", de=(), vers=Etat.BROUILLON, qui=(ORGANISME,),
        dit="Le dossier est ouvert.", recit="Dossier ouvert", formulaire=False,
    ),
    Geste(
        nom="ecrire", mot="Modifier", de=(Etat.BROUILLON, Etat.A_COMPLETER), vers=None,
        qui=(ORGANISME,), dit="Le dossier est enregistré.", recit="Renseignements enregistrés",
        formulaire=False, marque=False, motive=False,
        prepare=(chacun(preparations.ecrire),), avec=(effets.poser_les_faits, effets.quitter_l_employeur, effets.changer_de_candidat),
        effets=(effets.renvoyer_l_invitation,),
    ),
    Geste(
        nom="joindre", mot="Ajouter une pièce",
        # An appeal carries its documents.
        de=(Etat.BROUILLON, Etat.DEPOSE, Etat.A_COMPLETER, Etat.RECOURS), vers=None, qui=(ORGANISME, CANDIDAT), dit="La pièce est ajoutée.", recit="Pièce ajoutée",
        formulaire=False, marque=False,
        prepare=(chacun(preparations.joindre),), avec=(effets.remplacer_la_piece,),
    ),
    Geste(
        nom="retirer_une_piece", mot="Retirer une pièce",
        de=(Etat.BROUILLON, Etat.DEPOSE, Etat.A_COMPLETER, Etat.RECOURS),
        vers=None, qui=(ORGANISME, CANDIDAT), dit="Le fichier est retiré du dossier.",
        recit="Pièce retirée", formulaire=False, marque=False, motive=False,
        prepare=(chacun(preparations.retirer_une_piece),), avec=(effets.retirer_la_piece,),
    ),
    Geste(
        nom="associer", mot="Associer l’employeur", de=AVEC_EMPLOYEUR,
        vers=None, qui=(ORGANISME,), garde=gardes.employeur_nomme, formulaire=False,
        dit="L’employeur suit maintenant ce dossier. S’il n’a pas d’espace, il reçoit une invitation.",
        recit="Employeur associé",
        prepare=(chacun(preparations.associer),), avec=(effets.associer_l_employeur,),
    ),
    Geste(
        nom="preciser_l_emploi", mot="Enregistrer le temps de travail", de=AVEC_EMPLOYEUR, vers=None,
        qui=(ORGANISME,), formulaire=False, marque=False, motive=False,
        dit="Le temps de travail est enregistré.", recit="Temps de travail précisé",
        champs=(
            Champ("part", "Le temps de travail", "Dites le temps de travail, par exemple « 28 heures par semaine ».",
                  lire=parts.lire),
        ),
        prepare=(chacun(preparations.suivre_l_emploi),), avec=(chacun(effets.preciser_l_emploi),),
    ),
    Geste(
        nom="finir_l_emploi", mot="Enregistrer la fin", de=AVEC_EMPLOYEUR, vers=None,
        qui=(ORGANISME,), formulaire=False, motive=False,
        dit="La fin de l’emploi est enregistrée. Dès le lendemain de ce jour, l’employeur ne lit plus le dossier.",
        recit="Fin d’un emploi enregistrée",
        champs=(
            Champ("au", "Le dernier jour", "Donnez le dernier jour de l’emploi.",
                  lire=preparations.lire_le_dernier_jour),
        ),
        prepare=(chacun(preparations.suivre_l_emploi),), avec=(chacun(effets.finir_l_emploi),),
    ),
    Geste(
        nom="deposer", mot="Déposer le dossier", de=(Etat.BROUILLON,), vers=Etat.DEPOSE,
        qui=(ORGANISME,), garde=gardes.complet,
        suite="La branche pourra le lire. Vous ne pourrez plus le modifier, sauf si elle le demande.",
        dit="Le dossier est déposé. La branche l’examine.", recit="Dossier déposé",
        prepare=(chacun(preparations.deposer),), effets=(effets.inviter,),
    ),
    Geste(
        # Said again, it replaces what was copied wrong.
        nom="accueillir", mot="Ouvrir un parcours décidé hors de Binôme", de=(Etat.BROUILLON, Etat.AILLEURS),
        vers=Etat.AILLEURS, qui=(ORGANISME,), garde=gardes.accueillable, formulaire=False,
        dit="Le parcours est ouvert, d’après la lettre.", recit="Parcours décidé hors de Binôme, d’après sa lettre",
        prepare=(chacun(preparations.accueillir),),
    ),
    Geste(
        nom="terminer", mot="Terminer", de=(Etat.AILLEURS,), vers=None, qui=(MAISON,),
        dit="Le dossier est terminé avec son parcours.", recit="Dossier terminé avec son parcours",
        formulaire=False, prepare=(chacun(preparations.finir),),
    ),
    Geste(
        nom="examiner", mot="Examiner une pièce", de=A_LA_BRANCHE, vers=None, qui=(EXAMEN,),
        dit="L’examen de la pièce est enregistré.", recit=_examen_dit, formulaire=False,
        marque=False,
        prepare=(chacun(preparations.examiner), prises.tenir),
        avec=(effets.juger_la_piece, effets.poser_les_faits),
    ),
    Geste(
        nom="prendre", mot="Examiner ce dossier", de=A_LA_BRANCHE, vers=None, qui=(EXAMEN,),
        dit="Vous examinez ce dossier : vos collègues le voient.", recit="Dossier pris en examen",
        formulaire=False, interne=True, marque=False, motive=False,
        prepare=(chacun(prises.prendre),),
    ),
    Geste(
        nom="remettre", mot="Remettre à une autre personne", de=A_LA_BRANCHE, vers=None,
        qui=(EXAMEN,), dit="Le dossier est remis.", recit="Dossier remis à une autre personne",
        formulaire=False, interne=True, marque=False, motive=False,
        champs=(Champ("a", "À qui", "Choisissez à qui vous remettez ce dossier.",
                      lire=prises.lire_une_personne),),
        prepare=(chacun(prises.remettre),),
    ),
    Geste(
        nom="rendre", mot="Ne plus examiner ce dossier", de=A_LA_BRANCHE, vers=None,
        qui=(EXAMEN,), garde=prises.tenu, dit="Ce dossier n’est plus à personne.",
        recit="Dossier rendu", formulaire=False, interne=True, marque=False, motive=False,
        prepare=(chacun(prises.rendre),),
    ),
    Geste(
        nom="demander", mot="Demander de compléter", de=CHEZ_LA_BRANCHE, vers=Etat.A_COMPLETER,
        qui=(EXAMEN,), dit="La demande est enregistrée.", recit="Complément demandé",
        suite="L’organisme lira ce que vous écrivez, et pourra de nouveau modifier le dossier.",
        champs=(
            Champ("motif", "Ce qui manque", "Dites ce qui manque : l’organisme le lira."),
            Champ("avant", "Avant quel jour", lire=preparations.lire_un_jour),
        ),
        prepare=(chacun(preparations.demander), prises.tenir),
    ),
    Geste(
        nom="completer", mot="Renvoyer le dossier complété", de=(Etat.A_COMPLETER,),
        vers=Etat.COMPLETE, qui=(ORGANISME,), garde=gardes.complet,
        suite="La branche reprendra l’examen.",
        dit="Le dossier repart à l’examen.", recit="Dossier complété et renvoyé", a_part=True,
        champs=(Champ("confirme", "Ce que vous confirmez"),),
        # The candidate is invited if their address was only given, or mended, since.
        prepare=(chacun(preparations.completer),), effets=(effets.inviter,),
    ),
    Geste(
        nom="inviter", mot="Inviter de nouveau la personne candidate", de=SUIVI_PAR_LA_PERSONNE,
        vers=None, qui=(ORGANISME,), dit="L’invitation part. L’ancien lien ne marche plus.",
        recit="Invitation renvoyée", marque=False,
        suite="Corrigez l’adresse si elle est fausse : qui suivait le dossier par erreur ne le lit plus.",
        champs=(
            Champ("courriel", "Son adresse électronique", "Donnez l’adresse de la personne candidate.",
                  lire=lire_une_adresse),
        ),
        prepare=(chacun(rattachement.preparer_l_invitation),), avec=(effets.changer_de_candidat,),
        effets=(effets.renvoyer_l_invitation,),
    ),
    Geste(
        nom="constater", mot="Confirmer sans pièce", de=CHEZ_LA_BRANCHE, vers=None, qui=(EXAMEN,),
        dit="C’est confirmé, sans pièce.", recit="Absence confirmée sans pièce", marque=False, a_part=True,
        champs=(
            Champ("absences", "Ce que la personne dit ne pas avoir", "Cochez ce que vous confirmez.",
                  lire=jugement.lire_les_coches),
        ),
        prepare=(chacun(preparations.constater),), avec=(effets.constater,),
        enchaine="proposer", s_enchaine=gardes.preparable,
    ),
    Geste(
        nom="se_deporter", mot="Je connais cette personne",
        de=(*CHEZ_LA_BRANCHE, Etat.A_COMPLETER, Etat.ARRETE, Etat.DECIDE, Etat.RECOURS), vers=None,
        qui=(EXAMEN,), dit="Vous n’examinez plus ce dossier : une autre personne de la branche le fera.",
        suite="Si c’est un ou une proche, vous ne l’examinez plus, et vous ne pourrez pas revenir dessus.",
        recit=_deport_dit, interne=True, marque=False,
        prepare=(chacun(preparations.se_deporter),), avec=(effets.rouvrir,),
    ),
    Geste(
        nom="proposer", mot="Préparer la proposition", de=CHEZ_LA_BRANCHE, vers=Etat.PROPOSITION,
        qui=(EXAMEN,), garde=gardes.pieces_examinees, interne=True,
        suite="Binôme compare ce qui est déclaré et ce qui est prouvé, et prépare la réponse.",
        dit="La proposition est prête.", recit="Proposition préparée",
        prepare=(preparations.proposer, prises.tenir), avec=(effets.dire_la_proposition,),
    ),
    Geste(
        nom="decider", mot="Décider", de=(Etat.PROPOSITION,), vers=Etat.ARRETE, qui=(EXAMEN,),
        dit="La décision est enregistrée. Elle sera notifiée dans une heure.",
        recit=_decision_dite("Décision prise"), ensemble=True, interne=True, a_part=True,
        defait="annuler",
        champs=(
            Champ("nature", "La décision", lire=preparations.lire_une_nature),
            Champ("reserve", "La réserve"),
            Champ("voie", "La voie"),
            Champ("dispenses", "Les dispenses accordées", lire=jugement.lire_les_coches),
            Champ("heures", "Les heures de formation", lire=lire_les_heures),
            Champ("raison", "Pourquoi"),
            Champ("ecart", "Précisez"),
            Champ("confirme", "Ce que vous confirmez", lire=jugement.lire_les_coches),
        ),
        prepare=(preparations.decider,),
    ),
    Geste(
        nom="annuler", mot="Revenir sur la décision", de=(Etat.ARRETE,), vers=Etat.PROPOSITION,
        qui=(EXAMEN,), garde=gardes.annulable, ensemble=True, interne=True,
        suite="Possible pendant une heure, tant que la décision n’est pas notifiée.",
        dit="La décision est annulée. Le dossier attend une nouvelle décision.",
        recit="Décision annulée",
        champs=(
            Champ("motif", "Pourquoi revenir sur la décision",
                  "Dites pourquoi vous revenez sur la décision."),
        ),
        prepare=(chacun(preparations.annuler),), avec=(effets.annuler_les_decisions,),
    ),
    Geste(
        # Until then the decision is the branch's alone: no page, list, export or letter tells of it.
        nom="notifier", mot="Notifier la décision", de=(Etat.ARRETE,), vers=Etat.DECIDE, qui=(MAISON,),
        dit="La décision est notifiée.", recit=_decision_dite("Décision notifiée"), formulaire=False,
        prepare=(chacun(preparations.notifier),), avec=(effets.notifier,),
    ),
    Geste(
        nom="contester", mot="Déposer un recours", de=(Etat.DECIDE,), vers=Etat.RECOURS,
        qui=(ORGANISME, CANDIDAT),
        suite="La branche relira la décision et vous répondra.", a_part=True,
        dit="Le recours est déposé. La branche y répond.", recit="Recours déposé",
        champs=(
            Champ("texte", "Ce que vous contestez, et pourquoi",
                  "Écrivez ce que vous contestez, et pourquoi."),
        ),
        prepare=(chacun(preparations.contester),),
    ),
    Geste(
        nom="maintenir", mot="Maintenir la décision", de=(Etat.RECOURS,), vers=Etat.CLOS,
        qui=(EXAMEN,), garde=gardes.pieces_examinees, dit="La décision est maintenue.", recit="Décision maintenue après recours",
        suite="La décision reste la même et le dossier est clos.", champs=(REPONSE,), a_part=True,
        prepare=(preparations.repondre, chacun(preparations.finir)), avec=(effets.maintenir,),
    ),
    Geste(
        nom="revoir", mot="Revoir la décision", de=(Etat.RECOURS,), vers=Etat.PROPOSITION,
        qui=(EXAMEN,), garde=gardes.pieces_examinees, recit="Décision à revoir après recours",
        dit="La décision est à revoir. Le dossier attend une nouvelle décision.",
        suite="La décision est annulée. Le dossier attend une nouvelle décision.", champs=(REPONSE,), a_part=True,
        prepare=(preparations.repondre, chacun(preparations.a_regarder)),
        avec=(effets.revoir, effets.annuler_les_decisions),
    ),
    Geste(
        nom="clore", mot="Clore le dossier", de=(Etat.DECIDE,), vers=Etat.CLOS, qui=(EXAMEN,),
        garde=gardes.recours_ferme,
        suite="Plus rien ne pourra y être changé.",
        dit="Le dossier est clos.", recit="Dossier clos", prepare=(chacun(preparations.finir),),
    ),
    Geste(
        nom="corriger_le_nom", mot="Corriger le nom", vers=None, qui=(ADMINISTRATION,), garde=gardes.nomme,
        de=(*CHEZ_LA_BRANCHE, Etat.A_COMPLETER, Etat.ARRETE, Etat.DECIDE, Etat.RECOURS, Etat.CLOS, Etat.AILLEURS),
        dit="Le nom est corrigé.", recit="Nom corrigé", a_part=True, marque=False,
        champs=(
            Champ("prenom", "Le prénom", "Il nous manque le prénom, ou un tiret si la personne n’en a pas.",
                  lire=noms.lire_un_prenom),
            Champ("nom", "Le nom", "Il nous manque le nom.", lire=noms.lire_un_nom),
            Champ("nom_de_naissance", "Le nom de naissance", lire=noms.lire_un_nom),
            Champ("motif", "D’après quoi", "Dites d’après quoi : sa carte d’identité, par exemple."),
        ),
        prepare=(chacun(noms.corriger),),
    ),
    Geste(
        nom="retirer", mot="Retirer le dossier", de=OUVERTS, vers=Etat.RETIRE,
        qui=(ORGANISME, CANDIDAT), dit="Le dossier est retiré.", recit="Dossier retiré",
        suite="L’examen s’arrête. Pendant trente jours, le dossier peut être rétabli : il redevient un brouillon.",
        champs=(Champ("motif", "Pourquoi (si vous voulez le dire)"),),
        prepare=(chacun(preparations.retirer),), avec=(effets.annuler_les_decisions,),
    ),
    Geste(
        # What the candidate withdrew, the candidate alone takes back: nobody is put in training against their will.
        nom="retablir", mot="Rétablir le dossier", de=(Etat.RETIRE,), vers=Etat.BROUILLON,
        qui=(ORGANISME, CANDIDAT), garde=retablissement.possible,
        dit="Le dossier est rétabli : c’est de nouveau un brouillon.", recit="Dossier rétabli",
        suite="Il redevient un brouillon, avec ses pièces. L’organisme le relit, puis le dépose de nouveau.",
        champs=(Champ("motif", "Pourquoi (si vous voulez le dire)"),),
        prepare=(retablissement.retablir,),
    ),
    Geste(
        # A draft past its term; or, in a database brought back to an earlier day, what was over when it was erased.
        nom="anonymiser", mot="Effacer l’identité", de=tuple(Etat), vers=FINS, qui=(MAISON,),
        garde=gardes.nomme, dit="L’identité et les pièces du dossier sont effacées.", recit="",
        formulaire=False,
        prepare=(chacun(preparations.anonymiser),), avec=(effacer,), effets=(effacer_les_fichiers,),
    ),
)  # fmt: skip
"""Every gesture, in the order of a dossier's life."""
GESTES: Final = {un.nom: un for un in TABLE}
