"""`collage assets`: the box of cut-outs, to look through and to change."""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collage.cli.options import Project, Rights, check_output, hand, write_output
from collage.cli.thumbnails import colourful, illustrated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collage.errors import Finding

assets = typer.Typer(add_completion=False, rich_markup_mode=None)

Folder = Annotated[
    str, typer.Argument(metavar="FOLDER", help="Only what lies in this folder of assets/.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(metavar="ASSET", help="An asset's name, as props/rocket.")]
Who = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who changes it; default your login.")]
HERE = Path(".")


@assets.callback(invoke_without_command=True)
def box(context: typer.Context) -> None:
    """Look through the project's cut-outs, and add, replace, rename and remove them."""
    if context.invoked_subcommand is None:
        print(context.get_help())


@assets.command("list")
def list_(
    folder: Folder = "",
    plain: Annotated[
        bool, typer.Option("--no-thumbnails", help="Words alone, also where the terminal shows colours.")
    ] = False,
    as_json: Json = False,
    project: Project = HERE,
) -> None:
    """All cut-outs, with sizes, drawings, uses and ratings. Each has a thumbnail on a terminal that shows colours, if
    there are no more than 200."""
    from collage.cli.speech import remark, say, shown
    from collage.desk import assets as desk
    from collage.desk.assets_thumbnails import MOST, caption, thumbnail
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    found = survey(root)
    _tell_unread(root, found.unread)
    catalogue = Catalogue.open(root)
    rows = desk.under(desk.rows(catalogue, found), folder)
    if as_json:
        print(json.dumps([dataclasses.asdict(row) for row in rows], indent=2))
        return
    console = None if plain or len(rows) > MOST else colourful()
    if console:
        captions = ([shown(words) for words in caption(row)] for row in rows)
        illustrated(console, captions, (thumbnail(catalogue, row.asset) for row in rows))
    else:
        for line in desk.plain_lines([desk.HEADINGS, *(row.cells() for row in rows)]):
            say(line)
    if any(row.size is None for row in rows):
        remark("collage assets check says what is broken")
    if not rows:
        remark("no cut-outs here yet. Put pictures in by: collage assets add FILE…")


@assets.command()
def show(name: Name, as_json: Json = False, project: Project = HERE) -> None:
    """All that is known of one cut-out."""
    from collage.cli.speech import say
    from collage.desk import assets as desk

    facts = desk.facts(desk.home(project), name)
    if as_json:
        print(json.dumps(facts, indent=2))
        return
    for line in desk.facts_lines(facts):
        say(line)


@assets.command()
def where(name: Name, as_json: Json = False, project: Project = HERE) -> None:
    """Every layer that uses a cut-out. A line each: file:line:column, the layer, and its frames in that scene."""
    from collage.cli.speech import remark, say
    from collage.desk import assets as desk
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    desk.known(Catalogue.open(root), name)
    found = survey(root, name)
    _tell_unread(root, found.unread)
    if as_json:
        uses = [use._replace(path=_from_here(root, use.path))._asdict() for use in found.uses]
        print(json.dumps([{key: use[key] for key in use if key != "loc"} for use in uses], indent=2))
        return
    for use in found.uses:
        place = f"{_from_here(root, use.path)}:{use.line}:{use.column}"
        say(f'{place}: "{use.layer}" in frames {use.frames.first} to {use.frames.end - 1}')
    if not found.uses:
        remark(f'no scene uses "{name}"')


@assets.command()
def unused(project: Project = HERE) -> None:
    """The cut-outs that no scene uses."""
    from collage.cli.speech import say
    from collage.desk import assets as desk
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    found = survey(root)
    _tell_unread(root, found.unread)
    for name in desk.unused(Catalogue.open(root), found):
        say(name)


@assets.command()
def check(rights: Rights = False, as_json: Json = False, project: Project = HERE) -> None:
    """What is wrong with pictures and their entries. Missing, changed, twins; exit 0: nothing; 1: something."""
    from collage.cli.speech import list_all, remark
    from collage.desk.assets import home
    from collage.desk.assets_check import findings
    from collage.registry.journal import finish

    root = home(project)
    if finish(root):
        remark("finished a change of the box that was cut short")
    found = [dataclasses.replace(each, path=_from_here(root, each.path)) for each in findings(root, rights=rights)]
    list_all(found, as_json=as_json)
    if found:
        raise typer.Exit(1)


@assets.command()
def credits(
    scene: Annotated[
        Path | None, typer.Argument(metavar="SCENE", help="Of what a scene or a film shows; default all there are.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--scene", metavar="FILE.toml", help="Write a scene in which they roll.")
    ] = None,
    project: Project = HERE,
) -> None:
    """Who cut what, where it comes from, and under which licence."""
    from collage.cli.speech import say, typed
    from collage.desk import assets_credits as desk
    from collage.desk.assets import home
    from collage.desk.assets_uses import seen
    from collage.desk.scenes import one_scene
    from collage.registry.catalogue import Catalogue

    path = one_scene(scene) if scene else None
    root = home(path.parent if path else project)
    catalogue = Catalogue.open(root)
    title = desk.title_of(path) if path else root.resolve().name
    found = desk.sections(catalogue, seen(root, path) if path else catalogue.names())
    if file is None:
        for line in desk.text(title, found).splitlines():
            say(line)
        return
    check_output(file, root / "scene.toml", ".toml")
    write_output(file, desk.scene(title, found).encode())
    say(f"made {file}. Play it by: collage play {typed(file)}")


@assets.command()
def contact(
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.png", help="The picture to write.")],
    folder: Folder = "",
    project: Project = HERE,
) -> None:
    """A contact sheet: a picture of all cut-outs, each with its name."""
    from collage.cli.speech import say
    from collage.desk import assets as desk
    from collage.desk import assets_contact
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    check_output(file, root / "scene.toml", ".png")
    found = survey(root)
    _tell_unread(root, found.unread)
    catalogue = Catalogue.open(root)
    rows = desk.under(desk.rows(catalogue, found), folder)
    write_output(file, assets_contact.contact(catalogue, rows, folder.strip("/") or root.resolve().name))
    say(f"{len(rows)} cut-out{'' if len(rows) == 1 else 's'} in {file}")


@assets.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures to copy in.")],
    folder: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where in assets/ they go.")] = "pictures",
    who: Who = None,
    project: Project = HERE,
) -> None:
    """Copy pictures in, under clean names. Checksums are noted, and pivots guessed where they stand on a foot."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.desk.assets_edit import add as put_in

    for name in put_in(home(project), files, folder, who=hand(who), now=datetime.now(UTC)):
        say(f'added {name}: write asset = "{name}"')


@assets.command()
def replace(
    name: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The picture to take its place.")],
    drawing: Annotated[
        str | None, typer.Option("--drawing", metavar="NAME", help="Which one, where it has several.")
    ] = None,
    who: Who = None,
    project: Project = HERE,
) -> None:
    """Put another picture in the place of one that you have signed out. Pivot and hooks stay as they are written."""
    from collage.cli.speech import remark, say
    from collage.desk.assets import home
    from collage.desk.assets_replace import moved_points
    from collage.desk.assets_replace import replace as put_in_place

    now = datetime.now(UTC)
    done = put_in_place(home(project), name, file, drawing=drawing, who=hand(who), now=now)
    again = f"{name} --as {who}" if who else name
    say(f"replaced {name}: it stays signed out. Return it by collage return {again}")
    if warning := moved_points(name, done):
        remark(warning)


@assets.command()
def remove(name: Name, who: Who = None, project: Project = HERE) -> None:
    """Delete a cut-out, pictures and entry. Refused while a scene uses it."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.desk.assets_edit import remove as take_out

    gone = take_out(home(project), name, who=hand(who), now=datetime.now(UTC))
    say(f"removed {name}: {', '.join(gone) or 'its entry'}")


@assets.command()
def rename(
    old: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    who: Who = None,
    project: Project = HERE,
) -> None:
    """Rename a cut-out, in every scene that uses it: all or none."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.desk.assets_rename import rename as call

    uses, scenes = call(home(project), old, new, who=hand(who), now=datetime.now(UTC))
    say(f"renamed {old} to {new}: {uses} use{'' if uses == 1 else 's'} in {scenes} scene{'' if scenes == 1 else 's'}")


def _tell_unread(root: Path, unread: Sequence[Finding]) -> None:
    from collage.cli.speech import complain

    for finding in unread:
        complain(f"not looked into: {dataclasses.replace(finding, path=_from_here(root, finding.path))}")


def _from_here(root: Path, path: str) -> str:
    """A path of the project from where the user stands."""
    return os.path.relpath(root / path)
