/* While something is being read, look again every two seconds and show what has changed. The page works without. */
const fresh = document.querySelector("[data-fresh]");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-fresh]");
  if (!now || now.innerHTML === seen) return;
  seen = now.innerHTML;
  fresh.replaceChildren(...now.childNodes);
  fresh.toggleAttribute("data-waits", now.hasAttribute("data-waits"));
  if (fresh.dataset.title !== undefined) document.title = page.title;
}

let seen = fresh ? fresh.innerHTML : "";
async function again() {
  if (!fresh?.hasAttribute("data-waits")) return;
  try { await look(); } catch { /* away for a moment: the next look tells */ }
  setTimeout(again, 2000);
}
setTimeout(again, 2000);
