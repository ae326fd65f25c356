// Photos at full size, one after the other.
import { find } from "./parts.js";

const dialog = find("viewer");
const image = find("viewer-image");
let sources = [];
let place = 0;

function show(step) {
  place = Math.min(Math.max(place + step, 0), sources.length - 1);
  image.src = sources[place];
  image.alt = `Photo ${place + 1} of ${sources.length}`;
  find("viewer-before").hidden = place === 0;
  find("viewer-after").hidden = place === sources.length - 1;
}

export function view(source) {
  sources = [...document.querySelectorAll(".pictures img")].map((picture) => picture.src);
  place = Math.max(sources.indexOf(source), 0);
  show(0);
  dialog.showModal();
}

find("viewer-close").addEventListener("click", () => dialog.close());
find("viewer-before").addEventListener("click", () => show(-1));
find("viewer-after").addEventListener("click", () => show(1));
dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target === image) dialog.close(); });
dialog.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) { show(step); event.preventDefault(); }
});
