"""Which script a text is in, and what that says about the language to mark it with."""

import re

from yibao.feeds.markup import Html, element, joined
from yibao.languages import language

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
WRITTEN_IN_HAN = frozenset({"zh", "ja"})


def marked(text: str, page: str, source: str = "") -> Html:
    """A name or a line, marked with its language where that is not the page's.

    A name whose script the page's language uses too is left as it is: nothing tells them apart.

    Args:
        text: plain text.
        page: code of the language around it.
        source: code of the language of the source, if the text comes from there.
    """
    han = HAN.search(text) is not None
    spoken = ""
    if han and page not in WRITTEN_IN_HAN:
        spoken = source if source in WRITTEN_IN_HAN else "zh"
    elif not han and page in WRITTEN_IN_HAN and source not in WRITTEN_IN_HAN:
        spoken = source if any(map(str.isalpha, text)) else ""
    return element("span", text, lang=language(spoken).tag) if spoken else joined(text)
