"""The stages of the house, each run over the store: ingest, translate, publish, housekeeping.

This is what flows and commands call: plain functions that join the library (sources,
translate, feeds) with the desk's store. Importing the package configures Django, because the
store cannot be imported before.
"""

from yibao.web.setup import setup_django

setup_django()
