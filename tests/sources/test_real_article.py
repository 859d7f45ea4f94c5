"""A real page, kept outside the repository: read exactly, with its site file and without."""

import json
from pathlib import Path

import pytest
from source_pages import SHANGHAI

from yibao.sources import decode, extract, find_site

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "articles"
PAGE = FOLDER / "stdaily-2021-10-28.html"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the real page is not here")


@pytest.fixture(params=[None, "stdaily"], ids=["generic rules", "site file"])
def read(request):
    wanted = json.loads(PAGE.with_suffix(".expected.json").read_text(encoding="utf-8"))
    site = find_site(request.param) if request.param else None
    article = extract(decode(PAGE.read_bytes()), wanted["url"], site=site, zone=SHANGHAI)
    return article, wanted


def test_every_field_is_as_expected(read):
    article, wanted = read
    record = article.to_record()
    record["blocks"] = [block for block in record["blocks"] if block["kind"] != "figure"]
    never = wanted.pop("never_in_body")
    assert {key: record.get(key) for key in wanted} == wanted
    assert not [words for words in never if words in article.text]


def test_the_picture_stands_where_the_page_has_it(read):
    article, _ = read
    assert article.blocks[0].kind == "figure"
    assert article.figures[0].image.endswith("/English/images/2021-10/28/1a2b3c.jpg")
