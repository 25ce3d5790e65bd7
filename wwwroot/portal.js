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
  document.addEventListener("keydown", event => {
    // In the palette the arrows choose, and must not move the caret.
    if (event.target.matches?.("[role=combobox]") && ["ArrowUp", "ArrowDown"].includes(event.key)) event.preventDefault();
    else shortcut(event);
  });

  // What was typed and not yet saved comes back after a reload that nobody asked for. Secrets are kept nowhere.
  const store = "unsaved";
  const typed = new Map();
  let typedOn = location.pathname;
  const nameOf = field => {
    const id = field.dataset.testid;
    return id && `${id}#${[...document.querySelectorAll(`main [data-testid="${CSS.escape(id)}"]`)].indexOf(field)}`;
  };
  const isSecret = field => field.type === "password" || field.autocomplete === "new-password";
  document.addEventListener("input", event => {
    const field = event.target;
    if (!field.closest("main") || !field.matches("input, textarea, select") || isSecret(field) || ["checkbox", "radio", "file"].includes(field.type)) return;
    if (typedOn !== location.pathname) typed.clear();
    typedOn = location.pathname;
    if (nameOf(field)) typed.set(nameOf(field), field.value);
  });
  const reload = () => {
    const fields = typedOn === location.pathname ? [...typed] : [];
    sessionStorage.setItem(store, JSON.stringify({ path: location.pathname, fields, scroll: scrollY }));
    location.reload();
  };
  let unsaved = JSON.parse(sessionStorage.getItem(store) ?? "null");
  sessionStorage.removeItem(store);
  const restore = () => {
    if (!unsaved || !document.querySelector("main[data-interactive]")) return;
    if (unsaved.path !== location.pathname) return (unsaved = null);
    if (unsaved.scroll && document.documentElement.scrollHeight >= unsaved.scroll + innerHeight) {
      scrollTo(0, unsaved.scroll);
      unsaved.scroll = 0;
    }
    // A field may appear later, once its form is opened.
    unsaved.fields = unsaved.fields.filter(([name, value]) => {
      const [id, place] = name.split("#");
      const field = document.querySelectorAll(`main [data-testid="${CSS.escape(id)}"]`)[place];
      if (!field) return true;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return false;
    });
    if (unsaved.fields.length === 0 && !unsaved.scroll) unsaved = null;
  };

  // The page comes back by itself: Blazor tries for some minutes, afterwards the portal is asked whether it is there again.
  const comeBack = async () => {
    const answer = await fetch("/health/live", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return setTimeout(comeBack, 5000);
    if (!(await Blazor.reconnect().catch(() => false))) reload();
  };
  document.addEventListener(
    "components-reconnect-state-changed",
    event => {
      if (["rejected", "resume-failed"].includes(event.detail.state)) reload();
      if (event.detail.state === "failed") comeBack();
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
    showTab();
    restore();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current", "disabled"] });

  document.addEventListener("click", async event => {
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
    if (reconnect === "reload" || (reconnect === "retry" && !(await Blazor.reconnect().catch(() => false)))) reload();
  });
})();
