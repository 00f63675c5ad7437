// What names a person cared for, found while one types: the same lists, read in the same order, as the server's own
// reading (`livret/sans_patient.py`), which has the last word. A test holds both to the same answer on every sentence.
//
// The page gives the lists in `<script type="application/json" id="sans-patient">`. A field that carries
// `data-sans-patient` names the element where the reasons are told; it is invalid as long as one is.
(() => {
  "use strict";
  const bloc = document.getElementById("sans-patient");
  if (!bloc) return;
  const donnees = JSON.parse(bloc.textContent);
  const ensemble = (texte) => new Set(texte.trim().split(/\s+/));
  const listes = Object.fromEntries(Object.entries(donnees).filter(([, un]) => typeof un === "string").map(([nom, un]) => [nom, ensemble(un)]));
  const courtes = ensemble(donnees.civilites.courtes), longues = ensemble(donnees.civilites.longues), point = donnees.civilites.point;
  const patrons = donnees.motifs.map((un) => ({ genre: un.genre, motif: un.motif, casse: Boolean(un.casse), sauf: new Set(un.sauf_apres || []) }));
  const AUTREMENT = { "‘": "'", "’": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-" };
  const INVISIBLE = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
  const MORCEAU = /[a-zßœæøłđ]+(?:-[a-zßœæøłđ]+)*|[0-9]+|[^ \t]/g;
  const LETTRE = /[a-zßœæøłđ]/;
  const AGE = /[ ,(]{0,3}(?:(?:a|avait|agee?|de|fait) ){0,3}([0-9]{1,3} ?(?:ans|an|mois))(?![a-z])/y;
  const AVANT = 40, SIGLE = 4, MOTS = 3;
  const LIENS = new Set(["de", "du", "d", "'", "la", "le", "l", "des"]);
  const FERMENT = new Set([",", ".", ")", ";", "!", "du", "de", "d", "des"]);

  // --- the text, sign by sign --------------------------------------------------------------------------------
  function nu(signes) {
    let texte = "";
    const places = [];
    signes.forEach((signe, place) => {
      const seul = [...(AUTREMENT[signe] ?? signe).normalize("NFKD").replace(INVISIBLE, "")];
      if (!seul.length) return;
      const lu = seul.length === 1 ? seul[0] : signe;
      texte += lu.codePointAt(0) <= 0xffff ? lu : "\ufffd";
      places.push(place);
    });
    return [texte, places];
  }
  const bas = (texte) => { let plat = ""; for (const un of texte) { const petit = un.toLowerCase(); plat += petit.length === 1 ? petit : un; } return plat; };

  // --- what patterns find ------------------------------------------------------------------------------------
  function desMotifs(texte, plat) {
    const trouves = [];
    for (const { genre, motif, casse, sauf } of patrons) {
      const patron = new RegExp(motif, "g"), lu = casse ? texte : plat;
      for (let un = patron.exec(lu); un; un = patron.exec(lu)) {
        const debut = un.index + un[1].length, fin = debut + un[2].length;
        patron.lastIndex = fin;
        const devant = (plat.slice(Math.max(0, debut - AVANT), debut).match(MORCEAU) || []).slice(-4);
        if (!devant.some((mot) => sauf.has(mot))) trouves.push([debut, fin, genre]);
      }
    }
    return trouves;
  }

  // --- what words find ---------------------------------------------------------------------------------------
  function morceaux(texte, plat) {
    return [...plat.matchAll(MORCEAU)].map((un) => {
      const debut = un.index, fin = debut + un[0].length;
      let capitales = true;
      for (let i = debut; i < fin; i += 1) capitales = capitales && (texte[i] !== plat[i] || plat[i] === "-");
      return { plat: un[0], debut, fin, majuscule: texte[debut] !== plat[debut], capitales, mot: LETTRE.test(un[0][0]) };
    });
  }
  function ageEn(plat, fin) {
    AGE.lastIndex = fin;
    const age = AGE.exec(plat);
    return age && [fin + age[0].length - age[1].length, fin + age[0].length];
  }
  function lecteur(texte, plat) {
    const mots = morceaux(texte, plat);
    let hautes = 0, lettres = 0;
    for (let i = 0; i < plat.length; i += 1) { hautes += texte[i] !== plat[i]; lettres += LETTRE.test(plat[i]); }
    const crie = hautes > SIGLE && 2 * hautes > lettres;
    const est = (rang, signe) => mots[rang]?.plat === signe;
    const dans = (rang, nom) => Boolean(mots[rang]) && listes[nom].has(mots[rang].plat);
    const haut = (rang) => Boolean(mots[rang]?.mot) && mots[rang].plat.length > 1 && mots[rang].majuscule && !crie;
    const lettre = (rang) => Boolean(mots[rang]?.mot) && mots[rang].plat.length === 1 && mots[rang].majuscule && !crie;
    const inconnu = (rang) => Boolean(mots[rang]?.mot) && !dans(rang, "courants") && !dans(rang, "collegues");
    const suit = (rang) => haut(rang + 1) || est(rang + 1, "'") || dans(rang + 1, "particules");
    function propre(rang) {
      if (!haut(rang) || dans(rang, "pas_noms") || dans(rang, "sigles")) return false;
      return !mots[rang].capitales || mots[rang].plat.length > SIGLE || dans(rang, "prenoms");
    }
    function famille(depart, seulementPropre) {
      let rang = depart;
      while (mots[rang] && rang - depart < 4) {
        const suite = est(rang + 1, "'");
        if (!dans(rang, "particules") || (["la", "le"].includes(mots[rang].plat) && !suit(rang))) break;
        rang += suite ? 2 : 1;
      }
      if (!(seulementPropre ? propre(rang) : haut(rang)) || dans(rang, "collegues")) return depart;
      rang += 1;
      for (let n = 1; n < MOTS && propre(rang); n += 1) rang += 1;
      return rang;
    }
    function initiales(rang) {
      let jusque = rang;
      while (lettre(jusque) && jusque - rang < 6) jusque += est(jusque + 1, ".") ? 2 : 1;
      return jusque;
    }
    function civil(rang) {
      const un = mots[rang];
      const suivant = est(rang + 1, ".") ? rang + 2 : rang + 1;
      let courte = crie;
      if (un.plat === point) { if (!un.majuscule || (crie && suivant === rang + 1)) return rang; }
      else if (courtes.has(un.plat)) courte = true;
      else if (!longues.has(un.plat)) return rang;
      const apres = mots[suivant];
      if (!apres?.mot) return rang;
      let jusque = famille(suivant, false);
      if (jusque > suivant) return jusque;
      jusque = initiales(suivant);
      if (jusque > suivant) return jusque;
      if (apres.capitales && !crie && apres.plat.length <= SIGLE) return suivant + 1;
      const petit = !apres.majuscule || crie;
      if (!petit || apres.plat.length < 3 || !inconnu(suivant)) return rang;
      return courte || dans(suivant + 1, "verbes") ? suivant + 1 : rang;
    }
    function suivi(rang) {
      let suivant = rang + 1;
      if (!dans(rang, "suivis")) return rang;
      let jusque = famille(suivant, true);
      const titre = mots[rang].majuscule && dans(rang, "titres");
      if (mots.slice(suivant, jusque).some((_, n) => inconnu(suivant + n))) return !titre || dans(suivant, "prenoms") ? jusque : rang;
      if (est(suivant, ":")) suivant += 1;
      jusque = initiales(suivant);
      return jusque > suivant + 1 && est(suivant + 1, ".") ? jusque : rang;
    }
    function etiquette(rang) {
      if (!dans(rang, "etiquettes")) return rang;
      for (let signe = rang + 1; mots[signe] && signe - rang < 6; signe += 1) {
        if (est(signe, ":")) return inconnu(signe + 1) ? signe + 2 : rang;
        if (!est(signe, "'") && !dans(signe, "precisions")) break;
      }
      return rang;
    }
    function ailleurs(rang) {
      for (let avant = rang - 1; avant > Math.max(-1, rang - 5); avant -= 1) {
        if (dans(avant, "devant")) return true;
        if (!LIENS.has(mots[avant].plat)) return false;
      }
      return false;
    }
    function prenom(rang) {
      const un = mots[rang], suivant = mots[rang + 1];
      if (!haut(rang)) return rang;
      if (dans(rang, "prenoms")) {
        if (ailleurs(rang)) return rang;
        const jusque = famille(rang + 1, true);
        if (jusque > rang + 1) return jusque;
        if (lettre(rang + 1) && est(rang + 2, ".")) return rang + 3;
        return ageEn(plat, un.fin) ? rang + 1 : rang;
      }
      if (!suivant || !(un.capitales && un.plat.length > 2 && propre(rang))) return rang;
      const connu = dans(rang + 1, "prenoms");
      const etranger = un.plat.length > SIGLE && !suivant.capitales && propre(rang + 1) && inconnu(rang + 1);
      return haut(rang + 1) && (connu || etranger) ? rang + 2 : rang;
    }
    function initiale(rang) {
      if (!(lettre(rang) && est(rang + 1, ".") && propre(rang + 2)) || dans(rang + 2, "courants")) return rang;
      if (!mots[rang - 1]?.mot) return dans(rang + 3, "verbes") ? rang + 3 : rang;
      return dans(rang - 1, "lettrees") ? rang : rang + 3;
    }
    function collegue(rang, jusque) {
      let avant = rang - 1;
      const virgule = est(avant, ",");
      if (virgule || est(avant, ".")) avant -= 1;
      const ferme = [",", ".", ")"].some((signe) => est(jusque, signe));
      if (dans(avant, "collegues") && (!virgule || ferme)) return true;
      if (!est(jusque, ",") && !est(jusque, "(")) return false;
      for (let apres = jusque + 1; apres < jusque + 4; apres += 1)
        if (dans(apres, "collegues")) return !mots[apres + 1] || FERMENT.has(mots[apres + 1].plat);
      return false;
    }
    function nomEn(rang) {
      for (const lire of [civil, suivi, etiquette, prenom, initiale]) {
        const jusque = lire(rang);
        if (jusque > rang) return collegue(rang, jusque) ? rang : jusque;
      }
      return rang;
    }
    return { mots, nomEn };
  }
  function desNoms(texte, plat) {
    const trouves = [], { mots, nomEn } = lecteur(texte, plat);
    for (let rang = 0; rang < mots.length;) {
      const jusque = nomEn(rang);
      if (jusque > rang) {
        const fin = mots[jusque - 1].fin, age = ageEn(plat, fin);
        trouves.push([mots[rang].debut, fin, "nom"]);
        if (age) trouves.push([...age, "age"]);
      }
      rang = Math.max(jusque, rang + 1);
    }
    return trouves;
  }

  // --- all of it: places are counted in signs, as a person sees them ----------------------------------------------
  function reperer(texte) {
    const signes = [...texte], [nus, places] = nu(signes), plat = bas(nus);
    const pris = new Uint8Array(nus.length), gardes = [];
    for (const [debut, fin, genre] of [...desMotifs(nus, plat), ...desNoms(nus, plat)]) {
      if (pris.subarray(debut, fin).includes(1)) continue;
      pris.fill(1, debut, fin);
      gardes.push([debut, fin, genre]);
    }
    return gardes.sort((un, autre) => un[0] - autre[0]).map(([debut, fin, genre]) => {
      const de = places[debut], a = places[fin - 1] + 1;
      return { debut: de, fin: a, genre, raison: donnees.raisons[genre].split("{dit}").join(signes.slice(de, a).join("")) };
    });
  }
  window.binomeSansPatient = { reperer };

  function dire(champ) {
    const lieu = document.getElementById(champ.dataset.sansPatient);
    const raisons = [...new Set(reperer(champ.value).map((un) => un.raison))];
    champ.setCustomValidity(raisons.join(" "));
    if (raisons.length) champ.setAttribute("aria-invalid", "true"); else champ.removeAttribute("aria-invalid");
    if (!lieu) return;
    const texte = raisons.join(" ");
    if (lieu.textContent !== texte) lieu.textContent = texte;
    lieu.hidden = !texte;
  }
  document.addEventListener("input", (evenement) => { if (evenement.target.matches("[data-sans-patient]")) dire(evenement.target); });
  const tous = () => document.querySelectorAll("[data-sans-patient]").forEach((champ) => { if (champ.value) dire(champ); });
  window.addEventListener("pageshow", tous);
})();
