"""What is published, as readers get it from the desk's server, and the page that lists it."""

import gzip

import pytest
from desk_visits import visitor
from django.test import Client


@pytest.mark.django_db
class TestPublishedFiles:
    @pytest.fixture
    def outputs(self, newsroom):
        folder = newsroom.outputs / "zh"
        folder.mkdir(parents=True)
        files = {
            "feed.rss": b"<rss/>",
            "feed.atom": b"<feed/>",
            "feed.json": b"{}",
            "index.html": b"<!doctype html><title>zh</title>",
            ".state": b"secret",
            "notes.exe": b"MZ",
        }
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (newsroom.outputs / "style.css").write_bytes(b"p{}")
        (newsroom.root / "newsroom.yaml").touch()
        return newsroom.outputs

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("zh/feed.rss", "application/rss+xml"),
            ("zh/feed.atom", "application/atom+xml"),
            ("zh/feed.json", "application/feed+json"),
            ("zh/", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
        ],
    )
    def test_files_have_their_types_and_need_no_password(self, outputs, client, path, kind):
        answer = client.get(f"/feeds/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_a_reader_that_has_it_gets_304(self, outputs, client):
        first = client.get("/feeds/zh/feed.rss")
        for ask in (
            {"HTTP_IF_NONE_MATCH": first["ETag"]},
            {"HTTP_IF_NONE_MATCH": f"W/{first['ETag']}"},
            {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]},
        ):
            answer = client.get("/feeds/zh/feed.rss", **ask)
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer["ETag"] == first["ETag"]

    def test_a_file_that_changed_is_sent_again(self, outputs, client):
        etag = client.get("/feeds/zh/feed.rss")["ETag"]
        (outputs / "zh" / "feed.rss").write_bytes(b"<rss version='2.0'/>")
        answer = client.get("/feeds/zh/feed.rss", HTTP_IF_NONE_MATCH=etag)
        assert (answer.status_code, answer.content) == (200, b"<rss version='2.0'/>")

    def test_it_says_its_own_language_whatever_the_reader_speaks(self, outputs, client):
        asked = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "django_language=en"}
        for path in ("zh/feed.rss", "zh/"):
            assert client.get(f"/feeds/{path}", **asked)["Content-Language"] == "zh-Hans"
        first = client.get("/feeds/zh/feed.rss")
        again = client.get("/feeds/zh/feed.rss", HTTP_IF_NONE_MATCH=first["ETag"], **asked)
        assert again["Content-Language"] == "zh-Hans"
        assert "Content-Language" not in client.get("/feeds/style.css", **asked)

    @pytest.mark.parametrize("path", ["zh/feed.rss", "zh/", "zh", "zh/none.rss", "style.css"])
    def test_caches_keep_one_copy_and_no_reader_gets_a_cookie(self, outputs, users, path):
        for client in (Client(), visitor(users.translator)):
            answer = client.get(f"/feeds/{path}")
            assert "Vary" not in answer
            assert not answer.cookies

    def test_a_compressed_twin_of_older_text_is_not_sent(self, outputs, client):
        (outputs / "zh" / "feed.rss.gz").write_bytes(gzip.compress(b"<rss>withdrawn</rss>"))
        answer = client.get("/feeds/zh/feed.rss", HTTP_ACCEPT_ENCODING="gzip, br")
        assert answer.content == b"<rss/>"
        assert client.get("/feeds/zh/feed.rss.gz").status_code == 404

    @pytest.mark.parametrize(
        "path",
        [
            "../newsroom.yaml",
            "%2e%2e/newsroom.yaml",
            "zh/../../newsroom.yaml",
            "zh/.state",
            "zh/notes.exe",
            "zh/none.rss",
            "zh/feed.rss%00.html",
            "zh/feed.rss/more.html",
            "x" * 300,
            "zh/" + "x/" * 3000,
        ],
    )
    def test_nothing_else_is_served(self, outputs, path):
        assert Client().get(f"/feeds/{path}").status_code == 404

    def test_a_link_out_of_the_folder_is_not_followed(self, outputs, newsroom, client):
        (outputs / "zh" / "leak.txt").symlink_to(newsroom.newsroom)
        assert client.get("/feeds/zh/leak.txt").status_code == 404

    def test_a_folder_without_its_slash_leads_to_it(self, outputs, client):
        assert client.get("/feeds/zh")["Location"] == "/feeds/zh/"

    def test_files_are_only_read(self, outputs, client):
        assert client.post("/feeds/zh/feed.rss").status_code == 405
        assert client.head("/feeds/zh/feed.rss").content == b""

    def test_the_desk_lists_every_feed_and_what_is_out(self, outputs, users):
        page = visitor(users.translator).get("/desk/published/").content.decode()
        assert "/feeds/zh/feed.rss" in page
        assert "/feeds/en/feed.rss" not in page
        assert "not published yet" in page
