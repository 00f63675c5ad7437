"""Deciding again a dossier of which a few facts changed: the same answer, and no try that is not worth it."""

from __future__ import annotations

from datetime import date
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.basculer import JugeDUneCible, basculer
from binome.regles.conditions import (
    AConfirmer,
    Atome,
    Decale,
    Et,
    Non,
    Ou,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
)
from binome.regles.expressions import faits_lus
from binome.regles.faits import verifier_coherences
from binome.regles.jugement import Mobiles, Note
from binome.regles.manquants import essais
from binome.regles.metiers.juge import JugeDuPositionnement
from binome.regles.quantites import compteur, compteur_de
from binome.regles.reprise import Reprise, majorer, mobiles, peut_dire_oui
from tests.regles.essais import base_avec, regle, table
from tests.regles.tout_essayer import tout_essayer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from binome.regles.basculer import Changement
    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.jugement import Juge

VUES = ("positionnement", "financement", "aide", "echeances")
RIEN = Mobiles(frozenset(), frozenset())


def vue_de(base: Base, nom: str) -> Base:
    return base if nom == base.question.nom else base.vue(nom)


def tires(vue: Base, combien: int) -> Iterator[Dossier]:
    """Dossiers of a view drawn among the values that may matter, none of which denies itself."""
    hasard = Random(14)  # noqa: S311 - the same ones each time
    noms = [nom for nom, un in vue.faits.items() if un.calcul is None]
    while combien:
        dossier: Dossier = dict.fromkeys(vue.faits)
        for nom in hasard.sample(noms, hasard.randint(len(noms) // 2, len(noms))):
            dossier[nom] = hasard.choice(essais(vue, nom, dossier) or [None])
        for une in verifier_coherences(dossier, vue.coherences):
            dossier[une.cle] = None
        if not verifier_coherences(dossier, vue.coherences):
            combien -= 1
            yield vue.completer(dossier)


def voisins(vue: Base, dossier: Dossier, hasard: Random, combien: int) -> Iterator[Dossier]:
    """The same dossier with one to three of its facts drawn among the values that may matter."""
    noms = [nom for nom, un in vue.faits.items() if un.calcul is None]
    for _ in range(combien):
        change = dict(dossier)
        for nom in hasard.sample(noms, hasard.randint(1, 3)):
            change[nom] = hasard.choice([None, *essais(vue, nom, dossier)])
        yield vue.completer(change)


@pytest.mark.parametrize("nom", VUES)
def test_reprendre_est_resoudre(base: Base, nom: str) -> None:
    vue, hasard = vue_de(base, nom), Random(14)  # noqa: S311 - the same numbers each time
    for dossier in tires(vue, 25):
        reprise = Reprise(vue.moteur, dossier)
        for change in (dossier, *voisins(vue, dossier, hasard, 25)):
            attendu, obtenu = vue.moteur.resoudre(change), reprise.resoudre(change)
            assert (obtenu.verites, obtenu.retenues) == (attendu.verites, attendu.retenues)


def test_reprendre_laisse_le_depart_comme_il_etait(base: Base) -> None:
    """A day out of every référentiel forgets the rules of that of the start, which keeps them."""
    depart = base.lire({"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4})
    reprise = Reprise(base.moteur, depart)
    avant = dict(reprise.etabli.verites)
    autre = reprise.resoudre(base.completer({**depart, "date_entree": date(2019, 1, 15)}))
    assert autre.retenues["voie"] == "refus"
    assert autre.verites.keys() != avant.keys()
    assert (reprise.etabli.verites, reprise.etabli.retenues["voie"]) == (avant, "cqp")


def test_ce_que_rien_ne_lit_ne_fait_rien_redecider(base: Base) -> None:
    depart = base.lire({"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4})
    moteur, rangs = base.moteur, base.moteur.rangs(depart)
    etabli = moteur.resoudre(depart)
    etabli.retenues["voie"] = "gardée"
    rien = moteur.reprendre(etabli, depart, frozenset(["date_naissance"]), rangs, rangs)
    assert rien.retenues["voie"] == "gardée"
    lue = moteur.reprendre(etabli, depart, frozenset(["niveau_diplome"]), rangs, rangs)
    assert lue.retenues["voie"] == "cqp"


@pytest.mark.parametrize(
    "appui",
    [
        {"regle": "source.heures"},
        {"une_regle_de": "source"},
        {"sortie": "source", "parmi": ["source.heures"]},
    ],
)
def test_ce_qui_s_appuie_sur_ce_qui_change_se_redecide(appui: dict[str, Any]) -> None:
    """However a table leans on another one, by a fact that no other table reads."""
    essai = base_avec(
        table(
            regle("source.heures", {"fait": "heures_experience_vae", "au_moins": 4}),
            table="source", politique="premiere",
        ),
        table(regle("milieu.un", appui), table="milieu", role="prepare"),
        table(regle("essai.un", {"regle": "milieu.un"})),
    )  # fmt: skip
    depart = essai.lire({"date_entree": "2026-01-15", "heures_experience_vae": 3})
    reprise = Reprise(essai.moteur, depart)
    assert reprise.etabli.verites["essai.un"] is False
    assert reprise.resoudre({**depart, "heures_experience_vae": 4}).verites["essai.un"] is True
    assert reprise.resoudre({**depart, "heures_experience_vae": None}).verites["essai.un"] is None
    assert reprise.resoudre(depart).verites["essai.un"] is False


def test_une_garde_se_lit_aussi() -> None:
    """What a table is only asked about when it holds."""
    garde = {"fait": "niveau_diplome", "au_moins": 4}
    essai = base_avec(table(regle("essai.un"), quand=garde))
    depart = essai.lire({"date_entree": "2026-01-15", "niveau_diplome": 3, "diplomes": []})
    reprise = Reprise(essai.moteur, depart)
    assert reprise.etabli.verites["essai.un"] is False
    assert reprise.resoudre({**depart, "niveau_diplome": 4}).verites["essai.un"] is True
    assert not peut_dire_oui(essai, essai.regles["essai.un"], depart, RIEN)
    libre = Mobiles(frozenset({"niveau_diplome"}), frozenset())
    assert peut_dire_oui(essai, essai.regles["essai.un"], depart, libre)


# What a change may do.


def test_ce_que_des_changements_peuvent_toucher(base: Base) -> None:
    vue = base.vue("financement")
    depart = dict.fromkeys(vue.faits) | {"diplomes": frozenset({"ide"}), "contrat": "cdi"}
    assert mobiles(vue, depart, []) == RIEN
    ajout = {"diplomes": frozenset({"ide", "sage_femme"})}
    assert mobiles(vue, depart, [ajout, {"contrat": None}]) == Mobiles(
        frozenset({"contrat"}), frozenset({("diplomes", "sage_femme")})
    )
    # A list that loses a code, or that nobody had told, may become anything.
    for liste in (frozenset({"sage_femme"}), None):
        assert mobiles(vue, depart, [{"diplomes": liste}]).faits == {"diplomes"}
    inconnue = mobiles(vue, {**depart, "diplomes": None}, [ajout])
    assert inconnue == Mobiles(frozenset({"diplomes"}), frozenset())


def test_ce_qui_se_calcule_bouge_avec_ce_qu_il_lit(base: Base) -> None:
    vues = [vue_de(base, nom) for nom in VUES]
    calcules = [(vue, f) for vue in vues for f in vue.faits.values() if f.calcul is not None]
    assert calcules
    for vue, fait in calcules:
        assert fait.calcul is not None
        lu = min(faits_lus(fait.calcul))
        assert fait.nom in mobiles(vue, dict.fromkeys(vue.faits), [{lu: 3}]).faits


NIVEAU = Atome("niveau_diplome", "au_moins", 4)
TITRE = Atome("diplomes", "contient", ("secretaire_medical",))
NIVEAU_LIBRE = Mobiles(frozenset({"niveau_diplome"}), frozenset())
TITRE_A_AJOUTER = Mobiles(frozenset(), frozenset({("diplomes", "secretaire_medical")}))


@pytest.mark.parametrize(
    ("condition", "libres", "attendue"),
    [
        (NIVEAU, RIEN, NIVEAU),
        (NIVEAU, NIVEAU_LIBRE, Toujours()),
        (NIVEAU, TITRE_A_AJOUTER, NIVEAU),
        (TITRE, NIVEAU_LIBRE, TITRE),
        (TITRE, TITRE_A_AJOUTER, Toujours()),
        (TITRE, Mobiles(frozenset({"diplomes"}), frozenset()), Toujours()),
        (TITRE, Mobiles(frozenset(), frozenset({("diplomes", "ide")})), TITRE),
        (Atome("diplomes", "connu", ()), TITRE_A_AJOUTER, Toujours()),
        (
            Atome("date_jury", "apres", Decale("date_entree", 3)),
            Mobiles(frozenset({"date_entree"}), frozenset()),
            Toujours(),
        ),
        (Et((NIVEAU, TITRE)), NIVEAU_LIBRE, Et((Toujours(), TITRE))),
        (Ou((NIVEAU, TITRE)), TITRE_A_AJOUTER, Ou((NIVEAU, Toujours()))),
        (Non(NIVEAU), RIEN, Non(NIVEAU)),
        (Non(Et((NIVEAU, TITRE))), RIEN, Non(Et((NIVEAU, TITRE)))),
        (Non(Et((NIVEAU, TITRE))), NIVEAU_LIBRE, Toujours()),
        (Non(Ou((NIVEAU, TITRE))), TITRE_A_AJOUTER, Toujours()),
        (Non(UneRegleDe("prerequis")), RIEN, Toujours()),
        (Non(AConfirmer("la branche")), RIEN, Toujours()),
        (AConfirmer("la branche"), RIEN, AConfirmer("la branche")),
        (RenvoiRegle("voie.cqp"), RIEN, Toujours()),
        (Sortie("voie", ("cqp",)), RIEN, Toujours()),
        (UneRegleDe("prerequis"), RIEN, Toujours()),
        (Toujours(), RIEN, Toujours()),
    ],
)
def test_une_condition_vraie_des_qu_on_peut_la_rendre_vraie(
    condition: Any, libres: Mobiles, attendue: Any
) -> None:
    assert majorer(condition, libres.laissent) == attendue


def test_une_regle_peut_elle_dire_oui(base: Base) -> None:
    """The day of the entry, what is held, and what may be gained."""

    def peut(regle: str, libres: Mobiles = RIEN, **faits: Any) -> bool:
        return peut_dire_oui(base, base.regles[regle], base.lire(faits), libres)

    assert peut("voie.deja-certifie", diplomes=["cqp_assistant_medical"])
    assert not peut("voie.deja-certifie", TITRE_A_AJOUTER, diplomes=[])
    assert not peut("voie.deja-certifie")  # unknown, and nothing that may tell it
    assert peut("voie.deja-certifie", Mobiles(frozenset({"diplomes"}), frozenset()))
    jour = Mobiles(frozenset({"date_entree"}), frozenset())
    for entree, dite in (("2020-12-31", False), ("2021-01-01", True), (None, False)):
        assert peut("voie.fae", diplomes=["ide"], date_entree=entree) is dite
        assert peut("voie.fae", jour, diplomes=["ide"], date_entree=entree)
    # A rule without window needs no day, but its table may have a condition of its own.
    assert peut("voie.cqp", diplomes=[])


def test_le_plancher_des_voies(base: Base) -> None:
    juge = JugeDuPositionnement(base)
    assert juge.plancher(RIEN) == Note(0, 0, 0)  # nothing decided yet: nothing is known of it
    for diplomes, libres, rang in (
        (["cqp_assistant_medical"], RIEN, 0),
        ([], RIEN, 1),
        ([], Mobiles(frozenset({"diplomes"}), frozenset()), 0),
    ):
        juge.depart(base.lire({"date_entree": "2026-01-15", "diplomes": diplomes}))
        assert juge.plancher(libres) == Note(rang, 0, 0)


def test_le_plancher_d_une_cible(base: Base) -> None:
    """A route whose requirement nothing can meet is never tried."""
    vue = base.vue("financement")
    juges = {cible: JugeDUneCible(vue, cible) for cible in vue.question.cibles}
    assert {juge.plancher(RIEN) for juge in juges.values()} == {Note(0, 0, 0)}
    dossier = vue.lire({"date_entree": "2026-01-15", "diplomes": [], "situation": "autre"})
    for juge in juges.values():
        juge.depart(dossier)
    fermees = {cible for cible, juge in juges.items() if juge.plancher(RIEN) == Note(1, 0, 0)}
    retenues = vue.moteur.resoudre(dossier).retenues
    assert fermees
    assert all(retenues[cible] != "oui" for cible in fermees)
    tout = Mobiles(frozenset(vue.faits), frozenset())
    ouvertes = {cible for cible, juge in juges.items() if juge.plancher(tout) == Note(0, 0, 0)}
    assert ouvertes


def test_seul_un_oui_vaut_un_changement(base: Base) -> None:
    """The note to beat: a route that is closed and one that waits for an answer are worth the same."""
    vue = base.vue("financement")
    notes = {}
    for dossier in tires(vue, 40):
        for cible in vue.question.cibles:
            juge = JugeDUneCible(vue, cible)
            note, etabli, montant = juge.juger(dossier)
            assert montant is None
            assert etabli.retenues == vue.moteur.resoudre(dossier).retenues
            notes[etabli.retenues[cible]] = (note, juge.depart(dossier))
    assert notes[None] == (Note(1, 0, 0), Note(1, 0, 0))
    assert notes["non"] == (Note(2, 0, 0), Note(1, 0, 0))
    assert notes["oui"] == (Note(0, 0, 0), Note(0, 0, 0))


def test_un_montant_seul_est_celui_de_tous(base: Base) -> None:
    for dossier in tires(base, 60):
        etabli = base.moteur.resoudre(dossier)
        tous = compteur(base).compter(etabli)
        assert compteur_de(base, "total").compter(etabli).keys() == {
            "formation",
            "evaluations",
            "total",
        }
        for nom, minutes in tous.items():
            assert compteur_de(base, nom).compter(etabli)[nom] == minutes


# The same proposals as by trying everything.


def memes_propositions(
    base: Base, dossier: Dossier, taille: int, nouveau: Callable[[], Juge]
) -> int:
    """How many there are, once they are checked to be the same."""
    attendues = tout_essayer(base, dossier, taille, nouveau)
    trouvees = basculer(base, dossier, taille, nouveau())

    def dits(choix: tuple[Changement, ...]) -> list[tuple[str, int, str]]:
        return [(un.levier.id, un.rang, un.texte) for un in choix]

    assert [(dits(u.changements), u.note, u.minutes, u.dossier) for u in trouvees] == [
        (dits(u.choix), u.note, u.minutes, u.dossier) for u in attendues
    ]
    for une in trouvees:
        voulu = base.moteur.resoudre(une.dossier)
        assert (une.etabli.verites, une.etabli.retenues) == (voulu.verites, voulu.retenues)
    return len(trouvees)


CANDIDATS: list[dict[str, Any]] = [
    {"date_entree": "2026-01-15", "niveau_diplome": 3, "experience_secretaire_mois": 20},
    {"date_entree": "2025-05-15", "niveau_diplome": 3, "experience_secretaire_mois": 0},
    {"date_entree": "2023-03-01", "niveau_diplome": 4, "experience_dentaire_mois": 3},
    {"date_entree": "2026-01-15", "diplomes": ["ide"], "niveau_diplome": 6},
    {"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]},
    {"niveau_diplome": 3},
]


@pytest.mark.parametrize("faits", CANDIDATS)
@pytest.mark.parametrize("contrat", ["cdi", "aucun", None])
def test_basculer_trouve_ce_que_tout_essayer_trouve(
    base: Base, faits: dict[str, Any], contrat: str | None
) -> None:
    situation = {"cdi": "salarie_centre_sante", "aucun": "demandeur_emploi", None: None}[contrat]
    dossier = base.lire(
        {
            "diplomes": [],
            "experience_secretaire_mois": 0,
            "afgsu_niveau": 1,
            "afgsu_date": "2019-02-01",
            "situation": situation,
            "contrat": contrat,
            **faits,
        }
    )
    memes_propositions(base, dossier, 2, lambda: JugeDuPositionnement(base))


def test_basculer_trouve_aux_bornes_ce_que_tout_essayer_trouve(base: Base) -> None:
    nombre = sum(
        memes_propositions(base, dossier, 2, lambda: JugeDuPositionnement(base))
        for dossier in tires(base, 100)
    )
    assert nombre > 10


@pytest.mark.parametrize("nom", ["financement", "aide"])
def test_basculer_une_cible_trouve_ce_que_tout_essayer_trouve(base: Base, nom: str) -> None:
    vue = base.vue(nom)
    cibles = [nom for nom in vue.question.cibles if vue.tables[nom].politique == "toutes"]
    trouvees = 0
    for rang, dossier in enumerate(tires(vue, 60)):
        cible = cibles[rang % len(cibles)]
        trouvees += memes_propositions(vue, dossier, 2, partial(JugeDUneCible, vue, cible))
    assert trouvees
