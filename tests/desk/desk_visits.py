"""Visits to the desk's pages, as tests make them."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

SCRIPT = {"HTTP_X_REQUESTED_WITH": "fetch"}


def visitor(person, *, language="en"):
    """A browser that this person has signed in with."""
    client = Client()
    client.force_login(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def editor_of(translation):
    return reverse("desk:editor", args=[translation.pk])


def decide(client, translation, action, **sent):
    """Press a decision's button on the version that stands."""
    translation.refresh_from_db()
    address = reverse("desk:decide", args=[translation.pk, action])
    return client.post(address, {"version": translation.version, **sent})


def save(client, segment, text, *, action="save", version=None, **headers):
    """Send a segment's form."""
    sent = {"text": text, "action": action, "version": version or segment.version}
    return client.post(reverse("desk:segment", args=[segment.pk]), sent, **headers)
