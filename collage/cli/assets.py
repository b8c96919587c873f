"""`collage assets`: the box of cut-outs, to look through and to change."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collage.errors import CollageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collage.errors import Finding

assets = typer.Typer(add_completion=False, rich_markup_mode=None)

Project = Annotated[
    Path, typer.Option("--project", metavar="FOLDER", help="A folder of the project; default where you stand.")
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
def list_(as_json: Json = False, project: Project = HERE) -> None:
    """Every cut-out with its size, its drawings, and in how many layers of scenes it is used."""
    from collage.cli.speech import say
    from collage.desk import assets as desk
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    found = survey(root)
    _tell_unread(root, found.unread)
    rows = list(desk.rows(Catalogue.open(root), found))
    if as_json:
        print(json.dumps([dataclasses.asdict(row) for row in rows], indent=2))
    elif sys.stdout.isatty():
        _table(desk.HEADINGS, [row.cells() for row in rows])
    else:
        for line in desk.plain_lines([desk.HEADINGS, *(row.cells() for row in rows)]):
            say(line)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from collage.cli.speech import shown

    table = Table(*headings, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    Console().print(table)


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
    """Every layer that uses a cut-out: file:line:column, the layer, and its frames in that scene."""
    from collage.cli.speech import remark, say
    from collage.desk import assets as desk
    from collage.desk.assets_uses import survey
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    desk.known(Catalogue.open(root), name)
    found = survey(root, name)
    _tell_unread(root, found.unread)
    if as_json:
        uses = [{**use._asdict(), "frames": list(use.frames)} for use in found.uses]
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
def check(
    rights: Annotated[bool, typer.Option("--rights", help="Report pieces without a licence as well.")] = False,
    as_json: Json = False,
    project: Project = HERE,
) -> None:
    """Missing pictures, changed ones, twins, and what is wrong with the registry. Exit 0: none; 1: some."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.desk.assets_check import findings

    root = home(project)
    found = [dataclasses.replace(each, path=_from_here(root, each.path)) for each in findings(root, rights=rights)]
    if as_json:
        print(json.dumps([dataclasses.asdict(finding) for finding in found], indent=2))
    else:
        for finding in found:
            say(str(finding))
    if found:
        raise typer.Exit(1)


@assets.command()
def credits(
    scene: Annotated[
        Path | None, typer.Argument(metavar="[SCENE]", help="Of what a scene or a film shows; default all.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--scene", metavar="FILE.toml", help="Write a scene in which they roll.")
    ] = None,
    project: Project = HERE,
) -> None:
    """Who cut what, where it comes from, and under which licence."""
    from collage.cli.speech import say
    from collage.desk import assets_credits as desk
    from collage.desk.assets import home
    from collage.desk.assets_uses import seen
    from collage.desk.scenes import one_scene
    from collage.registry.catalogue import Catalogue

    path = one_scene(scene) if scene else None
    root = home(path.parent if path else project)
    catalogue = Catalogue.open(root)
    found = desk.sections(catalogue, seen(root, path) if path else catalogue.names())
    title = desk.title_of(path) if path else root.name
    if file is None:
        for line in desk.text(title, found).splitlines():
            say(line)
        return
    _write_new(file, ".toml", desk.scene(title, found).encode())
    say(f"made {file}. Play it by: collage play {file}")


@assets.command()
def contact(
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.png", help="The picture to write.")],
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help="Only what lies in this folder of assets/.")] = "",
    project: Project = HERE,
) -> None:
    """A contact sheet: a picture of all cut-outs, each with its name."""
    from collage.cli.options import check_output
    from collage.cli.speech import say
    from collage.desk import assets as desk
    from collage.desk import assets_contact
    from collage.desk.assets_uses import survey
    from collage.files import make_folder, write_whole
    from collage.registry.catalogue import Catalogue

    root = desk.home(project)
    if file.suffix.lower() != ".png":
        raise CollageError(f"{file}: pictures are written as PNG. End the name after -o with .png")
    check_output(file, root / "scene.toml")
    catalogue = Catalogue.open(root)
    rows = list(assets_contact.under(list(desk.rows(catalogue, survey(root))), folder))
    content = assets_contact.contact(catalogue, rows, folder.strip("/") or root.name)
    make_folder(file.parent)
    write_whole(file, content)
    say(f"{len(rows)} cut-out{'' if len(rows) == 1 else 's'} in {file}")


@assets.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures to copy in.")],
    folder: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where in assets/ they go.")] = "pictures",
    project: Project = HERE,
) -> None:
    """Copy pictures in under clean names, with their checksums, and pivots guessed where they stand on a foot."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.desk.assets_edit import add as put_in

    for name in put_in(home(project), files, folder):
        say(f'added {name}: write asset = "{name}"')


@assets.command()
def replace(
    name: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The picture to take its place.")],
    who: Who = None,
    project: Project = HERE,
) -> None:
    """Put another picture in the place of a cut-out's; its pivot and hooks stay as they are written."""
    from collage.cli.speech import say
    from collage.desk.assets_edit import replace as put_in_place

    put_in_place(_free(project, name, who), name, file)
    say(f"replaced {name}")


@assets.command()
def remove(name: Name, who: Who = None, project: Project = HERE) -> None:
    """Delete a cut-out, its pictures and its entry; refused while a scene uses it."""
    from collage.cli.speech import say
    from collage.desk.assets_edit import remove as take_out

    gone = take_out(_free(project, name, who), name)
    say(f"removed {name}: {', '.join(path.name for path in gone) or 'its entry'}")


@assets.command()
def rename(
    old: Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    who: Who = None,
    project: Project = HERE,
) -> None:
    """Give a cut-out another name, in the registry and in every scene that uses it: all of them or none."""
    from collage.cli.speech import say
    from collage.desk.assets_rename import rename as call

    uses, scenes = call(_free(project, old, who), old, new)
    say(f"renamed {old} to {new}: {uses} use{'' if uses == 1 else 's'} in {scenes} scene{'' if scenes == 1 else 's'}")


def _free(project: Path, name: str, who: str | None) -> Path:
    """The project's root, if nobody else has the asset signed out."""
    from collage.desk.assets import home
    from collage.desk.assets_edit import refuse_taken

    root = home(project)
    refuse_taken(root, name, who, datetime.now(UTC))
    return root


def _write_new(file: Path, ending: str, content: bytes) -> None:
    """Write a file that isn't there yet."""
    from collage.files import make_folder, write_whole

    if file.suffix.lower() != ending:
        raise CollageError(f"{file}: a scene is written as TOML. End the name with {ending}")
    if os.path.lexists(file):
        raise CollageError(f"{file}: is there already: choose another name")
    make_folder(file.parent)
    write_whole(file, content)


def _tell_unread(root: Path, unread: Sequence[Finding]) -> None:
    from collage.cli.speech import complain

    for finding in unread:
        complain(f"not looked into: {dataclasses.replace(finding, path=_from_here(root, finding.path))}")


def _from_here(root: Path, path: str) -> str:
    """A path of the project from where the user stands."""
    return os.path.relpath(root / path)
