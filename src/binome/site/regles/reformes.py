"""What the page of the proposed reforms shows: the switches, the profile, the two answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.regles.courante import base_courante, variantes_melees
from binome.site.regles.essai import essayer, exemples, profils, propositions, publies
from binome.site.regles.faits_dits import adresse_de_la_reponse, dire_faits
from binome.site.simulateur.parcours import lire

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.regles.faits import Dossier

VOUS: Final = "vous"
"""The profile that stands for the facts of the address."""


def _choisies(requete: QueryDict, erreurs: list[str]) -> list[str]:
    choisies = list[str]()
    for nom in dict.fromkeys(requete.getlist("reforme")):
        if variantes_melees([*choisies, nom]):
            titre = propositions()[nom].titre
            erreurs.append(
                f"Vous avez déjà coché une variante de « {titre} ». Gardez l’une ou l’autre."
            )
        elif nom in propositions():
            choisies.append(nom)
        elif nom.strip():
            erreurs.append(f"Nous ne connaissons pas la proposition « {nom[:40]} ».")
    return choisies


def _faits(requete: QueryDict, erreurs: list[str]) -> tuple[Dossier, list[tuple[str, str]]]:
    """The facts of the address, and the hidden fields that keep them."""
    parcours = lire(base_courante(), requete)
    libelles = base_courante().faits
    erreurs += [
        f"Nous ne pouvons pas lire « {libelles[nom].libelle} » : {raison}"
        for nom, raison in parcours.refus.items()
    ]
    return parcours.dossier, [(nom, un) for nom, dits in parcours.reponses.items() for un in dits]


def contexte_des_reformes(requete: QueryDict, jour: date) -> dict[str, Any]:
    """The context of the page; what cannot be read is said, and left for the default."""
    base, erreurs = base_courante(), list[str]()
    choisies = _choisies(requete, erreurs)
    dossier, caches = _faits(requete, erreurs)
    connus = profils(jour)
    code = requete.get("profil", "").strip() or (VOUS if caches else next(iter(connus)))
    if code not in connus and not (code == VOUS and caches):
        erreurs.append(f"Nous ne connaissons pas le profil « {code[:40]} ».")
        code = VOUS if caches else next(iter(connus))
    profil = connus.get(code)
    if profil is not None:
        dossier = base.lire(profil.objet)
    adresse = reverse("reformes")
    return {
        "rayon": "reformes",
        "erreurs": erreurs,
        "propositions": [(une, une.id in choisies) for une in propositions().values()],
        "choisies": [propositions()[nom] for nom in choisies],
        "exemples": exemples(jour),
        "series": publies(),
        "profil": profil,
        "code": code,
        "caches": caches,
        "faits": dire_faits(base, dossier),
        "essai": essayer(dossier, choisies, tiers=profil is not None),
        "complete": adresse_de_la_reponse(base, dossier),
        "trop_tot": [
            propositions()[nom]
            for nom in choisies
            if isinstance(entree := dossier["date_entree"], date)
            and entree < propositions()[nom].du
        ],
        "essais": [
            {
                "texte": f"{une.titre}, sur : {exemple.nom[:1].lower()}{exemple.nom[1:]}",
                "citations": une.citations,
                "adresse": f"{adresse}?profil={exemple.code}&reforme={une.id}",
            }
            for une, exemple in zip(
                (une for une in propositions().values() if not une.variante_de),
                exemples(jour),
                strict=True,
            )
        ],
    }
