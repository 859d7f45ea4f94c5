from saved_newsroom import house, models, pages, tiny_packages, write_page

__all__ = ["house", "models", "pages", "tiny_packages", "write_page"]
