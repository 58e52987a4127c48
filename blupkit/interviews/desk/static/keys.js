
// ---- moving about, filtering, searching, and the keys -------------------------------------------------------------------

const KEYS = [
  ["j / pil ned", "næste tur"],
  ["k / pil op", "forrige tur"],
  ["s", "markér næste sætning i turen"],
  ["t", "markér hele turen"],
  ["Skift+pil højre / venstre", "slut et ord senere / før"],
  ["Skift+Alt+pil venstre / højre", "begynd et ord før / senere"],
  ["Enter eller c", "vælg kode til det markerede"],
  ["tal og bogstaver, når ord er markeret", "find koden på listen"],
  ["Ctrl+Enter i listen", "ny kode"],
  ["a / x", "godtag / afvis forslaget til turen"],
  ["e", "ret den kodning, der er åben, eller turens første"],
  ["Delete", "slet den kodning, der er åben"],
  ["Ctrl+Z", "fortryd"],
  ["/", "søg"],
  ["n (eller Enter i søgefeltet)", "næste tur, der er fundet"],
  ["Esc", "slip markeringen, eller luk"],
  ["?", "vis eller skjul denne liste"],
];
const WORKS_ON_MARKED = ["j", "k", "s", "t", "c", "?", "/"]; // any other letter narrows the list of codes
const NEEDS_WORDS = ["s", "t", "ArrowRight", "ArrowLeft"];

function stand(c, node) {
  if (c.focused) c.focused.setAttribute("tabindex", "-1");
  c.focused = node;
  node.setAttribute("tabindex", "0");
}

