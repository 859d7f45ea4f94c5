"""One page or a few lines: what Yibao makes of them, nothing stored."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from yibao.cli.console import AsJson, print_json


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (extract, mt):
        app.command()(command)


def extract(
    file: Annotated[Path, typer.Argument(help="A saved page.")],
    url: Annotated[str, typer.Option(help="The page's public address.")],
    language: Annotated[
        str, typer.Option(help="Refuse a page in another language; default: the page tells.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Print the article that Yibao reads from a saved page; store nothing."""
    from yibao.newsroom import load_newsroom
    from yibao.paths import find_paths
    from yibao.sources import find_site, page_fetcher, read_article

    fetcher, address = page_fetcher(str(file), url)
    with fetcher:
        reading = read_article(
            address,
            fetcher,
            language=language or None,
            site=find_site(address),
            zone=load_newsroom(find_paths().newsroom).newsroom.zone,
        )
    article = reading.article
    if as_json:
        print_json(article.to_record())
        return
    said = [article.source, ", ".join(article.authors), str(article.published or "")]
    print(f"{article.title}\n{' | '.join(filter(None, said))}\n\n{article.text}")


def mt(
    source: Annotated[str, typer.Option("--from", help="Language of the lines.")],
    target: Annotated[str, typer.Option("--to", help="Language to translate into.")],
    glossary: Annotated[
        list[Path] | None,
        typer.Option(help="A glossary file; repeatable. Default: the newsroom's glossaries."),
    ] = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Keep no terms.")] = False,
) -> None:
    """Translate standard input line by line, as many lines out."""
    from yibao.glossary import load_files, load_glossary
    from yibao.newsroom import load_newsroom
    from yibao.paths import find_paths
    from yibao.translate import open_engine, packages_folder, translate_lines

    paths = find_paths()
    if no_glossary:
        terms = load_files([])
    elif glossary:
        terms = load_files(glossary)
    else:
        names = load_newsroom(paths.newsroom).glossaries
        terms = load_glossary(names, paths.glossaries)
    engine = open_engine(source, target, packages_folder(paths))
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    for line in translate_lines(lines, engine, terms):
        print(line)
