"""Addresses that others wrote: joined, checked, and said without what is secret in them."""

import re
from urllib.parse import urljoin, urlsplit

from yibao.errors import FetchFailed

SCHEMES = frozenset({"http", "https", "file"})
LOGIN = re.compile(r"(?<=//)[^/?#]*@")
PERHAPS_LOGIN = re.compile(r"(?<=//).*@", re.DOTALL)


def joined(base: str, target: str) -> str:
    """The address that a link on a page leads to, without fragment.

    Empty if it is none, has another scheme than http, https or file, or holds a login.
    """
    target = target.strip()
    if not target:
        return ""
    try:
        address = urljoin(base, target).partition("#")[0]
    except ValueError:
        return ""
    return address if not problem(address) and urlsplit(address).scheme in SCHEMES else ""


def problem(url: str) -> str:
    """What is wrong with an address, in words; empty if nothing is."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
    except ValueError as error:
        # It may quote the address, and with it a password.
        return "is no address" if "@" in url else f"is no address ({error})"
    return "holds a user name or password" if "@" in parts.netloc else ""


def spoken(url: str) -> str:
    """The address as it may be said in messages and records: without a login."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return PERHAPS_LOGIN.sub("", url, count=1)
    return LOGIN.sub("", url, count=1)


def check(url: str) -> None:
    """Refuse what is no address, and one with a login, which messages would spread.

    Raises:
        FetchFailed: it is such a one; the message does not repeat the login.
    """
    wrong = problem(url)
    if wrong:
        raise FetchFailed(spoken(url), wrong, "Correct the address.") from None
