"""Marks and spaces as each language sets them.

Chinese after GB/T 15834: full-width marks, “” and 《》, ……, ——, no space between Han, nor
between Han and Latin or digits. English: no full-width marks, no space before a mark and one
after. What stands between Latin letters or digits (3.5, 10:30, 1,000) stays as it is, and so do
addresses, e-mail addresses, @names and #topics.
"""

import re
from itertools import count
from typing import Final

HAN: Final = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PROTECTED: Final = re.compile(
    r"\ue000"
    r"|(?:https?|ftp)://(?:[!-~]*[A-Za-z0-9_/=#&%+~-])?"
    r"|www\.(?:[!-~]*[A-Za-z0-9_/=#&%+~-])?"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9])@[\w-]+"
    r"|#\w[^#\s]*#|(?<![A-Za-z0-9])#\w+"
)


ROUNDS: Final = 12  # far more than any text has needed


def blanked(text: str) -> str:
    """The text with a placeholder in each place of a protected character; offsets stay."""
    if _MAY_PROTECT.search(text) is None:
        return text
    return PROTECTED.sub(lambda found: _HOLD * len(found[0]), text)


def tidy(text: str, language: str) -> str:
    """The text with marks and spaces as its language sets them; doing it twice changes nothing.

    Only zh and en have rules of their own; elsewhere runs of spaces become one space.
    """
    # A mark once set lets its neighbours be set: hence again, as long as something changes.
    for _ in range(ROUNDS):
        tidied = _tidied(text, language)
        if tidied == text:
            break
        text = tidied
    return text


def _tidied(text: str, language: str) -> str:
    if language in {"zh", "en"}:
        text = text.translate(_NARROW)
    held = PROTECTED.findall(text) if _MAY_PROTECT.search(text) else []
    text = _SPACES.sub(" ", PROTECTED.sub(_HOLD, text) if held else text).strip(" ")
    if language == "zh" and re.search(f"[{HAN}]", text):
        text = _chinese(text)
    elif language == "en":
        text = _english(text)
    parts = iter(held)
    return re.sub(_HOLD, lambda _: next(parts), text) if held else text


_MAY_PROTECT: Final = re.compile(r"[@#\ue000]|://|www\.")  # cheap, and true of all it finds
_HOLD: Final = "\ue000"  # stands for a protected span while marks and spaces are set
_SPACES: Final = re.compile(r"[ \t\u2002-\u200a\u3000]+")
_NARROW: Final = {
    wide: wide - 0xFEE0
    for wide in (
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
        *map(ord, "％＋＝＠＆＃＄"),
    )
}

# --- Chinese ------------------------------------------------------------------------------------

_WIDE: Final = dict(zip(",.:;?!", "，。：；？！", strict=True))
_OPENING: Final = "“《〈（【"
_CLOSING: Final = "”》〉）】"
_ZH_MARKS: Final = "，。：；？！、…—·" + _OPENING + _CLOSING
_LATIN: Final = rf"0-9A-Za-z%°)\]{_HOLD}"
_NEAR_HAN: Final = f"[{HAN}，。：；？！、“”《》（）]"
# A full stop after these belongs to the word, not to the sentence.
_ABBREVIATION: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z]|Inc|Corp|Ltd|Co|Bros|Jr|Sr|Dr|Mr|Ms|Mrs|St|No|etc|vs|al)$"
)
_ZH_PAIRS: Final = (
    (re.compile(r"「([^「」]*)」"), r"“\1”"),
    (re.compile(r"『([^『』]*)』"), r"‘\1’"),
    (re.compile(r"(?<!<)<<([^<>]+)>>(?!>)"), r"《\1》"),
)
_DOTS: Final = r"(?<![.…])(?:\.{3,}+|…)(?: ?(?:\.{3,}+|…))*+"
_ZH_ELLIPSIS: Final = re.compile(
    rf"(?<={_NEAR_HAN}) ?{_DOTS}|{_DOTS}(?= ?{_NEAR_HAN})|。(?: ?。){{2,}}"
)
_DASH: Final = r"(?<![-—])(?<![-—] )(?: ?(?:-{2,}+|—{2,}+)(?! ?[-—]) ?| — (?!-))"
_ZH_DASH: Final = re.compile(rf"(?<={_NEAR_HAN}){_DASH}|{_DASH}(?={_NEAR_HAN})")
_ZH_SPACE: Final = re.compile(
    rf"(?<=[{HAN}{_ZH_MARKS}]) (?!{_HOLD})|(?<!{_HOLD}) (?=[{HAN}{_ZH_MARKS}])"
)
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


