"""What a decision letter says, as plain data, from the answer that the decision keeps.

Nothing is decided again here: the reasons, hours and alerts are those of the kept answer. The base only
gives the words of what it cites (titles of sources, names of modules).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from binome.impression import commun
from binome.impression.heures import epreuves, heures
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.certification import FORMATIONS
from binome.regles.faits import DossierInvalide
from binome.regles.metiers.annonce import phrase_au_plus, postes
from binome.regles.metiers.gardee import lire_gardee
from binome.regles.metiers.raisons import est_utile, explique_un_refus
from binome.regles.sources import Citation, Source, lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.certification import Certification
    from binome.regles.metiers.gardee import Gardee

MENTION: Final = "Lettre scellée : toute modification du fichier rompt le sceau."
SANS_VALEUR: Final = "Démonstration : cette lettre n’a aucune valeur."
VOIE_INCONNUE: Final = "la voie n’est pas établie"
LA_BRANCHE: Final = "la branche (CPNEFP)"
"""Who decides of the certification by default."""
RECOURS: Final = (
    "Vous pouvez nous demander de revoir cette décision (recours gracieux), en disant ce que "
    "vous contestez et pourquoi : ouvrez votre dossier en ligne, puis « Déposer un recours ». "
    "L’organisme de formation peut le faire pour vous.",
    "Nous n’avons pas fixé de délai pour ce recours : faites-le sans attendre.",
)
"""A letter speaks in the voice of the branch that signs it: what Binôme found or counted is said on its own pages."""
DELAI: Final = "Vous avez {jours} jours à compter de la notification pour le faire : ce délai est fixé par la branche."
PROGRAMME: Final = (
    "Cette décision a été préparée par un programme, Binôme, qui applique des règles écrites aux faits "
    "prouvés de votre dossier. Une personne de la branche l’a confirmée, ou s’en est écartée en disant "
    "pourquoi. Vous en êtes informé ou informée au titre de l’article L. 311-3-1 du code des relations "
    "entre le public et l’administration.",
    "Vous pouvez nous demander les règles de ce programme et la façon dont elles ont été "
    "appliquées à votre dossier, depuis votre dossier en ligne ou par courrier. Les règles se lisent "
    "aussi, sans demande, sur le site, {ou}.",
)


@dataclass(frozen=True)
class Courrier:
    """The words of a branch on its letters; `delai_jours` to contest, None where it set none."""

    entete: str = ""
    contact: str = ""
    signature: str = ""
    recours: str = ""
    delai_jours: int | None = None


@dataclass(frozen=True)
class Lettre:
    """A decision, as its letter needs it. `tranches` gives the branch's position on settled alerts.

    `branche` is for whom it was taken, `naissance` when the person was born, in words.
    """

    reference: str
    personne: str
    naissance: str
    organisme: str
    employeur: str
    decideur: str
    nature: str
    reponse: Mapping[str, Any]
    empreinte: str
    faits: Mapping[str, Any]
    reserve: str
    ecart: str
    le: date
    adresse: str
    tranches: Mapping[str, str]
    demonstration: bool
    branche: str = LA_BRANCHE
    avait_propose: Mapping[str, Any] | None = None
    """What the program proposed, where the decision may depart from it: `reponse` is what was decided."""
    autrement: tuple[str, ...] = ()
    """What was settled by hand, in words; `raison` is why, in the catalogue."""
    raison: str = ""
    courrier: Courrier | None = None
    """What the branch writes on its letters; None where it wrote nothing."""
    emetteur: str = ""
    """In whose name the letter goes, at its head."""
    remplace: date | None = None
    """When the letter was sealed that this one replaces, for a name that was corrected."""

    @property
    def s_ecarte(self) -> bool:
        """Whether it departs from what the program proposed."""
        return bool(self.ecart or self.raison or self.autrement)


def _citation(texte: str, base: Base) -> Citation:
    """The citation, even when the base at hand no longer knows the place."""
    try:
        return lire_citation(texte, base.sources)
    except ValueError:
        identifiant, _, passage = texte.partition(", ")
        inconnue = Source(
            id=identifiant,
            court=identifiant,
            titre=identifiant,
            editeur="source que les règles actuelles ne décrivent plus",
            date="voir les règles gardées avec la décision",
            adresse="",
            consulte_le="",
            fiabilite="secondaire",
            passages={passage: "citée par la décision"},
        )
        return Citation(inconnue, passage)


def _accorde(lettre: Lettre) -> bool:
    return lettre.nature != "refuse"


def phrase(lettre: Lettre, gardee: Gardee) -> str:
    """The decision in one sentence, in the words of its certification."""
    voie = gardee.base.certification.voies.get(gardee.voie)
    if not _accorde(lettre):
        if voie is not None and gardee.genre == "acquise" and not lettre.s_ecarte:
            return f"Votre entrée en formation est refusée : {voie.court}."
        return "Votre entrée en formation est refusée."
    accordee = (
        f"Votre entrée en formation est accordée{' avec une réserve' if lettre.reserve else ''}"
    )
    if voie is None or gardee.genre not in FORMATIONS:
        return f"{accordee}."
    if not voie.accordee:
        return f"{accordee}. {phrase_au_plus(gardee)}"
    if gardee.comptees is None:
        return f"{accordee}, {voie.accordee}."
    suite = ", évaluations comprises" if gardee.genre == "certification" else ""
    return f"{accordee}, {voie.accordee} : {duree_en_clair(gardee.comptees)}{suite}."


def _fenetre(motif: Mapping[str, Any], base: Base) -> str:
    """Since when, and until when, the rule holds."""
    regle = base.regles.get(motif["regle"])
    if regle is None or (regle.du is None and regle.au is None):
        return ""
    if regle.au is None and regle.du is not None:
        return f"Règle en vigueur depuis le {date_en_clair(regle.du)}."
    if regle.du is None and regle.au is not None:
        return f"Règle en vigueur jusqu’au {date_en_clair(regle.au)}."
    return f"Règle en vigueur du {date_en_clair(cast('date', regle.du))} au {date_en_clair(cast('date', regle.au))}."


def _raisons(lettre: Lettre, base: Base, renvois: Renvois) -> list[dict[str, Any]]:
    return [
        {
            "texte": un["texte"],
            "fenetre": _fenetre(un, base),
            "renvois": renvois.cles(_citation(texte, base) for texte in un["sources"]),
        }
        for un in lettre.reponse["motifs"]
        if est_utile(base, un["regle"], un["issue"], lettre.reponse["voie"])
        and (_accorde(lettre) or _du_refus(lettre, un, base))
    ]


def _recours(courrier: Courrier) -> list[str]:
    """How to contest, in the branch's words where it has some; the delay is said to be its own."""
    comment = courrier.recours or RECOURS[0]
    if courrier.delai_jours is None:
        return [comment, RECOURS[1]]
    return [comment, DELAI.format(jours=courrier.delai_jours)]


