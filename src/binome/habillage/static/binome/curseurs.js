// A cursor that is moved counts at once: its box is ticked, its number said, and the answer comes in its place.
// Without a script the form is sent by its button, and says the same.
(() => {
  "use strict";
  const forme = document.querySelector("form[data-curseurs]");
  const parts = [...document.querySelectorAll("[data-repond]")];
  if (!forme || !parts.length) return;
  const PATIENCE = 250;
  let attente = 0, tour = 0;

  function direLeNombre(curseur) {
    const nombre = Number(curseur.value) * Number(curseur.dataset.facteur);
    const dit = Number(nombre.toPrecision(3)).toLocaleString("fr-FR", { maximumFractionDigits: 3, useGrouping: false });
    curseur.parentElement.querySelector("output").value = curseur.dataset.unite ? `${dit}\u202f${curseur.dataset.unite}` : dit;
  }

  async function demander() {
    const celui = ++tour;
    const adresse = new URL(forme.getAttribute("action"), location.href);
    adresse.search = new URLSearchParams(new FormData(forme)).toString();
    for (const une of parts) une.setAttribute("aria-busy", "true");
    try {
      const reponse = await fetch(adresse, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const neuves = parts.map((une) => page.getElementById(une.id));
      if (celui !== tour) return;
      if (!reponse.ok || neuves.includes(null) || page.querySelector("form[data-curseurs] .erreur")) { forme.submit(); return; }
      parts.forEach((une, rang) => {
        const ouverts = new Set([...une.querySelectorAll("details[open] > summary")].map((un) => un.textContent));
        une.replaceChildren(...neuves[rang].childNodes);
        for (const titre of une.querySelectorAll("details > summary")) if (ouverts.has(titre.textContent)) titre.parentElement.open = true;
      });
      // The answer in a sentence is said aloud, and not the whole part that came.
      forme.querySelector("[data-dit]").textContent = document.querySelector("[data-repond] .encours-phrase")?.textContent ?? "";
      history.replaceState(null, "", adresse);
    } catch {
      if (celui === tour) forme.submit();
    } finally {
      if (celui === tour) for (const une of parts) une.removeAttribute("aria-busy");
    }
  }

  forme.addEventListener("input", (evenement) => {
    const champ = evenement.target;
    if (champ.type === "range") {
      forme.querySelector(`input[name="poser"][value="${champ.name}"]`).checked = true;
      direLeNombre(champ);
    } else if (champ.type === "date") return;
    clearTimeout(attente);
    attente = setTimeout(demander, PATIENCE);
  });
})();
