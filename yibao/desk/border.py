"""The border to the database: whole transactions, and its errors told as ours."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import Error, connection, transaction

from yibao.errors import DeskError

Given = ParamSpec("Given")
Result = TypeVar("Result")


def at_border(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a function raise `DeskError` where the database fails: locked, full, gone, not there."""

    @wraps(function)
    def bordered(*args: Given.args, **said: Given.kwargs) -> Result:
        try:
            return function(*args, **said)
        except Error as error:
            raise DeskError(
                f"database {connection.settings_dict['NAME']}",
                str(error).strip(),
                "Nothing was changed. Look at the disk and the database, then try again.",
            ) from error

    return bordered


def in_transaction(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run a function whole or not at all, at the border."""

    @wraps(function)
    def whole(*args: Given.args, **said: Given.kwargs) -> Result:
        with transaction.atomic():
            return function(*args, **said)

    return at_border(whole)
