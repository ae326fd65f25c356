"""FaultyAnswer: a model's answer that cannot be used, and whether asking again may help."""

from __future__ import annotations

from core.model import NoGoodAnswer


class FaultyAnswer(NoGoodAnswer):
    """The service I asked gave no answer that can be used."""

    def __init__(self, fault: str, again: bool = True, cut: bool = False) -> None:
        """Take a short sentence that can be put back to the model: it never has a word of the receipt in it.

        `again` says whether it makes sense to ask once more, `cut` that the answer ended for want of tokens.
        """
        self.fault = fault
        self.again = again
        self.cut = cut
        super().__init__(fault)
