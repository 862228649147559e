"""What a settings file may say, and how it is told where it is wrong."""

import dataclasses
import json

import pytest

from cleaners.errors import SettingsError
from cleaners.settings import BOUNDS, Settings, load_settings, settings_from

CUES = '[[cues]]\nkind = "ad"\nphrases = ["Buy a boat"]\n'
KEEP = '[[keep]]\nsite = "example.org"\nphrases = ["Buy a boat"]\npatterns = ["Boat [0-9]{1,4}"]\n'


@pytest.fixture
def load(tmp_path):
    def load(text):
        (tmp_path / "winnow.toml").write_text(text, encoding="utf-8")
        return load_settings(tmp_path / "winnow.toml")

    return load


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[limits]\n\npage_seconds = inf", 3, "use 0.1 to 86_400"),
        ("[limits]\npage_seconds = 0", 2, "use 0.1 to 86_400"),
        ("[limits]\npage_seconds = -1", 2, "use 0.1 to 86_400"),
        ("[limits]\npage_seconds = nan", 2, "use 0.1 to 86_400"),
        ("[limits]\nworker_bytes = 5", 2, "use 500_000_000 to"),
        ("[limits]\npage_bytes = 0", 2, "use 1 to"),
        ("[limits]\npage_bytes = 1.5", 2, "use a whole number"),
        ("[duplicates]\nthreshold = 0", 2, "use 0.1 to 1"),
        ("[duplicates]\nthreshold = 1.01", 2, "use 0.1 to 1"),
        ("[duplicates]\nthreshold = nan", 2, "use 0.1 to 1"),
        ("[duplicates]\ncontainment = 0.0", 2, "use 0.1 to 1"),
        ("[duplicates]\nshingle_tokens = 100_000_000", 2, "use 1 to 20"),
        ("[duplicates]\nrepeat_stories = 1", 2, "use 2 to"),
        ('[duplicates]\nkeep = "last"', 2, "use first, longest or best"),
        ("[duplicates]\nenabled = 1", 2, "use true or false"),
        ("[cleaning]\nreview_share = 1.1", 2, "use 0 to 1"),
        ('[columns]\nhtml = ""', 2, "use a text"),
        ("[cleaning]\nmin_words = true", 2, "use a number"),
        ("[cleaning]\nmin_word = 3", 2, "did you mean 'min_words'"),
        ("\n[cleanin]\n", 2, "did you mean 'cleaning'"),
        ("\nlimits = 3\n", 2, "write [limits]"),
    ],
)
def test_nonsense_is_refused_with_its_line_and_the_remedy(load, tmp_path, text, line, told):
    with pytest.raises(SettingsError) as refused:
        load(text)
    assert str(refused.value).startswith(f"{tmp_path}/winnow.toml:{line}: ")
    assert told in str(refused.value)


@pytest.mark.parametrize("key", BOUNDS)
def test_bounds_are_allowed_themselves(key):
    (section,) = (
        field.name
        for field in dataclasses.fields(Settings)
        if hasattr(getattr(Settings(), field.name), key)
    )
    for bound in BOUNDS[key]:
        settings = settings_from({section: {key: bound}}, where="here")
        assert getattr(getattr(settings, section), key) == bound


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (CUES + CUES.replace("ad", "advert"), 5, "use one of ad, sponsored"),
        (CUES.replace("Buy a boat", " "), 3, "empty phrase"),
        (CUES.replace("Buy a boat", "— * —"), 3, "must begin with a word"),
        (CUES.replace("Buy a boat", "... a boat"), 3, "must begin with a word"),
        (CUES.replace("Buy a boat", "boat " * 500), 3, "its beginning is enough"),
        (CUES + 'phrases = ["x"]\n', 4, "not valid TOML"),
        (CUES.replace("phrases", "phrase"), 3, "unknown key 'phrase'"),
        (CUES + 'position = "middle"', 4, "use one of whole, start, end, inside"),
        (CUES + "weight = 2", 4, "use 0 to 1"),
        (CUES + "max_words = -1", 4, "use 0 to 1,000"),
        (CUES + 'opens = "yes"', 4, "use true or false"),
        (CUES + 'site = "https://example.org/"', 4, "write the host alone"),
        (CUES.replace('["Buy a boat"]', '"Buy a boat"'), 3, "write a list of texts"),
        ('[[cues]]\nkind = "ad"', 1, "needs phrases"),
        ('\n[cues]\nkind = "ad"', 2, "as a table [[cues]]"),
        ("\n[[keep]]\n", 2, "needs phrases or patterns"),
        (KEEP.replace("Buy a boat", ""), 3, "empty phrase"),
        (KEEP + '[[keep]]\npatterns = [\n  "a",\n  "b(",\n]', 8, "is no regular expression"),
        (KEEP.replace("[0-9]{1,4}", "(a+)+b"), 4, "repeats without a bound"),
        (KEEP.replace("[0-9]{1,4}", ".*"), 4, "repeats without a bound"),
        (KEEP.replace("{1,4}", "{2,}"), 4, "repeats without a bound"),
        (KEEP.replace("[0-9]{1,4}", "(aa|a){0,20}!"), 4, "steps at each character"),
        (KEEP.replace("Boat [0-9]{1,4}", "a?"), 4, "fits where there is nothing"),
        ('x = """\n[[keep]]\n"""\n[[keep]]\npatterns = ["a*"]', None, "unknown table [x]"),
    ],
)
def test_a_bad_rule_of_the_user_is_refused_at_its_line(load, tmp_path, text, line, told):
    with pytest.raises(SettingsError) as refused:
        load(text)
    where = f"{tmp_path}/winnow.toml:"
    said = str(refused.value)
    assert told in said
    assert "\n" not in said
    if "not valid TOML" in told:
        assert f"line {line}" in said
    elif line:
        assert said.startswith(f"{where}{line}: "), said


def test_a_header_within_a_text_is_not_taken_for_one(load):
    text = f'[[keep]]\nphrases = ["x"]\nevidence = """\n[[keep]]\n"""\n{KEEP}[[keep]]\nphrases=[""]'
    with pytest.raises(SettingsError, match=r"winnow\.toml:11: "):
        load(text)


def test_rules_of_the_user_take_part_in_the_digest_but_for_their_evidence(load):
    digests = [
        load(text).digest
        for text in (
            "",
            CUES,
            KEEP,
            CUES + KEEP,
            CUES + 'site = "example.org"\n',
            KEEP.replace("example.org", "www.example.net"),
        )
    ]
    assert len(set(digests)) == len(digests)
    assert load(CUES + 'evidence = "seen on a page"\n').digest == load(CUES).digest
    assert load("").digest == Settings().digest


def test_rules_of_the_user_outlast_the_plan_of_a_run(load):
    settings = load(CUES + KEEP)
    written = json.loads(json.dumps(dataclasses.asdict(settings)))
    assert settings_from(written, where="run.json") == settings


def test_a_site_is_written_with_or_without_www(load):
    assert load(KEEP.replace("example.org", "WWW.Example.org")) == load(KEEP)
