"""One server on a port; a refusal that says what to do."""

from __future__ import annotations

import socket

import pytest

from binome.lots.erreurs import TravailImpossible
from binome.service.prise import ecouter, nommer


def test_un_port_n_a_qu_un_serveur() -> None:
    with ecouter("127.0.0.1", 0) as premiere:
        port = premiere.getsockname()[1]
        for adresse in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 - refused
            with pytest.raises(
                TravailImpossible, match="un autre programme y écoute déjà"
            ) as refus:
                ecouter(adresse, port)
            assert refus.value.code == 3
    ecouter("127.0.0.1", port).close()


@pytest.mark.parametrize("adresse", ["203.0.113.1", "2001:db8::1", "nulle.part.invalid"])
def test_une_adresse_d_ailleurs_est_refusee(adresse: str) -> None:
    with pytest.raises(TravailImpossible, match="cette adresse n’est pas de cette machine"):
        ecouter(adresse, 8000)


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="cette machine n’a pas IPv6")
def test_ipv6_se_nomme_et_s_ecoute() -> None:
    assert nommer("::1", 8000) == "[::1]:8000"
    with ecouter("::1", 0) as seule:
        assert seule.family is socket.AF_INET6
    with ecouter("::", 0) as double:
        socket.create_connection(("127.0.0.1", double.getsockname()[1]), timeout=5).close()
