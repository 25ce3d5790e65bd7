import { ask, attempt, drawn, el, fillLog, t, time, watch } from "./page.js";

const find = (id) => document.getElementById(id);
const [me, assign, reply] = [find("me"), find("assign"), find("reply")];
let desk = { agents: [], groups: [], conversations: [] };
let open = location.hash.slice(1) || null;

const name = (list, id) => list.find((x) => x.id === id)?.name;

const drawStaff = drawn(({ agents, groups }) => {
  const people = agents.filter((a) => !a.isBot);
  const chosen = me.value;
  me.replaceChildren(...people.map((a) => el("option", { value: a.id }, a.name)));
  if (people.some((a) => a.id === chosen)) me.value = chosen;
  assign.group.replaceChildren(...[{ id: "", name: t("desk.unassigned") }, ...groups].map((g) => el("option", { value: g.id }, g.name)));
  assign.agent.replaceChildren(...[{ id: "", name: t("desk.unassigned") }, ...agents].map((a) => el("option", { value: a.id }, a.name)));
});

const drawQueue = drawn(({ conversations, chosen }) => {
  const focused = document.activeElement?.dataset?.conversationId;
  find("queue").replaceChildren(...conversations.map((c) => el("li", {}, row(c, chosen))));
  if (focused) document.querySelector(`[data-conversation-id="${CSS.escape(focused)}"]`)?.focus();
  if (!conversations.length) find("nothing").textContent = t("desk.none");
});

const row = (c, chosen) =>
  el(
    "button",
    {
      type: "button",
      "data-testid": "desk-conversation",
      "data-conversation-id": c.id,
      "data-site": c.site ?? "",
      "aria-current": c.id === chosen && "true",
      click: () => choose(c.id),
    },
    el("span", { class: "row" }, el("strong", {}, c.visitor), chip(c.status)),
    el("span", { class: "muted" }, `${c.site ?? t("desk.noSite")} · ${owner(c)}`),
    el("span", { class: "last" }, c.lastText ?? ""),
  );

const chip = (status) => el("span", { class: `chip ${status}` }, t(`status.${status}`));

const owner = (c) => [name(desk.agents, c.agentId), name(desk.groups, c.groupId)].filter(Boolean).join(" · ") || t("desk.unassigned");

const drawThread = drawn(({ conversation: c, messages }) => {
  find("who").replaceChildren(c.visitor, " ", chip(c.status));
  find("what").textContent = `${c.topic} · ${c.site ?? t("desk.noSite")} · ${c.numericId}`;
  assign.group.value = c.groupId ?? "";
  assign.agent.value = c.agentId ?? "";
  find("resolve").disabled = c.status === "resolved";
  fillLog(find("messages"), messages.flatMap((m, i) => [i && m.interactionId !== messages[i - 1].interactionId ? episode() : null, line(m)]).filter(Boolean));
});

// The desk looks at the chat from the other side: the customer stands where the team stands in the shop.
const side = (m) => (m.private ? "from-note" : m.from === "customer" ? "from-person" : `from-customer by-${m.from}`);

const episode = () => el("li", { class: "episode" }, t("from.episode"));

const line = (m) =>
  el(
    "li",
    { class: side(m), "data-testid": `desk-message-${m.private ? "note" : m.from}` },
    el("span", { class: "author" }, m.private ? `${m.author} · ${t("from.note")}` : (m.author ?? m.from)),
    el("p", {}, m.text),
    el("time", { datetime: m.at }, time(m.at)),
  );

const look = watch(async () => {
  desk = await ask("GET", "freshchat/desk");
  drawStaff(desk);
  if (open && !desk.conversations.some((c) => c.id === open)) open = null;
  drawQueue({ conversations: desk.conversations, chosen: open });
  find("open").hidden = !open;
  find("nothing").hidden = Boolean(open);
  const asked = open;
  const thread = asked && (await ask("GET", `freshchat/desk/conversations/${asked}`));
  if (thread && asked === open) drawThread(thread);
});

function choose(id) {
  open = id;
  history.replaceState(null, "", `#${id}`);
  look();
}

const act = (what, body) =>
  attempt(async () => {
    await ask("POST", `freshchat/desk/conversations/${open}/${what}`, body);
    await look();
  });

find("mine").addEventListener("click", () => act("assignment", { byAgentId: me.value, agentId: me.value }));
find("resolve").addEventListener("click", () => act("resolution", { agentId: me.value }));
assign.group.addEventListener("change", () => act("assignment", { byAgentId: me.value, groupId: assign.group.value }));
assign.agent.addEventListener("change", () => act("assignment", { byAgentId: me.value, agentId: assign.agent.value }));

reply.addEventListener("submit", async (submit) => {
  submit.preventDefault();
  const text = reply.text.value.trim();
  if (!text) return;
  if (!(await act("messages", { agentId: me.value, text, private: reply.private.checked }))) return;
  reply.text.value = "";
  find("messages").scrollTop = find("messages").scrollHeight;
});

reply.text.addEventListener("keydown", (key) => {
  if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
  key.preventDefault();
  reply.requestSubmit();
});
