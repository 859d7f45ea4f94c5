"""What is published: outputs/ over HTTP, and a page of the desk that lists the feeds.

A newsroom in the open lets a web server or a CDN serve outputs/; this serves the same files with
the same types for a demo, for a small house, or for a look from the desk.
"""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from yibao.desk import house
from yibao.feeds.channel import FORMAT_NAMES, MEDIA_TYPES, OPML_PATH, Channel, wire

TYPES = {f".{form}": kind for form, kind in MEDIA_TYPES.items()} | {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
COMPRESSED = ".gz"
MAX_AGE = 60  # seconds; asking again costs a 304
# Published pages show the sources' pictures, and run nothing.
POLICY = "default-src 'none'; img-src 'self' https: http: data:; style-src 'self'; base-uri 'none'"


@login_not_required
@require_safe
def output(request: HttpRequest, path: str) -> HttpResponse:
    """A file of outputs/: its type, an ETag, 304 where the reader has it already."""
    file = _file(path)
    if file.is_dir():
        if path and not path.endswith("/"):
            return redirect(request.path + "/")
        file /= "index.html"
    if not file.is_file() or file.suffix not in TYPES:
        raise Http404
    twin = file.with_name(file.name + COMPRESSED)
    compressed = "gzip" in request.headers.get("Accept-Encoding", "") and twin.is_file()
    return _answer(request, twin if compressed else file, TYPES[file.suffix], compressed=compressed)


def _answer(request: HttpRequest, file: Path, kind: str, *, compressed: bool) -> HttpResponse:
    seen = file.stat()
    etag = f'"{seen.st_mtime_ns:x}-{seen.st_size:x}{"-gz" if compressed else ""}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(seen.st_mtime))
    if response is None:
        response = HttpResponse(file.read_bytes(), content_type=kind)
        if compressed:
            response["Content-Encoding"] = "gzip"
    elif not isinstance(response, HttpResponseNotModified):
        return response
    response["ETag"] = etag
    response["Last-Modified"] = http_date(seen.st_mtime)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["Access-Control-Allow-Origin"] = "*"  # readers in browsers fetch across sites
    response["Content-Security-Policy"] = POLICY
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _file(path: str) -> Path:
    """The file under outputs/ that a path names.

    Raises:
        Http404: the path leads out of outputs/ or to something hidden.
    """
    root = house.paths().outputs.resolve()
    if "\0" in path or any(part.startswith(".") for part in path.split("/")):
        raise Http404
    file = (root / path).resolve()
    if not file.is_relative_to(root):
        raise Http404
    return file


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every feed of the house: its address for partners, and whether it is there yet."""
    newsroom = house.newsroom()
    editions = [
        {
            "language": edition.language,
            "channels": [
                {"title": channel.title, "page": _place(channel.page), "forms": _forms(channel)}
                for channel in edition.channels
            ],
        }
        for edition in wire(newsroom, {}).editions.values()
    ]
    return render(
        request,
        "desk/published.html",
        {
            "page": "published",
            "editions": editions,
            "base": newsroom.newsroom.base_url,
            "opml": _place(OPML_PATH),
            "front": _place("index.html"),
        },
    )


def _forms(channel: Channel) -> list[dict[str, object]]:
    return [{"name": FORMAT_NAMES[form], **_place(channel.path(form))} for form in channel.formats]


def _place(path: str) -> dict[str, object]:
    return {"path": path, "there": (house.paths().outputs / path).is_file()}
