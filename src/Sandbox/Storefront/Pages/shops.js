import { ask, attempt, drawn, el, fillLog, lang, t, time, watch } from "./page.js";

for (const shop of document.querySelectorAll("[data-site]")) openShop(shop, shop.dataset.site);

function openShop(shop, site) {
  const key = `sandbox.visitor.${site}`;
  const find = (selector) => shop.querySelector(selector);
  const log = find(".messages");
  let visitor = localStorage.getItem(key);

  const draw = drawn((chat) => {
    find(".chat-visitor").textContent = chat?.visitor.name ?? t("chat.nobody");
    find(".chat-state").textContent = [state(chat), chat?.visitor.referenceId].filter(Boolean).join(" · ");
    const hello = el("li", { class: "from-bot" }, el("p", {}, t("chat.hello")));
    fillLog(log, [hello, ...(chat?.messages ?? []).map(line)]);
  });

  const look = watch(async () => {
    const asked = visitor;
    const chat = asked && (await readChat(asked));
    if (asked === visitor) draw(chat);
  });

  async function readChat(id) {
    try {
      return await ask("GET", `freshchat/visitors/${id}/chat`);
    } catch (e) {
      if (e.status !== 404) throw e;
      // The sandbox was reset: this visitor is gone.
      if (visitor === id) forget();
      return null;
    }
  }

  function forget() {
    visitor = null;
    localStorage.removeItem(key);
  }

  async function arrive() {
    visitor = (await ask("POST", "freshchat/visitors", { site })).id;
    localStorage.setItem(key, visitor);
  }

  find(".chat-new").addEventListener("click", () =>
    attempt(async () => {
      await arrive();
      await look();
      find("[name=text]").focus();
    }),
  );

  find("form").addEventListener("submit", (submit) => {
    submit.preventDefault();
    const input = find("[name=text]");
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    attempt(async () => {
      try {
        if (!visitor) await arrive();
        await ask("POST", "freshchat/messages", { site, visitorId: visitor, text, locale: lang });
      } catch (e) {
        input.value = text;
        throw e;
      }
      log.scrollTop = log.scrollHeight;
      await look();
    });
  });
}

function state(chat) {
  if (!chat?.conversation) return t("chat.open");
  if (chat.conversation.status === "resolved") return t("chat.resolved");
  const last = chat.messages.findLast((m) => m.from === "bot" || m.from === "person");
  if (last?.from === "person") return t("chat.person", last.author);
  if (chat.conversation.group && !chat.conversation.agent) return t("chat.waiting");
  return last ? t("chat.bot") : t("chat.open");
}

function line(message) {
  const who = message.from === "customer" ? null : message.from === "person" ? message.author : t("from.bot");
  return el(
    "li",
    { class: `from-${message.from}`, "data-testid": `chat-message-${message.from}` },
    who && el("span", { class: "author" }, who),
    el("p", {}, message.text),
    el("time", { datetime: message.at }, time(message.at)),
  );
}
