"""Where things lie in a newsroom's folder."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yibao.errors import ConfigError

ROOT_VARIABLE = "YIBAO_ROOT"
PRIVATE = 0o700
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Paths:
    """The folder of a newsroom and what stands in it.

    `var/` is all that a newsroom has of its own state: the database, the raw pages of every
    fetch and the installed translation packages. Back it up; the rest is in git or can be
    made again.
    """

    root: Path

    @property
    def newsroom(self) -> Path:
        """newsroom.yaml."""
        return self.root / "newsroom.yaml"

    @property
    def glossaries(self) -> Path:
        """The term bases, a CSV file each."""
        return self.root / "glossaries"

    @property
    def outputs(self) -> Path:
        """What is published."""
        return self.root / "outputs"

    @property
    def starter_models(self) -> Path:
        """The packages that ship with Yibao."""
        return self.root / "models"

    @property
    def var(self) -> Path:
        """The newsroom's own state."""
        return self.root / "var"

    def make_var(self) -> Path:
        """Make var/ if it is not there: for its owner alone, since it holds password hashes.

        One that others may look into is closed to them. Whatever writes below var/ calls this
        first.

        Raises:
            ConfigError: it cannot be made.
        """
        try:
            self.var.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            if self.var.stat().st_mode & OTHERS:
                with suppress(PermissionError):  # somebody else's folder, whose owner decides
                    self.var.chmod(PRIVATE)
        except OSError as error:
            raise ConfigError(
                str(self.var),
                f"cannot be made ({error.strerror})",
                "Look at the disk, and at who owns the newsroom's folder.",
            ) from error
        return self.var

    @property
    def database(self) -> Path:
        """The SQLite database, unless DATABASE_URL names another."""
        return self.var / "yibao.sqlite3"

    @property
    def raw(self) -> Path:
        """The raw bytes of every fetch."""
        return self.var / "raw"

    @property
    def packages(self) -> Path:
        """The installed translation packages."""
        return self.var / "models"


def find_paths() -> Paths:
    """The newsroom's folder: YIBAO_ROOT, else the nearest folder upwards with newsroom.yaml.

    Raises:
        ConfigError: there is none.
    """
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        return Paths(Path(named).resolve())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "newsroom.yaml").is_file():
            return Paths(folder)
    raise ConfigError(
        str(here),
        "no newsroom.yaml here or in any folder above",
        f"Change to the newsroom's folder, or set {ROOT_VARIABLE} to it.",
    )
