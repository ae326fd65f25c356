// Where a person writes: the input line and the menu of commands.
import { find, grow, make } from "./parts.js";

const field = find("text");
const box = find("commands");

export class Composer {
  constructor(onSend) {
    this.onSend = onSend;
    this.commands = [];
    this.chosen = 0;
    field.addEventListener("input", () => this.changed());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    find("composer").addEventListener("submit", (event) => { event.preventDefault(); this.send(field.value); });
    find("commands-button").addEventListener("click", () => {
      if (!field.value) field.value = "/";
      field.focus();
      this.changed();
    });
    this.changed();
  }

  setCommands(commands) {
    this.commands = commands;
    find("commands-button").hidden = !commands.length;
    this.changed();
  }

  changed() {
    grow(field);
    find("send").disabled = !field.value.trim();
    const typed = /^\/(\w*)$/.exec(field.value)?.[1];
    if (typed === undefined || document.activeElement !== field) return this.close();
    const part = typed.toLowerCase();
    this.fitting = this.commands.filter((command) => command.command.startsWith(part));
    this.chosen = 0;
    this.show();
  }

  show() {
    box.replaceChildren(...this.fitting.map((command, index) => make("div", {
      role: "option", id: `command-${index}`, "aria-selected": String(index === this.chosen),
      onpointerdown: (event) => { event.preventDefault(); this.send(`/${command.command}`); },
    }, make("b", {}, `/${command.command}`), make("span", {}, command.description))));
    box.hidden = !this.fitting.length;
    field.setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", `command-${this.chosen}`);
    box.children[this.chosen].scrollIntoView({ block: "nearest" });
  }

  close() {
    this.fitting = [];
    box.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", "false");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!box.hidden && step) {
      this.chosen = (this.chosen + step + this.fitting.length) % this.fitting.length;
      this.show();
      event.preventDefault();
    } else if (!box.hidden && event.key === "Tab") {
      field.value = `/${this.fitting[this.chosen].command} `;
      this.changed();
      event.preventDefault();
    } else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const exact = this.fitting.length && !this.fitting.some((command) => `/${command.command}` === field.value);
      this.send(!box.hidden && exact ? `/${this.fitting[this.chosen].command}` : field.value);
    }
  }

  send(text) {
    if (!text.trim()) return;
    field.value = "";
    this.changed();
    this.onSend(text.trim());
  }
}
