// Which statement is chosen, and which are shown?
"use strict";
(() => {
  const root = document.documentElement;
  const notes = [...document.querySelectorAll(".note")];
  const marks = [...document.querySelectorAll(".words :is([data-s], [data-c], [data-q], [data-t])")];
  const texts = [...document.querySelectorAll(".text")];
  const bySpeaker = document.getElementById("by-speaker");
  const byStanding = document.getElementById("by-standing");
  const choices = [bySpeaker, byStanding].filter(Boolean);
  const forms = [...document.querySelectorAll("#by-form input")];
  const reset = document.getElementById("reset");
  const shown = document.getElementById("shown");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const ROLES = { s: "as-source", c: "as-cue", q: "as-content", t: "as-standing" };
  // Between two statements in the margin, in pixels.
  const GAP = 8;
  let chosen = null;

  const list = (mark, role) => (mark.dataset[role] || "").split(" ").filter(Boolean);
  const isShown = note => !note.classList.contains("out");

  // The statements that a piece of text belongs to, the innermost first; where two are as
  // deep, who says it and the cue come before what is said.
  const statementsOf = mark =>
    [...new Set(Object.keys(ROLES).flatMap(role => list(mark, role)))]
      .map(id => document.getElementById(id))
      .filter(isShown)
      .sort((a, b) => b.dataset.depth - a.dataset.depth);

  // The words that a statement stands beside: its cue, else what is said, else who says it.
  const firstMark = new Map();
  for (const role of ["c", "q", "s"]) {
    for (const mark of marks) {
      for (const id of list(mark, role)) if (!firstMark.has(id)) firstMark.set(id, mark);
    }
  }

  // How far down the window the words are that the margin keeps step with: at its top where
  // the page begins, at its bottom where the page ends.
  const readingLine = () => {
    const farthest = root.scrollHeight - innerHeight;
    return farthest > 0 ? Math.min(1, scrollY / farthest) * innerHeight : 0;
  };

  // How far the margin's statements lie below their words at a height of the text.
  const driftAt = (places, height) => {
    const next = places.findIndex(place => place.wanted >= height);
    const drift = place => (place ? place.at - place.wanted : 0);
    if (next < 0) return drift(places.at(-1));
    const [before, after] = [places[next - 1] || { wanted: 0, at: 0 }, places[next]];
    const share = (height - before.wanted) / (after.wanted - before.wanted || 1);
    return drift(before) + share * (drift(after) - drift(before));
  };

  // Where each statement stands in the margin: beside its words, or below those before it.
  // Where many drift down, the margin moves as the page is scrolled, so that the words in
  // view and their statements keep together; the chosen one stands beside its words.
  const placeIn = text => {
    const top = text.getBoundingClientRect().top;
    const inside = [...text.querySelectorAll(".note")].filter(isShown);
    // Where they have no room beside the words, less of each is shown.
    const rows = text.querySelectorAll(".row");
    text.classList.remove("dense");
    const all = inside.reduce((sum, note) => sum + note.offsetHeight + GAP, 0);
    text.classList.toggle("dense", all > rows[rows.length - 1].getBoundingClientRect().bottom - top);
    const places = inside.map(note => ({
      height: note.offsetHeight + GAP,
      wanted: firstMark.get(note.id).getBoundingClientRect().top - top,
    }));
    let free = 0;
    for (const place of places) {
      place.at = Math.max(free, place.wanted);
      free = place.at + place.height;
    }
    const held = places[inside.indexOf(chosen)];
    const shift = held ? held.at - held.wanted : driftAt(places, Math.max(0, readingLine() - top));
    for (const [i, place] of places.entries()) {
      inside[i].style.setProperty("--at", `${place.at - shift}px`);
      inside[i].classList.toggle("above", place.at < shift);
    }
    text.style.setProperty("--least", `${free - driftAt(places, Infinity)}px`);
  };
  const place = () => texts.forEach(placeIn);

  const isInView = element => {
    const box = element.getBoundingClientRect();
    const bar = document.querySelector(".bar");
    const top = bar ? bar.getBoundingClientRect().bottom : 0;
    return box.top >= top && box.bottom <= innerHeight;
  };

  const bringIntoView = element => {
    if (element && !isInView(element)) {
      element.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    }
  };

  // `from` is where the choice was made, "text" or "note": the other side is brought into view.
  const choose = (note, from) => {
    if (chosen) {
      chosen.classList.remove("lit");
      chosen.querySelector(".who").removeAttribute("aria-current");
    }
    for (const mark of marks) mark.classList.remove("lit", ...Object.values(ROLES));
    chosen = note;
    root.classList.toggle("chosen", Boolean(note));
    if (note) note.classList.add("lit");
    place();
    history.replaceState(null, "", location.href.split("#")[0] + (note ? "#" + note.id : ""));
    if (!note) return;
    note.querySelector(".who").setAttribute("aria-current", "true");
    const lit = [];
    for (const mark of marks) {
      for (const [role, name] of Object.entries(ROLES)) {
        if (list(mark, role).includes(note.id)) {
          mark.classList.add("lit", name);
          lit.push(mark);
        }
      }
    }
    bringIntoView(from === "text" ? note : lit.find(isInView) ? null : lit[0]);
    if (from === "keys") {
      note.querySelector(".who").focus({ preventScroll: true });
      bringIntoView(note);
    }
  };

  const step = by => {
    const visible = notes.filter(isShown);
    if (!visible.length) return;
    const at = visible.indexOf(chosen);
    const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by;
    choose(visible[Math.max(0, Math.min(visible.length - 1, next))], "keys");
  };

  const filter = () => {
    const wanted = forms.filter(form => form.checked).map(form => form.value);
    for (const note of notes) {
      const ofSpeaker = !bySpeaker.value || note.dataset.speaker === bySpeaker.value;
      const standings = note.dataset.standing.split(" ");
      const soStands = !byStanding || !byStanding.value || standings.includes(byStanding.value);
      note.classList.toggle("out", !(ofSpeaker && soStands && wanted.includes(note.dataset.form)));
    }
    for (const mark of marks) mark.classList.toggle("out", !statementsOf(mark).length);
    const n = notes.filter(isShown).length;
    root.classList.toggle("filtered", n < notes.length);
    shown.textContent = `${n} of ${notes.length} statement${notes.length === 1 ? "" : "s"}`;
    reset.hidden = n === notes.length && choices.every(choice => !choice.value);
    if (chosen && !isShown(chosen)) choose(null);
    else place();
  };

  // Brings the first statement that is left into view, where none of them is.
  const showFirst = () => {
    const left = notes.filter(isShown).map(note => firstMark.get(note.id));
    if (left.length < notes.length && !left.some(isInView)) bringIntoView(left[0]);
  };

  const clear = () => {
    for (const choice of choices) choice.value = "";
    for (const form of forms) form.checked = true;
    filter();
  };

  const chooseAddressed = () => {
    const note = notes.find(note => "#" + note.id === location.hash);
    if (note) choose(note, "keys");
  };

  const isSelecting = () => !getSelection().isCollapsed;

  document.addEventListener("click", event => {
    if (isSelecting() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const inside = event.target.closest(".inside");
    const note = inside ? document.getElementById(inside.hash.slice(1)) : event.target.closest(".note");
    if (note) {
      event.preventDefault();
      choose(note, "note");
      return;
    }
    const mark = event.target.closest(".words :is([data-s], [data-c], [data-q], [data-t])");
    if (mark) {
      const statements = statementsOf(mark);
      const at = statements.indexOf(chosen);
      if (statements.length) choose(statements[(at + 1) % statements.length], "text");
    }
  });

  // What is copied from the article is the article, unless the drag began in a note.
  document.addEventListener("pointerdown", event => {
    root.classList.toggle("in-notes", Boolean(event.target.closest(".notes")));
  });

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      document.activeElement.blur();
      if (!chosen && reset && !reset.hidden) clear();
      choose(null);
    }
    if (event.target.closest("select, input")) return;
    if (event.key === "j" || event.key === "ArrowRight") step(1);
    else if (event.key === "k" || event.key === "ArrowLeft") step(-1);
    else if (event.key === "/" && bySpeaker) bySpeaker.focus();
    else return;
    event.preventDefault();
  });

  // A quotation, or what somebody is said to have said, with where it stands.
  const citation = note => {
    const prefix = note.id.replace(/a[0-9.]+$/, "");
    const { article } = JSON.parse(document.getElementById(`${prefix}record`).textContent);
    const words = selector => note.querySelector(selector)?.textContent.trim() || "";
    const at = article.url || `${location.href.split("#")[0]}#${note.id}`;
    const title = article.title ? `“${article.title}”` : "";
    const from = [article.outlet, title, (article.published || "").slice(0, 10), at].filter(Boolean).join(", ");
    const [who, said] = [words(".who b"), words(".said")];
    if (note.dataset.form === "direct") return [said, [who, from].filter(Boolean).join(", ")].join(" — ");
    return `${[who, words(".who i")].filter(Boolean).join(" ")}: ${said} — ${from}`;
  };

  for (const note of notes) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "copy";
    button.setAttribute("aria-label", `Copy statement ${note.id} with where it stands`);
    button.addEventListener("click", async event => {
      event.stopPropagation();
      try {
        await navigator.clipboard.writeText(citation(note));
        button.textContent = "copied";
      } catch {
        button.textContent = "not allowed here";
      }
    });
    note.querySelector(".facts").append(" ", button);
  }

  root.classList.add("js");
  if (bySpeaker) {
    for (const control of [...choices, ...forms]) {
      control.addEventListener("change", () => {
        filter();
        showFirst();
      });
    }
    reset.addEventListener("click", () => {
      clear();
      bySpeaker.focus();
    });
    // A browser keeps what was chosen when the page is loaded again.
    filter();
  }
  // Also calls once at the start, and whenever the window or its letters grow.
  const watch = new ResizeObserver(place);
  for (const text of texts) watch.observe(text);
  place();
  let isWaiting = false;
  addEventListener("scroll", () => {
    if (isWaiting || chosen) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      place();
    });
  }, { passive: true });
  addEventListener("hashchange", chooseAddressed);
  chooseAddressed();
})();
