// A form is sent without leaving its page: what fails is said within a second, and everything typed is still there.
// Without this script, or for a form with a secret, the browser sends it as ever.
(() => {
  "use strict";
  const { accepter, bouton, changes, element, enAttente, garder, livrer, oublier, partir, photo, preparer, toutOublier } = window.binome;
  const PATIENCE = 20_000, PATIENCE_FICHIERS = 180_000, REESSAI = 4_000;
  const GARDE = "Ce que vous avez saisi est toujours là.";
  let avarie = null, veille = 0, tour = 0;
  let enSuspens = false; // a form that the person sent waits for its server: nothing else takes its place

  // --- what goes wrong ----------------------------------------------------------------------------------------
  const seConnecter = () => `/compte/connexion/?next=${encodeURIComponent(location.pathname + location.search)}`;
  function fermer() { avarie?.remove(); avarie = null; clearInterval(veille); }
  function montrer(titre, texte, gestes = []) {
    fermer();
    avarie = element("section", { className: "avarie" }, element("h2", { textContent: titre }), element("p", { textContent: texte }));
    avarie.setAttribute("role", "alert");
    if (gestes.length) avarie.append(element("p", { className: "actions" }, ...gestes));
    document.body.append(avarie);
  }
  const lien = (mot, href, classe) => element("a", { className: classe, href, textContent: mot });
  const MOTS = {
    session: ["Votre session est terminée", `${GARDE} Connectez-vous\u202f: vous reviendrez ici, et nous vous le rendrons.`],
    "autre-compte": ["Un autre compte est ouvert dans ce navigateur", `Rien n’est enregistré sous ce compte. ${GARDE} Il est gardé pour le compte qui l’a écrit, et pour lui seul.`],
    "hors-ligne": ["Internet ne répond plus", `Rien n’est parti. ${GARDE} Nous réessayons dès que la connexion revient.`],
    absent: ["Le serveur ne répond pas", `Vos dernières réponses ne sont peut-être pas enregistrées. ${GARDE} Gardez cette page ouverte, nous réessayons.`],
    perdu: ["Le serveur ne répond pas", `Nous ne savons pas si votre envoi est arrivé. ${GARDE} Gardez cette page ouverte, nous guettons son retour.`],
    lent: ["Pas de réponse du serveur", `Nous ne savons pas si votre envoi est arrivé. ${GARDE} Avant de recommencer, vérifiez dans un autre onglet.`],
    jeton: ["Cette page est restée ouverte trop longtemps", `Rien n’est enregistré. ${GARDE} Rechargez la page\u202f: nous vous le rendrons.`],
  };
  function dire(genre, encore) {
    const [titre, texte] = MOTS[genre];
    const gestes = genre === "session" ? [lien("Me connecter", seConnecter(), "bouton")]
      : genre === "autre-compte" ? [lien("Changer de compte", seConnecter(), "bouton")]
      : genre === "jeton" ? [bouton("Recharger la page", "bouton", () => location.reload())] : [];
    if (encore) gestes.push(bouton("Réessayer", gestes.length ? "bouton second" : "bouton", () => { fermer(); encore(); }));
    montrer(titre, texte, gestes);
  }
  // Asks the server whether it is there, until it is; nothing is sent a second time without a word of the person,
  // but what is kept as one types.
  function veiller(encore, deSoiMeme, parti = false) {
    const sien = ++tour;
    const revenu = async () => {
      if (sien !== tour) return;
      try {
        const reponse = await fetch("/sante/", { cache: "no-store", signal: AbortSignal.timeout(REESSAI) });
        if (!reponse.ok || !avarie || sien !== tour) return;
      } catch { return; }
      fermer();
      if (deSoiMeme) encore();
      else montrer("La connexion est revenue", parti ? `Nous ne savons pas si votre envoi est arrivé\u202f: vérifiez dans un autre onglet, ou envoyez de nouveau. ${GARDE}` : GARDE, [bouton(parti ? "Envoyer de nouveau" : "Envoyer", "bouton", () => { fermer(); encore(); })]);
    };
    clearInterval(veille);
    veille = setInterval(revenu, REESSAI);
    window.addEventListener("online", revenu, { once: true });
  }
  // `parti`: it was on its way when the answer was lost, and nobody knows whether it arrived.
  function horsDAtteinte(faute, encore, deSoiMeme = false, parti = false) {
    if (deSoiMeme && enSuspens) return undefined;
    enSuspens = !deSoiMeme;
    if (faute?.name === "TimeoutError") return dire("lent", encore);
    dire(parti ? "perdu" : navigator.onLine ? "absent" : "hors-ligne", encore);
    return veiller(encore, deSoiMeme, parti);
  }
  const lire = (html) => new DOMParser().parseFromString(html, "text/html");
  function refuse(statut, refus, html, encore) {
    if (refus && MOTS[refus]) return dire(refus, encore);
    const page = lire(html || "");
    // What stands before our server answers for it: nobody knows what became of the sending. Ours says what it refuses.
    if (statut === 502 || statut === 504 || (statut === 503 && !page.querySelector("main h1"))) { dire("perdu", encore); return veiller(encore, false, true); }
    const titre = page.querySelector("main h1")?.textContent.trim() || (statut >= 500 ? "Le serveur n’a pas pu répondre" : "Ce n’est pas passé");
    const texte = page.querySelector("main .chapo, main p")?.textContent.trim() || "";
    return montrer(titre, `${texte} ${GARDE}`.trim(), [bouton("Réessayer", "bouton", () => { fermer(); encore(); })]);
  }

  // --- a page in the place of another: all of it ----------------------------------------------------------------
  async function poser(html) {
    const page = lire(html), fichiers = new Map();
    for (const champ of document.querySelectorAll("input[type=file]")) if (champ.files.length) fichiers.set(champ.id || champ.name, champ.files);
    const ici = new Set([...document.querySelectorAll("link[rel=stylesheet]")].map((un) => un.getAttribute("href")));
    const manquent = [...page.querySelectorAll("head link[rel=stylesheet]")].filter((un) => !ici.has(un.getAttribute("href")));
    await Promise.all(manquent.map((un) => new Promise((fini) => {
      const feuille = element("link", { rel: "stylesheet", href: un.getAttribute("href"), onload: fini, onerror: fini });
      document.head.append(feuille);
    })));
    document.title = page.title;
    // The focus is given below: a browser gives it to a page once.
    for (const un of page.querySelectorAll("[autofocus]")) { un.removeAttribute("autofocus"); un.dataset.attire = ""; }
    document.body.replaceChildren(...page.body.childNodes);
    for (const champ of document.querySelectorAll("input[type=file]")) {
      const siens = fichiers.get(champ.id || champ.name);
      if (siens) { champ.files = siens; document.querySelector("[data-a-rejoindre]")?.remove(); }
    }
    window.htmx?.process(document.body);
    await preparer();
    const fautif = document.querySelector(".resume-des-fautes, main [data-attire], main [role=alert]");
    if (fautif) { fautif.tabIndex = -1; fautif.focus(); fautif.scrollIntoView({ block: "center" }); } else scrollTo(0, 0);
  }

  // --- sending --------------------------------------------------------------------------------------------------
  async function renouveler() {
    const reponse = await fetch(location.href, { headers: { "X-Binome-Envoi": "1" } });
    const page = lire(await reponse.text());
    const jeton = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    const compte = (page.querySelector('meta[name="garde"]')?.content || "").split(":")[0];
    if (compte !== window.binome.compte) return compte ? "autre-compte" : "session";
    if (!jeton) return "jeton";
    for (const champ of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) champ.value = jeton;
    return "";
  }
  async function envoyer(forme, presse, rejoue = false) {
    // What was pressed may have been drawn again since, by what is kept as one types.
    const par = !presse || presse.form === forme ? presse : [...forme.elements].find((un) => un.type === "submit" && un.name === presse.name && un.value === presse.value);
    const encore = () => envoyer(forme, par);
    enSuspens = false;
    const action = new URL(par?.getAttribute("formaction") || forme.getAttribute("action") || location.href, location.href);
    const corps = new FormData(forme, par ?? undefined);
    const lourd = [...corps.values()].some((un) => un instanceof File && un.size);
    const sens = forme.enctype === "multipart/form-data" ? corps : new URLSearchParams([...corps].filter(([, un]) => typeof un === "string"));
    if (!navigator.onLine) { garder(forme); return horsDAtteinte(null, encore); }
    forme.setAttribute("aria-busy", "true");
    const envoyes = photo(forme);
    partir(forme, false);
    garder(forme); // were the tab closed now, whoever gets this back is told that it left
    const attente = setTimeout(() => montrer("Envoi en cours", lourd ? "Votre fichier part. Gardez cette page ouverte." : "Le serveur n’a pas encore répondu."), 900);
    try {
      const reponse = await fetch(action, {
        method: "POST", body: sens, signal: AbortSignal.timeout(lourd ? PATIENCE_FICHIERS : PATIENCE),
        headers: { "X-Binome-Envoi": "1", "X-Binome-Compte": window.binome.compte },
      });
      partir(forme, true);
      const suite = reponse.headers.get("X-Suite");
      const refus = reponse.headers.get("X-Refus");
      const html = suite ? "" : await reponse.text();
      clearTimeout(attente);
      fermer();
      if (suite) {
        if (!/^\/compte\/(connexion|securite\/confirmer)/.test(suite)) livrer(forme, envoyes);
        if ("sortie" in forme.dataset) await sorti(forme);
        aller(suite);
        return undefined;
      }
      if (refus === "jeton" && !rejoue) {
        const manque = await renouveler();
        return manque ? dire(manque, encore) : envoyer(forme, par, true);
      }
      const type = reponse.headers.get("Content-Type") || "";
      if (!refus && type.startsWith("text/html") && (reponse.ok || [400, 409, 422].includes(reponse.status)) && /<form/.test(html)) {
        garder(forme);
        await poser(html);
        return undefined;
      }
      garder(forme);
      return refuse(reponse.status, refus, html, encore);
    } catch (faute) {
      clearTimeout(attente);
      fermer();
      garder(forme);
      return horsDAtteinte(faute, encore, false, true);
    } finally {
      forme.removeAttribute("aria-busy");
    }
  }
  function aller(suite) {
    const vers = new URL(suite, location.href);
    partis = true;
    if (vers.pathname === location.pathname && vers.search === location.search && vers.hash) {
      history.replaceState(null, "", vers);
      location.reload();
    } else location.assign(vers);
  }
  const estSecrete = (forme) => forme.querySelector("input[type=password], input[autocomplete=one-time-code]") !== null;
  const parMorceau = (forme) => forme.hasAttribute("hx-post") && !forme.hasAttribute("hx-trigger");
  document.addEventListener("submit", (evenement) => {
    const forme = evenement.target, par = evenement.submitter;
    if (evenement.defaultPrevented || (forme.target && forme.target !== "_self")) return;
    if (forme.method === "get" || "sansEnvoi" in forme.dataset || estSecrete(forme) || parMorceau(forme)) {
      if (navigator.onLine) return;
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
      horsDAtteinte(null, () => forme.requestSubmit(par));
      return;
    }
    const inachevee = forme.noValidate && inachevees(forme)[0];
    if (inachevee) {
      evenement.preventDefault();
      marquer(forme);
      inachevee.focus();
      return;
    }
    const sort = "sortie" in forme.dataset;
    evenement.preventDefault();
    if (forme.getAttribute("aria-busy") === "true") return; // one press, one sending
    if (sort && navigator.onLine) sortir(forme, par);
    else envoyer(forme, par);
  });
  const envoisGardes = () => window.binome.envois?.enAttente() ?? 0;
  // Signing out: what is kept for the account may stay on this computer, or go. The person says. What was done without
  // network only stays: it leaves when they come back. When nothing waits, nothing is left of what was sent.
  async function sortir(forme, par) {
    const { brouillons } = window.binome, commences = brouillons ? brouillons.parSorte(await brouillons.commences()) : [];
    const restent = enAttente(), envois = envoisGardes();
    if (envois) {
      const texte = envois > 1 ? `${envois} envois attendent sur cet appareil. Ils y restent, pour votre compte seulement, et partiront quand vous vous connecterez ici.` : "Un envoi attend sur cet appareil. Il y reste, pour votre compte seulement, et partira quand vous vous connecterez ici.";
      montrer("Tout n’est pas parti", texte, [
        bouton("Rester", "bouton", fermer),
        bouton("Me déconnecter", "bouton second", () => { fermer(); if (restent || commences.length) demander(forme, par, restent, commences); else envoyer(forme, par); }),
      ]);
    } else if (restent || commences.length) demander(forme, par, restent, commences);
    else envoyer(forme, par);
  }
  function demander(forme, par, restent, commences) {
    const dites = commences.map(({ combien, mot, fini }) => `${combien > 1 ? `${combien} ${mot}s commencées et pas ${fini}s sont gardées` : `Une ${mot} commencée et pas ${fini} est gardée`} sur cet appareil, pour votre compte seulement, soixante jours au plus.`);
    if (restent) dites.push(`${restent > 1 ? `${restent} formulaires commencés sont gardés` : "Un formulaire commencé est gardé"} dans ce navigateur, pour votre compte seulement, sept jours au plus.`);
    montrer("Effacer ce que vous n’avez pas envoyé\u202f?", dites.join(" "), [
      bouton("Garder et me déconnecter", "bouton", () => { fermer(); envoyer(forme, par); }),
      bouton("Effacer et me déconnecter", "bouton second", () => { fermer(); forme.dataset.sortie = "effacer"; envoyer(forme, par); }),
      bouton("Rester", "lien", fermer),
    ]);
  }
  // Once it is done: a press that did not pass erases nothing.
  async function sorti(forme) {
    const tout = forme.dataset.sortie === "effacer", { brouillons, envois, viderLesCopies } = window.binome;
    await viderLesCopies?.();
    if (tout) await toutOublier();
    const rien = await envois?.quitter();
    if (rien || tout) await brouillons?.quitter(tout);
  }

  // --- parts that htmx asks for: what is kept as one types --------------------------------------------------------
  const etat = (forme) => document.getElementById(`etat-${forme.id}`)?.querySelector("[data-garde]");
  function noter(forme, mot) {
    const dit = etat(forme);
    if (dit && dit.textContent !== mot) dit.textContent = mot;
  }
  const INACHEVEE = "Cette date n’est pas complète\u202f: la réponse d’avant reste.";
  // Half a date has no value: it would be sent as an answer taken back.
  const inachevees = (forme) => [...forme.elements].filter((un) => un.validity?.badInput);
  // What is refused as one types is said at its field too, as on a page that comes back.
  const MARQUES = ".erreur[id$='_error'], .erreur[id^='erreur-']";
  function marquer(forme) {
    for (const une of forme.querySelectorAll(MARQUES)) {
      for (const champ of forme.querySelectorAll(`[aria-describedby~="${CSS.escape(une.id)}"]`)) {
        const reste = champ.getAttribute("aria-describedby").split(" ").filter((nom) => nom !== une.id).join(" ");
        if (reste) champ.setAttribute("aria-describedby", reste); else champ.removeAttribute("aria-describedby");
        champ.removeAttribute("aria-invalid");
      }
      une.remove();
    }
    const dites = [...document.querySelectorAll(`#etat-${forme.id} [data-a-corriger] li`)].map((ligne) => [document.getElementById(ligne.querySelector("a").hash.slice(1)), ligne.querySelector("[data-raison]").textContent]);
    for (const [lieu, raison] of [...dites, ...inachevees(forme).map((un) => [un.closest("[id^='q-']") ?? un, INACHEVEE])]) {
      if (!lieu) continue;
      const decrit = lieu.querySelector("fieldset") ?? lieu;
      const marque = element(decrit === lieu ? "span" : "p", { className: "erreur", id: decrit === lieu ? `${lieu.id}_error` : `erreur-${lieu.id.slice(2)}`, textContent: raison });
      if (decrit === lieu) lieu.before(marque); else decrit.querySelector("legend").after(marque);
      decrit.setAttribute("aria-describedby", `${marque.id} ${decrit.getAttribute("aria-describedby") ?? ""}`.trim());
      for (const champ of decrit === lieu ? [lieu] : decrit.querySelectorAll(".champ input")) champ.setAttribute("aria-invalid", "true");
    }
  }
  const NON = "Modifications non enregistrées.";
  const suivie = (forme) => forme instanceof HTMLFormElement && forme.hasAttribute("hx-trigger") && forme.id;
  let partis = false;
  document.addEventListener("input", (evenement) => {
    const forme = evenement.target.form ?? evenement.target;
    if (!suivie(forme)) return;
    forme.noValidate = true; // a field that the browser refuses would hold all the others back
    noter(forme, NON);
  });
  document.addEventListener("htmx:configRequest", (evenement) => {
    evenement.detail.headers["X-Binome-Compte"] = window.binome.compte;
    const forme = evenement.detail.elt;
    if (forme.tagName === "FORM") forme.photo = photo(forme);
    if (!suivie(forme)) return;
    const envoye = evenement.detail.formData, sans = new Set(inachevees(forme).map((un) => un.name));
    if (sans.size) {
      const posees = envoye.getAll("posee").filter((nom) => !sans.has(nom));
      for (const nom of [...sans, "posee"]) envoye.delete(nom);
      for (const nom of posees) envoye.append("posee", nom);
      for (const nom of sans) delete forme.photo[`${nom}#0`];
    }
    noter(forme, "Enregistrement…");
  });
  // Never left at « Enregistrement… »: the browser itself kept it from leaving.
  document.addEventListener("htmx:validation:halted", ({ detail: { elt: forme } }) => { if (suivie(forme)) { noter(forme, NON); forme.reportValidity(); } });
  document.addEventListener("htmx:afterRequest", (evenement) => {
    const forme = evenement.detail.elt;
    if (!evenement.detail.successful) { if (suivie(forme)) noter(forme, NON); return; }
    if (forme.tagName !== "FORM" || !document.contains(forme)) { if (forme.tagName === "FORM") oublier(forme); return; }
    if (!suivie(forme)) return;
    const dit = document.getElementById(`etat-${forme.id}`)?.dataset;
    if (avarie && !enSuspens) fermer();
    if (dit?.conflit) { noter(forme, NON); choisir(forme); signaler(); }
    else {
      const sans = inachevees(forme).map((un) => un.name), fautes = [...(dit?.fautes || "").split(" "), ...sans];
      marquer(forme);
      if (sans.length && !dit?.fautes.trim()) noter(forme, etat(forme)?.textContent.replace(/\.$/, ", sauf ce qui est à corriger."));
      // What was refused is not kept, and the page says so: only what is typed beside it is still to be.
      if (!accepter(forme, forme.photo ?? {}, fautes) && Object.keys(changes(forme).dits).some((nom) => !fautes.includes(nom.split(/[#=]/)[0]))) noter(forme, NON);
    }
  });
  // Of two values, who did not touch the field takes the one in the base; they are asked about the others only.
  function choisir(forme) {
    const { dits } = changes(forme);
    const touches = new Set(Object.keys(dits).map((nom) => nom.split(/[#=]/)[0]));
    for (const ecart of document.querySelectorAll(`#etat-${forme.id} [data-champ]`)) {
      if (touches.has(ecart.dataset.champ)) continue;
      ecart.querySelector("input[value=garde]").checked = true;
      ecart.hidden = true;
    }
  }
  // On a phone the choice is below what one types: the way to it is under the thumb.
  function signaler() {
    const choix = document.querySelector(".ecarts");
    if (!choix || choix.getBoundingClientRect().top < innerHeight) return;
    montrer("Ce dossier a changé entre-temps", GARDE, [bouton("Choisir ce qui reste", "bouton", () => { fermer(); choix.scrollIntoView(); choix.querySelector("input:checked")?.focus(); })]);
  }
  const relancer = (forme) => () => { if (suivie(forme)) forme.dispatchEvent(new Event("change", { bubbles: true })); else forme.requestSubmit?.(); };
  function manquer(evenement, delai) {
    const { elt: forme, xhr } = evenement.detail;
    if (partis || forme.tagName !== "FORM") return;
    const encore = relancer(forme);
    if (delai) dire("lent", encore);
    else if (!xhr?.status) horsDAtteinte(null, encore, suivie(forme));
    else if (xhr.getResponseHeader("X-Refus") === "jeton") renouveler().then((manque) => (manque ? dire(manque, encore) : encore()), () => horsDAtteinte(null, encore, suivie(forme)));
    else refuse(xhr.status, xhr.getResponseHeader("X-Refus"), xhr.responseText, encore);
  }
  document.addEventListener("htmx:responseError", (evenement) => manquer(evenement, false));
  document.addEventListener("htmx:sendError", (evenement) => manquer(evenement, false));
  document.addEventListener("htmx:timeout", (evenement) => manquer(evenement, true));
  document.addEventListener("htmx:afterSettle", () => preparer());

  // --- the other tabs ---------------------------------------------------------------------------------------------
  window.addEventListener("pagehide", () => { partis = true; });
  window.addEventListener("pageshow", () => { partis = false; });
  window.addEventListener("offline", () => { if ([...document.forms].some((une) => une.method === "post" && Object.keys(changes(une).dits).length)) horsDAtteinte(null, fermer, true); });
  if ("BroadcastChannel" in window) {
    const onglets = new BroadcastChannel("binome");
    if (document.querySelector('meta[name="garde"]')) {
      onglets.postMessage(window.binome.compte);
      onglets.onmessage = ({ data }) => { if (data !== window.binome.compte) dire(data ? "autre-compte" : "session"); };
    } else if (location.pathname.startsWith("/compte/connexion")) onglets.postMessage("");
  }
})();
