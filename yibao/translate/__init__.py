"""Drafting: segments in, drafts out.

`packages` installs Argos packages, `engine` decodes with them, `enforce` makes a draft keep its
terms, `confidence` says how far to trust it, and `draft` puts them together: memory first, engine
next, terms, checks.
"""
