"""Real Argos packages made in a moment: a Transformer that translates word for word.

The weights are set by hand. A token is a one-hot vector, a position a code of 64 signs; the
decoder's step has the code of the source position that it translates, so that its cross attention
looks there, and the value found there is the translation of the token. So the model is as real as
any to argostranslate and CTranslate2 (attention, scores, prefixes, beams), while what it writes is
known beforehand. It stops at the source's end.

Words may have a second translation that the model finds almost as good. With `loops=True` it stays
at one place of the source and so repeats itself, as weak models do.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.transformer_spec import PositionEncoderSpec

POSITIONS = 512
CODE = 64
WIDTH_STEP = 32
SHARPNESS = 0.6
SECOND = 0.97

ZH_EN = {
    "工厂": "the plant",
    "上海": "Shanghai",
    "苏州": "Suzhou",
    "公司": "the company",
    "工程师": "engineers",
    "记者": "reporters",
    "今天": "today",
    "五月": "in May",
    "投产": "opened",
    "生产": "makes",
    "测试": "tested",
    "说": "said",
    "新": "new",
    "水泵": "pumps",
    "阀门": "valves",
    "电机": "engines",
    "永磁电机": "magnet engines",
    "储能": "power storing",
    "和": "and",
    "在": "in",
    "价格": "prices",
    "上涨": "rose",
    "下跌": "fell",
    "产量": "output",
    "百分之": "percent",
    "。": ".",
    "，": ",",
}
"""The words that the tiny packages know, Chinese to English."""

VOCABULARY_ONLY = ("permanent magnet motors", "permanent magnet motor", "Delta Steel")
"""Pieces that the models can be made to write, but never write of their own accord."""

_MARK = "▁"
_TAGS = ("__en__", "__zh__")


def build_package(  # noqa: PLR0913  # each names one thing about the package
    path: Path,
    source: str = "zh",
    target: str = "en",
    *,
    version: str = "1.0",
    words: Mapping[str, str] | None = None,
    second: Mapping[str, str] | None = None,
    loops: bool = False,
) -> Path:
    """Write an `.argosmodel` file that translates word for word; gives its path.

    Args:
        path: the file, or a folder to make one in.
        source, target: language codes for its metadata.
        version: for its metadata.
        words: source word to target words; ZH_EN by default, turned round for en to zh.
        second: source word to target words of which the model thinks nearly as well.
        loops: whether it repeats itself instead of going through the source.
    """
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    path = path / f"{name}.argosmodel" if path.is_dir() else path
    if words is None:
        words = {en: zh for zh, en in ZH_EN.items()} if source == "en" else ZH_EN
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / name
        write_package_folder(
            root, source, target, version=version, words=words, second=second or {}, loops=loops
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(root.rglob("*")):
                archive.write(file, file.relative_to(root.parent))
    return path


def write_package_folder(  # noqa: PLR0913
    root: Path,
    source: str,
    target: str,
    *,
    version: str,
    words: Mapping[str, str],
    second: Mapping[str, str] | None = None,
    loops: bool = False,
) -> None:
    """Write an unpacked package; `root` must not be there yet."""
    (root / "model").mkdir(parents=True)
    second = second or {}
    (root / "sentencepiece.model").write_bytes(_tokenizer([*words.items(), *second.items()]))
    processor = sentencepiece.SentencePieceProcessor(model_file=str(root / "sentencepiece.model"))
    pieces = [processor.id_to_piece(each) for each in range(processor.get_piece_size())]
    table = _translations(pieces, words, second)
    _model(pieces, table, loops=loops).save(str(root / "model"))
    metadata = {
        "package_version": version,
        "argos_version": "1.11",
        "from_code": source,
        "from_name": source,
        "to_code": target,
        "to_name": target,
        "target_prefix": f"__{target}__" if f"__{target}__" in _TAGS else _TAGS[0],
    }
    (root / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")


def unpack(package: Path, folder: Path) -> Path:
    """Unpack a package file as argostranslate's own installer does; gives its root folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder / archive.namelist()[0].partition("/")[0]


def repack(package: Path, to: Path, **changes: bytes | None) -> Path:
    """A copy of a package file with some members changed or, if None, left out.

    Members are named by the end of their path, with `__` for the dot: `model__bin=b""`.
    """
    wanted = {name.replace("__", "."): content for name, content in changes.items()}
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(to, "w") as new:
        for member in old.namelist():
            content: bytes | None = old.read(member)
            for name, other in wanted.items():
                if member.endswith("/" + name):
                    content = other
            if content is not None:
                new.writestr(member, content)
    return to


