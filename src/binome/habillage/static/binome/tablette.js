// The tablet passed round: each signs in turn, and each signature is in the outbox before the next one draws.
(() => {
  "use strict";
  const liste = document.querySelector('[data-tablette="ouverte"]');
  const dialogue = document.getElementById("signer");
  document.querySelector("[data-sans-script]")?.remove();
  if (!liste || !dialogue) return;
  const { bouton, envois } = window.binome;
  const PORTE = liste.dataset.porte, FUSEAU = liste.dataset.fuseau, TRAIT = 4, OCTETS = 30_000, SERRE = 120, PART = 20;
  const annonces = document.querySelector("[data-annonces]"), impossible = annonces.querySelector("[data-impossible]");
  const horloge = annonces.querySelector("[data-horloge]"), compte = annonces.querySelector("[data-compte]");
  const toile = dialogue.querySelector("canvas"), plume = toile.getContext("2d", { willReadFrequently: true }), nom = dialogue.querySelector("#signer-nom");
  const faute = dialogue.querySelector("[data-faute]"), confirmer = dialogue.querySelector("[data-confirmer]");
  const pasEncore = document.querySelector("[data-pas-encore]"), OUVRE = Date.parse(liste.dataset.ouvre), UNE_HEURE = 3_600_000;
  annonces.hidden = false;

  // --- before it opens: by the server's clock; a device that hears no server is never held by its own --------------
  let sourde = false, reveil = 0;
  function tot() {
    const ecart = envois.etat.ecart, reste = OUVRE - Date.now() - (ecart ?? 0) * 1000;
    const avant = reste > 0 && (ecart !== null || (navigator.onLine && !sourde));
    clearTimeout(reveil);
    if (avant) reveil = setTimeout(peindre, Math.min(reste + 500, UNE_HEURE));
    pasEncore.hidden = !avant;
    return avant;
  }

  // --- drawing --------------------------------------------------------------------------------------------------
  let dernier = null, ligne = null;
  function effacer() {
    plume.fillStyle = "#fff"; // a drawing is read on paper, whatever the colours of the screen
    plume.fillRect(0, 0, toile.width, toile.height);
    faute.hidden = true;
    toile.setAttribute("aria-label", "Cadre où signer\u202f: rien n’y est encore");
  }
  const point = (evenement) => {
    const cadre = toile.getBoundingClientRect();
    return [(evenement.clientX - cadre.left) * (toile.width / cadre.width), (evenement.clientY - cadre.top) * (toile.height / cadre.height)];
  };
  function tracer(evenement) {
    const ici = point(evenement);
    plume.strokeStyle = "#111";
    plume.lineWidth = TRAIT;
    plume.lineCap = plume.lineJoin = "round";
    plume.beginPath();
    plume.moveTo(...dernier);
    plume.lineTo(...ici);
    plume.stroke();
    dernier = ici;
  }
  toile.addEventListener("pointerdown", (evenement) => {
    if (evenement.button) return;
    evenement.preventDefault();
    if (nom.value) { nom.value = ""; effacer(); }
    toile.setPointerCapture(evenement.pointerId);
    dernier = point(evenement);
    tracer(evenement);
  });
  toile.addEventListener("pointermove", (evenement) => {
    if (!dernier) return;
    for (const un of evenement.getCoalescedEvents?.() ?? [evenement]) tracer(un);
    tracer(evenement);
  });
  const lever = () => { if (dernier) toile.setAttribute("aria-label", "Cadre où signer\u202f: une signature est dessinée"); dernier = null; };
  for (const fin of ["pointerup", "pointercancel"]) toile.addEventListener(fin, lever);
  // Who draws with no hand writes their name: it is the drawing.
  nom.addEventListener("input", () => {
    effacer();
    const ecrit = nom.value.trim();
    if (!ecrit) return;
    plume.fillStyle = "#111";
    let taille = 72;
    do { plume.font = `italic ${taille}px serif`; taille -= 4; } while (taille > 16 && plume.measureText(ecrit).width > toile.width - 40);
    plume.textBaseline = "middle";
    plume.fillText(ecrit, 20, toile.height / 2);
    toile.setAttribute("aria-label", `Cadre où signer\u202f: le nom ${ecrit} y est écrit`);
  });
  // The width and the height of the ink together: the server refuses a dot, and by then its author is gone.
  function etendue() {
    const { width, height } = toile, { data } = plume.getImageData(0, 0, width, height);
    let gauche = width, droite = 0, haut = height, bas = 0;
    for (let place = 0; place < width * height; place += 1) {
      if (data[4 * place] === 255) continue;
      const x = place % width, y = Math.floor(place / width);
      gauche = Math.min(gauche, x); droite = Math.max(droite, x);
      haut = Math.min(haut, y); bas = Math.max(bas, y);
    }
    return Math.max(0, droite - gauche) + Math.max(0, bas - haut);
  }
  async function dessin() {
    const octets = await new Promise((dit) => { toile.toBlob(dit, "image/png"); });
    if (!octets || octets.size > OCTETS) throw new Error("Ce dessin est trop chargé. Effacez-le, puis signez plus simplement.");
    const suite = new Uint8Array(await octets.arrayBuffer());
    return btoa(Array.from(suite, (un) => String.fromCharCode(un)).join(""));
  }

  // --- one after the other --------------------------------------------------------------------------------------
  const nomDe = (une) => une.querySelector(".tablette-nom").textContent.trim();
  function ouvrir(une) {
    ligne = une;
    dialogue.querySelector("#signer-qui").textContent = nomDe(une);
    nom.value = "";
    effacer();
    dialogue.showModal();
  }
  function refuser(phrase) { faute.textContent = phrase; faute.hidden = false; }
  confirmer.addEventListener("click", async () => {
    if (etendue() < (toile.width + toile.height) / PART) { refuser("Le cadre est vide, ou ne porte qu’un point. Signez, ou écrivez votre nom au clavier."); return; }
    confirmer.disabled = true;
    try {
      const parcours = Number(ligne.dataset.parcours);
      await envois.deposer("signature", PORTE, { parcours, signee_le: new Date().toISOString(), image: await dessin() }, { titre: "Signature", repere: `parcours:${parcours}` });
      dialogue.close();
      liste.querySelector("li:not([data-signee]) button")?.focus();
    } catch (echec) { refuser(echec.message); } finally { confirmer.disabled = false; }
  });
  dialogue.querySelector("[data-effacer]").addEventListener("click", () => { nom.value = ""; effacer(); });
  dialogue.querySelector("[data-annuler]").addEventListener("click", () => dialogue.close());

  const heure = (quand) => new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: FUSEAU }).format(new Date(quand)).replace(":", "\u00a0h\u00a0");
  async function peindre() {
    const ici = (await envois.lister()).filter((un) => un.adresse === PORTE), faits = (await envois.partis()).filter((un) => un.adresse === PORTE);
    const avant = tot();
    let seules = 0;
    for (const une of liste.querySelectorAll("li[data-parcours]")) {
      const repere = `parcours:${une.dataset.parcours}`, dit = une.querySelector("[data-etat]");
      const attend = ici.find((un) => un.repere === repere && !un.refus), refusee = ici.find((un) => un.repere === repere && un.refus), partie = faits.find((un) => un.repere === repere);
      if (attend) seules += 1;
      const texte = attend ? `Signature faite à ${heure(attend.le)}, pas encore envoyée` : partie ? `Signature envoyée, faite à ${heure(partie.le)}` : une.dataset.recue ? `Signature reçue, faite à ${heure(une.dataset.recue)}` : refusee ? `Signature refusée. ${refusee.refus}` : "";
      if (dit.textContent !== texte) dit.textContent = texte;
      if (attend || partie || une.dataset.recue) une.dataset.signee = ""; else delete une.dataset.signee;
      if (avant || une.dataset.signee === "") une.querySelector("button")?.remove();
      else if (!une.querySelector("button") && impossible.hidden) {
        const geste = bouton("Signer", "bouton", () => ouvrir(une));
        geste.setAttribute("aria-label", `Signer\u202f: ${nomDe(une)}`);
        une.append(geste);
      }
    }
    const combien = seules > 1 ? `${seules} signatures sur cette tablette seulement, pas encore envoyées.` : seules ? "1 signature sur cette tablette seulement, pas encore envoyée." : "";
    const perte = seules ? " Tablette perdue ou effacée, elles le seraient aussi\u202f: gardez un fichier si le réseau tarde." : "";
    if (compte.textContent !== combien + perte) compte.textContent = combien + perte;
    const ecart = envois.etat.ecart;
    horloge.hidden = ecart === null || Math.abs(ecart) < SERRE;
    if (!horloge.hidden) {
      const minutes = Math.round(Math.abs(ecart) / 60), duree = minutes < 120 ? `${minutes}\u00a0minutes` : `${Math.round(minutes / 60)}\u00a0heures`;
      horloge.textContent = `L’horloge de cette tablette ${ecart > 0 ? "retarde" : "avance"} de ${duree}. Vous pouvez signer\u202f: l’heure est corrigée à l’envoi, si vous ne touchez pas à l’horloge d’ici là.`;
    }
  }
  (async () => {
    const phrase = await envois.verifier();
    if (phrase) {
      impossible.textContent = phrase;
      impossible.hidden = false;
      return;
    }
    await envois.suivre(peindre);
    document.documentElement.dataset.tablette = "prete";
    try { await envois.identite(); } catch { sourde = true; /* without network, the clock is told later */ }
    await peindre();
  })();
})();
