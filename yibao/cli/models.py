"""Translation packages: list, install, verify."""

from pathlib import Path
from typing import Annotated

import typer

from yibao.cli.console import AsJson, print_json, print_table

app = typer.Typer(help="Translation packages in Argos format.", no_args_is_help=True)


@app.command("list")
def list_packages(as_json: AsJson = False) -> None:
    """List the installed packages."""
    from yibao.paths import find_paths
    from yibao.translate import packages, packages_folder

    found = packages.installed(packages_folder(find_paths()))
    rows = [[each.source, each.target, each.version, each.folder] for each in found]
    if as_json:
        keys = ("from", "to", "version", "path")
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    elif rows:
        print_table(["from", "to", "version", "path"], rows)
    else:
        print("No packages. Run `yibao models install`.")


@app.command()
def install(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Package files (.argosmodel).", metavar="[FILE]…")
    ] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="The small packages that ship with Yibao.")
    ] = False,
    index: Annotated[
        str, typer.Option(help="Address of a mirror's index.json instead of Argos' own.")
    ] = "",
) -> None:
    """Install packages: the official ones for the newsroom's pairs, or from files."""
    from yibao.newsroom import load_newsroom
    from yibao.paths import find_paths
    from yibao.translate import packages, packages_folder

    paths = find_paths()
    paths.make_var()
    if files:
        done = [packages.install_file(file, packages_folder(paths)) for file in files]
    elif starter:
        done = packages.install_starters(paths.starter_models, packages_folder(paths))
    else:
        pairs = load_newsroom(paths.newsroom).pairs
        done = packages.install_official(pairs, packages_folder(paths), index or None)
    for each in done:
        print(f"installed {each.source}→{each.target} {each.version}")


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Load every installed package and translate a sentence with it."""
    from yibao.paths import find_paths
    from yibao.translate import packages, packages_folder

    checked = packages.verify(packages_folder(find_paths()))
    if as_json:
        print_json([{"package": str(p.folder), "error": str(e) if e else None} for p, e in checked])
    else:
        if not checked:
            print("No packages. Run `yibao models install`.")
        for package, error in checked:
            print(f"{package.source}→{package.target} {package.version}: {error or 'good'}")
    if not checked or any(error for _, error in checked):
        raise typer.Exit(1)
