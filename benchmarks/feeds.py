"""How long publishing takes, next to plain feedgen for the same entries in the same run.

    python benchmarks/feeds.py [ENTRIES ...]

Plain feedgen writes one RSS and one Atom file with all entries. Yibao makes, checks and writes
everything that stands under outputs/: RSS, Atom and JSON feeds of a language and its section, a
page per entry, indexes, OPML; `again` is the same publication once more, which writes nothing.
The best of five runs counts; the figure to quote is the ratio, since machines differ.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from feedgen.feed import FeedGenerator

from yibao.article import Article, Block, Figure
from yibao.feeds import Entry, publish
from yibao.newsroom import Newsroom

RUNS = 5
START = datetime(2026, 1, 1, tzinfo=UTC)
SENTENCE = "The first turbines at the deep-water wind farm fed power into the provincial grid. "
NEWSROOM = Newsroom.model_validate(
    {
        "newsroom": {
            "name": "Benchmark",
            "authority": "benchmark.example,2026",
            "base_url": "https://benchmark.example/",
        },
        "sections": {"industry": {"en": "Industry"}},
        "feeds": {"en": {"title": "Benchmark", "entries": 500}},
    }
)


def entries(count: int) -> list[Entry]:
    """Entries of about 3,300 characters with a picture, an hour apart."""
    return [_entry(number) for number in range(count)]


def _entry(number: int) -> Entry:
    source = f"https://source.example/{number}.html"
    moment = START + timedelta(hours=number)
    picture = Figure(f"https://source.example/{number}.jpg", "A turbine", SENTENCE, "Xu Lan")
    article = Article(
        url=source,
        language="en",
        title=f"Wind farm, part {number}",
        blocks=(
            Block("figure", figure=picture),
            *(Block("paragraph", SENTENCE * 5) for _ in range(8)),
        ),
        authors=("Zhou Min",),
    )
    return Entry(
        uuid=str(UUID(int=number)),
        language="en",
        article=article,
        source_language="zh",
        source_url=source,
        source_title="海上风电场并网",
        source_name="Source",
        section="industry",
        published=moment,
        updated=moment,
        translator="Li Wei",
        reviewer="Chen Yu",
        machine_assisted=True,
    )


def plain_feedgen(given: list[Entry], folder: Path) -> None:
    """What a script without Yibao would do: one RSS and one Atom file."""
    feed = FeedGenerator()
    feed.id("https://benchmark.example/")
    feed.title("Benchmark")
    feed.description("Benchmark")
    feed.link(href="https://benchmark.example/")
    for entry in given:
        item = feed.add_entry(order="append")
        item.id(entry.uuid)
        item.title(entry.article.title)
        item.link(href=entry.source_url)
        item.published(entry.published)
        item.updated(entry.updated)
        item.summary(SENTENCE)
        item.content("".join(f"<p>{block.text}</p>" for block in entry.article.blocks))
    feed.rss_file(folder / "feed.rss")
    feed.atom_file(folder / "feed.atom")


def best(work: Callable[[], object]) -> float:
    """Seconds of the best run."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def compare(count: int) -> None:
    """Measure and print one line."""
    given = entries(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trees = iter(range(RUNS))
        plain = best(lambda: plain_feedgen(given, folder))
        first = best(lambda: publish({"en": given}, NEWSROOM, folder / str(next(trees))))
        again = best(lambda: publish({"en": given}, NEWSROOM, folder / "0"))
    print(
        f"{count:>6} entries: plain feedgen {plain:.3f} s; "
        f"publish {first:.3f} s ({first / plain:.1f}x); again {again:.3f} s ({again / plain:.1f}x)"
    )


if __name__ == "__main__":
    for asked in map(int, sys.argv[1:] or ("50", "1000")):
        compare(asked)
