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

  // --- a draft is kept while it is typed: every change at once, one request at a time, and the rest on the way out ----
  document.querySelectorAll("textarea[data-keep]").forEach((area) => {
    const status = document.querySelector("[data-kept]"), writing = area.form;
    const page = String(Math.random()).slice(2); // with `nth`, so that an early request that comes late is passed over
    let nth = 0, kept = area.defaultValue, busy = false, gone = false, calm = 0;
    const next = (text) => form({ text, quietly: "1", page, nth: String(++nth) });
    const keep = async () => {
      const text = area.value;
      if (busy || gone || text === kept) return;
      busy = true;
      let answered = false;
      try {
        const body = next(text); // what may outlive its page is limited to 64 KiB as it is sent, nine bytes for one 字
        answered = (await fetch(area.dataset.keep, { method: "POST", body, keepalive: String(body).length < 60000 })).ok;
      } catch { /* said below */ }
      busy = false;
      if (!answered) { status.textContent = status.dataset.unkept; return; }
      kept = text;
      dispatchEvent(new Event("fallow:answered"));
      clearTimeout(calm);
      calm = setTimeout(tell, 500);
      keep();
    };
    // "Kept" is said in a pause, of every word there is; while somebody types it would be a lie or a flicker.
    const tell = () => { status.textContent = area.value === kept ? status.dataset.kept : status.textContent; };
    const typed = () => {
      if (status.textContent === status.dataset.kept) status.textContent = "";
      clearTimeout(calm);
      calm = setTimeout(tell, 500);
      keep();
    };
    const keepTheRest = () => {
      if (!gone && area.value !== kept && !document.documentElement.hidden && navigator.sendBeacon(area.dataset.keep, next(area.value))) kept = area.value;
    };
    area.addEventListener("input", typed);
    if (area.value !== kept) typed(); // before this was read somebody may have begun
    // A reload asks for the page before it hides this one, so the rest has to go out before that.
    for (const leaving of ["beforeunload", "pagehide"]) addEventListener(leaving, keepTheRest);
    // On its way it can still be overtaken by that asking, so a page that was reloaded looks once more.
    if (performance.getEntriesByType("navigation").some((entry) => entry.type === "reload")) setTimeout(() => {
      const again = new XMLHttpRequest();
      again.open("GET", location.href);
      again.responseType = "document";
      again.addEventListener("load", () => {
        const later = again.response && again.response.querySelector("textarea[data-keep]");
        if (later && !busy && area.value === kept) area.value = kept = later.value;
      });
      again.send();
    }, 300);
    writing.addEventListener("submit", () => { gone = true; writing.elements.page.value = page; writing.elements.nth.value = String(++nth); });
  });

  // --- minutes left, in words, no seconds ------------------------------------------------------------------------
  document.querySelectorAll("[data-minutes]").forEach((place) => {
    const ends = Date.now() + Number(place.dataset.seconds) * 1000;
    let minutesLeft = Math.ceil(Number(place.dataset.seconds) / 60);
    const say = () => {
      const minutes = Math.ceil((ends - Date.now()) / 60000);
      if (minutes <= 0) { place.textContent = place.dataset.over; clearInterval(ticking); return; }
      if (minutes < minutesLeft) place.textContent = (minutes === 1 ? place.dataset.one : place.dataset.minutes).replace("#", minutes);
      minutesLeft = minutes;
      fetch("/here", { method: "POST", body: form({}) }).then(() => dispatchEvent(new Event("fallow:answered")), () => {});
    };
    const ticking = setInterval(say, 20000); // more often than the shortest time after which it locks itself
  });

  // --- how far a file has been read, and about how long it will still take: asked of the server once a second -------
  const watchReading = (reads) => {
    const bar = reads.querySelector("progress"), rows = reads.querySelector("[data-rows]"), left = reads.querySelector("[data-left]");
    let over = false;
    const look = () => {
      if (over) return;
      const asked = new XMLHttpRequest();
      asked.open("GET", reads.dataset.watch);
      asked.responseType = "document";
      asked.addEventListener("load", () => {
        const told = !over && asked.response && asked.response.querySelector("progress");
        if (!told) return;
        dispatchEvent(new Event("fallow:answered"));
        if (told.value) { bar.max = 1; bar.value = told.value; }
        // What is read aloud changes only when the sentence does.
        for (const [place, name] of [[rows, "rows"], [left, "left"]]) {
          const words = asked.response.querySelector(`[data-${name}]`).textContent;
          if (place.textContent !== words) place.textContent = words;
        }
      });
      asked.addEventListener("loadend", () => setTimeout(look, 1000));
      asked.send();
    };
    setTimeout(look, 500);
    return () => { over = true; rows.textContent = left.textContent = ""; };
  };
  // A form that has a file read which is there already: sent as it is, and watched meanwhile.
  document.querySelectorAll("form[data-reads]").forEach((reads) => reads.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name) return;
    const bar = reads.querySelector("progress"), words = reads.querySelector("[data-progress]");
    bar.hidden = false;
    words.textContent = words.dataset.reading;
    watchReading(reads);
  }));

  // --- upload with progress --------------------------------------------------------------------------------------
  const watchUpload = (upload) =>
    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      const bar = upload.querySelector("progress"), words = upload.querySelector("[data-progress]");
      const request = new XMLHttpRequest();
      const stop = upload.querySelector("[data-stop]");
      const unwatch = watchReading(upload);
      const ended = (said) => { unwatch(); bar.hidden = stop.hidden = true; words.textContent = said; };
      const failed = () => ended(words.dataset.failed);
      stop.onclick = () => { request.abort(); ended(words.dataset.stopped); stop.form.querySelector(".main").focus(); };
      request.open("POST", upload.action);
      request.responseType = "document";
      request.setRequestHeader("X-Token", token);
      request.upload.addEventListener("progress", (e) => {
        bar.max = e.total; bar.value = e.loaded;
        words.textContent = e.loaded < e.total ? words.dataset.sending.replace("#", Math.floor(100 * e.loaded / e.total)) : words.dataset.reading;
      });
      request.upload.addEventListener("load", () => { bar.removeAttribute("value"); words.textContent = words.dataset.reading; });
      request.addEventListener("load", () => {
        if (request.status < 400) { location.assign(request.responseURL); return; }
        if (request.status === 403) { location.assign("/"); return; }
        // Refused: the answer is this page with two sentences more; asking for it anew would lose them, and the file.
        const answer = request.response && request.response.querySelector("form[data-upload]");
        if (!answer) { failed(); return; }
        const file = upload.elements.file.files;
        document.getElementById("main").replaceWith(document.adoptNode(request.response.getElementById("main")));
        if (answer.elements.date_order) answer.elements.file.files = file;
        watchUpload(answer);
        scrollTo(0, 0);
      });
      request.addEventListener("error", failed);
      bar.hidden = stop.hidden = false;
      request.send(new FormData(upload));
    });
  document.querySelectorAll("form[data-upload]").forEach(watchUpload);

  // --- a reminder, where one was chosen: once a day, silent, while any page is open -------------------------------
  const title = document.title;
  const remind = async () => {
    const note = { body: page.reminds, silent: true, tag: "reminder", lang: document.documentElement.lang };
    try { new Notification(title, note); } catch { // a phone wants it from the worker that keeps the page
      const worker = await navigator.serviceWorker?.getRegistration();
      if (worker) worker.showNotification(title, note);
    }
  };
  const waitForTime = () => {
    const now = new Date(), due = new Date(now);
    due.setHours(...page.remind.split(":"), 0, 0);
    if (due <= now) due.setDate(due.getDate() + 1);
    setTimeout(() => {
      // A computer that slept wakes its clocks late, and a late reminder is none.
      if (Date.now() - due < 300000 && Notification.permission === "granted") remind();
      waitForTime();
    }, due - now);
  };
  if (page.remind && "Notification" in window) waitForTime();
  const told = document.querySelectorAll("[data-may]");
  const tell = () => told.forEach((each) => { each.hidden = each.dataset.may !== ("Notification" in window ? Notification.permission : "denied"); });
  document.querySelectorAll("button[data-allow]").forEach((button) => button.addEventListener("click", () => Notification.requestPermission().then(tell)));
  tell();

  // --- on a phone: one page that opens without a connection ------------------------------------------------------
  if (page.worker && "serviceWorker" in navigator) {
    const script = () => page.worker, policy = { createScriptURL: script };
    const address = "trustedTypes" in window ? trustedTypes.createPolicy("worker", policy).createScriptURL("") : script();
    navigator.serviceWorker.register(address, { scope: "/" }).catch(() => {}); // without it everything else works
  }
  // On that page: the lines of the country that the phone's language names, opened; nothing is kept of it.
  const country = (navigator.language.split("-")[1] || "").toUpperCase();
  document.querySelectorAll("details[data-country]").forEach((lines) => { lines.open = lines.dataset.country === country; });

  // --- a page in the person's own zone ---------------------------------------------------------------------------
  document.querySelectorAll("input[name=zone][data-own]").forEach((field) => { field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || field.value; });
})();
