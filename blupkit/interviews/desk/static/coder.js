
// ---- the frame, and the beginning ------------------------------------------------------------------------------------------

let views = 0; // the same widget may be shown twice on a page

function begin(model, el) {
  views += 1;
  const material = model.get("material");
  const c = {
    model, material, view: `${Date.now()}-${views}`, request: 0, waiting: new Map(),
    turns: new Map(material.turns.map((turn) => [String(turn.turn), turn])),
    nodes: new Map(), // turn -> its element
    byTurn: new Map(), // turn -> its codings and suggestions, as the kernel told them
    codings: [], here: new Map(), known: false, state: { latest: [], used: {}, notes: [] }, others: new Map(),
    selection: null, // {turn, start, end} in code points
    editing: null, // the id of the coding in the form
    found: [], searched: "", place: -1, // of the search
    dragging: false, clicks: 0, late: new Set(), // the mouse is marking words; turns to draw when it is let go
    unsaved: null, // the memo that is being written, if there is one
    folded: new Set(), relist: () => {}, lost: [], placing: null, focused: null, moved: Promise.resolve(),
  };
  frame(c);
  takeCodes(c, material.codes, material.colours);
  el.replaceChildren(c.root);
  c.list.append(...material.turns.map((turn) => build(c, turn)));
  stand(c, c.nodes.get(String(goal)) || c.nodes.values().next().value);
  if (goal !== null) focusTurn(c, goal);
  goal = null;
  pick(c);
  listenToMouse(c);
  c.root.addEventListener("keydown", (event) => onKey(c, event));
  return c;
}

function frame(c) {
  const { material } = c;
  c.status = make("span", { class: "status", role: "status", "aria-live": "polite" });
  c.alarm = make("span", { class: "alarm", role: "alert" });
  c.told = make("span", { class: "hidden", "aria-live": "polite" });
  c.count = make("span", { class: "count" });
  c.undo = button("Fortryd", () => takeBack(c), { disabled: true });
  c.query = make("input", { type: "search", placeholder: "Søg ord i alle former", "aria-label": "Søg i udskriften" });
  c.query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") c.query.value === c.searched && c.found.length ? nextHit(c) : search(c);
  });
  c.query.addEventListener("search", () => { if (!c.query.value) search(c); });
  c.hits = make("span", { class: "hits", role: "status" });
  c.byCode = make("select", { "aria-label": "Vis kun ture med koden", onchange: () => filter(c) });
  const unique = (key) => [...new Set(material.turns.map((turn) => turn[key]).filter(Boolean))].sort();
  c.byWho = make("select", { "aria-label": "Vis kun ture fra", onchange: () => filter(c) },
    make("option", { value: "" }, "Alle talere"),
    make("optgroup", { label: "Rolle" }, ...options(unique("role").map((role) => [`rolle:${role}`, role]))),
    make("optgroup", { label: "Taler" }, ...options(unique("who").map((who) => [who, who]))));
  c.suggesting = make("input", { type: "checkbox", onchange: () => { for (const turn of c.nodes.keys()) draw(c, turn); } });
  c.suggesting.checked = true;
  c.help = button("Taster (?)", () => showKeys(c), { "aria-expanded": "false" });
  c.keys = make("div", { class: "keys", hidden: true, role: "region", "aria-label": "Taster" },
    ...KEYS.map(([key, what]) => make("div", {}, make("kbd", {}, key), make("span", {}, what))));
  c.trust = make("p", { class: "trust" }, "Forslagene prøves …");
  c.list = make("div", { class: "turns", role: "list", "aria-label": `Udskrift af ${material.title}` });
  c.panel = make("div", { class: "panel", role: "region", "aria-label": "Kode" });
  c.halves = make("div", { class: "halves" }, c.list, c.panel);
  c.aside = make("section", { class: "aside", hidden: true, "aria-label": "Opslag" });
  c.lostOnes = make("div", { class: "lost", hidden: true, role: "region", "aria-label": "Kodninger, der ikke står, hvor de stod" });
  c.interview = interviewBox(c);
  c.root = make("div", { class: "blup-coder", "data-lm-suppress-shortcuts": "true" },
    make("div", { class: "bar" }, c.interview, make("strong", {}, `koder ${material.coder}`), c.count, c.undo),
    make("div", { class: "bar" }, c.query, c.hits, c.byCode, c.byWho, make("label", {}, c.suggesting, " Forslag"),
      ...material.others.map((coder) => otherBox(c, coder)), button("Memoer", () => showMemos(c)), c.help),
    make("div", { class: "says" }, c.status, c.alarm, c.told),
    c.keys, c.lostOnes, c.halves, c.aside, c.trust);
}

function render({ model, el }) {
  let c = begin(model, el);
  const answered = (answer) => hear(c, answer);
  const leaving = () => saveMemo(c);
  const fetch = () => ask(c, "hent").then(() => model.send({ action: "tillid" }));
  const renewed = () => {
    c = begin(model, el);
    fetch();
  };
  const theme = new MutationObserver(() => paint(c));
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  model.on("msg:custom", answered);
  model.on("change:material", renewed);
  window.addEventListener("pagehide", leaving);
  fetch();
  return () => {
    saveMemo(c);
    theme.disconnect();
    model.off("msg:custom", answered);
    model.off("change:material", renewed);
    window.removeEventListener("pagehide", leaving);
  };
}

export default { render };
