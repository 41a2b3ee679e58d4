// What is better with a little JavaScript: files that are dropped, words that are copied, jobs that tell how far they are.
"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const over = is => event => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", is);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", event => {
    over(false)(event);
    if (input && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(from.value ?? from.textContent);
    } catch {
      // Where a browser keeps its clipboard to itself, the words are marked to be copied by hand.
      from.select?.();
      return;
    }
    button.textContent = "Copied";
  });
}
const job = document.querySelector("[data-job]");
if (job) {
  const told = name => job.querySelector(`[data-told=${name}]`);
  const look = async () => {
    const answer = await fetch(`/api/v1/jobs/${job.dataset.job}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { state, articles, done } = await answer.json();
    told("articles").textContent = articles;
    const bar = job.querySelector("progress");
    if (bar && done !== null) bar.value = done;
    if (state === "waiting" || state === "running") setTimeout(look, 1000);
    else location.reload();
  };
  setTimeout(look, 1000);
}
