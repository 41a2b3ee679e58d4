// How does an element come into view? Both pages with articles at the side begin with this.
"use strict";
const bring = (() => {
  const root = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const isInView = (element, pane) => {
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    return box.top >= Math.max(0, frame.top) && box.bottom <= Math.min(innerHeight, frame.bottom);
  };

  // Only the pane moves where it has its own bar, so that the brief stays where it is.
  return element => {
    if (!element) return;
    const pane = element.closest(".sources, .articles");
    const behavior = still.matches ? "auto" : "smooth";
    if (pane && pane.scrollHeight > pane.clientHeight + 1) {
      if (!isInView(element, pane)) {
        const by = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
        pane.scrollBy({ top: by - pane.clientHeight / 3, behavior });
      }
    } else if (!isInView(element, root)) {
      element.scrollIntoView({ block: "center", behavior });
    }
  };
})();
