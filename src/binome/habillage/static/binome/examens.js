// A document is accepted once every page of it was on the screen, or it was opened apart; until then nothing is said of it.
(() => {
  "use strict";
  const forme = document.querySelector("form.examens");
  if (!forme) return;
  const fiches = [...forme.querySelectorAll(".examen-de-piece")];
  const bouton = forme.querySelector("[data-enregistrer]"), restent = forme.querySelector("[data-restent]");
  const avisDe = (fiche) => fiche.querySelector("[data-avis]");
  const vues = new WeakSet(); // pages that were on the screen
  function compter() {
    const dits = fiches.filter((une) => avisDe(une).value).length, manquent = fiches.length - dits;
    bouton.textContent = `${dits === 1 ? "J’ai lu cette pièce" : dits ? `J’ai lu ces ${dits} pièces` : "Je n’ai lu aucune pièce"}\u00a0: enregistrer`;
    restent.textContent = manquent ? `${manquent === 1 ? "Une pièce n’est pas encore vue" : `${manquent} pièces ne sont pas encore vues`}\u00a0: faites défiler, ou choisissez.` : "";
  }
  // Not typed by the person: the page's own answer, which this browser does not keep for later.
  function accepter(fiche) {
    const avis = avisDe(fiche);
    if (avis.value) return;
    for (const un of avis.options) un.defaultSelected = un.value === "acceptee";
    avis.value = "acceptee";
    compter();
  }
  function regarder(image) {
    vues.add(image);
    const fiche = image.closest(".examen-de-piece");
    if ([...fiche.querySelectorAll(".page-de-piece img")].every((une) => vues.has(une))) accepter(fiche);
  }
  const observe = new IntersectionObserver((passages) => {
    for (const { target: image, isIntersecting, intersectionRect: vue, boundingClientRect: entiere, rootBounds: ecran } of passages) {
      if (!isIntersecting || vues.has(image) || (vue.height < entiere.height / 2 && vue.height < (ecran?.height ?? innerHeight) / 3)) continue;
      if (image.complete && image.naturalWidth) regarder(image);
      else image.addEventListener("load", () => { observe.unobserve(image); observe.observe(image); }, { once: true });
    }
  }, { threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] });
  const suivre = () => { for (const image of forme.querySelectorAll(".page-de-piece img")) observe.observe(image); };
  for (const fiche of fiches) fiche.querySelector("[data-en-grand]").addEventListener("click", () => accepter(fiche));
  forme.addEventListener("change", compter);
  document.addEventListener("htmx:afterSettle", suivre);
  suivre();
  compter();
})();
