"""The network of the made-up world: places, trainers, two calls and one to come, answers in each state, conventions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.comptes.services import dire_la_personne, donner_role
from binome.exemples.acces import DOMAINE
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.formations.appels import appel_de_2020
from binome.formations.territoires import departements
from binome.gestes.services import faire, naitre
from binome.journal.services import SYSTEME
from binome.regles.courante import base_courante, code_par_defaut
from binome.reseau.appels import APPELS, CANDIDATURES
from binome.reseau.conventions import CONVENTIONS
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Appel, Candidature, Convention, Formateur, SiteDeFormation

if TYPE_CHECKING:
    from binome.comptes.models import Organisation
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

PEU: Final = 7
"""Organisations that answer in the smallest world; every one does in the others."""
GRAND: Final = 1000
LAVAL: Final = "53"
POURQUOI: Final = "Motif d’exemple : rien de vrai."
SUITES: Final = (
    (), ("deposer",), ("deposer", "demander"), ("deposer", "demander", "deposer"),
)  # fmt: skip
"""The gestures on the answers to the open call, of the first organisations: a draft, sent, to complete, completed."""
BIENTOT, QUALIOPI, LOIN = 25, 60, 400
"""Days until the end of a convention, of a certificate, of the others."""


class _Monde:
    """Who acts, and on which day."""

    def __init__(self, scene: Scene, voulu: Voulu) -> None:
        nombre = PEU if voulu.taille < GRAND else len(scene.organismes)
        self.organismes = scene.organismes[:nombre]
        self.examen = Acteur(scene.personnes["examinateur"])
        self.branche = scene.branche
        self.formateur = scene.personnes["formateur"]
        self.gerants = [Acteur(scene.personnes["gestionnaire"])]
        self.gerants += [
            Acteur(_gerant(un, rang)) for rang, un in enumerate(self.organismes[1:], start=2)
        ]
        self.jour = voulu.jour
        self.fin = max(voulu.jour, timezone.localdate())


def _gerant(organisme: Organisation, rang: int) -> Personne:
    """Who manages a made-up organisation; nobody signs in with that account."""
    personne = Personne(
        courriel=f"gestionnaire-{rang}@{DOMAINE}",
        prenom="Gestionnaire",
        nom="Exemple",
        exemple=True,
    )
    personne.set_unusable_password()
    personne.save()
    dire_la_personne(personne, auteur=SYSTEME)
    donner_role(personne, organisme, "gestionnaire")
    return personne


def _verifier() -> None:
    if SiteDeFormation.objects.exists() or Appel.objects.exists():
        raise DejaServie(
            "La base a déjà un réseau d’organismes : les exemples ne s’ajoutent qu’à une base vide."
        )


def _les_sites(organisme: Organisation, par: Acteur, rang: int) -> list[SiteDeFormation]:
    """One place each, somewhere in France; three for the first organisation, one of them closed."""
    codes = list(departements())
    ici = LAVAL if rang == 0 else codes[rang * 3 % len(codes)]
    noms: list[tuple[str, str, int | None]] = [("Site d’exemple", ici, 20)]
    if rang == 0:
        noms += [("Deuxième site d’exemple", "72", None), ("Site d’exemple fermé", LAVAL, 8)]
    sites = [
        SiteDeFormation(
            organisme=organisme, nom=nom, departement=code, places=places,
            commune="Laval" if code == LAVAL else "Commune d’exemple",
        )
        for nom, code, places in noms
    ]  # fmt: skip
    naitre(SITES, "ouvrir", sites, par)
    if rang == 0:
        faire(SITES, "fermer", sites.pop(), par, version=1)
    return sites


def _les_formateurs(
    monde: _Monde, organisme: Organisation, par: Acteur, rang: int
) -> list[Formateur]:
    """Two people each, one of them a health professional; two more in the first organisation, of whom less is said."""
    dits: list[dict[str, Any]] = [
        {"prenom": "Soignante", "annees": 6, "forme_a_former": True, "soignant": True},
        {"prenom": "Formateur", "annees": 2, "forme_a_former": True, "soignant": False},
    ]
    if rang == 0:
        dits[1] |= {"compte": monde.formateur, "depuis": monde.jour - timedelta(days=400)}
        dits += [{"prenom": "Nouvelle", "annees": 0}, {"prenom": "Inconnu"}]
    siens = [
        Formateur(organisme=organisme, nom="Exemple", ajoute_le=timezone.now(), **un) for un in dits
    ]
    naitre(FORMATEURS, "ajouter", siens, par)
    return siens


def _appel(monde: _Monde, titre: str, du: date, au: date, *, publie: bool = True) -> Appel:
    connu = appel_de_2020()
    referentiels = base_courante(certification=code_par_defaut()).referentiels
    appel = Appel(
        branche=monde.branche, certification=code_par_defaut(),
        referentiel=max(referentiels, key=lambda un: referentiels[un].du), titre=titre,
        texte="Texte d’exemple : une vraie branche écrit ici ce qu’elle demande.", du=du, au=au,
        annees=connu.annees, formation_de_formateur=connu.formation_de_formateur,
        part_de_soignants=connu.part_de_soignants,
    )  # fmt: skip
    naitre(APPELS, "preparer", [appel], monde.examen)
    if publie:
        faire(APPELS, "publier", appel, monde.examen, version=appel.version)
    return appel


def _repondre(
    monde: _Monde, appel: Appel, rang: int, sites: list[SiteDeFormation], siens: list[Formateur]
) -> Candidature:
    """A whole answer, kept as a draft."""
    par, organisme = monde.gerants[rang], monde.organismes[rang]
    une = Candidature(appel=appel, organisme=organisme, ouverte_le=timezone.now())
    naitre(CANDIDATURES, "commencer", [une], par)
    referentiel = base_courante(certification=appel.certification).referentiels[appel.referentiel]
    fin = monde.fin + timedelta(days=QUALIOPI if rang == 3 else LOIN * 2)
    donnees = {
        "sites": [un.pk for un in sites], "formateurs": [un.pk for un in siens],
        "modalites": ["sur_place", "virtuelle"] if rang % 2 else ["sur_place"],
        "distance": {str(un.numero): 30 * (rang % 2) if un.numero < 4 else 0 for un in referentiel.blocs},
        "capacite": 24 + 12 * (rang % 3), "qualiopi": f"EXEMPLE-{rang + 1}",
        "qualiopi_du": fin - timedelta(days=1095), "qualiopi_au": fin,
    }  # fmt: skip
    faire(CANDIDATURES, "ecrire", une, par, version=une.version, donnees=donnees)
    return une


def _mener(monde: _Monde, une: Candidature, rang: int, nom: str, **donnees: Any) -> None:
    par = monde.gerants[rang] if nom in {"deposer", "retirer"} else monde.examen
    faire(CANDIDATURES, nom, une, par, version=une.version, donnees=donnees)


def _decider(monde: _Monde, une: Candidature, rang: int) -> None:
    """The end of each answer to the former call: a convention, but for one refused and one withdrawn."""
    _mener(monde, une, rang, "deposer")
    if rang == 5:
        _mener(monde, une, rang, "refuser", motif=POURQUOI)
        return
    if rang == 6:
        _mener(monde, une, rang, "retirer")
        return
    au = monde.fin + timedelta(days=BIENTOT if rang == 1 else LOIN)
    _mener(
        monde, une, rang, "accepter",
        du=(monde.jour - timedelta(days=330)).isoformat(), au=au.isoformat(),
    )  # fmt: skip
    gestes: dict[int, tuple[str, dict[str, str]]] = {
        2: ("suspendre", {"motif": POURQUOI}),
        4: ("terminer", {"motif": POURQUOI, "au": monde.jour.isoformat()}),
    }
    if rang in gestes:
        nom, donnees = gestes[rang]
        tenue = Convention.objects.select_related("candidature__appel").get(candidature=une)
        faire(CONVENTIONS, nom, tenue, monde.examen, version=1, donnees=donnees)


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    monde = _Monde(scene, voulu)
    avant, apres = timedelta(days=60), timedelta(days=40)
    ancien = _appel(monde, "Appel d’exemple de l’an passé", monde.jour - 6 * avant, monde.fin)
    ouvert = _appel(monde, "Appel d’exemple ouvert", monde.jour - avant / 4, monde.fin + apres)
    _appel(
        monde,
        "Appel d’exemple en préparation",
        monde.fin + apres,
        monde.fin + 2 * apres,
        publie=False,
    )
    for rang, (organisme, par) in enumerate(zip(monde.organismes, monde.gerants, strict=True)):
        sites = _les_sites(organisme, par, rang)
        siens = _les_formateurs(monde, organisme, par, rang)
        _decider(monde, _repondre(monde, ancien, rang, sites, siens), rang)
        if rang < len(SUITES):
            une = _repondre(monde, ouvert, rang, sites, siens)
            for nom in SUITES[rang]:
                _mener(monde, une, rang, nom, **({"motif": POURQUOI} if nom == "demander" else {}))


CHAPITRE: Final = Chapitre("reseau", _verifier, _ecrire)
