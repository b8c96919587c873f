"""`python -m collage` is the command."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder: what lies there is no library of ours, whatever its name
    from collage.cli import main

    main()
