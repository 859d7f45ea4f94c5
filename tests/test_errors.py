import inspect
import pickle

import pytest

from yibao import errors

EVERY = [
    error
    for _, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, Exception)
]


@pytest.mark.parametrize("error", EVERY, ids=lambda each: each.__name__)
class TestEveryError:
    def test_is_in_the_tree(self, error):
        assert issubclass(error, errors.YibaoError)
        assert error.__name__ in errors.__doc__

    def test_says_where_what_and_what_to_do(self, error):
        said = str(error("newsroom.yaml:7", "unknown key evry", "Correct it."))
        assert said == f"newsroom.yaml:7: {error.message}: unknown key evry. Correct it."

    def test_survives_pickling(self, error):
        before = error("https://news.example/1", "timed out")
        after = pickle.loads(pickle.dumps(before))
        assert type(after) is error
        assert (after.where, after.detail, after.remedy, str(after)) == (
            before.where,
            before.detail,
            before.remedy,
            str(before),
        )

    def test_says_what_happened_without_any_detail(self, error):
        assert error.message in str(error())


def test_a_class_gives_its_usual_remedy():
    assert "yibao models install" in str(errors.PackageMissing("zh→en"))
