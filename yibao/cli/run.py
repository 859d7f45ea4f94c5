"""The daily work: ingest, translate, publish, and the three in order."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yibao.cli.console import AsJson, print_json, print_table, progress_bars

if TYPE_CHECKING:
    from yibao.feeds import Published
    from yibao.paths import Paths
    from yibao.stages.ingest import Ingested
    from yibao.stages.translate import Translated


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (ingest, translate, publish, run):
        app.command()(command)


def ingest(
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE|PATH|URL]…", help="Default: every declared source."),
    ] = None,
    url: Annotated[str, typer.Option(help="With one PATH: the page's public address.")] = "",
    source: Annotated[
        str, typer.Option(help="With PATH or URL: the declared source that it counts to.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Take in articles: from declared sources, saved pages or addresses."""
    from yibao.errors import YibaoError
    from yibao.stages import open_newsroom
    from yibao.stages.ingest import ingest_page

    newsroom, paths = open_newsroom()
    wanted = places or list(newsroom.sources)
    if url and len(wanted) != 1:
        raise typer.BadParameter("--url goes with exactly one PATH")
    names = [place for place in wanted if place in newsroom.sources]
    results, errors = [], []
    with progress_bars():
        for page in (place for place in wanted if place not in newsroom.sources):
            try:
                results.append(ingest_page(newsroom, page, url, source))
            except YibaoError as error:
                errors.append(str(error))
        refused = any(each.count("quarantined") for each in results)
        _ingest_sources(names, paths, results, errors)
    if as_json:
        print_json({"ingested": [asdict(each) for each in results], "errors": errors})
    else:
        show_ingested(results)
        _show_errors(errors)
    if errors or refused:
        raise typer.Exit(1)


def _ingest_sources(
    names: list[str], paths: "Paths", results: "list[Ingested]", errors: list[str]
) -> None:
    """Take in declared sources, each whether or not the one before could be read."""
    if not names:
        return
    from yibao.cli.prefect import flows_here, run_flow
    from yibao.errors import YibaoError
    from yibao.stages.ingest import Ingested

    with flows_here(paths):
        from flows.ingest import IngestRequest, ingest_source

        for name in names:
            try:
                results.append(run_flow(ingest_source, Ingested, IngestRequest(source=name)))
            except YibaoError as error:
                errors.append(str(error))


def translate(as_json: AsJson = False) -> None:
    """Draft all that waits for translation."""
    from yibao.cli.prefect import flows_here, run_flow
    from yibao.paths import find_paths

    with flows_here(find_paths()), progress_bars():
        from flows.translate import translate_waiting
        from yibao.stages.translate import Translated

        done = run_flow(translate_waiting, Translated)
    print_json(done.to_record()) if as_json else show_translated(done)
    if done.errors:
        raise typer.Exit(1)


def publish(as_json: AsJson = False) -> None:
    """Write all that is approved to outputs/."""
    from yibao.cli.prefect import flows_here, run_flow
    from yibao.paths import find_paths

    with flows_here(find_paths()), progress_bars():
        from flows.publish import publish_feeds
        from yibao.feeds import Published

        published = run_flow(publish_feeds, Published)
    print_json(_published(published)) if as_json else show_published(published)
    if published.refused:
        raise typer.Exit(1)


def run(as_json: AsJson = False) -> None:
    """Ingest every source, translate and publish, in this order."""
    from yibao.cli.prefect import flows_here, run_flow
    from yibao.paths import find_paths

    with flows_here(find_paths()), progress_bars():
        from flows.newsroom import Ran, run_newsroom

        ran = run_flow(run_newsroom, Ran)
    if as_json:
        print_json(
            {
                "ingested": [asdict(each) for each in ran.ingested],
                "translated": ran.translated.to_record() if ran.translated else None,
                "published": _published(ran.published) if ran.published else None,
                "errors": ran.errors,
            }
        )
    else:
        show_ingested(ran.ingested)
        if ran.translated:
            show_translated(ran.translated)
        if ran.published:
            show_published(ran.published)
        _show_errors(ran.errors)
    if ran.errors:
        raise typer.Exit(1)


def show_ingested(results: "Sequence[Ingested]") -> None:
    """Print what was taken in, and why pages were quarantined."""
    from yibao.stages.ingest import OUTCOMES

    rows = [[each.source, *(each.count(outcome) for outcome in OUTCOMES)] for each in results]
    if rows:
        print_table(["source", *OUTCOMES], rows)
    for each in results:
        if each.left:
            print(f"{each.source}: {each.left} more pages are left for the next run")
        for taken in each.taken:
            if taken.error:
                typer.secho(f"quarantined: {taken.error}", fg="yellow", err=True)
            elif len(each.taken) == 1:
                print(f"{taken.outcome}: {taken.title} ({taken.article})")


def show_translated(done: "Translated") -> None:
    """Print what was drafted, how terms fared and what checks found."""
    if done.waiting:
        print(
            f"{done.waiting} translations wait: held by another run (half an hour at most after "
            "it died), or put off after an error."
        )
    elif not done.drafted and not done.errors:
        print("Nothing waits for translation.")
    for each in done.drafted:
        print(f"drafted {each.source}→{each.target}: {each.title} ({each.translation})")
    terms, findings = done.total("terms"), done.total("findings")
    if terms:
        print("terms:    ", ", ".join(f"{count} {status}" for status, count in terms.most_common()))
    if findings:
        print("findings: ", ", ".join(f"{count} {kind}" for kind, count in findings.most_common()))
    for error in done.errors:
        typer.secho(f"not drafted: {error}", fg="red", err=True)


def show_published(published: "Published") -> None:
    """Print what was written and where the feeds are."""
    print(
        f"{published.written} files written, {published.unchanged} unchanged, "
        f"{published.removed} removed"
    )
    print_feeds(published.feeds)
    for _, error in published.refused:
        typer.secho(f"refused: {error}", fg="red", err=True)


def _show_errors(errors: Iterable[str]) -> None:
    for error in errors:
        typer.secho(f"failed: {error}", fg="red", err=True)


def print_feeds(paths: Iterable[Path]) -> None:
    """Print a line for each feed: its path with all its formats."""
    formats: dict[Path, list[str]] = {}
    for path in paths:
        formats.setdefault(path.with_suffix(""), []).append(path.suffix)
    for path, suffixes in formats.items():
        print(f"  {path}{' '.join(suffixes)}")


def _published(published: "Published") -> dict[str, Any]:
    return {
        "written": published.written,
        "unchanged": published.unchanged,
        "removed": published.removed,
        "feeds": published.feeds,
        "refused": [str(error) for _, error in published.refused],
    }
