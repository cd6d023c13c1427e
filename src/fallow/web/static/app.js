// What a page does beyond plain HTML. Everything else works without it: quick exit, locking by itself, keeping a draft
// while it is typed, minutes left, upload progress. Nothing is stored in the browser and nothing is asked of elsewhere.
"use strict";
(() => {
  const page = document.documentElement.dataset;
  const token = page.token || "";
  const form = (fields) => new URLSearchParams({ t: token, ...fields });

  // --- quick exit: blank first, then lock, then away -------------------------------------------------------------
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = " ";
    navigator.sendBeacon("/leave", form({}));
    location.replace(page.leaveTo || "about:blank");
  };
  document.querySelectorAll("form[data-leave]").forEach((f) =>
    f.addEventListener("submit", (event) => { event.preventDefault(); leave(); }));
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < 2000).concat(event.timeStamp);
    if (presses.length >= 3) leave();
  });
  // A page kept by the browser for Back is shown as it was; what counts is what the server says now.
  addEventListener("pageshow", (event) => { if (event.persisted) { document.documentElement.hidden = true; location.replace("/"); } });

  // --- lock by itself: the server does it; this clears the screen ------------------------------------------------
  if (page.idle) {
    let due = 0;
    const later = () => { clearTimeout(due); due = setTimeout(() => location.replace("/"), Number(page.idle) * 1000 + 3000); };
    addEventListener("fallow:answered", later);
    later();
  }

  // --- a draft is kept while it is typed -------------------------------------------------------------------------
  document.querySelectorAll("textarea[data-keep]").forEach((area) => {
    const status = document.querySelector("[data-kept]");
    let waiting = 0, kept = area.value;
    const keep = async () => {
      const text = area.value;
      if (text === kept) return;
      try {
        const answer = await fetch(area.dataset.keep, { method: "POST", body: form({ text, quietly: "1" }), keepalive: text.length < 15000 });
        if (answer.ok) { kept = text; status.textContent = status.dataset.kept; dispatchEvent(new Event("fallow:answered")); return; }
      } catch { /* said below */ }
      status.textContent = status.dataset.unkept;
    };
    area.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 250); });
    addEventListener("pagehide", () => {
      if (area.value !== kept && !document.documentElement.hidden) navigator.sendBeacon(area.dataset.keep, form({ text: area.value, quietly: "1" }));
    });
  });

  // --- minutes left, in words, no seconds ------------------------------------------------------------------------
  document.querySelectorAll("[data-minutes]").forEach((place) => {
    const ends = Date.now() + Number(place.dataset.seconds) * 1000;
    const say = () => {
      const minutes = Math.ceil((ends - Date.now()) / 60000);
      if (minutes <= 0) { place.textContent = place.dataset.over; clearInterval(ticking); return; }
      place.textContent = (minutes === 1 ? place.dataset.one : place.dataset.minutes).replace("#", minutes);
      fetch("/here", { method: "POST", body: form({}) }).then(() => dispatchEvent(new Event("fallow:answered")), () => {});
    };
    const ticking = setInterval(say, 60000);
  });

  // --- upload with progress --------------------------------------------------------------------------------------
  document.querySelectorAll("form[data-upload]").forEach((upload) =>
    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      const bar = upload.querySelector("progress"), words = upload.querySelector("[data-progress]");
      const request = new XMLHttpRequest();
      request.open("POST", upload.action);
      request.setRequestHeader("X-Token", token);
      request.upload.addEventListener("progress", (e) => {
        bar.hidden = false;
        bar.max = e.total; bar.value = e.loaded;
        words.textContent = e.loaded < e.total ? words.dataset.sending.replace("#", Math.floor(100 * e.loaded / e.total)) : words.dataset.reading;
      });
      request.upload.addEventListener("load", () => { bar.removeAttribute("value"); words.textContent = words.dataset.reading; });
      request.addEventListener("load", () => location.assign(request.responseURL));
      request.addEventListener("error", () => { bar.hidden = true; words.textContent = words.dataset.failed; });
      request.send(new FormData(upload));
    }));

  // --- a page in the person's own zone ---------------------------------------------------------------------------
  document.querySelectorAll("input[name=zone][data-own]").forEach((field) => { field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || ""; });
})();
