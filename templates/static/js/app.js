// Adds comfort only; every page works without it.

// A form is sent once: the second click of a double click is not sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

// Coming back by the browser's history must find forms that can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// A refused form is read first.
const trouble = document.querySelector(".trouble");
if (trouble) {
  trouble.tabIndex = -1;
  trouble.focus();
}

// A time line longer than the screen opens at today.
for (const line of document.querySelectorAll(".timeline[data-today]")) {
  const today = Number(line.dataset.today);
  if (today > 0) line.scrollLeft = Math.max(0, today - line.clientWidth / 3);
}

// The current entry of a navigation wider than the phone is in sight.
const nav = document.querySelector(".nav");
const here = nav?.querySelector("[aria-current]");
if (here) nav.scrollLeft = Math.max(0, here.offsetLeft - nav.clientWidth / 3);

// A menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.who[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The button is only there with script: the browser's own menu prints as well.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
