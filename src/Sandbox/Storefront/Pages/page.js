// What every page needs: its texts, requests in JSON, and building elements without ever parsing text as HTML.
const texts = JSON.parse(document.getElementById("texts").textContent);

export const lang = document.documentElement.lang;

export const t = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, n) => values[n]);

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function ask(method, path, body) {
  const response = await fetch(`/sandbox/control/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  const text = await response.text();
  const json = text && response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : null;
  if (!response.ok) throw new Refused(response.status, json?.detail ?? json?.title ?? `HTTP ${response.status}`);
  return json;
}

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  element.append(...children.filter((c) => c != null));
  return element;
}

export const time = (at) => new Date(at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });

/** Shows what went wrong until the next success. */
export function trouble(message) {
  const place = document.getElementById("trouble");
  place.hidden = !message;
  place.textContent = message ?? "";
}

/** Runs an act of the user and tells whether it succeeded; a refusal is shown as the sandbox worded it. */
export async function attempt(act) {
  try {
    await act();
    trouble();
    return true;
  } catch (e) {
    trouble(e instanceof Refused ? e.message : t("trouble"));
    return false;
  }
}

/** Looks again every second while the page is seen; returns a function that looks at once. */
export function watch(look) {
  let timer;
  let failing = false;
  async function again() {
    clearTimeout(timer);
    try {
      if (!document.hidden) await look();
      if (failing) trouble();
      failing = false;
    } catch {
      failing = true;
      trouble(t("trouble"));
    }
    clearTimeout(timer);
    timer = setTimeout(again, 1000);
  }
  document.addEventListener("visibilitychange", again);
  again();
  return again;
}

/** Calls `draw` only when the value differs from the last one drawn. */
export function drawn(draw) {
  let last;
  return (value) => {
    const now = JSON.stringify(value);
    if (now === last) return;
    last = now;
    draw(value);
  };
}

/** Replaces a log's lines and stays at its end, unless somebody has scrolled up to read. */
export function fillLog(log, lines) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.replaceChildren(...lines);
  if (atEnd) log.scrollTop = log.scrollHeight;
}
