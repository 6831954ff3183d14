// Light or dark: by the system setting, until the user chooses.

const theme = {
  chosen() { try { return localStorage.getItem("guise-theme"); } catch { return null; } },
  now: () => document.documentElement.dataset.theme,
  set(name) {
    document.documentElement.dataset.theme = name;
    byId("theme").textContent = name === "dark" ? "Light theme" : "Dark theme";
  },
  start() {
    const machine = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => theme.set(theme.chosen() || (machine.matches ? "dark" : "light"));
    follow();
    machine.addEventListener("change", follow);
    byId("theme").addEventListener("click", () => {
      theme.set(theme.now() === "dark" ? "light" : "dark");
      try { localStorage.setItem("guise-theme", theme.now()); } catch { /* a page from a file may have no storage */ }
    });
  },
};
