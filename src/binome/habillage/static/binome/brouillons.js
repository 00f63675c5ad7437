// What is begun on a page that works without network, and not sent yet: kept on the device for its account, and given back
// whatever becomes of the page. In clear, as the outbox is: a copy of a page holds no key. `garde.js` keeps other forms.
// What names a sending (`envoi`, `fait`) remembers what left; the rest was begun, and waits for its person.
(() => {
  "use strict";
  const NOM = "binome-brouillons", RAYON = "brouillons", MEMOIRE = 60 * 86_400_000;
  const compte = document.querySelector('meta[name="envois"]')?.content || "";
  let base = null; // the open database: what is typed is written at once, for the tab may close on the next line
  let ouverture = null;
  const ouvrir = () => (ouverture ??= new Promise((oui, non) => {
    const rater = (faute) => { ouverture = base = null; non(faute); };
    if (!("indexedDB" in window)) { rater(new Error("absente")); return; }
    let demande = null;
    try { demande = indexedDB.open(NOM, 1); } catch (faute) { rater(faute); return; }
    demande.onupgradeneeded = () => demande.result.createObjectStore(RAYON, { keyPath: "cle" });
    demande.onsuccess = () => {
      base = demande.result;
      base.onclose = () => { ouverture = base = null; };
      base.onversionchange = () => { base?.close(); ouverture = base = null; };
      oui(base);
    };
    demande.onerror = () => rater(demande.error);
  }));
  const finir = (passage, demande) => new Promise((oui, non) => {
    passage.oncomplete = () => oui(demande?.result);
    passage.onabort = passage.onerror = () => non(passage.error);
  });
  function ecrireIci(geste) {
    const passage = base.transaction(RAYON, "readwrite");
    const demande = geste(passage.objectStore(RAYON));
    passage.commit?.();
    return finir(passage, demande);
  }
  async function ecrire(geste) {
    try {
      if (base) return await ecrireIci(geste);
    } catch (faute) {
      if (faute?.name !== "InvalidStateError") throw faute; // a telephone that slept closes what was open
      ouverture = base = null;
    }
    await ouvrir();
    return ecrireIci(geste);
  }
  const cleDe = (nom, champ) => `${compte}|${nom}|${champ}`;
  const plage = (nom) => IDBKeyRange.bound(cleDe(nom, ""), cleDe(nom, "\uffff"));

  const suivis = new Set(), aCompter = new Set();
  let bientot = 0; // a key stroke is written at once, and counted once the hand rests
  function compter() {
    clearTimeout(bientot);
    bientot = setTimeout(() => { for (const geste of aCompter) geste(); }, 400);
  }
  const canal = "BroadcastChannel" in window ? new BroadcastChannel(NOM) : null;
  if (canal) canal.onmessage = ({ data }) => { for (const suivi of suivis) suivi(data); compter(); };

  // The page holds what a full device refuses: `plein` says that it is kept nowhere else.
  const ici = new Map(), etat = { plein: false };
  async function poser(nom, champ, objet) {
    const cle = cleDe(nom, champ);
    ici.set(cle, objet);
    try {
      await ecrire((rayon) => rayon.put({ cle, le: Date.now(), objet }));
      if (ici.get(cle) === objet) ici.delete(cle);
      etat.plein = false;
      canal?.postMessage(nom);
    } catch { etat.plein = true; }
    compter();
  }
  // Taken off when it is still the one of this name: another tab may have typed over it.
  async function oter(nom, champ, uid) {
    const cle = cleDe(nom, champ);
    if (ici.get(cle)?.uid === uid) ici.delete(cle);
    try {
      await ouvrir();
      const passage = base.transaction(RAYON, "readwrite"), rayon = passage.objectStore(RAYON), lue = rayon.get(cle);
      lue.onsuccess = () => { if (lue.result?.objet.uid === uid) rayon.delete(cle); };
      await finir(passage);
      canal?.postMessage(nom);
    } catch { /* what is not written is not taken off */ }
    compter();
  }
  // All that is kept under a name, by field.
  async function lire(nom) {
    const dits = {}, debut = cleDe(nom, "");
    try {
      await ouvrir();
      const passage = base.transaction(RAYON, "readonly");
      for (const un of await finir(passage, passage.objectStore(RAYON).getAll(plage(nom)))) dits[un.cle.slice(debut.length)] = un.objet;
    } catch { /* said where one types */ }
    for (const [cle, objet] of ici) if (cle.startsWith(debut)) dits[cle.slice(debut.length)] = objet;
    return dits;
  }
  const parti = (objet) => Boolean(objet.envoi || objet.fait), SIENS = () => IDBKeyRange.bound(`${compte}|`, `${compte}|\uffff`);
  // What the account began here and did not send, line by line, the oldest first.
  async function commences() {
    if (!compte) return [];
    const lignes = new Map();
    try {
      await ouvrir();
      const passage = base.transaction(RAYON, "readonly");
      for (const un of await finir(passage, passage.objectStore(RAYON).getAll(SIENS()))) lignes.set(un.cle, un);
    } catch { /* said where one types */ }
    for (const [cle, objet] of ici) lignes.set(cle, { cle, le: Date.now(), objet });
    const dits = [...lignes.values()].map(({ cle, le, objet }) => { const [, nom, champ] = cle.split("|"); return { nom, champ, le, objet }; });
    return dits.filter((un) => !parti(un.objet)).sort((un, autre) => un.le - autre.le);
  }
  // By kind, as a person counts them: a card is signed, a grid is saved.
  const SORTES = { livret: ["carte", "signée"], grille: ["grille", "enregistrée"] };
  function parSorte(lignes) {
    const noms = [...new Set(lignes.map((un) => un.nom))];
    return Object.entries(SORTES).map(([sorte, [mot, fini]]) => ({ mot, fini, combien: noms.filter((nom) => nom.startsWith(`${sorte}:`)).length })).filter((une) => une.combien);
  }
  // Of a file, what this device does not hold: what was typed here since stays.
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, NOMME = /^[\w:/-]{1,120}$/;
  const saisi = (objet) => Array.isArray(objet.lignes) || (typeof objet.valeur === "string" && typeof objet.phrase === "string");
  const valable = ({ nom, champ, objet } = {}) => NOMME.test(nom) && NOMME.test(champ) && UUID.test(objet?.uid) && !parti(objet) && saisi(objet) && JSON.stringify(objet).length <= 50_000;
  async function absents(lus) {
    const tenus = new Set((await commences()).map((un) => cleDe(un.nom, un.champ)));
    return (Array.isArray(lus) ? lus : []).filter((un) => valable(un) && !tenus.has(cleDe(un.nom, un.champ)));
  }
  async function reprendre(lus) {
    for (const { nom, champ, objet } of lus) {
      await poser(nom, champ, objet);
      for (const suivi of suivis) suivi(nom);
    }
  }
  // Signing out: what left goes; what was begun too, when the person says so.
  async function quitter(tout) {
    try {
      await ouvrir();
      const passage = base.transaction(RAYON, "readwrite"), rayon = passage.objectStore(RAYON), lues = rayon.getAll(SIENS());
      lues.onsuccess = () => { for (const un of lues.result) if (tout || parti(un.objet)) rayon.delete(un.cle); };
      await finir(passage);
      if (tout) ici.clear();
    } catch { /* a browser that keeps nothing */ }
  }
  (async () => {
    await ouvrir();
    const passage = base.transaction(RAYON, "readwrite"), rayon = passage.objectStore(RAYON), lus = rayon.getAll();
    lus.onsuccess = () => { for (const un of lus.result) if (Date.now() - un.le > MEMOIRE) rayon.delete(un.cle); };
    await finir(passage);
  })().catch(() => {});
  window.binome.brouillons = { absents, commences, etat, lire, oter, parSorte, poser, quitter, reprendre, compter: (geste) => aCompter.add(geste), suivre: (geste) => suivis.add(geste) };
})();
