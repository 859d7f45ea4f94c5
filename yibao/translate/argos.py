"""The one place that imports argostranslate.

argostranslate reads its settings once, when it is imported, and makes its folders in the user's
home while it does so. Yibao hands it every folder explicitly, so that what those settings say of
folders does not matter here; an account without a writable home must not fail for them, though.
Its `translate` module is never imported: that would ask for Stanza and Torch.
"""

import os
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from yibao.paths import Paths

FOLDER_VARIABLE = "ARGOS_PACKAGES_DIR"
_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


def packages_folder(paths: Paths) -> Path:
    """Where packages are installed: ARGOS_PACKAGES_DIR if it is set, else the newsroom's folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser().resolve() if named else paths.packages


@cache
def argos_package() -> ModuleType:
    """The module `argostranslate.package`: metadata and tokenizers of packages, index entries."""
    try:
        # Imported late: it makes folders as it is imported.
        from argostranslate import package  # type: ignore[import-untyped]  # noqa: PLC0415
    except OSError:
        before = {name: os.environ.pop(name, None) for name in _HOMES}
        os.environ.update(dict.fromkeys(_HOMES, tempfile.mkdtemp(prefix="argos-")))
        try:
            from argostranslate import package  # noqa: PLC0415
        finally:
            for name, value in before.items():
                del os.environ[name]
                if value is not None:
                    os.environ[name] = value
    return package  # type: ignore[no-any-return]  # argostranslate has no types


def default_index() -> str:
    """Address of Argos' index of packages: the official one, or ARGOS_PACKAGE_INDEX."""
    argos_package()
    from argostranslate import settings  # noqa: PLC0415  # only after argos_package()

    return str(settings.remote_package_index)
