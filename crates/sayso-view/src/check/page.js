// Which finding is chosen? A click on one side moves both.
(() => {
  const root = document.documentElement;
  const cards = [...document.querySelectorAll(".card")];
  const marks = [...document.querySelectorAll("a.find[data-f]")];
  let chosen = null;

  const isOf = (element, id) => element.dataset.f.split(" ").includes(id);
  const isProof = mark => mark.classList.contains("proof");

  const choose = (card, from) => {
    for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
    for (const other of cards) other.querySelector(".which").removeAttribute("aria-current");
    chosen = card;
    history.replaceState(null, "", location.href.split("#")[0] + (card ? "#" + card.id : ""));
    if (!card) return;
    card.classList.add("lit");
    card.querySelector(".which").setAttribute("aria-current", "true");
    const of = marks.filter(mark => isOf(mark, card.id));
    for (const mark of of) mark.classList.add("lit");
    const isWide = getComputedStyle(card.closest(".panes")).display === "grid";
    const words = of.find(mark => !isProof(mark)) || card;
    const passage = of.find(isProof);
    if (isWide) {
      bring(words);
      bring(passage);
    } else {
      // One column: what was not clicked on is what somebody wants to see.
      bring(from === "brief" && passage ? passage : words);
    }
    if (from === "keys") card.querySelector(".which").focus({ preventScroll: true });
  };

  const byId = id => cards.find(card => card.id === id);

  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    const meaning = event.target.closest("a.code");
    if (meaning) {
      document.getElementById(meaning.hash.slice(1)).open = true;
      return;
    }
    const mark = event.target.closest("a.find[data-f]");
    const card = mark ? byId(mark.dataset.f.split(" ").find(id => "#" + id === mark.hash.split("-e")[0])) : event.target.closest(".card");
    if (!card) return;
    event.preventDefault();
    const passes = event.target.closest(".source-says a");
    choose(card, mark && !isProof(mark) || passes ? "brief" : "sources");
  });

  const step = by => {
    if (!cards.length) return;
    const at = cards.indexOf(chosen);
    const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by;
    choose(cards[Math.max(0, Math.min(cards.length - 1, next))], "keys");
  };

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") choose(null);
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });

  // Paper shows what is folded.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  const addressed = () => {
    const card = byId(location.hash.slice(1).split(/-[be]/)[0]);
    if (card) choose(card, "keys");
    const meaning = location.hash.startsWith("#code-") && document.getElementById(location.hash.slice(1));
    if (meaning) meaning.open = true;
  };
  root.classList.add("js");
  addEventListener("hashchange", addressed);
  addressed();
})();