def _spellings(word: str) -> list[str]:
    """A word as pieces: Latin ones with the space before them, and as a text begins."""
    joined = word.replace(" ", _MARK)
    if not word.isascii() or not word[0].isalnum():
        return [joined]
    return list(dict.fromkeys([_MARK + joined, joined, joined[0].upper() + joined[1:]]))


def _tokenizer(words: Iterable[tuple[str, str]]) -> bytes:
    known = [*(word for pair in words for word in pair), *VOCABULARY_ONLY]
    symbols = dict.fromkeys(piece for word in known for piece in _spellings(word))
    single = [each for each in symbols if len(each) == 1]
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:/@_-()%"
    corpus = [" ".join(letters), *(" ".join(letters[i:]) for i in range(40))]
    model = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus),
        model_writer=model,
        model_type="char",
        vocab_size=1000,
        hard_vocab_limit=False,
        character_coverage=1.0,
        add_dummy_prefix=False,
        user_defined_symbols=[each for each in symbols if each not in single] + list(_TAGS),
        required_chars="".join(single),
        minloglevel=2,
    )
    return model.getvalue()


def _translations(
    pieces: list[str], words: Mapping[str, str], second: Mapping[str, str]
) -> np.ndarray:
    """How well each target piece (row) translates each source piece (column).

    A piece that is no word of ours stands for itself.
    """
    place = {piece: number for number, piece in enumerate(pieces)}
    table = np.eye(len(pieces), dtype=np.float32)
    for word in {**words, **second}:
        for spelling in _spellings(word):
            if spelling in place:
                table[:, place[spelling]] = 0
                for translations, worth in ((second, SECOND), (words, 1)):
                    if word in translations:
                        target = place[_spellings(translations[word])[0]]
                        table[target, place[spelling]] = worth
    return table


def _model(pieces: list[str], translations: np.ndarray, *, loops: bool) -> TransformerSpec:
    size = len(pieces)
    width = -(-(size + CODE) // WIDTH_STEP) * WIDTH_STEP
    spec = TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    steps = np.arange(POSITIONS) - 1  # step 0 reads <s>, step 1 the target tag
    looked_at = {spec.encoder: steps + 1, spec.decoder: (steps * 0 if loops else steps)}
    for part, positions in looked_at.items():
        part.scale_embeddings = False
        part.position_encodings = PositionEncoderSpec()
        part.position_encodings.encodings = _codes(positions, size, width)
        part.layer_norm.gamma = np.ones(width, np.float32)
        part.layer_norm.beta = np.zeros(width, np.float32)
        _idle(part.layer[0].self_attention, width)
        for norm in (part.layer[0].self_attention.layer_norm, part.layer[0].ffn.layer_norm):
            norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)
        part.layer[0].ffn.linear_0.weight = np.zeros((WIDTH_STEP, width), np.float32)
        part.layer[0].ffn.linear_1.weight = np.zeros((width, WIDTH_STEP), np.float32)
    embeddings = np.eye(size, width, dtype=np.float32)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    spec.decoder.projection.weight = embeddings * SHARPNESS
    _look_up(spec.decoder.layer[0].attention, width, size, translations)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    return spec


def _idle(attention: MultiHeadAttentionSpec, width: int) -> None:
    attention.linear[0].weight = np.zeros((3 * width, width), np.float32)
    attention.linear[1].weight = np.zeros((width, width), np.float32)


def _codes(positions: np.ndarray, size: int, width: int) -> np.ndarray:
    signs = np.random.default_rng(1).choice([-1, 1], (POSITIONS, CODE)) / np.sqrt(CODE)
    encodings = np.zeros((POSITIONS, width), np.float32)
    encodings[:, size : size + CODE] = signs[positions]
    return encodings


def _look_up(
    attention: MultiHeadAttentionSpec, width: int, size: int, translations: np.ndarray
) -> None:
    attention.layer_norm.gamma = np.ones(width, np.float32)
    attention.layer_norm.beta = np.zeros(width, np.float32)
    key = np.diag(np.arange(width) >= size).astype(np.float32)
    value = np.zeros((width, width), np.float32)
    value[:size, :size] = translations
    attention.linear[0].weight = key * 3
    attention.linear[1].weight = np.concatenate([key, value])
    attention.linear[2].weight = np.eye(width, dtype=np.float32) * 4
