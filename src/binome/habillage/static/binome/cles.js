// Ties the buttons of the pages to allauth's passkey gestures; a browser without passkeys shows none.
document.querySelectorAll("[data-cle]").forEach((bouton) => {
  if (!window.PublicKeyCredential) return;
  const dit = JSON.parse(bouton.dataset.cle);
  bouton.hidden = false;
  window.allauth.webauthn.forms[dit.geste](dit);
});
// A refused or abandoned passkey is not a fault: the page says so, and the password still works.
document.addEventListener("allauth.error", (evenement) => {
  evenement.preventDefault();
  const dit = document.createElement("p");
  dit.className = "encart";
  dit.setAttribute("role", "alert");
  dit.textContent = "La clé d’accès n’a pas répondu. Réessayez, ou utilisez l’autre moyen.";
  document.querySelector("main h1").after(dit);
});
