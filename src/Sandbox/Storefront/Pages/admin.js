import { Refused, ask, attempt, drawn, el, lang, t, watch } from "./page.js";

const find = (id) => document.getElementById(id);
const webhook = find("webhook");
let edited = false;

const copy = (label, value) =>
  el(
    "button",
    {
      type: "button",
      class: "quiet small",
      "aria-label": `${t("copy")}: ${label}`,
      click: async (click) => {
        const button = click.currentTarget;
        await navigator.clipboard.writeText(value);
        button.textContent = t("copied");
        setTimeout(() => (button.textContent = t("copy")), 1500);
      },
    },
    t("copy"),
  );

const fact = (label, value, testid, extra) =>
  el(
    "div",
    {},
    el("dt", {}, el("span", {}, label, extra && el("span", { class: "muted" }, ` · ${extra}`)), copy(label, value)),
    el("dd", {}, el("code", { "data-testid": testid, "data-name": label, tabindex: value.length > 80 ? "0" : null }, value)),
  );

const drawAccount = drawn((a) => {
  find("facts").replaceChildren(
    fact(t("admin.chatUrl"), a.chatUrl, "admin-chat-url"),
    fact(t("admin.appId"), a.appId, "admin-app-id"),
    fact(t("admin.token"), a.token, "admin-token"),
  );
  find("key").replaceChildren(fact(t("admin.publicKey"), a.publicKey, "admin-public-key"));
  find("agents").replaceChildren(
    ...a.agents.map((x) => fact(x.name, x.id, x.isBot ? "admin-bot-agent" : "admin-agent", x.isDeactivated ? t("admin.deactivated") : null)),
  );
  find("groups").replaceChildren(...a.groups.map((g) => fact(g.name, g.id, "admin-group", g.members.join(", "))));
  find("topics").replaceChildren(...a.topics.map((x) => fact(x.name, x.id, "admin-topic", x.locale)));
});

const drawBots = drawn((bots) => {
  find("no-bots").hidden = bots.length > 0;
  find("bots").replaceChildren(...bots.map((x) => fact(x.name, String(x.id), "admin-mammut-bot")));
});

const drawWebhook = drawn(({ url, enabled }) => {
  if (edited) return;
  webhook.url.value = url;
  webhook.enabled.checked = enabled;
});

webhook.addEventListener("input", () => {
  edited = true;
  find("saved").textContent = "";
});

webhook.addEventListener("submit", (submit) => {
  submit.preventDefault();
  attempt(async () => {
    const url = webhook.url.value.trim();
    if (url && !/^https?:\/\//i.test(url)) throw new Refused(400, t("admin.urlWrong"));
    if (!url && webhook.enabled.checked) throw new Refused(400, t("admin.urlMissing"));
    await ask("PUT", "freshchat/webhook", { url, enabled: webhook.enabled.checked });
    edited = false;
    find("saved").textContent = t("admin.saved");
  });
});

find("renew").addEventListener("click", () => {
  if (!confirm(t("admin.renewSure"))) return;
  attempt(async () => {
    await ask("POST", "freshchat/token", {});
    await look();
    find("renewed").textContent = t("admin.renewed");
  });
});

// What the sandbox noted is for scripts; here it is said in the reader's language, with the note as a hint.
const fault = ({ lastCode, lastError }) =>
  el("span", { class: "muted", title: lastError ?? null }, lastError ? (lastCode ? t("admin.answered", lastCode) : t("admin.unanswered")) : "");

const when = (at) => new Date(at).toLocaleTimeString(lang);

const drawDeliveries = drawn((deliveries) => {
  find("no-deliveries").hidden = deliveries.length > 0;
  find("deliveries").replaceChildren(
    ...deliveries.map((d) =>
      el(
        "tr",
        { "data-testid": "admin-delivery", "data-status": d.status },
        el("td", {}, when(d.createdAt)),
        el("td", {}, el("a", { href: `/sandbox/control/freshchat/deliveries/${d.id}/body` }, d.action)),
        el("td", {}, el("span", { class: `chip ${d.status}` }, t(`admin.${d.status}`))),
        el("td", {}, d.lastCode ?? "–"),
        el("td", {}, d.attempts),
        el("td", {}, fault(d)),
      ),
    ),
  );
});

const drawMails = drawn((mails) => {
  find("no-mails").hidden = mails.length > 0;
  find("mails").replaceChildren(
    ...mails.map((m) =>
      el(
        "li",
        { "data-testid": "admin-mail" },
        el("span", { class: "muted" }, when(m.at), " "),
        t("admin.mail", m.action, m.attempts),
        " ",
        fault(m),
      ),
    ),
  );
});

const drawSwitches = drawn((switches) => {
  const focused = document.activeElement?.id;
  const groups = [...new Set(switches.map((s) => s.group))];
  find("switches").replaceChildren(
    ...groups.map((group) =>
      el(
        "section",
        { class: "switch-group", "aria-labelledby": `group-${group}` },
        el("h3", { id: `group-${group}` }, t(`group.${group}`)),
        el("div", { class: "switches" }, ...switches.filter((s) => s.group === group).map(control)),
      ),
    ),
  );
  if (focused) find(focused)?.focus();
});

function control(one) {
  const id = `switch-${one.system}-${one.name}`;
  const turn = (value) =>
    attempt(async () => {
      await ask("PUT", `${one.system}/${one.name}`, { value });
      await look();
    });
  const changed = JSON.stringify(one.value) !== JSON.stringify(one.default);
  return el(
    "div",
    { class: changed ? "switch changed" : "switch" },
    el("label", { for: id }, t(`switch.${one.system}.${one.name}`), el("code", { class: "muted" }, `${one.system}/${one.name}`)),
    input(one, id, turn),
    el("p", { class: "muted", id: `${id}-help` }, lang === "es" ? one.descriptionEs : one.description),
  );
}

function input(one, id, turn) {
  const common = { id, "aria-describedby": `${id}-help`, "data-testid": id };
  if (one.kind === "on-off")
    return el("input", { ...common, type: "checkbox", role: "switch", checked: one.value, change: (e) => turn(e.currentTarget.checked) });
  if (one.kind === "choice")
    return el(
      "select",
      { ...common, change: (e) => turn(e.currentTarget.value) },
      ...one.choices.map((c) => el("option", { value: c, selected: c === one.value }, c)),
    );
  const number = one.kind === "count";
  return el("input", { ...common, type: number ? "number" : "text", value: one.value, change: (e) => turn(number ? Number(e.currentTarget.value) : e.currentTarget.value) });
}

find("reset").addEventListener("click", () => {
  if (!confirm(t("admin.resetSure"))) return;
  attempt(async () => {
    await ask("POST", "reset", {});
    edited = false;
    await look();
  });
});

const look = watch(async () => {
  const [account, hook, deliveries, mails, bots, { switches }] = await Promise.all([
    ask("GET", "freshchat/account"),
    ask("GET", "freshchat/webhook"),
    ask("GET", "freshchat/deliveries"),
    ask("GET", "freshchat/mails"),
    ask("GET", "mammut/bots"),
    ask("GET", ""),
  ]);
  drawAccount(account);
  drawWebhook(hook);
  drawDeliveries(deliveries);
  drawMails(mails);
  drawBots(bots);
  drawSwitches(switches);
});
