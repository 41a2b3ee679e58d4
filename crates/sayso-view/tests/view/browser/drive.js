// Does the page do what a reader's clicks and keys ask? Writes a line for each answer.
(() => {
  const lines = [];
  const is = (what, found, expected) => {
    const same = JSON.stringify(found) === JSON.stringify(expected);
    lines.push(same ? `ok ${what}` : `not ok ${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
  };
  const all = selector => [...document.querySelectorAll(selector)];
  const one = selector => document.querySelector(selector);
  const click = element => element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  const key = key => (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const chosen = () => all(".note.lit").map(note => note.id).join(" ");
  const lit = role => all(".words .lit.as-" + role).map(mark => mark.textContent);
  const shown = () => all(".note").filter(note => note.offsetParent).map(note => note.id).join(" ");
  const set = (control, change) => { change(control); control.dispatchEvent(new Event("change", { bubbles: true })); };
  const piece = words => all(".words span").find(mark => mark.textContent === words);

  is("the address chooses", [chosen(), lit("source")], ["a3", ["the mayor"]]);

  click(one("#a1"));
  is("a click on a note chooses it", chosen(), "a1");
  is("its source is lit", lit("source"), ["Ada Penrose"]);
  is("its cue is lit", lit("cue"), ["said"]);
  is("both pieces of its content are lit", lit("content"), ["“The gate stays shut,”", "“until the ferry pays.”"]);
  is("the address follows", location.hash, "#a1");
  is("ears are told", one("#a1 .who").getAttribute("aria-current"), "true");

  click(piece("a bridge"));
  is("a click on words chooses the innermost", chosen(), "a3");
  click(piece("a bridge"));
  is("another click the one outside it", chosen(), "a2");
  is("all pieces of it are lit", lit("content").join(""), "that the mayor had promised a bridge");
  click(piece("a bridge"));
  is("and then the innermost again", chosen(), "a3");
  click(one("#a3 .inside"));
  is("a nested note leads to its own", chosen(), "a2");

  key("Escape");
  is("Escape clears", [chosen(), location.hash, all(".lit").length], ["", "", 0]);
  key("j");
  key("j");
  is("j goes on", [chosen(), document.activeElement.hash], ["a2", "#a2"]);
  key("k");
  is("k goes back", chosen(), "a1");
  key("ArrowRight");
  is("arrows do too", chosen(), "a2");
  key("/");
  is("/ leads to the filter", document.activeElement.id, "by-speaker");
  key("j");
  is("keys in a filter are the filter's", chosen(), "a2");

  const speaker = one("#by-speaker");
  const ada = [...speaker.options].find(option => option.textContent.startsWith("Ada"));
  click(one("#a5"));
  set(speaker, select => { select.value = ada.value; });
  is("a speaker's statements stay, also those by a pronoun", shown(), "a1 a2");
  is("what was chosen and is gone is not chosen", chosen(), "");
  is("the count says so", one("#shown").textContent, "2 of 5 statements");
  is("marks of others go dim", [piece("The works "), piece("Ada Penrose")].map(mark => mark.className), ["content out", "source"]);
  click(piece("The works "));
  is("and can't be clicked", chosen(), "");
  set(one("#by-form [value=direct]"), box => { box.checked = false; });
  is("filters are combined", [shown(), one("#shown").textContent], ["a2", "1 of 5 statements"]);
  click(one("#reset"));
  is("and reset", [shown(), all(".words .out").length, one("#reset").hidden], ["a1 a2 a3 a4 a5", 0, true]);
  set(speaker, select => { select.value = "none"; });
  is("those with no source can be found", shown(), "a5");
  click(one("#reset"));
  const byStanding = one("#by-standing");
  is("standings can be chosen", [...byStanding.options].map(option => option.textContent), ["Any standing", "denied (1)", "comment sought (1)", "none stated (4)"]);
  set(byStanding, select => { select.value = "denied"; });
  is("and those of that standing stay", shown(), "a3");
  click(one("#reset"));
  is("and all come back", [byStanding.value, shown()], ["", "a1 a2 a3 a4 a5"]);
  click(piece("He could not be reached"));
  is("a click on how it stands chooses what stands so", [chosen(), lit("standing").join("")], ["a3", "He could not be reached“We promised no bridge in those terms,” the Ferry Line answered"]);
  key("Escape");

  // With so many statements in one line that they can't all stand beside it.
  const wide = innerWidth > 704;
  const top = element => element.getBoundingClientRect().top;
  const gaps = () => all(".text .words").slice(1).map((words, i) => Math.round(top(words) - all(".text .words")[i].getBoundingClientRect().bottom));
  const standing = () => all(".text .note").filter(note => getComputedStyle(note).visibility === "visible");
  const overlaps = () => standing().filter((note, i, notes) => i && top(note) < notes[i - 1].getBoundingClientRect().bottom).length;
  if (wide) {
    key("Escape");
    is("the text's rhythm is even", new Set(gaps()).size, 1);
    is("no statement covers another", overlaps(), 0);
    is("the first stands beside its cue", Math.abs(top(one("#a1")) - top(piece("said"))) < 2, true);
    is("the third can't", top(one("#a3")) - top(piece("had promised")) > 10, true);
    click(one("#a3"));
    is("unless it is chosen", Math.abs(top(one("#a3")) - top(piece("had promised"))) < 2, true);
    is("and still none covers another", overlaps(), 0);
    is("nor stands above the text", standing().every(note => top(note) >= top(one(".text")) - 1), true);
  }

  location.hash = "#a4";
  setTimeout(() => {
    is("a changed address chooses", chosen(), "a4");
    const range = getSelection();
    range.selectAllChildren(one(".text"));
    const copied = range.toString().split(/\n+/).filter(Boolean);
    range.removeAllRanges();
    is("what is copied is the article", copied, all(".text .words").map(words => words.textContent));

    for (const note of all(".text .note")) {
      const [words, box] = [note.closest(".row").querySelector(".words"), note].map(part => part.getBoundingClientRect());
      is("a note stands beside or beneath its paragraph", wide ? box.left >= words.right : box.top >= words.bottom, true);
    }
    is("nothing is wider than the window", document.documentElement.scrollWidth <= innerWidth, true);
    const report = document.body.appendChild(document.createElement("pre"));
    report.id = "report";
    report.textContent = lines.join("\n");
  }, 100);
})();
