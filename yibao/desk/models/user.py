"""The people at the desk."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person with an account. Never deleted, only made inactive: history names them."""

    credit = models.CharField(
        max_length=100, blank=True, help_text="The name that feeds give; else the user name."
    )

    @property
    def display_name(self) -> str:
        """The name that readers and colleagues see."""
        return str(self.credit or self.get_full_name() or self.username)
