// Ties the form of a passkey to allauth's scripts, and says on the page when the key did not answer.
(() => {
  const form = document.querySelector("form[data-cle]");
  const ids = { credential: "cle-reponse", login: "cle-geste", authenticate: "cle-geste", add: "cle-geste", data: "cle-demande" };
  if (form.dataset.cle === "addForm") {
    ids.credential = "id_credential";
    ids.passwordless = "id_passwordless";
  }
  document.addEventListener("allauth.error", (fait) => fait.preventDefault());
  document.addEventListener("allauth.error", () => {
    document.querySelector("[data-cle-erreur]").hidden = false;
  });
  window.allauth.webauthn.forms[form.dataset.cle]({ ids });
})();
