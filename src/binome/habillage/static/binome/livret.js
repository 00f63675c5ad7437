// The card of the pair: answered, signed and passed over without network. What is tapped is a draft on the phone; what is
// signed is in the outbox, under names drawn here; and the page says which of its words the server has.
(() => {
  "use strict";
  const livret = document.querySelector("[data-livret]"), dialogue = document.getElementById("signer");
  const pret = () => { document.documentElement.dataset.livret = "pret"; };
  if (!livret || !dialogue) { pret(); return; }
  const { bouton, brouillons, cadreOuSigner, element, envois } = window.binome;
  const { porte: PORTE, cote: COTE, autreCote: AUTRE_COTE, autre: AUTRE } = livret.dataset;
  const PHRASE = 280, FUSEAU = "Europe/Paris", cadre = cadreOuSigner(dialogue);
  const impossible = livret.querySelector("[data-impossible]");
  let rendu = Date.parse(livret.dataset.rendu); // when the server made the page, by its own clock
  let tenable = true; // whether this browser keeps anything: without, the form is sent as ever
  const dUnPatient = (phrase) => window.binomeSansPatient?.reperer(phrase)[0]?.raison ?? "";
  const pluriel = (nombre, un, plusieurs) => `${nombre} ${nombre > 1 ? plusieurs : un}`;

  // --- a card, as the page and the phone know it -----------------------------------------------------------------
  function lireLaLigne(lieu) {
    const radios = [...lieu.querySelectorAll("input[type=radio]")], texte = lieu.querySelector("textarea"), par = lieu.querySelector("[data-par]");
    return {
      lieu, radios, texte, par, code: lieu.dataset.competence, intitule: lieu.querySelector("legend").textContent.trim(),
      uid: lieu.dataset.tenue, valeur: radios.find((un) => un.defaultChecked)?.value ?? "", phrase: texte.defaultValue, dePar: par.textContent, deQui: par.dataset.de,
    };
  }
  function lireLaCarte(lieu) {
    const forme = lieu.querySelector("form[data-remplir]"), { semaine } = forme.dataset;
    const carte = {
      lieu, forme, semaine, nom: `livret:${PORTE}:${semaine}`, connus: new Set(forme.dataset.connus.split(" ")), tours: 0,
      lignes: new Map([...forme.querySelectorAll("[data-competence]")].map(lireLaLigne).map((une) => [une.code, une])),
      signataires: [...forme.querySelectorAll("[data-signataire]")].map((un) => ({ lieu: un, cote: un.dataset.signataire, signee: "signee" in un.dataset, dit: un.querySelector("[data-dit]").textContent, nom: un.dataset.nom })),
      loc: { dits: {}, faits: {}, signatures: {} }, refuses: [], dites: [],
    };
    forme.addEventListener("input", ({ target }) => { const une = carte.lignes.get(target.closest("[data-competence]")?.dataset.competence); if (une) noter(carte, une); });
    forme.addEventListener("submit", (evenement) => {
      if (!tenable) return;
      evenement.preventDefault();
      essayer(carte, () => signer(carte, COTE));
    });
    forme.querySelector("[data-passer]").addEventListener("click", () => rappeler(carte) && cadre.ouvrir(`${AUTRE[0].toUpperCase()}${AUTRE.slice(1)} signe ici`, (image) => signer(carte, AUTRE_COTE, image), () => forme.querySelector("button:not([hidden])")?.focus()));
    for (const choix of lieu.querySelectorAll("form[data-choisir]")) choix.addEventListener("submit", (evenement) => {
      if (!tenable) return;
      evenement.preventDefault();
      const { value: garde, dataset } = evenement.submitter, autres = [...choix.querySelectorAll("[name=garder]")].map((un) => un.value);
      const { choisir: competence } = choix.dataset, tenue = carte.lignes.get(competence).uid;
      essayer(carte, () => deposer(carte, [{ uid: crypto.randomUUID(), competence, valeur: dataset.valeur, phrase: dataset.phrase, vue: tenue, ecartees: autres.filter((un) => un !== tenue) }], null), garde);
    });
    return carte;
  }
  // Who takes the phone reads what they sign: a line a competence.
  const rappel = element("ul", { className: "signer-rappel" });
  function rappeler(carte) {
    rappel.replaceChildren(...[...carte.lignes.values()].map(({ code, intitule, radios }) => {
      const dite = tenue(carte, code), mot = radios.find((un) => un.value === dite?.valeur)?.closest("label").textContent.trim() ?? "Pas de réponse";
      return element("li", {}, element("span", { textContent: `${intitule}\u202f: ` }), element("strong", { textContent: mot }), ...(dite?.phrase ? [element("span", { textContent: ` « ${dite.phrase} »` })] : []));
    }));
    dialogue.querySelector("h2").after(rappel);
    return true;
  }
  // What holds of a competence: what left this phone and the page does not show yet, else what the page says.
  function tenue(carte, code) {
    const une = carte.lignes.get(code);
    return carte.loc.faits[code] ?? (une?.uid ? { uid: une.uid, valeur: une.valeur, phrase: une.phrase } : null);
  }
  const codes = (carte) => new Set([...carte.lignes.keys(), ...Object.keys(carte.loc.faits), ...Object.keys(carte.loc.dits)]);
  const vues = (carte, avec = carte.loc.dits) => [...codes(carte)].map((code) => (avec[code]?.valeur ? avec[code] : tenue(carte, code))?.uid).filter(Boolean);
  const memes = (unes, autres) => unes.length === autres.length && unes.every((une) => autres.includes(une));
  function signee(carte, cote) {
    const sienne = carte.loc.signatures[cote];
    if (sienne) return memes(sienne.vues, vues(carte, {}));
    return !Object.keys(carte.loc.faits).length && carte.signataires.some((un) => un.cote === cote && un.signee);
  }

  // --- the draft, and what became of what left --------------------------------------------------------------------
  // What waits and what left is taken off the draft. What the page shows at last needs no telling any more, and is kept
  // all the same: a copy of the page without network may be older.
  function accorder(carte, dits, attendent, partis) {
    const loc = { dits: {}, faits: {}, signatures: {} };
    carte.perimes = [];
    for (const [champ, objet] of Object.entries(dits)) { const [rayon, nom] = champ.split(":"); if (loc[rayon]) loc[rayon][nom] = objet; }
    const envoyes = new Map([...attendent, ...partis].map((un) => [un.id, un]));
    for (const un of attendent) {
      if (un.refus) continue;
      for (const { uid, competence, valeur, phrase, ecartees } of un.objet.dits) loc.faits[competence] = { uid, valeur, phrase, envoi: un.id, choisie: Boolean(ecartees?.length) };
      const { signature } = un.objet;
      if (signature) loc.signatures[signature.cote] = { uid: signature.uid, vues: signature.vues, envoi: un.id };
    }
    for (const un of partis) for (const [code, dit] of Object.entries(loc.dits)) if (un.repere.includes(dit.uid)) loc.faits[code] = { ...dit, envoi: un.id };
    for (const [code, dit] of Object.entries(loc.dits)) if (loc.faits[code]?.uid === dit.uid || carte.connus.has(dit.uid)) delete loc.dits[code];
    for (const rayon of [loc.faits, loc.signatures]) {
      for (const [nom, fait] of Object.entries(rayon)) {
        const envoi = envoyes.get(fait.envoi);
        if (!envoi || envoi.refus) carte.perimes.push(fait.uid);
        if (carte.connus.has(fait.uid) || !envoi || envoi.refus || Date.parse(envoi.recu) < rendu) delete rayon[nom];
      }
    }
    return loc;
  }
  async function ranger(carte, avant, loc) {
    for (const [rayon, siens] of Object.entries(loc)) for (const [nom, un] of Object.entries(siens)) {
      if (avant[`${rayon}:${nom}`]?.uid !== un.uid) await brouillons.poser(carte.nom, `${rayon}:${nom}`, un);
    }
    for (const [champ, un] of Object.entries(avant)) {
      const [rayon, nom] = champ.split(":");
      if (rayon === "dits" ? !loc.dits[nom] : carte.perimes.includes(un.uid)) await brouillons.oter(carte.nom, champ, un.uid);
    }
  }
  async function relire(carte) {
    const tour = carte.tours;
    const ici = (await envois.lister().catch(() => [])).filter((un) => un.compte === envois.compte && un.adresse === PORTE && un.objet.semaine === carte.semaine);
    const faits = (await envois.partis().catch(() => [])).filter((un) => un.adresse === PORTE && un.repere.startsWith(carte.semaine));
    const dits = await brouillons.lire(carte.nom);
    if (tour !== carte.tours) return relire(carte); // somebody tapped meanwhile
    carte.loc = accorder(carte, dits, ici, faits);
    carte.refuses = ici.filter((un) => un.refus);
    carte.dites = faits.filter((un) => un.phrase);
    carte.attend = new Set(ici.map((un) => un.id));
    carte.neuf = faits.some((un) => Date.parse(un.recu) >= rendu);
    for (const [code, dit] of [...Object.entries(carte.loc.faits), ...Object.entries(carte.loc.dits)]) if (!carte.lignes.has(code)) ajouter(carte, code, dit.intitule);
    peindre(carte);
    return ranger(carte, dits, carte.loc);
  }
  // A competence that was answered stays on the card, whatever it proposes since.
  function ajouter(carte, code, intitule) {
    const derniere = [...carte.lignes.values()].at(-1);
    if (!derniere || !intitule) return;
    const lieu = derniere.lieu.cloneNode(true), ancien = derniere.code;
    for (const un of [lieu, ...lieu.querySelectorAll("*")]) for (const { name, value } of [...un.attributes]) if (value.includes(ancien)) un.setAttribute(name, value.replaceAll(ancien, code));
    lieu.dataset.tenue = "";
    lieu.querySelector("legend").textContent = intitule;
    for (const un of lieu.querySelectorAll("input[type=radio]")) un.defaultChecked = false;
    lieu.querySelector("textarea").defaultValue = "";
    Object.assign(lieu.querySelector("[data-par]"), { textContent: "" }).dataset.de = "";
    derniere.lieu.after(lieu);
    carte.lignes.set(code, lireLaLigne(lieu));
  }
  function noter(carte, ligne) {
    const { code, intitule, texte } = ligne, valeur = ligne.radios.find((un) => un.checked)?.value ?? "", phrase = texte.value;
    const avant = carte.loc.dits[code], ici = tenue(carte, code);
    carte.tours += 1;
    if (valeur === (ici?.valeur ?? "") && phrase.trim() === (ici?.phrase ?? "")) {
      delete carte.loc.dits[code];
      if (avant) brouillons.oter(carte.nom, `dits:${code}`, avant.uid).then(() => direPlein(carte));
    } else {
      carte.loc.dits[code] = { uid: crypto.randomUUID(), valeur, phrase, intitule, vue: avant ? avant.vue : (ici?.uid ?? null) };
      // What names a patient is on the screen, and kept nowhere: the sentence of before is.
      const propre = dUnPatient(phrase) ? (dUnPatient(avant?.phrase ?? "") ? "" : avant?.phrase ?? "") : phrase;
      brouillons.poser(carte.nom, `dits:${code}`, { ...carte.loc.dits[code], phrase: propre }).then(() => direPlein(carte));
    }
    dire(carte, "");
    peindre(carte);
  }
  const PLEIN = "La place manque sur cet appareil\u202f: ce que vous tapez n’est gardé que tant que cette page est ouverte. Faites de la place.";
  function direPlein(carte) { if (brouillons.etat.plein) dire(carte, PLEIN); else if (carte.forme.querySelector("[data-faute]").textContent === PLEIN) dire(carte, ""); }

  // --- signing ------------------------------------------------------------------------------------------------------
  function dire(carte, phrase) {
    const faute = carte.forme.querySelector("[data-faute]");
    faute.textContent = phrase;
    faute.hidden = !phrase;
    if (phrase) faute.scrollIntoView({ block: "nearest" });
  }
  const prevenues = new Set(); // the cards whose missing answers were told: their page may be made again meanwhile
  const courante = (carte) => cartes.find((une) => une.nom === carte.nom) ?? carte;
  // One gesture after the other: a second press waits for the first, and finds what it left to be done.
  function essayer(carte, geste) {
    carte.suite = (carte.suite ?? Promise.resolve()).then(async () => {
      carte.forme.setAttribute("aria-busy", "true");
      try { dire(carte, ""); await geste(); } catch (echec) { dire(courante(carte), echec.message); } finally { carte.forme.removeAttribute("aria-busy"); }
    });
    return carte.suite;
  }
  // One tab at a time: two that press at once sign what is left to be signed, once.
  const tour = (geste) => (navigator.locks ? navigator.locks.request(`binome-${PORTE}`, geste) : geste());
  const jour = (semaine) => new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(semaine));
  async function deposer(carte, dits, signature) {
    const objet = { semaine: carte.semaine, dits, signature, dit_le: new Date().toISOString() };
    const uids = [...dits.map((un) => un.uid), signature?.uid].filter(Boolean);
    await envois.deposer("carte", PORTE, objet, { titre: `Carte de la semaine du ${jour(carte.semaine)}`, repere: [carte.semaine, ...uids].join(" ") });
    await relire(carte);
  }
  const signer = (pressee, cote, image = "") => tour(async () => {
    if (!image) document.activeElement?.blur?.();
    const patient = [...courante(pressee).lignes.values()].map((une) => dUnPatient(une.texte.value)).find(Boolean);
    if (patient) throw new Error("Rien d’un patient n’entre dans le livret\u202f: changez la phrase, puis signez."); // why is said under it
    let carte;
    do { carte = courante(pressee); await relire(carte); } while (carte !== courante(pressee)); // the page was made again meanwhile
    const dits = Object.entries(carte.loc.dits);
    if (dits.some(([, un]) => !un.valeur)) throw new Error("Choisissez une des quatre réponses\u202f: la phrase va avec.");
    if (dits.some(([, un]) => un.phrase.length > PHRASE)) throw new Error(`Une phrase compte ${PHRASE} caractères au plus.`);
    if (carte.lieu.querySelector("form[data-choisir]:not([hidden])")) throw new Error("Deux réponses sont à départager d’abord, en haut de la carte.");
    const siennes = vues(carte);
    if (!siennes.length) throw new Error("Répondez à une compétence au moins, puis signez.");
    if (!dits.length && signee(carte, cote)) return;
    const muettes = sansReponse(carte);
    if (!image && muettes && !prevenues.has(carte.nom)) {
      prevenues.add(carte.nom);
      peindre(courante(carte));
      throw new Error(`${muettes > 1 ? `${muettes} compétences n’ont pas de réponse.` : "Une compétence n’a pas de réponse."} Répondez, ou signez quand même.`);
    }
    prevenues.delete(carte.nom);
    const signature = { uid: crypto.randomUUID(), cote, vues: siennes, image };
    await deposer(carte, dits.map(([competence, { uid, valeur, phrase, vue }]) => ({ uid, competence, valeur, phrase, vue })), signature);
  });
  const sansReponse = (carte) => [...carte.lignes.keys()].filter((code) => !carte.loc.dits[code]?.valeur && !tenue(carte, code)).length;
  // What both signed stays as it was signed.
  async function annuler(carte) {
    const otes = Object.entries(carte.loc.dits);
    carte.tours += 1;
    for (const [code, dit] of otes) await brouillons.oter(carte.nom, `dits:${code}`, dit.uid);
    await relire(carte);
  }
  // What was refused is a draft again: nothing is typed twice. What was signed of it is to be signed again.
  async function corriger(carte) {
    for (const un of carte.refuses) {
      for (const { competence, valeur, phrase, vue } of un.objet.dits) {
        if (carte.loc.dits[competence]) continue;
        const intitule = carte.lignes.get(competence)?.intitule ?? competence;
        await brouillons.poser(carte.nom, `dits:${competence}`, { uid: crypto.randomUUID(), valeur, phrase, intitule, vue: vue ?? null });
      }
    }
    carte.tours += 1;
    for (const un of carte.refuses) await envois.retirer(un.id);
    await relire(carte);
    carte.lignes.values().next().value?.lieu.querySelector("textarea, input:checked")?.focus();
  }

  // --- what the page says ---------------------------------------------------------------------------------------------
  function ecrire(lieu, texte) { if (lieu && lieu.textContent !== texte) lieu.textContent = texte; }
  const ou = (carte, fait) => (carte.attend?.has(fait.envoi) ? "pas encore envoyé" : "envoyé");
  // Settled here between two answers: whose it is, is what its button said.
  const deQui = (carte, fait, code) => [...carte.lieu.querySelectorAll(`form[data-choisir="${code}"] [name=garder]`)].find(({ dataset: { valeur, phrase } }) => fait.choisie && valeur === fait.valeur && phrase === fait.phrase)?.dataset.de ?? "Votre réponse";
  function peindreLaLigne(carte, ligne) {
    const dit = carte.loc.dits[ligne.code], fait = carte.loc.faits[ligne.code], montree = dit ?? tenue(carte, ligne.code);
    for (const un of ligne.radios) un.checked = un.value === (montree?.valeur ?? "");
    if (document.activeElement !== ligne.texte && !dUnPatient(ligne.texte.value) && ligne.texte.value !== (montree?.phrase ?? "")) ligne.texte.value = montree?.phrase ?? "";
    const pli = ligne.texte.closest("details");
    if (ligne.texte.value && !pli.dataset.vu) { pli.open = true; pli.dataset.vu = ""; }
    const reste = PHRASE - ligne.texte.value.length;
    ecrire(ligne.lieu.querySelector("[data-reste]"), ligne.texte.value ? `Il reste ${pluriel(reste, "caractère", "caractères")}.` : `${PHRASE} caractères au plus.`);
    ecrire(ligne.par, dit ? "Pas encore signé\u202f: gardé sur ce téléphone." : fait ? `${deQui(carte, fait, ligne.code)}, ${ou(carte, fait)}e.` : ligne.dePar);
    const autre = dit && ligne.uid && !fait && dit.vue !== ligne.uid ? ligne.deQui : "";
    if (autre) ecrire(ligne.par, `${autre} depuis\u202f: vous choisirez entre les deux.`);
  }
  function peindre(carte) {
    const { forme, loc } = carte;
    const choisir = [...carte.lieu.querySelectorAll("form[data-choisir]")].filter((choix) => { choix.hidden = choix.dataset.choisir in loc.faits; return !choix.hidden; }).length > 0;
    for (const ligne of carte.lignes.values()) peindreLaLigne(carte, ligne);
    const repondues = [...codes(carte)].filter((code) => loc.dits[code]?.valeur || tenue(carte, code)).length;
    const brouillon = Object.keys(loc.dits).length > 0;
    const moi = !brouillon && signee(carte, COTE), elle = !brouillon && signee(carte, AUTRE_COTE);
    for (const un of carte.signataires) {
      const la = un.cote === COTE ? moi : elle, sienne = loc.signatures[un.cote];
      ecrire(un.lieu.querySelector("[data-dit]"), la && sienne ? `${un.nom}\u202f: signé, ${ou(carte, sienne)}` : la || !(un.signee || sienne) ? un.dit : `${un.nom}\u202f: à signer de nouveau`);
      un.lieu.toggleAttribute("data-signee", la);
    }
    const signerIci = forme.querySelector("[data-signer]"), passer = forme.querySelector("[data-passer]");
    signerIci.hidden = moi;
    signerIci.disabled = choisir;
    ecrire(signerIci, prevenues.has(carte.nom) && sansReponse(carte) ? "Signer quand même" : "Signer");
    forme.querySelector("[data-sans-reseau]").hidden = navigator.onLine || !tenable || (moi && elle);
    passer.hidden = !moi || elle || !tenable || choisir;
    ecrire(forme.querySelector("[data-combien]"), moi && elle ? "Signée par les deux." : choisir ? "Choisissez d’abord, en haut de la carte." : moi ? "C’est signé de votre côté." : `${pluriel(repondues, "réponse", "réponses")} sur ${carte.lignes.size}`);
    const etat = carte.lieu.querySelector("[data-etat]");
    carte.etat ??= etat.textContent;
    const attend = Object.values(loc.signatures).some((une) => carte.attend?.has(une.envoi));
    const ici = brouillon ? "Commencée sur ce téléphone" : moi && elle ? (attend ? "Signée par les deux sur ce téléphone, pas encore envoyée" : "Signée par les deux") : moi || elle ? (attend ? "Signée sur ce téléphone, pas encore envoyée" : "Signée par une personne sur deux") : Object.keys(loc.faits).length ? "À signer" : carte.etat;
    ecrire(etat, ici);
    etat.classList.toggle("carte-signee", moi && elle && !attend);
    const dites = [], avant = brouillon && signee(carte, COTE) && signee(carte, AUTRE_COTE);
    if (avant) dites.push(element("p", { textContent: "Cette carte est signée par les deux. Si vous la changez, vous la signerez de nouveau tous les deux." }), element("p", { className: "actions" }, bouton("Annuler", "bouton second", () => annuler(carte))));
    for (const un of carte.dites) dites.push(element("p", { textContent: un.phrase }), element("p", { className: "actions" }, bouton("J’ai lu", "bouton second", () => envois.lue(un.id))));
    for (const phrase of new Set(carte.refuses.map((un) => un.refus))) dites.push(element("p", { className: "erreur", textContent: phrase }));
    if (carte.refuses.length) dites.push(element("p", { className: "actions" }, bouton("Corriger la carte", "bouton", () => corriger(carte))));
    const lieu = forme.querySelector("[data-dites]");
    if (lieu.textContent !== dites.map((un) => un.textContent).join("")) lieu.replaceChildren(...dites);
    const muet = lieu.hidden;
    lieu.hidden = !dites.length;
    // What comes while somebody is there is brought before their eyes; what they find on opening the page stays in its place.
    if (muet && dites.length && document.documentElement.dataset.livret === "pret") lieu.scrollIntoView({ block: "nearest" });
    // What the server says of a task is under its sentence too, once it was read here.
    const serre = (texte) => texte.replace(/\s+/g, " ").trim();
    for (const un of forme.querySelectorAll("fieldset > .encart")) un.hidden = carte.dites.some(({ phrase }) => serre(phrase).includes(serre(un.textContent)));
  }

  // --- the page of the server, in the place of this one ------------------------------------------------------------------
  let cartes = [...livret.querySelectorAll("[data-carte]")].map(lireLaCarte), demandee = false, encore = false;
  const occupe = () => dialogue.open || document.activeElement?.tagName === "TEXTAREA";
  async function rafraichir() {
    if (demandee) { encore = true; return; } // what came since is not in the page that was asked for
    if (occupe() || !navigator.onLine || !cartes.some((une) => une.neuf)) return;
    demandee = true;
    try {
      const reponse = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store", redirect: "error" });
      if (!reponse.ok || reponse.headers.get("X-Hors-Ligne") !== envois.compte) return;
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html"), neuf = page.querySelector("[data-livret]");
      const neuves = [...neuf.querySelectorAll("[data-carte]")], semaines = (unes) => unes.map((un) => un.querySelector("form[data-remplir]").dataset.semaine).join(" ");
      if (occupe()) return;
      if (semaines(neuves) !== semaines(cartes.map((une) => une.lieu))) { location.reload(); return; } // a week began
      rendu = Date.parse(neuf.dataset.rendu);
      const ici = document.activeElement?.dataset ? [...document.activeElement.attributes].find((un) => /^data-(signer|passer)$/.test(un.name))?.name : "", rang = cartes.findIndex((une) => une.lieu.contains(document.activeElement));
      cartes = cartes.map((ancienne, un) => {
        const lieu = neuves[un];
        if (lieu.tagName === "DETAILS") lieu.open ||= ancienne.lieu.open; else lieu.hidden = ancienne.lieu.hidden;
        ancienne.lieu.replaceWith(lieu);
        const neuve = lireLaCarte(lieu), faute = ancienne.forme.querySelector("[data-faute]");
        if (!faute.hidden) dire(neuve, faute.textContent);
        return neuve;
      });
      document.querySelector(".copie")?.remove();
      document.querySelector("[data-suite]").replaceWith(neuf.querySelector("[data-suite]"));
      await Promise.all(cartes.map(relire));
      if (rang >= 0) cartes[rang].forme.querySelector(ici ? `[${ici}]:not([hidden])` : "button:not([hidden])")?.focus();
      navigator.serviceWorker?.controller?.postMessage({ genre: "garder", adresses: [location.href] });
    } catch { /* asked for again at the next sending */ } finally {
      demandee = false;
      if (encore) { encore = false; rafraichir(); }
    }
  }
  // A week that began without network: its card was on the phone before.
  function commencer() {
    for (const { lieu, semaine } of cartes) {
      if (!("aVenir" in lieu.dataset)) continue;
      const ici = new Date(Date.now() + (envois.etat.ecart ?? 0) * 1000).toLocaleDateString("sv-SE", { timeZone: FUSEAU });
      lieu.hidden = ici < semaine;
    }
  }
  const tout = async () => { commencer(); await Promise.all(cartes.map(relire)); rafraichir(); };
  document.addEventListener("focusout", () => setTimeout(rafraichir, 0));
  dialogue.addEventListener("close", () => rafraichir());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tout(); });
  brouillons.suivre((nom) => { const carte = cartes.find((une) => une.nom === nom); if (carte) relire(carte); });
  (async () => {
    const phrase = await envois.verifier();
    tenable = !phrase;
    if (phrase) { impossible.textContent = `${phrase} Avec du réseau, vous pouvez répondre et signer ici.`; impossible.hidden = false; }
    await envois.suivre(tout);
    pret();
  })();
})();
