"""Options in groups: a command has a few parameters, and the user every option."""

from __future__ import annotations

from dataclasses import dataclass, fields
from inspect import signature
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from blupkit.cli import commands
from blupkit.cli.choices import Running, ToPack, Wanted, grouped

RENDER = {"municipality", "notebook", "parameter", "notebooks", "output", "force", "workers", "engine", "pdf"}


@dataclass(frozen=True)
class Size:
    """A group of two options."""

    width: Annotated[int, typer.Option("--width", "-w")] = 2
    names: Annotated[list[str] | None, typer.Option("--name")] = None


app = typer.Typer()


@app.command()
@grouped
def show(size: Size, loud: Annotated[bool, typer.Option("--loud")] = False) -> None:
    """Tell what was chosen."""
    print(size.width, size.names, loud)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "2 None False"),
        (["-w", "5", "--loud"], "5 None True"),
        (["--name", "a", "--name", "b"], "2 ['a', 'b'] False"),
    ],
)
def test_a_group_is_filled_from_its_options(words: list[str], said: str) -> None:
    assert CliRunner().invoke(app, words).output.strip() == said


def test_what_is_no_number_is_refused_as_for_any_option() -> None:
    assert CliRunner().invoke(app, ["-w", "bred"]).exit_code == 2


def test_render_has_two_parameters_and_package_shares_one_of_them() -> None:
    assert list(signature(commands.render.__wrapped__).parameters) == ["wanted", "running"]
    assert list(signature(commands.package.__wrapped__).parameters) == ["wanted", "encrypt", "accept_suggestions"]
    assert issubclass(ToPack, Wanted)
    options = {field.name for group in (Wanted, Running) for field in fields(group)}
    assert options == RENDER | {"study", "scheduler"} == set(signature(commands.render).parameters)
