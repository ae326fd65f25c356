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
    "<code>/summary 2026-10</code>, <code>/summary last month</code>\n"
    "/advice: what grew, what comes every month, what is unusual\n"
    "/budget: what you want to spend at most; <code>/budget 800</code>, <code>/budget groceries 300</code>\n"
    "A question in plain words: <i>how much on coffee in March?</i>, <i>biggest bill this year?</i>, also with /ask\n\n"
    "<b>When I read something wrong</b>\n"
    "Reply to my answer with what is right: <code>total 12.50</code>, <code>date 2026-10-03</code>, "
    "<code>merchant Corner Café</code>, <code>currency EUR</code>, <code>tax 3.00</code>, <code>tip none</code>, "
    "<code>item 2 4.20</code>, <code>add item Rye bread 4.20</code>, <code>remove item 3</code>; also category, "
    "subtotal, discount, rounding, cash, change, number, paid with, due and kind.\n"
    "/accuracy: how often each field had to be corrected\n\n"
    "<b>Your account</b>\n"
    "/link ties this chat to an account on the web pages, /login opens them, /unlink unties this chat; "
    "/privacy says what is kept, /deleteme deletes it all."
)
COMMANDS = (
    ("list", "Your receipts, newest first"),
    ("summary", "What you spent this month, or in another period"),
    ("ask", "A question in plain words: how much on coffee in March?"),
    ("advice", "What grew, what comes every month, what is unusual"),
    ("budget", "Your budgets: see, set or remove them"),
    ("accuracy", "How often what I read had to be corrected"),
    ("help", "What you can send and ask"),
    ("link", "Tie this chat to your account on the web pages"),
    ("login", "Open the web pages, signed in"),
    ("unlink", "Untie this chat from your account"),
    ("privacy", "What is kept, where, and how to delete it"),
    ("deleteme", "Delete your account and everything in it"),
    ("start", "What I do, with a sample to try"),
)