function focusTurn(c, turn) {
  const node = c.nodes.get(String(turn));
  if (!node) return;
  stand(c, node);
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

// What was marked or open in the turn that one leaves is let go.
function move(c, step) {
  const open = [...c.nodes.values()].filter((node) => !node.hidden);
  const at = open.indexOf(c.focused);
  const next = open[Math.max(0, Math.min(open.length - 1, at < 0 ? 0 : at + step))];
  if (c.selection || c.editing) choose(c, null);
  if (next) focusTurn(c, next.dataset.turn);
}

function filter(c, keep = false) {
  const wanted = c.byCode.value;
  for (const [key, node] of c.nodes) {
    const turn = c.turns.get(key);
    const codes = codingsOf(c, key);
    const right = !wanted || (wanted === "uden" ? !codes.length && turn.codable : codes.some((coding) => coding.code === wanted));
    const said = !c.byWho.value || c.byWho.value === turn.who || c.byWho.value === `rolle:${turn.role}`;
    // The turn that is being worked on stays, also when it has just got the code that the filter is about.
    const hidden = !(right && said) && !(keep && node === c.focused);
    if (node.hidden !== hidden) node.hidden = hidden;
  }
}

async function search(c) {
  const old = c.found;
  const words = c.query.value;
  const answer = words.trim() ? await ask(c, "soeg", { text: words }) : { ok: true, found: [] };
  if (!answer || !answer.ok) return;
  c.found = answer.found;
  c.searched = words;
  c.place = -1;
  for (const item of [...old, ...c.found]) draw(c, item.turn);
  c.hits.textContent = words.trim() ? many(c.found.length, "tur", "ture") : "";
  if (c.found.length) nextHit(c);
}

function nextHit(c) {
  if (!c.found.length) return;
  c.place = (c.place + 1) % c.found.length;
  c.hits.textContent = `${c.place + 1} af ${many(c.found.length, "tur", "ture")}`;
  const node = c.nodes.get(String(c.found[c.place].turn));
  node.hidden = false; // also one that a filter has put away
  if (document.activeElement !== c.query) focusTurn(c, c.found[c.place].turn);
  else node.scrollIntoView({ block: "nearest" });
}

const onTurn = {
  j: (c) => move(c, 1), ArrowDown: (c) => move(c, 1), k: (c) => move(c, -1), ArrowUp: (c) => move(c, -1),
  s: (c, turn) => chooseSentence(c, turn),
  t: (c, turn) => chooseAll(c, turn),
  ArrowRight: (c, turn, event) => event.shiftKey && stretch(c, turn, event.altKey ? "start" : "end", grows(event)),
  ArrowLeft: (c, turn, event) => event.shiftKey && stretch(c, turn, event.altKey ? "start" : "end", grows(event)),
  Enter: (c, turn) => toCodes(c, turn), c: (c, turn) => toCodes(c, turn),
  a: (c, turn) => onOffer(c, turn, accept),
  x: (c, turn) => onOffer(c, turn, dismiss),
  e: (c, turn) => {
    const own = codingsOf(c, turn.turn);
    const coding = own.find((item) => item.id === c.editing) || own[0];
    if (!coding) return say(c, "Turen har ingen kodning at rette.", "error");
    edit(c, coding.id);
    return c.panel.querySelector("select").focus();
  },
  Delete: (c, turn) => codingsOf(c, turn.turn).filter((item) => item.id === c.editing).forEach((item) => remove(c, item.id)),
  n: (c) => nextHit(c),
  "?": (c) => showKeys(c),
  "/": (c) => c.query.focus(),
};

// With a coding of the same turn open, what is typed may be meant for that.
function onOffer(c, turn, act) {
  const [offered] = suggestionsOf(c, turn.turn);
  if (!offered) return;
  if (codingsOf(c, turn.turn).some((item) => item.id === c.editing)) {
    say(c, "Luk kodningen med Esc, før du svarer på forslaget.", "error");
    return;
  }
  act(c, offered);
}

function toCodes(c, turn) {
  const open = codingsOf(c, turn.turn).find((item) => item.id === c.editing);
  if (!c.selection && open) choose(c, { turn: turn.turn, ...spanOf(open) });
  if (c.selection) return c.panel.querySelector("[role=combobox]").focus();
  return say(c, "Markér nogle ord i turen først: s for en sætning, t for hele turen.", "error");
}

function typeInto(c, letter) {
  const input = c.panel.querySelector("[role=combobox]");
  if (!input) return;
  input.focus({ preventScroll: true });
  input.value += letter;
  input.dispatchEvent(new Event("input"));
}

function escape(c) {
  showKeys(c, false);
  if (!c.aside.hidden) return closeAside(c);
  choose(c, null);
  if (c.focused) c.focused.focus({ preventScroll: true });
  return undefined;
}

function showKeys(c, open = c.keys.hidden) {
  c.keys.hidden = !open;
  c.help.setAttribute("aria-expanded", String(open));
}

function onKey(c, event) {
  event.stopPropagation(); // JupyterLab has keys of its own
  const field = event.target.closest("input, textarea, select");
  const written = field && field.tagName !== "SELECT" && field.type !== "checkbox" && (field.tagName === "TEXTAREA" || field.value);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !written) return event.preventDefault(), takeBack(c);
  if (event.key === "Escape") return event.preventDefault(), escape(c);
  const endsKey = event.altKey && event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(event.key);
  if (field || event.ctrlKey || event.metaKey || (event.altKey && !endsKey)) return undefined;
  const onButton = event.target.closest("button");
  if (onButton && (event.key === "Enter" || event.key === " ")) return undefined;
  if (c.selection && /^[\p{L}\p{N}]$/u.test(event.key) && !WORKS_ON_MARKED.includes(event.key)) {
    return event.preventDefault(), typeInto(c, event.key);
  }
  const node = event.target.closest(".turn");
  const turn = node ? c.turns.get(node.dataset.turn) : null;
  if (!turn && !["?", "/", "j", "k", "n"].includes(event.key)) return undefined;
  if (turn && NEEDS_WORDS.includes(event.key) && !turn.codable) return say(c, NOT_CODED, "error");
  const act = onTurn[event.key];
  if (!act) return undefined;
  event.preventDefault();
  return act(c, turn, event);
}
