"""The sample newsroom, the whole way."""

from time import perf_counter
from typing import TYPE_CHECKING

import typer

from yibao.cli.console import print_table, progress_bars
from yibao.cli.run import print_feeds

if TYPE_CHECKING:
    from yibao.feeds import Published
    from yibao.newsroom import Newsroom
    from yibao.paths import Paths
    from yibao.stages.ingest import Ingested
    from yibao.stages.translate import Translated


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(demo)


def demo() -> None:
    """Run the sample newsroom: ingest, translate, review, publish."""
    from yibao.cli.prefect import flows_here, run_flow
    from yibao.stages import open_newsroom
    from yibao.stages.demo import refuse_real_newsroom, review_samples
    from yibao.translate import packages, packages_folder

    began = perf_counter()
    newsroom, paths = open_newsroom()
    refuse_real_newsroom(newsroom, paths)
    print("Yibao's sample newsroom: ingest, translate, review, publish.", flush=True)
    packages.install_starters(paths.starter_models, packages_folder(paths))
    with flows_here(paths), progress_bars():
        from flows.ingest import IngestRequest, ingest_source
        from flows.publish import publish_feeds
        from flows.translate import translate_waiting
        from yibao.feeds import Published
        from yibao.stages.ingest import Ingested
        from yibao.stages.translate import Translated

        ingested = [
            run_flow(ingest_source, Ingested, IngestRequest(source=name))
            for name in newsroom.sources
        ]
        translated = run_flow(translate_waiting, Translated)
        approved = review_samples(paths)
        published = run_flow(publish_feeds, Published)
    _tell(ingested, translated, approved, published)
    _point(newsroom, paths, published)
    print(f"\nDone in {perf_counter() - began:.0f} s.")


def _tell(
    ingested: "list[Ingested]",
    translated: "Translated",
    approved: list[str],
    published: "Published",
) -> None:
    terms, findings = translated.total("terms"), translated.total("findings")
    taken = [each for source in ingested for each in source.taken]
    fresh = [each for each in taken if each.outcome in {"new", "updated"}]
    quarantined = [each for each in taken if each.outcome == "quarantined"]
    rows = (
        ("ingested", f"{len(fresh)} new of {len(taken)} pages"),
        ("drafted", f"{len(translated.drafted)} articles, {_listed(translated.total('origins'))}"),
        ("terms", _listed(terms)),
        ("checks", _listed(findings)),
        ("approved", f"{len(approved)} translations, by two people"),
        ("published", f"{published.written} files written, {published.unchanged} unchanged"),
        ("quarantined", "\n".join(each.error for each in quarantined) or "none"),
    )
    print_table(["what happened", ""], rows)
    if not fresh and not translated.drafted and not approved and not published.written:
        print("Nothing changed since the last run.")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none"


def _point(newsroom: "Newsroom", paths: "Paths", published: "Published") -> None:
    from yibao.stages.demo import ACCOUNTS

    print("Feeds:")
    print_feeds(path.relative_to(paths.root) for path in published.feeds)
    print(f"\nOpen the desk: .venv/bin/yibao serve, then {newsroom.newsroom.desk_url}")
    for account in ACCOUNTS:
        print(f"  {account.role}: {account.name}, password {account.password}")
    print("\nThe drafts come from the small starter models and are weak: docs/models.md.")
