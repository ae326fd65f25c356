"""What the processor can do, as far as the choice of a model depends on it."""

from __future__ import annotations

from pathlib import Path


def multiplies_whole_numbers(told: Path = Path("/proc/cpuinfo")) -> bool:
    """Say whether it has VNNI, Intel's and AMD's instructions since about 2019 for products of 8-bit numbers.

    Without them a model in whole numbers is no faster, and its sums may overflow, which costs letters. Only Linux
    tells it in a file; where it is not told the answer is no.
    """
    try:
        lines = told.read_text(errors="replace").splitlines()
    except OSError:
        return False
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return any(flag in {"avx512_vnni", "avx_vnni"} for flag in flags)