def _chinese(text: str) -> str:
    for pattern, to in _ZH_PAIRS:
        text = pattern.sub(to, text)
    text = _chinese_quotes(text)
    text = _BRACKETS.sub(_chinese_bracket, text)
    text = _ZH_ELLIPSIS.sub("……", _chinese_marks(text))
    return _ZH_SPACE.sub("", _ZH_DASH.sub("——", text))


def _chinese_quotes(text: str) -> str:
    """Straight double quotes as “ and ” in turn, where they come in pairs."""
    if text.count('"') % 2:
        return text
    turn = count()
    return re.sub('"', lambda _: "“”"[next(turn) % 2], text)


def _chinese_bracket(found: re.Match[str]) -> str:
    """Brackets with Han in them or beside them are full-width."""
    before = found.string[: found.start()]
    beside = before.rstrip(" ")[-1:]
    if not re.search("[0-9A-Za-z]$", before):  # as it is in f(x)
        beside += found.string[found.end() :].lstrip(" ")[:1]
    if re.search(f"[{HAN}]", beside + found[1]):
        return f"（{found[1]}）"
    return found[0]


def _chinese_marks(text: str) -> str:
    """Half-width , . : ; ? ! as full-width, where they are marks of the Chinese sentence."""
    out = ""
    for place, char in enumerate(text):
        if char in _WIDE and _sets_chinese(char, out.rstrip(" "), text[place + 1 :]):
            out = out.rstrip(" ") + _WIDE[char]
        else:
            out += char
    return out


def _sets_chinese(mark: str, before: str, after: str) -> bool:
    follows = after.lstrip(" ")[:1]
    ends = not follows or follows in _CLOSING
    if re.match(f"[{HAN}{_ZH_MARKS}]", before[-1:]):
        return mark != "." or not re.match("[.0-9A-Za-z]", after[:1])
    if not re.match(f"[{_LATIN}]", before[-1:]):
        return False
    if mark == ".":
        return ends and not _ABBREVIATION.search(before)
    if mark in "?!":
        return ends
    return ends or bool(re.match(f"[{HAN}{_OPENING}]", follows))


# --- English ------------------------------------------------------------------------------------

_EN_MARKS: Final = {
    **{ord(wide): f"{narrow} " for narrow, wide in _WIDE.items()},
    ord("、"): ", ",
    ord("（"): " (",
    ord("）"): ") ",
    ord("【"): " [",
    ord("】"): "] ",
    ord("《"): " “",
    ord("》"): "” ",
    ord("〈"): " ‘",
    ord("〉"): "’ ",
    ord("「"): " “",
    ord("」"): "” ",
    ord("『"): " ‘",
    ord("』"): "’ ",
}
_EN_RULES: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\d)：(?=\d)", ":"),
        (r"(?<=\d)，(?=\d{3})", ","),
        (r"……|。{3,}", "..."),
        (r" ?—{2,} ?", "—"),
    )
)
_EN_SPACES: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r" {2,}", " "),
        (r" +(?=[,.;?!][\"']|[,.;:?!][,.;:?!)\]”’ ]|[,.;:?!]$|[)\]”’](?![0-9A-Za-z]))", ""),
        (r"(?<=[(\[“‘]) +", ""),
        (rf" +(?=,[A-Za-z{_HOLD}])", ""),
        (rf"(?<=[A-Za-z)\]”{_HOLD}])(,|(?<!&amp)(?<!&gt)(?<!&lt);)(?=[A-Za-z{_HOLD}])", r"\1 "),
        (r"(?<=[a-z])([?!])(?=[A-Z][a-z])", r"\1 "),
    )
)


def _english(text: str) -> str:
    for pattern, to in _EN_RULES:
        text = pattern.sub(to, text)
    text = text.translate(_EN_MARKS)
    for pattern, to in _EN_SPACES:
        text = pattern.sub(to, text)
    return text.strip(" ")
