// Files on their way out: picked, dropped, pasted or from the camera; looked at once more, then sent.
import { bytes, find, grow, icon, make, menu } from "./parts.js";

const sheet = find("files-dialog");
const ALBUM = 10;
const LARGEST = 50 * 1024 * 1024;
const isPicture = (file) => /^image\/(?!svg)/.test(file.type) || /\.(hei[cf])$/i.test(file.name);

export class Files {
  constructor(onSend, onProblem) {
    this.onSend = onSend;
    this.onProblem = onProblem;
    this.chosen = [];
    menu(find("attach"), find("attach-menu"));
    for (const item of find("attach-menu").children) item.addEventListener("click", () => find(item.dataset.pick).click());
    for (const id of ["pick-photo", "pick-camera", "pick-file"]) {
      find(id).addEventListener("change", (event) => {
        this.ask([...event.target.files], id === "pick-file" ? "file" : "photo");
        event.target.value = "";
      });
    }
    document.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (files.length && !sheet.open) { event.preventDefault(); this.ask(files); }
    });
    this.dropping(find("talk"));
    find("caption").addEventListener("input", (event) => grow(event.target));
    find("caption").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sheet.close("send"); }
    });
    sheet.addEventListener("close", () => this.closed());
  }

  dropping(target) {
    const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
    document.addEventListener("drop", (event) => { if (holdsFiles(event)) event.preventDefault(); find("drop").hidden = true; });
    target.addEventListener("dragover", (event) => { if (holdsFiles(event)) find("drop").hidden = false; });
    target.addEventListener("dragleave", (event) => { if (!target.contains(event.relatedTarget)) find("drop").hidden = true; });
    target.addEventListener("drop", (event) => this.ask([...(event.dataTransfer?.files || [])]));
  }

  /** Show what was chosen and ask how to send it. */
  ask(files, how) {
    const large = files.find((file) => file.size > LARGEST);
    if (large) this.onProblem(`“${large.name}” is larger than 50 MB.`);
    this.chosen = files.filter((file) => file.size <= LARGEST);
    if (!this.chosen.length) return;
    const best = how || (this.chosen.every(isPicture) ? "photo" : "file");
    sheet.querySelector(`[value="${best}"]`).checked = true;
    sheet.querySelector(".choice").hidden = !this.chosen.some(isPicture);
    find("caption").value = "";
    this.preview();
    sheet.returnValue = "";
    sheet.showModal();
    find("caption").focus();
  }

  preview() {
    find("files-title").textContent = this.chosen.length === 1 ? "Send this?" : `Send ${this.chosen.length} files?`;
    this.addresses?.forEach((address) => URL.revokeObjectURL(address));
    this.addresses = [];
    find("previews").replaceChildren(...this.chosen.map((file, index) => {
      const item = make("li", {}, icon(isPicture(file) ? "image" : "file"), make("span", {}, file.name), make("small", {}, bytes(file.size)));
      if (isPicture(file)) {
        const address = URL.createObjectURL(file);
        this.addresses.push(address);
        const image = make("img", { src: address, alt: file.name });
        image.addEventListener("error", () => image.remove()); // a kind that this browser cannot show, such as HEIC
        item.append(image);
      }
      const drop = make("button", { type: "button", class: "round", "aria-label": `Leave out ${file.name}` }, icon("close"));
      drop.addEventListener("click", () => {
        this.chosen.splice(index, 1);
        if (this.chosen.length) this.preview(); else sheet.close("cancel");
      });
      item.append(drop);
      return item;
    }));
  }

  closed() {
    this.addresses?.forEach((address) => URL.revokeObjectURL(address));
    this.addresses = [];
    const files = this.chosen;
    this.chosen = [];
    if (sheet.returnValue !== "send" || !files.length) return;
    const how = sheet.querySelector("[name=how]:checked").value;
    let caption = find("caption").value.trim();
    const photos = how === "photo" ? files.filter(isPicture) : [];
    const others = files.filter((file) => !photos.includes(file));
    for (const [kind, some] of [["photo", photos], ["file", others]]) {
      for (let start = 0; start < some.length; start += ALBUM) {
        this.onSend(some.slice(start, start + ALBUM), kind, caption);
        caption = "";
      }
    }
  }
}
