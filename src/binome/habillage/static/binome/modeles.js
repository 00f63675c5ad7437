// Offers the texts of the branch beside each field where one is written; what is inserted stays to be corrected.
(() => {
  const source = document.querySelector("select.modeles");
  if (!source) return;
  document.querySelectorAll("#demander-motif, #message, #reserve, #ecart, #reponse").forEach((champ) => {
    const choix = source.cloneNode(true);
    choix.hidden = false;
    choix.addEventListener("change", () => {
      if (!choix.value) return;
      champ.value = champ.value.trim() ? `${champ.value.trimEnd()}\n${choix.value}` : choix.value;
      choix.value = "";
      champ.dispatchEvent(new Event("input", { bubbles: true }));
      champ.focus();
    });
    champ.after(choix);
  });
})();
