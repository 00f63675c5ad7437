// What waits on this device, on every page of the members: how many, since when, why, and what one may do about it.
(() => {
  "use strict";
  const { bouton, brouillons, element, envois } = window.binome;
  const ALERTE = 5 * 86_400_000, SERRE = 120, FUSEAU = "Europe/Paris";
  const pluriel = (nombre, un, plusieurs) => `${nombre} ${nombre > 1 ? plusieurs : un}`;
  function age(depuis) {
    const minutes = Math.floor(Math.max(0, Date.now() - depuis) / 60_000), heures = Math.floor(minutes / 60), jours = Math.floor(heures / 24);
    if (jours > 1) return pluriel(jours, "jour", "jours");
    if (heures > 0) return pluriel(heures, "heure", "heures");
    return minutes > 0 ? pluriel(minutes, "minute", "minutes") : "moins d’une minute";
  }
  const partiront = (combien) => (combien > 1 ? "ils partiront" : "il partira");
  const CAUSES = {
    reseau: (combien) => `Pas de réseau\u202f: ${partiront(combien)} dès que le réseau revient.`,
    serveur: () => "Le serveur ne répond pas. Nous réessayons.",
    session: (combien) => `Votre session est terminée. Connectez-vous avec le même compte, et ${partiront(combien)}.`,
    "autre-compte": () => "Un autre compte est ouvert dans ce navigateur. Rien ne part sous ce compte.",
  };
  const MENACE = (combien) => `${combien > 1 ? "Ils sont gardés" : "Il est gardé"} sur cet appareil, mais ce navigateur peut ${combien > 1 ? "les" : "l’"}${combien > 1 ? " " : ""}effacer si la place manque\u202f: si le réseau tarde, gardez un fichier.`;
  const lieu = document.querySelector("[data-envois]");
  const panneau = element("section", { className: "envois", hidden: true });
  panneau.setAttribute("aria-label", "Envois en attente");
  const annonce = element("p", { className: "envois-nombre" }), suite = element("div");
  annonce.setAttribute("role", "status");
  panneau.append(annonce, suite);
  if (lieu) lieu.append(panneau);
  else document.getElementById("contenu").prepend(panneau);

  async function garderUnFichier() {
    const contenu = { ...(await envois.exporter()), brouillons: await brouillons.commences() };
    const adresse = URL.createObjectURL(new Blob([JSON.stringify(contenu)], { type: "application/json" }));
    const lien = element("a", { href: adresse, download: `binome-envois-${contenu.le.slice(0, 10)}.json` });
    lien.click();
    setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
  }
  function reprise() {
    const choix = element("input", { type: "file", accept: "application/json,.json", id: "reprendre-un-fichier" });
    const dit = element("div");
    dit.setAttribute("role", "status");
    const dire = (texte, ...gestes) => dit.replaceChildren(element("p", { textContent: texte }), element("p", { className: "actions" }, ...gestes));
    choix.addEventListener("change", async () => {
      const [fichier] = choix.files;
      if (!fichier) return;
      try {
        const lu = await envois.lire(await fichier.text());
        const commencees = await brouillons.absents(lu.brouillons), sortes = brouillons.parSorte(commencees);
        if (!lu.neufs.length && !sortes.length) { dire("Tout ce que ce fichier tient est déjà sur cet appareil, ou déjà parti."); return; }
        const quand = new Date(lu.le).toLocaleString("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: FUSEAU }).replace(/0?(\d+):(\d\d)$/, (_, heures, minutes) => (minutes === "00" ? `${heures} h` : `${heures} h ${minutes}`));
        const dOu = lu.ailleurs ? `Ce fichier vient d’un autre appareil, le ${quand}.` : `Ce fichier a été fait sur cet appareil, le ${quand}.`;
        const quoi = [lu.neufs.length && pluriel(lu.neufs.length, "envoi s’ajouterait", "envois s’ajouteraient"), ...sortes.map(({ combien, mot }) => pluriel(combien, `${mot} commencée reviendrait`, `${mot}s commencées reviendraient`))];
        dire(`${dOu} ${quoi.filter(Boolean).join(", et ")} sur cet appareil.`,
          bouton(lu.neufs.length ? "Ajouter et envoyer" : "Reprendre", "bouton", async () => { await brouillons.reprendre(commencees); await envois.reprendre(lu.neufs); dire("C’est repris."); }),
          bouton("Laisser", "bouton second", () => { dit.replaceChildren(); choix.value = ""; }));
      } catch (faute) { dire(faute.message); }
    });
    const pli = element("details", { className: "detail" }, element("summary", { textContent: "Reprendre un fichier" }),
      element("p", { className: "discret", textContent: "Si vous avez gardé des envois dans un fichier, ici ou sur un autre appareil, ajoutez-les d’ici\u202f: ils partiront comme les autres." }),
      element("p", { className: "champ" }, element("label", { htmlFor: choix.id, textContent: "Le fichier gardé" }), choix), dit);
    return pli;
  }
  const laReprise = lieu ? reprise() : null;
  if (laReprise) lieu.append(laReprise);

  // A card that somebody began and did not sign waits for them, not for the network.
  function direLesCartes(commencees, seules) {
    const sortes = brouillons.parSorte(commencees), depuis = commencees[0]?.le ?? Date.now(), tard = Date.now() - depuis >= ALERTE;
    if (!sortes.length || !(lieu || tard)) return [];
    const combien = `${sortes.map(({ combien: nombre, mot, fini }) => pluriel(nombre, `${mot} commencée ici et pas encore ${fini}`, `${mot}s commencées ici et pas encore ${fini}s`)).join(", ")}, depuis ${age(depuis)}.`;
    const dites = [seules ? combien : element("p", { textContent: combien })];
    if (tard) dites.push(element("p", { className: "erreur", textContent: `Cela fait plus de cinq jours. Un appareil peut effacer ce qu’un site garde quand on ne l’ouvre pas de la semaine\u202f: ${sortes.every((une) => une.mot === "carte") ? "signez" : "finissez"}, ou gardez un fichier.` }));
    return dites;
  }
  let demande = false; // whether the browser was asked to keep what is begun, once
  let sur = ""; // the one that the person is asked about before it goes
  function ligneRefusee(envoi) {
    const ligne = element("li", {}, element("strong", { textContent: envoi.titre || "Envoi" }), element("p", { className: "erreur", textContent: envoi.refus }));
    const gestes = element("p", { className: "actions" });
    if (sur === envoi.id) gestes.append(element("span", { textContent: "Ce sera effacé de cet appareil, sans être enregistré." }),
      bouton("Effacer", "bouton second", () => envois.retirer(envoi.id)), bouton("Laisser", "lien", () => { sur = ""; peindre(); }));
    else gestes.append(bouton("Réessayer", "bouton second", () => envois.reessayer(envoi.id)), bouton("Retirer de cet appareil", "lien", () => { sur = envoi.id; peindre(); }));
    ligne.append(gestes);
    return ligne;
  }
  function peindre1(siens, dAutres, refuses, commencees) {
    const cartes = direLesCartes(commencees, !siens.length);
    const attendent = siens.length - refuses.length;
    const nombre = pluriel(attendent, "envoi en attente", "envois en attente");
    const plusAncien = siens.find((un) => !un.refus)?.le;
    const texte = attendent ? `${nombre} depuis ${age(plusAncien)}` : refuses.length ? pluriel(refuses.length, "envoi refusé", "envois refusés") : cartes.find((une) => typeof une === "string") ?? "Rien n’attend sur cet appareil.";
    if (annonce.textContent !== texte) annonce.textContent = texte;
    const dedans = cartes.filter((une) => typeof une !== "string"), gestes = element("p", { className: "actions" });
    const cause = envois.etat.cause;
    if (attendent && CAUSES[cause]) dedans.push(element("p", { textContent: CAUSES[cause](attendent) }));
    if (attendent && Date.now() - plusAncien >= ALERTE) dedans.push(element("p", { className: "erreur", textContent: "Cela fait plus de cinq jours. Un appareil peut effacer ce qu’un site garde quand on ne l’ouvre pas de la semaine\u202f: gardez un fichier." }));
    else if (attendent && envois.etat.durable() === false) dedans.push(element("p", { className: "discret", textContent: MENACE(attendent) }));
    const { ecart } = envois.etat;
    if (attendent && ecart !== null && Math.abs(ecart) >= SERRE && !document.querySelector("[data-horloge]")) {
      const minutes = Math.round(Math.abs(ecart) / 60), duree = minutes < 120 ? pluriel(minutes, "minute", "minutes") : pluriel(Math.round(minutes / 60), "heure", "heures");
      dedans.push(element("p", { className: "discret", textContent: `L’horloge de cet appareil ${ecart > 0 ? "retarde" : "avance"} de ${duree}\u202f: l’heure est corrigée à l’envoi, si vous n’y touchez pas d’ici là.` }));
    }
    if (refuses.length) dedans.push(element("ul", { className: "envois-refuses" }, ...refuses.map(ligneRefusee)));
    if (attendent && (cause === "session" || cause === "autre-compte")) gestes.append(element("a", { className: "bouton", href: `/compte/connexion/?next=${encodeURIComponent(location.pathname)}`, textContent: cause === "session" ? "Me connecter" : "Changer de compte" }));
    else if (attendent && cause !== "reseau") gestes.append(bouton("Envoyer maintenant", "bouton second", () => envois.envoyer(true)));
    if (siens.length || cartes.length) gestes.append(bouton("Garder un fichier", "bouton second", garderUnFichier));
    if (gestes.children.length) dedans.push(gestes);
    if (dAutres) dedans.push(element("p", { className: "discret", textContent: `${pluriel(dAutres, "envoi d’un autre compte attend", "envois d’un autre compte attendent")} aussi sur cet appareil, jusqu’à ce que cette personne s’y connecte.` }));
    suite.replaceChildren(...dedans);
    panneau.hidden = !siens.length && !dAutres && !cartes.length && !lieu;
  }
  async function peindre() {
    let tous = [];
    try { tous = await envois.lister(); } catch { panneau.hidden = true; return; }
    const siens = tous.filter((un) => un.compte === envois.compte);
    if (envois.compte) {
      const commencees = await brouillons.commences();
      if (commencees.length && !demande) { demande = true; envois.demander(); }
      peindre1(siens, tous.length - siens.length, siens.filter((un) => un.refus), commencees);
      return;
    }
    panneau.hidden = !tous.length;
    if (!tous.length) return;
    const suitePour = document.querySelector("[data-gardees]") ? `${tous.length > 1 ? "Ils partiront" : "Il partira"} quand le réseau reviendra.` : tous.length > 1 ? "Ils partiront quand la personne qui les a faits se connectera ici." : "Il partira quand la personne qui l’a fait se connectera ici.";
    annonce.textContent = `${pluriel(tous.length, "envoi attend", "envois attendent")} sur cet appareil depuis ${age(tous[0].le)}. ${suitePour}`;
  }
  envois.suivre(peindre);
  brouillons.compter(peindre);
  setInterval(peindre, 60_000);
})();
