"""Settings: all faults at once, no secret told, and the README's table is theirs."""

from pathlib import Path

import pytest

from core.errors import Misconfigured
from core.settings import Settings, settings_table

README = Path(__file__).parent.parent.parent / "README.md"


def test_nothing_has_to_be_set() -> None:
    """An empty environment is a whole configuration."""
    settings = Settings.from_environment({})
    assert settings.database_url is None
    assert settings.bot_token is None
    assert settings.data.name == "snapspend"


def test_an_empty_value_counts_as_absent() -> None:
    """As `.env` files have it."""
    assert Settings.from_environment({"DATABASE_URL": ""}).database_url is None


def test_all_faults_are_told_at_once() -> None:
    """Nobody likes to find them one by one."""
    with pytest.raises(Misconfigured) as raised:
        Settings.from_environment({"SNAPSPEND_PORT": "many", "DATABASE_URL": "mysql://x", "LOG_LEVEL": "LOUD"})
    assert all(name in raised.value.sentence for name in ("SNAPSPEND_PORT", "DATABASE_URL", "LOG_LEVEL"))


def test_a_fault_does_not_tell_the_secret() -> None:
    """A wrong token may be nearly right."""
    with pytest.raises(Misconfigured) as raised:
        Settings.from_environment({"TELEGRAM_BOT_TOKEN": "123456:nearly-right"})
    assert "nearly-right" not in raised.value.sentence + str(raised.value)


def test_a_transaction_pooler_is_refused_with_the_way_out() -> None:
    """It delivers no notifications, so the queue would only poll."""
    with pytest.raises(Misconfigured, match="5432"):
        Settings.from_environment({"DATABASE_URL": "postgresql://u:p@pooler.example:6543/postgres"})


def test_the_readme_has_the_table_of_settings() -> None:
    """Put what settings_table() returns between the marks when a setting changes."""
    text = README.read_text("utf-8")
    assert text.split("<!-- settings -->\n")[1].split("\n<!-- /settings -->")[0] == settings_table()


@pytest.mark.parametrize(
    ("name", "value", "is_right"),
    [
        ("GEMINI_API_URL", "http://gemini.example", False),
        ("GEMINI_API_URL", "https://gemini.example/", True),
        ("GEMINI_API_URL", "http://127.0.0.1:7070", True),
        ("RAPIDAPI_HOST", "http://ocr.example", False),
        ("RAPIDAPI_HOST", "ocr.example", True),
    ],
)
def test_a_key_goes_nowhere_unencrypted(name: str, value: str, is_right: bool) -> None:
    """But to this machine, as tests and doctors need it."""
    if is_right:
        Settings.from_environment({name: value})
        return
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment({name: value})


def test_who_is_chosen_must_have_a_key() -> None:
    """And by itself those are asked that have one."""
    with pytest.raises(Misconfigured, match="GEMINI_API_KEY"):
        Settings.from_environment({"EXTRACTORS": "gemini,local"})
    settings = Settings.from_environment({"GEMINI_API_KEY": "k" * 20})
    assert (settings.asked_extractors, settings.asked_readers) == (("gemini", "local"), ("local",))
