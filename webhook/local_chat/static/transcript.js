// The messages of the chat that is open: kept in order, drawn block by block, scrolled to the newest.
import { history } from "./api.js";
import { bubble } from "./bubble.js";
import { day, find, make } from "./parts.js";

const list = find("messages");
const area = find("scroll");

export class Transcript {
  constructor(on) {
    this.on = on;
    this.drawn = new Map(); // key of a block -> { state, node }
    this.clear(null);
    area.addEventListener("scroll", () => this.scrolled(), { passive: true });
    find("newest").addEventListener("click", () => this.toNewest(true));
    new ResizeObserver(() => { if (this.atEnd) this.toNewest(); }).observe(list);
    new ResizeObserver(() => { if (this.atEnd) this.toNewest(); }).observe(area);
  }

  clear(chat) {
    this.chat = chat;
    this.rows = new Map(); // message id -> row
    this.outbox = []; // what is still on its way to the server
    this.unseen = 0;
    this.atEnd = true;
    this.complete = false;
    this.drawn.clear();
    list.replaceChildren();
  }

  async load(chat) {
    this.clear(chat);
    await this.refresh();
    this.toNewest();
  }

  /** Read the newest messages again, for example after a break. */
  async refresh() {
    const chat = this.chat;
    const rows = await history(chat);
    if (chat !== this.chat) return;
    this.rows = new Map(rows.map((row) => [row.message.message_id, row]));
    this.complete = rows.length < 50;
    this.draw();
  }

  async earlier() {
    if (this.complete || this.loading || !this.rows.size) return;
    this.loading = true;
    const chat = this.chat;
    try {
      const rows = await history(chat, Math.min(...this.rows.keys()));
      if (chat !== this.chat) return;
      const below = area.scrollHeight - area.scrollTop;
      for (const row of rows) this.rows.set(row.message.message_id, row);
      this.complete = rows.length < 50;
      this.draw();
      area.scrollTop = area.scrollHeight - below;
    } catch { /* the next scroll tries again */ } finally { this.loading = false; }
  }

  put(row) {
    const id = row.message.message_id;
    if (id === undefined) return;
    const fresh = !this.rows.has(id) && id > Math.max(0, ...this.rows.keys());
    if (!fresh && !this.rows.has(id)) return; // older than what is shown
    this.rows.set(id, row);
    if (fresh && row.from_bot && !this.atEnd) this.unseen += 1;
    this.draw(fresh);
  }

  remove(id) {
    this.rows.delete(id);
    this.draw();
  }

  blocks() {
    const ordered = [...this.rows.values()].sort((a, b) => a.message.message_id - b.message.message_id);
    const blocks = [];
    for (const row of [...ordered, ...this.outbox]) {
      const last = blocks.at(-1);
      const group = row.message.media_group_id;
      if (group && last?.[0].message.media_group_id === group) last.push(row);
      else blocks.push([row]);
    }
    return blocks;
  }

  draw(fresh = false) {
    const nodes = [];
    const kept = new Map();
    let before;
    for (const rows of this.blocks()) {
      const key = rows[0].key ?? rows[0].message.message_id;
      const turn = !before || before.from_bot !== rows[0].from_bot || rows[0].message.date - before.message.date > 600;
      const today = day(rows[0].message.date);
      if (!before || day(before.message.date) !== today) nodes.push(this.separator(today, kept));
      const state = JSON.stringify([rows, turn]);
      let entry = this.drawn.get(key);
      if (entry?.state !== state) {
        const node = bubble(rows, this.on);
        node.classList.toggle("turn", turn);
        node.classList.toggle("fresh", fresh && !entry);
        entry = { state, node };
      }
      kept.set(key, entry);
      nodes.push(entry.node);
      before = rows.at(-1);
    }
    this.drawn = kept;
    this.place(nodes.length ? nodes : [this.on.emptyNote()]);
    if (this.atEnd) this.toNewest();
    this.showUnseen();
  }

  separator(text, kept) {
    const entry = this.drawn.get(text) || { node: make("div", { class: "day" }, text) };
    kept.set(text, entry);
    return entry.node;
  }

  /** Put the nodes in order; those that are there already stay untouched (and keep the focus). */
  place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => { if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null); });
  }

  scrolled() {
    this.atEnd = area.scrollHeight - area.scrollTop - area.clientHeight < 80;
    if (this.atEnd) this.unseen = 0;
    this.showUnseen();
    if (area.scrollTop < 240) this.earlier();
  }

  toNewest(smooth = false) {
    area.scrollTo({ top: area.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.atEnd = true;
  }

  showUnseen() {
    find("newest").hidden = this.atEnd;
    find("unseen").hidden = !this.unseen;
    find("unseen").textContent = this.unseen;
  }
}
