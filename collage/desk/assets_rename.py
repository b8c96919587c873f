"""An asset under another name, in the registry and in every scene that uses it: all of them or none.

Scenes are edited where the name stands, so that comments and layout stay as they are, and each new text is read
before any is written. A layer that took its own name from the asset keeps it: other layers may hang on it, and its
chance comes from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from collage.desk.assets import check_new, known
from collage.desk.assets_edit import refuse_unread
from collage.desk.assets_pictures import pictures
from collage.desk.assets_uses import Use, survey
from collage.errors import AssetError, SceneError
from collage.registry import editing, signouts
from collage.registry.catalogue import ENDINGS, Catalogue, inside
from collage.registry.entries import WHERE
from collage.registry.journal import Change, change
from collage.scene.guard import load_text
from collage.scene.reader import parse, parse_source
from collage.scene.source import Source
from collage.scene.values import TAKEN


def rename(root: Path, old: str, new: str, *, who: str, now: datetime) -> tuple[int, int]:
    """Give how many uses in how many scenes were rewritten. CollageError, and nothing changed, for a name that is
    taken or can't be, and for a scene that may use it and can't be read; RunError while somebody else than `who` has
    one of the names on the sign-out sheet."""

    def call() -> tuple[Change, tuple[int, int]]:
        catalogue = Catalogue.open(root)
        known(catalogue, old)
        _check_new(catalogue, new)
        for name in (old, new):
            signouts.refuse_others(root, name, who, now)
        found = survey(root, old)
        refuse_unread(old, found)
        written = [use for use in found.uses if use.loc[-1] == "asset"]
        scenes = sorted({inside(root, use.path): use.path for use in reversed(written)}.values())  # links are no scenes
        texts = {path: _rewritten(root / path, [use for use in written if use.path == path], new) for path in scenes}
        before = editing.load(root)
        after = editing.renamed(before, old, new)
        registry = {WHERE: after.encode()} if after != before else {}
        moves = _moves(root, catalogue, old, new)
        copies = {there: inside(root, here).read_bytes() for here, there in moves.items()}
        sheet = signouts.moved(root, old, new, now)
        uses = sum(use.path in texts for use in written)
        return Change({**copies, **registry, **texts, **sheet}, list(moves)), (uses, len(scenes))

    return change(root, call)


def _check_new(catalogue: Catalogue, new: str) -> None:
    check_new(new)
    if new in catalogue.names():
        raise AssetError(f'there is an asset "{new}" already: choose another name, or remove that one first')
    if any(catalogue.inside(f"assets/{new}{ending}").exists() for ending in ENDINGS):
        raise AssetError(f"a picture at assets/{new} is there already, as a drawing of another: choose another name")


def _moves(root: Path, catalogue: Catalogue, old: str, new: str) -> dict[str, str]:
    """Where its picture goes; drawings and frames stay where the entry has them."""
    entry = catalogue.entry(old)
    if entry.drawings or entry.frames:
        return {}
    return {here: f"assets/{new}.{here.rpartition('.')[2]}" for here in pictures(root, catalogue, old)}


def _rewritten(path: Path, uses: list[Use], new: str) -> bytes:
    """A scene's text with these uses under the new name; AssetError if it would not be read as it should be."""
    name = uses[0].path
    scene, source = parse_source(load_text(path), name)
    edits = sorted(edit for use in uses for edit in _edits(source, use, new))
    raw = path.read_bytes().decode()
    text = editing.splice(raw, edits)
    try:
        again = parse(text, name)
    except SceneError as error:
        raise AssetError(f'{name}: "{new}" can\'t be written into this scene, nothing was changed: {error}') from None
    if len(again.layer) != len(scene.layer) or again.scene != scene.scene:
        raise AssetError(f"{name}: this scene is written in a way that can't be edited here: change the name by hand")
    return text.encode()


def _edits(source: Source, use: Use, new: str) -> Iterator[editing.Edit]:
    """The name put in; and before it, where the layer was called by the old one's last part, that as its own name."""
    node, whole = source.seek(use.loc)
    if not whole:
        raise AssetError(f"{use.path}:{use.line}: can't find the name in the text: change it by hand")
    last = use.asset.rpartition("/")[2]
    table = source.seek(use.loc[:-1])[0]
    unnamed = len(use.loc) == 3 and "name" not in table.table
    if unnamed and last != new.rpartition("/")[2] and last not in TAKEN:
        gap = ", " if table.written else "\n"
        yield node.key, node.key, f"name = {json.dumps(last)}{gap}"
    yield node.start, node.end, json.dumps(new)
