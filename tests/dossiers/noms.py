"""Twenty made-up names of Europe and beyond, each as it is typed, and how somebody without its keys looks for it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Nom(NamedTuple):
    """A first name, a name, and what finds them."""

    prenom: str
    nom: str
    cherche: str


VINGT: Final = (
    Nom("Léa-Maëlle", "Lefèvre--Ñuñez", "lefevre nunez lea"),
    Nom("Łukasz", "Żółć-Wąsik", "lukasz zolc"),
    Nom("Işıl", "Yıldız İnönü", "isil yildiz inonu"),
    Nom("Đặng", "Thị Hương Nguyễn", "dang nguyen huong"),
    Nom("Þórunn", "Guðmundsdóttir", "thorunn gudmundsdottir"),
    Nom("Ștefania", "Țuțea-Brâncuși", "stefania tutea brancusi"),
    Nom("Ħelen", "Għaxaq Żammit", "helen ghaxaq zammit"),
    Nom("Αθηνά", "Παπαδοπούλου", "αθηνα παπαδοπουλου"),
    Nom("Олена", "Їжакевич-Коваль", "олена ковал"),
    Nom("Զարուհի", "Սարգսյան", "սարգսյան"),
    Nom("ნინო", "აბაშიძე", "ნინო"),
    Nom("Maëva", "d’Aubigné-O’Shea", "aubigne shea"),
    Nom("Niamh", "O'Brien", "brien niamh"),
    Nom("Søren", "Æbeløe Ångström", "soren aebeloe angstrom"),
    Nom("Əli", "Məmmədov", "eli memmedov"),
    Nom("Jiří", "Dvořáčková Ďuriš", "jiri dvorackova duris"),
    Nom("Ludivine", "de La Tour d’Auvergne von und zu Straße", "la tour strasse"),
    Nom("—", "Suharni", "suharni"),
    Nom("Ŋaali", "Ɖeku Šķēle Ģirts", "naali skele girts"),
    Nom("Marie Thérèse Emmanuelle Bernadette Clémence", "Razafindrakotoarimanana-Andrianampoinimerina-Rakotondrasoa", "razafindrakotoarimanana"),
)  # fmt: skip
