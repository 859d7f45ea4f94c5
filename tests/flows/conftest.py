import os

import pytest
from saved_newsroom import house, models, pages, tiny_packages, write_page

__all__ = ["house", "models", "pages", "prefect", "tiny_packages", "write_page"]


def pytest_collection_modifyitems(items):
    """Prefect itself warns; its warnings are not ours to fail on."""
    for item in items:
        if "/tests/flows/" in str(item.path):
            item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.fixture(scope="session")
def prefect():
    """A Prefect of our own for the whole run: its server, its database, no heartbeats."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield
