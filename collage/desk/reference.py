"""The reference, `scenes/REFERENCE.md`: all that the format knows, as a page for a person who animates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from collage.desk import reference_glass as glass
from collage.desk import reference_motion as motion
from collage.desk import reference_registry as registry
from collage.desk import reference_tables as tables
from collage.desk import reference_words as words
from collage.desk.reference_tables import Section, grid
from collage.desk.reference_values import WRITINGS
from collage.scene.model import Key, Track


def reference() -> str:
    """The whole page as Markdown, always the same for one version of the program."""
    parts = list(_parts())
    slugs = _slugs(title for _, title, _ in parts)
    contents = "".join(
        f"{'  ' * (depth - 2)}- [{title}](#{slug})\n"
        for (depth, title, _), slug in zip(parts, slugs, strict=True)
        if depth < 4
    )
    body = "".join(f"\n{'#' * depth} {title}\n\n{text.strip()}\n" for depth, title, text in parts)
    return f"# {words.TITLE}\n\n{words.INTRO}\n## Contents\n\n{contents}{body}"


def _parts() -> Iterator[tuple[int, str, str]]:
    """Depth, title and text of every section in turn."""
    yield 2, "Space", words.SPACE
    yield 2, "Time", _time()
    yield 2, "Kinds of value", _writings()
    yield 2, "A scene", words.SCENE
    yield from _deep(tables.scene_tables())
    yield 2, "Keys", f"{words.KEYS}\nA key:\n\n{_rows(Key)}\nA channel:\n\n{_rows(Track)}"
    yield 2, "Channels", words.CHANNELS + "\n" + tables.channels()
    yield 2, "Formulas", words.FORMULAS + "\n" + motion.formula_names()
    yield 3, "Functions", motion.formula_functions()
    yield 3, "Channels that take formulas", tables.formula_channels()
    yield 2, "Eases", words.EASES + motion.eases()
    yield 2, "Moves", words.MOVES + "\n" + motion.overview() + "\nEvery move may say:\n\n" + motion.common()
    yield from ((3, title, text) for title, text in motion.moves())
    yield 3, "Motions of your own", words.SCRIPTS + "\n" + motion.scripted()
    yield 2, "What happens in which order", words.ORDER
    yield 2, "On the glass", glass.ORDER
    yield 3, "The camera's view", words.CAMERA
    yield 3, "Focus and motion blur", glass.FOCUS
    yield 3, "Paper", glass.PAPER
    yield 3, "Mattes", glass.MATTE
    yield 3, "Blends", glass.BLEND + "\n" + glass.blends()
    yield 3, "The lamp's shadows", glass.LAMP
    yield 3, "The film stock", glass.LOOK
    yield 2, "A film", words.FILMS
    yield from _deep(tables.film_tables())
    yield 2, "The registry", words.REGISTRY
    yield 3, "An asset's entry", f"{words.ENTRY}\n{registry.entry_table()}"
    yield 3, "Drawings and frames", words.DRAWINGS
    yield 3, "Hooks and the pivot", words.HOOKS


def _deep(sections: Iterable[Section]) -> Iterator[tuple[int, str, str]]:
    return ((3, f"`{title}`" if " " not in title else title, text) for title, text in sections)


def _rows(model: type[Key[object]] | type[Track[object]]) -> str:
    head = ("part", "value", "unit", "default", "what it is")
    return grid(head, (tables.row(name, field) for name, field in model.model_fields.items()))


def _time() -> str:
    return f"{words.TIME}\n{_pairs('moment', words.MOMENTS)}\n{_pairs('length', words.LENGTHS)}"


def _pairs(what: str, pairs: Mapping[str, str]) -> str:
    return grid((what, "what it means"), ((f"`{text}`", line) for text, line in pairs.items()))


def _writings() -> str:
    """How each kind of value is written."""
    rows = ((kind.word, ", ".join(f"`{json.dumps(example)}`" for example in kind.examples), kind.unit or "–", kind.line)
            for kind in WRITINGS.values() if kind.examples)  # fmt: skip
    return f"{words.VALUES}\n" + grid(("value", "for example", "unit", "what it is"), rows)


def _slugs(titles: Iterable[str]) -> Iterator[str]:
    """The anchors that pages of Markdown make of titles; a title that comes again is numbered."""
    seen: dict[str, int] = {}
    for title in titles:
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}-{count}" if count else slug
