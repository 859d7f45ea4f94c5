"""What of an article readers of its translation see."""

from dataclasses import replace

from yibao.article import Article


def as_read(article: Article) -> Article:
    """The article without what readers of a translation never see."""
    return replace(article, url="", canonical="", modified=None, section=())
