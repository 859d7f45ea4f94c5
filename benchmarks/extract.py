"""Measure the extraction of saved news pages against their truth, beside two peers.

    python benchmarks/extract.py --bench DIR --scorer score_articles.py [--out DIR]

DIR holds `truth.jsonl` (id, file, url, language, title, date, authors, body) with its pages, and
may hold `enc_truth.jsonl` (file, http_content_type, true_charset) with mislabelled ones. The
scorer is a program that takes --pred, --truth, --lang and --json; it is run as it is. Peers run
on the same pages, decoded by us, in the same process: trafilatura with `favor_precision`, and
readability-lxml for the body with nothing else. A page that we refuse counts as empty.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import readability
import trafilatura

from yibao.article import Article
from yibao.errors import YibaoError
from yibao.sources import decode, extract

LANGUAGES = ("en", "zh")
ZONES = {"zh": ZoneInfo("Asia/Shanghai"), "en": ZoneInfo("UTC")}
NOWHERE = "https://saved.invalid/"  # for pages whose address is not known
MEASURES = ("f1", "precision", "recall", "pages_f1_lt_50", "title", "date", "author", "author_f1")

Record = dict[str, Any]
Extractor = Callable[[str, Record], Record]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the saved pages, the scorer and the results are."""

    folder: Path
    scorer: Path
    out: Path

    @property
    def truth(self) -> Path:
        """The file of true records."""
        return self.folder / "truth.jsonl"


def main() -> None:
    """Run all extractors and print their scores side by side."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--bench", type=Path, required=True)
    given.add_argument("--scorer", type=Path, required=True)
    given.add_argument("--out", type=Path, help="keep predictions and scores here")
    given.add_argument("--ours-only", action="store_true", help="leave the peers out")
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        out = wanted.out or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        extractors = {"yibao": ours} | ({} if wanted.ours_only else PEERS)
        bench = Bench(wanted.bench, wanted.scorer, out)
        pages = [each for each in read(bench.truth) if each["language"] in ZONES]
        texts = {each["id"]: text_of(bench.folder / each["file"]) for each in pages}
        results = {
            name: measure(name, extractor, pages, texts, bench)
            for name, extractor in extractors.items()
        }
    show(results)
    if (wanted.bench / "enc_truth.jsonl").exists():
        show_decoding(wanted.bench)


def ours(html: str, page: Record) -> Record:
    """Yibao's own. Chinese truth counts captions as body, English truth does not."""
    code = page["language"]
    article = extract(html, page["url"] or NOWHERE, language=code, zone=ZONES[code])
    return {
        "title": article.title,
        "date": article.published.isoformat()[:10] if article.published else None,
        "authors": list(article.authors),
        "body": article.text if code == "zh" else without_captions(article),
    }


def without_captions(article: Article) -> str:
    """The text of all blocks but figures."""
    rows = ("\n".join("\t".join(row) for row in block.rows) for block in article.blocks)
    return "\n".join(block.text or row for block, row in zip(article.blocks, rows, strict=True))


def by_trafilatura(html: str, page: Record) -> Record:
    """The best single tool for English."""
    found = trafilatura.bare_extraction(
        html,
        url=page["url"] or NOWHERE,
        favor_precision=True,
        with_metadata=True,
        include_comments=False,
    )
    if found is None:
        return {}
    return {
        "title": found.title,
        "date": found.date,
        "authors": (found.author or "").split("; "),
        "body": found.text,
    }


def by_readability(html: str, _: Record) -> Record:
    """The best single tool for Chinese in Python; blocks are set apart by line breaks."""
    document = readability.Document(html)
    tree = lxml.html.fromstring(document.summary())
    for element in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "td"):
        element.tail = "\n" + (element.tail or "")
    return {"title": document.short_title(), "body": tree.text_content()}


PEERS: dict[str, Extractor] = {"trafilatura": by_trafilatura, "readability": by_readability}


def measure(
    name: str,
    extractor: Extractor,
    pages: list[Record],
    texts: dict[str, str],
    bench: Bench,
) -> dict[str, Record]:
    """An extractor's scores by language, with `speed` in pages a second and `refused` pages."""
    seconds = dict.fromkeys(LANGUAGES, 0.0)
    refused = dict.fromkeys(LANGUAGES, 0)
    predictions = bench.out / f"{name}.jsonl"
    with predictions.open("w", encoding="utf-8") as file:
        for page in pages:
            start = time.perf_counter()
            try:
                found = extractor(texts[page["id"]], page)
            except (YibaoError, lxml.etree.LxmlError, readability.readability.Unparseable) as error:
                refused[page["language"]] += 1
                found = {"error": str(error)}
            seconds[page["language"]] += time.perf_counter() - start
            print(json.dumps({"id": page["id"], **found}, ensure_ascii=False), file=file)
    counts = {code: sum(page["language"] == code for page in pages) for code in LANGUAGES}
    return {
        code: score(predictions, code, bench)
        | {"speed": counts[code] / seconds[code], "refused": refused[code]}
        for code in LANGUAGES
        if counts[code]
    }


def score(predictions: Path, code: str, bench: Bench) -> Record:
    """What the scorer says of the predictions for a language."""
    result = predictions.with_suffix(f".{code}.json")
    command = [sys.executable, str(bench.scorer), "--pred", str(predictions), "--truth"]
    command += [str(bench.truth), "--lang", code, "--json", str(result)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    scores: Record = json.loads(result.read_text(encoding="utf-8"))[code]
    return scores


def show(results: dict[str, dict[str, Record]]) -> None:
    """Print the scores, and our speed as a ratio to each peer's."""
    for code in LANGUAGES:
        print(f"\n{code:12}" + "".join(f"{each[:9]:>10}" for each in (*MEASURES, "p/s", "refused")))
        for name, by_language in results.items():
            if code not in by_language:
                continue
            found = by_language[code]
            figures = "".join(f"{found[each]:10.3f}" for each in MEASURES)
            print(f"{name:12}{figures}{found['speed']:10.1f}{found['refused']:10}")
        for name in PEERS.keys() & results.keys():
            ratio = results["yibao"][code]["speed"] / results[name][code]["speed"]
            better = results["yibao"][code]["f1"] - results[name][code]["f1"]
            print(f"  to {name}: speed x {ratio:.2f}, body F1 {better:+.3f}")


def show_decoding(bench: Path) -> None:
    """Print how many mislabelled pages are decoded as their true encoding gives them."""
    right, cases = 0, list(read(bench / "enc_truth.jsonl"))
    for case in cases:
        content = (bench / case["file"]).read_bytes()
        codec = "gb18030" if case["true_charset"].startswith("gb") else case["true_charset"]
        true = content.decode(codec, "replace").removeprefix("\ufeff")
        right += decode(content, case["http_content_type"] or "") == true
    print(f"\ndecoded right: {right} of {len(cases)} mislabelled pages")


def read(path: Path) -> Iterator[Record]:
    """The records of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def text_of(path: Path) -> str:
    """A saved page's text."""
    return decode(path.read_bytes(), "text/html", where=str(path))


if __name__ == "__main__":
    main()
