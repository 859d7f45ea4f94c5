"""Plain lines instead of an article's segments."""

from collections.abc import Sequence

from yibao.glossary import Glossary
from yibao.text.segment import Segment
from yibao.translate.draft import Drafter
from yibao.translate.engine import Engine


def translate_lines(lines: Sequence[str], engine: Engine, glossary: Glossary) -> list[str]:
    """The translation of every line; a line may hold several sentences, an empty one stays empty.

    Raises:
        ModelError: decoding failed.
    """
    segments = [
        Segment(str(number), "paragraph", line.strip())
        for number, line in enumerate(lines)
        if line.strip()
    ]
    drafts = Drafter(engine, glossary).draft(segments)
    texts = {draft.key: draft.text for draft in drafts}
    return [texts.get(str(number), "") for number, _ in enumerate(lines)]
