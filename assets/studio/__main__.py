"""`python -m assets.studio`: make the pieces of the studio again, as make.py says."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make import main

if __name__ == "__main__":
    main()
