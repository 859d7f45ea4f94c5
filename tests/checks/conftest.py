"""A test for each pair that a class of check cases names."""


def pytest_generate_tests(metafunc):
    for name in ("passing", "failing"):
        if metafunc.cls is not None and name in metafunc.fixturenames:
            metafunc.parametrize(name, getattr(metafunc.cls, name), ids=_number)


def _number(_):
    """Pairs are known by their number: their texts would make unreadable names."""
