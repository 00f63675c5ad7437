"""The mutants of the rules that change nothing, each with the reason why."""

from __future__ import annotations

from typing import Final

_SAGE_FEMME: Final = "exercice.sage-femme : diplomes contient [sage_femme] +"
EQUIVALENTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "`voie.deja-certifie`, just above and always in force, has already answered yes to whoever "
        "holds the CQP: `voie.fae` is then not even read.",
        (
            "voie.fae : diplomes contient [ide, aide_soignant, auxiliaire_puericulture] "
            "+ cqp_assistant_medical",
        ),
    ),
    (
        "A rule that the sources leave `a_confirmer` is never true: what it would give is never "
        "given. It is written for the day when the branch answers.",
        (
            *(f"voie.a-examiner : cqp → {voie}" for voie in ("deja_certifie", "fae", "refus")),
            "voie.entre-deux : refus → deja_certifie",
            *(f"voie.apres-2030 : refus → {voie}" for voie in ("cqp", "deja_certifie", "fae")),
            *(
                f"{regle} : {quoi} non trouvé → 0 h"
                for regle in (
                    "dispense.279.inconnue",
                    "dispense.384.a-confirmer",
                    "dispense.40913.a-confirmer",
                    "blocs.384",
                    "blocs.279",
                    "blocs.40913",
                )
                for quoi in ("formation", "evaluations")
            ),
        ),
    ),
    (
        "No entry condition is in force after 2030: there, `voie.cqp` is never true, and which of the "
        "two is read first changes nothing.",
        ("table voie : voie.apres-2030 ↔ voie.cqp",),
    ),
    (
        "On any day these tables have one row in force at most: below an unknown, there is nothing to "
        "pass over.",
        tuple(
            f"table {nom} : passe → bloque"
            for nom in ("dispenses-279", "dispenses-a-confirmer", "blocs-valides")
        ),
    ),
    (
        "Where the route is the FAE, the diplomas are known: no row is ever unknown, but without a "
        "date, and then they all are.",
        ("table heures-fae : bloque → passe",),
    ),
    (
        "Another branch of the `ou` already answers yes for every contrat de professionnalisation.",
        ("entree.employeur : contrat parmi [cdi, cdd, cui_cdi] + contrat_professionnalisation",),
    ),
    (
        "A post has one physician at least (`faits.yaml` refuses zero), and the branches above already "
        "answer yes for one: at most is exactly.",
        (
            "eligibilite.assistant-partage : medecins au_plus 1 → medecins est 1",
            "eligibilite.assistant-partage : medecins au_plus 2 → medecins est 2",
        ),
    ),
    (
        "Neither the CQP nor a State diploma goes with a level of 2 or below (`faits.yaml` refuses the "
        "dossier): the rule is then false on those routes, or unknown as it already is.",
        tuple(
            f"alerte.trois-ans-ou-niveau-3 : voie parmi [cqp] + {voie}"
            for voie in ("deja_certifie", "fae")
        ),
    ),
    (
        "The level of an AFGSU is 0, 1 or 2 (`faits.yaml` refuses anything else): to be at least 2 "
        "is to be 2.",
        tuple(
            f"{regle} : afgsu_niveau est 2 → afgsu_niveau au_moins 2"
            for regle in ("acquis.afgsu", "alerte.afgsu-2")
        ),
    ),
    (
        "The other branch refuses whoever holds one of the three diplomas of the arrêté, so that "
        "adding one of them to the first branch lets nobody in.",
        tuple(
            f"{_SAGE_FEMME} {code}" for code in ("ide", "aide_soignant", "auxiliaire_puericulture")
        ),
    ),
    (
        "In that window no référentiel is in force and `voie.hors-fenetre` comes before `voie.cqp`: "
        "the route is never the CQP.",
        ("alerte.fae-heures-sans-referentiel : voie parmi [fae] + cqp",),
    ),
    (
        "One of the two dental rows above, in force on the same days, has already answered yes to "
        "whoever holds a dental title: this row is then without object. It answers nothing either "
        "way while the route or the date is unknown.",
        tuple(
            f"dispense.384.secretaire : diplomes contient [secretaire_medical] + {code}"
            for code in ("assistant_dentaire", "aide_dentaire")
        ),
    ),
    (
        "A secretary's title, or thirty-six months in the post, opens the CQP throughout the rule's "
        "window: the other branches are false wherever the route is `refus`.",
        tuple(
            f"alerte.{nom} : voie parmi [cqp] + refus"
            for nom in ("cumul-dispenses", "trois-ans-ou-niveau-3")
        ),
    ),
    (
        "A contract has no year before the first (`faits.yaml` refuses it), and the row of the first "
        "year comes before those of the second: there, at most is exactly.",
        (
            "colonne.an1 : annee est 1 → annee au_plus 1",
            "colonne.collectif-an2 : annee est 2 → annee au_plus 2",
            "colonne.an2 : annee est 2 → annee au_plus 2",
            "versement.avenant-7-an1 : annee est 1 → annee au_plus 1",
            "delai-versement.an1 : annee est 1 → annee au_plus 1",
            "delai-versement.an2 : annee est 2 → annee au_plus 2",
            "delai-versement.avenant-7 : annee est 1 → annee au_plus 1",
        ),
    ),
    (
        "`versement.entier`, just above, has already answered for the first two years, or does not know.",
        (
            "versement.moities : et sans « annee au_moins 3 »",
            "versement.moities : annee au_moins 3 → annee au_moins 2",
        ),
    ),
    (
        "The aid of a year is a whole number of euros: seven tenths or half of it leave nothing to round.",
        tuple(
            f"montant versement_1_cents :  arrondi au_plus_proche → {autre}"
            for autre in ("inferieur", "superieur")
        ),
    ),
    (
        "Whoever holds the CQP is already certified, which the route says: the same guard looks at it beside.",
        (
            "table echeance-entree : diplomes contient [attestation_fae] + cqp_assistant_medical",
            "table echeance-entree : diplomes contient [ide, aide_soignant, auxiliaire_puericulture] "
            "+ cqp_assistant_medical",
            "table echeance-fae : diplomes contient [attestation_fae] + cqp_assistant_medical",
            "table echeance-fae-contrat : diplomes contient [attestation_fae] + cqp_assistant_medical",
        ),
    ),
    (
        "The rows above have already answered yes for every other band of that option.",
        (
            "objectif.demi-p90 : et sans « bande_activite est p90_p95 »",
            "objectif.un-p95 : et sans « bande_activite est p95 »",
            "objectif.un-p50 : bande_activite parmi [p50_p70, p70_p90] + p30_p50",
        ),
    ),
    (
        "A collective contract never reaches these two cells: its rows of `colonne-aide` come before "
        "those that look at the band. They are written to say that nobody gives them.",
        (
            "bareme.collectif : an3_p90 None → 0",
            "bareme.collectif : an3_p90 None → celle de an3, 22 000 €",
            "bareme.collectif : p95 None → 0",
        ),
    ),
    (
        "Whole euros times hundredths of a full time make a whole number of cents: nothing is left to "
        "round.",
        tuple(
            f"montant aide_max_cents : cas/collectif_2026 arrondi au_plus_proche → {autre}"
            for autre in ("inferieur", "superieur")
        ),
    ),
    (
        "Whoever is 25 is already in the first branch, and the rows for the under 21 stand above "
        "those of the 21 to 25.",
        (
            "contrat-pro.public : age au_moins 26 → age au_moins 25",
            *(
                f"salaire-pro.21-25.{rang} : age entre [21, 25] → age entre [20, 25]"
                for rang in ("haut", "bas")
            ),
        ),
    ),
    (
        "A row that the sources leave `a_confirmer` is never true: its share is never read. It says "
        "what the answer will be once the employer has told the kind of baccalauréat.",
        tuple(
            f"salaire-pro.{age}.bac : part {part} → {autre}"
            for age, part in (("moins-21", 65), ("21-25", 80))
            for autre in (part + 1, part - 1)
        ),
    ),
    (
        "Rows of different ages or levels exclude one another: which of them is read first changes "
        "nothing.",
        tuple(
            f"table salaire-minimum-professionnalisation : salaire-pro.{un} ↔ salaire-pro.{autre}"
            for un, autre in (
                ("moins-21.haut", "moins-21.bas"),
                ("moins-21.bac", "21-25.haut"),
                ("21-25.haut", "21-25.bas"),
            )
        ),
    ),
    (
        "Twelve euros an hour are twenty cents a minute: nothing is left to round.",
        tuple(
            f"montant pdc_salaire_cents :  arrondi au_plus_proche → {autre}"
            for autre in ("inferieur", "superieur")
        ),
    ),
    (
        "No source gives these cells: the amount is unknown, however it would be worked out.",
        tuple(
            f"montant {montant} : {change}"
            for montant in (
                "pro_a_pedagogie_cents",
                "pro_a_salaire_cents",
                "periode_reconversion_salaire_cents",
            )
            for change in (
                " arrondi au_plus_proche → inferieur",
                " arrondi au_plus_proche → superieur",
                "quotient/1 60 → 61",
                "quotient/1 60 → 59",
            )
        ),
    ),
)
"""Why survivors change nothing: each reason, with the mutants it covers."""
