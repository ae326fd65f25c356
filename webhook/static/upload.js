/* Uploads as they are chosen or dropped, each file with its own progress. Without this script the form does the same. */
const form = document.querySelector("form.upload");
const list = form.querySelector(".sending");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const most = Number(form.dataset.most);
const largest = Number(form.dataset.megabytes) * 1024 * 1024;
const AT_ONCE = 2;
const line = [];
let number = 0, under_way = 0, failed = 0, receipts = [];

form.querySelector(".by-drop").hidden = false;
form.querySelector("button").hidden = true;
input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
form.addEventListener("submit", event => { event.preventDefault(); take([...input.files]); });
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, event => { event.preventDefault(); drop.classList.add("over"); });
document.addEventListener("dragleave", event => { if (!event.relatedTarget) drop.classList.remove("over"); });
document.addEventListener("drop", event => {
  event.preventDefault();
  drop.classList.remove("over");
  take([...(event.dataTransfer?.files ?? [])]);
});

function take(files) {
  for (const file of files.slice(0, most)) line.push([file, number++, row(file.name)]);
  if (files.length > most) tell(row(`${files.length - most} more`), `I take ${most} files at once. Please send these afterwards.`, true);
  for (let free = AT_ONCE; free > 0; free--) next();
}

function next() {
  if (under_way >= AT_ONCE || !line.length) return;
  const [file, at, shown] = line.shift();
  if (!file.size) { tell(shown, "This file is empty. Please send it again.", true); return next(); }
  if (file.size > largest) { tell(shown, `This file is larger than ${form.dataset.megabytes} MB, which is more than I can take. Please send a smaller one.`, true); return next(); }
  under_way++;
  send(file, at, shown);
}

function send(file, at, shown) {
  const fields = new FormData();
  fields.append("form", form.elements.form.value);
  fields.append("first", String(at));
  fields.append("files", file);
  const request = new XMLHttpRequest();
  const bar = shown.querySelector("progress");
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRF", form.elements.csrf.value);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
  request.onload = () => {
    const one = request.response?.files?.[0];
    if (one?.receipt) { receipts.push(one.receipt); tell(shown, "Kept; it is being read.", false, one.receipt); }
    else tell(shown, one?.problem || request.response?.problem || "This could not be sent. Please try again.", true);
    done();
  };
  request.onerror = request.ontimeout = () => { tell(shown, "The connection was lost. Please send this file again.", true); done(); };
  request.send(fields);
}

function done() {
  under_way--;
  next();
  if (under_way || line.length || failed || !receipts.length) return;
  setTimeout(() => { location.href = receipts.length === 1 ? `/receipts/${receipts[0]}` : "/receipts"; }, 700);
}

function row(name) {
  const item = document.createElement("li"), title = document.createElement("bdi"), bar = document.createElement("progress"), said = document.createElement("span");
  title.textContent = name;
  bar.max = 1; bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${name}`);
  said.className = "soft small";
  said.textContent = "Sending…";
  item.append(title, said, bar);
  list.append(item);
  return item;
}

function tell(item, text, bad, receipt) {
  if (bad) failed++;
  item.querySelector("progress")?.remove();
  const said = item.querySelector("span");
  said.className = bad ? "problem" : "kept small";
  said.textContent = text;
  if (!receipt) return;
  const link = document.createElement("a");
  link.href = `/receipts/${receipt}`;
  link.textContent = "Open";
  item.append(link);
}
