"""The command line: `snapspend up`, `snapspend read`, `snapspend accuracy`, `snapspend doctor`, `snapspend migrate`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from core.errors import Misconfigured, Unavailable

COMMANDS = ("up", "read", "accuracy", "doctor", "migrate")
"""Each is a module of its own, loaded when it is asked for: reading processes load this file too, and no more."""

EXAMPLES = """examples:
  snapspend up                          start everything on this machine, then open the page it names
  SNAPSPEND_PORT=9000 snapspend up      the same on another port
  snapspend read receipt.jpg            read one photo and print what was found
  snapspend read photos/                read a folder, one row a photo
  snapspend accuracy photos/            tell how much of photos whose truth is known is read right
  snapspend doctor                      check every part and say what to do
  snapspend migrate                     prepare a database of yours, as its owner

Settings are environment variables; README.md lists them all.
"""


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of these commands."""
    parser = argparse.ArgumentParser(
        prog="snapspend",
        description="Photograph a receipt; its totals come back, checked, kept and ready for your books.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('snapspend')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        import_module(f"bot.{name}_command").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 2 for wrong usage or settings, 1 for a failure, else 0."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        given = build_parser([name for name in COMMANDS if name in arguments[:1]] or COMMANDS).parse_args(arguments)
        return int(given.run(given))
    except Misconfigured as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except Unavailable as error:
        print(f"SnapSpend cannot go on: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
