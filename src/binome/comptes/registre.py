"""What accounts keep of people: what becomes of each field, and what a person takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.comptes.models import Appartenance
from binome.socle.sort_des_champs import CODE, COMPTE, DOSSIER, EMPREINTE, MORALE, Declaration, Sort

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "comptes.Personne": {"password": COMPTE, "courriel": COMPTE, "prenom": COMPTE, "nom": COMPTE},
    "comptes.AdresseQuittee": {"courriel": COMPTE},
    "comptes.Organisation": {"genre": CODE, "nom": MORALE, "identifiant": MORALE, "certification": CODE, "contact": MORALE},
    "comptes.Appartenance": {"role": CODE},
    "comptes.Invitation": {"courriel": DOSSIER, "role": CODE, "dossier": CODE, "attache": CODE, "jeton": EMPREINTE},
    "comptes.Regard": {
        "motif": Declaration(Sort.COMPTE, "Le motif du soutien, au sujet de la personne regardée."),
    },
    "comptes.Identite": {"emetteur": CODE, "sub": COMPTE},
    "comptes.Compteur": {
        "cle": EMPREINTE, "valeur": Declaration(Sort.SEUL, "Passé son heure, la ligne est effacée."),
    },
    "comptes.DemandeDeMotDePasse": {"courriel": Declaration(Sort.SEUL, "La ligne part dès que l’on a répondu.")},
}  # fmt: skip


def exporter(personne: Personne) -> dict[str, Any]:
    """The person's account, and every role that they hold or held."""
    roles = Appartenance.objects.filter(personne=personne).select_related("organisation")
    return {
        "compte": {
            "prenom": personne.prenom,
            "nom": personne.nom,
            "courriel": personne.courriel,
            "ouvert_le": personne.creee_le,
            "adresses_d_avant": [un.courriel for un in personne.adresses_quittees.all()],
        },
        "roles": [
            {
                "organisation": un.organisation.nom,
                "role": un.get_role_display(),
                "depuis": un.ouverte_le,
                "jusqu_a": un.close_le,
            }
            for un in roles.order_by("pk")
        ],
    }
