"""The desk's pages.

Views are thin: `workflow` decides and changes, `queue`, `worksheet` and `chronicle` gather.
"""
