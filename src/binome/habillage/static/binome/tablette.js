// The tablet passed round: each signs in turn, and each signature is in the outbox before the next one draws.
(() => {
  "use strict";
  const liste = document.querySelector('[data-tablette="ouverte"]');
  const dialogue = document.getElementById("signer");
  document.querySelector("[data-sans-script]")?.remove();
  if (!liste || !dialogue) return;
  const { bouton, envois } = window.binome;
  const PORTE = liste.dataset.porte, FUSEAU = liste.dataset.fuseau, SERRE = 120;
  const annonces = document.querySelector("[data-annonces]"), impossible = annonces.querySelector("[data-impossible]");
  const horloge = annonces.querySelector("[data-horloge]"), compte = annonces.querySelector("[data-compte]");
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

  // --- one after the other --------------------------------------------------------------------------------------
  const nomDe = (une) => une.querySelector(".tablette-nom").textContent.trim();
  const cadre = window.binome.cadreOuSigner(dialogue);
  const ouvrir = (une) => cadre.ouvrir(nomDe(une), async (image) => {
    const parcours = Number(une.dataset.parcours);
    await envois.deposer("signature", PORTE, { parcours, signee_le: new Date().toISOString(), image }, { titre: "Signature", repere: `parcours:${parcours}` });
  }, () => liste.querySelector("li:not([data-signee]) button")?.focus());

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
      impossible.textContent = `${phrase} Sinon, utilisez la feuille de papier.`;
      impossible.hidden = false;
      return;
    }
    await envois.suivre(peindre);
    document.documentElement.dataset.tablette = "prete";
    try { await envois.identite(); } catch { sourde = true; /* without network, the clock is told later */ }
    await peindre();
  })();
})();
