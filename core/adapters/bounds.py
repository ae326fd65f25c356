"""What a process that opens strangers' pictures may take of this machine."""

from __future__ import annotations

import os


def bound(megabytes: int, seconds: int | None = None) -> None:
    """Hold this process's data within `megabytes`, and its work within `seconds`, where the system can.

    It lets other processes go first, and dumps no core: there is a receipt in it.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits = {resource.RLIMIT_DATA: megabytes << 20}
    if seconds is not None:
        limits[resource.RLIMIT_CPU] = seconds
    for kind, limit in limits.items():
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if most < 0 else min(limit, most), most))
    os.nice(5)
