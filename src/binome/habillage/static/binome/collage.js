// What is pasted in a field of date is read as people write it: the browser would drop what it does not know.
(() => {
  "use strict";
  const MOIS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];
  const INVISIBLES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
  const deux = (nombre) => String(nombre).padStart(2, "0");
  function jourLu(texte) {
    const lu = texte.replace(INVISIBLES, "").replace(/\s+/g, " ").trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) /, "").replace(/^le /, "");
    let trouve, annee, mois, jour;
    if ((trouve = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?$/.exec(lu))) [, annee, mois, jour] = trouve.map(Number);
    else if ((trouve = /^(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})$/.exec(lu))) [, jour, mois, annee] = trouve.map(Number);
    else if ((trouve = /^(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})$/.exec(lu))) {
      const rangs = MOIS.map((nom, rang) => (nom.startsWith(trouve[2]) ? rang + 1 : 0)).filter(Boolean);
      if (trouve[2].length < 3 || rangs.length !== 1) return "";
      [jour, mois, annee] = [Number(trouve[1]), rangs[0], Number(trouve[3])];
    } else return "";
    if (annee < 100) annee += annee > 40 ? 1900 : 2000; // as `jours.py`
    const date = new Date(Date.UTC(annee, mois - 1, jour));
    return date.getUTCMonth() === mois - 1 && date.getUTCDate() === jour ? `${annee}-${deux(mois)}-${deux(jour)}` : "";
  }
  function dire(champ, mot) {
    const nom = `${champ.id || champ.name}-colle`;
    document.getElementById(nom)?.remove();
    if (!mot) return;
    const dit = Object.assign(document.createElement("span"), { id: nom, className: "erreur", textContent: mot });
    dit.setAttribute("role", "alert");
    champ.after(dit);
  }
  document.addEventListener("paste", (evenement) => {
    const champ = evenement.target, texte = evenement.clipboardData?.getData("text") ?? "";
    if (champ.tagName !== "INPUT" || !texte || champ.type !== "date") return;
    evenement.preventDefault();
    const lu = jourLu(texte);
    if (!lu) {
      dire(champ, `« ${texte.trim().slice(0, 40)} » n’est pas un jour que nous savons lire. Écrivez-le, par exemple 15/01/1987.`);
      return;
    }
    dire(champ, "");
    champ.value = lu;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
    champ.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
