// Where somebody signs: with a finger, a pen or a mouse, or by writing their name. What is confirmed is kept before the
// frame closes; what the device refuses is said there, and the drawing stays.
(() => {
  "use strict";
  const TRAIT = 4, OCTETS = 30_000, PART = 20;

  window.binome.cadreOuSigner = (dialogue) => {
    const toile = dialogue.querySelector("canvas"), plume = toile.getContext("2d", { willReadFrequently: true }), nom = dialogue.querySelector("#signer-nom");
    const faute = dialogue.querySelector("[data-faute]"), confirmer = dialogue.querySelector("[data-confirmer]");

    let dernier = null;
    function effacer() {
      plume.fillStyle = "#fff"; // a drawing is read on paper, whatever the colours of the screen
      plume.fillRect(0, 0, toile.width, toile.height);
      faute.hidden = true;
      toile.setAttribute("aria-label", "Cadre où signer\u202f: rien n’y est encore");
    }
    const point = (evenement) => {
      const cadre = toile.getBoundingClientRect();
      return [(evenement.clientX - cadre.left) * (toile.width / cadre.width), (evenement.clientY - cadre.top) * (toile.height / cadre.height)];
    };
    function tracer(evenement) {
      const ici = point(evenement);
      plume.strokeStyle = "#111";
      plume.lineWidth = TRAIT;
      plume.lineCap = plume.lineJoin = "round";
      plume.beginPath();
      plume.moveTo(...dernier);
      plume.lineTo(...ici);
      plume.stroke();
      dernier = ici;
    }
    toile.addEventListener("pointerdown", (evenement) => {
      if (evenement.button) return;
      evenement.preventDefault();
      if (nom.value) { nom.value = ""; effacer(); }
      toile.setPointerCapture(evenement.pointerId);
      dernier = point(evenement);
      tracer(evenement);
    });
    toile.addEventListener("pointermove", (evenement) => {
      if (!dernier) return;
      for (const un of evenement.getCoalescedEvents?.() ?? [evenement]) tracer(un);
      tracer(evenement);
    });
    const lever = () => { if (dernier) toile.setAttribute("aria-label", "Cadre où signer\u202f: une signature est dessinée"); dernier = null; };
    for (const fin of ["pointerup", "pointercancel"]) toile.addEventListener(fin, lever);
    // Who draws with no hand writes their name: it is the drawing.
    nom.addEventListener("input", () => {
      effacer();
      const ecrit = nom.value.trim();
      if (!ecrit) return;
      plume.fillStyle = "#111";
      let taille = 72;
      do { plume.font = `italic ${taille}px serif`; taille -= 4; } while (taille > 16 && plume.measureText(ecrit).width > toile.width - 40);
      plume.textBaseline = "middle";
      plume.fillText(ecrit, 20, toile.height / 2);
      toile.setAttribute("aria-label", `Cadre où signer\u202f: le nom ${ecrit} y est écrit`);
    });
    // The width and the height of the ink together: the server refuses a dot, and by then its author is gone.
    function etendue() {
      const { width, height } = toile, { data } = plume.getImageData(0, 0, width, height);
      let gauche = width, droite = 0, haut = height, bas = 0;
      for (let place = 0; place < width * height; place += 1) {
        if (data[4 * place] === 255) continue;
        const x = place % width, y = Math.floor(place / width);
        gauche = Math.min(gauche, x); droite = Math.max(droite, x);
        haut = Math.min(haut, y); bas = Math.max(bas, y);
      }
      return Math.max(0, droite - gauche) + Math.max(0, bas - haut);
    }
    async function dessin() {
      const octets = await new Promise((dit) => { toile.toBlob(dit, "image/png"); });
      if (!octets || octets.size > OCTETS) throw new Error("Ce dessin est trop chargé. Effacez-le, puis signez plus simplement.");
      const suite = new Uint8Array(await octets.arrayBuffer());
      return btoa(Array.from(suite, (un) => String.fromCharCode(un)).join(""));
    }

    function refuser(phrase) { faute.textContent = phrase; faute.hidden = false; }
    let garder = null, ensuite = null;
    confirmer.addEventListener("click", async () => {
      if (etendue() < (toile.width + toile.height) / PART) { refuser("Le cadre est vide, ou ne porte qu’un point. Signez, ou écrivez votre nom au clavier."); return; }
      confirmer.disabled = true;
      try {
        await garder(await dessin());
        dialogue.close();
        ensuite?.();
      } catch (echec) { refuser(echec.message); } finally { confirmer.disabled = false; }
    });
    dialogue.querySelector("[data-effacer]").addEventListener("click", () => { nom.value = ""; effacer(); });
    dialogue.querySelector("[data-annuler]").addEventListener("click", () => dialogue.close());
    return {
      // `garde(image)` keeps it, or throws a sentence; then `apres`, once the frame is closed.
      ouvrir(qui, garde, apres = null) {
        [garder, ensuite] = [garde, apres];
        dialogue.querySelector("#signer-qui").textContent = qui;
        nom.value = "";
        effacer();
        dialogue.showModal();
      },
    };
  };
})();
