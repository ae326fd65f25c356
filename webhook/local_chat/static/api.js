// Talks to the local chat's server; every problem is an Error with a sentence.
const UNREACHABLE = "The local chat is not answering. Is it still running?";

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/chat/api/${path}`, options);
  } catch {
    throw new Error(UNREACHABLE);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.problem || body.description || `Something went wrong (${response.status}).`);
  return body;
}

const send = (method, path, body) =>
  ask(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const state = () => ask("state");
export const commands = (chat) => ask(`chats/${chat}/commands`);
export const history = (chat, before) => ask(`chats/${chat}/messages${before ? `?before=${before}` : ""}`);
export const say = (chat, text) => send("POST", `chats/${chat}/messages`, { text });
export const press = (chat, place) => send("POST", `chats/${chat}/press`, place);
export const open = (name, language) => send("POST", "chats", { name, language });
export const block = (chat, blocked) => send("PATCH", `chats/${chat}`, { blocked });
export const fileUrl = (id) => `/chat/api/files/${encodeURIComponent(id)}`;

/** Send files and tell how far they are (0 to 1). XMLHttpRequest, because fetch cannot tell. */
export function upload(chat, form, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/chat/api/chats/${chat}/files`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 400 ? resolve(request.response)
      : reject(new Error(request.response?.problem || request.response?.description || "This could not be sent.")));
    request.onerror = () => reject(new Error(UNREACHABLE));
    request.send(form);
  });
}

/** Hear events for as long as the page is open; come back by itself, continuing after the newest one. */
export function listen(after, onEvent, onOpen, onLost) {
  let source;
  let waited = 1000;
  const connect = () => {
    source = new EventSource(`/chat/api/events?after=${after}`);
    source.onopen = () => { waited = 1000; onOpen(); };
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      const missed = event.id > after + 1;
      after = event.id;
      onEvent(event, missed);
    };
    source.onerror = () => {
      onLost();
      source.close();
      setTimeout(connect, waited);
      waited = Math.min(waited * 1.6, 8000);
    };
  };
  connect();
  addEventListener("online", () => { if (source.readyState !== EventSource.OPEN) { source.close(); connect(); } });
  return { restart(from) { after = from; source.close(); connect(); } };
}
