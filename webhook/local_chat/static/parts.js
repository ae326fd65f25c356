// Small parts that everything is made of: elements, icons, toasts, menus, times.
export const find = (id) => document.getElementById(id);

/** Make an element. Text only ever becomes text nodes: nothing here reads HTML. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name, label) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  if (label) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = label;
    svg.prepend(title);
    svg.setAttribute("role", "img");
  } else svg.setAttribute("aria-hidden", "true");
  return svg;
}

export function toast(text) {
  if ([...find("toasts").children].some((other) => other.textContent === text)) return;
  const shown = make("div", { class: "toast" }, text);
  find("toasts").append(shown);
  setTimeout(() => shown.remove(), Math.min(8000, 2600 + text.length * 45));
}

export function alertBox(text) {
  find("alert-text").textContent = text;
  if (!find("alert").open) find("alert").showModal();
}

for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close("cancel"));
}

/** Let a button open a menu that closes on Escape, on a choice and on a click elsewhere. */
export function menu(button, list) {
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("button").focus();
  };
  button.addEventListener("click", () => show(list.hidden));
  document.addEventListener("click", (event) => {
    if (!list.hidden && !button.contains(event.target)) show(false);
  });
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    if (event.key === "Escape") { show(false); button.focus(); }
    if (step || event.key === "Escape") event.preventDefault();
  });
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString([], { day: "numeric", month: "long", year });
}

export function bytes(size) {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${Math.round(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** Let a text field be as high as what is written in it. */
export function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

export const hue = (number) => (number * 137 + 20) % 360;
