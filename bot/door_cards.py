"""The messages of accounts: how to link, to sign in, to untie and to leave; HTML with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup

from bot import sentences
from bot.door_presses import AcceptOffer, DeleteMe, Dismiss, DoorPress, Unlink
from bot.doors import Rules
from bot.sentences import fill
from core.accounts import Account
from core.departures import Sent
from core.linking import Invitation, masked
from core.privacy import told

Card = tuple[str, InlineKeyboardMarkup | None]


def address_of(account: Account) -> str:
    """Return an account's address as it may stand in a chat."""
    return masked(account.email) if account.email else sentences.GUEST


def link_card(opening: str, invitation: Invitation, rules: Rules) -> Card:
    """Return a message with the one-time button to the pages, and the code that can be typed there instead."""
    code = f"{invitation.code[:4]}-{invitation.code[4:]}"
    typed = fill(sentences.LINK_CODE, code=code, address=f"{rules.pages}/link")
    return _to_pages(f"{opening}\n\n{typed}", sentences.LINK, f"/link/{invitation.token}", rules)


def login_card(token: str, rules: Rules) -> Card:
    """Return a message with the one-time button that signs a browser in."""
    return _to_pages(sentences.LOGIN, sentences.SIGN_IN, f"/enter/{token}", rules)


def offer_card(account: Account, token: str, before: Account | None, is_admin: bool = False) -> Card:
    """Return the question whether to link this chat, maybe an admin's, to the account that a start token belongs to."""
    asked = fill(sentences.OFFERED, address=address_of(account))
    if before is not None and before.email is not None:
        asked += " " + fill(sentences.MOVES_ONLY_CHAT, address=address_of(before))
    elif before is not None:
        asked += " " + sentences.BRINGS_RECEIPTS
    if is_admin:
        asked += " " + sentences.MAKES_ADMIN
    return asked, _asking((sentences.LINK, AcceptOffer(token)), (sentences.NO, Dismiss()))


def unlink_card(account: Account) -> Card:
    """Return the question whether to untie this chat."""
    asked = fill(sentences.UNLINK_ASK, address=address_of(account))
    return asked, _asking((sentences.UNLINK, Unlink()), (sentences.NO, Dismiss()))


def delete_card(account: Account, receipts: int | None) -> Card:
    """Return the question whether to delete everything; asked again it says how many receipts, No first."""
    if receipts is None:
        asked = sentences.DELETE_ASK if account.is_guest else sentences.DELETE_ASK_ALL
        return asked, _asking((sentences.DELETE_ALL, DeleteMe(1)), (sentences.NO, Dismiss()))
    counted = sentences.RECEIPTS_ONE if receipts == 1 else sentences.RECEIPTS_MANY
    what = fill(counted, count=receipts)
    sure = (fill(sentences.DELETE_FOR_GOOD, receipts=what), DeleteMe(2))
    return fill(sentences.DELETE_SURE, receipts=what), _asking((sentences.NO, Dismiss()), sure)


def privacy_text(rules: Rules, sent: Sequence[Sent] = ()) -> str:
    """Return what is kept, where, how long, what left this machine and what will, and how to delete it."""
    left = [sentences.LEFT_TELEGRAM] if rules.is_telegram else []
    for one in told(rules.setup, sent):
        left += [fill("{told}", told=one.sentence), *(fill("• {line}", line=line) for line in one.lines)]
    return "\n\n".join([
        sentences.PRIVACY_KEPT,
        f"{sentences.WHERE_KEPT}\n{fill('{kept}', kept=rules.setup.kept)}",
        "\n".join([sentences.WHAT_LEFT, *left]),
        sentences.PRIVACY_DELETE,
    ])  # fmt: skip


def _to_pages(text: str, label: str, path: str, rules: Rules) -> Card:
    """Return a message with a button to a page or, where Telegram would refuse that, with the page's address."""
    if rules.buttons:
        return text, InlineKeyboardMarkup([[Button(label, url=rules.pages + path)]])
    return f"{text}\n\n{fill('{address}', address=rules.pages + path)}", None


def _asking(*answers: tuple[str, DoorPress]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[Button(label, callback_data=press.data())] for label, press in answers])