def _du_refus(lettre: Lettre, motif: Mapping[str, Any], base: Base) -> bool:
    """A refusal that departs from the rules has its own reason, and none of theirs."""
    return not lettre.s_ecarte and explique_un_refus(base, motif["regle"], motif["issue"])


def _alertes(lettre: Lettre, base: Base, renvois: Renvois) -> list[dict[str, Any]]:
    return [
        {
            "titre": "Un point tranché par la branche"
            if une["code"] in lettre.tranches
            else "Note du programme, Binôme",
            "texte": une["texte"],
            "position": lettre.tranches.get(une["code"], ""),
            "renvois": renvois.cles(_citation(texte, base) for texte in une["sources"]),
        }
        for une in lettre.reponse["alertes"]
        if _accorde(lettre)
    ]


def _dispenses(lettre: Lettre, gardee: Gardee) -> list[str]:
    mots = {"dispense": "dispensé", "acquis": "déjà acquis"}
    # A version without blocs has no picture of its hours, where a lump would be seen.
    en_moins = postes(gardee).get("En moins")
    return [
        *([en_moins] if en_moins else ()),
        *(
            f"{un['code']} {un['intitule']} : {mots[un['statut']]}"
            + (f", {duree_en_clair(un['minutes'])}" if un["minutes"] else "")
            for un in lettre.reponse["modules"]
            if un["statut"] in mots
        ),
    ]


def _faits(lettre: Lettre, base: Base) -> list[dict[str, str]]:
    try:
        return commun.faits(base, base.lire(dict(lettre.faits)))
    except DossierInvalide:  # kept under other rules: the journal still has them
        return []


def _proposee(lettre: Lettre, base: Base) -> str:
    """What the program proposed, route and hours: never what was decided instead."""
    propose = lire_gardee(
        lettre.reponse if lettre.avait_propose is None else lettre.avait_propose, base
    )
    voie = base.certification.voies.get(propose.voie)
    quoi = VOIE_INCONNUE if voie is None else voie.court
    heures_dites = "" if propose.comptees is None else f", {duree_en_clair(propose.comptees)}"
    return f"Le programme proposait : {quoi}{heures_dites}."


