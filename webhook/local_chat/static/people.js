// The list of chats, and opening another one.
import { clock, find, hue, make } from "./parts.js";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "fi", "cs", "tr", "uk", "ru", "ja", "zh", "ar", "hi"];

export const languageName = (code) => {
  try { return new Intl.DisplayNames(["en"], { type: "language" }).of(code); } catch { return code; }
};

export function drawPeople(chats, current, unread, onOpen) {
  const recent = (chat) => chat.last?.message.date ?? 0;
  const ordered = [...chats.values()].sort((a, b) => recent(b) - recent(a) || a.id - b.id);
  find("chats").replaceChildren(...ordered.map((chat) => {
    const face = make("span", { class: "face", "aria-hidden": "true" }, [...chat.name][0]?.toUpperCase() ?? "?");
    face.style.setProperty("--hue", hue(chat.id));
    const seen = unread.get(chat.id);
    return make("li", {}, make("button", { type: "button", class: "person", "aria-current": String(chat.id === current), onclick: () => onOpen(chat.id) },
      face, make("span", { class: "name" }, chat.name),
      make("time", {}, chat.last ? clock(chat.last.message.date) : ""),
      make("span", { class: "last" }, glimpse(chat)),
      seen ? make("span", { class: "badge", "aria-label": `${seen} new` }, seen) : null));
  }));
}

function glimpse(chat) {
  if (chat.blocked) return "Bot stopped";
  const row = chat.last;
  if (!row) return `Speaks ${languageName(chat.language)}`;
  const said = row.message.text || row.message.caption || (row.message.photo ? "Photo" : row.message.document?.file_name || "File");
  return (row.from_bot ? "" : "You: ") + said.split("\n", 1)[0];
}

/** Let the button open a dialog for a new person. */
export function newChat(onNew) {
  const dialog = find("chat-dialog");
  find("person-language").append(...LANGUAGES.map((code) => make("option", { value: code }, languageName(code))));
  find("new-chat").addEventListener("click", () => {
    find("person-name").value = "";
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    const name = find("person-name").value.trim();
    if (dialog.returnValue === "open" && name) onNew(name, find("person-language").value);
  });
}
