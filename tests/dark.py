"""A scene's last lines that put the lamp out, for tests that are about something else than shadows."""

from __future__ import annotations

DARK = "[lamp]\nstrength = 0\n"
