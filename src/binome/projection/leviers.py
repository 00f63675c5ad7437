"""The seventeen recommendations as levers, and the regime that the rules of a day make of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.flux import Regime
from binome.projection.loi import UNE_HEURE, delai_passe, duree_passee, loi, reformes_de_la_base
from binome.projection.mois import fin, premier_a_venir, rang
from binome.projection.parametres import (
    effet_des_recommandations,
    observations,
    parametres,
    recommandations,
)
from binome.projection.tirages import tirer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.projection.demande import DemandeDeProjection
    from binome.projection.loi import LoiDuJour
    from binome.projection.tirages import Nombres

NON_CHIFFRABLE: Final = "non_chiffrable"


@dataclass(frozen=True, slots=True)
class Leviers:
    """What the reforms of a question move, all together; `depuis` is the first month that they touch."""

    depuis: int
    signatures: float
    autres: Mapping[str, Nombres]
    dispensees: float | None
    argent_libre: bool


def leviers(demande: DemandeDeProjection) -> Leviers:
    """The levers of a question. What the rules carry out themselves (9, 11) is not here but in the law."""
    depuis = max(premier_a_venir(demande.au), rang(effet_des_recommandations()))
    signatures, dispensees, libre = 1.0, None, False
    tires: dict[str, Nombres] = {}
    for nom in demande.reformes:
        # A variant that only the rules write moves what they move; that of 8 opens the same door.
        une = recommandations().get(nom.removesuffix("-salaries"))
        for quoi, (bas, haut) in ({} if une is None else une.levier).items():
            if quoi == "signatures":
                signatures *= bas
            elif quoi == "part_dispensees":
                dispensees = bas
            elif quoi == "argent_libre":
                libre = True
            else:
                tires[quoi] = tirer(("uniforme", bas, haut), f"{nom}.{quoi}")
    return Leviers(depuis, signatures, tires, dispensees, libre)


def regime(
    demande: DemandeDeProjection, mois: int, tires: Mapping[str, Nombres], leves: Leviers
) -> Regime:
    """What holds month by month: the past under its own rules, what comes under those of `au` and its reforms."""
    venir, posees = premier_a_venir(demande.au), demande.posees
    avant, _ = loi(demande.au)
    apres, _ = loi(demande.au, reformes_de_la_base(demande.reformes))
    durees, delais, organismes = [], [], []
    for numero in range(mois):
        jour = min(fin(numero), demande.au)
        du_mois = apres if numero >= leves.depuis else avant
        passe = numero < venir
        delais.append(delai_passe(jour) if passe else du_mois.delai_entree_mois)
        durees.append(duree_passee(jour) if passe else du_mois.duree_cqp_mois)
        organismes.append(parametres()["organismes"].le(jour))
        if not passe and "organismes" in posees:
            organismes[-1] = posees["organismes"]
    argent = posees.get("argent_annuel_euros", 0.0 if "reserve_euros" in posees else None)
    autres = dict(leves.autres)
    if avant.niveau_3_entre or not apres.niveau_3_entre:
        # The door is opened by the rules, and the figure only says how many it may let in.
        autres.pop("entrants", None)
    neutre = np.zeros(len(tires["part_fae"]))
    dispensees = tires["part_dispensees"]
    return Regime(
        delais=delais,
        durees=durees,
        organismes=organismes,
        ouvert=rang(observations().premieres_entrees),
        a_venir=venir,
        prix=(
            _prix(avant, demande, tires, dispensees),
            _prix(
                apres,
                demande,
                tires,
                dispensees if leves.dispensees is None else leves.dispensees + neutre,
            ),
        ),
        argent_annuel=None if leves.argent_libre else argent,
        reserve=posees.get("reserve_euros", 0.0),
        depuis=leves.depuis,
        entrants=1 + autres.get("entrants", neutre),
        part_de_plus=autres.get("part_qui_entre", neutre),
        rotation=autres.get("rotation_annuelle", neutre + 1),
        places=autres.get("places", neutre + 1),
        fae_de_plus=autres.get("part_fae", neutre),
    )


def _prix(
    du_jour: LoiDuJour,
    demande: DemandeDeProjection,
    tires: Mapping[str, Nombres],
    dispensees: Nombres,
) -> tuple[Nombres, Nombres]:
    """Euros of a CQP, exemptions taken off, and of a FAE, both with what goes beside the hours."""
    heure = (du_jour.pedagogie_cents + du_jour.salaire_cents) / 100
    annexes = parametres()["frais_annexes_euros"].le(demande.au)
    anciennes = tires["part_avec_anciennete"]
    dispense = (1 - anciennes) * (du_jour.minutes_cqp - du_jour.minutes_secretaire)
    dispense += anciennes * (du_jour.minutes_cqp - du_jour.minutes_secretaire_ancienne)
    minutes = du_jour.minutes_cqp - tires["part_secretaires"] * dispensees * dispense
    fae = np.full(len(dispense), du_jour.minutes_fae / UNE_HEURE * heure + annexes)
    return minutes / UNE_HEURE * heure + annexes, fae
