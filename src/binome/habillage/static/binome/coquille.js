// What a page does for its own copy: it asks the worker to keep it, says that it is one, and empties what is another's.
(() => {
  "use strict";
  const PAGES = "binome-pages-", FUSEAU = "Europe/Paris", SORTIE = "/compte/deconnexion/";
  const dit = document.querySelector('meta[name="envois"]');
  const compte = dit?.content || "";
  const racine = document.documentElement;
  if (!("caches" in window)) return;

  async function vider(sauf) {
    for (const nom of await caches.keys()) if (nom.startsWith(PAGES) && nom !== sauf) await caches.delete(nom);
  }
  // Whoever is here reads no copy of anyone else's; signing out leaves none, once it is done: the page that somebody
  // needs without network is still there when they pressed by mistake.
  if (compte) vider(PAGES + compte);
  window.binome.viderLesCopies = () => vider("");
  document.addEventListener("submit", (evenement) => {
    const action = new URL(evenement.target.getAttribute("action") || location.href, location.href).pathname;
    if (action !== SORTIE || evenement.defaultPrevented) return;
    if (compte) caches.delete(PAGES + compte); // asked at once: the page goes
    vider("");
  });

  const { element } = window.binome;
  function heure(quand) {
    const options = { hour: "numeric", minute: "2-digit", timeZone: FUSEAU };
    const mot = new Intl.DateTimeFormat("fr-FR", options).format(quand).replace(/^0?(\d+):/, "$1\u00a0h\u00a0");
    const jour = (un) => new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", timeZone: FUSEAU }).format(un);
    return jour(quand) === jour(new Date()) ? `de ${mot}` : `du ${jour(quand)} à ${mot}`;
  }
  if (racine.dataset.copie) {
    const bandeau = element("p", { className: "encart copie", textContent: `Copie ${heure(new Date(racine.dataset.copie))}, sans réseau. Ce qui a changé depuis n’y est pas.` });
    bandeau.setAttribute("role", "status");
    document.getElementById("contenu").prepend(bandeau);
    window.addEventListener("online", () => bandeau.replaceChildren("Le réseau est revenu. ",
      window.binome.bouton("Recharger la page", "bouton second", () => location.reload())));
  }

  // The page that takes the place of one that was not kept names those that were.
  const liste = document.querySelector("[data-gardees]");
  if (liste) (async () => {
    for (const nom of (await caches.keys()).filter((un) => un.startsWith(PAGES))) {
      const rayon = await caches.open(nom);
      for (const demande of await rayon.keys()) {
        const page = new DOMParser().parseFromString(await (await rayon.match(demande)).text(), "text/html");
        const dits = ["main h1", "main .chapo"].map((un) => page.querySelector(un)?.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
        liste.append(element("li", {}, element("a", { href: demande.url, textContent: dits.join(", ") || page.title })));
      }
    }
    liste.parentElement.hidden = !liste.children.length;
  })();

  const voulues = [...document.querySelectorAll("a[data-hors-ligne]")].map((un) => un.href);
  const gardee = dit?.dataset.gardee === "oui";
  if (!compte || !(gardee || voulues.length) || !navigator.serviceWorker) return;
  (async () => {
    const tenue = navigator.serviceWorker.controller !== null;
    await navigator.serviceWorker.register("/hors-ligne.js", { scope: "/espace/" });
    const { active } = await navigator.serviceWorker.ready;
    const adresses = [...(gardee && !tenue ? [location.href] : []), ...voulues];
    navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data?.genre === "gardees") racine.dataset.coquille = "prete"; });
    navigator.serviceWorker.startMessages();
    if (adresses.length) active.postMessage({ genre: "garder", adresses });
    else racine.dataset.coquille = "prete";
  })().catch(() => { racine.dataset.coquille = "refusee"; });
})();
