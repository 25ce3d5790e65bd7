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
  };

  // While a dialog is open nothing behind it can be reached; afterwards the focus is back where it was.
  let opener = null;
  const guardDialog = () => {
    const frame = document.querySelector(".frame");
    const open = document.querySelector(".mud-dialog-container") !== null;
    if (!frame || frame.inert === open) return;
    if (open) opener = document.activeElement;
    frame.inert = open;
    if (!open && opener?.isConnected) opener.focus();
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
    showTab();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current"] });

  document.addEventListener("click", async event => {
    if (event.target.closest(".skip-link")) {
      event.preventDefault();
      document.getElementById("content")?.focus();
    }
    const reconnect = event.target.closest("[data-reconnect]")?.dataset.reconnect;
    if (reconnect === "reload" || (reconnect === "retry" && !(await Blazor.reconnect().catch(() => false)))) location.reload();
  });
})();
