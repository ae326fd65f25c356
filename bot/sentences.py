"""Every sentence and button text of the chat, in English; texts are HTML, and `{…}` are put in escaped."""

from __future__ import annotations

from html import escape

START = (
    "<b>SnapSpend reads receipts.</b> Send me a photo of one, or an invoice as a PDF: its date, items, tax and "
    "total come back.\n"
    "I check that it adds up, ask when I am not sure, and keep it in your ledger.\n"
    "/list shows your receipts, /summary what you spent, /help the rest."
)
HELP = (
    "<b>What you can send</b>\n"
    "A photo of a receipt, several at once, or a picture or PDF as a file, up to 20 MB. Best is one receipt "
    "a photo, flat, from straight above, in good light.\n\n"
    "<b>What you can ask</b>\n"
    "/list: your receipts, newest first\n"
    "/summary: this month; also <code>/summary week</code>, <code>/summary year</code>, "
    "<code>/summary 2026-10</code>, <code>/summary last month</code>\n\n"
    "<b>When I read something wrong</b>\n"
    "Reply to my answer with what is right: <code>total 12.50</code>, <code>date 2026-10-03</code>, "
    "<code>merchant Corner Café</code>, <code>currency EUR</code>."
)
COMMANDS = (
    ("list", "Your receipts, newest first"),
    ("summary", "What you spent this month, or in another period"),
    ("help", "What you can send and ask"),
    ("start", "What I do, with a sample to try"),
)

READING = "Reading…"
INTERRUPTED = "I was interrupted while I answered. If you see no answer above, please ask again."
NO_RECEIPTS = "There are no receipts yet. Send me a photo of one, or press the button to see how it goes."
ANYTHING_ELSE = (
    "I read receipts: send me a photo of one, or a picture or PDF as a file. /help shows what else I can do."
)
EDITED = "I do not follow changes to messages. Please send it again as a new one."
ANONYMOUS = "You write here as a group or channel, so I can't tell whose receipts to show. Write to me as yourself."
LIST_WORKS = (
    "I don't know which page that is. <code>/list</code> shows the newest receipts, "
    "<code>/list 2</code> the page after."
)
SUMMARY_WORKS = (
    "I don't know the period “{argument}”. These work: <code>/summary</code>, <code>/summary week</code>, "
    "<code>/summary year</code>, <code>/summary last month</code>, <code>/summary 2026-10</code>, "
    "<code>/summary October</code>, <code>/summary 2026</code>."
)
UNKNOWN_COMMAND = "I don't know {command}. These I know:\n{commands}"

BEING_READ_ONE, BEING_READ_MANY = "1 photo is being read.", "{count} photos are being read."
LIST_TITLE = "<b>Your receipts</b>, {first}–{last} of {all}"
TO_CHECK = "to check"
NO_MERCHANT = "Merchant not found"
NO_DATE = "date not found"
NO_TOTAL = "total not found"
DUE = "due {day}"
NUMBER = "No. {number}"
PAID_WITH = "Paid with {method}"
MORE_ITEMS = "… and {count} more"
SUBTOTAL, TIP, DISCOUNT, ROUNDING = "Subtotal", "Tip", "Discount", "Rounding"
TAX, TAX_INCLUDED = "Tax", "incl. {label}"
TOTAL = "Total {amount}"
CREDITED = "Credit {amount}"
DELETED = "Deleted: {receipt}."
FROM_PHOTOS = "From {count} photos."
PART_OF_ONE = "This photo is a part of the receipt that I read from the whole album."
NOW_SEPARATE = "The photos of this album are separate receipts now."
GONE = "This receipt is not in your ledger."

NOTHING_YET = "Nothing is dated {period} yet; your newest receipts are of {newest}:"
NOTHING_SPENT = "<b>{period}</b>\nNothing counted."
SUMMARY_TITLE = "<b>{period}</b>"
SUMMARY_SO_FAR = "<b>{period}</b>, so far"
RECEIPTS_ONE, RECEIPTS_MANY = "{count} receipt", "{count} receipts"
MORE_THAN = "{percent} more than in {period} ({amount})"
LESS_THAN = "{percent} less than in {period} ({amount})"
SAME_AS = "As much as in {period} ({amount})"
MORE_BY = "{percent} more than by {day} ({amount})"
LESS_BY = "{percent} less than by {day} ({amount})"
SAME_BY = "As much as by {day} ({amount})"
BEFORE_WAS = "{amount} before"
NOTHING_BY = "Nothing by {day}"
NOTHING_IN = "Nothing in {period}"
ALL_OF = "All of {period}: {amount}"
BY_CATEGORY, BY_MERCHANT = "By category", "By merchant"
NO_NAME, NO_CURRENCY = "no name", "no currency printed"
AND_OTHERS = "{count} more"
CHART_CAPTION = "<b>{period}</b>"
BY_DAY, BY_MONTH = "Day by day", "Month by month"

CORRECTION_WORKS = (
    "I did not understand the correction. These work: <code>total 12.50</code>, "
    "<code>date 2026-10-03</code>, <code>merchant Corner Café</code>, <code>currency EUR</code>."
)
REPLY_WITH = {
    "total": "You can reply with <code>total 12.50</code>.",
    "bought_on": "You can reply with <code>date 2026-10-03</code>.",
    "merchant": "You can reply with <code>merchant Corner Café</code>.",
    "currency": "You can reply with <code>currency EUR</code>.",
}
NOT_AN_ANSWER = "To correct a receipt, reply to the message in which I showed it."

# Toasts: plain text, at most 200 characters.
OLD_BUTTON = "This button does not work any more. /list shows your receipts."
NOT_YOURS = "This receipt is not in your ledger."
NOT_YOUR_LIST = "These are someone else's receipts. /list shows yours."
ALREADY_DELETED = "It was deleted already."
NOT_DELETED = "It is in your ledger."
ALREADY_SETTLED = "That question is settled already."
NOTED = "Thank you, noted."
STILL_READING = "I am still reading it."
ONE_NOW, SEPARATE_NOW = "One receipt.", "Separate receipts."
SAMPLE_COMES = "Here comes a sample."

# Buttons.
TRY_SAMPLE = "Try it with a sample"
PHOTO, DELETE, UNDO, BACK = "Photo", "Delete", "Undo", "‹ Back to the list"
EARLIER, LATER = "‹", "›"
KEEP_BOTH, SHOW_OTHER, DELETE_THIS = "Keep both", "Show the other", "Delete this one"
ONE_RECEIPT, SEPARATE_RECEIPTS = "One receipt", "Separate receipts"


def fill(sentence: str, **facts: object) -> str:
    """Return an HTML sentence with its facts put in, each of them escaped."""
    return sentence.format_map({name: escape(str(fact), quote=False) for name, fact in facts.items()})