def _programme(certification: Certification) -> list[str]:
    """That a program prepared the decision, and where the rules of its certification are read."""
    ou = (
        "à la page « Règles »"
        if certification.par_defaut
        else f"à l’adresse /api/v1/regles?certification={certification.code}"
    )
    return [texte.format(ou=ou) for texte in PROGRAMME]


def sans_valeur(certification: Certification, *, demonstration: bool) -> str:
    """What a reader must know before the rest: a demonstration, a certification on trial."""
    essai = f"Certification {certification.essai} : {certification.titre}."
    dits = (SANS_VALEUR if demonstration else "", essai if certification.essai else "")
    return " ".join(dit for dit in dits if dit)


def remplace_dit(le: date | None) -> str:
    """That a letter takes the place of another, sealed that day: who holds both knows which one counts."""
    return (
        ""
        if le is None
        else (
            f"Cette lettre remplace celle qui a été scellée le {date_en_clair(le)} : seul le nom de la personne y est corrigé."
        )
    )


def _fiche(lettre: Lettre, certification: Certification) -> list[dict[str, str]]:
    lignes = {
        "Dossier": lettre.reference,
        "Certification": "" if certification.par_defaut else certification.nom,
        "Personne": lettre.personne,
        "Date de naissance": lettre.naissance,
        "Organisme de formation": lettre.organisme,
        "Employeur": lettre.employeur,
        "Décision du": date_en_clair(lettre.le),
        "Prise par": f"{lettre.decideur}, pour {lettre.branche}",
    }
    return lignes_de_fiche(lignes)


def lignes_de_fiche(lignes: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines of a sheet, without those that say nothing."""
    return [{"libelle": libelle, "valeur": valeur} for libelle, valeur in lignes.items() if valeur]


def contenu_de_la_lettre(lettre: Lettre, base: Base) -> dict[str, Any]:
    """Every text of the letter, with plain spaces, and its sources numbered."""
    renvois, courrier = Renvois(), lettre.courrier or Courrier()
    gardee, certification = lire_gardee(lettre.reponse, base), base.certification
    au = gardee.au
    regles = "" if au is None else f"Règles en vigueur le {date_en_clair(au)}"
    titre = "" if gardee.referentiel is None else f" : {gardee.referentiel.titre}"
    dit = {
        "titre": "Décision de positionnement",
        "phrase": phrase(lettre, gardee),
        "regles": f"{regles}{titre}." if regles else "",
        "sans_valeur": sans_valeur(certification, demonstration=lettre.demonstration),
        "remplace": remplace_dit(lettre.remplace),
        "fiche": _fiche(lettre, certification),
        "reserve": lettre.reserve,
        "ecart": "\n".join(
            un for un in (f"{lettre.raison}." if lettre.raison else "", lettre.ecart) if un
        ),
        "autrement": list(lettre.autrement),
        "emetteur": lettre.emetteur,
        "proposee": _proposee(lettre, base) if lettre.s_ecarte else "",
        "titre_des_raisons": "Ce que répondent les règles" if lettre.s_ecarte else "Les raisons",
        "titre_des_faits": "Ce que disait le dossier" if lettre.s_ecarte else "Les faits retenus",
        "raisons": _raisons(lettre, base, renvois),
        "heures": heures(gardee, renvois) if _accorde(lettre) else None,
        "epreuves": epreuves(gardee, renvois) if _accorde(lettre) else None,
        "dispenses": _dispenses(lettre, gardee) if _accorde(lettre) else [],
        "alertes": _alertes(lettre, base, renvois),
        "faits": _faits(lettre, base),
        "changements": [
            un["texte"]
            for un in lettre.reponse["pour_changer"]
            if _accorde(lettre) or not lettre.s_ecarte
        ],
        "recours": _recours(courrier),
        "entete": courrier.entete,
        "contact": courrier.contact,
        "signature": courrier.signature,
        "programme": _programme(certification),
        "empreinte": lettre.empreinte,
    }
    page = commun.page(
        dit,
        renvois,
        base=base,
        au=au,
        edite_le=lettre.le,
        adresse=lettre.adresse,
        mention=SANS_VALEUR if lettre.demonstration else MENTION,
    )
    abrege = lettre.empreinte.removeprefix("sha256:")[:12]
    essai = f" Certification {certification.essai}." if certification.essai else ""
    return page | {
        "pied": f"Dossier {lettre.reference}. Décision du {date_en_clair(lettre.le)}. Base {abrege}.{essai}"
    }
