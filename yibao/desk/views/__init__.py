"""The desk's pages.

Views are thin: `workflow` decides and changes, `pages` gathers what is shown.
"""
