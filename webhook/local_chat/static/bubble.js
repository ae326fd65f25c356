// One block of the conversation: a message, or an album of several.
import { fileUrl } from "./api.js";
import { bytes, clock, icon, make } from "./parts.js";
import { words } from "./words.js";

const TICKS = {
  sending: ["clock", "Being sent"], waiting: ["tick", "Sent; the bot has not taken it yet"],
  delivered: ["ticks", "The bot has it"], failing: ["alert", "The bot's receiver failed; trying again"],
  dropped: ["alert", "The bot never took it"],
};

/** Return the node of a block of message rows; `on` holds what its parts do. */
export function bubble(rows, on) {
  const first = rows[0];
  const speaking = rows.find((row) => row.message.text || row.message.caption) || first;
  const pictures = rows.filter((row) => row.message.photo);
  const looks = ["said", !first.from_bot && "mine", first.message.edit_date && "edited"].filter(Boolean).join(" ");
  const inside = make("div", { class: `bubble${pictures.length ? ` with-pictures${pictures.length === 1 ? " with-one" : ""}` : ""}` },
    quote(first.message.reply_to_message, on),
    pictures.length ? grid(pictures, on) : null,
    ...rows.filter((row) => row.message.document).map((row) => file(row.message.document)),
    text(speaking.message, meta(rows[rows.length - 1]), on), meta(rows[rows.length - 1]));
  const node = make("article", { class: looks, "data-id": first.message.message_id ?? first.key }, inside,
    first.problem ? failed(first, on) : null, keys(rows[rows.length - 1], on), reactions(rows));
  node.setAttribute("aria-label", `${first.from_bot ? on.botName : "You"}, ${clock(first.message.date)}`);
  return node;
}

/** Return what was said; `room` keeps its last line clear of the time that is drawn over it. */
function text(message, room, on) {
  const said = message.text || message.caption || "";
  room.classList.add("room");
  room.setAttribute("aria-hidden", "true");
  const nodes = words(said, message.entities || message.caption_entities, on.command);
  return make("div", { class: "words", dir: "auto" }, ...nodes, said ? room : null);
}

function quote(answered, on) {
  if (!answered) return null;
  const said = answered.text || answered.caption || (answered.photo ? "Photo" : "File");
  return make("span", { class: "quote" }, make("b", {}, answered.from.is_bot ? on.botName : answered.from.first_name), said);
}

function grid(rows, on) {
  const count = rows.length;
  const shape = (index) => {
    if (count === 1) return null;
    if (count === 2 || count === 4 || (count % 3 === 2 && index < 2)) return "pairs";
    if (index === 0 && (count === 3 || count % 3 === 1)) return "wide";
    return count === 3 ? "pairs" : "triples";
  };
  const holder = make("div", { class: `pictures ${count === 1 ? "one" : ""}` });
  rows.forEach((row, index) => {
    const largest = row.message.photo.at(-1);
    const image = make("img", { src: row.preview || fileUrl(largest.file_id), alt: row.message.caption || "Photo",
      width: largest.width, height: largest.height, loading: index > 9 ? "lazy" : "eager", decoding: "async" });
    holder.append(make("button", { type: "button", class: shape(index), "aria-label": "Open the photo",
      onclick: () => on.view(image.src) }, image));
  });
  return holder;
}

function file(document) {
  const size = document.file_size === undefined ? "" : bytes(document.file_size);
  const kind = (document.file_name || "").split(".").pop().toUpperCase();
  const about = [size, kind.length < 6 && kind].filter(Boolean).join(" · ");
  return make("a", { class: "file", href: document.file_id ? fileUrl(document.file_id) : null, download: document.file_name || "file" },
    make("i", {}, icon("file")), make("b", {}, document.file_name || "File"), make("small", {}, about));
}

function meta(row) {
  const [name, label] = TICKS[row.delivery] || [];
  const tick = name ? icon(name, label) : null;
  if (tick) tick.classList.add(row.delivery);
  return make("div", { class: "meta" }, row.message.edit_date ? make("span", {}, "edited") : null,
    make("time", { datetime: new Date(row.message.date * 1000).toISOString() }, clock(row.message.date)), tick);
}

function failed(row, on) {
  return make("div", { class: "failed", role: "alert" }, row.problem,
    make("button", { type: "button", onclick: () => on.retry(row) }, "Try again"),
    make("button", { type: "button", onclick: () => on.discard(row) }, "Discard"));
}

function reactions(rows) {
  const all = rows.flatMap((row) => row.reactions || []);
  return all.length ? make("div", { class: "reactions", "aria-label": "Reactions" }, ...all.map((one) => make("span", {}, one.emoji))) : null;
}

function keys(row, on) {
  const keyboard = row.message.reply_markup?.inline_keyboard;
  if (!keyboard) return null;
  return make("div", { class: "keys", role: "group", "aria-label": "Buttons" }, ...keyboard.map((line, y) =>
    make("div", {}, ...line.map((button, x) => key(row, button, { message_id: row.message.message_id, row: y, column: x }, on)))));
}

function key(row, button, place, on) {
  const address = button.url || button.web_app?.url;
  if (address && /^(https?|tg):/i.test(address)) {
    return make("a", { class: "key", href: address, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("out"));
  }
  if (button.copy_text) return make("button", { type: "button", class: "key", onclick: () => on.copy(button.copy_text.text) }, button.text);
  const busy = on.isBusy(place);
  return make("button", { type: "button", class: "key", "data-place": `${place.message_id}.${place.row}.${place.column}`,
    disabled: button.callback_data === undefined, "aria-busy": busy ? "true" : null, onclick: () => on.press(place) }, button.text);
}
