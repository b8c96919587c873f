"""The exposure sheet for other programs: XDTS, the exchange digital time sheet of Toei Animation and Celsys.

A first line that names the format, then JSON: which numbered cell lies on each track, from which frame on. Poses have
no place in it. After CELSYS, "XDTS file format" 1.0 (2022), as OpenToonz reads and writes it (xdtsio.cpp).
"""

from __future__ import annotations

import json
from typing import Any

from collage.exposure.rig import Nested, Piece
from collage.exposure.xsheet import Cell, XSheet

_FIRST_LINE = "exchangeDigitalTimeSheet Save Data"
_VERSION = 5
"""Of 29 November 2018, the first that was published."""
_CELLS = 0
"""The number of the field that holds drawings; dialogue is 3, camera work 5."""
_EMPTY = "SYMBOL_NULL_CELL"


def xdts(sheet: XSheet, name: str) -> str:
    """The whole file. Tracks and frames count from 0, the lowest layer is the first; the sheet's first frame is 0.

    Cells are numbers, which is all that every reader knows: a drawing's own number if all of its asset's drawings
    are called by numbers, else its place among them from 1; a nested scene's frame from 1; 1 for what has one face.
    """
    tracks = [index for index, column in enumerate(sheet.columns) if column.piece and column.piece.content is not None]
    frames: list[list[dict[str, Any]]] = [[] for _ in tracks]
    lies = [""] * len(tracks)
    for row in sheet.rows():
        for track, index in enumerate(tracks):
            value = _value(sheet.columns[index].piece, row.cells[index])
            if value != lies[track]:
                frames[track].append({"frame": row.frame - sheet.frames.first, "data": [{"id": 0, "values": [value]}]})
                lies[track] = value
    table = {
        "duration": sheet.frames.end - sheet.frames.first,
        "fields": [
            {
                "fieldId": _CELLS,
                "tracks": [{"frames": changes, "trackNo": track} for track, changes in enumerate(frames)],
            }
        ],
        "name": name,
        "timeTableHeaders": [{"fieldId": _CELLS, "names": [sheet.columns[index].name for index in tracks]}],
    }
    return f"{_FIRST_LINE}\n{json.dumps({'timeTables': [table], 'version': _VERSION}, indent=1)}\n"


def _value(piece: Piece | None, cell: Cell) -> str:
    if not cell.seen or piece is None:
        return _EMPTY
    if isinstance(piece.content, Nested):
        return str(int(cell.drawing) + 1)
    if not cell.drawing:
        return "1"
    names = tuple(piece.places)
    return str(int(cell.drawing) if all(name.isdigit() for name in names) else names.index(cell.drawing) + 1)
