"""What can be typed is documented."""

import argparse
import dataclasses
import re
import tomllib

import pytest

from cleaners import cli, errors
from cleaners.settings import Settings, settings_from
from tests.conftest import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text()


def commands():
    (action,) = (
        action
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return action.choices


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_is_documented(command):
    assert f"`winnow {command}" in OPERATIONS
    for action in commands()[command]._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert f"`{option}" in OPERATIONS, option


@pytest.mark.parametrize("command", commands())
def test_every_command_teaches_by_example(command):
    text = commands()[command].format_help()
    assert "example" in text
    assert f"  winnow {command}" in text
    for action in commands()[command]._actions:
        assert action.help


def test_every_setting_is_documented_with_its_default():
    (block,) = re.findall(r"```toml\n(.*?)```", OPERATIONS, flags=re.DOTALL)
    assert settings_from(tomllib.loads(block), where="docs") == Settings()
    for section in dataclasses.fields(Settings):
        written = tomllib.loads(block)[section.name]
        known = {field.name for field in dataclasses.fields(section.default_factory)}
        assert set(written) == known


def test_every_failure_is_documented():
    for name in dir(errors):
        kind = getattr(errors, name)
        is_failure = isinstance(kind, type) and issubclass(kind, errors.PageError)
        if is_failure and kind is not errors.PageError:
            assert f"| `{name}` |" in OPERATIONS, name
