// What is typed and not sent yet stays in this browser, for its account alone, and is given back: by itself when the
// page has not changed under it, else when the person says so. Until taken or forgotten it outlives every save.
// Signed in: in IndexedDB, covered by a key that only the pages of the account hold. A visitor: with the tab.
// Never a secret, never a hidden field; a file by its name only.
(() => {
  "use strict";
  const JOURS = 7;
  const SECRET = /passe|password|code|credential|csrf|login/i;
  const HORS = new Set(["hidden", "password", "submit", "button", "image", "reset"]);
  const RESERVE = 1 << 18;
  const FUSEAU = "Europe/Paris"; // an hour is said as the server says its own
  const [compte, cle] = (document.querySelector('meta[name="garde"]')?.content || "").split(":");
  const suivis = new WeakMap();

  // --- where it is kept -------------------------------------------------------------------------------------
  let lieu = null; // the open database
  const flots = []; // key stream drawn ahead of time, so that a key stroke is covered and written at once
  const enOctets = (texte) => Uint8Array.from(atob(texte), (un) => un.charCodeAt(0));

  async function tirer(cleAes, nonce, taille) {
    return new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CTR", counter: nonce, length: 64 }, cleAes, new Uint8Array(taille)));
  }
  async function remplir(cleAes) {
    const nonce = new Uint8Array(16);
    crypto.getRandomValues(nonce.subarray(0, 8));
    flots.push({ nonce, octets: await tirer(cleAes, nonce, RESERVE), pris: 0 });
  }
  // Each byte of the stream serves once.
  function couvrir(cleAes, objet) {
    const clair = new TextEncoder().encode(JSON.stringify(objet));
    const flot = flots.find((un) => un.octets.length - un.pris >= clair.length);
    if (!flot) return null;
    const couvert = clair.map((octet, rang) => octet ^ flot.octets[flot.pris + rang]);
    const garde = { nonce: flot.nonce, depuis: flot.pris, couvert };
    flot.pris += clair.length;
    if (flot.octets.length - flot.pris < RESERVE / 2) {
      if (flots.length < 3) remplir(cleAes);
      if (flot.octets.length === flot.pris) flots.splice(flots.indexOf(flot), 1);
    }
    return garde;
  }
  async function decouvrir(cleAes, garde) {
    const flot = await tirer(cleAes, garde.nonce, garde.depuis + garde.couvert.length);
    return JSON.parse(new TextDecoder().decode(garde.couvert.map((octet, rang) => octet ^ flot[garde.depuis + rang])));
  }
  const enfin = (demande) => new Promise((oui, non) => { demande.onsuccess = () => oui(demande.result); demande.onerror = () => non(demande.error); });

  async function ouvrirCompte() {
    const cleAes = await crypto.subtle.importKey("raw", enOctets(cle), "AES-CTR", false, ["encrypt"]);
    const demande = indexedDB.open("binome", 1);
    demande.onupgradeneeded = () => demande.result.createObjectStore("saisies", { keyPath: "cle" });
    lieu = await enfin(demande);
    await remplir(cleAes);
    const nom = (forme) => `${compte}|${forme}`;
    const ecrire = (geste) => {
      const passage = lieu.transaction("saisies", "readwrite");
      geste(passage.objectStore("saisies"));
      passage.commit(); // at once: the tab may close on the next line
    };
    const toutes = async () => enfin(lieu.transaction("saisies").objectStore("saisies").getAll());
    for (const une of await toutes()) if (Date.now() - une.le > JOURS * 86_400_000) ecrire((rayon) => rayon.delete(une.cle));
    return {
      poser(forme, objet) {
        const garde = couvrir(cleAes, objet);
        if (garde) ecrire((rayon) => rayon.put({ cle: nom(forme), le: Date.now(), ...garde }));
        else remplir(cleAes).then(() => flots.length && this.poser(forme, objet));
      },
      oter: (forme) => ecrire((rayon) => rayon.delete(nom(forme))),
      async lire(forme) {
        const une = await enfin(lieu.transaction("saisies").objectStore("saisies").get(nom(forme)));
        if (!une) return null;
        try { return { le: une.le, ...(await decouvrir(cleAes, une)) }; } catch { this.oter(forme); return null; }
      },
      async siennes() { return (await toutes()).filter((une) => une.cle.startsWith(`${compte}|`)).map((une) => une.cle.slice(compte.length + 1)); },
    };
  }
  function ouvrirVisite() {
    const nom = (forme) => `saisie|${forme}`;
    return {
      poser: (forme, objet) => sessionStorage.setItem(nom(forme), JSON.stringify({ le: Date.now(), ...objet })),
      oter: (forme) => sessionStorage.removeItem(nom(forme)),
      lire: async (forme) => JSON.parse(sessionStorage.getItem(nom(forme)) || "null"),
      siennes: async () => [],
    };
  }
  const rayon = (async () => {
    try { return compte ? await ouvrirCompte() : ouvrirVisite(); } catch { return null; } // a browser that keeps nothing
  })();
  let pret = null, enAttente = 0;
  const compter = async () => { enAttente = pret ? (await pret.siennes()).length : 0; };
  rayon.then((ouvert) => { pret = ouvert; return compter(); });
  document.addEventListener("visibilitychange", compter);

  // --- what of a form is kept -------------------------------------------------------------------------------
  const cochable = (champ) => champ.type === "checkbox" || champ.type === "radio";
  function tenu(champ) {
    if (!champ.name || !champ.type || champ.disabled || HORS.has(champ.type)) return false;
    if (champ.autocomplete === "one-time-code" || champ.name.startsWith("choix-")) return false;
    return champ.tagName === "SELECT" || champ.tagName === "TEXTAREA" || cochable(champ) || !SECRET.test(champ.name);
  }
  const champsDe = (forme) => [...forme.elements].filter(tenu);
  function nomDe(champ, rangs) {
    if (cochable(champ)) return `${champ.name}=${champ.value}`;
    rangs[champ.name] = (rangs[champ.name] ?? -1) + 1;
    return `${champ.name}#${rangs[champ.name]}`;
  }
  function nommes(forme) {
    const rangs = {};
    return champsDe(forme).map((champ) => [nomDe(champ, rangs), champ]);
  }
  const valeurDe = (champ) => (cochable(champ) ? champ.checked : champ.tagName === "SELECT" ? [...champ.selectedOptions].map((une) => une.value) : champ.value);
  function deDepart(champ) {
    if (cochable(champ)) return champ.defaultChecked;
    if (champ.tagName !== "SELECT") return champ.defaultValue;
    const choisies = [...champ.options].filter((une) => une.defaultSelected).map((une) => une.value);
    return choisies.length || champ.multiple ? choisies : champ.options.length ? [champ.options[0].value] : [];
  }
  const pareil = (un, autre) => JSON.stringify(un) === JSON.stringify(autre);
  function cleDe(forme) {
    const action = new URL(forme.getAttribute("action") || location.href, location.href).pathname;
    const caches = [...forme.elements].filter((un) => un.type === "hidden" && /^(geste|avis|question|bloc)$/.test(un.name)).map((un) => un.value);
    const noms = forme.id || [...new Set(champsDe(forme).map((un) => un.name))].join(",");
    return [action, noms, ...caches].join("|");
  }
  const estTenue = (forme) => forme.tagName === "FORM" && !forme.dataset.sansGarde && champsDe(forme).length > 0;
  // What differs from the page as the server made it: each with the value that was there.
  function changes(forme) {
    const dits = {}, fichiers = {};
    for (const [nom, champ] of nommes(forme)) {
      if (champ.type === "file") { if (champ.files.length) fichiers[champ.name] = [...champ.files].map((un) => un.name); continue; }
      if (!pareil(valeurDe(champ), deDepart(champ))) dits[nom] = { v: valeurDe(champ), d: deDepart(champ) };
    }
    return { dits, fichiers };
  }
  // A file alone is no typing: nothing of it can be given back.
  const vide = (quoi) => !Object.keys(quoi.dits).length;

  function garder(forme) {
    const suivi = suivis.get(forme);
    if (!pret || !suivi) return;
    const { dits, fichiers } = changes(forme);
    const tout = { dits: { ...suivi.attente?.dits, ...dits }, fichiers: { ...suivi.attente?.fichiers, ...fichiers }, parti: suivi.parti };
    try {
      if (vide(tout)) pret.oter(suivi.cle); else pret.poser(suivi.cle, tout);
      if (compte) compter();
    } catch { /* a full browser: the page still holds what is typed */ }
  }
  function oublier(forme) {
    const suivi = suivis.get(forme);
    if (!suivi) return;
    suivi.attente = null;
    suivi.bandeau?.remove();
    if (pret) { pret.oter(suivi.cle); compter(); }
  }
  // Sent, and nobody knows whether it arrived: whoever gets it back is told.
  function partir(forme, sait) { const suivi = suivis.get(forme); if (suivi) suivi.parti = !sait; }
  const photo = (forme) => Object.fromEntries(nommes(forme).map(([nom, champ]) => [nom, valeurDe(champ)]));
  // The server has it: what was sent is the page's own value from now on, but for the fields it refused. What waits in
  // the box stays there, unless it was sent, or its field was typed over.
  function accepter(forme, envoyes, refuses = []) {
    const attente = suivis.get(forme)?.attente, changees = new Set(), recues = new Set();
    for (const [nom, champ] of nommes(forme)) {
      if (!(nom in envoyes) || refuses.includes(champ.name) || champ.type === "file") continue;
      if (!pareil(envoyes[nom], deDepart(champ))) changees.add(champ.name);
      if (attente?.dits[nom] && pareil(envoyes[nom], attente.dits[nom].v)) recues.add(nom);
      if (cochable(champ)) champ.defaultChecked = envoyes[nom];
      else if (champ.tagName === "SELECT") for (const une of champ.options) une.defaultSelected = envoyes[nom].includes(une.value);
      else {
        const tape = champ.value; // setting the default would move an untouched field
        champ.defaultValue = envoyes[nom];
        if (champ.value !== tape) champ.value = tape;
      }
    }
    for (const nom of Object.keys(attente?.dits ?? {})) if (recues.has(nom) || changees.has(nom.split(/[#=]/)[0])) delete attente.dits[nom];
    garder(forme);
    return vide(changes(forme));
  }
  // The server has the whole form, and the page is left: only what waits in the box is still to be given back.
  function livrer(forme, envoyes) {
    const suivi = suivis.get(forme);
    if (!suivi?.attente || !Object.keys(suivi.attente.dits).length) { oublier(forme); return; }
    accepter(forme, envoyes);
    if (Object.keys(suivi.attente.dits).length) pret?.poser(suivi.cle, { dits: suivi.attente.dits, fichiers: {} }); else oublier(forme);
  }

  // --- giving it back ---------------------------------------------------------------------------------------
  const element = (nom, proprietes, ...dedans) => { const un = Object.assign(document.createElement(nom), proprietes); un.append(...dedans); return un; };
  const bouton = (mot, classe, geste) => { const un = element("button", { type: "button", className: classe, textContent: mot }); un.addEventListener("click", geste); return un; };
  function question(champ) {
    const legende = champ.closest("fieldset")?.querySelector("legend");
    const etiquette = champ.labels?.[0]?.textContent.trim() || champ.name;
    return champ.type === "checkbox" && legende ? `${legende.textContent.trim()} ${etiquette}` : champ.type === "radio" && legende ? legende.textContent.trim() : legende && /^(La date|Le nombre|Le montant)/.test(etiquette) ? legende.textContent.trim() : etiquette;
  }
  function enMots(champ, valeur) {
    if (champ.type === "radio") return champ.labels?.[0]?.textContent.trim() ?? champ.value;
    if (typeof valeur === "boolean") return valeur ? "coché" : "non coché";
    if (Array.isArray(valeur)) return [...champ.options].filter((une) => valeur.includes(une.value)).map((une) => une.textContent.trim()).join(", ") || "rien";
    const jour = champ.type === "date" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(valeur);
    return jour ? `${jour[3]}/${jour[2]}/${jour[1]}` : valeur.length > 160 ? `${valeur.slice(0, 160)}…` : valeur || "rien";
  }
  function rendre(forme, attente, quoi = "v") {
    for (const [nom, champ] of nommes(forme)) {
      if (!(nom in attente.dits)) continue;
      const valeur = attente.dits[nom][quoi];
      if (cochable(champ)) champ.checked = valeur;
      else if (champ.tagName === "SELECT") for (const une of champ.options) une.selected = valeur.includes(une.value);
      else champ.value = valeur;
      for (let pli = champ.closest("details"); pli; pli = pli.parentElement.closest("details")) pli.open = true;
    }
  }
  const signaler = (forme) => { for (const nom of ["input", "change"]) forme.dispatchEvent(new Event(nom, { bubbles: true })); };
  const suivie = (forme) => forme.hasAttribute("hx-trigger");
  // The server writes blanks and forms of letters its own way: what it kept is still what was sent.
  const plie = (valeur) => (typeof valeur === "string" ? valeur.normalize("NFC").replace(/[\s\u00ad\u200b-\u200f]+/g, "") : valeur);
  // The page says what it said when this was typed. A choice that a press would send is never made for the person.
  function intacte(forme, attente) {
    const ici = new Map(nommes(forme));
    return Object.entries(attente.dits).every(([nom, dit]) => {
      const champ = ici.get(nom);
      return champ && (suivie(forme) || !cochable(champ)) && pareil(plie(dit.d), plie(deDepart(champ))) && pareil(valeurDe(champ), deDepart(champ));
    });
  }
  // Whether no other tab holds this form: there, somebody may still be typing.
  function seul(cle) {
    if (!compte || !navigator.locks) return true;
    return new Promise((dit) => {
      navigator.locks.request(`${compte}|${cle}`, () => { dit(true); return new Promise(() => {}); }); // held until the tab goes
      setTimeout(dit, 300, false);
    });
  }
  // Above what stands beside the form, and above what is folded: a box never takes a column.
  function poserDevant(forme, bandeau) {
    let devant = forme;
    for (let pli = forme.closest("details:not([open])"); pli; pli = pli.parentElement.closest("details:not([open])")) devant = pli;
    while (/grid|flex/.test(getComputedStyle(devant.parentElement).display)) devant = devant.parentElement;
    devant.before(bandeau);
  }
  function proposer(forme, attente, libre) {
    const suivi = suivis.get(forme);
    const lignes = [];
    for (const [nom, champ] of nommes(forme)) {
      const dit = attente.dits[nom];
      if (!dit || pareil(dit.v, valeurDe(champ))) continue;
      if (champ.type === "radio" && !dit.v) continue;
      const ligne = element("div", {}, element("dt", { textContent: question(champ) }), element("dd", { textContent: enMots(champ, dit.v) }));
      if (!pareil(dit.d, deDepart(champ))) ligne.append(element("dd", { className: "erreur", textContent: `Enregistré depuis : ${enMots(champ, deDepart(champ))}` }));
      lignes.push(ligne);
    }
    // A file that the page still holds, or that has no field any more, is not to be chosen again.
    const choisis = new Set([...forme.elements].filter((un) => un.type === "file" && !un.files.length).map((un) => un.name));
    const fichiers = Object.entries(attente.fichiers || {}).filter(([nom]) => choisis.has(nom)).flatMap(([, noms]) => noms);
    if (!lignes.length) { suivi.attente = null; pret?.oter(suivi.cle); compter(); return; }
    suivi.parti = attente.parti;
    const rendue = libre && intacte(forme, attente);
    const quand = new Date(attente.le).toLocaleString("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: FUSEAU }).replace(/0?(\d+):(\d\d)$/, (_, heures, minutes) => (minutes === "00" ? `${heures} h` : `${heures} h ${minutes}`));
    const titre = rendue ? "Votre saisie est revenue" : "Votre saisie vous attend";
    const ou = rendue ? `Ce que vous aviez tapé le ${quand} est de nouveau dans le formulaire.` : `Le ${quand}, vous aviez rempli ce formulaire : ce navigateur l’a gardé.`;
    const su = attente.parti ? "Nous ne savons pas si c’est arrivé : vérifiez avant de l’envoyer." : rendue && suivie(forme) ? "" : "Ce n’est pas enregistré.";
    const bandeau = element("section", { className: "reprise" }, element("h2", { textContent: titre }), element("p", { textContent: `${ou} ${su}`.trim() }));
    bandeau.setAttribute("aria-label", titre);
    bandeau.append(element("details", { className: "detail" }, element("summary", { textContent: lignes.length > 1 ? `Voir les ${lignes.length} réponses` : "Voir la réponse" }), element("dl", { className: "dites" }, ...lignes)));
    if (fichiers.length) bandeau.append(element("p", { textContent: `À joindre de nouveau : ${fichiers.join(", ")}. Un navigateur ne garde pas les fichiers.` }));
    const fermer = () => { bandeau.remove(); suivi.attente = null; suivi.bandeau = null; };
    const gestes = element("p", { className: "actions" });
    if (rendue) gestes.append(bouton("Fermer", "bouton second", fermer), bouton("Remettre comme avant", "bouton second", () => { rendre(forme, attente, "d"); fermer(); garder(forme); signaler(forme); }));
    else {
      gestes.append(bouton("Reprendre", "bouton", () => {
        rendre(forme, attente);
        fermer();
        garder(forme);
        nommes(forme).find(([nom]) => nom in attente.dits)?.[1]?.focus();
        signaler(forme);
      }));
      gestes.append(bouton("Oublier", "bouton second", () => { fermer(); garder(forme); }));
    }
    bandeau.append(gestes);
    suivi.bandeau = bandeau;
    poserDevant(forme, bandeau);
    if (!rendue) { suivi.attente = attente; return; }
    rendre(forme, attente);
    garder(forme);
    signaler(forme);
  }
  async function preparer(ou = document) {
    const ouvert = await rayon;
    if (!ouvert) return;
    for (const forme of ou.querySelectorAll("form")) {
      if (suivis.has(forme) || !estTenue(forme)) continue;
      const cle = cleDe(forme);
      suivis.set(forme, { cle, attente: null, bandeau: null });
      const attente = await ouvert.lire(cle), libre = seul(cle);
      if (attente) proposer(forme, attente, await libre);
      if (!vide(changes(forme))) garder(forme); // typed before this script was there
    }
    document.documentElement.dataset.garde = "prete";
  }

  const surSaisie = (evenement) => { const forme = evenement.target.form ?? evenement.target; if (suivis.has(forme)) garder(forme); };
  document.addEventListener("input", surSaisie);
  document.addEventListener("change", surSaisie);
  document.addEventListener("submit", (evenement) => { if (evenement.target.method === "get") oublier(evenement.target); }); // the address holds it
  window.addEventListener("pageshow", () => preparer());

  window.binome = {
    compte: compte || "", accepter, bouton, changes, element, garder, livrer, oublier, partir, photo, preparer,
    enAttente: () => enAttente,
    async toutOublier() { const ouvert = await rayon; for (const une of await ouvert.siennes()) ouvert.oter(une); },
  };
})();
