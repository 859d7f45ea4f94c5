"""Rows that are written once: history, drafts, approvals, the audit trail."""

from typing import Any, NoReturn

from django.db import models

from yibao.errors import NotAllowed


class ImmutableQuerySet(models.QuerySet):
    """Refuses to change or delete rows in bulk."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse.

        Raises:
            NotAllowed: always.
        """
        raise _refusal(self.model, "changed")

    def bulk_update(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse.

        Raises:
            NotAllowed: always.
        """
        raise _refusal(self.model, "changed")

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> Any:
        """Insert rows; never update those that are there.

        Raises:
            NotAllowed: `update_conflicts` asks for it.
        """
        if options.get("update_conflicts"):
            raise _refusal(self.model, "changed")
        return super().bulk_create(objs, *args, **options)

    def delete(self) -> NoReturn:
        """Refuse.

        Raises:
            NotAllowed: always.
        """
        raise _refusal(self.model, "deleted")


class Immutable(models.Model):
    """Base of models whose rows are inserted and then only read."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True
        # Related objects and refresh_from_db go through the refusing manager as well.
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        """Insert the row.

        Raises:
            NotAllowed: the row is already there.
        """
        if not self._state.adding:
            raise _refusal(type(self), "changed", str(self.pk))
        options["force_insert"] = True
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse.

        Raises:
            NotAllowed: always.
        """
        raise _refusal(type(self), "deleted", str(self.pk))


def _refusal(model: type[models.Model], verb: str, key: str = "") -> NotAllowed:
    name = f"{model.__name__} {key}".strip()
    return NotAllowed(name, f"is history and cannot be {verb}", "Add a new row instead.")
