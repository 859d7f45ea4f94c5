"""Glossaries: are their files good?"""

from pathlib import Path
from typing import Annotated

import typer

from yibao.cli.console import AsJson, print_json

app = typer.Typer(help="The house's terms.", no_args_is_help=True)


@app.callback()
def _glossary() -> None:
    """Keep `check` a subcommand, though it is alone."""


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Default: all of glossaries/.", metavar="[FILE]…")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read glossary files and name every broken row, with file and line."""
    from yibao.glossary import check_glossaries, load_files
    from yibao.paths import find_paths

    wanted = files or sorted(find_paths().glossaries.glob("*.csv"))
    problems = check_glossaries(wanted)
    if as_json:
        print_json([{"where": p.where, "detail": p.detail, "remedy": p.remedy} for p in problems])
    else:
        for problem in problems:
            print(problem)
    if problems:
        raise typer.Exit(1)
    if not as_json:
        print(f"{len(wanted)} files, {len(load_files(wanted).terms)} terms, no problems")
