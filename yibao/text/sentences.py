"""Sentences of a paragraph: where one ends and the next begins.

One pass over the marks that may end a sentence; each is an end unless a rule says otherwise.
The rules lean to joining: two sentences in one segment translate well enough, half a sentence
does not. Sentences that are too long for any engine are cut at their clauses.
"""

import re
from collections.abc import Iterator

from yibao.languages import language as known_language

LONGEST = 400
"""Characters of the longest sentence handed on; longer ones are cut at clauses."""

_NEAR = 80  # characters on either side of a mark that a rule may look at
_CLOSERS = "\"'”’」』》〉）】〕)]}»›＂＇"
_OPENERS = "\"'“‘「『《〈（【〔([{«‹"
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_FULL = "。！？｡"

_MARK = re.compile(rf"(?P<mark>[.!?…。！？｡]+)(?P<closers>[{re.escape(_CLOSERS)}]*)")
_URL = re.compile(
    r"(?:https?://|www\.)[!-~]*[\w/#=&-]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)
_PARENTHESES = re.compile(r"（[^（）]{1,120}）|\([^()]{1,200}\)")
_CJK_CHARACTER = re.compile(rf"[{_CJK}]")
_LETTER = rf"[^\W\d_{_CJK}]"
_LAST_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[.'’-](?={_LETTER}))*\Z")
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}\s]*(?P<word>[^\W\d_][^\W\d_'’]*)?")
_LIST_NUMBER = re.compile(
    rf"\s*[{re.escape(_OPENERS)}]?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[A-Za-z]|[ivxIVX]{{1,4}}"
    r"|[一二三四五六七八九十]{1,3})\Z"
)
_ATTRIBUTION = re.compile(
    r"[^。！？…“”‘’\s]{1,40}?(?:说道?|表示|坦言|指出|介绍|强调|认为|告诉记者|问道?|答道?|写道|称)[。！？]"
)
_CLAUSE = (re.compile(r"[；;]\s*"), re.compile(r"[，,：:—、]+\s*"), re.compile(r"\s+"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE_NAME = {
    "en": _words(
        "mr mrs ms mx dr prof gen sen rep gov capt cpt lt col sgt maj cmdr adm rev hon pres st mt "
        "ft messrs vs cf ca approx dept est e.g i.e viz univ assn ave blvd"
    ),
    "de": _words("hr fr dr prof st bzw vgl ca z.b d.h u.a o.ä nr abs ggf inkl zzgl evtl"),
    "es": _words("sr sra srta dr dra prof d dña ud uds p.ej ee.uu aprox núm pág"),
    "fr": _words("m mm mme mlle dr pr st ste p.ex env av boul art éd"),
    "ru": _words("г гг ул д им т.е т.к т.н см ср стр тыс млн млрд руб акад проф"),
}
_BEFORE_NUMBER = _words("no nos fig figs vol art sec ch eq pp p para ver tab")
_PERHAPS_LAST = _words(
    "inc corp co ltd llc plc bros jr sr etc al a.m p.m am pm ph.d m.sc b.sc jan feb mar apr jun "
    "jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun calif mass fla conn"
)
_STARTERS = _words(
    "a after all also although an and as at because before besides both but by despite during "
    "each earlier even every experts few for from further he her here his how however i if in "
    "instead it its last later many meanwhile more most moreover my no nobody not nothing now "
    "officials on once one only other others our people researchers shares she since so some "
    "still such that the their then there therefore these they this those though through thus "
    "to today two under until we what when where whether which while who why with without yet "
    "you your"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ORDINAL = re.compile(r"\b\d{1,2}\Z")


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of a text, trimmed, none empty, none longer than `LONGEST` characters.

    Nothing but white space is lost: the sentences joined by the language's joiner are the text.
    A line break always ends a sentence.

    Args:
        text: a paragraph, in any script.
        language: code of the text's language.

    Raises:
        ConfigError: the language is not one of ours.
    """
    code = known_language(language).code
    sentences = (
        sentence.strip()
        for line in text.splitlines()
        for sentence in _sentences(line.rstrip(), code)
    )
    return [piece for sentence in sentences if sentence for piece in _pieces(sentence)]


def _sentences(line: str, code: str) -> Iterator[str]:
    start = 0
    protected = _protected(line)
    for found in _MARK.finditer(line):
        end = found.end("mark") + _closing(line, start, found)
        if found.start() < start or any(a <= found.start() < b for a, b in protected):
            continue
        if _ends(line, start, found, end, code):
            yield line[start:end]
            start = end
    yield line[start:]


def _protected(line: str) -> list[tuple[int, int]]:
    """Spans in which no sentence ends: addresses, and remarks in parentheses."""
    return [found.span() for found in _URL.finditer(line)] + [
        found.span() for found in _PARENTHESES.finditer(line) if _continues(line, found)
    ]


def _closing(line: str, start: int, found: re.Match[str]) -> int:
    """How many characters after the mark close what stands before it.

    A straight quotation mark closes only if one was opened; else it opens the next sentence.
    """
    closers = found["closers"]
    straight = closers.find('"')
    if straight >= 0 and line.count('"', start, found.start()) % 2 == 0:
        return straight
    return len(closers)


def _continues(line: str, remark: re.Match[str]) -> bool:
    """Whether a sentence goes on around a remark; one that stands alone ends with it."""
    before = line[: remark.start()].rstrip()
    return bool(before) and before[-1] not in _FULL + ".!?…" + _CLOSERS


def _ends(line: str, start: int, found: re.Match[str], end: int, code: str) -> bool:
    """Whether the sentence that began at `start` ends at `end`, with the mark found before it."""
    mark, closed = found["mark"], end > found.end("mark")
    rest = line[end : end + _NEAR]
    if not rest:
        return True
    if any(char in _FULL for char in mark):
        return not (closed and _ATTRIBUTION.match(rest))
    if "…" in mark:
        return rest[0].isspace() and not _next_is_lower(rest)
    if not rest[0].isspace():
        between_cjk = _is_cjk(line[found.start() - 1 : found.start()]) and (
            _is_cjk(rest[0]) or rest[0] in _OPENERS
        )
        return between_cjk and not _LIST_NUMBER.match(line[start : found.start()])
    if _next_is_lower(rest):
        return False
    return mark != "." or closed or _dot_ends(line[start : found.start()], rest, code)


def _dot_ends(before: str, rest: str, code: str) -> bool:
    """Whether a lone full stop, with a space after it, ends the sentence `before`."""
    if _LIST_NUMBER.match(before) or (code == "de" and _ORDINAL.search(before)):
        return False
    last = _LAST_WORD.search(before[-_NEAR:])
    if last is None:
        return True
    word = last[0].casefold()
    if word in _BEFORE_NAME.get(code, ()):
        return False
    if word in _BEFORE_NUMBER and rest.lstrip()[:1].isdigit():
        return False
    initial = len(word) == 1 and last[0].isupper() and last[0] != "I"
    if initial or word in _PERHAPS_LAST or _DOTTED.fullmatch(word):
        following = _next_word(rest)
        return following.casefold() in _STARTERS or _is_cjk(following[:1])
    return True


def _next_word(rest: str) -> str:
    found = _NEXT_WORD.match(rest)
    return (found and found["word"]) or ""


def _next_is_lower(rest: str) -> bool:
    return _next_word(rest)[:1].islower()


def _is_cjk(char: str) -> bool:
    return bool(_CJK_CHARACTER.match(char))


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence in pieces of at most `LONGEST` characters, cut at the weightiest mark there is."""
    rest = sentence
    while len(rest) > LONGEST:
        cut = _cut(rest)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _cut(text: str) -> int:
    """Where to cut: after the last mark of a kind that leaves no scrap, else at the limit."""
    for kind in _CLAUSE:
        ends = [found.end() for found in kind.finditer(text[: LONGEST + 1])]
        good = [end for end in ends if LONGEST // 4 <= end <= LONGEST]
        if good:
            return good[-1]
    return LONGEST
