"""A scene in which nearly every table and kind of value stands."""

WHOLE = """\
format = 1

[scene]
title = "Bath time"
size = [640, 360]
rate = "24000/1001"
length = "10s"
paper = "none"

[sound]
tempo = 112
first_beat = "0.5s"

[cues]
splash = "beat 5"

[[effect]]
file = "assets/sound/slap.wav"
at = "splash"

[camera]
focus = "stage"
keys.zoom = [[0, 1], ["2s", 1.5]]
expr.turn = "v + 2*sin(t)"
move = [{ do = "shake", in = "splash", out = "splash+12" }]

[[sheet]]
name = "table"
[[sheet]]
name = "stage"
gap = 12
keys.opacity = [[0, 0], ["1s", 1]]

[[peg]]
name = "trolley"
parent = "rocket.hatch"
at = ["50%", 10]

[[layer]]
asset = "props/rocket"
sheet = "stage"
pivot = ["50%", "100%"]
scale = [1, -1]
keys.x = [[0, -300], [24, 900, "out-back"], ["splash", 2200, "hold"]]
keys.turn = { keys = [[0, 0], ["1 beat", 35]], loop = "2 beats" }
[[layer]]
name = "again"
like = "rocket"
in = "splash - 1s"
[[layer]]
text = "GIANT RISES"
size = [400, 120]
[layer.keys]
opacity = [[0, 0], [12, 1]]
[[layer]]
card = "#2e2622"
size = [10, 10]
shadow = false
repeat = { grid = [6, 4], delay = 2, vary = { turn = 10 } }
[[layer]]
scene = "scenes/bones.toml"
name = "bones"
time = { start = "1s", loop = true }
part.hand.turn = 30
move = [{ do = "bob", by = 6 }, { do = "follow", layer = "rocket.hatch" }]
expr.y = 'v + 30*sin(tau*t/2)'
"""