READING = "Reading…"
INTERRUPTED = "I was interrupted while I answered. If you see no answer above, please ask again."
NO_RECEIPTS = "There are no receipts yet. Send me a photo of one, or press the button to see how it goes."
ANYTHING_ELSE = (
    "I read receipts: send me a photo of one, or a picture or PDF as a file. /help shows what else I can do."
)
ASK_EXAMPLES = (
    "You can also ask, for example:\n"
    "<i>how much on coffee in March?</i>\n"
    "<i>biggest bill this year?</i>\n"
    "<i>when was I last at Lidl?</i>"
)
NO_QUESTION = f"{ANYTHING_ELSE}\n\n{ASK_EXAMPLES}"
ASK_WORKS = (
    "I can't answer that. I can tell how much, how often, the biggest, the last or where most: in a time, at a "
    f"merchant, for a category or an item.\n\n{ASK_EXAMPLES}"
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
SENT_UNDATED = "no date, sent {day}"
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

WHERE_LOST = "I can't say where to find {figures}."
WHERE_MORE = "These are the first {shown} of {all} pages."
WHERE_NOTHING = "Nothing was read from this picture, so there is nothing to show in it."
NOT_DRAWN = "This picture can't be drawn here, so I can't show where the figures stand. Photo shows it as you sent it."
BOTH = "<b>A</b> {found}\n<b>B</b> {other}"

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

ADVICE_TITLE = "<b>Advice from your receipts</b>"
PHRASED = "<i>Gemini put this into words. The figures are ours: it was given them and could add none.</i>"
ADVICE_GOES_ON = "There is more on the page Advice; /login opens it."
MORE_WILL_TELL, NOTHING_STANDS_OUT = "What more receipts will tell", "Nothing stands out"
BUDGETS_TITLE = "<b>Your budgets</b>"
NO_BUDGETS = (
    "You have no budget yet. <code>/budget 800</code> sets one for all that you spend in a month, "
    "<code>/budget groceries 300</code> one for a category."
)
BUDGET_WORKS = (
    "These work: <code>/budget 800</code>, <code>/budget groceries 300</code>, "
    "<code>/budget groceries 300 EUR</code>, <code>/budget groceries off</code>."
)
BUDGET_UNKNOWN = "I don't understand the budget “{argument}”."
BUDGET_SET = "Noted: at most {amount} a month for {category}."
BUDGET_SET_FOR_ALL = "Noted: at most {amount} a month in all."
BUDGET_GONE = "There is no budget for {category} any more."
NO_SUCH_BUDGET = "There was no budget for {category}. /budget shows those that there are."

ACCURACY_TITLE = "<b>How well I read your receipts</b>"
ACCURACY_WORKS = "Write /accuracy alone: it tells about all your receipts, and about those of the last 30 days."
WRONG, CONFIRMED = "wrong", "confirmed"
NOTHING_READ = (
    "I have read no receipt of yours yet, so nothing is counted. Send me a photo of one; when I read something wrong, "
    "reply with what is right, and /accuracy tells how often that was."
)

CORRECTION_WORKS = (
    "I did not understand the correction. These work: <code>total 12.50</code>, "
    "<code>date 2026-10-03</code>, <code>merchant Corner Café</code>, <code>currency EUR</code>, "
    "<code>category groceries</code>, <code>subtotal 9.50</code>, <code>tax 3.00</code>, <code>tip 2</code>, "
    "<code>discount 1.00</code>, <code>item 2 4.20</code>, <code>add item Rye bread 4.20</code>, "
    "<code>remove item 2</code>, each on a line of its own; /help names the others."
)
RULE_MADE = "From now on, receipts from {merchant} go to {category}. Those that are here already stay as they are."
REPLY_WITH = {
    "total": "You can reply with <code>total 12.50</code>.",
    "bought_on": "You can reply with <code>date 2026-10-03</code>.",
    "merchant": "You can reply with <code>merchant Corner Café</code>.",
    "currency": "You can reply with <code>currency EUR</code>.",
}
NOT_AN_ANSWER = "To correct a receipt, reply to the message in which I showed it."

PRIVATE_ONLY = "Please write me that in our private chat: what I would answer is for you alone."
LINK_ASK = (
    "Press the button within 10 minutes and sign in, or register: then this chat is linked to your account, and the "
    "receipts you sent here are in it."
)
LINKED_TO = "This chat is linked to {address}."
LINK_MOVES = "A new link moves only the chat; the receipts stay where they are."
LINK_CODE = "Or type <code>{code}</code> at {address}"
OFFERED = "Shall this chat be linked to the account {address}? What you send here is kept there from then on."
BRINGS_RECEIPTS = "The receipts that you sent already move there too."
MOVES_ONLY_CHAT = "It is linked to {address} now; the receipts stay there, only the chat moves."
MAKES_ADMIN = "You are an admin of this bot: whoever signs in to that account will be one too."
LINKED = "This chat is now linked to {address}."
ALREADY_LINKED = "This chat is linked to {address} already."
LOGIN = "The button signs you in on the web pages. It works once, within 10 minutes: give it to nobody."
UNLINK_ASK = (
    "Shall this chat be untied from {address}? The receipts stay in that account; what you send here afterwards is "
    "kept apart from it."
)
UNLINKED = "This chat is untied. /link ties it to an account again."
NOT_LINKED = "There is nothing to untie: this chat is linked to no account on the web pages. /link does that."
GUEST = "a guest account"
LEFT_ALONE = "All stays as it is."
DELETE_ASK = "Shall I delete everything: every receipt, every picture and your account? This cannot be undone."
DELETE_ASK_ALL = (
    "Shall I delete everything: every receipt, every picture and your account, also for its other chats and on the "
    "web pages? This cannot be undone."
)
DELETE_SURE = "Are you sure? {receipts} and all pictures would be gone for good."
DELETING = "I am deleting everything…"
ALL_GONE = "All is gone: your receipts, pictures, links and sign-ins. If you send me something again, we begin anew."
PRIVACY_KEPT = (
    "<b>What is kept</b>\n"
    "The pictures you send, the text and figures read from them, your Telegram id, name and language, and, if you "
    "signed up, your e-mail address and a hash of your password. Messages wait for their answer and are forgotten "
    "after 48 hours; the rest is kept until you delete it."
)
WHERE_KEPT = "<b>Where</b>"
WHAT_LEFT = "<b>What left this machine</b>"
LEFT_TELEGRAM = "Telegram carries this chat, so what is said here passes through it."
PRIVACY_DELETE = (
    "<b>How to delete it</b>\n/deleteme deletes everything for good. One receipt is deleted with the button under it: "
    "it leaves your lists and sums at once, and for good with your account."
)

LINK_FIRST = "Please link this chat to an account first, then send me your receipts."
SEND_LINK = "Send /link in our own chat."
ADMIN_ASKED = "Only those whom an admin lets in may use this bot. I asked; you will hear from me."
STILL_ASKED = "An admin has not decided yet. You will hear from me."
APPROVED = "You may come in: send me a photo of a receipt."
REFUSED = "An admin decided not to let you in."
BLOCKED = "This account was blocked by whoever runs this bot."
REQUEST = "<b>{name}</b> ({telegram_id}) asks to use the bot. Shall I let them in?"
REQUEST_APPROVED, REQUEST_REFUSED = "{name} may come in.", "{name} was refused."

ADMIN_OVERVIEW = (
    "<b>How SnapSpend is doing</b>\n"
    "{accounts}: {guests}, {blocked} blocked\n"
    "{receipts} read, {waiting} waiting, {failed} could not be read\n"
    "{today} in 24 hours; an account may send {photos_a_day}\n"
    "{failed_jobs}, {requests}"
)
CLOUD_USE = "<b>The cloud this month</b>"
QUEUE = "Queue {name}: {jobs}, the oldest for {seconds} s"
PEOPLE_TITLE, NO_PEOPLE = "<b>People</b>, newest first", "There is nobody here."
PERSON_ROW = "{number}. {name} · {receipts}{marks}"
PERSON = (
    "<b>{name}</b>{marks}\n{names}\n"
    "{receipts} read, {waiting} waiting, {failed} could not be read\n"
    "{today} in 24 hours\nsince {opened}, newest photo {last}"
)
ONE_AND_MANY = {
    "accounts": ("account", "accounts"),
    "guests": ("guest", "guests"),
    "receipts": ("receipt", "receipts"),
    "today": ("photo", "photos"),
    "jobs": ("job", "jobs"),
    "failed_jobs": ("failed job", "failed jobs"),
    "requests": ("open request", "open requests"),
}
MARK_ADMIN, MARK_BLOCKED, MARK_GUEST = "admin", "blocked", "guest"
FAILURES_TITLE, NO_FAILURES = "<b>What could not be read</b>, newest first", "Nothing failed."
FAILURE_ROW = "{number}. {at}: {reason}"
REQUESTS_TITLE, NO_REQUESTS = "<b>Who asks to come in</b>", "Nobody asks to come in."

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
TOO_LATE = "That was asked too long ago. Please ask again."
ALREADY_DECIDED = "That was decided already."
DONE = "Done."
WAITS_AGAIN = "It is read again; its chat is told."

# Buttons.
TRY_SAMPLE = "Try it with a sample"
PHOTO, WHERE, DELETE, UNDO, BACK = "Photo", "Show me where", "Delete", "Undo", "‹ Back to the list"
EARLIER, LATER = "‹", "›"
KEEP_BOTH, SHOW_OTHER, DELETE_THIS = "Keep both", "Show the other", "Delete this one"
ONE_RECEIPT, SEPARATE_RECEIPTS = "One receipt", "Separate receipts"
MENU = "My receipts"
LINK, SIGN_IN, UNLINK, NO = "Link", "Sign in", "Untie", "No"
DELETE_ALL, DELETE_FOR_GOOD = "Delete everything", "Delete {receipts} for good"
APPROVE, REFUSE = "Approve", "Refuse"
OVERVIEW, PEOPLE, FAILURES, REQUESTS = "Overview", "People", "Failures", "Requests"
BLOCK, UNBLOCK, PROMOTE, DEMOTE = "Block", "Unblock", "Make an admin", "No admin any more"
TRY_AGAIN = "Try {number} again"


def counted(**counts: int) -> dict[str, str]:
    """Return each count with the word for what is counted, in the singular for one."""
    return {name: f"{count} {ONE_AND_MANY[name][count != 1]}" for name, count in counts.items()}


def fill(sentence: str, **facts: object) -> str:
    """Return an HTML sentence with its facts put in, each of them escaped."""
    return sentence.format_map({name: escape(str(fact), quote=False) for name, fact in facts.items()})
