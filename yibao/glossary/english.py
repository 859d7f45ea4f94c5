"""Regular English inflection, and the irregular words that news of industry uses.

Made for recognising: a form too many does no harm, a form too few is a term not seen.
"""

import re

ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
PREPOSITION = re.compile(r"(?<=\S)\s+(?:of|for|in|on|to|at|by|with|from)\s+(?=\S)")
LAST_WORD = re.compile(r"[A-Za-z]+$")
FIRST_WORD = re.compile(r"[A-Za-z]+")

PLURALS = {
    "person": "people",
    "child": "children",
    "foot": "feet",
    "mouse": "mice",
    "half": "halves",
    "leaf": "leaves",
    "life": "lives",
    "shelf": "shelves",
    "knife": "knives",
    "corpus": "corpora",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "bacterium": "bacteria",
    "index": "indices",
    "matrix": "matrices",
    "vertex": "vertices",
}
VERBS = {
    "be": ("is", "are", "was", "were", "been", "being"),
    "bring": ("brought",),
    "build": ("built",),
    "buy": ("bought",),
    "cut": ("cut", "cutting"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "get": ("got", "gotten", "getting"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "grow": ("grew", "grown"),
    "hold": ("held",),
    "keep": ("kept",),
    "lay": ("laid",),
    "lead": ("led",),
    "leave": ("left",),
    "make": ("made",),
    "meet": ("met",),
    "pay": ("paid",),
    "put": ("put", "putting"),
    "rebuild": ("rebuilt",),
    "rise": ("rose", "risen"),
    "run": ("ran", "run", "running"),
    "sell": ("sold",),
    "send": ("sent",),
    "set": ("set", "setting"),
    "speed": ("sped",),
    "spend": ("spent",),
    "spin": ("spun", "spinning"),
    "take": ("took", "taken"),
    "win": ("won", "winning"),
    "withdraw": ("withdrew", "withdrawn"),
    "write": ("wrote", "written"),
}


def without_article(form: str) -> str:
    """A form without its leading the, a or an."""
    return ARTICLE.sub("", form, count=1) if ARTICLE.match(form) else form


def noun_forms(form: str) -> tuple[str, ...]:
    """A noun and its plurals: of the last word, and of the head before a preposition.

    Possessives need no form of their own: the apostrophe bounds the word.
    """
    forms = [form, *_with_plural_end(form)]
    preposition = PREPOSITION.search(form)
    if preposition:
        head, rest = form[: preposition.start()], form[preposition.start() :]
        forms += [plural + rest for plural in _with_plural_end(head)]
    return tuple(dict.fromkeys(forms))


def verb_forms(form: str) -> tuple[str, ...]:
    """A verb, or a phrase that begins with one, and its -s, -ed and -ing forms."""
    first = FIRST_WORD.match(form)
    if not first:
        return (form,)
    return tuple(
        dict.fromkeys([form, *(each + form[first.end() :] for each in _conjugated(first.group()))])
    )


def plurals(word: str) -> tuple[str, ...]:
    """The plurals of a singular noun; none of a word that looks plural already."""
    lower = word.lower()
    found = [word[0] + PLURALS[lower][1:]] if lower in PLURALS else []
    if lower.endswith(("man", "sis")) and lower != "human":
        found.append(word[:-2] + ("en" if lower.endswith("man") else "es"))
    if word.isupper():
        return (*found, word + "s")
    if re.search(r"(?:ss|us|x|z|ch|sh)$", lower):
        return (*found, word + "es")
    if lower.endswith("s"):
        return tuple(found)
    if re.search(r"[^aeiou]y$", lower):
        return (*found, word[:-1] + "ies")
    if re.search(r"[^aeiou]o$", lower):
        return (*found, word + "s", word + "es")
    return (*found, word + "s")


def _with_plural_end(form: str) -> list[str]:
    last = LAST_WORD.search(form)
    if not last:
        return []
    return [form[: last.start()] + plural for plural in plurals(last.group())]


def _conjugated(verb: str) -> list[str]:
    lower = verb.lower()
    forms = [verb[0] + form[1:] if form[0] == lower[0] else form for form in VERBS.get(lower, ())]
    stem, third = verb, verb + "s"
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", lower):
        third = verb + "es"
    elif re.search(r"[^aeiou]y$", lower):
        third = verb[:-1] + "ies"
        return [*forms, third, verb[:-1] + "ied", verb + "ing"]
    if lower.endswith("e") and not lower.endswith(("ee", "oe", "ye")):
        stem = verb[:-1]
    elif _doubles(lower):
        stem = verb + verb[-1]
    past = stem + "ed" if not lower.endswith("e") else verb + "d"
    forms += [third, past, stem + "ing"]
    if lower.endswith("l") and stem != verb:
        forms += [verb + "ed", verb + "ing"]
    return forms


def _doubles(verb: str) -> bool:
    """Whether the last consonant doubles: plan, ship, refer, commit; and British travel."""
    if not re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb):
        return False
    one_syllable = len(re.findall(r"[aeiouy]+", verb)) == 1
    return one_syllable or verb.endswith(("fer", "mit", "cur", "trol", "pel", "vel", "bel", "del"))
