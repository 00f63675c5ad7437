// A button that copies the address of an answer, beside it: without a script there is none, and the field is enough.
for (const champ of document.querySelectorAll("[data-copier]")) {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton second copier";
  bouton.textContent = "Copier l’adresse";
  const dire = document.createElement("span");
  dire.setAttribute("role", "status");
  dire.className = "discret";
  bouton.addEventListener("click", async () => {
    champ.select();
    try {
      await navigator.clipboard.writeText(champ.value);
      dire.textContent = "Adresse copiée.";
    } catch {
      dire.textContent = "Votre appareil ne laisse pas copier d’ici : l’adresse est sélectionnée, copiez-la.";
    }
  });
  champ.after(bouton, dire);
}
