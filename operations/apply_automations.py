"""Create the automations of automations.yaml on the Prefect server, or update them by name.

Creating from a file twice makes two automations; this does not. Needs PREFECT_API_URL.
"""

from pathlib import Path

import yaml
from prefect.automations import Automation


def apply(path: Path) -> list[str]:
    """Bring the server's automations in line with a file; returns their names."""
    names = []
    for wanted in yaml.safe_load(path.read_text(encoding="utf-8"))["automations"]:
        automation = Automation(**wanted)
        try:
            automation.id = Automation.read(name=automation.name).id
        except ValueError:
            automation.create()
        else:
            automation.update()
        names.append(automation.name)
    return names


if __name__ == "__main__":
    print("\n".join(apply(Path(__file__).with_name("automations.yaml"))))
