// « Me prévenir sur ce téléphone » : asks the browser for an address, and gives it to us; nothing else leaves.
(() => {
  "use strict";
  const bloc = document.querySelector("[data-notifications]");
  if (!bloc || !("PushManager" in window) || !navigator.serviceWorker || !bloc.dataset.cle) return;
  const dit = bloc.querySelector("[data-dit]"), bouton = bloc.querySelector("button");
  const jeton = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const octets = (texte) => Uint8Array.from(atob(texte.replaceAll("-", "+").replaceAll("_", "/")), (un) => un.charCodeAt(0));
  const dire = (phrase) => { dit.textContent = phrase; };
  async function envoyer(corps) {
    const reponse = await fetch(bloc.dataset.porte, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": jeton }, body: JSON.stringify(corps),
    });
    const { phrase } = await reponse.json();
    return phrase;
  }
  bloc.hidden = false;
  bouton.addEventListener("click", async () => {
    bouton.disabled = true;
    try {
      if (await Notification.requestPermission() !== "granted") {
        dire("Ce navigateur n’a pas donné son accord. Vous pouvez le changer dans ses réglages.");
        return;
      }
      const ouvrier = await navigator.serviceWorker.register("/hors-ligne.js", { scope: "/espace/" });
      const abonnement = await ouvrier.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(bloc.dataset.cle) });
      dire(await envoyer({ adresse: abonnement.endpoint }));
    } catch {
      dire("Ce téléphone n’a pas pu s’inscrire. Réessayez avec du réseau, ou gardez le rappel par courriel.");
    } finally { bouton.disabled = false; }
  });
})();
