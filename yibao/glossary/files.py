"""Glossary files: one CSV per domain, edited by people; glossaries/README.md describes them.

A row that cannot be enforced safely is refused with file, line and a way out. Spreadsheets
are expected: a byte-order mark is allowed, GB18030 is recognised and named, and a cell that a
spreadsheet would run as a formula is refused.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yibao.errors import GlossaryError
from yibao.glossary.fold import fold
from yibao.glossary.match import Glossary
from yibao.glossary.terms import CASES, PARTS_OF_SPEECH, Case, PartOfSpeech, Term
from yibao.languages import LANGUAGES

SEPARATOR = "|"
FORBIDDEN = "forbidden_"
FACTS = ("pos", "case", "dnt", "domain", "note")
FORMULA = ("=", "+", "-", "@")
ANSWERS = {"": False, "no": False, "yes": True}
LANGUAGE_LIKE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]+)?")


def load_glossary(names: Sequence[str], folder: Path) -> Glossary:
    """Read `<folder>/<name>.csv` for every name; where they differ, the first named wins.

    Raises:
        GlossaryError: a file is missing or a row is broken; the first such.
    """
    return load_files([_path(name, folder) for name in dict.fromkeys(names)])


def load_files(paths: Iterable[Path]) -> Glossary:
    """Read glossary files; where they differ, the first one wins. No files, no terms.

    Raises:
        GlossaryError: a file is missing or a row is broken; the first such.
    """
    terms: list[Term] = []
    for path in paths:
        for read in _read(path):
            if isinstance(read, GlossaryError):
                raise read
            terms.append(read)
    return Glossary(tuple(terms))


def check_glossaries(paths: Iterable[Path]) -> list[GlossaryError]:
    """All that is wrong in glossary files, and in the CSV files of folders, in order."""
    files = [
        file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])
    ]
    return [read for file in files for read in _read(file) if isinstance(read, GlossaryError)]


def _path(name: str, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    if path.parent == folder and path.is_file():
        return path
    there = ", ".join(sorted(each.stem for each in folder.glob("*.csv"))) or "none"
    raise GlossaryError(
        str(path),
        f"no glossary {name!r}",
        f"In {folder} there are: {there}. Correct the name in newsroom.yaml or add the file.",
    )


def _read(path: Path) -> Iterator[Term | GlossaryError]:
    """The terms of a file in order, with an error in place of each row that is broken."""
    try:
        rows = _rows(_text(path))
        line, cells = next(rows, (1, []))
        header = _Header.of(cells, f"{path}:{line}")
    except GlossaryError as error:
        yield error
        return
    except csv.Error as error:
        yield GlossaryError(f"{path}:1", f"no CSV ({error})", "Save it as CSV with commas.")
        return
    known = _Known()
    try:
        for line, cells in rows:
            yield _checked_term(header, cells, path, line, known)
    except csv.Error as error:
        yield GlossaryError(f"{path}:{line + 1}", f"no CSV ({error})", "Save it as CSV again.")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GlossaryError(str(path), f"cannot be read ({error.strerror})", "") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise GlossaryError(f"{path}:{line}", "not UTF-8", _encoding_remedy(content)) from error


def _encoding_remedy(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "It looks like UTF-16: save it as CSV UTF-8."
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "Save it as CSV UTF-8."
    return "It looks like GB18030 (Chinese Excel): save it as CSV UTF-8."


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns of a file, in order."""

    columns: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[str], where: str) -> "_Header":
        columns = tuple(cell.strip() for cell in cells)
        if not any(column in LANGUAGES for column in columns):
            single = len(columns) == 1 and re.search(r"[;\t]", columns[0])
            raise GlossaryError(
                where,
                "missing header: the first row names no language",
                "Save it with commas between the cells."
                if single
                else "Begin the file with a row such as zh,en,forbidden_en,pos,case,dnt,note.",
            )
        for column in columns:
            cls._check(column, where)
            if columns.count(column) > 1:
                raise GlossaryError(where, f"column {column!r} stands twice", "Remove one.")
        return cls(columns)

    @staticmethod
    def _check(column: str, where: str) -> None:
        code = column.removeprefix(FORBIDDEN)
        if column in FACTS or code in LANGUAGES:
            return
        known = ", ".join(LANGUAGES)
        if column.startswith(FORBIDDEN) or LANGUAGE_LIKE.fullmatch(column):
            raise GlossaryError(where, f"unknown language {code!r}", f"Known are {known}.")
        facts = ", ".join(FACTS)
        raise GlossaryError(
            where,
            f"unknown column {column!r}",
            f"Columns are language codes ({known}), {FORBIDDEN}<code>, {facts}.",
        )


