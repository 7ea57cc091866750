// Keeps a page as it is now: when the server says that something has changed, the page is fetched
// again and its main part takes the place of the old one. Without it the page is read as it was
// made, and reloading does the same.

const main = document.querySelector("main[data-live]");
const JITTER = 800;
const GAP = 2000;

if (main) {
  let version = main.dataset.version;
  let stream = null;
  let timer = 0;
  let fetched = 0;
  let waiting = false;

  // What is told stands outside the part that is replaced, or nothing would be read out.
  const told = document.createElement("p");
  told.className = "vh";
  told.setAttribute("role", "status");
  document.body.append(told);

  const state = (words, on) => {
    const line = main.querySelector("[data-live-state]");
    if (!line) return;
    line.hidden = false;
    line.textContent = words;
    line.classList.toggle("is-on", on);
  };

  // A form that somebody has begun to fill in must not be taken away.
  const typing = () => {
    const here = document.activeElement;
    if (here && main.contains(here) && here.matches("select, input:not([type=submit]), textarea")) return true;
    return [...main.querySelectorAll("input, select, textarea")].some((field) => {
      if (field instanceof HTMLSelectElement) {
        const set = [...field.options].findIndex((option) => option.defaultSelected);
        return field.selectedIndex !== Math.max(0, set);
      }
      if (field.type === "hidden" || field.type === "submit") return false;
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      return field.value !== field.defaultValue;
    });
  };

  // The same element on the new page: by its id, or by what it is and leads to.
  const name = (element) => {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const href = element.getAttribute("href");
    if (href) return `${element.localName}[href="${CSS.escape(href)}"]`;
    return element.localName;
  };
  const place = (element) => {
    const selector = name(element);
    return { selector, at: [...main.querySelectorAll(selector)].indexOf(element) };
  };
  const found = (mark) => mark && main.querySelectorAll(mark.selector)[mark.at];

  const replace = (next) => {
    const here = document.activeElement;
    const focus = here && here !== main && main.contains(here) ? place(here) : null;
    const open = [...main.querySelectorAll("details")].map((one) => one.open);
    const shifted = [...main.querySelectorAll(".scroll, .timeline")].map((one) => [one.scrollLeft, one.scrollTop]);
    const [x, y] = [window.scrollX, window.scrollY];
    main.replaceChildren(...next.childNodes);
    main.querySelectorAll("details").forEach((one, at) => { if (at < open.length) one.open = open[at]; });
    main.querySelectorAll(".scroll, .timeline").forEach((one, at) => {
      if (at < shifted.length) [one.scrollLeft, one.scrollTop] = shifted[at];
    });
    if (focus) (found(focus) ?? main).focus({ preventScroll: true });
    window.scrollTo({ left: x, top: y, behavior: "instant" });
  };

  const stop = (words) => {
    stream?.close();
    stream = null;
    clearTimeout(timer);
    state(words, false);
  };

  async function refresh() {
    if (document.hidden) return;
    if (typing()) {
      waiting = true;
      state("有新变化，填完后更新", false);
      return;
    }
    waiting = false;
    fetched = Date.now();
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      if (answer.redirected && new URL(answer.url).pathname === "/login") {
        stop("登录已结束，请重新登录");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("main[data-live]");
      if (!next) throw new Error("no such part");
      // Somebody may have begun to type while it was fetched.
      if (typing()) {
        waiting = true;
        return;
      }
      version = next.dataset.version;
      main.dataset.version = version;
      for (const part of [".inbox-link", ".today"]) {
        const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
        if (old && fresh && !old.isEqualNode(fresh)) old.replaceWith(fresh);
      }
      const before = main.querySelector("[data-live-state]")?.cloneNode(true);
      const line = next.querySelector("[data-live-state]");
      if (before && line) line.replaceWith(before);
      if (next.innerHTML !== main.innerHTML) {
        replace(next);
        const summary = main.querySelector("[data-live-summary]")?.dataset.liveSummary;
        told.textContent = summary ? `页面已更新：${summary}` : "页面已更新";
      }
      state("自动更新", true);
    } catch {
      state("暂时无法更新", false);
      later(5 * GAP);
    }
  }

  // Many pages hear of a change at one moment; they do not all come at one moment.
  function later(least = 0) {
    clearTimeout(timer);
    const rest = Math.max(least, fetched + GAP - Date.now(), 0);
    timer = setTimeout(refresh, rest + Math.random() * JITTER);
  }

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(main.dataset.live);
    stream.addEventListener("open", () => { if (!waiting) state("自动更新", true); });
    stream.addEventListener("message", (event) => { if (event.data !== version) later(); });
    // A newer page of the same login listens instead.
    stream.addEventListener("replaced", () => stop("不自动更新，请刷新查看"));
    stream.addEventListener("error", () => {
      // The browser opens it again by itself, unless the server has said no.
      if (stream?.readyState === EventSource.CLOSED) stop("不自动更新，请刷新查看");
      else state("正在重新连接", false);
    });
  }

  // A page that nobody looks at holds no connection; it asks again when it is looked at.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      listen();
      return;
    }
    stream?.close();
    stream = null;
  });
  window.addEventListener("pagehide", () => {
    stream?.close();
    stream = null;
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  main.addEventListener("focusout", () => setTimeout(() => { if (waiting && !typing()) later(); }, 0));
  listen();
}
