// The page of documents: files leave as soon as they are chosen or dropped, one by one, and each says what became of it.
// A large photo is made smaller first. Without this script the same forms send the same files, all at once.
(() => {
  const VISE = 2 * 2 ** 20; // bytes aimed at
  const COTE = 4000; // pixels of the longest side, then down to what stays legible
  const LISIBLE = 2500;
  const PHOTO = /^image\/(jpeg|png|hei[cf])$/;
  const NOM_DE_PHOTO = /\.(jpe?g|png|hei[cf])$/i;

  const POURQUOI = {
    session: "votre session est terminée. Connectez-vous dans un autre onglet, puis réessayez.",
    "autre-compte": "un autre compte est ouvert dans ce navigateur. Revenez au vôtre dans un autre onglet, puis réessayez.",
    jeton: "cette page est restée ouverte trop longtemps. Réessayez.",
  };
  const entetes = () => ({ Accept: "application/json", "X-Binome-Envoi": "1", "X-Binome-Compte": window.binome?.compte ?? "" });

  const dire = (ligne, nom, texte, sorte) => {
    const fort = document.createElement("strong");
    fort.textContent = nom;
    ligne.className = sorte;
    ligne.replaceChildren(fort, `\u202f: ${texte}`);
  };

  const enJpeg = async (dessin, cote, qualite) => {
    const part = Math.min(1, cote / Math.max(dessin.width, dessin.height));
    const toile = document.createElement("canvas");
    toile.width = Math.round(dessin.width * part);
    toile.height = Math.round(dessin.height * part);
    const plume = toile.getContext("2d");
    plume.fillStyle = "#fff"; // what a PNG leaves clear
    plume.fillRect(0, 0, toile.width, toile.height);
    plume.drawImage(dessin, 0, 0, toile.width, toile.height);
    return new Promise((suite) => toile.toBlob(suite, "image/jpeg", qualite));
  };

  // The photo as it stood when it was taken, light enough; the file itself where the browser cannot read it: the server then does it.
  const alleger = async (fichier) => {
    if (!PHOTO.test(fichier.type) && !NOM_DE_PHOTO.test(fichier.name)) return fichier;
    const legere = /\.hei[cf]$/i.test(fichier.name) ? false : fichier.size <= VISE;
    if (legere) return fichier;
    try {
      const dessin = await createImageBitmap(fichier, { imageOrientation: "from-image" });
      let copie = null;
      for (const [cote, qualite] of [[COTE, 0.86], [COTE, 0.78], [3200, 0.78], [LISIBLE, 0.78]]) {
        copie = await enJpeg(dessin, cote, qualite);
        if (copie && copie.size <= VISE) break;
      }
      dessin.close();
      if (!copie || copie.size >= fichier.size) return fichier;
      return new File([copie], fichier.name.replace(NOM_DE_PHOTO, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return fichier;
    }
  };

  // The token and the version of every form, as a page just loaded has them: someone may have signed in again meanwhile.
  const rafraichir = async () => {
    const page = await (await fetch(location.pathname, { headers: { "X-Binome-Envoi": "1" } })).text();
    const lue = new DOMParser().parseFromString(page, "text/html");
    for (const nom of ["csrfmiddlewaretoken", "version"]) {
      const frais = lue.querySelector(`[data-depot] [name="${nom}"]`);
      if (frais) document.querySelectorAll(`main [name="${nom}"]`).forEach((champ) => { champ.value = frais.value; });
    }
  };

  const remplacer = (carte, html) => {
    const neuve = new DOMParser().parseFromString(html, "text/html");
    for (const morceau of ["data-etiquette", "data-garde", "data-remplacer"]) {
      const place = carte.querySelector(`[${morceau}]`);
      const venu = neuve.querySelector(`[${morceau}]`);
      if (place && venu) place.replaceChildren(...venu.childNodes);
    }
    carte.className = neuve.querySelector("[data-nature]").className;
  };

  let enRoute = 0;
  let suite = Promise.resolve();
  addEventListener("beforeunload", (evenement) => { if (enRoute) evenement.preventDefault(); });

  const offrirDeRecommencer = (ligne, formulaire, fichier) => {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "lien";
    bouton.textContent = "Réessayer";
    bouton.addEventListener("click", async () => {
      await rafraichir().catch(() => {});
      partir(formulaire, fichier, ligne);
    });
    ligne.append(" ", bouton);
  };

  const envoyer = async (formulaire, fichier, ligne) => {
    const corps = new FormData(formulaire);
    const envoye = await alleger(fichier);
    corps.delete("fichier");
    corps.append("fichier", envoye, envoye.name);
    let reponse;
    try {
      reponse = await fetch(formulaire.action, { method: "POST", body: corps, headers: entetes() });
    } catch {
      dire(ligne, fichier.name, "le réseau ne répond pas. Le fichier n’est pas parti.", "refus");
      offrirDeRecommencer(ligne, formulaire, fichier);
      return;
    }
    const dit = await reponse.json().catch(() => null);
    if (!dit || !dit.arrivees) {
      const refus = reponse.headers.get("X-Refus") || (reponse.status === 403 ? "jeton" : "");
      dire(ligne, fichier.name, POURQUOI[refus] || "le service n’a pas pu le prendre. Réessayez dans un instant.", "refus");
      offrirDeRecommencer(ligne, formulaire, fichier);
      return;
    }
    const arrivee = dit.arrivees[0];
    dire(ligne, fichier.name, arrivee.dit, arrivee.prise ? "prise" : "refus");
    if (arrivee.statut >= 500) offrirDeRecommencer(ligne, formulaire, fichier);
    remplacer(formulaire.closest("[data-nature]"), dit.carte);
    document.getElementById("reste").innerHTML = dit.reste;
    document.querySelectorAll('main [name="version"]').forEach((champ) => { champ.value = dit.version; });
  };

  const partir = (formulaire, fichier, ligne) => {
    dire(ligne, fichier.name, "envoi…", "attente");
    enRoute += 1;
    suite = suite.then(() => envoyer(formulaire, fichier, ligne)).catch(() => {
      dire(ligne, fichier.name, "le fichier n’est pas parti.", "refus");
      offrirDeRecommencer(ligne, formulaire, fichier);
    }).finally(() => { enRoute -= 1; });
  };

  const tousPartir = (formulaire, fichiers, liste) => {
    for (const fichier of fichiers) partir(formulaire, fichier, liste.appendChild(document.createElement("li")));
  };

  // A file that misses its place would otherwise take the page's.
  for (const geste of ["dragover", "drop"]) addEventListener(geste, (evenement) => evenement.preventDefault());

  const recevoir = (zone, prendre) => {
    zone.addEventListener("dragover", () => zone.classList.add("survol"));
    zone.addEventListener("dragleave", (evenement) => { if (!zone.contains(evenement.relatedTarget)) zone.classList.remove("survol"); });
    zone.addEventListener("drop", (evenement) => {
      zone.classList.remove("survol");
      if (evenement.dataTransfer.files.length) prendre([...evenement.dataTransfer.files]);
    });
  };

  document.documentElement.classList.add("avec-depot");
  document.querySelectorAll("[data-depot]").forEach((formulaire) => {
    const champ = formulaire.querySelector('[type="file"]');
    const liste = formulaire.querySelector("[data-arrivees]");
    const prendre = () => {
      const fichiers = [...champ.files];
      champ.value = "";
      tousPartir(formulaire, fichiers, liste);
    };
    champ.addEventListener("change", prendre);
    prendre(); // what was chosen before this script came
    recevoir(formulaire.closest("[data-nature]"), (fichiers) => tousPartir(formulaire, fichiers, liste));
  });

  const ensemble = document.querySelector("[data-ensemble]");
  if (!ensemble) return;
  const tri = ensemble.querySelector("[data-tri]");
  const lignes = tri.querySelector(".tri");
  const retenus = new Map();
  const mots = (nom) => nom.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().match(/[a-z]+|\d+/g) || [];
  // What would be refused whatever it is goes no further: nobody says first which document it is.
  const SANS_SUITE = [["vide", (un) => un.size === 0], ["bureautique", (un) => /\.(docx?|odt|rtf|pages|xlsx?|ods|numbers|pptx?|odp)$/i.test(un.name)], ["archive", (un) => /\.(zip|rar|7z|tar|t?gz)$/i.test(un.name)]];
  const ranger = (fichiers) => {
    for (const fichier of fichiers) {
      const refus = SANS_SUITE.find(([, est]) => est(fichier));
      if (refus) {
        dire(ensemble.querySelector("[data-arrivees]").appendChild(document.createElement("li")), fichier.name, ensemble.dataset[refus[0]], "refus");
        continue;
      }
      const ligne = ensemble.querySelector("template").content.firstElementChild.cloneNode(true);
      const choix = ligne.querySelector("select");
      ligne.querySelector("span").textContent = fichier.name;
      const dits = mots(fichier.name);
      const parlent = [...choix.options].filter((une) => (une.dataset.mots || "").split(" ").some((mot) => mot && dits.includes(mot)));
      if (parlent.length === 1) choix.value = parlent[0].value;
      retenus.set(ligne, fichier);
      lignes.append(ligne);
    }
    tri.hidden = retenus.size === 0;
    if (retenus.size) (lignes.querySelector("select:invalid") || tri.querySelector("button")).focus();
  };
  const vider = () => { retenus.clear(); lignes.replaceChildren(); tri.hidden = true; };
  ensemble.hidden = false;
  ensemble.querySelector("#ensemble").addEventListener("change", (evenement) => {
    const fichiers = [...evenement.target.files];
    evenement.target.value = "";
    ranger(fichiers);
  });
  recevoir(ensemble, ranger);
  tri.querySelector("[data-renoncer]").addEventListener("click", vider);
  ensemble.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const liste = ensemble.querySelector("[data-arrivees]");
    liste.replaceChildren();
    for (const [ligne, fichier] of retenus) {
      const code = ligne.querySelector("select").value;
      const formulaire = document.querySelector(`#nature-${CSS.escape(code)} [data-depot]`);
      if (formulaire) tousPartir(formulaire, [fichier], liste);
    }
    vider();
  });
})();
