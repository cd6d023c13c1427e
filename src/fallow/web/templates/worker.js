// Shows one page when the computer does not answer. It keeps that page and two files, and nothing else, ever.
// Before this stand four constants, written by web/pages/installed.py: kept, page, version, patience.

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(version);
  await cache.addAll(kept.map((path) => new Request(path, { cache: "reload" })));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== version) await caches.delete(name);
  await clients.claim();
})()));

// A page that takes long is waited for as long as the computer answers at all: a small file tells whether it does.
const asked = async (request) => {
  const answer = fetch(request), soon = new Promise((done) => setTimeout(done, patience));
  answer.catch(() => {});
  return (await Promise.race([answer, soon])) ||
    fetch(kept[1], { cache: "no-store", signal: AbortSignal.timeout(patience) }).then(() => answer);
};

// A form that is sent is left to the browser: it keeps the words for another try. Frames and everything else as well.
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && request.destination === "document") {
    event.respondWith(asked(request).catch(async () => (await caches.match(page)) || Response.error()));
  } else if (kept.includes(new URL(request.url).pathname)) {
    event.respondWith(asked(request).catch(async () => (await caches.match(request)) || Response.error()));
  }
});
