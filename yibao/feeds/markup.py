"""HTML, built from elements: text is escaped unless it is markup already.

Blocks end their line, so that the published files read well and compare well.
"""

import html

VOID = frozenset({"br", "hr", "img", "link", "meta"})
INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "img", "small", "span", "strong"})
INLINE_BLOCKS = INLINE | {"time", "label"}


class Html(str):
    """A piece of HTML; text that is not `Html` is escaped where it is put into some."""

    __slots__ = ()


NOTHING = Html()


def element(name: str, /, *children: str | None, **attributes: str | None) -> Html:
    """An element.

    Args:
        name: of the element.
        children: text, which is escaped, or `Html`; None and "" are left out.
        attributes: `class_` gives `class`, `data_x` gives `data-x`; None leaves one out.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "" if name in INLINE_BLOCKS else "\n"
    if name in VOID:
        return Html(f"<{name}{given}>{end}")
    inside = joined(*children)
    start = "\n" if inside.startswith("<") and inside.endswith("\n") else ""
    return Html(f"<{name}{given}>{start}{inside}</{name}>{end}")


def filled(template: str, **values: str) -> Html:
    """A sentence with its gaps filled by text, which is escaped, or `Html`."""
    return Html(
        html.escape(template, quote=False).format(
            **{key: joined(value) for key, value in values.items()}
        )
    )


def joined(*children: str | None) -> Html:
    """Pieces of text and HTML, one after the other."""
    return Html(
        "".join(
            child if isinstance(child, Html) else html.escape(child, quote=False)
            for child in children
            if child
        )
    )
