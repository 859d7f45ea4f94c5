import os
from datetime import UTC, datetime

import pytest
from source_pages import en_page

from yibao.errors import FetchFailed
from yibao.sources import FolderFetcher, SavedPageFetcher, page_fetcher


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "saved"
    (root / "2026" / "03").mkdir(parents=True)
    (root / "index.html").write_text(en_page())
    (root / "2026" / "03" / "渡船 a.htm").write_text(en_page())
    (root / "b.shtml").write_text(en_page())
    (root / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "secret.html").write_text("secret")
    return root


def test_addresses_below_the_base_are_files_below_the_folder(folder):
    with FolderFetcher(folder, "https://quay.example/news") as fetcher:
        page = fetcher.get("https://quay.example/news/b.shtml")
        assert page.content == (folder / "b.shtml").read_bytes()
        assert (page.status, page.content_type) == (200, "text/html")


def test_a_folder_gives_all_its_pages_but_indexes(folder):
    fetcher = FolderFetcher(folder, "https://quay.example/")
    urls = fetcher.urls()
    assert urls == [
        "https://quay.example/2026/03/%E6%B8%A1%E8%88%B9%20a.htm",
        "https://quay.example/b.shtml",
    ]
    assert all(fetcher.get(url).content for url in urls)


def test_the_folder_itself_answers_with_its_index(folder):
    page = FolderFetcher(folder, "https://quay.example/").get("https://quay.example/")
    assert page.content == (folder / "index.html").read_bytes()


def test_a_saved_page_was_fetched_when_it_was_saved(folder):
    os.utime(folder / "b.shtml", (0, 86_400))
    page = FolderFetcher(folder, "https://quay.example/").get("https://quay.example/b.shtml")
    assert page.fetched == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "path", ["../secret.html", "2026/../../secret.html", "%2e%2e/secret.html", "..%2fsecret.html"]
)
def test_no_address_leads_out_of_the_folder(folder, path):
    with pytest.raises(FetchFailed, match="leads out"):
        FolderFetcher(folder, "https://quay.example/").get(f"https://quay.example/{path}")


def test_no_link_leads_out_of_the_folder(folder):
    (folder / "link.html").symlink_to(folder.parent / "secret.html")
    with pytest.raises(FetchFailed, match="leads out"):
        FolderFetcher(folder, "https://quay.example/").get("https://quay.example/link.html")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://quay.example/none.html", "no readable saved page"),
        ("https://other.example/b.shtml", "is not below"),
        ("https://quay.example/2026/03/", "no readable saved page"),
        ("https://quay.example/a%00.html", "is no path"),
    ],
)
def test_what_is_not_saved_is_refused_by_its_address(folder, url, problem):
    with pytest.raises(FetchFailed, match=problem) as caught:
        FolderFetcher(folder, "https://quay.example/").get(url)
    assert caught.value.where == url
    assert caught.value.remedy


def test_an_empty_file_is_refused(folder):
    (folder / "empty.html").write_text("\n")
    with pytest.raises(FetchFailed, match="is empty"):
        FolderFetcher(folder, "https://quay.example/").get("https://quay.example/empty.html")


def test_a_file_of_thirty_megabytes_is_refused(folder):
    with (folder / "big.html").open("wb") as file:
        file.truncate(30 * 1024 * 1024)
    with pytest.raises(FetchFailed, match="31457280 bytes"):
        FolderFetcher(folder, "https://quay.example/").get("https://quay.example/big.html")


def test_a_saved_challenge_page_is_a_failure(folder):
    (folder / "wall.html").write_text("<title>Just a moment...</title><p>Checking</p>")
    with pytest.raises(FetchFailed, match="bot wall"):
        FolderFetcher(folder, "https://quay.example/").get("https://quay.example/wall.html")


def test_one_saved_page_answers_for_its_address_and_those_beside_it(folder):
    fetcher, url = page_fetcher(str(folder / "b.shtml"), "https://quay.example/2026/b.shtml")
    assert url == "https://quay.example/2026/b.shtml"
    with fetcher:
        assert fetcher.get(url).url == url
        assert fetcher.get("https://quay.example/2026/index.html").content
        with pytest.raises(FetchFailed):
            fetcher.get("https://quay.example/2026/b_2.shtml")


def test_one_saved_page_without_address_has_the_files_own(folder):
    fetcher = SavedPageFetcher(folder / "b.shtml")
    assert fetcher.get(fetcher.url).url.startswith("file:///")
