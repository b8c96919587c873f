"""What the paper prints: rumours from a town that does not exist, about nobody."""

from __future__ import annotations

import numpy as np

MASTHEAD = "THE NIGHTLY RUMOUR"
STRAP = ("Printed after dark, believed before breakfast", "No. 4,112", "Late Splash Edition", "Price: one button")

STORIES: list[tuple[str, str, str]] = [
    ("LLAMA WEDS THE MOON", "Guests threw hay; the tide came early", "llama"),
    ("ROCKET IN A PUDDLE", "It was there all week, says boy with net", "rocket"),
    ("TEETH LEAVE TOWN", "Owner asleep. Last seen chattering east", "teeth"),
    ("GIANT UNDER THE RIDES", "Fair was built around him, carpenters admit", ""),
    ("NOSE RESIGNS", "“I have smelt enough,” it is said to have said", "nose"),
    ("THE SPLASH: WAS IT REAL?", "Pool attendant breaks long silence", ""),
    ("APE STEERS BY STARS", "Refuses map, accepts pear", "ape"),
    ("BONES DANCE TILL DAWN", "Neighbours below complain of the tapping", "skull"),
    ("PEACOCK SUES MIRROR", "Damages sought for a second tail", ""),
    ("SKY DELIVERED TWICE", "The better one goes to the mayor's aunt", ""),
    ("SCALPEL RUNS AWAY WITH SPOON", "Cutlery drawer was not locked", ""),
    ("ROLLERCOASTER ENTERS PAGE FIVE", "Readers are asked to keep their hands inside", ""),
    ("CLOUD MISSING", "Small, grey, answers to nothing", ""),
    ("MAN EATS OWN UMBRELLA", "Rain falls at once", ""),
    ("CANDLE TELLS ALL", "“I was at both ends,” it weeps", ""),
    ("WAS THE BRIDGE EVER THERE?", "Ferryman is not sure he should say", ""),
]

WHO = [
    "a night porter",
    "the keeper of the carousel",
    "two sisters who sell thread",
    "a retired diver",
    "the glazier's boy",
    "a woman with a lamp",
    "the tuner of the organ",
    "three postmen",
    "a person in a borrowed hat",
    "the ticket clerk",
    "an aunt of the deceased",
    "the man who paints the horses",
    "a baker of long standing",
    "nobody in particular",
]
DID = [
    "swears to have seen it",
    "would not be moved on the matter",
    "heard it twice before supper",
    "kept a piece in a jar",
    "asked that the window be left open",
    "drew it from memory on a sack",
    "was told to say nothing and said it",
    "measured it with a broom",
    "wept, but not for long",
    "laughed until the band stopped",
    "has since bought a ladder",
]
WHERE = [
    "behind the shooting gallery",
    "under the second lamp",
    "by the flooded stairs",
    "on the roof of the ghost train",
    "between the scissors and the glue",
    "at the far end of the pier that burned",
    "in the third drawer down",
    "where the hedge maze used to be",
    "beside the weighing machine",
    "in a field that is now a shop",
]
WHEN = [
    "On Tuesday",
    "Shortly after the hail",
    "At a quarter to nothing",
    "Before the milk",
    "As the lights went green",
    "During the second waltz",
    "Late in the thaw",
    "While the town was looking the other way",
    "Some years from now",
]
THING = [
    "a wet footprint",
    "the usual feathers",
    "a key that fits nothing",
    "half a trumpet",
    "a very small door",
    "some warm ash",
    "a ticket for tomorrow",
    "a pair of brass shoes",
    "one page of this newspaper",
    "a smell of pears",
]
SAID = [
    "It is not what it was cut out to be.",
    "We were promised a better sky.",
    "You can see the glue if you stand close.",
    "It moved when I blinked, and I blink a great deal.",
    "I have two of them at home.",
    "Nobody counts the frames.",
    "It came apart so neatly.",
    "Somebody ought to sweep.",
    "The shadow arrived first.",
    "I only held the lamp.",
]
CLOSE = [
    "The matter is thought to be closed.",
    "Inquiries go on.",
    "There is talk of a second one.",
    "Refunds are refused.",
    "The fair opens at seven as before.",
    "The weather did not help.",
    "A committee has been drawn, and coloured in.",
    "It has been put back, facing the other way.",
    "More on page nine, if page nine is found.",
    "Bring your own chair.",
]


def sentence(rng: np.random.Generator) -> str:
    """One line of gossip."""

    def pick(words: list[str]) -> str:
        return words[int(rng.integers(len(words)))]

    kind = int(rng.integers(7))
    if kind == 0:
        return f"{pick(WHEN)}, {pick(WHO)} {pick(DID)} {pick(WHERE)}."
    if kind == 1:
        return f"{pick(WHO).capitalize()} found {pick(THING)} {pick(WHERE)}, and {pick(DID)}."
    if kind == 2:
        return f"“{pick(SAID)}” said {pick(WHO)}, who {pick(DID)}."
    if kind == 3:
        return f"Of {pick(THING)} there was no sign {pick(WHERE)}; {pick(WHO)} {pick(DID)}."
    if kind == 4:
        return f"{pick(CLOSE)} {pick(WHEN)} there was only {pick(THING)}."
    if kind == 5:
        return f"All that remains {pick(WHERE)} is {pick(THING)}, and {pick(THING)} that {pick(WHO)} will not discuss."
    return f"“{pick(SAID)}” {pick(CLOSE)}"


def gossip(rng: np.random.Generator, words: int) -> list[list[str]]:
    """Paragraphs of words, about as many as asked for."""
    paragraphs, count = [], 0
    while count < words:
        text = " ".join(sentence(rng) for _ in range(int(rng.integers(2, 5)))).split()
        paragraphs.append(text)
        count += len(text)
    return paragraphs
