"""The Django project: settings, how a process starts Django, addresses of the desk.

`setup.setup_django(paths)` is how the command line, the stages and the flows come to the store.
"""
