// The page as a whole: which chat is open, what the server tells, what the person does.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Files } from "./files.js";
import { alertBox, find, make, menu, toast } from "./parts.js";
import { drawPeople, languageName, newChat } from "./people.js";
import { Transcript } from "./transcript.js";
import { view } from "./viewer.js";

const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…" };
const PATIENCE = 30_000; // milliseconds that a button turns without an answer
const chats = new Map();
const unread = new Map();
const presses = new Map(); // id of a press -> its button's place
let bot = { first_name: "Bot" };
let current = null;
let connected = false;
let acting = null; // what the bot is doing, and the timer that ends it
let count = 0;

const placeName = (place) => `${place.message_id}.${place.row}.${place.column}`;
const transcript = new Transcript({
  get botName() { return bot.first_name; },
  command: (text) => say(text),
  view, press,
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast("Copied"), () => toast("Could not copy")),
  isBusy: (place) => [...presses.values()].some((other) => placeName(other) === placeName(place)),
  retry: (row) => { forget(row); row.again(); },
  discard: (row) => { forget(row); transcript.draw(); refreshStart(); },
  emptyNote: () => make("div", { class: "empty" }, make("span", { class: "face bot" }), make("b", {}, bot.first_name),
    "Nothing said yet. Press Start, or send a photo of a receipt."),
});
const composer = new Composer((text) => say(text));
new Files(sendFiles, toast);
newChat(async (name, language) => attempt(async () => openChat(keep(await api.open(name, language)).id)));
menu(find("more"), find("more-menu"));
find("block").addEventListener("click", () => attempt(() => api.block(current, !chats.get(current).blocked)));
find("start").addEventListener("click", () => attempt(async () => {
  const chat = chats.get(current);
  if (chat.blocked) await api.block(current, false);
  else say("/start");
}));
find("back").addEventListener("click", () => { document.body.dataset.view = "list"; });

async function attempt(action) {
  try { return await action(); } catch (problem) { toast(problem.message); return null; }
}

function keep(chat) {
  chats.set(chat.id, { ...chats.get(chat.id), ...chat });
  return chat;
}

function draw() {
  drawPeople(chats, current, unread, openChat);
  const chat = chats.get(current);
  if (!chat) return;
  find("bot-name").textContent = bot.first_name;
  const status = !connected ? "reconnecting…" : acting ? acting.words : `with ${chat.name} · ${languageName(chat.language)}`;
  find("status").textContent = status;
  find("status").classList.toggle("busy", Boolean(acting) && connected);
  find("typing").hidden = !acting;
  find("block").textContent = chat.blocked ? "Let the bot in again" : "Stop the bot";
  document.title = `${bot.first_name} · local chat`;
  refreshStart();
}

function refreshStart() {
  const chat = chats.get(current);
  const silent = transcript.loaded && !transcript.rows.size && !transcript.outbox.length;
  find("start").hidden = !(chat?.blocked || silent);
  find("start").textContent = chat?.blocked ? "Let the bot in again" : "Start";
  find("composer").hidden = Boolean(chat?.blocked);
}

async function openChat(id) {
  current = id;
  localStorage.setItem("local-chat", id);
  document.body.dataset.view = "chat";
  unread.delete(id);
  stopActing();
  transcript.loaded = false;
  draw();
  await attempt(() => transcript.load(id));
  transcript.loaded = true;
  draw();
  if (matchMedia("(min-width: 720px)").matches) find("text").focus();
  await loadCommands();
}

async function loadCommands() {
  const chat = current;
  const commands = await attempt(() => api.commands(chat));
  if (commands && chat === current) composer.setCommands(commands);
}

function post(row, action) {
  const chat = current;
  Object.assign(row, { key: `own-${(count += 1)}`, from_bot: false, delivery: "sending" });
  row.message.date = Math.floor(Date.now() / 1000);
  row.again = () => post({ message: row.message, preview: row.preview }, action);
  transcript.outbox.push(row);
  transcript.draw(true);
  transcript.toNewest();
  refreshStart();
  return action(chat).then((sent) => {
    forget(row);
    if (chat === current) for (const message of sent) {
      if (!transcript.rows.has(message.message_id)) transcript.put({ message, from_bot: false, reactions: [], delivery: "waiting" });
    }
    transcript.draw();
  }, (problem) => {
    row.delivery = null;
    row.problem = problem.message;
    transcript.draw();
  }).finally(refreshStart);
}

