// The Mini App's door: passes on what Telegram opened this page with, and goes where the answer says.
"use strict";

const told = document.getElementById("told");

function tell(sentence) {
  told.textContent = sentence;
}

async function enter() {
  const initData = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
  if (!initData) {
    tell("Open this page from the bot's menu in Telegram, or send /login to the bot for a link.");
    return;
  }
  const framed = window.top !== window;
  const answer = await fetch("/app/enter", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ init_data: initData, framed }),
  });
  const { go, problem } = await answer.json();
  if (!go) {
    tell(problem);
  } else if (framed) {
    document.getElementById("go").href = go;
    document.getElementById("way").hidden = false;
    tell("Your receipts open in a tab of their own.");
  } else {
    location.replace(go);
  }
}

enter().catch(() => tell("There is no connection. Please close this and open it again."));
