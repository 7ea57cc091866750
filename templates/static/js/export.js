// Shows how far an export is without loading the page anew. Without it the page refreshes itself.

const panel = document.querySelector("[data-export]");
const bar = document.querySelector("#far-bar");
const words = document.querySelector("#far");
const PAUSE = 1000;

async function look() {
  try {
    const answer = await fetch(panel.dataset.export, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const far = await answer.json();
    // What comes after the end, the download or the reason, is the page's to say.
    if (!far.open) {
      location.reload();
      return;
    }
    if (typeof far.percent === "number") bar.value = far.percent;
    if (words.textContent !== far.far) words.textContent = far.far;
  } catch {
    words.textContent = "暂时无法更新，请点“刷新”";
  }
  setTimeout(look, PAUSE);
}

if (panel && bar && words) setTimeout(look, PAUSE);
