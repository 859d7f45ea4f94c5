from yibao.progress import listening, report


def test_nobody_has_to_listen():
    report("ingest", 1, 2)


def test_a_listener_hears_what_happens_within():
    heard = []
    with listening(lambda *step: heard.append(step)):
        report("ingest", 1, 2)
        report("ingest", 2, 2)
    report("ingest", 3, 3)
    assert heard == [("ingest", 1, 2), ("ingest", 2, 2)]
