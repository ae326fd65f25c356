"""What the processor is asked for before a model in whole numbers is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.adapters.processor import multiplies_whole_numbers


@pytest.mark.parametrize(
    ("flags", "told"),
    [("fpu avx2 avx512_vnni sse", True), ("fpu avx2 avx_vnni", True), ("fpu avx2 avx512f avx512_vnni_like", False)],
)
def test_the_instructions_are_among_the_flags(tmp_path: Path, flags: str, told: bool) -> None:
    """Either form of them will do, and nothing that only looks like it."""
    file = tmp_path / "cpuinfo"
    file.write_text(f"processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: {flags}\nbugs\t: none\n")
    assert multiplies_whole_numbers(file) is told


def test_a_machine_that_tells_nothing_is_taken_not_to_have_them(tmp_path: Path) -> None:
    """Other systems than Linux have no such file, and ARM's names no such flags."""
    arm = tmp_path / "arm"
    arm.write_text("processor\t: 0\nFeatures\t: fp asimd asimddp\n")
    assert not multiplies_whole_numbers(tmp_path / "absent")
    assert not multiplies_whole_numbers(arm)
