"""Every dataset: what it holds, in two sentences, and its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from binome.donnees_ouvertes import des_lieux, des_regles
from binome.donnees_ouvertes.colonnes import ColonneOuverte, JeuDeDonnees
from binome.formations.modeles import Modalite, StatutHabilitation
from binome.regles.ecarts import Certitude
from binome.regles.referentiels import FORMES
from binome.regles.regle import Statut
from binome.regles.sources import Fiabilite
from binome.regles.taches import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

C = ColonneOuverte
CITATIONS: Final = C(
    "sources", "Ce qui le dit : source et passage, séparés par des points-virgules.", requise=False
)
REFERENTIEL: Final = C("referentiel", "Le référentiel.", renvoi=("referentiels", "id"))
NIVEAU: Final = C(
    "niveau", "La sorte de territoire.", choix=("france", "region", "departement", "zone")
)
TERRITOIRE: Final = C(
    "territoire", "Le code officiel du territoire, ou le nom d’une zone sans code."
)
STATUT: Final = C(
    "statut", "A : donné par la source. S : secret, la valeur est vide.", choix=("A", "S")
)

_JEUX: Final = (
    JeuDeDonnees(
        "regles",
        "Les règles",
        "Chaque règle du dispositif, sa fenêtre de dates, son statut et ses sources. Les règles que des réformes proposent y sont aussi, et le disent.",
        ("règles", "assistant médical", "CQP"),
        (
            C("certification", "La certification dont c’est une règle."),
            C("id", "L’identifiant de la règle."),
            C("reforme", "La réforme qui la propose ; vide pour une règle qui existe.", requise=False),
            C("question", "La question à laquelle elle répond."),
            C("table", "La table où elle est rangée."),
            C("titre", "Son titre."),
            C("dit", "La règle dite en une phrase.", requise=False),
            C("mot_a_mot", "La règle, condition par condition."),
            C("statut", "Ce qu’elle vaut.", choix=get_args(Statut)),
            C("du", "Le premier jour où elle vaut ; vide sans borne.", "date", requise=False),
            C("au", "Le dernier jour où elle vaut ; vide sans borne.", "date", requise=False),
            CITATIONS,
        ),
        ("certification", "id"),
        des_regles.regles,
    ),
    JeuDeDonnees(
        "sources",
        "Les sources",
        "Chaque document que Binôme cite, sa date, et la confiance qu’il mérite. Les passages cités sont dans un autre fichier.",
        ("sources", "textes", "conventions"),
        (
            C("id", "L’identifiant de la source."),
            C("court", "Son nom court."),
            C("titre", "Son titre."),
            C("editeur", "Qui la publie."),
            C("date", "Sa date, comme elle est connue.", requise=False),
            C("lien", "Où l’ouvrir.", requise=False),
            C("consulte_le", "Le jour où nous l’avons lue.", "date"),
            C("fiabilite", "La confiance qu’elle mérite.", choix=get_args(Fiabilite)),
        ),
        ("id",),
        des_regles.sources,
    ),
    JeuDeDonnees(
        "passages",
        "Les passages cités",
        "Chaque passage qu’une règle peut citer, résumé avec nos mots. Le document fait foi.",
        ("sources", "passages"),
        (
            C("source", "La source.", renvoi=("sources", "id")),
            C("passage", "L’endroit du document."),
            C("resume", "Ce qu’il dit, avec nos mots."),
        ),
        ("source", "passage"),
        des_regles.passages,
    ),
    JeuDeDonnees(
        "ecarts",
        "Les écarts entre les sources",
        "Chaque point où les sources divergent, se taisent ou se trompent, avec toutes les lectures. La dernière colonne dit ce que Binôme en fait.",
        ("écarts", "contradictions", "sources"),
        (
            C("ecart", "L’identifiant de l’écart."),
            C("rang", "Le numéro de la lecture.", "integer"),
            C("sujet", "Ce dont il s’agit."),
            C("certitude", "Ce qui ne va pas.", choix=get_args(Certitude)),
            C("lecture", "Une des valeurs lues.", requise=False),
            CITATIONS,
            C("traitement", "Ce que Binôme en fait."),
        ),
        ("ecart", "rang"),
        des_regles.lectures_des_ecarts,
    ),
    JeuDeDonnees(
        "taches",
        "Les tâches",
        "Chaque geste d’un assistant médical ou d’une assistante médicale : permis, interdit, disputé, ou absent des textes. Chacun avec sa condition et ses sources.",
        ("métier", "tâches", "missions"),
        (
            C("code", "Le code de la tâche."),
            C("tache", "La tâche."),
            C("geste", "Un geste de cette tâche."),
            C("verdict", "La réponse.", choix=get_args(Verdict)),
            C("condition", "Ce qu’il faut pour cela.", requise=False),
            CITATIONS,
        ),
        ("code", "geste"),
        des_regles.gestes_des_taches,
    ),
    JeuDeDonnees(
        "referentiels",
        "Les référentiels",
        "Chaque version de la certification, ses dates et ses durées, en minutes. Une durée vide n’est donnée par aucune source.",
        ("référentiels", "RNCP", "formation"),
        (
            C("certification", "La certification."),
            C("id", "L’identifiant du référentiel."),
            C("titre", "Son titre."),
            C("rncp", "Son numéro au répertoire national."),
            C("du", "Le premier jour où il vaut.", "date"),
            C("au", "Le dernier jour où il vaut.", "date"),
            C("minutes_formation", "La formation, en minutes.", "integer"),
            C("minutes_pratique", "La pratique, en minutes.", "integer", requise=False),
            C("minutes_evaluations", "Les évaluations, en minutes.", "integer", requise=False),
            C("minutes_total", "Le tout, en minutes.", "integer", requise=False),
            CITATIONS,
        ),
        ("id",),
        des_regles.referentiels,
    ),
    JeuDeDonnees(
        "modules",
        "Les modules",
        "Chaque module de chaque référentiel, son bloc et sa durée en minutes. Une durée vide n’est donnée par aucune source.",
        ("référentiels", "modules", "formation"),
        (
            REFERENTIEL,
            C("bloc", "Le numéro du bloc.", "integer"),
            C("bloc_intitule", "Le nom du bloc."),
            C("code", "Le code du module."),
            C("intitule", "Le nom du module."),
            C("minutes", "Sa durée, en minutes.", "integer", requise=False),
        ),
        ("referentiel", "code"),
        des_regles.modules,
    ),
    JeuDeDonnees(
        "epreuves",
        "Les épreuves",
        "Chaque épreuve de chaque référentiel, son bloc et sa durée en minutes. Un référentiel dont aucune source ne liste les épreuves n’y est pas.",
        ("référentiels", "épreuves", "certification"),
        (
            REFERENTIEL,
            C("bloc", "Le numéro du bloc.", "integer"),
            C("code", "Le code de l’épreuve."),
            C("intitule", "Le nom de l’épreuve."),
            C("minutes", "Sa durée, en minutes.", "integer"),
            C("forme", "Comment elle se passe ; vide si aucune source ne le dit.", requise=False, choix=FORMES),
        ),
        ("referentiel", "code"),
        des_regles.epreuves,
    ),
    JeuDeDonnees(
        "organismes",
        "Les organismes de formation",
        "Chaque organisme que nos sources nomment, et comment nous savons qu’il prépare à la certification. Il en existe d’autres : la liste complète est à la branche.",
        ("organismes", "formation"),
        (
            C("id", "L’identifiant de l’organisme."),
            C("nom", "Son nom."),
            C("nom_complet", "Son nom en entier, quand il en a un autre.", requise=False),
            C("habilitation", "Comment nous le savons.", choix=get_args(StatutHabilitation)),
            C("habilitation_dite", "La même chose, en une phrase."),
            C("referentiels", "Les référentiels qu’il prépare, séparés par des points-virgules.", requise=False),
            C("modalite", "Comment il forme.", choix=get_args(Modalite)),
            CITATIONS,
        ),
        ("id",),
        des_lieux.les_organismes,
    ),
    JeuDeDonnees(
        "sites",
        "Les lieux de formation",
        "Chaque lieu qu’une source nomme pour un organisme. Une ville ou un département vide n’est donné par aucune source.",
        ("organismes", "lieux", "territoires"),
        (
            C("organisme", "L’organisme.", renvoi=("organismes", "id")),
            C("rang", "Le numéro du lieu.", "integer"),
            C("ville", "La ville.", requise=False),
            C("departement", "Le code du département.", requise=False),
            C("region", "Le code de la région."),
            C("reserve", "Ce qui n’est pas sûr.", requise=False),
            CITATIONS,
        ),
        ("organisme", "rang"),
        des_lieux.les_sites,
    ),
    JeuDeDonnees(
        "series",
        "Les chiffres publiés",
        "Chaque chiffre publié sur le dispositif, sa date, son territoire et sa source. Ce que nous en avons déduit n’y est pas.",
        ("statistiques", "contrats", "formation"),
        (
            C("serie", "Ce qui est compté."),
            C("date", "Le jour du chiffre.", "date"),
            NIVEAU,
            TERRITOIRE,
            C("valeur", "Le chiffre.", "number", requise=False),
            STATUT,
            C("unite", "Son unité."),
            C("source", "Qui l’a publié, et où."),
            C("fiabilite", "A : texte ou organisme public. B : rapport, syndicat ou presse qui cite un document. C : le reste.", choix=("A", "A/B", "B", "C")),
            C("conteste", "Vrai si une autre source dit autre chose.", "boolean"),
            C("note", "Ce qu’il faut savoir du chiffre.", requise=False),
        ),
        ("serie", "date", "niveau", "territoire"),
        des_lieux.les_series,
    ),
    JeuDeDonnees(
        "contrats",
        "Les contrats par territoire",
        "Les contrats d’aide que l’État compte, par département, par région et pour la France. Ce sont des contrats, pas des personnes.",
        ("contrats", "territoires", "statistiques"),
        (
            C("date", "Le jour du compte.", "date"),
            NIVEAU,
            TERRITOIRE,
            C("valeur", "Le nombre de contrats.", "integer", requise=False),
            STATUT,
        ),
        ("date", "niveau", "territoire"),
        des_lieux.les_contrats,
        cube=("date", "niveau", "territoire"),
    ),
)  # fmt: skip

JEUX: Final[Mapping[str, JeuDeDonnees]] = {un.nom: un for un in _JEUX}
"""By name, in the order in which the page shows them."""
