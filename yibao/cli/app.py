"""The command line as a whole: its commands, and how errors are told."""

import sys

import typer

from yibao.cli import demo, desk, doctor, glossary, look, models, page, run
from yibao.errors import YibaoError

app = typer.Typer(
    help="Yibao (译报): ingest, translate offline, review, syndicate.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (demo, run, page, look, desk, doctor):
    commands.register(app)
app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")
app.add_typer(desk.users, name="users")


def main() -> None:
    """Run the command line; an error of ours ends in one message and exit code 1."""
    try:
        app()
    except YibaoError as error:
        print(f"yibao: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("yibao: stopped; what was finished is kept.", file=sys.stderr)
        sys.exit(130)