const forget = (row) => { transcript.outbox = transcript.outbox.filter((other) => other !== row); };

function say(text) {
  return post({ message: { text } }, (chat) => api.say(chat, text));
}

function sendFiles(files, how, caption) {
  const form = new FormData();
  form.append("as", how);
  form.append("caption", caption);
  files.forEach((file, index) => form.append(`file${index}`, file, file.name || "photo.jpg"));
  const many = files.length > 1 ? `${files.length} ${how === "photo" ? "photos" : "files"}` : files[0].name || "photo";
  const row = { message: { caption, document: { file_name: `Sending ${many}` } } };
  return post(row, (chat) => api.upload(chat, form, (part) => {
    const shown = document.querySelector(`[data-id="${row.key}"] small`);
    if (shown) shown.textContent = `${Math.round(part * 100)} %`;
  }));
}

async function press(place) {
  const name = placeName(place);
  const button = document.querySelector(`[data-place="${name}"]`);
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  const pressed = await attempt(() => api.press(current, place));
  if (!pressed) return endPress(null, place);
  if (early.has(pressed.callback)) return answer(early.get(pressed.callback), place);
  presses.set(pressed.callback, place);
  setTimeout(() => endPress(pressed.callback, place), PATIENCE);
}

const early = new Map(); // answers that came before the press was known to be sent

function endPress(id, place) {
  presses.delete(id);
  document.querySelector(`[data-place="${placeName(place)}"]`)?.removeAttribute("aria-busy");
}

function answer(data, place = presses.get(data.callback)) {
  if (!place) {
    early.set(data.callback, data);
    setTimeout(() => early.delete(data.callback), PATIENCE); // it may be another page's
    return;
  }
  endPress(data.callback, place);
  if (data.text) (data.alert ? alertBox : toast)(data.text);
  if (data.url && /^https?:/i.test(data.url)) window.open(data.url, "_blank", "noopener");
}

function act(event) {
  const left = event.at * 1000 + 5500 - Date.now();
  if (left <= 0) return;
  stopActing();
  acting = { words: ACTIONS[event.data.action] || "working…", timer: setTimeout(() => { stopActing(); draw(); }, left) };
}

function stopActing() {
  clearTimeout(acting?.timer);
  acting = null;
}

function onEvent(event, missed) {
  if (missed) return restore();
  const { kind, chat_id: id, data } = event;
  if (kind === "chat") keep(data);
  if (kind === "commands") loadCommands();
  if (kind === "message") heard(id, data);
  if (id === current) {
    if (kind === "message" && data.from_bot) stopActing();
    if (kind === "message") transcript.put(data);
    if (kind === "removed") transcript.remove(data.message_id);
    if (kind === "action") act(event);
    if (kind === "answer") answer(data);
  }
  draw();
  if (acting && transcript.atEnd) transcript.toNewest();
}

function heard(id, row) {
  const chat = chats.get(id);
  if (!chat || row.message.message_id < (chat.last?.message.message_id ?? 0)) return;
  const fresh = row.message.message_id > (chat.last?.message.message_id ?? 0);
  chat.last = row;
  if (fresh && row.from_bot && (id !== current || document.hidden)) unread.set(id, (unread.get(id) ?? 0) + 1);
}

/** Read everything again: at the start, and when events were missed. */
async function restore() {
  const state = await api.state();
  bot = state.bot;
  state.chats.forEach(keep);
  if (current) await Promise.all([transcript.refresh(), loadCommands()]);
  draw();
  return state;
}

async function begin() {
  const state = await attempt(restore);
  if (!state) { find("status").textContent = "reconnecting…"; setTimeout(begin, 2000); return; }
  const last = Number(localStorage.getItem("local-chat"));
  const hearing = api.listen(state.event, onEvent, async () => {
    const returned = !connected && hearing;
    connected = true;
    draw();
    if (!returned) return;
    const now = await attempt(restore);
    if (now && now.event < state.event) location.reload(); // the server forgot everything and counts anew
  }, () => { connected = false; draw(); });
  connected = true;
  await openChat(chats.has(last) ? last : state.chats[0].id);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) { unread.delete(current); draw(); } });
begin();
