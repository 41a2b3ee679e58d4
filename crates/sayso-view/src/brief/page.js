// Which passage is chosen? A click on its number shows it in the article.
(() => {
  const root = document.documentElement;
  const panes = document.querySelector(".panes");

  const isWide = () => getComputedStyle(panes).display === "grid";
  const placeOf = id => document.getElementById("a" + id.slice(1));

  const light = id => {
    for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
    for (const element of document.querySelectorAll("[aria-current]")) element.removeAttribute("aria-current");
    if (!id) return;
    for (const element of document.querySelectorAll(`[data-p~="${id}"]`)) element.classList.add("lit");
    document.getElementById(id).setAttribute("aria-current", "true");
  };

  // The other end of a link, and what has the keys there: whoever goes on by Tab or is read to
  // is where the eye is.
  const otherEnd = (link, id) => {
    if (link.matches(".ref, .place")) {
      const place = placeOf(id);
      return [place, place && (place.closest(".passage") || place.parentElement.querySelector(`.passage[data-p~="${id}"]`))];
    }
    const sentence = link.matches(".back") ? document.getElementById(link.hash.slice(1)) : document.querySelector(`.sentence[data-p~="${id}"]`);
    return [sentence, sentence && sentence.querySelector(`.ref[href="#${id}"]`)];
  };

  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !getSelection().isCollapsed) return;
    const link = event.target.closest(".ref, .passage, .place, .back");
    if (!link) return;
    const id = link.matches(".ref, .passage") ? link.hash.slice(1) : link.closest("li").id;
    light(id);
    const [end, focus] = otherEnd(link, id);
    // One column: the link leads where it says, and the browser's way back leads back.
    if (!isWide() || !end) return;
    event.preventDefault();
    history.replaceState(null, "", "#" + id);
    bring(link.closest(".sentence"));
    bring(end);
    if (focus) focus.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.ctrlKey || event.metaKey || event.altKey) return;
    light(null);
    history.replaceState(null, "", location.href.split("#")[0]);
  });

  const addressed = () => {
    const found = /^#[ap](\d+)$/.exec(location.hash);
    const id = found && "p" + found[1];
    if (!id || !document.getElementById(id)) return;
    light(id);
    if (isWide()) bring(placeOf(id));
  };
  root.classList.add("js");
  addEventListener("hashchange", addressed);
  addressed();
})();
