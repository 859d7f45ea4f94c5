import os
import subprocess
import sys

import pytest

IMPORTED = """
import sys
import yibao.translate
from yibao.translate.argos import argos_package, default_index
assert argos_package().Package
assert default_index().endswith("/index.json"), default_index()
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"torch", "stanza", "spacy"}))
print(*(name for name in sys.modules if name == "argostranslate.translate"))
print(sorted(name for name in __import__("os").environ if name.startswith("XDG_")))
"""


@pytest.mark.parametrize("home", ["writable", "/proc/nobody"])
def test_argostranslate_is_had_without_its_heavy_half_and_without_a_home(tmp_path, home):
    folder = str(tmp_path) if home == "writable" else home
    unset = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        env={**unset, "HOME": folder, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["", "", "[]"]


def test_a_mirror_may_be_named_by_argos_own_variable():
    code = "from yibao.translate.argos import default_index; print(default_index())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "ARGOS_PACKAGE_INDEX": "https://mirror.example/argos/"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "https://mirror.example/argos/index.json"
