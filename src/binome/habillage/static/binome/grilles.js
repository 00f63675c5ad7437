// Grids filled without network: what is tapped is a draft on the device; what is saved is in the outbox, under a name drawn here;
// and the page says which of them the server has. A correction names the grid that its author saw.
(() => {
  "use strict";
  const lieu = document.querySelector("[data-grilles]");
  const pret = () => { document.documentElement.dataset.grilles = "pretes"; };
  const { brouillons, envois } = window.binome;
  const formes = lieu ? [...lieu.querySelectorAll("form[data-grille]")] : [];
  if (!formes.length) { pret(); return; }
  const PORTE = lieu.dataset.porte, FUSEAU = lieu.dataset.fuseau, rendu = Date.parse(lieu.dataset.rendu), impossible = lieu.querySelector("[data-impossible]");
  const heure = (quand) => new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: FUSEAU }).format(new Date(quand)).replace(":", "\u00a0h\u00a0");

  function lireLaGrille(forme) {
    const lignes = [...forme.querySelectorAll("[data-competence]")].map((une) => ({
      code: une.dataset.competence, radios: [...une.querySelectorAll("input[type=radio]")], texte: une.querySelector("textarea"), phrase: une.querySelector("details"),
    }));
    return {
      forme, lignes, passation: Number(forme.dataset.grille), nom: `grille:${forme.dataset.grille}`, repere: `passation:${forme.dataset.grille}`,
      etat: forme.closest("article").querySelector("[data-etat-de-grille]"), faute: forme.querySelector("[data-faute]"), dite: forme.querySelector("[data-dite]"),
      connus: forme.dataset.connus.split(" "), dEtat: "", uid: "", part: false,
    };
  }
  const dUnPatient = (phrase) => window.binomeSansPatient?.reperer(phrase)[0]?.raison ?? "";
  const dire = (grille, phrase) => { grille.faute.textContent = phrase; grille.faute.hidden = !phrase; if (phrase) grille.faute.scrollIntoView({ block: "nearest" }); };
  const saisies = (grille) => grille.lignes.map(({ code, radios, texte }) => ({ competence: code, verdict: radios.find((un) => un.checked)?.value ?? "", observation: texte.value }));
  // What names a patient is on the screen, and kept nowhere.
  const propres = (lignes) => lignes.map((une) => (dUnPatient(une.observation) ? { ...une, observation: "" } : une));
  function remettre(grille, lignes) {
    for (const { competence, verdict, observation } of lignes) {
      const ligne = grille.lignes.find((une) => une.code === competence);
      if (!ligne) continue;
      for (const un of ligne.radios) un.checked = un.value === verdict;
      ligne.texte.value = observation;
      if (observation) ligne.phrase.open = true;
    }
  }
  const noter = (grille) => { dire(grille, ""); grille.uid ||= crypto.randomUUID(); brouillons.poser(grille.nom, "saisie", { uid: grille.uid, fait: "", lignes: propres(saisies(grille)) }); };

  // The last one that left this device, or waits there, and that the page does not show yet: one that was refused is none.
  async function derniere(grille) {
    const tous = [...(await envois.lister()).filter((un) => un.compte === envois.compte && !un.refus), ...(await envois.partis()).filter((un) => Date.parse(un.recu) >= rendu)];
    return tous.filter((un) => un.adresse === PORTE && un.repere === grille.repere).sort((un, autre) => un.le - autre.le).at(-1);
  }
  async function enregistrer(grille) {
    const toutes = saisies(grille), lignes = toutes.filter((une) => une.verdict);
    if (toutes.some((une) => !une.verdict && une.observation.trim())) { dire(grille, "Une observation est écrite sans réponse\u202f: choisissez-en une."); return; }
    if (!lignes.length) { dire(grille, "Cette grille est vide\u202f: répondez à une compétence au moins."); return; }
    const raison = lignes.map((une) => dUnPatient(une.observation)).find(Boolean);
    if (raison) { dire(grille, raison); return; }
    if (grille.part) return;  // a second touch before the first is kept would be a second grid
    grille.part = true;
    try {
      const vue = (await derniere(grille))?.id ?? (grille.forme.elements.vue.defaultValue || null);
      const id = await envois.deposer("grille", PORTE, { passation: grille.passation, remplie_le: new Date().toISOString(), vue, lignes }, { titre: "Grille", repere: grille.repere });
      grille.uid = crypto.randomUUID();
      await brouillons.poser(grille.nom, "saisie", { uid: grille.uid, fait: id, lignes: toutes });
      grille.forme.closest("details").open = false;
    } catch (faute) { dire(grille, faute.message); } finally { grille.part = false; }
  }

  async function peindre() {
    const ici = (await envois.lister()).filter((un) => un.adresse === PORTE && un.compte === envois.compte), partis = (await envois.partis()).filter((un) => un.adresse === PORTE);
    for (const grille of formes.map((une) => une.grille)) {
      const siens = ici.filter((un) => un.repere === grille.repere), attend = siens.filter((un) => !un.refus).at(-1), refuse = siens.find((un) => un.refus);
      const parti = partis.filter((un) => un.repere === grille.repere && Date.parse(un.recu) >= rendu).sort((un, autre) => un.le - autre.le).at(-1);
      const texte = attend ? `Grille enregistrée sur cet appareil à ${heure(attend.le)}, pas encore envoyée` : refuse ? `Grille refusée. ${refuse.refus}` : parti ? `Grille envoyée, remplie à ${heure(parti.le)}` : grille.dEtat;
      if (grille.etat.textContent !== texte) grille.etat.textContent = texte;
      grille.dite.textContent = parti?.phrase ?? "";
      grille.dite.hidden = !grille.dite.textContent;
    }
  }

  for (const forme of formes) {
    const grille = lireLaGrille(forme);
    forme.grille = grille;
    grille.dEtat = grille.etat.textContent;
    forme.addEventListener("input", () => noter(grille));
  }
  (async () => {
    const phrase = await envois.verifier();
    if (phrase) { impossible.textContent = phrase; impossible.hidden = false; pret(); return; }
    for (const { grille } of formes) {
      const { saisie } = await brouillons.lire(grille.nom);
      if (saisie && saisie.fait && grille.connus.includes(saisie.fait)) await brouillons.oter(grille.nom, "saisie", saisie.uid);
      else if (saisie) {
        grille.uid = saisie.uid;
        remettre(grille, saisie.lignes);
      }
      grille.forme.addEventListener("submit", (evenement) => { evenement.preventDefault(); enregistrer(grille); });
    }
    await envois.suivre(peindre);
    pret();
  })();
})();
