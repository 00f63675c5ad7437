// The outbox: what is done without network is written on the device, named there once, and sent until the server has it.
// An answer that was lost is asked for again under the same name: the server counts it once. Nothing leaves under another
// account, and nothing is erased but what the server has, or what the person says.
(() => {
  "use strict";
  const NOM = "binome-envois", JETON = "/espace/envois/jeton/", VERROU = "binome-envois";
  const PATIENCE = 30_000, PREMIER = 5_000, LE_PLUS_LONG = 300_000, LOT = 20, OCTETS = 600_000, MEMOIRE = 30 * 86_400_000, ESSAIS = 3;
  const compte = document.querySelector('meta[name="envois"]')?.content || "";

  // --- what is kept -------------------------------------------------------------------------------------------
  let base = null;
  const ouvrir = () => (base ??= new Promise((oui, non) => {
    const rater = (faute) => { base = null; non(faute); };
    if (!("indexedDB" in window)) { rater(new Error("absente")); return; }
    const demande = indexedDB.open(NOM, 1);
    demande.onupgradeneeded = () => {
      for (const nom of ["envois", "partis"]) demande.result.createObjectStore(nom, { keyPath: "id" });
      demande.result.createObjectStore("appareil", { keyPath: "nom" });
    };
    demande.onsuccess = () => {
      const ouverte = demande.result;
      ouverte.onclose = () => { base = null; };
      ouverte.onversionchange = () => { ouverte.close(); base = null; };
      oui(ouverte);
    };
    demande.onerror = () => rater(demande.error);
    demande.onblocked = () => rater(new Error("tenue"));
  }));
  // A telephone that slept closes what was open: asked once more, it opens.
  async function passer(rayons, mode, geste, encore = true) {
    try {
      const passage = (await ouvrir()).transaction(rayons, mode, { durability: "strict" });
      const fini = new Promise((oui, non) => { passage.oncomplete = oui; passage.onabort = passage.onerror = () => non(passage.error); });
      const demande = geste(passage);
      await fini;
      return demande?.result;
    } catch (faute) {
      if (!encore || faute?.name !== "InvalidStateError") throw faute;
      base = null;
      return passer(rayons, mode, geste, false);
    }
  }
  const tous = (rayon) => passer([rayon], "readonly", (passage) => passage.objectStore(rayon).getAll());
  const poser = (rayon, objet) => passer([rayon], "readwrite", (passage) => passage.objectStore(rayon).put(objet));
  const oter = (rayon, id) => passer([rayon], "readwrite", (passage) => passage.objectStore(rayon).delete(id));
  const lister = async () => (await tous("envois")).sort((un, autre) => un.le - autre.le);
  const partis = async () => (await tous("partis")).filter((un) => un.compte === compte);
  // Drawn once by the device: it names no one.
  async function appareil() {
    const lu = await passer(["appareil"], "readonly", (passage) => passage.objectStore("appareil").get("ici"));
    if (lu) return lu.valeur;
    const valeur = crypto.randomUUID();
    await poser("appareil", { nom: "ici", valeur });
    return valeur;
  }
  const PLEIN = "La place manque sur cet appareil\u202f: rien n’a été gardé. Faites de la place, puis recommencez.";
  const IMPOSSIBLE = "Ce navigateur ne garde rien, peut-être parce qu’une fenêtre privée est ouverte. Sans réseau, ce que vous feriez ici serait perdu\u202f: ouvrez une fenêtre ordinaire.";
  const raison = (faute) => (faute?.name === "QuotaExceededError" ? PLEIN : IMPOSSIBLE);
  // Tried before anything is typed: written, read, erased. An empty sentence when the browser keeps.
  async function verifier() {
    try {
      await poser("appareil", { nom: "essai", valeur: Date.now() });
      await oter("appareil", "essai");
      await appareil();
      return "";
    } catch (faute) { return raison(faute); }
  }
  let durable = null; // whether the browser promised not to erase it by itself
  const demander = async () => { durable ??= (await navigator.storage?.persist?.().catch(() => false)) ?? false; return durable; };

  const suivis = new Set();
  let enAttente = 0;
  const etat = { cause: "", ecart: null, durable: () => durable };
  const canal = "BroadcastChannel" in window ? new BroadcastChannel(NOM) : null;
  async function changer(dire = true) {
    if (dire) canal?.postMessage("change");
    enAttente = await lister().then((tous) => tous.filter((un) => un.compte === compte).length, () => 0);
    for (const suivi of suivis) await suivi();
  }
  if (canal) canal.onmessage = () => changer(false);

  // Writes it for good, then sends it when it can. Rejects with a sentence when the device keeps nothing.
  async function deposer(genre, adresse, objet, { titre = "", repere = "" } = {}) {
    if (!compte) throw new Error("Connectez-vous d’abord.");
    const envoi = { id: crypto.randomUUID(), compte, genre, adresse, objet, titre, repere, le: Date.now(), appareil: "", refus: "" };
    try {
      envoi.appareil = await appareil();
      await poser("envois", envoi);
    } catch (faute) { throw new Error(raison(faute), { cause: faute }); }
    demander();
    await changer();
    envoyer(true);
    return envoi.id;
  }
  // What the server said of one, once the person read it.
  async function lue(id) {
    const trace = (await partis()).find((un) => un.id === id);
    if (trace) { await poser("partis", { ...trace, phrase: "" }); await changer(); }
  }
  async function retirer(id) { await oter("envois", id); await changer(); }
  async function reessayer(id) {
    const envoi = (await lister()).find((un) => un.id === id);
    if (envoi) { await poser("envois", { ...envoi, refus: "", rates: 0 }); await changer(); envoyer(true); }
  }

  // --- sending ------------------------------------------------------------------------------------------------
  let echecs = 0, minuterie = 0, enCours = false, encoreUne = false;
  function reculer(cause) {
    etat.cause = cause;
    const attente = Math.min(LE_PLUS_LONG, PREMIER * 2 ** echecs) * (0.75 + Math.random() / 2);
    echecs += 1;
    clearTimeout(minuterie);
    minuterie = setTimeout(envoyer, attente);
    return false;
  }
  // A server that answers, and fails on one sending alone, three times: no other waits for it.
  const ILLISIBLE = "Le serveur ne sait pas lire celui-ci. Il reste ici\u202f: gardez-en un fichier, et montrez-le à qui vous aide.";
  async function rater(envoi) {
    const rates = (envoi.rates ?? 0) + 1;
    await poser("envois", { ...envoi, rates, refus: rates >= ESSAIS ? ILLISIBLE : "" });
    return rates >= ESSAIS ? true : null;
  }
  // What names something of one that failed is sent after it: a signature, after the answers that it covers.
  const tient = (un, rate) => rate.repere.split(" ").some((nom) => UUID.test(nom) && JSON.stringify(un.objet).includes(nom));
  // True when all is settled, null when one waits for the next time, false when nothing more is to be sent now.
  async function unParUn(lot, qui) {
    const restent = [];
    for (const un of lot) {
      const suite = restent.some((autre) => tient(un, autre)) ? null : await partir([un], qui);
      if (suite === false) return false;
      if (suite === null) restent.push(un);
    }
    return restent.length ? null : true;
  }
  const arreter = (cause) => { etat.cause = cause; return false; };
  const entetes = { "X-Binome-Envoi": "1", Accept: "application/json" };
  async function identite() {
    const reponse = await fetch(JETON, { headers: entetes, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    if (reponse.status === 401 || reponse.headers.has("X-Suite")) return null;
    if (!reponse.ok) throw new Error("absent");
    const dite = await reponse.json();
    etat.ecart = Math.round((Date.parse(dite.maintenant) - Date.now()) / 1000);
    return dite;
  }
  // Too long to answer, one sending holds no other back: while the server answers the rest, it goes last, and alone.
  async function partir(lot, qui) {
    try { return await poster(lot, qui); } catch (faute) {
      if (faute?.name !== "TimeoutError") throw faute;
      if (!(await identite())) return arreter("session");
      if (lot.length > 1) return unParUn(lot, qui);
      await poser("envois", { ...lot[0], lent: true });
      return null;
    }
  }
  async function poster(lot, qui) {
    const corps = JSON.stringify({ envoye_le: new Date().toISOString(), envois: lot.map(({ id, objet, appareil: sien }) => ({ ...objet, uid: id, appareil: sien })) });
    const reponse = await fetch(lot[0].adresse, {
      method: "POST", body: corps, redirect: "error", signal: AbortSignal.timeout(PATIENCE),
      headers: { ...entetes, "Content-Type": "application/json", "X-CSRFToken": qui.jeton, "X-Binome-Compte": qui.garde },
    });
    const { status: statut } = reponse;
    if (statut === 401 || reponse.headers.has("X-Suite")) return arreter(reponse.headers.get("X-Refus") === "autre-compte" ? "autre-compte" : "session");
    if (statut >= 500 && lot.length > 1) return unParUn(lot, qui);
    if (statut === 500) return rater(lot[0]);
    if (statut >= 500 || statut === 408 || statut === 429) return reculer("serveur");
    if (!reponse.ok) {
      // One that is refused does not hold the others back: each is asked about alone.
      if (lot.length > 1) return unParUn(lot, qui);
      const phrase = await reponse.json().then((un) => un.phrase, () => "");
      await poser("envois", { ...lot[0], refus: phrase || "Le serveur n’a pas voulu de cet envoi. Il reste ici tant que vous ne le retirez pas." });
      return true;
    }
    const recu = await reponse.json(), dites = new Map((recu.envois ?? []).map((un) => [un.uid, un]));
    for (const envoi of lot) {
      const dite = dites.get(envoi.id);
      if (!dite) return reculer("serveur");
      if (dite.etat === "refusee") await poser("envois", { ...envoi, refus: dite.phrase });
      else {
        const { objet, titre, ...trace } = envoi; // what it held is the server's from now on
        await passer(["envois", "partis"], "readwrite", (passage) => {
          passage.objectStore("partis").put({ ...trace, parti: Date.now(), recu: recu.maintenant ?? "", phrase: dite.phrase ?? "" });
          return passage.objectStore("envois").delete(envoi.id);
        });
      }
    }
    return true;
  }
  function* lots(envois) {
    for (const adresse of new Set(envois.map((un) => un.adresse))) {
      let lot = [], poids = 0;
      for (const un of envois.filter((autre) => autre.adresse === adresse)) {
        const sien = JSON.stringify(un.objet).length;
        if (lot.length && (lot.length === LOT || poids + sien > OCTETS)) { yield lot; [lot, poids] = [[], 0]; }
        lot.push(un);
        poids += sien;
      }
      yield lot;
    }
  }
  async function vider() {
    const attendent = (await lister()).filter((un) => un.compte === compte && !un.refus);
    if (!attendent.length) { etat.cause = ""; return; }
    if (!navigator.onLine) { etat.cause = "reseau"; return; }
    try {
      const qui = await identite();
      if (!qui) { etat.cause = "session"; return; }
      if (qui.compte !== compte) { etat.cause = "autre-compte"; return; }
      let reste = false;
      const vifs = [], lents = [];
      for (const un of attendent) (un.lent || lents.some((autre) => tient(un, autre)) ? lents : vifs).push(un);
      for (const lot of [...lots(vifs), lents]) {
        const suite = lot === lents ? await unParUn(lents, qui) : await partir(lot, qui);
        if (suite === false) return;
        reste ||= suite === null;
      }
      if (reste) { reculer("serveur"); return; }
      echecs = 0;
      etat.cause = "";
    } catch { reculer(navigator.onLine ? "serveur" : "reseau"); }
  }
  async function envoyer(presse = false) {
    if (!compte) return;
    if (enCours) { encoreUne ||= presse === true; return; }
    enCours = true;
    clearTimeout(minuterie);
    try {
      // One tab at a time sends: two would only ask twice for the same.
      if (navigator.locks) await navigator.locks.request(VERROU, { ifAvailable: true }, async (verrou) => { if (verrou) await vider(); });
      else await vider();
    } catch { /* the device keeps nothing: said where one types */ } finally { enCours = false; }
    await changer();
    if (encoreUne) { encoreUne = false; envoyer(); }
  }

  // --- a file ---------------------------------------------------------------------------------------------------
  async function exporter() {
    const envois = (await lister()).filter((un) => un.compte === compte);
    return { format: NOM, version: 1, compte, appareil: await appareil(), le: new Date().toISOString(), envois };
  }
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const valable = (un) => UUID.test(un?.id) && un.compte === compte && typeof un.adresse === "string" && /^\/espace\/[\w/-]+$/.test(un.adresse)
    && typeof un.genre === "string" && typeof un.le === "number" && typeof un.objet === "object" && un.objet !== null;
  // What a file would add; nothing is added before the person says so. Throws a sentence.
  async function lire(texte) {
    let lu = null;
    try { lu = JSON.parse(texte); } catch { /* said below */ }
    if (lu?.format !== NOM || lu.version !== 1 || !Array.isArray(lu.envois)) throw new Error("Ce fichier n’est pas une réserve d’envois de Binôme.");
    if (lu.compte !== compte) throw new Error("Ce fichier vient d’un autre compte. Connectez-vous avec lui pour le reprendre.");
    if (!lu.envois.every(valable)) throw new Error("Ce fichier est abîmé\u202f: rien n’en est repris.");
    const ici = new Set((await lister()).map((un) => un.id)), faits = new Set((await tous("partis")).map((un) => un.id));
    return { ailleurs: lu.appareil !== (await appareil()), le: lu.le, brouillons: lu.brouillons, neufs: lu.envois.filter((un) => !ici.has(un.id) && !faits.has(un.id)), tous: lu.envois.length };
  }
  async function reprendre(envois) {
    for (const { id, genre, adresse, objet, titre = "", repere = "", le, appareil: sien = "" } of envois) {
      await poser("envois", { id, compte, genre, adresse, objet, titre, repere, le, appareil: sien, refus: "" });
    }
    await changer();
    envoyer(true);
  }

  // Signing out: of what left, nothing is remembered once nothing waits. True when it is so.
  async function quitter() {
    try {
      if ((await lister()).some((un) => un.compte === compte)) return false;
      for (const un of await partis()) await oter("partis", un.id);
      return true;
    } catch { return false; }
  }
  async function ranger() {
    for (const un of await tous("partis")) if (Date.now() - un.parti > MEMOIRE) await oter("partis", un.id);
  }
  window.addEventListener("online", () => { echecs = 0; envoyer(true); });
  window.addEventListener("offline", () => { etat.cause = "reseau"; changer(false); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) envoyer(true); });
  window.addEventListener("pageshow", () => envoyer(true));
  ranger().catch(() => {});
  changer(false);

  window.binome.envois = {
    compte, etat, appareil, demander, deposer, envoyer, exporter, identite, lire, lister, lue, partis, quitter, reessayer, reprendre, retirer, verifier,
    enAttente: () => enAttente,
    suivre(geste) { suivis.add(geste); return geste(); },
  };
})();
