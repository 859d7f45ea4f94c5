"""Artifacts: what a run leaves for a person to read in Prefect's interface."""

from collections.abc import Iterable, Mapping, Sequence

from prefect.artifacts import create_markdown_artifact

ROWS = 200
"""The most rows of a table: an artifact is for reading, not for keeping data."""


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; beyond `ROWS` rows it says how many were left out."""
    every = [[_cell(value) for value in row] for row in rows]
    lines = [headings, ["---"] * len(headings), *every[:ROWS]]
    drawn = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    left = len(every) - ROWS
    return f"{drawn}\n\n… and {left} more." if left > 0 else drawn


def leave(key: str, title: str, parts: Mapping[str, str]) -> None:
    """Attach a page to the run: a title and, under a heading each, what was done."""
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts.items() if text)
    create_markdown_artifact(key=key, markdown=f"# {title}\n\n{body}", description=title)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
