// Keys for who has four hundred files before them. They never act in a field, nor with a modifier, nor once switched off;
// those that change something only lead to its button: Enter is what acts.
(() => {
  const CLE = "binome.touches";
  const dialogue = document.getElementById("touches");
  const bascule = document.getElementById("touches-actives");
  if (!dialogue || !bascule) return;
  const lire = () => { try { return localStorage.getItem(CLE) !== "non"; } catch { return true; } };
  const garder = (oui) => { try { localStorage.setItem(CLE, oui ? "oui" : "non"); } catch { /* kept for this page alone */ } };
  let actives = lire();
  bascule.checked = actives;
  bascule.addEventListener("change", () => { actives = bascule.checked; garder(actives); });
  dialogue.querySelector("[data-ferme-touches]").addEventListener("click", () => dialogue.close());
  document.querySelectorAll("[data-ouvre-touches]").forEach((bouton) => {
    bouton.hidden = false;
    bouton.addEventListener("click", () => dialogue.showModal());
  });

  const dans_un_champ = (cible) => cible.isContentEditable || cible.closest("textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=hidden])");
  const visible = (un) => un.getClientRects().length > 0 && !un.disabled;
  const lignes = () => [...document.querySelectorAll("tr[data-dossier]")];
  const ici = () => lignes().findIndex((un) => un.contains(document.activeElement));

  function avancer(pas) {
    const toutes = lignes();
    if (!toutes.length) return false;
    const rang = Math.min(Math.max(ici() + pas, 0), toutes.length - 1);
    toutes[rang].querySelector("a.nom").focus();
    return true;
  }
  function mener(touche) {
    const un = [...document.querySelectorAll(`[data-touche="${touche}"]`)].find(visible);
    if (!un) return false;
    un.focus();
    if (un.matches("a")) un.click();
    return true;
  }
  const GESTES = {
    j: () => avancer(1) || mener("j"),
    k: () => avancer(-1) || mener("k"),
    x: () => { const rang = ici(); const coche = rang >= 0 && lignes()[rang].querySelector("input[type=checkbox]"); if (coche) coche.click(); return Boolean(coche); },
    "/": () => { const champ = document.getElementById("q"); if (champ) champ.focus(); return Boolean(champ); },
    "?": () => { dialogue.showModal(); return true; },
  };
  document.addEventListener("keydown", (frappe) => {
    if (frappe.defaultPrevented || frappe.ctrlKey || frappe.altKey || frappe.metaKey || frappe.isComposing) return;
    if (dialogue.open || dans_un_champ(frappe.target)) return;
    const touche = frappe.key.length === 1 ? frappe.key.toLowerCase() : "";
    if (!touche || !actives) return;
    const fait = GESTES[touche] ? GESTES[touche]() : /[a-z]/.test(touche) && mener(touche);
    if (fait) frappe.preventDefault();
  });
})();
