"""The web app's port: the one asked for, else the next, never one that another platform has."""

from __future__ import annotations

import socket
import sys

import pytest

from services.embedded.ports import reserved_port
from services.kernel.problems import Problem

HERE = "127.0.0.1"


def test_a_port_somebody_listens_on_gives_way_to_a_later_one() -> None:
    with socket.create_server((HERE, 0)) as other:
        taken = other.getsockname()[1]

        with reserved_port(HERE, taken) as port:
            assert port > taken


@pytest.mark.skipif(sys.platform != "linux", reason="the mark is an abstract socket")
def test_two_platforms_that_start_at_once_get_different_ports() -> None:
    with reserved_port(HERE, 0) as first, reserved_port(HERE, first) as second:
        assert second > first

    with reserved_port(HERE, first) as again:
        assert again == first


def test_a_host_that_is_not_ours_has_no_port() -> None:
    with pytest.raises(Problem), reserved_port("192.0.2.1", 8765):
        pass
