"""What each gesture of a dossier asks for, works out and says before anything is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import prefetch_related_objects
from django.utils import timezone

from binome.dossiers import absences, gardes, impartialite, prises
from binome.dossiers.en_liste import (
    decision_en_liste,
    declaree_en_liste,
    noms_plies,
    reponse_en_liste,
    trouvable_avec,
)
from binome.dossiers.etats import Etat, EtatDePiece, Nature, Origine
from binome.dossiers.jugement import decision_de
from binome.dossiers.models import Deport, Proposition, Recours
from binome.dossiers.natures import a_envoyer
from binome.dossiers.points import points_tranches
from binome.dossiers.positionnement import positionner_dossier
from binome.dossiers.rattachement import detacher
from binome.gestes.auteur import personne
from binome.gestes.refus import GesteImpossible
from binome.impression.dessin import indessinable
from binome.regles.dire import enumerer
from binome.regles.faits import DossierInvalide
from binome.regles.jours import lire_jour
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Dossier, Piece
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

IDENTITE: Final = (
    "prenom", "nom", "nom_de_naissance", "naissance", "naissance_annee", "courriel", "telephone", "employeur", "employeur_identifiant",
    "session",
)  # fmt: skip
"""The columns that a training organisation fills in: texts about the candidate, private in the journal."""
NOMS: Final = ("prenom", "nom", "nom_de_naissance")
"""What a person is named by."""
ENTREE: Final = "date_entree"
"""The fact that says when training starts: lists are sorted by it."""
A_REGARDER: Final = {"decide_le": None, "claire": False}
"""A decision that somebody took back: what was proposed is not confirmed with others any more."""

AU_PLUS: Final = timedelta(days=366)
"""How far off the day to complete may be: beyond, the year was mistyped."""


def lire_un_jour(texte: str) -> date:
    """A day to come, out of a form. Raises ValueError."""
    faute = "Donnez un jour qui existe, ou laissez la date vide."
    jour = lire_jour(texte)
    if jour is None:
        raise ValueError(faute)
    return jour


def lire_le_dernier_jour(texte: str) -> date:
    """The last day of a job, out of a form. Raises ValueError."""
    try:
        return lire_un_jour(texte)
    except ValueError:
        raise ValueError("Donnez un jour qui existe, par exemple 2026-03-31.") from None


def lire_une_nature(texte: str) -> Nature:
    """What is decided, out of a form. Raises ValueError."""
    if texte not in Nature.values:
        raise ValueError("Choisissez une décision.")
    return Nature(texte)


def ecrire(passage: Passage[Dossier], _: Auteur) -> None:
    """The columns of `identite`, already cleaned, and the declared `faits`; `connus` are those there were."""
    dossier, donnees = passage.objet, passage.donnees
    change: dict[str, Any] = dict(donnees.get("identite", {}))
    # A birth is a day or a year: one known takes the other's place.
    for une, autre in (("naissance", "naissance_annee"), ("naissance_annee", "naissance")):
        if change.get(une) is not None and getattr(dossier, autre) is not None:
            change[autre] = None
    if change:
        if change.get("courriel"):
            change |= detacher(passage, change["courriel"])
        noms = {nom: change.get(nom, getattr(dossier, nom)) for nom in NOMS}
        passage.change = {
            **change,
            "recherche": noms_plies(**noms),
            "trouvable": trouvable_avec(dossier, change),
        }
        passage.apres["champs"] = sorted(change)
        passage.prive = {
            nom: {"avant": _dit(getattr(dossier, nom)), "apres": _dit(valeur)}
            for nom, valeur in change.items()
        }
    faits = donnees.get("faits")
    if faits:
        connus = donnees["connus"]
        passage.avant["faits"] = {nom: connus.get(nom) for nom in faits}
        passage.apres["faits"] = dict(faits)
        if ENTREE in faits:
            passage.change["entree"] = (
                None if faits[ENTREE] is None else date.fromisoformat(faits[ENTREE])
            )
    passage.apres |= donnees.get("suite", {})


def _dit(valeur: object) -> object:
    return valeur if valeur is None or isinstance(valeur, str | int | bool | list) else str(valeur)


def joindre(passage: Passage[Dossier], _: Auteur) -> None:
    """The document of `piece`, whose file is on its shelf."""
    piece = passage.donnees["piece"]
    passage.apres["nature"] = piece.nature
    passage.a_creer.append(piece)
    nommee = passage.donnees.get("remplace")
    if nommee is not None:
        _exiger_retirable(passage.objet.pieces.filter(pk=nommee).first())
        passage.apres["remplace"] = nommee


def retirer_une_piece(passage: Passage[Dossier], _: Auteur) -> None:
    """The document of `piece`, which nobody has accepted."""
    piece = passage.donnees["piece"]
    _exiger_retirable(passage.objet.pieces.filter(pk=piece.pk).first())
    passage.avant |= {"piece": piece.pk, "nature": piece.nature}


def accueillir(passage: Passage[Dossier], _: Auteur) -> None:
    """What the `lettre` says, word for word, and since when the branch reads it: nothing is asked of the base."""
    passage.change["depose_le"] = passage.objet.depose_le or timezone.now()
    passage.prive |= passage.donnees["lettre"].en_json()


def _exiger_retirable(piece: Piece | None) -> None:
    """Raises GesteImpossible for a document that was accepted, or is no longer there."""
    if piece is None or piece.etat == EtatDePiece.RETIREE:
        raise GesteImpossible("Ce fichier n’est plus dans le dossier.")
    if piece.etat == EtatDePiece.ACCEPTEE:
        raise GesteImpossible("La branche a accepté ce fichier : il reste dans le dossier.")


def associer(passage: Passage[Dossier], _: Auteur) -> None:
    """The number of the practice, which the dossier keeps; not that of a second employer (`autre`)."""
    du = passage.donnees.get("du")
    if du is not None and du > timezone.localdate():
        raise GesteImpossible("Ce premier jour est à venir : associez l’employeur ce jour-là.")
    if passage.donnees["autre"]:
        return
    avant, identifiant = passage.objet.employeur_identifiant, passage.donnees["identifiant"]
    passage.change["employeur_identifiant"] = identifiant
    passage.change["trouvable"] = trouvable_avec(passage.objet, passage.change)
    if avant != identifiant:
        passage.prive["employeur_identifiant"] = {"avant": avant, "apres": identifiant}


def suivre_l_emploi(passage: Passage[Dossier], _: Auteur) -> None:
    """The number of the job; what is said of it stays with the job."""
    passage.apres["emploi"] = passage.donnees["suivi"].emploi_id


def _declaree(dossier: Dossier) -> dict[str, Any]:
    declares = {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.DECLARE}
    return declaree_en_liste(dossier.certification, declares)


def deposer(passage: Passage[Dossier], _: Auteur) -> None:
    """The instant of filing, and what the base answers on what is declared."""
    passage.change |= {"depose_le": timezone.now(), **_declaree(passage.objet)}
    passage.apres |= passage.donnees.get("suite", {})


def examiner(passage: Passage[Dossier], _: Auteur) -> None:
    """What becomes of `piece`, judged by `examen`, with its `motif` and `precision`."""
    donnees, piece = passage.donnees, passage.donnees["piece"]
    if piece.etat == EtatDePiece.RETIREE:
        raise GesteImpossible("Cette pièce a été retirée ou remplacée.")
    passage.motif = donnees["precision"]
    passage.avant |= {"piece": piece.pk, "examen": piece.etat}
    passage.apres |= {"piece": piece.pk, "examen": str(donnees["examen"]), **donnees["dit"]}


def demander(passage: Passage[Dossier], _: Auteur) -> None:
    """The day before which to complete, if one is given."""
    avant = passage.donnees["avant"]
    if avant is not None and avant <= timezone.localdate():
        raise GesteImpossible("Laissez du temps : choisissez un jour à venir.", champ="avant")
    if avant is not None and avant > timezone.localdate() + AU_PLUS:
        raise GesteImpossible("Choisissez un jour dans l’année qui vient.", champ="avant")
    passage.change["echeance"] = avant
    passage.apres["echeance"] = None if avant is None else avant.isoformat()


def completer(passage: Passage[Dossier], _: Auteur) -> None:
    """No day is waited for any more; what is declared may have changed. What is still missing is confirmed."""
    if not passage.donnees["confirme"] and (manquent := a_envoyer(passage.objet)):
        noms = enumerer([minuscule(une.libelle) for une in manquent])
        raise GesteImpossible(
            f"Il manque encore : {noms}. Joignez-les, ou confirmez que vous renvoyez sans.",
            champ="confirme",
        )
    passage.change |= {"echeance": None, **_declaree(passage.objet)}


def proposer(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """The rule base's proposal, on declared and on proven facts."""
    siennes = {un.objet.certification for un in passages}
    tranches = {une: points_tranches(une) for une in siennes}
    auteur = personne(par).personne
    prefetch_related_objects([un.objet for un in passages], "faits")
    for passage in passages:
        try:
            lus = positionner_dossier(passage.objet, tranches[passage.objet.certification])
        except DossierInvalide as invalide:
            passage.refus = GesteImpossible(f"Les faits du dossier se contredisent : {invalide}.")
            continue
        proposition = Proposition(
            dossier=passage.objet,
            base=lus.base.empreinte,
            faits_declares=lus.faits_declares,
            faits_prouves=lus.faits_prouves,
            declare=lus.declare.en_json(),
            prouve=lus.prouve.en_json(),
            sans_alerte=lus.sans_alerte,
            preparee_par=auteur,
        )
        passage.donnees["proposition"] = proposition
        passage.a_creer.append(proposition)
        passage.change |= {
            "alertes": len(lus.a_regarder) + len(lus.ecarts),
            "claire": lus.sans_alerte,
            **reponse_en_liste(proposition.prouve, passage.objet.certification),
        }
        passage.apres["base"] = lus.base.empreinte


