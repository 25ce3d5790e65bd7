// The few things that only the browser knows or can do.
(() => {
  const cookie = name => document.cookie.split("; ").find(c => c.startsWith(name + "="))?.slice(name.length + 1);

  window.portal = {
    reader: () => ({
      theme: cookie("theme") ?? "system",
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),

    remember: theme => {
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      document.documentElement.dataset.theme = theme;
    },

    copy: async text => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Without https the clipboard is closed to scripts, not to a selection.
        const area = Object.assign(document.createElement("textarea"), { value: text });
        document.body.append(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        return done;
      }
    },

    close: id => document.getElementById(id)?.close(),

    // What was refused comes into view, and its field is ready to be corrected.
    toFault: form => {
      const fault = form.querySelector("[aria-invalid=true], [role=alert]");
      fault?.scrollIntoView({ block: "center" });
      fault?.focus({ preventScroll: true });
    },
  };

  // Dialogs of the frame: native ones, which keep the focus inside, close with Escape and give the focus back.
  const open = id => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open || document.querySelector("dialog[open], .mud-dialog-container")) return;
    dialog.showModal();
    const field = dialog.querySelector("input[type=search]");
    if (field) {
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const single = dialog.querySelector("#single-keys");
    if (single) single.checked = singleKeys();
  };

  // A field that searches would only be emptied by the first Escape.
  document.addEventListener("keydown", event => {
    const dialog = event.target.closest?.("dialog.palette");
    if (event.key !== "Escape" || event.isComposing || !dialog?.open) return;
    event.preventDefault();
    dialog.close();
  });

  // Letters as shortcuts get in the way of who dictates; they can be switched off.
  const singleKeys = () => localStorage.getItem("single-keys") !== "off";
  let going = -Infinity;
  const shortcut = event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return open("palette");
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]")) return;
    if (!singleKeys()) return;
    const went = going > event.timeStamp - 1500;
    going = -Infinity;
    if (went) return document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    if (event.key === "g") going = event.timeStamp;
    if (event.key === "?") open("shortcuts");
    if (event.key === "/") {
      event.preventDefault();
      const field = document.querySelector("main input[type=search]");
      if (field) field.focus();
      else open("palette");
    }
  };
  // A menu closes when something else is pressed and when one of its actions is, which leaves the focus on its button.
  const closeMenus = (but = null) => {
    for (const menu of document.querySelectorAll(".more-actions[open]")) {
      if (menu === but) continue;
      if (document.activeElement === document.body || menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  };

  document.addEventListener("keydown", event => {
    // In the palette the arrows choose, and must not move the caret.
    if (event.target.matches?.("[role=combobox]") && ["ArrowUp", "ArrowDown"].includes(event.key)) event.preventDefault();
    // The notice would close for a moment, and the next Escape empty the search behind it.
    else if (event.key === "Escape" && document.querySelector(".session-ended")) event.preventDefault();
    else if (event.key === "Escape" && document.querySelector(".more-actions[open]")) closeMenus();
    else if (event.key === "Escape" && drawn) document.querySelector(".scrim").click();
    else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && event.target.closest("[data-moves]")) {
      // A list of choices would open.
      event.preventDefault();
      event.target.closest("[data-moves]").querySelector(`[data-move=${event.key}]`)?.click();
    } else shortcut(event);
  });

  // What was typed and the server may not have. A field tells itself what it holds, so that nothing typed is copied before it is needed.
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
  const isSecret = field => field.type === "password" || field.autocomplete === "new-password" || field.closest("[data-secret]");
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

  // The browser remembers it over a reload that nobody asked for, except secrets, which are written down nowhere.
  const reload = () => {
    const fields = typedAt === here() ? unkept().filter(field => !isSecret(field) && nameOf(field)) : [];
    sessionStorage.setItem(store, JSON.stringify({ address: here(), fields: fields.map(field => [nameOf(field), valueOf(field)]), scroll: scrollY }));
    // What is unsaved comes back: nobody has to be asked whether to leave it.
    addEventListener("beforeunload", event => event.stopImmediatePropagation(), { capture: true });
    location.reload();
  };
  let unsaved = JSON.parse(sessionStorage.getItem(store) ?? "null");
  sessionStorage.removeItem(store);
  const restore = () => {
    const main = document.querySelector("main[data-interactive]");
    if (!unsaved || !main || main === old) return;
    if (unsaved.address !== here()) return (unsaved = null);
    if (unsaved.scroll && document.documentElement.scrollHeight >= unsaved.scroll + innerHeight) {
      scrollTo(0, unsaved.scroll);
      unsaved.scroll = 0;
    }
    // A field may appear later, once its form is opened.
    unsaved.fields = unsaved.fields.filter(([name, value]) => {
      const field = at(name);
      if (!field) return true;
      if (!isChoice(field)) {
        field.value = value;
        say(field);
      } else if (field.checked !== value) field.click();
      return false;
    });
    if (unsaved.fields.length === 0 && !unsaved.scroll) unsaved = null;
  };

  // The line is back: the fields say again what was lost. When the server had given the page up it is about to draw a new one, whose fields
  // are filled in as after a reload; those of the old one must not say a word to it.
  const resume = () => {
    const fields = unkept();
    const lost = fields.filter(field => isLost(field) && (field.type !== "radio" || field.checked));
    broken = null;
    if (!renewed) return lost.forEach(say);
    old = document.querySelector("main");
    unsaved = { address: here(), fields: fields.filter(nameOf).map(field => [nameOf(field), valueOf(field)]), scroll: 0 };
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

  // A field or button that is disabled while it works loses the focus, and has it again afterwards, unless the reader went elsewhere.
  let held = null;
  document.addEventListener("focusin", event => (held = event.target));
  document.addEventListener("focusout", event => {
    if (!event.target.matches(":disabled")) held = null;
  });
  const giveBackFocus = () => {
    if (held?.isConnected && document.activeElement === document.body && !held.matches(":disabled")) held.focus({ preventScroll: true });
  };

  // While a dialog is open nothing behind it can be reached; afterwards the focus is back where it was.
  let opener = null;
  const guardDialog = () => {
    const frame = document.querySelector(".frame");
    const open = document.querySelector(".mud-dialog-container") !== null;
    if (!frame || frame.inert === open) return;
    if (open) opener = document.activeElement;
    frame.inert = open;
    if (open || !opener?.isConnected) return;
    opener.focus();
    held = opener;
  };

  // A session that has ended leaves the page as it is, with a notice over it that only leads to signing in again. Whoever signs out here sees it nowhere.
  let leaving = false;
  const showEnd = () => {
    const notice = document.querySelector(".session-ended");
    if (notice && !notice.open && !leaving) notice.showModal();
  };
  document.addEventListener("close", showEnd, true);
  document.addEventListener("submit", event => (leaving = event.target.id === "sign-out"));

  // On a narrow screen the navigation lies over the page: it takes the focus, and meanwhile nothing behind it can be reached.
  const narrow = matchMedia("(max-width: 699px)");
  let drawn = false;
  // What is only coming into view does not take the focus yet: asked again with each frame, for a second at most.
  const intoDrawer = frames => {
    const first = document.querySelector(".nav a");
    if (!drawn || !first) return;
    first.focus();
    if (document.activeElement !== first && frames > 0) requestAnimationFrame(() => intoDrawer(frames - 1));
  };
  const guardDrawer = () => {
    const open = narrow.matches && document.querySelector(".frame-nav-open") !== null;
    if (open === drawn) return;
    drawn = open;
    for (const behind of document.querySelectorAll(".skip-link, .top-bar, main")) behind.inert = open;
    const focused = document.activeElement;
    if (open) intoDrawer(60);
    // Whoever followed a link has the focus on the next page.
    else if (!focused || focused === document.body || focused.closest(".nav, .scrim")) document.querySelector(".nav-toggle")?.focus();
  };
  narrow.addEventListener("change", guardDrawer);

  // On a narrow screen the strip of tabs scrolls; the tab one is on has to be in view.
  let tab = null;
  const showTab = () => {
    const current = document.querySelector(".tabs [aria-current]");
    if (current === tab) return;
    tab = current;
    tab?.parentElement.scrollTo({ left: tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2 });
  };

  new MutationObserver(() => {
    guardDialog();
    giveBackFocus();
    guardDrawer();
    showTab();
    restore();
    showEnd();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current", "aria-expanded", "disabled"] });

  document.addEventListener("click", event => {
    closeMenus(event.target.closest(".more-actions summary")?.parentElement);
    if (event.target.closest(".skip-link")) {
      event.preventDefault();
      document.getElementById("content")?.focus();
    }
    const opens = event.target.closest("[data-opens]")?.dataset.opens;
    if (opens) open(opens);
    const closes = event.target.closest("[data-closes]")?.dataset.closes;
    // A click beside a dialog is a click on the dialog itself.
    if (closes || event.target.matches("dialog[open]")) document.getElementById(closes ?? event.target.id)?.close();
    if (event.target.id === "single-keys") localStorage.setItem("single-keys", event.target.checked ? "on" : "off");
    const reconnect = event.target.closest("[data-reconnect]")?.dataset.reconnect;
    if (reconnect === "reload") reload();
    if (reconnect === "retry") comeBack();
  });

  Blazor.start({ circuit: { circuitHandlers: [{ onCircuitOpened: () => (renewed = true) }] } });
})();
