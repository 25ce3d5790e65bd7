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
    if (event.ctrlKey || event.metaKey || event.altKey || !singleKeys()) return;
    // A dialog that has just closed has the focus until the next frame is drawn.
    const dialog = event.target.closest("dialog");
    if (dialog ? dialog.open : event.target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]")) return;
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
    unsaved.signIn();
    unsaved.restore();
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
    if (reconnect === "reload") unsaved.reload();
    if (reconnect === "retry") unsaved.comeBack();
  });

  // A row of a list leads where its link does; whatever else can be pressed or marked in it stays what it is.
  document.addEventListener("click", event => {
    if (event.target.closest("a, button, input, select, label, summary")) return;
    const link = event.target.closest(".list tbody tr")?.querySelector(".row-link");
    if (!link || !getSelection().isCollapsed) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });

  Blazor.start({ circuit: { circuitHandlers: [{ onCircuitOpened: unsaved.renew }] } });
})();
