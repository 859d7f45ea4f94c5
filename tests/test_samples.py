"""The sample newsroom is whole: pages, records and reviewed translations fit each other."""

import json
import re
from pathlib import Path

import pytest

from yibao.article import Article
from yibao.checks import SegmentPair, run_checks
from yibao.errors import SourceError
from yibao.glossary import load_glossary, realised
from yibao.newsroom import Source, load_newsroom
from yibao.sources import discover, fetcher_for, read_article
from yibao.text.segment import assemble, segments

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
SITES = {"jiangnan": "zh", "delta": "en"}
HAN = re.compile(r"[\u4e00-\u9fff]")

NEWSROOM = load_newsroom(ROOT / "newsroom.yaml")

PAGES = sorted(path for site in SITES for path in (SAMPLES / site).glob("*.html"))
GBK_PAGES = [page for page in PAGES if page.parent.name == "jiangnan"]
RECORDS = sorted((SAMPLES / "expected").glob("*/*.json"))
REVIEWED = sorted((SAMPLES / "reviewed").glob("*/*.json"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def expected(path: Path) -> Article:
    twin = SAMPLES / "expected" / path.parent.name / f"{path.stem}.json"
    return Article.from_record(json.loads(twin.read_text(encoding="utf-8")))


def source_of(path: Path) -> Source:
    """The source of newsroom.yaml that a page, a record or a translation belongs to."""
    folder = Path("samples") / path.parent.name
    return next(source for source in NEWSROOM.sources.values() if source.folder == folder)


def other_language(article: Article) -> str:
    return "en" if article.language == "zh" else "zh"


def text_of(page: Path) -> str:
    return page.read_bytes().decode("gbk" if page in GBK_PAGES else "utf-8")


def test_each_site_has_seven_articles_and_two_of_them_reviewed():
    for site in SITES:
        assert sum(path.parent.name == site for path in RECORDS) >= 7
        assert sum(path.parent.name == site for path in REVIEWED) >= 2


@pytest.mark.parametrize("page", GBK_PAGES, ids=name)
def test_chinese_page_is_gbk_labelled_gb2312(page):
    content = page.read_bytes()
    assert HAN.search(content.decode("gbk"))
    assert b"charset=gb2312" in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_some_chinese_page_has_characters_that_gb2312_lacks():
    beyond = []
    for page in GBK_PAGES:
        try:
            page.read_bytes().decode("gb2312")
        except UnicodeDecodeError:
            beyond.append(page.stem)
    assert {"content_1", "content_2", "content_7"} <= set(beyond)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_page_is_described_in_the_readme(page):
    assert f"`{page.name}`" in (SAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_that_a_page_names_exist(page):
    url = source_of(page).url
    named = re.findall(r'(?:src|href)="([^"#]+)', text_of(page))
    local = [
        each.removeprefix(url)
        for each in named
        if each.startswith(url) or not each.startswith(("http", "data:"))
    ]
    assert local
    assert [each for each in local if not (page.parent / each).is_file()] == []


@pytest.mark.parametrize("image", sorted(SAMPLES.glob("*/images/*")), ids=name)
def test_image_is_small_and_of_its_kind(image):
    content = image.read_bytes()
    magic = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff"}[image.suffix]
    assert content.startswith(magic)
    assert len(content) < 25_000


@pytest.mark.parametrize("path", RECORDS, ids=name)
def test_record_is_what_article_writes(path):
    record = json.loads(path.read_text(encoding="utf-8"))
    article = Article.from_record(record)
    assert article.to_record() == record
    assert article.language == SITES[path.parent.name]
    assert article.url.endswith(f"/{path.stem}.html")
    assert article.published is not None
    assert article.published.isoformat().endswith("+08:00")


@pytest.mark.parametrize("path", RECORDS, ids=name)
def test_article_has_five_to_twelve_paragraphs_all_on_its_page(path):
    article = expected(path)
    paragraphs = [block.text for block in article.blocks if block.kind == "paragraph"]
    assert 5 <= len(paragraphs) <= 12
    pages = [page for page in PAGES if page.parent.name == path.parent.name]
    own = [page for page in pages if page.stem in (path.stem, f"{path.stem}_2")]
    source = "".join(map(text_of, own))
    assert [text for text in paragraphs if text not in source] == []


@pytest.mark.parametrize("path", RECORDS, ids=name)
def test_reading_the_page_gives_the_record(path):
    source = source_of(path)
    article = expected(path)
    reading = read_article(
        article.url,
        fetcher_for(source, ROOT),
        language=source.language,
        zone=NEWSROOM.newsroom.zone,
    )
    assert reading.article.to_record() == article.to_record()


def test_challenge_page_is_refused():
    page = SAMPLES / "delta" / "harbor-cranes-5g.html"
    source = source_of(page)
    with pytest.raises(SourceError):
        read_article(
            source.url + page.name,
            fetcher_for(source, ROOT),
            language=source.language,
            zone=NEWSROOM.newsroom.zone,
        )


@pytest.mark.parametrize("site", SITES)
def test_discovery_offers_every_article_once_and_no_list_or_second_page(site):
    source = source_of(SAMPLES / site / "index.html")
    articles = {expected(path).url for path in RECORDS if path.parent.name == site}
    bad = {f"{source.url}harbor-cranes-5g.html"} if site == "delta" else set()
    assert sorted(discover(source, fetcher_for(source, ROOT))) == sorted(articles | bad)


@pytest.mark.parametrize("path", REVIEWED, ids=name)
def test_reviewed_translation_covers_its_article_and_nothing_else(path):
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    assert set(reviewed) == {segment.text for segment in segments(expected(path))}


@pytest.mark.parametrize("path", REVIEWED, ids=name)
def test_reviewed_translation_reads_in_the_other_language(path):
    article = expected(path)
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    texts = {segment.key: reviewed[segment.text] for segment in segments(article)}
    to = other_language(article)
    translated = assemble(article, texts, to)
    if to == "en":
        assert not HAN.search(translated.title + translated.text)
    else:
        assert all(HAN.search(text) for text in texts.values())
    assert len(translated.blocks) == len(article.blocks)


@pytest.mark.parametrize("path", REVIEWED, ids=name)
def test_reviewed_translation_keeps_the_house_terms(path):
    article = expected(path)
    to = other_language(article)
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    glossary = load_glossary(NEWSROOM.glossaries, ROOT / "glossaries")
    matcher = glossary.matcher(article.language, to)
    found = [
        (match, segment) for segment in segments(article) for match in matcher.find(segment.text)
    ]
    missed = [
        (match.form, reviewed[segment.text])
        for match, segment in found
        if not realised(reviewed[segment.text], match, to)
    ]
    assert len(found) >= 15
    assert missed == []


@pytest.mark.parametrize("path", REVIEWED, ids=name)
def test_checks_have_nothing_against_a_reviewed_translation(path):
    article = expected(path)
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    findings = [
        (segment.key, finding.check, finding.message)
        for segment in segments(article)
        for finding in run_checks(
            SegmentPair(
                source=segment.text,
                target=reviewed[segment.text],
                source_language=article.language,
                target_language=other_language(article),
                role=segment.role,
            )
        )
        if finding.severity != "info"
    ]
    assert findings == []
