"""PostgreSQL refuses to run as root: who it runs as then, and how that user gets at its files."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

USER = "pgserver"


def identity() -> dict[str, Any]:
    """Return what subprocess needs to run as an ordinary user: nothing unless we are root."""
    if os.geteuid() != 0:
        return {}
    user = _user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def let_in(folder: Path, programs: Path) -> None:
    """Give the data folder to that user, and let it pass through the folders above it and above the programs.

    Python is one of them: it becomes the server.
    """
    if os.geteuid() != 0:
        return
    give(folder)
    for path in (folder.resolve(), programs.resolve(), Path(sys.executable).absolute(), Path(sys.executable).resolve()):
        for above in path.parents:
            mode = above.stat().st_mode
            if not mode & stat.S_IXOTH:
                above.chmod(mode | stat.S_IXOTH)  # pass through, not look around


def give(folder: Path) -> None:
    """Give a folder to that user, with what is in it."""
    if os.geteuid() != 0:
        return
    user = _user()
    if folder.stat().st_uid != user.pw_uid:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user.pw_uid, user.pw_gid)


def _user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", USER], check=True, capture_output=True)  # noqa: S603, S607
        return pwd.getpwnam(USER)
