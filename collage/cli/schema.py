"""`collage schema`: the format for editors."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of scene files, for editors that complete and check TOML."""
    from collage.scene.schema import schema as of_scenes

    print(json.dumps(of_scenes(), indent=2))