class _Known:
    """The forms that a file has given so far, and the line of each."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], int] = {}

    def add(self, term: Term, where: str) -> None:
        keys = [
            (language, _key(form, term.case_of(form)))
            for language, forms in term.forms.items()
            for form in forms
        ]
        for language, key in keys:
            if (language, key) in self._lines:
                raise GlossaryError(
                    where,
                    f"{language} {key!r} stands in line {self._lines[language, key]} already",
                    "Make one row of both, with | between the forms, or remove one.",
                )
        self._lines.update(dict.fromkeys(keys, term.line))


def _key(form: str, case: Case) -> str:
    folded = fold(form)
    return folded.cased if case == "exact" else folded.lower


def _checked_term(
    header: _Header, cells: Sequence[str], path: Path, line: int, known: _Known
) -> Term | GlossaryError:
    where = f"{path}:{line}"
    try:
        term = _term(header, cells, path, line)
        known.add(term, where)
    except GlossaryError as error:
        return error
    return term


def _term(header: _Header, cells: Sequence[str], path: Path, line: int) -> Term:
    where = f"{path}:{line}"
    if len(cells) != len(header.columns):
        raise GlossaryError(
            where,
            f"{len(cells)} cells, but the header has {len(header.columns)}",
            'Give every column a cell; put a cell that has a comma in "quotes".',
        )
    row = {
        column: _cell(cell, column, where)
        for column, cell in zip(header.columns, cells, strict=True)
    }
    forms = _forms(row, "", where)
    forbidden = _forms(row, FORBIDDEN, where)
    dnt = _answer(row.get("dnt", ""), where)
    _check_sides(forms, dnt=dnt, where=where)
    for language, bad in forbidden.items():
        _check_forbidden(bad, forms.get(language, ()), language, where)
    first = next(iter(forms.values()))[0]
    return Term(
        id=f"{path.stem}/{first}",
        glossary=path.stem,
        domain=row.get("domain") or path.stem,
        forms=forms,
        forbidden=forbidden,
        pos=_pos(row.get("pos", ""), where),
        case=_case(row.get("case", ""), where),
        do_not_translate=dnt,
        note=row.get("note", ""),
        line=line,
    )


def _cell(cell: str, column: str, where: str) -> str:
    text = cell.strip(" ")
    bad = next((each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Co")), None)
    if bad is not None or "\ufffd" in text:
        name = f"U+{ord(bad or chr(0xFFFD)):04X}"
        raise GlossaryError(
            where, f"control character {name} in column {column}", "Type the cell again."
        )
    if text.startswith(FORMULA):
        raise GlossaryError(
            where,
            f"column {column} begins with {text[0]!r}, which a spreadsheet takes for a formula",
            "Begin with another character.",
        )
    return text


def _forms(row: Mapping[str, str], prefix: str, where: str) -> dict[str, tuple[str, ...]]:
    """By language: the forms of all filled cells whose column is prefix + language code."""
    forms = {}
    for column, cell in row.items():
        language = column.removeprefix(prefix)
        if cell and language in LANGUAGES and column == prefix + language:
            forms[language] = _variants(cell, column, where)
    return forms


def _variants(cell: str, column: str, where: str) -> tuple[str, ...]:
    variants = tuple(each.strip() for each in cell.split(SEPARATOR))
    seen: set[str] = set()
    for variant in variants:
        if not variant:
            raise GlossaryError(where, f"empty form in column {column}", "Remove a |.")
        if len(variant) == 1:
            raise GlossaryError(
                where,
                f"{variant!r} in column {column} is one character, which stands in other words too",
                "Write a longer form, such as the compound it is used in.",
            )
        if not any(each.isalnum() for each in variant):
            raise GlossaryError(
                where, f"{variant!r} in column {column} has no letter", "Write the term."
            )
        key = fold(variant).cased
        if key in seen:
            raise GlossaryError(
                where, f"{variant!r} stands twice in column {column}", "Remove one."
            )
        seen.add(key)
    return variants


def _check_sides(forms: Mapping[str, tuple[str, ...]], *, dnt: bool, where: str) -> None:
    if not forms:
        raise GlossaryError(where, "no language column is filled", "Fill at least two.")
    if not dnt and len(forms) == 1:
        raise GlossaryError(
            where,
            f"only {next(iter(forms))} is filled",
            "Fill a second language, or write yes under dnt if it is not translated.",
        )
    if dnt and len(set(forms.values())) > 1:
        raise GlossaryError(
            where,
            "is not to be translated, but its forms differ between languages",
            "Fill one language alone, or leave dnt empty.",
        )


def _check_forbidden(
    bad: tuple[str, ...], good: tuple[str, ...], language: str, where: str
) -> None:
    accepted = {fold(form).lower for form in good}
    for form in bad:
        if fold(form).lower in accepted:
            raise GlossaryError(
                where,
                f"{form!r} is both accepted and forbidden in {language}",
                f"Remove it from {language} or from {FORBIDDEN}{language}.",
            )


def _answer(cell: str, where: str) -> bool:
    if cell not in ANSWERS:
        raise GlossaryError(where, f"dnt {cell!r} is unknown", "Write yes or leave it empty.")
    return ANSWERS[cell]


def _pos(cell: str, where: str) -> PartOfSpeech:
    for pos in PARTS_OF_SPEECH:
        if pos == (cell or "noun"):
            return pos
    known = ", ".join(PARTS_OF_SPEECH)
    raise GlossaryError(where, f"pos {cell!r} is unknown", f"Write one of {known}, or nothing.")


def _case(cell: str, where: str) -> Case:
    for case in CASES:
        if case == (cell or "smart"):
            return case
    known = ", ".join(CASES)
    raise GlossaryError(where, f"case {cell!r} is unknown", f"Write one of {known}, or nothing.")
