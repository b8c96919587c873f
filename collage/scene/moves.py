"""Moves as people write them: a table for each entry of `collage.motion.moves.MOVES`, made from that entry.

`do` says which table a move is, and so what else may stand in it; a motion of the project's own, ``do =
"motions.wobble"``, takes whatever it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo, create_model
from pydantic_core import CoreSchema, core_schema

from collage.errors import suggest
from collage.motion.moves import MOVES, Param
from collage.scene import checks
from collage.scene.checks import SCRIPTED_FORM, shown
from collage.scene.tracks import IN_TEXT, Table
from collage.scene.values import (
    Count,
    EaseText,
    Extent,
    Flag,
    Kind,
    Moment,
    Number,
    Option,
    ParameterName,
    PathText,
    Period,
    Place,
    Reference,
    Scale,
    Scripted,
    Share,
    Stretch,
    Target,
    choice,
)

_KINDS: dict[str, Any] = {
    "number": Number, "share": Share, "count": Count, "length": Period, "moment": Moment, "extent": Extent,
    "place": Place, "scale": Scale, "flag": Flag, "ease": EaseText, "path": PathText, "target": Target,
}  # fmt: skip
_NAMED: dict[str, Any] = {"over": Stretch, "lag": Stretch, "layer": Reference}
"""Parameters that mean less or more than their kind: these lengths may be nothing, a layer is never a place."""


def _unknown(value: Any) -> str:
    """Refuses: a `do` that one of the tables takes never comes here."""
    if not isinstance(value, str):
        raise ValueError(f'the name of a move belongs here, not {shown(value)}: write do = "bob"')
    if value.startswith("motions"):
        return checks.matching(checks.SCRIPTED, SCRIPTED_FORM, value)
    tail = suggest(value.strip().lower().replace("_", "-"), MOVES) or f" Known are {', '.join(MOVES)}"
    raise ValueError(f"no move {shown(value)}.{tail}")


class Move(Table):
    """One move of a layer, a peg or the camera: what all of them say."""

    do: Annotated[str, Kind(_unknown, {"type": "string"})] = Field(description="Which move.")
    in_: Moment = Field("in", alias="in", description="When it begins, default with the piece; its clock starts there.")
    out: Moment | None = Field(
        None, description="When it ends: default as long as it lasts by itself, else with the piece."
    )

    def parameters(self) -> dict[str, Any]:
        """All it takes but `do`, `in` and `out`: as written, else the table's default, which may be None."""
        own = {name: getattr(self, name) for name in type(self).model_fields if name not in Move.model_fields}
        return own | (self.model_extra or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return move_of, (self.model_dump(exclude_unset=True),)


class ScriptedMove(Move):
    """A motion of the project's own, from the motions.py beside its scenes; it runs only with --trust."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[ParameterName, Option]

    do: Scripted = Field(description='"motions." and the name of a function in motions.py.')


def _made(name: str) -> type[Move]:
    """The table of one move."""
    fields: dict[str, Any] = {"do": (Literal[name], Field(description=MOVES[name].line))}
    for word, param in MOVES[name].params.items():
        kind = _NAMED.get(word) or _kind(param)
        described = Field(_frozen(param.default), description=param.line)
        fields[word] = (kind if param.default is not None else kind | None, described)
    title = "".join(part.capitalize() for part in name.split("-"))
    return create_model(title, __base__=Move, __module__=__name__, __doc__=MOVES[name].line, **fields)


def _kind(param: Param) -> Any:
    word, _, choices = param.kind.partition(":")
    return Annotated[str, choice(*choices.split("|"))] if choices else _KINDS[word]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


TABLES: dict[str, type[Move]] = {name: _made(name) for name in MOVES}
"""The table of each move, by what `do` says."""


def targets(move: Move) -> Iterator[tuple[str, str]]:
    """The parameters of a move that name another piece, with what they name."""
    for word, param in MOVES[move.do].params.items() if move.do in MOVES else ():
        value = getattr(move, word)
        if param.kind == "target" and isinstance(value, str):
            yield word, value


def move_of(written: Any, text: bool = False) -> Move:
    """The table that `do` asks for, made of what was written. ValidationError or ValueError with our own words."""
    if isinstance(written, Move):
        return written
    if not isinstance(written, dict):
        raise ValueError(f"a move is a table, not {shown(written)}: write {{ do = {_meant(written)} }}")
    do = written.get("do")
    table = TABLES.get(do) if isinstance(do, str) else None
    if isinstance(do, str) and checks.SCRIPTED.fullmatch(do):
        table = ScriptedMove
    if table is None:
        table, written = Move, {word: written[word] for word in ("do", "in", "in_", "out") if word in written}
    return table.model_validate(written, context=IN_TEXT if text else None, by_alias=True, by_name=not text)


def _meant(written: Any) -> str:
    return shown(written) if isinstance(written, str) and written in MOVES else '"bob"'


class _ByDo:
    """Validates a move by the table its `do` asks for, so that errors are about that one alone."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        tables = handler.generate_schema(Union[tuple([*TABLES.values(), ScriptedMove])])  # noqa: UP007 (made at run time)

        def check(written: Any, inner: object, info: ValidationInfo) -> Move:
            return move_of(written, text=info.context == IN_TEXT)

        return core_schema.with_info_wrap_validator_function(check, tables)


AnyMove = Annotated[Move, _ByDo()]
