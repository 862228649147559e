"""What can be typed is documented."""

import argparse
import dataclasses
import json
import re
import tomllib

import pytest

from cleaners import Page, clean_page, cli, errors
from cleaners.formats import Columns, Output
from cleaners.records import KINDS
from cleaners.settings import BOUNDS, Cleaning, Duplicates, Limits, Settings, settings_from
from cleaners.userrules import CueRule, KeepRule
from tests.conftest import ROOT

OPERATIONS = (ROOT / "docs/operations.md").read_text()
TOML = re.findall(r"```toml\n(.*?)```", OPERATIONS, flags=re.DOTALL)


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
    block, _ = TOML
    assert settings_from(tomllib.loads(block), where="docs") == Settings()
    tables = tomllib.loads(block)
    for section in (Cleaning, Duplicates, Limits, Columns, Output):
        written = tables[section.__name__.lower()]
        assert set(written) == {one.name for one in dataclasses.fields(section)}


def test_every_bound_is_documented():
    for name, (low, high) in BOUNDS.items():
        assert f"| `{name}` | {low:_} | {high:_} |" in OPERATIONS


def test_rules_of_the_user_are_documented_with_every_key():
    _, block = TOML
    settings = settings_from(tomllib.loads(block), where="docs")
    assert len(settings.cues) == len(settings.keep) == 1
    for record in (CueRule, KeepRule):
        for key in dataclasses.fields(record):
            assert f"`{key.name}`" in OPERATIONS, key.name


def test_every_failure_is_documented():
    for name in dir(errors):
        kind = getattr(errors, name)
        is_failure = isinstance(kind, type) and issubclass(kind, errors.PageError)
        if is_failure and kind is not errors.PageError:
            assert f"| `{name}` |" in OPERATIONS, name


def test_every_kind_and_flag_is_documented():
    schema = json.loads((ROOT / "docs/output.schema.json").read_text())
    flags = schema["$defs"]["document"]["properties"]["flags"]["items"]["enum"]
    tables = OPERATIONS.partition("### Kinds and flags")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", tables, flags=re.MULTILINE)
    assert sorted(named) == sorted([*KINDS, *flags])


def test_the_page_that_the_readme_shows_is_the_sample_scrape():
    shown = (ROOT / "README.md").read_text().partition("```text\n")[2].partition("```")[0]
    scrape = [line.strip() for line in (ROOT / "seeds/01-exchange-repost.txt").open()]
    lines = [line[2:].partition("…")[0].strip() for line in shown.splitlines()]
    assert len(lines) > 10
    for line in lines:
        assert any(found.startswith(line) for found in scrape), line


def test_what_the_readme_says_goes_is_what_goes():
    scrape = (ROOT / "seeds/01-exchange-repost.txt").read_text()
    removals = clean_page(Page(text=scrape, media="text")).removals
    shown = re.findall(r"\| go(?:es)?: `(\w+)` \| (.*) \|", (ROOT / "README.md").read_text())
    assert {kind for kind, _ in shown} == {removal.kind for removal in removals}
    for kind, why in shown:
        reasons = [removal.why for removal in removals if removal.kind == kind]
        assert any(reason.startswith(why.partition("…")[0]) for reason in reasons), why
