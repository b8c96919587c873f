"""What is right by the letter and hardly meant: said, and nothing is stopped."""

from __future__ import annotations

import pytest
from arms import root
from discs import DISC, stand

MOUTH = '[[layer]]\nasset = "mouth"\n'
PEG = '[[peg]]\nname = "p"\n'


@pytest.mark.parametrize(
    ("body", "cure"),
    [
        (DISC + 'keys.hidden = [["2s", true]]\n', "write [0, false] before it"),
        (MOUTH + 'keys.swap = [["2s", "open"]]\n', 'write [0, "shut"] before it'),
        (PEG + DISC + 'parent = "p"\nkeys.parent = [["2s", ""]]\n', 'write [0, "p"] before it'),
        (PEG + DISC + 'keys.parent = [["2s", "p"]]\n', 'write [0, ""] before it'),
        (DISC + "in = 10\nkeys.hidden = [[20, true]]\n", "write [10, false] before it"),
    ],
)
def test_a_first_key_that_holds_backwards_is_warned_of(body: str, cure: str) -> None:
    """On a channel that jumps, the value before the first key is the first key's, whatever stands beside it."""
    (warning,) = stand(body).warnings
    assert "holds from the start" in str(warning)
    assert cure in str(warning)


@pytest.mark.parametrize(
    "body",
    [
        DISC + 'keys.hidden = [[0, false], ["2s", true]]\n',
        DISC + "in = 20\nkeys.hidden = [[20, true], [40, false]]\n",
        MOUTH + 'keys.swap = [["2s", "shut"], ["3s", "open"]]\n',
        MOUTH + 'keys.swap = { keys = [[4, "open"], [8, "shut"]], loop = 12 }\n',
    ],
)
def test_first_keys_that_change_nothing_before_them_are_not(body: str) -> None:
    """A key at the start, one that says what is so anyway, and a round that comes again."""
    assert not stand(body).warnings


def test_a_bone_without_length_is_warned_of() -> None:
    """A lower part that hangs by the hook that carries the hand has nothing to reach with: its name is said."""
    arm = (
        '[[layer]]\nname = "upper"\nasset = "arrow"\nparent = "root"\n'
        '[[layer]]\nname = "lower"\nasset = "arrow"\nparent = "upper.tip"\n{}'
        '[[layer]]\nname = "hand"\nasset = "disc"\nparent = "lower.tip"\nmove = [{{ do = "reach", to = [9, 9] }}]\n'
    )
    (warning,) = stand(root() + arm.format("")).warnings
    assert '"lower" can\'t reach: "hand" hangs on the very point it turns about' in str(warning)
    assert not stand(root() + arm.format("pivot = [4, 20]\n")).warnings
