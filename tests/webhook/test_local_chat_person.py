"""The person's side: what is sent, what is refused, and who may come in."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from tests.person import Person
from tests.webhook.conftest import TOKEN, Running
from tests.webhook.test_local_chat_messages import picture
from webhook.local_chat.__main__ import parse


async def test_a_photo_is_re_encoded_upright(person: Person) -> None:
    """A picture sent as a photo is turned upright, made smaller and loses its metadata."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    Image.new("RGB", (2000, 1000), "red").save(out, "JPEG", exif=exif)
    message = (await person.send([("IMG_1.jpg", out.getvalue())], caption="lunch"))[0]
    largest = message["photo"][-1]
    assert (largest["width"], largest["height"], message["caption"]) == (640, 1280, "lunch")
    async with person.client.get(f"{person.address}/chat/api/files/{largest['file_id']}") as response:
        shown = Image.open(io.BytesIO(await response.read()))
        assert (response.content_type, dict(shown.getexif())) == ("image/jpeg", {})


async def test_a_file_keeps_its_bytes_and_is_only_saved(person: Person) -> None:
    """A file stays as it is and is offered for saving, never shown by the page's own address."""
    page = b"<script>alert(1)</script>"
    message = (await person.send([("../x/é&b.html", page)], "file"))[0]
    assert message["document"]["file_name"] == "é&b.html"
    async with person.client.get(f"{person.address}/chat/api/files/{message['document']['file_id']}") as response:
        assert await response.read() == page
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_several_files_are_an_album(person: Person) -> None:
    """Ten files share a group, eleven are too many, and the caption is on the first."""
    files = [(f"{number}.jpg", picture(64, 48)) for number in range(11)]
    messages = await person.send(files[:10], caption="all of them")
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["all of them", *[None] * 9]
    with pytest.raises(ValueError, match="1 to 10 files"):
        await person.send(files)


async def test_bad_photos_and_texts_get_a_sentence(person: Person) -> None:
    """A text named .jpg, a bomb, an empty message and one that is too long are refused in words."""
    bomb = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(bomb, "PNG")
    for content in (b"hello", b"", bomb.getvalue(), picture()[:500], picture(3000, 10)):
        with pytest.raises(ValueError, match="can't be sent as a photo"):
            await person.send([("x.jpg", content)])
    with pytest.raises(ValueError, match="no text"):
        await person.say(" \0 ")
    with pytest.raises(ValueError, match="4,096"):
        await person.say("x" * 4097)
    assert await person.history() == []


async def test_odd_text_is_taken(person: Person) -> None:
    """Lone surrogates and NULs, which a database cannot keep, are left out."""
    body = '{"text": "a\\ud800b\\u0000c"}'
    url = f"{person.address}/chat/api/chats/{person.chat}/messages"
    async with person.client.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())[0]["text"] == "abc"


@pytest.mark.parametrize("body", ["[]", "nonsense", '{"text": 5}', '{"text": null}', "[" * 100_000])
async def test_odd_bodies_are_refused(person: Person, body: str) -> None:
    """A body that is no JSON object with text is refused with a sentence."""
    url = f"{person.address}/chat/api/chats/{person.chat}/messages"
    async with person.client.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400
        assert (await response.json())["problem"]


async def test_calls_may_come_in_every_form(person: Person) -> None:
    """GET with a query, a form, JSON and another letter case all call the same method; bad bodies are 400."""
    url = f"{person.address}/bot{TOKEN}/SENDMESSAGE"
    values = {"chat_id": str(person.chat), "text": "hi"}
    for how in ({"params": values}, {"data": values}, {"json": values}):
        async with person.client.post(url, **how) as response:
            assert (await response.json())["result"]["text"] == "hi"
    async with person.client.get(url, params=values) as response:
        assert response.status == 200
    json_type = {"Content-Type": "application/json"}
    for body in ("{", "[]", '{"chat_id": 1e999}', '{"chat_id": "\\ud800"}', '{"chat_id": 99999999999999999999}'):
        async with person.client.post(url, data=body, headers=json_type) as response:
            assert (response.status, (await response.json())["error_code"]) == (400, 400), body
    async with person.client.post(f"{person.address}/bot{TOKEN}/noSuchMethod") as response:
        assert response.status == 404


async def test_uploads_are_bounded(person: Person) -> None:
    """A file over 50 MB is refused while it comes, and nothing of it stays."""
    with pytest.raises(ValueError, match="Too Large"):
        await person.send([("x.bin", bytes((50 << 20) + 1))], "file")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"X-Forwarded-For": "203.0.113.9"},
    ],
)
async def test_others_may_not_come_in(person: Person, headers: dict[str, str]) -> None:
    """A foreign host name, another page and a proxied visitor are refused on both sides."""
    for path in ("/chat/api/state", f"/bot{TOKEN}/getMe"):
        async with person.client.get(f"{person.address}{path}", headers=headers) as response:
            assert response.status == 403


async def test_the_page_trusts_only_itself(person: Person) -> None:
    """The page's policy allows no script but its own and nothing from elsewhere."""
    async with person.client.get(f"{person.address}/chat", headers={"Sec-Fetch-Site": "none"}) as response:
        policy = response.headers["Content-Security-Policy"]
        assert response.status == 200
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy


async def test_events_are_streamed(person: Person, running: Running) -> None:
    """The page hears what happens, and after a break continues where it stopped."""
    await person.say("before")
    after = {"Last-Event-ID": str(person.event)}
    async with person.client.get(f"{running.address}/chat/api/events", headers=after) as response:
        assert response.content_type == "text/event-stream"
        while not (line := await response.content.readline()).startswith(b"data: "):
            pass
    assert json.loads(line.removeprefix(b"data: "))["data"]["message"]["text"] == "before"


@pytest.mark.parametrize("wrong", [["--host", "0.0.0.0"], ["--host", "example.org"], ["--token", "x"]])
def test_start_refuses_what_is_not_local(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An address that others could reach, or a token that is none, ends the start with a sentence."""
    with pytest.raises(SystemExit, match="2"):
        parse(["--database-url", "x", "--folder", "x", "--token", TOKEN, *wrong])
    assert "argument" in capsys.readouterr().err


async def test_transparent_pictures_get_a_white_ground(person: Person) -> None:
    """What is see-through in a PNG is white in the photo, as in Telegram."""
    out = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(out, "PNG")
    size = (await person.send([("x.png", out.getvalue())]))[0]["photo"][-1]
    async with person.client.get(f"{person.address}/chat/api/files/{size['file_id']}") as response:
        assert Image.open(io.BytesIO(await response.read())).getpixel((200, 150)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("sendMessage", {"text": "x", "entities": [{"type": ["b"], "offset": 0, "length": 1}]}),
        ("sendPhoto", {"photo": "\0"}),
        ("sendMediaGroup", {"media": [{"type": ["x"]}, {"type": ["x"]}]}),
        ("setMyCommands", {"commands": [{"command": "a", "description": "\0"}]}),
        ("getMyCommands", {"scope": {"type": ["a"]}}),
        ("editMessageText", {"message_id": 10**30, "text": "x"}),
    ],
)
async def test_odd_values_are_bad_requests(person: Person, method: str, values: dict[str, object]) -> None:
    """A value of a wrong shape is an error of the caller, never of the server."""
    url = f"{person.address}/bot{TOKEN}/{method}"
    async with person.client.post(url, json={"chat_id": person.chat, **values}) as response:
        assert (response.status, (await response.json())["ok"]) == (400, False)
