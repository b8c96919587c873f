"""`collage schema`: the format for editors."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of scene files, for editors that complete and check TOML."""
    from collage.scene import schema as scene_schema

    print(json.dumps(scene_schema.schema(), indent=2))
