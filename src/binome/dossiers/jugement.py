"""What makes a decision hold before it is taken: papers read, a route and hours, and a departure that says itself.

Each lack may be passed over when it is said and confirmed, for a reason: the journal keeps which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece, Nature
from binome.dossiers.models import Decision
from binome.dossiers.suspens import OU_ATTENDRE, en_suspens
from binome.gestes.auteur import personne
from binome.gestes.refus import GesteImpossible
from binome.impression.dessin import indessinable
from binome.regles.certification import FORMATIONS
from binome.regles.courante import certification_de
from binome.regles.faits import DossierInvalide
from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.metiers.ecart import Derogation, contre, hors_bornes, offres, repondre_avec
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.dossiers.models import Dossier, Proposition
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.regles.certification import GenreDeVoie
    from binome.regles.metiers.ecart import Offre

DELAI: Final = timedelta(hours=1)
"""How long a decision may be undone, before it is notified."""
ACCORDEES: Final = (Nature.ACCORDE, Nature.RESERVE)
LUES, SANS_PIECE, SANS_HEURES, HORS_BORNES = "lues", "sans_piece", "sans_heures", "hors_bornes"
SANS_ATTENDRE: Final = "sans_attendre"
MANQUES: Final[Mapping[str, str]] = {
    LUES: "Des pièces ont été examinées par une autre personne : lisez-les, puis dites que vous les avez lues.",
    SANS_PIECE: "Aucune pièce de ce dossier n’est acceptée : décidez sans pièce en le confirmant, et dites pourquoi.",
    SANS_HEURES: "Cette décision accorde une formation sans voie ou sans heures : choisissez-les, "
    "ou confirmez et dites pourquoi.",
    HORS_BORNES: "Ces heures ne sont pas celles d’une formation : corrigez-les, ou confirmez et dites pourquoi.",
    SANS_ATTENDRE: f"Quelque chose peut encore changer la réponse, ou la prouver. {OU_ATTENDRE}",
}
"""What a decision lacks, and what to do about it; hours out of bounds are told with both numbers."""
POUR: Final[Mapping[str, str]] = {
    raisons.ACCORDER: "accorder ce qui est proposé", raisons.ECART: "accorder autrement",
    raisons.REFUSER: "refuser",
}  # fmt: skip
REGLES_CHANGEES: Final = "Les règles ont changé depuis : préparez de nouveau la proposition."
RIEN: Final = "-"
"""What a form sends beside the ticked boxes, so that none ticked is told from a form without boxes."""


def lire_les_coches(texte: str) -> tuple[str, ...]:
    """The boxes that a form ticked."""
    return tuple(un for un in texte.split() if un != RIEN)


def genre_de(reponse: Mapping[str, Any], certification: str) -> GenreDeVoie | None:
    """What the route of an answer is worth; None while it is not known."""
    return certification_de(certification).genre(str(reponse["voie"]))


def nature_de(reponse: Mapping[str, Any], certification: str) -> Nature:
    """The decision that a proposal leads to when nobody departs from it: a training is granted, the rest refused.

    Raises GesteImpossible while the route is not decided: a person must.
    """
    if (genre := genre_de(reponse, certification)) is None:
        raise GesteImpossible(
            "La voie n’est pas établie : décidez vous-même et dites pourquoi, ou demandez de compléter."
        )
    return Nature.ACCORDE if genre in FORMATIONS else Nature.REFUSE


def offres_de(proposition: Proposition) -> list[Offre]:
    """The exemptions that may be granted or refused by hand; none under rules that are no longer the same."""
    base = base_de(proposition.dossier.certification)
    if base.empreinte != proposition.base:
        return []
    return list(offres(positionner(base, base.lire(dict(proposition.faits_prouves)))))


def ecart_de(proposition: Proposition, donnees: Mapping[str, Any]) -> Derogation:
    """What is settled otherwise than proposed, out of the fields of the gesture."""
    voie, coches = donnees.get("voie"), donnees.get("dispenses")
    dispenses = {}
    if coches is not None:
        choisies = set(coches)
        offertes = offres_de(proposition)
        _exiger_des_offres(proposition, choisies, {une.regle.id for une in offertes})
        dispenses = {
            une.regle.id: une.regle.id in choisies
            for une in offertes
            if (une.regle.id in choisies) != une.accordee
        }
    return Derogation(
        None if voie == proposition.prouve["voie"] else voie, dispenses, donnees.get("heures")
    )


def _exiger_des_offres(proposition: Proposition, choisies: set[str], offertes: set[str]) -> None:
    """Raises GesteImpossible for an exemption that this dossier is not offered: none is granted in silence, nor left."""
    if not (inconnues := sorted(choisies - offertes)):
        return
    if base_de(proposition.dossier.certification).empreinte != proposition.base:
        raise GesteImpossible(REGLES_CHANGEES)
    raise GesteImpossible(
        f"Cette dispense n’est pas offerte à ce dossier : « {inconnues[0][:80]} ».",
        champ="dispenses",
    )


def reponse_de(proposition: Proposition, ecart: Derogation, certification: str) -> dict[str, Any]:
    """The answer that is decided: the proposed one, or the one worked out again. Raises GesteImpossible."""
    if not ecart:
        reponse: dict[str, Any] = proposition.prouve
        return reponse
    base = base_de(certification)
    if base.empreinte != proposition.base:
        raise GesteImpossible(REGLES_CHANGEES)
    try:
        return repondre_avec(base, base.lire(dict(proposition.faits_prouves)), ecart)
    except (ValueError, DossierInvalide) as faute:
        raise GesteImpossible(str(faute)) from None


def a_confirmer(dossier: Dossier, par: int) -> list[str]:
    """What must be said before somebody decides, of the documents: `par` is who decides."""
    tenues = [
        une
        for une in dossier.pieces.all()
        if une.etat in (EtatDePiece.ACCEPTEE, EtatDePiece.REFUSEE)
    ]
    if not any(une.etat == EtatDePiece.ACCEPTEE for une in tenues):
        return [SANS_PIECE]
    return [LUES] if any(une.examinee_par_id != par for une in tenues) else []


@dataclass(frozen=True)
class _Juge:
    """A decision being made: what was chosen, and what it departs from."""

    nature: Nature
    reponse: dict[str, Any]
    ecart: Derogation
    proposee: Nature | None
    raison: str
    precision: str

    @property
    def s_ecarte(self) -> bool:
        """Whether it is not what the rules answer; a reserve says by itself what it adds."""
        accordee = self.nature in ACCORDEES
        return bool(self.ecart) or self.proposee is None or accordee != (self.proposee in ACCORDEES)


def decision_de(
    passage: Passage[Dossier], proposition: Proposition | None, par: Auteur
) -> Decision:
    """The decision that a gesture asks for. Raises GesteImpossible for one that would not hold."""
    if proposition is None:
        raise GesteImpossible("Préparez d’abord la proposition.")
    donnees, dossier = passage.donnees, passage.objet
    proposition.dossier = dossier
    juge = _juger(proposition, donnees, dossier.certification)
    if juge.nature == Nature.RESERVE and not donnees["reserve"]:
        raise GesteImpossible(
            "Écrivez la réserve : la personne doit savoir ce qu’elle doit encore faire.",
            champ="reserve",
        )
    manques = _manques(juge, proposition, personne(par).personne.pk)
    confirmes = _confirmes(juge, manques, donnees)
    if juge.s_ecarte and not juge.raison:
        raise GesteImpossible(
            "La décision s’écarte de la proposition : dites pourquoi.", champ="raison"
        )
    _exiger_des_mots_imprimables(juge, donnees, dossier, par)
    passage.motif = juge.precision
    if confirmes:
        passage.apres["confirme"] = confirmes
    if juge.raison:
        passage.apres["raison"] = juge.raison
    confirmation = donnees.get("confirmation")
    if confirmation is not None:
        passage.apres["confirmation"] = confirmation.pk
    le = timezone.now() if confirmation is None else confirmation.le
    return Decision(
        dossier=dossier,
        proposition=proposition,
        nature=juge.nature,
        reponse=juge.reponse,
        base=proposition.base,
        reserve=donnees["reserve"] or "" if juge.nature == Nature.RESERVE else "",
        raison=juge.raison,
        ecart=juge.precision,
        depart=_depart(juge, proposition, confirmes),
        par=personne(par).personne,
        le=le,
        confirmation=confirmation,
        notifiable_des=le + DELAI,
    )


def _juger(proposition: Proposition, donnees: Mapping[str, Any], certification: str) -> _Juge:
    ecart = ecart_de(proposition, donnees)
    reponse = reponse_de(proposition, ecart, certification)
    decidee = genre_de(proposition.prouve, certification) is not None
    choisie = donnees["nature"] or nature_de(reponse, certification)
    if ecart.voie and (genre_de(reponse, certification) in FORMATIONS) != (choisie in ACCORDEES):
        raise GesteImpossible("La voie choisie et la décision ne vont pas ensemble.", champ="voie")
    if choisie == Nature.REFUSE and (ecart.minutes is not None or ecart.dispenses):
        raise GesteImpossible(
            "Un refus n’accorde ni heures ni dispenses : laissez-les comme proposé, ou accordez la formation.",
            champ="dispenses" if ecart.minutes is None else "heures",
        )
    raison, precision = donnees.get("raison") or "", donnees.get("ecart") or ""
    connue = raisons.raisons().get(raison)
    if raison and (connue is None or not connue.sert(timezone.localdate())):
        raise GesteImpossible("Choisissez une raison de la liste.", champ="raison")
    issue = _issue(choisie, ecart)
    if connue is not None and issue not in connue.pour:
        raise GesteImpossible(
            f"Cette raison ne sert pas à {POUR[issue]} : choisissez-en une autre.", champ="raison"
        )
    if precision and not raison:
        raison = raisons.AUTRE
    if raison == raisons.AUTRE and not precision:
        raise GesteImpossible("Vous avez choisi « autre » : dites quelle raison.", champ="ecart")
    proposee = nature_de(proposition.prouve, certification) if decidee else None
    return _Juge(choisie, reponse, ecart, proposee, raison, precision)


def _issue(nature: Nature, ecart: Derogation) -> str:
    """What a reason has to serve."""
    if nature == Nature.REFUSE:
        return raisons.REFUSER
    return raisons.ECART if ecart else raisons.ACCORDER


def _manques(juge: _Juge, proposition: Proposition, par: int) -> dict[str, str]:
    """What is to be said before it is decided, and what to do about each."""
    dossier = proposition.dossier
    manques = {un: MANQUES[un] for un in a_confirmer(dossier, par)}
    if juge.nature in ACCORDEES:
        if not _a_des_heures(juge.reponse, dossier.certification):
            manques[SANS_HEURES] = MANQUES[SANS_HEURES]
        base = base_de(dossier.certification)
        faits = base.lire(dict(proposition.faits_prouves)) if juge.ecart.minutes is not None else {}
        if dit := hors_bornes(base, faits, juge.ecart):
            manques[HORS_BORNES] = dit
    # Deciding without any document says it all.
    if SANS_PIECE not in manques and (suspens := en_suspens(dossier, juge.reponse)):
        manques[SANS_ATTENDRE] = " ".join((*suspens, OU_ATTENDRE))
    return manques


def _confirmes(juge: _Juge, manques: Mapping[str, str], donnees: Mapping[str, Any]) -> list[str]:
    """What the person passed over knowingly. Raises GesteImpossible for what they did not say."""
    dites = donnees.get("confirme") or ()
    if inconnues := [une for une in dites if une not in MANQUES]:
        raise GesteImpossible(f"Cette confirmation n’existe pas : « {inconnues[0][:80]} ».")
    for manque, quoi_faire in manques.items():
        if manque not in dites:
            raise GesteImpossible(
                quoi_faire, champ="heures" if manque == HORS_BORNES else "confirme"
            )
        if manque not in (LUES, SANS_ATTENDRE) and not juge.raison:
            raise GesteImpossible("Dites pourquoi vous décidez sans attendre.", champ="raison")
    return list(manques)


def _a_des_heures(reponse: Mapping[str, Any], certification: str) -> bool:
    """Whether a route of training is granted with hours to follow, all counted; none is not some."""
    minutes, compte = reponse["minutes"], certification_de(certification).compte
    formation = genre_de(reponse, certification) in FORMATIONS
    return formation and minutes.get(compte) is not None and bool(minutes["formation"])


def _exiger_des_mots_imprimables(
    juge: _Juge, donnees: Mapping[str, Any], dossier: Dossier, par: Auteur
) -> None:
    imprimes = {
        "Le nom de la personne": dossier.personne,
        "Le nom de l’organisme": dossier.organisme.nom,
        "Le nom de l’employeur": dossier.employeur,
        "Votre nom": str(personne(par).personne),
        "La réserve": donnees["reserve"] or "",
        "Ce qui explique l’écart": juge.precision,
    }
    if (faute := indessinable(imprimes)) is not None:
        raise GesteImpossible(faute)


def _depart(juge: _Juge, proposition: Proposition, confirmes: Iterable[str]) -> dict[str, Any]:
    """What the decision keeps of its departure: nothing when it is what was proposed."""
    dit: dict[str, Any] = {"confirme": list(confirmes)} if confirmes else {}
    if juge.s_ecarte:
        base = base_de(proposition.dossier.certification)
        # Refusing what a route opens, or the reverse, departs from what gave the route.
        vise = juge.ecart or Derogation(voie=juge.reponse["voie"])
        dit |= {"ecart": juge.ecart.en_json(), "contre": contre(base, proposition.prouve, vise)}
    return dit
