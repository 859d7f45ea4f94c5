"""The review desk: serve it, add people."""

from typing import Annotated

import typer

users = typer.Typer(help="People who work at the desk.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Serve the review desk and the published feeds."""
    import socket

    import uvicorn

    from yibao.errors import ConfigError
    from yibao.stages import open_newsroom

    open_newsroom()
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        problem, remedy = error.strerror or str(error), "Choose another with --host or --port."
        raise ConfigError(f"{host}:{port}", f"cannot listen there ({problem})", remedy) from error
    print(f"The desk is at http://{host}:{port}/ — stop it with Ctrl-C.", flush=True)
    config = uvicorn.Config(
        "yibao.web.asgi:application", log_level="warning", lifespan="off", server_header=False
    )
    uvicorn.Server(config).run(sockets=[listener])


@users.callback()
def _users() -> None:
    """Keep `add` a subcommand, though it is alone."""


@users.command()
def add(
    name: Annotated[str, typer.Argument(help="Login name.")],
    role: Annotated[
        str, typer.Option(help="translator, editor or admin; a new person is a translator.")
    ] = "",
    credit: Annotated[str, typer.Option(help="The name that feeds give.")] = "",
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True),
    ] = "",
) -> None:
    """Add a person, or give a known one a new password, and a role or credit if named."""
    from yibao.errors import NotFound
    from yibao.stages import open_newsroom

    open_newsroom()
    from yibao.desk import accounts

    try:
        person = accounts.find_user(name)
    except NotFound:
        accounts.create_user(name, role or "translator", password, credit=credit)
        print(f"added {name}, {role or 'translator'}")
        return
    accounts.set_password(person, password)
    if role:
        accounts.set_role(person, role)
    if credit:
        person.credit = credit
        person.save(update_fields=["credit"])
    print(f"{name} is {accounts.role_of(person)}, with a new password")
