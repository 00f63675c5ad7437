// A button that copies a field, beside it: without a script there is none, and the field is enough.
for (const champ of document.querySelectorAll("[data-copier]")) {
  const quoi = champ.dataset.copier || "l’adresse";
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton second copier";
  bouton.textContent = `Copier ${quoi}`;
  const dire = document.createElement("span");
  dire.setAttribute("role", "status");
  dire.className = "discret";
  bouton.addEventListener("click", async () => {
    champ.select();
    try {
      await navigator.clipboard.writeText(champ.value);
      dire.textContent = "Copié.";
    } catch {
      dire.textContent = "Votre appareil ne laisse pas copier d’ici : le texte est sélectionné, copiez-le.";
    }
  });
  champ.after(bouton, dire);
}
