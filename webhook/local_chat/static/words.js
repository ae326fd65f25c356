// Turns plain text and Telegram's entities into nodes. Text is never read as HTML.
import { make } from "./parts.js";

const SAFE = /^(https?|mailto|tel|tg):/i;

/** Return the nodes of a text; `onCommand` is called with a tapped command. */
export function words(text, entities = [], onCommand = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, sorted, 0, text.length, onCommand);
}

function piece(text, entities, from, to, onCommand) {
  const nodes = [];
  let place = from;
  while (entities.length) {
    const [entity, ...rest] = entities;
    const start = Math.max(entity.offset, place);
    const end = Math.min(entity.offset + entity.length, to);
    entities = rest;
    if (start >= to || end <= start) continue;
    const inner = rest.filter((other) => other.offset < end);
    entities = rest.filter((other) => other.offset + other.length > end);
    if (start > place) nodes.push(document.createTextNode(text.slice(place, start)));
    nodes.push(marked(entity, text.slice(start, end), piece(text, inner, start, end, onCommand), onCommand));
    place = end;
  }
  if (place < to) nodes.push(document.createTextNode(text.slice(place, to)));
  return nodes;
}

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };

function marked(entity, text, inner, onCommand) {
  if (PLAIN[entity.type]) return make(PLAIN[entity.type], {}, ...inner);
  switch (entity.type) {
    case "text_link": return link(entity.url, inner);
    case "url": return link(SAFE.test(text) ? text : `https://${text}`, inner);
    case "email": return link(`mailto:${text}`, inner);
    case "phone_number": return link(`tel:${text}`, inner);
    case "bot_command":
      return make("button", { type: "button", class: "command", onclick: () => onCommand(text) }, ...inner);
    case "spoiler": return spoiler(inner);
    case "expandable_blockquote": return folded(inner);
    default: return make("span", {}, ...inner);
  }
}

function link(address, inner) {
  if (!SAFE.test(address)) return make("span", {}, ...inner);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}

function spoiler(inner) {
  const button = make("button", { type: "button", class: "spoiler", "aria-label": "Hidden text; press to show" }, ...inner);
  button.addEventListener("click", () => { button.classList.add("open"); button.removeAttribute("aria-label"); });
  return button;
}

function folded(inner) {
  const quote = make("blockquote", { class: "folded", tabindex: "0", role: "button", "aria-expanded": "false" }, ...inner);
  const turn = () => quote.setAttribute("aria-expanded", String(!quote.classList.toggle("folded")));
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", (event) => { if (event.key === "Enter") turn(); });
  return quote;
}
