"""The desk as an ASGI application, for uvicorn and its like: `yibao serve` starts it.

It changes no tables; whoever starts it does that first (`yibao.stages.open_newsroom`).
"""

from django.core.handlers.asgi import ASGIHandler

from yibao.web.setup import setup_django

setup_django()
application = ASGIHandler()
