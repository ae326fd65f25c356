"""Every error of SnapSpend, in four families; a class's docstring is the sentence the user is told."""

from __future__ import annotations


class SnapSpendError(Exception):
    """Something went wrong."""

    def __init__(self, detail: str = "", **facts: object) -> None:
        """Keep `detail` for the log (never receipt text or a secret) and `facts` for the sentence."""
        self.facts = facts
        super().__init__(detail or self.sentence)

    @classmethod
    def sentence_template(cls) -> str:
        """Return the class's docstring on one line, with its `{placeholders}` still open."""
        return " ".join((cls.__doc__ or "").split())

    @property
    def sentence(self) -> str:
        """Return what the user is told."""
        return self.sentence_template().format_map(self.facts)


class Unusable(SnapSpendError):
    """I can't use this. Please send another photo or file."""


class Empty(Unusable):
    """This file is empty. Please send it again."""


class WrongKind(Unusable):
    """This is not a picture or a PDF that I can open. Please send a JPEG, PNG, WebP, HEIC, BMP, GIF, TIFF or PDF."""


class Broken(Unusable):
    """This file is damaged or cut off, so I can't open it. Please send it again, or take a new photo."""


class TooLarge(Unusable):
    """This file is larger than {limit_mb} MB, which is more than I can take. Please send a smaller one."""


class TooManyPixels(Unusable):
    """This picture has too many pixels ({width} × {height}). Please send one of at most {limit_mp} megapixels."""


class TooManyPages(Unusable):
    """This file has {pages} pages; I read up to {limit}. Please send only the pages of the receipt."""


class Locked(Unusable):
    """This PDF is locked with a password. Please send it unlocked, or as a photo."""


class NoText(Unusable):
    """I can't see any text in this picture. Please take it again: closer, straight from above, in good light."""


class NotAReceipt(Unusable):
    """This does not look like a receipt or an invoice: I found no amount in it, so nothing is counted."""


class TooSlow(Unusable):
    """Reading this took too long, so I stopped. Please send a smaller or clearer photo."""


class NotAllowed(SnapSpendError):
    """You may not do this."""


class Unavailable(SnapSpendError):
    """A service I need is not answering right now. I will try again by myself."""


class ChangedMeanwhile(Unavailable):
    """This receipt was changed elsewhere at the same moment. Please look at it and try again."""


class Misconfigured(SnapSpendError):
    """The settings are not right: {faults}"""
