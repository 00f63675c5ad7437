"""Eight people who read and write without a pause, and note what each page held."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable

PATIENCE: Final = 15.0
"""Seconds that a visitor waits for a page."""
COMPTE: Final = re.compile(r'<a href="/compte/organisations/">([^<·]*)')
"""The name at the head of the page: whose it is."""
MARQUE: Final = re.compile(r"Secret([A-Z])")
"""What only the people of one organisation may read."""
VERSION: Final = re.compile(r'name="version" value="(\d+)"')
JETON: Final = "j" * 32


@dataclass(frozen=True)
class Reponse:
    """A page that came: its status (0 when none came), its text, where it leads, and when it was asked."""

    statut: int
    texte: str
    vers: str
    demandee: float
    recue: float


@dataclass
class Visiteur:
    """One account. What it wrote is known by numbers: acknowledged, refused, or left without an answer."""

    nom: str
    marque: str
    cle: str
    reference: str
    ecrit: bool
    port: int
    reponses: list[tuple[str, int, float, float]] = field(default_factory=list)
    etrangeres: list[str] = field(default_factory=list)
    acquis: set[str] = field(default_factory=set)
    refuses: set[str] = field(default_factory=set)
    _prise: http.client.HTTPConnection | None = None

    def demander(self, methode: str, chemin: str, champs: dict[str, Any] | None = None) -> Reponse:
        """One request; a page that is not of this account is noted."""
        corps = None if champs is None else urlencode({**champs, "csrfmiddlewaretoken": JETON})
        entetes = {"Cookie": f"sessionid={self.cle}; csrftoken={JETON}"}
        if corps is not None:
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        debut = time.monotonic()
        try:
            if self._prise is None:
                self._prise = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self._prise.request(methode, chemin, corps, entetes)
            recue = self._prise.getresponse()
            texte = recue.read().decode()
            statut, vers = recue.status, recue.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            if self._prise is not None:
                self._prise.close()
            self._prise, statut, texte, vers = None, 0, "", ""
        reponse = Reponse(statut, texte, vers, debut, time.monotonic())
        self.reponses.append((f"{methode} {chemin}", statut, debut, reponse.recue))
        self._regarder(chemin, reponse)
        return reponse

    def _regarder(self, chemin: str, reponse: Reponse) -> None:
        qui = {un.strip() for un in COMPTE.findall(reponse.texte)}
        marques = set(MARQUE.findall(reponse.texte))
        if not qui <= {self.nom} or not marques <= {self.marque}:
            self.etrangeres.append(f"{self.nom} a lu {qui} et {marques} à {chemin}")
        if reponse.statut == 200 and chemin.startswith("/espace/") and not qui:
            self.etrangeres.append(f"{self.nom} a lu une page de personne à {chemin}")

    def _noter(self, ecriture: str, reponse: Reponse) -> None:
        if reponse.statut == 302:
            self.acquis.add(ecriture)
        elif reponse.statut:
            self.refuses.add(ecriture)

    def _ouvrir(self, rang: int) -> str:
        """A dossier opened by the form; where it is typed, empty when it could not be."""
        ecriture = f"Secret{self.marque}n{rang}"
        champs = {"prenom": "Essai", "nom": ecriture, "naissance": "1984-05-03"}
        reponse = self.demander("POST", "/espace/dossiers/nouveau/", champs)
        self._noter(ecriture, reponse)
        return reponse.vers

    def _completer(self, chemin: str, rang: int) -> None:
        """The same dossier, saved again from the version that its page shows."""
        page = self.demander("GET", chemin)
        trouvee = VERSION.search(page.texte)
        if trouvee is None:
            return
        ecriture = f"session{self.marque}s{rang}"
        champs = {"version": trouvee[1], "session": ecriture}
        self._noter(ecriture, self.demander("POST", chemin, champs))

    def rates_depuis(self, instant: float) -> list[float]:
        """When pages asked for since then failed to come, or came as a refusal of the machine."""
        return [
            recue
            for _, statut, demandee, recue in self.reponses
            if demandee > instant and (statut == 0 or statut >= 400)
        ]

    def vivre(self, fin: Event) -> None:
        """Reads and writes until told to stop."""
        rang = 0
        while not fin.is_set():
            rang += 1
            self.demander("GET", "/espace/")
            self.demander("GET", "/espace/dossiers/")
            self.demander("GET", f"/espace/dossiers/{self.reference}/")
            self.demander("GET", "/compte/organisations/")
            if self.ecrit and (chemin := self._ouvrir(rang)):
                self._completer(chemin, rang)
            if self.reponses[-1][1] == 0:
                time.sleep(0.1)
        if self._prise is not None:
            self._prise.close()


class Foule:
    """Visitors, each in a thread of its own."""

    def __init__(self, visiteurs: Iterable[Visiteur]) -> None:
        self.visiteurs = list(visiteurs)
        self._fin = Event()
        self._fils = [Thread(target=un.vivre, args=(self._fin,)) for un in self.visiteurs]

    def __enter__(self) -> Self:
        """All begin."""
        for fil in self._fils:
            fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        """All end the request that they are at."""
        self._fin.set()
        for fil in self._fils:
            fil.join(8 * PATIENCE)

    def tous_servis_depuis(self, instant: float) -> bool:
        """Whether each has had, since then, a whole round of pages, the last three of which came."""
        derniers = [
            [statut for _, statut, demandee, _ in un.reponses[-3:] if demandee > instant]
            for un in self.visiteurs
        ]
        return all(len(un) == 3 and max(un) < 400 and min(un) > 0 for un in derniers)
