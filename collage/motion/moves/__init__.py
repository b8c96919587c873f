"""Moves: what a piece does by itself, each a small pure function of time, all of them in one table, `MOVES`."""

from collage.motion.moves.kinds import Adds as Adds
from collage.motion.moves.kinds import Aims as Aims
from collage.motion.moves.kinds import Draws as Draws
from collage.motion.moves.kinds import Facts as Facts
from collage.motion.moves.kinds import Move as Move
from collage.motion.moves.kinds import Mover as Mover
from collage.motion.moves.kinds import Nudge as Nudge
from collage.motion.moves.kinds import Param as Param
from collage.motion.moves.kinds import Places as Places
from collage.motion.moves.table import MOVES as MOVES
