// Before the first picture, so that who has chosen dark is not shown white.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("pushbell-dashboard:scheme");
  } catch {}
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
