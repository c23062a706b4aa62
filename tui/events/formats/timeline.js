"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const search = byId("search"), top = byId("top"), unfold = byId("unfold");
  const lines = [...document.querySelectorAll("li[data-rank]")];
  const texts = lines.map((line) => line.textContent.toLowerCase());
  // The inner boxes come last, so that a section sees whether those in it are hidden.
  const boxes = [...document.querySelectorAll(".year, .month, .date")].reverse();
  const links = [...document.querySelectorAll("nav a")];

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const most = Number(top.value) || lines.length;
    let shown = 0;
    lines.forEach((line, at) => {
      // Words are searched for in all lines, not only in the weightiest.
      line.hidden = words.length
        ? !words.every((word) => texts[at].includes(word))
        : Number(line.dataset.rank) > most;
      shown += line.hidden ? 0 : 1;
    });
    for (const box of boxes) box.hidden = !box.querySelector("li[data-rank]:not([hidden])");
    for (const link of links) link.hidden = byId(link.hash.slice(1)).closest("section").hidden;
    byId("shown").value = `${shown} of ${lines.length}`;
    byId("nothing").hidden = shown > 0;
  };

  const move = (step) => {
    const open = lines.filter((line) => !line.hidden);
    const here = open.findIndex((line) => line.contains(document.activeElement));
    const next = open[here < 0 ? 0 : Math.min(Math.max(here + step, 0), open.length - 1)];
    if (!next) return;
    next.querySelector("summary").focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input")) {
      if (event.key === "Escape" || (event.key === "Enter" && event.target === search)) {
        event.preventDefault();
        event.target.blur();
        if (event.key === "Enter") move(1);
      }
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("all").addEventListener("click", () => { search.value = ""; top.value = lines.length; show(); });
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", open);
    unfold.textContent = open ? "Fold" : "Unfold";
    for (const line of lines) if (!line.hidden) line.firstElementChild.open = open;
  });
  search.addEventListener("input", show);
  top.addEventListener("input", show);
  // Without JavaScript there are no controls, and every line is shown.
  byId("controls").hidden = byId("keys").hidden = false;
  show();
})();
