"""What is in the house: status, articles, one article."""

from dataclasses import asdict
from typing import Annotated

import typer

from yibao.cli.console import AsJson, print_json, print_table


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (status, articles, show):
        app.command()(command)


def status(as_json: AsJson = False) -> None:
    """Say how much waits, is under review, approved, published and quarantined."""
    from yibao.stages import open_newsroom

    open_newsroom()
    from yibao.desk import store

    now = store.status()
    if as_json:
        print_json(asdict(now))
        return
    print_table(["articles from", ""], list(now.articles.items()))
    print_table(["translations", ""], list(now.translations.items()))
    entries = {
        "published": now.published,
        "to be published": now.unpublished,
        "withdrawn": now.withdrawn,
    }
    print_table(["entries", ""], list(entries.items()))
    if now.quarantined:
        print(f"{now.quarantined_total} pages in quarantine:")
        for page in now.quarantined:
            print(f"  {page.message}")


def articles(
    language: Annotated[str, typer.Option(help="Only articles in this language.")] = "",
    state: Annotated[str, typer.Option(help="Only those with a translation in this state.")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """List articles, newest first."""
    from yibao.stages import open_newsroom

    open_newsroom()
    from yibao.desk import store

    found = store.list_articles(language=language, state=state, limit=limit)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        ["id", "language", "title", "source", "published", "translations"],
        [
            [
                each.article_id[:8],
                each.language,
                each.title,
                each.source,
                f"{each.published:%Y-%m-%d}" if each.published else "",
                ", ".join(f"{to}: {state}" for to, state in each.translations.items()),
            ]
            for each in found
        ],
    )


def show(
    article_id: Annotated[
        str, typer.Argument(metavar="ID", help="An article's id, or its beginning.")
    ],
    as_json: AsJson = False,
) -> None:
    """Print an article with its revisions and translations."""
    from yibao.stages import open_newsroom

    open_newsroom()
    from yibao.desk import store

    found = store.show_article(article_id)
    if as_json:
        print_json(found.to_record())
        return
    article = found.article
    print(f"{article.title}\n{article.url}\n{article.source} {article.published or ''}".rstrip())
    print(f"article {found.article_id}, revision {found.revision}, in {article.language}")
    for translation in found.translations:
        print(f"\n── {translation.language}: {translation.state} ({translation.translation_id})")
        for segment in translation.segments:
            print(f"  {segment.source}\n    {segment.text or '—'}")
