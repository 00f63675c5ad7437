"""What the room keeps of people: the sealed letters that follow, which go with their dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers import rayons
from binome.lettres.models import LettreDeSuite
from binome.socle.sort_des_champs import CODE, EMPREINTE

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.etagere.rayon import Rayon
    from binome.socle.sort_des_champs import Champs

CHAMPS: Final[Champs] = {
    "lettres.LettreDeSuite": {"genre": CODE, "sceau": CODE, "sceau_empreinte": EMPREINTE},
}


def fichiers(personne: Personne) -> list[tuple[Rayon, str, str]]:
    """The shelf, the stored name, and the name in the archive, of the letters of a person's dossiers."""
    lettres = LettreDeSuite.objects.filter(dossier__candidat=personne).exclude(sceau="")
    return [
        (rayons.LETTRES, une.sceau, f"{une.dossier.reference}/{une.genre}-{une.pk}.pdf")
        for une in lettres.select_related("dossier").order_by("pk")
    ]
