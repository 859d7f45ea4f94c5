"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Models, views and templates of the review desk."""

    name = "yibao.desk"
    label = "desk"
    verbose_name = "Review desk"
