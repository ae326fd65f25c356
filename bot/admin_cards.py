"""What admins are shown in the chat: figures of people, failures and requests; HTML with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup

from bot import sentences
from bot.admin_presses import AdminPage, AdminPress, Decide, OnPerson, TryAgain
from bot.columns import clean
from bot.sentences import counted, fill
from core.cloud_use import CloudUse, use_lines
from core.people import Failure, Overview, Person, Request

PAGE_SIZE = 8
FARTHEST_PAGE = 999
Card = tuple[str, InlineKeyboardMarkup]


def overview_card(seen: Overview, cloud: Sequence[CloudUse] = ()) -> Card:
    """Return the whole service in figures, and what the services in the cloud were asked this month."""
    facts = {name: value for name, value in vars(seen).items() if name != "queues"}
    facts |= counted(**{name: value for name, value in facts.items() if name in sentences.ONE_AND_MANY})
    queues = [
        fill(sentences.QUEUE, name=queue.name, seconds=round(queue.oldest_seconds), **counted(jobs=queue.jobs))
        for queue in seen.queues
    ]
    used = [sentences.CLOUD_USE, *(fill("{line}", line=clean(line, 300)) for line in use_lines(cloud))]
    text = "\n".join([fill(sentences.ADMIN_OVERVIEW, **facts), *queues, *used])
    places = {"people": sentences.PEOPLE, "failures": sentences.FAILURES, "requests": sentences.REQUESTS}
    return text, _rows([_button(label, AdminPage(what)) for what, label in places.items()])


def people_card(people: Sequence[Person], page: int, is_search: bool = False) -> Card:
    """Return a page of people (PAGE_SIZE and, when there are more, one), each with a button that opens them."""
    shown = people[:PAGE_SIZE]
    rows = [
        fill(
            sentences.PERSON_ROW,
            number=page * PAGE_SIZE + place + 1, name=clean(one.called, 40), marks=_marks(one),
            **counted(receipts=one.receipts),
        )
        for place, one in enumerate(shown)
    ]  # fmt: skip
    buttons = [
        _button(str(page * PAGE_SIZE + place + 1), OnPerson("person", one.account, page))
        for place, one in enumerate(shown)
    ]
    turns = [] if is_search else _turns("people", page, len(people) > PAGE_SIZE)
    text = "\n".join([sentences.PEOPLE_TITLE, *rows]) if rows else sentences.NO_PEOPLE
    return text, _rows(buttons[:4], buttons[4:], turns)


def person_card(person: Person, page: int) -> Card:
    """Return one account's figures, with what can be done about it."""
    text = fill(
        sentences.PERSON,
        name=clean(person.called, 60),
        marks=_marks(person),
        names=clean(", ".join(person.names), 200),
        waiting=person.waiting, failed=person.failed, **counted(receipts=person.receipts, today=person.today),
        opened=f"{person.opened_at:%Y-%m-%d}",
        last=f"{person.last_at:%Y-%m-%d}" if person.last_at else "–",
    )  # fmt: skip
    block = ("unblock", sentences.UNBLOCK) if person.blocked else ("block", sentences.BLOCK)
    role = ("demote", sentences.DEMOTE) if person.is_admin else ("promote", sentences.PROMOTE)
    buttons = [_button(label, OnPerson(verb, person.account, page)) for verb, label in (block, role)]
    return text, _rows(buttons, [_button(f"{sentences.EARLIER} {sentences.PEOPLE}", AdminPage("people", page))])


def failures_card(failures: Sequence[Failure], page: int) -> Card:
    """Return a page of failures (PAGE_SIZE and, when there are more, one), with a button for each receipt."""
    rows, buttons = [], []
    for number, failure in enumerate(failures[:PAGE_SIZE], start=1):
        at = f"{failure.at:%Y-%m-%d %H:%M}"
        rows.append(fill(sentences.FAILURE_ROW, number=number, at=at, reason=clean(failure.reason, 120)))
        if failure.receipt is not None:
            buttons.append(_button(sentences.TRY_AGAIN.format(number=number), TryAgain(failure.receipt, page)))
    pairs = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    text = "\n".join([sentences.FAILURES_TITLE, *rows]) if rows else sentences.NO_FAILURES
    return text, _rows(*pairs, _turns("failures", page, len(failures) > PAGE_SIZE))


def requests_card(requests: Sequence[Request]) -> Card:
    """Return who asks to come in, with Approve and Refuse for each."""
    rows = [_asked(one) for one in requests]
    answers = [_answers(one, f"{clean(one.name, 20)}: ") for one in requests]
    text = "\n".join([sentences.REQUESTS_TITLE, *rows]) if rows else sentences.NO_REQUESTS
    return text, _rows(*answers, _turns("requests", 0, False))


def request_card(request: Request) -> Card:
    """Return one request as every admin is asked about it."""
    return _asked(request), _rows(_answers(request, ""))


def decided_text(request: Request) -> str:
    """Return what became of a request."""
    sentence = sentences.REQUEST_APPROVED if request.approved else sentences.REQUEST_REFUSED
    return fill(sentence, name=clean(request.name))


def _asked(request: Request) -> str:
    return fill(sentences.REQUEST, name=clean(request.name), telegram_id=request.telegram_id)


def _answers(request: Request, before: str) -> list[Button]:
    yes, no = (Decide(request.telegram_id, approved) for approved in (True, False))
    return [_button(before + sentences.APPROVE, yes), _button(before + sentences.REFUSE, no)]


def _marks(person: Person) -> str:
    marks = {
        sentences.MARK_ADMIN: person.is_admin,
        sentences.MARK_BLOCKED: person.blocked,
        sentences.MARK_GUEST: person.email is None,
    }
    return "".join(f" · {mark}" for mark, applies in marks.items() if applies)


def _turns(what: str, page: int, more: bool) -> list[Button]:
    """Return the buttons to the pages beside this one, and to the overview."""
    earlier = [_button(sentences.EARLIER, AdminPage(what, page - 1))] if page > 0 else []
    later = [_button(sentences.LATER, AdminPage(what, page + 1))] if more and page < FARTHEST_PAGE else []
    return [*earlier, _button(sentences.OVERVIEW, AdminPage("overview")), *later]


def _button(text: str, press: AdminPress) -> Button:
    return Button(text, callback_data=press.data())


def _rows(*rows: Sequence[Button]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([row for row in rows if row])
