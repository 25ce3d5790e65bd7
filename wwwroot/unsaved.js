// What was typed and the server may not have: kept while the line is down and over a reload that nobody asked for, and filled in again. A field tells
// itself what it holds, so that nothing typed is copied before it is needed.
(() => {
  const store = "unsaved";
  // Text beyond this cuts the line instead of crossing it; fields take less.
  const longest = 128 * 1024;
  // So long may a line be dead before anybody notices: what was sent over it meanwhile never arrived.
  const unnoticed = 40000;
  const typed = new Map();
  let typedAt = "";
  let broken = null;
  let renewed = false;
  let old = null;
  const here = () => location.pathname + location.search;
  const at = name => {
    const [id, place] = name.split("#");
    return document.querySelectorAll(`main [data-testid="${CSS.escape(id)}"]`)[place];
  };
  const nameOf = field => {
    const id = field.dataset.testid;
    return id && `${id}#${[...document.querySelectorAll(`main [data-testid="${CSS.escape(id)}"]`)].indexOf(field)}`;
  };
  const isChoice = field => ["checkbox", "radio"].includes(field.type);
  const isSecret = field => field.type === "password" || field.autocomplete === "new-password" || field.closest("[data-secret]") !== null;
  const hold = event => {
    const field = event.target;
    if (!field.closest?.("main") || !field.matches("input, textarea, select") || field.type === "file" || field.value.length > longest) return;
    if (typedAt !== here()) typed.clear();
    typedAt = here();
    typed.set(field, Date.now());
  };
  // Not on leaving a field: that is no stroke, and would make what was typed long ago look new.
  document.addEventListener("input", hold);
  // Sent over a dead line, or while there was none.
  const isLost = field => broken !== null && typed.get(field) > broken - unnoticed;
  // What is marked as kept stands on the server, maybe newer by now from another device; all but its lost strokes is the server's to say.
  const unkept = () => [...typed.keys()].filter(field => field.isConnected && (isLost(field) || !field.closest("[data-kept]")));
  const valueOf = field => (isChoice(field) ? field.checked : field.value);
  const say = field => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Where it was typed, and by whom.
  const keep = (fields, scroll) => ({
    address: here(),
    reader: document.querySelector("main")?.dataset.reader,
    fields: fields.filter(nameOf).map(field => [nameOf(field), valueOf(field), isSecret(field)]),
    scroll,
  });
  // The browser remembers it over a reload that nobody asked for, except secrets, which are written down nowhere.
  const loadAnew = kept => {
    sessionStorage.setItem(store, JSON.stringify({ ...kept, fields: kept.fields.filter(([, , secret]) => !secret) }));
    // What is unsaved comes back: nobody has to be asked whether to leave it.
    addEventListener("beforeunload", event => event.stopImmediatePropagation(), { capture: true });
    location.reload();
  };
  const reload = () => loadAnew(keep(typedAt === here() ? unkept() : [], scrollY));
  let waiting = JSON.parse(sessionStorage.getItem(store) ?? "null");
  sessionStorage.removeItem(store);
  const restore = () => {
    // A page for nobody is on its way to the provider.
    const main = document.querySelector("main[data-reader]");
    if (!waiting || !main || main === old) return;
    // What one person typed is not shown to another.
    if (waiting.address !== here() || waiting.reader !== main.dataset.reader) return (waiting = null);
    if (waiting.scroll && document.documentElement.scrollHeight >= waiting.scroll + innerHeight) {
      scrollTo(0, waiting.scroll);
      waiting.scroll = 0;
    }
    // A field may appear later, once its form is opened.
    waiting.fields = waiting.fields.filter(([name, value]) => {
      const field = at(name);
      if (!field) return true;
      if (!isChoice(field)) {
        field.value = value;
        say(field);
      } else if (field.checked !== value) field.click();
      return false;
    });
    if (waiting.fields.length === 0 && !waiting.scroll) waiting = null;
  };

  // The line is back: the fields say again what was lost. When the server had given the page up it is about to draw a new one, whose fields
  // are filled in as after a reload; those of the old one must not say a word to it.
  const resume = () => {
    const fields = unkept();
    const lost = fields.filter(field => isLost(field) && (field.type !== "radio" || field.checked));
    broken = null;
    if (!renewed) return lost.forEach(say);
    old = document.querySelector("main");
    waiting = keep(fields, 0);
  };

  // The server had given the page up, and draws it for nobody because the session has ended meanwhile: loaded anew it leads to the provider and back.
  let signingIn = false;
  const signIn = () => {
    if (signingIn || !document.querySelector("[data-sign-in]")) return;
    signingIn = true;
    loadAnew(waiting ?? keep([], 0));
  };

  // The page comes back by itself: Blazor tries for some minutes, afterwards the portal is asked whether it is there again. It is loaded anew
  // only then: a portal that is down would put the browser's own page in its place.
  let askAgain = null;
  const comeBack = async () => {
    if (askAgain) return askAgain();
    askAgain = () => {};
    while (!(await fetch("/health/live", { cache: "no-store" }).catch(() => null))?.ok) {
      await new Promise(next => {
        askAgain = next;
        setTimeout(next, 5000);
      });
    }
    askAgain = null;
    if (!(await Blazor.reconnect().catch(() => false)) && !(await Blazor.resumeCircuit().catch(() => false))) reload();
  };
  document.addEventListener(
    "components-reconnect-state-changed",
    event => {
      const { state } = event.detail;
      if (state === "show") {
        broken ??= Date.now();
        renewed = false;
      }
      if (state === "hide") {
        // An attempt that failed half-way says that the page is broken; it is not.
        document.getElementById("blazor-error-ui").style.display = "";
        resume();
      }
      if (["rejected", "resume-failed"].includes(state)) reload();
      if (state === "failed") comeBack();
    },
    true,
  );

  window.unsaved = { restore, signIn, reload, comeBack, renew: () => (renewed = true) };
})();
