from yibao.glossary import TermOutcome


def key(translation):
    return str(translation.pk)


def outcome(text, status):
    start = max(text.find("battery cabinet"), 0)
    return TermOutcome(
        "energy/电池柜", "电池柜", "battery cabinet", 5, 8, status, start, start + 15
    )
