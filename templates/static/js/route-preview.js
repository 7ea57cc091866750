// Shows the route beside the form while facts are typed. Without it the button 预览路线 does.

const form = document.querySelector("form[data-preview]");
const panel = document.querySelector("#preview");
const state = document.querySelector("#preview-state");
const PAUSE = 250;

let timer = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") typed.append(name, value);
  }
  state.textContent = "正在更新…";
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: typed, credentials: "same-origin" });
    // An older answer must not replace a newer one.
    if (mine !== asked) return;
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    state.textContent = "已按填写的情况更新";
  } catch {
    if (mine === asked) state.textContent = "暂时无法更新,请用“预览路线”按钮";
  }
}

if (form && panel && state) {
  const later = (event) => {
    // A name or a code changes no route.
    if (event.target.name === "name" || event.target.name === "code") return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
