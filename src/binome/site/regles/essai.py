"""The proposed reforms, tried over a profile: the answer of today, and the one they would give."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils.text import slugify

from binome.regles.calendrier import duree_en_clair
from binome.regles.courante import base_courante, reformes
from binome.regles.metiers.annonce import phrase, raisons
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.regles.faits import Dossier
    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.motifs import Motif
    from binome.regles.sources import Citation

_SANS_RIEN: Final = {
    "diplomes": [],
    "experience_secretaire_mois": 0,
    "experience_dentaire_mois": 0,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
}


class ReformeProposee(NamedTuple):
    """A reform that someone proposes and no text has made; `variante_de` names what it reads otherwise."""

    id: str
    titre: str
    resume: str
    du: date
    citations: tuple[Citation, ...]
    variante_de: str = ""


class PersonneDEssai(NamedTuple):
    """A person to try the reforms on; without a citation, Binôme made the example up."""

    code: str
    nom: str
    objet: Mapping[str, Any]
    citations: tuple[Citation, ...]


class Essai(NamedTuple):
    """The two answers, what differs, and what the proposed rules say."""

    avant: Positionnement
    apres: Positionnement
    phrase_avant: str
    phrase_apres: str
    differences: tuple[str, ...]
    motifs: tuple[Motif, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the two answers come from."""
        return (*_citations(self.avant), *_citations(self.apres))


@cache
def propositions() -> Mapping[str, ReformeProposee]:
    """The reforms by identifier, by their number, each before its variants."""
    sources = base_courante().sources
    lues = [
        ReformeProposee(
            brut["id"],
            brut["titre"],
            brut["resume"],
            brut["du"],
            tuple(lire_citation(texte, sources) for texte in brut["sources"]),
            brut.get("variante_de", ""),
        )
        for brut in reformes().values()
    ]
    lues.sort(key=lambda une: (int(une.id.split("-")[1]), une.id))
    return {une.id: une for une in lues}


def exemples(jour: date) -> list[PersonneDEssai]:
    """One example for each reform that is no variant of another, entering on that day: made by us, no source publishes them."""
    entree = jour.isoformat()
    signature = (jour - timedelta(days=540)).isoformat()
    return [
        PersonneDEssai(
            "niveau-3",
            "Un diplôme de niveau 3, sans expérience",
            {"date_entree": entree, **_SANS_RIEN, "niveau_diplome": 3},
            (),
        ),
        PersonneDEssai(
            "contrat-d-aide",
            "Un contrat d’aide signé dix-huit mois avant l’entrée en formation",
            {
                "date_entree": entree,
                **_SANS_RIEN,
                "niveau_diplome": 4,
                "date_signature_contrat_aide": signature,
            },
            (),
        ),
        PersonneDEssai(
            "infirmiere",
            "Une infirmière ou un infirmier",
            {"date_entree": entree, "diplomes": ["ide"]},
            (),
        ),
    ]


@cache
def publies() -> tuple[tuple[str, tuple[PersonneDEssai, ...]], ...]:
    """The published profiles by series, each with a code that addresses may hold."""
    return tuple(
        (
            serie.titre,
            tuple(
                PersonneDEssai(
                    f"{un.objet['date_entree'][:4]}-{slugify(un.nom.replace('’', ' '))}",
                    un.nom,
                    un.objet,
                    (serie.source,),
                )
                for un in serie.profils
            ),
        )
        for serie in series()
    )


def profils(jour: date) -> dict[str, PersonneDEssai]:
    """Every profile by its code, our examples first."""
    tous = [*exemples(jour), *(un for _, serie in publies() for un in serie)]
    return {un.code: un for un in tous}


def _minutes(reponse: Positionnement) -> str:
    total = reponse.minutes["total"]
    return "durée inconnue" if total is None else duree_en_clair(total)


def _differences(avant: Positionnement, apres: Positionnement, dite: str) -> Iterable[str]:
    ouvertes = ("cqp", "fae")
    if avant.voie != apres.voie:
        if apres.voie in ouvertes and avant.voie not in ouvertes:
            yield f"Une voie s’ouvrirait : {dite}"
        else:
            yield f"La voie changerait : {dite}"
    elif avant.minutes["total"] != apres.minutes["total"]:
        de, vers = avant.minutes["total"], apres.minutes["total"]
        soit = ""
        if de is not None and vers is not None:
            soit = f", soit {duree_en_clair(abs(de - vers))} de {'moins' if vers < de else 'plus'}"
        yield f"La durée passerait de {_minutes(avant)} à {_minutes(apres)}{soit}."
    codes = {un.code for un in apres.alertes}
    for alerte in avant.alertes:
        if alerte.code not in codes:
            yield f"Ce doute n’aurait plus lieu d’être : {alerte.texte}"


def _citations(reponse: Positionnement) -> Iterable[Citation]:
    """The sources of an answer: its référentiel, then the rules that decided."""
    if reponse.referentiel is not None:
        yield from reponse.referentiel.sources
    for un in raisons(reponse):
        if un.etape.issue == "oui":
            yield from un.citations


def essayer(dossier: Dossier, choisies: Sequence[str], *, tiers: bool) -> Essai:
    """Decides twice: with the rules as they stand, and with the chosen reforms laid over them.

    `tiers` speaks of the person to someone else.
    """
    avant = positionner(base_courante(), dossier)
    # Always in the same order, so that a choice is compiled once whatever the address says.
    apres = positionner(base_courante(*sorted(choisies)), dossier) if choisies else avant
    proposes = tuple(un for un in apres.motifs if un.etape.regle.statut == "proposee")
    dite = phrase(apres, tiers=tiers)
    return Essai(
        avant,
        apres,
        phrase(avant, tiers=tiers),
        dite,
        tuple(_differences(avant, apres, dite)),
        proposes,
    )
