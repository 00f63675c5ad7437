// The service worker of the members' pages: the network first, and what was kept when it does not answer.
// A page is kept when its answer says for which account; the copies of one account at a time are on a device.
"use strict";
const RAYON = `binome-coquille-${BINOME.version}`, RAYONS = "binome-coquille-", PAGES = "binome-pages-";
const ANCIENS = 3; // a copy may be older than the shell: it needs the files of its own time
const PATIENCE = 8_000, COPIES = 40, VIE = 14 * 86_400_000;
const ABSENT = new Set([502, 503, 504]);

self.addEventListener("install", (evenement) => evenement.waitUntil((async () => {
  const rayon = await caches.open(RAYON);
  await rayon.addAll(BINOME.coquille.map((adresse) => new Request(adresse, { cache: "reload" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (evenement) => evenement.waitUntil((async () => {
  const anciens = (await caches.keys()).filter((nom) => nom.startsWith(RAYONS) && nom !== RAYON);
  for (const nom of anciens.slice(0, Math.max(0, anciens.length - ANCIENS + 1))) await caches.delete(nom);
  await self.clients.claim();
})()));

const sesCopies = async () => (await caches.keys()).filter((nom) => nom.startsWith(PAGES));

// Only what says so, as it was asked for: a door that one was sent to is nobody's page.
async function garder(adresse, reponse) {
  const compte = reponse.headers.get("X-Hors-Ligne");
  if (!reponse.ok || reponse.redirected || !/^[0-9a-f]{16}$/.test(compte || "")) return;
  for (const nom of await sesCopies()) if (nom !== PAGES + compte) await caches.delete(nom);
  const entetes = new Headers(reponse.headers);
  for (const nom of ["Content-Encoding", "Content-Length", "Set-Cookie", "Vary"]) entetes.delete(nom);
  const faite = Date.parse(entetes.get("Date")) || Date.now();
  entetes.set("X-Copie-De", new Date(faite).toISOString());
  const rayon = await caches.open(PAGES + compte);
  await rayon.delete(adresse);
  // The key that covers what is typed in forms stays with the session: no copy holds it.
  const html = (await reponse.text()).replace(/(<meta name="garde" content="[^":]*):[^"]*"/, '$1"');
  await rayon.put(adresse, new Response(html, { headers: entetes }));
  const gardees = await rayon.keys();
  for (const vieille of gardees.slice(0, Math.max(0, gardees.length - COPIES))) await rayon.delete(vieille);
}

async function copieDe(adresse) {
  for (const nom of await sesCopies()) {
    const rayon = await caches.open(nom), copie = await rayon.match(adresse);
    if (!copie) continue;
    const faite = copie.headers.get("X-Copie-De");
    if (Date.now() - Date.parse(faite) > VIE) { await rayon.delete(adresse); continue; }
    const html = (await copie.text()).replace("<html ", `<html data-copie="${faite}" `);
    return new Response(html, { headers: copie.headers });
  }
  return null;
}

const nue = (adresse) => { const une = new URL(adresse); une.hash = ""; return une.href; };
async function page(evenement) {
  const adresse = nue(evenement.request.url);
  const venue = fetch(evenement.request);
  const lente = new Promise((dit) => { setTimeout(dit, PATIENCE, null); });
  try {
    let reponse = await Promise.race([venue, lente]);
    if (!reponse || ABSENT.has(reponse.status)) {
      const copie = await copieDe(adresse);
      if (copie) { venue.catch(() => {}); return copie; }
      reponse ??= await venue;
    }
    if (reponse.headers.has("X-Hors-Ligne")) evenement.waitUntil(garder(adresse, reponse.clone()));
    return reponse;
  } catch {
    return (await copieDe(adresse)) ?? (await (await caches.open(RAYON)).match("/hors-ligne/")) ?? Response.error();
  }
}

async function statique(demande) {
  const ici = await (await caches.open(RAYON)).match(demande, { ignoreVary: true });
  if (ici) return ici;
  try { return await fetch(demande); } catch { return (await caches.match(demande, { ignoreVary: true })) ?? Response.error(); }
}

self.addEventListener("fetch", (evenement) => {
  const { request } = evenement, adresse = new URL(request.url);
  if (request.method !== "GET" || adresse.origin !== self.location.origin) return;
  if (adresse.pathname.startsWith(BINOME.statiques)) evenement.respondWith(statique(request));
  else if (request.mode === "navigate") evenement.respondWith(page(evenement));
});

// A page names others that will be opened where there is no network: today's slots, this week's cards.
self.addEventListener("message", (evenement) => {
  if (evenement.data?.genre !== "garder") return;
  evenement.waitUntil((async () => {
    for (const adresse of evenement.data.adresses.slice(0, COPIES)) {
      try { await garder(nue(adresse), await fetch(adresse, { credentials: "same-origin" })); } catch { /* next time */ }
    }
    evenement.source?.postMessage({ genre: "gardees" });
  })());
});

// A knock without a word: what waits is read once signed in, on the page.
self.addEventListener("push", (evenement) => evenement.waitUntil(
  self.registration.showNotification("Binôme", { body: "Quelque chose vous attend.", tag: "binome", lang: "fr" }),
));
self.addEventListener("notificationclick", (evenement) => {
  evenement.notification.close();
  evenement.waitUntil(self.clients.openWindow("/espace/"));
});
