"""What is published: outputs/ over HTTP, and a page of the desk that lists the feeds.

A newsroom in the open lets a web server or a CDN serve outputs/; this serves the same files with
the same types for a demo, for a small house, or for a look from the desk.
"""

from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from yibao.desk import house
from yibao.desk.views.errors import PLAIN
from yibao.feeds.channel import FORMAT_NAMES, MEDIA_TYPES, OPML_PATH, Channel, wire
from yibao.languages import LANGUAGES

TYPES = {f".{form}": kind for form, kind in MEDIA_TYPES.items()} | {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
MAX_AGE = 60  # seconds; asking again costs a 304
# Published pages show the sources' pictures, and run nothing.
POLICY = (
    "default-src 'none'; img-src 'self' https: http: data:; style-src 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def published_files(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is published is answered before anybody asks who reads it.

    It stands before sessions and the interface's language: a feed is the same to all readers, so
    caches may keep one copy, and no reader gets a cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return answer(request)
        return output(request, **found.kwargs) if found.func is output else answer(request)

    return middleware


@require_safe
def output(request: HttpRequest, path: str) -> HttpResponse:
    """A file of outputs/: its type and language, an ETag, 304 where the reader has it already."""
    try:
        file = _file(path)
        if file.is_dir():
            if path and not path.endswith("/"):
                return redirect(request.path + "/")
            file /= "index.html"
        response = _answer(request, file)
    except (OSError, ValueError):  # not there, taken away just now, or no name that a file can have
        return HttpResponse("Nothing is published here.\n", status=404, content_type=PLAIN)
    spoken = LANGUAGES.get(path.partition("/")[0])
    if spoken is not None:
        response["Content-Language"] = spoken.tag
    return response


def _answer(request: HttpRequest, file: Path) -> HttpResponse:
    """The file, or what the conditions of the request make of it.

    Raises:
        OSError: it cannot be read.
        ValueError: it is of no type that is published.
    """
    seen = file.stat()
    if file.suffix not in TYPES:
        raise ValueError(file.suffix)
    etag = f'"{seen.st_mtime_ns:x}-{seen.st_size:x}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(seen.st_mtime))
    if response is None:
        response = HttpResponse(file.read_bytes(), content_type=TYPES[file.suffix])
    elif not isinstance(response, HttpResponseNotModified):
        return response
    response["ETag"] = etag
    response["Last-Modified"] = http_date(seen.st_mtime)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["Access-Control-Allow-Origin"] = "*"  # readers in browsers fetch across sites
    response["Content-Security-Policy"] = POLICY
    return response


def _file(path: str) -> Path:
    """The file under outputs/ that a path names.

    Raises:
        OSError, ValueError: the path leads out of outputs/ or to something hidden, or is no name.
    """
    root = house.paths().outputs.resolve()
    if any(part.startswith(".") for part in path.split("/")):
        raise ValueError(path)
    file = (root / path).resolve()
    if not file.is_relative_to(root):
        raise ValueError(path)
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
