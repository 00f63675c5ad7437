"""The sheet on paper: printed, signed, scanned back, read by its square, and confirmed line by line."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from binome.depot import codes
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.presences import papier
from binome.presences.etats import EtatDeFeuille, LectureDeFeuille
from binome.presences.models import FeuilleScannee, Signature
from binome.presences.papier import (
    CodeLu,
    FeuilleRefusee,
    code_de_la_feuille,
    code_du_creneau,
    code_saisi,
    version_de,
)
from binome.presences.papier_flux import RAYON
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, poser

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.comptes.models import Personne


def client_de(qui: Personne) -> Client:
    client = Client()
    client.force_login(qui)
    return client


def base(creneau: Creneau) -> str:
    return f"/espace/creneaux/{creneau.uid}/"


def imprimee(suivi: Suivi, creneau: Creneau | None = None) -> bytes:
    reponse = client_de(suivi.monde.bob).get(f"{base(creneau or suivi.creneau)}feuille.pdf")
    assert reponse.headers["Content-Type"] == "application/pdf"
    return reponse.content


def photo(pdf: bytes, *, penche: float = 0, largeur: int = 1400, sans_carre: bool = False) -> bytes:
    """The sheet as a telephone takes it: a little askew, on a table, compressed."""
    vue = pypdfium2.PdfDocument(pdf)[0].render(scale=2.2).to_pil().convert("RGB")
    if sans_carre:
        vue.paste((255, 255, 255), (vue.width // 2, 0, vue.width, vue.height // 2))
    table = Image.new("RGB", (vue.width + 300, vue.height + 300), (120, 96, 70))
    table.paste(vue, (150, 150))
    table = table.rotate(penche, fillcolor=(120, 96, 70), resample=Image.Resampling.BILINEAR)
    table.thumbnail((largeur, largeur * 2))
    tampon = BytesIO()
    table.save(tampon, "JPEG", quality=70)
    return tampon.getvalue()


def envoyer(
    suivi: Suivi, contenu: bytes, *, code: str = "", nom: str = "feuille.jpg", qui: Personne | None = None
) -> HttpResponse:  # fmt: skip
    fichier = SimpleUploadedFile(nom, contenu)
    return client_de(qui or suivi.monde.bob).post(
        f"{base(suivi.creneau)}papier/", {"feuille": fichier, "code": code}
    )  # type: ignore[return-value] # what the client adds to it is not read


def dit(reponse: HttpResponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def code_de(suivi: Suivi) -> str:
    return code_de_la_feuille(suivi.creneau, version_de(attendus(suivi.creneau)))


def test_la_feuille_nomme_chacun_et_porte_le_code_du_creneau(suivi: Suivi) -> None:
    pdf = imprimee(suivi)
    texte = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Léa Exemple" in texte
    assert code_de(suivi) in texte.replace("\u2011", "-")
    assert "Signature" in texte
    assert b"pdfuaid" in pdf


def test_la_feuille_d_une_epreuve_porte_son_nom(suivi: Suivi) -> None:
    """No path holds an épreuve as a module: its name is that of its référentiel, not its code."""
    epreuve = poser(suivi.creneau.session, suivi.monde, bloc=4, module="B4E4")
    adresse = f"{base(epreuve)}papier/"
    page = client_de(suivi.monde.bob).get(adresse).content.decode()
    nom = "Produits et matériel, stockage et règles (écrit)"
    assert f"<h1>Feuille de papier\u202f: {nom}</h1>" in page
    texte = pypdfium2.PdfDocument(imprimee(suivi, epreuve))[0].get_textpage().get_text_range()
    assert "Produits et matériel" in texte
    assert "B4E4" not in texte


@pytest.mark.parametrize("penche", [0, 4, -7, 90, 180])
def test_le_carre_se_relit_sur_une_photo_de_travers(suivi: Suivi, penche: float) -> None:
    (texte,) = codes.lire(photo(imprimee(suivi), penche=penche))
    assert f"/espace/creneaux/{suivi.creneau.uid}/papier/?v=" in texte


def test_une_feuille_numerisee_se_lit_a_part_et_se_confirme_ligne_a_ligne(suivi: Suivi) -> None:
    contenu = photo(imprimee(suivi), penche=3)
    reponse = envoyer(suivi, contenu)
    assert reponse.status_code == 302, dit(reponse)
    feuille = FeuilleScannee.objects.get()
    assert feuille.lecture == LectureDeFeuille.CARRE
    assert feuille.version_lue == version_de(attendus(suivi.creneau))
    assert RAYON.intact(feuille.fichier, feuille.empreinte)
    assert not Signature.objects.exists()  # nothing counts before somebody looked
    assert envoyer(suivi, contenu).headers["Location"] == reponse.headers["Location"]
    assert FeuilleScannee.objects.count() == 1
    page = client_de(suivi.monde.bob).get(reponse.headers["Location"])
    assert "Léa Exemple" in page.content.decode()
    confirmer(suivi, feuille)
    signature = Signature.objects.get()
    assert (signature.moyen, signature.parcours) == ("papier", suivi.parcours)
    assert signature.par == suivi.monde.bob
    assert suivi.creneau.debut <= signature.signee_le <= suivi.creneau.fin
    feuille.refresh_from_db()
    assert (feuille.etat, feuille.lignes) == (EtatDeFeuille.CONFIRMEE, [suivi.parcours.pk])
    assert verifier() is None
    assert not list(differences())


def test_la_feuille_d_un_autre_creneau_le_dit(suivi: Suivi) -> None:
    autre = poser(suivi.creneau.session, suivi.monde)
    reponse = envoyer(suivi, photo(imprimee(suivi, autre)))
    assert reponse.status_code == 422
    assert "Cette feuille n’est pas de ce créneau." in dit(reponse)
    assert not FeuilleScannee.objects.exists()
    assert not list(RAYON.dossier().glob("*")) if RAYON.dossier().is_dir() else True


def test_un_pdf_de_numeriseur_se_lit_aussi(suivi: Suivi) -> None:
    assert envoyer(suivi, imprimee(suivi), nom="scan.pdf").status_code == 302
    assert FeuilleScannee.objects.get().type == "application/pdf"


def saisie(suivi: Suivi) -> FeuilleScannee:
    """A sheet whose square was hidden, and whose code somebody copied."""
    contenu = photo(imprimee(suivi), sans_carre=True)
    reponse = envoyer(suivi, contenu, code=f" {code_de(suivi).lower().replace('-', ' ')} ")
    assert reponse.status_code == 302, dit(reponse)
    return FeuilleScannee.objects.get()


def confirmer(suivi: Suivi, feuille: FeuilleScannee, **autres: Any) -> HttpResponse:
    donnees = {"version": feuille.version, "lignes": [suivi.parcours.pk], **autres}
    return client_de(suivi.monde.bob).post(f"{base(suivi.creneau)}papier/{feuille.pk}/", donnees)  # type: ignore[return-value] # what the client adds to it is not read


def sans_lecteur(monkeypatch: pytest.MonkeyPatch) -> None:
    """No square is read, as on a sheet that is stained, whatever reads it."""
    monkeypatch.setattr("binome.presences.papier_vues.lire_les_codes", lambda _contenu: [])


def test_un_carre_illisible_dit_quoi_faire_et_le_code_le_remplace(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    reponse = envoyer(suivi, photo(imprimee(suivi), sans_carre=True))
    assert reponse.status_code == 422
    assert "Reprenez-la à plat" in dit(reponse)
    faux = envoyer(suivi, photo(imprimee(suivi), sans_carre=True), code="bonjour")
    assert "Ce code n’est pas celui d’une feuille" in dit(faux)
    assert 'value="bonjour"' in dit(faux)  # what was typed is still there
    assert saisie(suivi).lecture == LectureDeFeuille.SAISIE


def test_une_ligne_confirmee_deux_fois_est_une_signature(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    feuille = saisie(suivi)
    assert confirmer(suivi, feuille).status_code == 302
    assert confirmer(suivi, feuille).status_code == 409
    assert Signature.objects.count() == 1
    uid = papier.nom_de_la_ligne(feuille, suivi.parcours.pk)
    assert Signature.objects.get().uid == uid


def test_sans_ligne_cochee_rien_n_est_confirme_et_une_feuille_s_ecarte(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    feuille = saisie(suivi)
    refus = confirmer(suivi, feuille, lignes=[])
    assert refus.status_code == 409
    assert "Cochez au moins une ligne" in dit(refus)
    confirmer(suivi, feuille, lignes=["999999"])  # nobody's line
    feuille.refresh_from_db()
    assert feuille.lignes == []
    assert not Signature.objects.exists()


def test_une_feuille_ecartee_ne_compte_pas_et_se_renvoie(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    feuille = saisie(suivi)
    client_de(suivi.monde.bob).post(
        f"{base(suivi.creneau)}papier/{feuille.pk}/ecarter/", {"version": feuille.version}
    )
    assert confirmer(suivi, feuille, version=2).status_code == 409
    contenu = RAYON.intact(feuille.fichier, feuille.empreinte)
    assert contenu is not None
    assert envoyer(suivi, contenu, code=code_de(suivi)).status_code == 302
    assert FeuilleScannee.objects.count() == 2


def test_un_creneau_a_tant_de_feuilles(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    sans_lecteur(monkeypatch)
    monkeypatch.setattr("binome.presences.papier.PAR_CRENEAU", 1)
    feuille = saisie(suivi)
    contenu = RAYON.intact(feuille.fichier, feuille.empreinte)
    assert contenu is not None
    refus = envoyer(suivi, contenu, code=code_de(suivi))
    assert refus.status_code == 422
    assert "Confirmez celles qui y sont" in dit(refus)
    assert FeuilleScannee.objects.count() == 1


def test_avant_le_debut_du_creneau_rien_ne_se_confirme(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    feuille = saisie(suivi)
    demain = timezone.localtime() + timedelta(days=1)
    Creneau.objects.filter(pk=suivi.creneau.pk).update(debut=demain, fin=demain + timedelta(hours=3))  # fmt: skip
    refus = confirmer(suivi, feuille)
    assert refus.status_code == 409
    assert "n’a pas encore commencé" in dit(refus)
    feuille.refresh_from_db()
    assert feuille.etat == EtatDeFeuille.A_CONFIRMER


def test_une_liste_qui_a_change_se_dit(suivi: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    sans_lecteur(monkeypatch)
    reponse = envoyer(
        suivi, photo(imprimee(suivi)), code=code_de_la_feuille(suivi.creneau, "0a1b2c")
    )
    page = client_de(suivi.monde.bob).get(reponse.headers["Location"])
    assert "La liste a changé depuis" in page.content.decode()


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [(b"MZ un programme", "est un programme"), (b"", "vide"), (b"%PDF-1.7 rien", "abîmé")],
)
def test_ce_qui_n_est_pas_une_feuille_est_refuse_et_n_est_pas_garde(
    suivi: Suivi, contenu: bytes, phrase: str
) -> None:
    reponse = envoyer(suivi, contenu)
    assert reponse.status_code == 422
    assert phrase in dit(reponse)
    assert not FeuilleScannee.objects.exists()


def test_un_creneau_contresigne_ne_prend_plus_de_feuille(suivi: Suivi) -> None:
    Creneau.objects.filter(pk=suivi.creneau.pk).update(
        etat=EtatDeCreneau.GELE, gele_le=timezone.now()
    )
    reponse = envoyer(suivi, photo(imprimee(suivi)))
    assert reponse.status_code == 422
    assert not FeuilleScannee.objects.exists()


def test_qui_n_anime_pas_ne_lit_ni_ne_confirme(
    suivi: Suivi, monkeypatch: pytest.MonkeyPatch
) -> None:
    sans_lecteur(monkeypatch)
    feuille = saisie(suivi)
    for chemin in ("papier/", "feuille.pdf", f"papier/{feuille.pk}/", f"papier/{feuille.pk}/fichier/"):  # fmt: skip
        assert client_de(suivi.monde.charlie).get(f"{base(suivi.creneau)}{chemin}").status_code == 404  # fmt: skip
        assert client_de(suivi.monde.lea).get(f"{base(suivi.creneau)}{chemin}").status_code in (403, 404)  # fmt: skip


def test_les_codes_de_deux_creneaux_ne_font_pas_une_feuille(suivi: Suivi) -> None:
    lus = [CodeLu(str(suivi.creneau.uid), "a" * 6, LectureDeFeuille.CARRE)]
    assert code_du_creneau(suivi.creneau, lus * 2, "") == lus[0]
    with pytest.raises(FeuilleRefusee, match="plusieurs créneaux"):
        code_du_creneau(suivi.creneau, [*lus, lus[0]._replace(uid="0" * 36)], "")


def test_un_code_se_recopie_comme_on_veut(suivi: Suivi) -> None:
    code = code_de(suivi)
    for ecrit in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' – ')}"):
        assert str(suivi.creneau.uid).startswith(code_saisi(ecrit).uid)
