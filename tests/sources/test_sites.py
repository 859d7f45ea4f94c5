import json
from datetime import date
from pathlib import Path

import pytest
from source_pages import SHANGHAI

from yibao.errors import ConfigError
from yibao.sources import extract, find_site, load_site
from yibao.sources import site as site_module
from yibao.sources.site import FOLDER

SAMPLES = Path(__file__).with_name("sites")
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_site_file_has_a_sample_page_and_reads_it_as_expected(name):
    page, expected = SAMPLES / name / "page.html", SAMPLES / name / "expected.json"
    assert page.exists(), f"save a page of our own writing, laid out as {name}'s, as {page}"
    assert expected.exists(), f"write the record that {name}'s page must give to {expected}"
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    site = find_site(name)
    html = page.read_text(encoding="utf-8")
    article = extract(html, site.sample, language=wanted["language"], site=site, zone=SHANGHAI)
    assert article.to_record() == wanted


def test_every_sample_has_its_site_file():
    assert sorted(path.name for path in SAMPLES.iterdir()) == NAMES


def test_a_site_is_found_by_name_and_by_address():
    assert find_site("stdaily").name == "stdaily"
    url = "http://www.stdaily.com/English/ChinaNews/2021-10/28/content_1.shtml"
    assert find_site(url) == find_site("stdaily")
    assert find_site("https://nobody.example/a.html") is None


@pytest.mark.parametrize("name", ["nobody", "..", "Stdaily", ""])
def test_an_unknown_site_name_is_refused(name):
    with pytest.raises(ConfigError) as caught:
        find_site(name)
    assert caught.value.remedy


GOOD = """\
host: quay.example
valid_from: 2020-01-01
sample: https://quay.example/a.html
"""


def test_a_layout_holds_from_its_day_on(tmp_path, monkeypatch):
    (tmp_path / "quay.yaml").write_text(GOOD)
    (tmp_path / "quay-2024.yaml").write_text(GOOD.replace("2020-01-01", "2024-06-01"))
    monkeypatch.setattr(site_module, "FOLDER", tmp_path)
    assert find_site("https://quay.example/2021/03/05/a").name == "quay"
    assert find_site("https://quay.example/2024/07/01/a").name == "quay-2024"
    assert find_site("https://quay.example/about").name == "quay-2024"
    assert find_site("https://quay.example/2019/01/01/a").valid_from == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        (GOOD + "titel: h1\n", "titel", "unknown key"),
        (GOOD + "list: {item: li, dates: i}\n", "list.dates", "unknown key"),
        (GOOD + "body: 'div[['\n", "body", "no CSS selector"),
        (GOOD + "title: [h1, 7]\n", "title.1", "valid string"),
        (GOOD.replace("2020-01-01", "lately"), "valid_from", "date"),
        (GOOD.replace("host: quay.example\n", ""), "host", "required"),
        (GOOD.replace("quay.example\n", "[]\n", 1), "host", "at least 1"),
        ("", "", "no mapping"),
        ("- a\n", "", "no mapping"),
        ("a: [", "", "not YAML"),
    ],
)
def test_a_wrong_site_file_is_refused_by_file_and_key(tmp_path, text, key, problem):
    path = tmp_path / "quay.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_site(path)
    error = str(caught.value)
    assert str(path) in error
    assert key in error
    assert problem in error
    assert caught.value.remedy
