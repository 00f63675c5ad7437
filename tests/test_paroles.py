"""Every sentence of the rules, of their answers, of the pages and of the terminal can be said aloud by a person."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.regles import dire
from binome.regles.cas import cas
from binome.regles.conditions import AConfirmer, parcourir
from binome.regles.courante import base_courante, certifications, reformes
from binome.regles.ecarts import ecarts
from binome.regles.manquants import inconnus
from binome.regles.metiers.positionnement import positionner
from binome.regles.motifs import texte_de_l_alerte
from binome.regles.profils import series
from binome.regles.regle import Alerte
from binome.site.regles.catalogue import catalogue
from tests.cli.terminal import lancer
from tests.paroles import longues, tours
from tests.site.test_service import CINQ_ANS, RESULTAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from binome.regles.base import Base
    from binome.regles.regle import Regle

DIT_LE_DOUTE: Final = {
    "en_vigueur": r"",
    "contestee": r"divergent|ne disent pas",
    "hypothese": r"dédui|hypothèse|[Aa]ucune source|Rien ne dit|ne savons pas|n’avons|n’a été|"
    r"n’en avons|pas été (?:lu|trouvé)|ne (?:le )?dit pas|texte officiel|trouvé",
    "proposee": r"propose|n’est en vigueur",
}
"""What a sentence owns up to, by what the rule is worth."""
QUI: Final = re.compile(
    r"CPAM|branche|Opco EP|organisme|France Travail|Mon Compte Formation|employeur|trouvée?"
)
"""Who knows what the sources do not."""
SITE: Final = (
    "/",
    "/simulateur/candidat/",
    RESULTAT,
    RESULTAT.replace("candidat", "organisme"),
    "/simulateur/employeur/resultat/?date_entree=2023-03-01&diplomes=ide&situation=salarie_cabinet",
    "/simulateur/candidat/resultat/?date_entree=2025-05-10&diplomes=aucun",
    "/simulateur/candidat/financement/" + RESULTAT.partition("/resultat/")[2],
    "/simulateur/organisme/financement/?date_entree=2023-05-02&diplomes=aucun&niveau_diplome=4"
    "&situation=salarie_cabinet&duree_parcours_mois=14&heures_semaine=35&age=42&contrat=cdi",
    CINQ_ANS,
    CINQ_ANS.replace("2026-03-01", "2021-03-01"),
    "/financement/",
    "/regles/",
    "/regles/comparer/?avant=2023-12-31&apres=2026-01-15",
    "/referentiels/",
    "/referentiels/rncp40913/",
    "/reformes/",
    "/ecarts/",
    "/ecarts/totaux/",
    "/missions/",
    "/missions/?q=prise+de+sang",
    "/employeur/?date_prise_fonction=2027-01-11&date_signature_contrat_aide=2026-12-15&brut_plein=1700&fait=piece",
    "/kit/",
    "/kit/medecin/",
    "/kit/soignant/",
    "/kit/emploi/",
    "/kit/annexe/?departement=40",
    "/kit/copier/",
    "/employeur/fiche-de-poste/?tache=A1&tache=A8",
    "/employeur/comparer/?date_signature_contrat_aide=2026-12-15&option_etp=demi&brut_plein=2500",
    "/sources/",
    "/projection/?jusqu_a=2028-12&poser=argent_annuel_euros&argent_annuel_euros=6000000&reforme=igas-9",
    "/projection/score/",
    "/projection/essayer/?au=2023-06-30&jusqu_a=2026-12",
)
COMMANDES: Final = (
    ("financer", '{"date_entree": "2026-09-07", "situation": "salarie_cabinet", "objectif": "cqp"}'),
    ("aide", '{"date_signature_contrat_aide": "2021-03-01", "option_etp": "demi", "specialite": "autre"}'),
    ("echeances", '{"date_signature_contrat_aide": "2026-03-01", "date_prise_fonction": "2026-04-01"}'),
    ("positionner", '{"date_entree": "2026-01-15", "diplomes": [], "situation": "salarie_centre_sante"}'),
)  # fmt: skip


@pytest.mark.parametrize(
    ("texte", "tour"),
    [
        ("Constaté : situation : en poste.", "Constaté"),
        ("Il faut avoir pour voie : le CQP.", "voie"),
        ("La date du jury augmentée de 36 mois.", "augmentée"),
        ("« La voie » est : le CQP.", "est :"),
        ("Trouvé par la machine ; écart d’arrondi.", "machine"),
        ("112 heures encore imprimées.", "imprimé"),
        ("Hausse demandée de 200 pour_mille.", "programme"),
        ("Voyez dispense.40913.secretaire.", "programme"),
        ("Il faut avoir un un bloc du CQP.", "redoublé"),
        ("L'AFGSU vaut quatre ans.", "apostrophe"),
        ("À savoir : la durée : 98 heures.", "chaîne"),
    ],
)
def test_chaque_tour_de_programme_se_voit(texte: str, tour: str) -> None:
    assert any(tour in un for un in tours(texte))


@pytest.mark.parametrize(
    "texte",
    [
        "Préparer et aider : oui ; faire l’acte : non.",
        "La page peut s’imprimer.",
        "Avoir un CDI : le CQP s’ouvre. Il reste une question : la date.",
    ],
)
def test_ce_qu_une_personne_dirait_passe(texte: str) -> None:
    assert [*tours(texte), *longues(texte)] == []


def bases() -> Iterator[tuple[str, Base]]:
    """Every view of every base, and of what each reform would make of it."""
    for code in certifications():
        for avec in ((), *((nom,) for nom in reformes(code))):
            base = base_courante(*avec, certification=code)
            for vue in base.vues:
                yield f"{code} {' '.join(avec)}", base.vue(vue)


def regles() -> Iterator[tuple[Regle, Base]]:
    """Each rule once, with a view that holds it."""
    deja: set[tuple[str, str]] = set()
    for _, base in bases():
        for regle in base.regles.values():
            cle = (base.certification.code, regle.id)
            if cle not in deja:
                deja.add(cle)
                yield regle, base


def test_chaque_regle_a_sa_phrase_qui_dit_ce_qu_elle_vaut() -> None:
    toutes = list(regles())
    assert len(toutes) > 300
    trouvees = [
        f"{regle.id} ({regle.statut}) : {regle.dit}"
        for regle, _ in toutes
        if not regle.dit or not re.search(DIT_LE_DOUTE[regle.statut], regle.dit)
    ]
    assert not trouvees, "\n".join(trouvees)


def test_ce_que_seul_un_autre_sait_est_nomme() -> None:
    """Who the rule leaves the answer to is in its sentence."""
    trouvees = [
        f"{regle.id} : {noeud.aupres} : {regle.dit}"
        for regle, _ in regles()
        for noeud in parcourir(regle.si)
        if isinstance(noeud, AConfirmer)
        if not {*QUI.findall(noeud.aupres.split(",")[0])} <= {*QUI.findall(regle.dit)}
    ]
    assert not trouvees, "\n".join(trouvees)


def _ce_qui_se_dit(regle: Regle, base: Base) -> Iterator[str]:
    yield from (regle.dit, regle.titre, regle.note, *regle.phrases.values())
    if isinstance(regle.effet, Alerte):
        yield texte_de_l_alerte(regle.effet)


def test_rien_d_une_regle_n_est_dit_comme_par_un_programme() -> None:
    trouvees = [
        f"{regle.id} : {faute}"
        for regle, base in regles()
        for texte in _ce_qui_se_dit(regle, base)
        for faute in (*tours(texte), *longues(texte))
    ]
    trouvees += [
        f"{regle.id}, mot à mot : {faute}"
        for regle, base in regles()
        for faute in tours(dire.mot_a_mot(regle, base))
    ]
    assert not trouvees, "\n".join(trouvees)


def test_ni_les_mots_qui_entourent_les_regles() -> None:
    dits: dict[str, str] = {}
    for ou, base in bases():
        dits |= {f"{ou} table {un.id}": f"{un.titre}\n{un.question}" for un in base.tables.values()}
        dits |= {f"{ou} fait {un.nom}": f"{un.question}\n{un.aide}" for un in base.faits.values()}
        dits |= {f"{ou} pièce {un.code}": un.pourquoi for un in base.pieces.values()}
        dits |= {
            f"{ou} levier {un.id}": un.texte.format(
                valeur="24 mois", ecart="4 mois", jour="2 mai 2026"
            )
            for un in base.leviers
        }
    for un in ecarts():
        lectures = "\n".join(lecture.valeur for lecture in un.lectures)
        dits[f"écart {un.id}"] = f"{un.sujet}\n{un.traitement}\n{lectures}"
    trouvees = [f"{ou} : {faute}" for ou, texte in dits.items() for faute in tours(texte)]
    assert not trouvees, "\n".join(trouvees)


@pytest.mark.parametrize("code", certifications())
def test_chaque_raison_se_dit(code: str) -> None:
    """What each rule answers to each of its cases, whatever the answer."""
    entiere = base_courante(certification=code).entiere
    trouvees, dites = set(), 0
    for un in cas(code):
        base = entiere.vue(entiere.tables[entiere.regles[un.regle].table].vue)
        conclusion = base.moteur.decider(base.lire(un.objet, interne=True))
        for etape in conclusion.etapes:
            if etape.regle.id != un.regle:
                continue
            faits = inconnus(base).de_l_etape(etape, conclusion)
            texte = dire.motif(etape, faits, conclusion.dossier, base)
            dites += 1
            trouvees |= {f"{un.regle} : {faute}" for faute in tours(texte)}
            # What was answered, or is missing, is a list as long as it is.
            court = re.sub(r"(?:Au dossier|Il manque) : [^.]*\.", "", texte)
            trouvees |= {f"{un.regle} : {faute}" for faute in longues(court)}
    assert not trouvees, "\n".join(sorted(trouvees))
    assert dites > 100


def test_ce_qui_changerait_la_reponse_se_dit() -> None:
    base = base_courante()
    dossiers: list[dict[str, Any]] = [dict(un.objet) for une in series() for un in une.profils]
    dossiers += [{**un, "situation": "demandeur_emploi"} for un in dossiers]
    # Who is refused, or has no employer, is told the most.
    dossiers += [{**un, "situation": "demandeur_emploi", "contrat": "aucun"} for un in dossiers]
    dossiers += [
        {"date_entree": jour, "diplomes": [], "niveau_diplome": 3, "experience_secretaire_mois": mois,
         "experience_dentaire_mois": 0, "afgsu_niveau": 1, "afgsu_date": "2020-01-06"}
        for jour in ("2022-09-05", "2025-05-15", "2026-01-15")
        for mois in (0, 20, 30)
    ]  # fmt: skip
    textes = [
        un.texte for objet in dossiers for un in positionner(base, base.lire(objet)).pour_changer
    ]
    assert len(textes) > 20
    trouvees = {faute for texte in textes for faute in (*tours(texte), *longues(texte))}
    assert not trouvees, "\n".join(trouvees)


class _Textes(HTMLParser):
    """What a person reads of a page: no script, no code, no summary of a source, which is its own."""

    TUS: Final = {"script", "style", "code", "pre", "title", "svg", "option"}

    def __init__(self, source: str) -> None:
        super().__init__()
        self.lus: list[str] = []
        self._tus = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as the parser calls it
        if tag in self.TUS:
            self._tus += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.TUS and self._tus:
            self._tus -= 1

    def handle_data(self, data: str) -> None:
        if not self._tus and data.strip():
            self.lus.append(" ".join(data.split()))


def _fautes_de_la_page(client: Client, adresse: str) -> set[str]:
    reponse = client.get(adresse, follow=True)
    assert reponse.status_code == 200, adresse
    lus = _Textes(reponse.content.decode()).lus
    assert len(lus) > 20, adresse
    return {f"{adresse} : {faute}" for texte in lus for faute in tours(texte)}


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", SITE)
def test_chaque_sorte_de_page_se_lit_a_voix_haute(client: Client, adresse: str) -> None:
    fautes = _fautes_de_la_page(client, adresse)
    assert not fautes, "\n".join(sorted(fautes))


@pytest.mark.django_db
@pytest.mark.parametrize("une_sur", [8, pytest.param(1, marks=pytest.mark.long(30))])
def test_chaque_page_d_une_regle_se_lit_a_voix_haute(client: Client, une_sur: int) -> None:
    noms = [*catalogue()][::une_sur]
    fautes = {un for nom in noms for un in _fautes_de_la_page(client, f"/regles/{nom}/")}
    assert not fautes, "\n".join(sorted(fautes))


def _textes(rendu: Any) -> Iterator[str]:
    """Every text of an answer that somebody reads."""
    match rendu:
        case dict():
            for cle, valeur in rendu.items():
                if cle in ("texte", "titre", "nom") and isinstance(valeur, str):
                    yield valeur
                else:
                    yield from _textes(valeur)
        case list():
            for un in rendu:
                yield from _textes(un)


@pytest.mark.parametrize(("commande", "dossier"), COMMANDES)
def test_le_terminal_parle_de_meme(commande: str, dossier: str) -> None:
    rendu = lancer(commande, "--json", "-", entree=dossier)
    assert rendu.code == 0
    textes = [*_textes(json.loads(rendu.sortie))]
    assert len(textes) > 3
    fautes = {faute for texte in textes for faute in tours(texte)}
    assert not fautes, "\n".join(fautes)


def test_les_regles_au_terminal_se_lisent_a_voix_haute() -> None:
    montree = lancer("regles", "montrer", "entree.employeur").sortie
    assert "La règle, mot à mot" in montree
    comparees = lancer("regles", "comparer", "--au", "2023-03-01", "--au", "2026-01-15").sortie
    # The terminal cuts its lines: a sentence goes over several.
    for texte in (montree.replace("entree.employeur", ""), comparees):
        fautes = {un for un in tours(re.sub(r"\n(?!\n)\s*", " ", texte)) if "chaîne" not in un}
        assert not fautes, "\n".join(fautes)
