"""Whom parts hang on, lie behind and aim at: names and hooks looked up once, through nested scenes to any depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from collage.errors import suggest
from collage.exposure.bench import Bench
from collage.exposure.parts import Made
from collage.exposure.rig import Discrete, Joint, Link, Nested, Piece
from collage.exposure.tracks import discrete
from collage.motion.keys import Steps
from collage.scene.model import Layer, Peg

T = TypeVar("T")


def link(written: str, named: Mapping[str, Joint], pieces: tuple[Piece, ...]) -> Link:
    """What a reference means: ``name``, ``name.hook``, or ``name/inner.hook`` for a layer inside the scene that `name`
    shows. ValueError for a hook or an inner layer that is not there."""
    path, _, hook = written.partition(".")
    name, _, within = path.partition("/")
    if name not in named:
        raise ValueError(f'nothing is called "{name}" here.{suggest(name, named)}')
    joint = named[name]
    if within:
        content = pieces[joint.index].content if joint.index < len(pieces) else None
        if not isinstance(content, Nested):
            raise ValueError(f'"{name}" shows no scene, so there is no "{within}" in it')
        inner = link(within + ("." + hook if hook else ""), content.rig.named, content.rig.pieces)
        return Link(written, joint, inner=inner)
    if hook and hook not in joint.hooks:
        raise ValueError(f'no hook "{hook}" on "{name}".{suggest(hook, joint.hooks)}')
    return Link(written, joint, joint.hooks[hook] if hook else None)


def hang(bench: Bench, made: list[Made], named: Mapping[str, Joint], pieces: tuple[Piece, ...]) -> None:
    """Give every peg and layer its parent, and every layer what it lies behind."""

    def linked(written: str | None) -> Link | None:
        return link(written, named, pieces) if written else None

    def covered(written: str | None) -> Joint | None:
        if written and written not in named:
            cure = "put both in a scene of their own and repeat that, or use order"
            raise ValueError(f'"{written}" is repeated, so it is no one piece to slip under: {cure}')
        return named[written] if written else None

    for one in made:
        if isinstance(one.part, Peg | Layer):
            parent = _channel(bench, one, "parent", linked)
            for joint in one.joints:
                joint.parent = parent
        if isinstance(one.part, Layer):
            behind = _channel(bench, one, "behind", covered)
            for piece in one.pieces:
                piece.behind = behind


def _channel(bench: Bench, one: Made, channel: str, found: Callable[[str | None], T]) -> Discrete[T]:
    """A discrete channel of names as one of what they name."""
    part: Any = one.part
    words: Discrete[str | None] = discrete(
        part.keys,
        channel,
        getattr(part, channel),
        one.setting,
        one.loc,
        bench.problems,
    )
    static, values = found(None), []
    with bench.problems.at(*one.loc, channel):
        static = found(words.static)
    if words.steps is None:
        return Discrete(static)
    for index, word in enumerate(words.steps.values):
        value = found(None)
        with bench.problems.at(*one.loc, "keys", channel, "keys", index, "value"):
            value = found(word)
        values.append(value)
    return Discrete(static, Steps(words.steps.frames, tuple(values), words.steps.loop, words.steps.start))