def decider(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """The last proposal of each confirmed, or departed from for a written reason."""
    propositions = {
        une.dossier_id: une
        for une in Proposition.objects.filter(dossier__in=[un.objet for un in passages]).order_by(
            "pk"
        )
    }
    # The letter names the organisation; the documents say what was read, the facts what is awaited.
    prefetch_related_objects([un.objet for un in passages], "organisme", "pieces", "faits")
    recours = Recours.objects.select_related("decision").order_by("-depose_le", "pk")
    deposes = list(recours.filter(decision__dossier__in=[un.objet for un in passages]))
    for passage in passages:
        siens = [un for un in deposes if un.decision.dossier_id == passage.objet.pk]
        if (faute := impartialite.a_fait_revoir(personne(par), siens)) is not None:
            passage.refus = GesteImpossible(faute)
            continue
        try:
            decision = decision_de(passage, propositions.get(passage.objet.pk), par)
        except GesteImpossible as impossible:
            passage.refus = impossible
            continue
        passage.donnees["decision"] = decision
        passage.a_creer.append(decision)
        passage.change |= {
            "decide_le": decision.le,
            **decision_en_liste(decision.nature, decision.reponse, passage.objet.certification),
        }
        passage.apres |= {
            "proposition": decision.proposition_id,
            "nature": str(decision.nature),
            "base": decision.base,
        }


def annuler(passage: Passage[Dossier], _: Auteur) -> None:
    """The decision taken back: alone, it is to be looked at; with its `confirmation`, it stays clear."""
    decision = gardes.en_vigueur(passage.objet)
    passage.avant["decision"] = None if decision is None else decision.pk
    confirmation = passage.donnees.get("confirmation")
    if confirmation is None:
        a_regarder(passage, _)
    else:
        passage.change["decide_le"] = None
        passage.apres["confirmation"] = confirmation.pk


def notifier(passage: Passage[Dossier], _: Auteur) -> None:
    """The `decision`, sealed, that everybody may read from now on (`le`)."""
    decision = passage.donnees["decision"]
    passage.apres |= {"decision": decision.pk, "nature": str(decision.nature)}


def retirer(passage: Passage[Dossier], _: Auteur) -> None:
    """When it was over; a decision that nobody was told of goes with it."""
    passage.change |= {"clos_le": timezone.now(), "decide_le": None}


def contester(passage: Passage[Dossier], par: Auteur) -> None:
    """The decision that was notified, contested."""
    texte = passage.donnees["texte"]
    passage.prive["texte"] = texte
    recours = Recours(
        decision=gardes.en_vigueur(passage.objet),
        texte=texte,
        par=personne(par).personne,
        depose_le=timezone.now(),
    )
    passage.donnees["recours"] = recours
    passage.a_creer.append(recours)


def repondre(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """The appeal that waits for an answer, read by somebody else than who decided."""
    attendent = {
        un.decision.dossier_id: un
        for un in Recours.objects.select_related("decision")
        .filter(decision__dossier__in=[un.objet for un in passages], issue="")
        .order_by("-pk")
    }
    for passage in passages:
        recours = attendent.get(passage.objet.pk)
        if recours is None:
            passage.refus = GesteImpossible("Aucun recours n’attend de réponse.")
            continue
        if (faute := impartialite.a_decide(personne(par), recours.decision)) is not None:
            passage.refus = GesteImpossible(faute)
            continue
        # What is maintained is sealed: nothing that a letter cannot print.
        imprimes = {
            "Votre réponse": passage.donnees["reponse"],
            "Votre nom": str(personne(par).personne),
        }
        if (faute := indessinable(imprimes)) is not None:
            passage.refus = GesteImpossible(faute, champ="reponse")
            continue
        passage.donnees["recours"] = recours
        passage.apres["recours"] = recours.pk
        passage.prive["reponse"] = passage.donnees["reponse"]


def constater(passage: Passage[Dossier], _: Auteur) -> None:
    """What the person says that they do not have, taken as said: `absences` are the facts that were ticked."""
    dites = absences.declarees(passage.objet)
    voulues = passage.donnees["absences"]
    if not voulues:
        raise GesteImpossible("Cochez ce que vous confirmez.", champ="absences")
    if inconnues := [nom for nom in voulues if nom not in dites]:
        raise GesteImpossible(f"Ce renseignement ne se confirme pas sans pièce : {inconnues[0]}.")
    passage.donnees["faits"] = {nom: dites[nom] for nom in voulues}
    passage.apres["constate"] = dict(passage.donnees["faits"])


def se_deporter(passage: Passage[Dossier], par: Auteur) -> None:
    """Who is close to the candidate, who no longer examines; a decision of theirs that is not notified goes with it."""
    decision = gardes.en_vigueur(passage.objet) if passage.objet.etat == Etat.ARRETE else None
    if decision is not None and impartialite.a_decide(personne(par), decision) is not None:
        a_regarder(passage, par)
        passage.vers, passage.avant["decision"] = Etat.PROPOSITION, decision.pk
        passage.nouvelles.append("Votre décision est annulée : une autre personne la prendra.")
    if passage.objet.examine_par_id == personne(par).personne.pk:
        passage.change |= prises.LIBRE
    passage.a_creer.append(
        Deport(dossier=passage.objet, personne=personne(par).personne, le=timezone.now())
    )


def a_regarder(passage: Passage[Dossier], _: Auteur) -> None:
    """What is decided again is looked at first, and lists say what was proposed."""
    passage.change |= A_REGARDER
    decision = gardes.en_vigueur(passage.objet)
    if decision is not None:
        proposee = decision.proposition.prouve
        passage.change |= reponse_en_liste(proposee, passage.objet.certification)


def finir(passage: Passage[Dossier], _: Auteur) -> None:
    """The instant when it was over."""
    passage.change["clos_le"] = timezone.now()


VIDES: Final[dict[str, Any]] = {
    "prenom": "", "nom": "", "nom_de_naissance": "", "naissance": None, "naissance_annee": None, "courriel": "", "telephone": "", "employeur": "",
    "employeur_identifiant": "", "session": "", "recherche": "", "trouvable": "", "cle_import": "", "candidat": None,
}  # fmt: skip
"""The columns that tell who the candidate is, once erased."""


def anonymiser(passage: Passage[Dossier], _: Auteur) -> None:
    """Nobody is told of any more; what was not over is. `raison` names nobody: the journal keeps it in clear."""
    le = timezone.now()
    passage.change |= {**VIDES, "anonyme_le": le}
    if passage.objet.etat not in (Etat.RETIRE, Etat.CLOS):
        passage.change |= {"clos_le": le, "echeance": None}
    passage.apres["anonyme"] = True
    passage.raison = passage.donnees["raison"]
