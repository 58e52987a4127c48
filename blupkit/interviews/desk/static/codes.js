
// ---- the list of codes: to give one, or to look one up -----------------------------------------------------------------

function definition(code) {
  const parts = [["", code.definition], ["Medtages: ", code.include], ["Medtages ikke: ", code.exclude]];
  return make("div", { class: "definition", "aria-live": "polite" }, make("strong", {}, `${code.code} ${code.name}`),
    ...parts.filter(([, words]) => words).map(([head, words]) => make("p", {}, head + words)));
}

// The code of exactly that number comes first, then those whose number begins so: "2" and Enter never gives 1.2.
function fitting(c, words) {
  const rank = (code) => {
    const name = lower(code.name);
    if (lower(code.code) === words) return 0;
    if (lower(code.code).startsWith(words)) return 1;
    if (name.startsWith(words)) return 2;
    if (name.includes(words)) return 3;
    return lower(code.code).includes(words) || lower(code.theme_name).includes(words) ? 4 : 5;
  };
  const ranked = [...c.codes.values()].map((code) => [rank(code), code]).filter(([place]) => place < 5);
  return ranked.sort(([first], [second]) => first - second).map(([, code]) => code);
}

// What stands in the list: the codes that fit what is typed, or else the latest on top and all of them in their themes.
function rowsOf(c, words) {
  if (words) return fitting(c, words).map((code) => ({ code }));
  const rows = c.state.latest.length ? [{ head: "Senest brugt" }, ...c.state.latest.map((code) => ({ code: c.codes.get(code) }))] : [];
  let theme = null;
  for (const code of c.codes.values()) {
    if (code.theme !== theme) rows.push({ theme: code.theme, name: code.theme_name });
    theme = code.theme;
    if (!c.folded.has(theme)) rows.push({ code });
  }
  return rows.filter((row) => row.head || row.theme !== undefined || row.code);
}

function pick(c) {
  saveMemo(c);
  open(c, null);
  const marking = Boolean(c.selection);
  const input = make("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": `codes-${c.view}`,
    "aria-label": marking ? "Kode: skriv nummer eller navn" : "Find en kode: skriv nummer eller navn",
    placeholder: marking ? "Skriv nummer eller navn" : "Find en kode", autocomplete: "off" });
  const list = make("ul", { id: `codes-${c.view}`, role: "listbox", "aria-label": "Koder", class: "codes" });
  const about = make("div", { class: "about" });
  const hint = "Markér nogle ord med musen, klik på en turs hoved for hele turen, eller gå til en tur og tryk s for en sætning. " +
    "Tryk ? for alle taster.";
  c.panel.replaceChildren(
    marking ? make("p", { class: "quote" }, `»${quoteOf(c, c.selection)}«`) : make("p", { class: "hint" }, hint),
    marking && c.placing ? placeHere(c) : "",
    input,
    list,
    make("div", { class: "buttons" },
      button("Ny kode …", () => newCode(c, input.value.trim())),
      marking && button("Ordene som kode …", () => newCode(c, shortened(quoteOf(c, c.selection), 60)), { title: "In vivo: Koden hedder det, der bliver sagt" })),
    about,
  );
  chooser(c, input, list, about, marking);
}

// What is typed narrows the list, the arrows move in it, and Enter gives the code that is marked. Nothing is marked
// until something is typed or chosen, so that Enter alone gives no code that nobody meant.
function chooser(c, input, list, about, marking) {
  let shown = [];
  let chosen = -1;
  const words = () => lower(input.value.trim());
  const able = () => shown.map((row, index) => (row.head ? -1 : index)).filter((index) => index >= 0);
  const take = (index) => {
    const row = shown[index];
    chosen = index;
    if (row.theme !== undefined) return fold(row.theme);
    if (marking) return give(c, row.code.code);
    mark();
    return lookUp(c, row.code, about);
  };
  const fold = (theme, closed = !c.folded.has(theme)) => {
    if (closed) c.folded.add(theme);
    else c.folded.delete(theme);
    refresh();
    chosen = shown.findIndex((row) => row.theme === theme);
    mark();
  };
  c.relist = () => {
    if (chosen >= 0 || !list.isConnected) return;
    const at = list.scrollTop;
    refresh();
    list.scrollTop = at;
  };
  const refresh = () => {
    shown = rowsOf(c, words());
    chosen = words() && shown.length ? 0 : -1;
    list.replaceChildren(...shown.map((row, index) => codeRow(c, row, index, take)));
    mark();
    list.scrollTop = 0;
  };
  const mark = () => {
    const rows = [...list.children];
    rows.forEach((row, index) => row.getAttribute("role") === "option" && row.setAttribute("aria-selected", String(index === chosen)));
    input.setAttribute("aria-activedescendant", chosen < 0 ? "" : `code-${c.view}-${chosen}`);
    const row = shown[chosen];
    about.replaceChildren(row && row.code ? definition(row.code) : make("p", {}, shown.length ? "" : "Ingen kode passer."));
    if (rows[chosen]) rows[chosen].scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const places = able();
    const next = places[Math.max(0, Math.min(places.length - 1, (chosen < 0 ? (by > 0 ? -1 : 0) : places.indexOf(chosen)) + by))];
    if (next !== undefined) { chosen = next; mark(); }
  };
  const sideways = (event) => {
    if (input.value) return false;
    const row = shown[chosen];
    if (event.shiftKey && c.selection) stretch(c, c.turns.get(String(c.selection.turn)), event.altKey ? "start" : "end", grows(event)), refocus(c);
    else if (row && !event.shiftKey) fold(row.theme === undefined ? row.code.theme : row.theme, event.key === "ArrowLeft");
    else return false;
    return true;
  };
  input.addEventListener("input", refresh);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) newCode(c, input.value.trim() || (marking ? shortened(quoteOf(c, c.selection), 60) : ""));
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Enter") say(c, words() ? "Ingen kode passer. Ctrl+Enter laver en ny." : "Skriv nummer eller navn, eller vælg med piletasterne.", "error");
    else if (!["ArrowLeft", "ArrowRight"].includes(event.key) || !sideways(event)) return;
    event.preventDefault();
  });
  refresh();
}

// The end grows to the right, the beginning to the left.
const grows = (event) => (event.key === "ArrowRight") !== event.altKey;
const refocus = (c) => c.panel.querySelector("[role=combobox]")?.focus({ preventScroll: true });

function codeRow(c, row, index, take) {
  if (row.head) return make("li", { class: "theme", role: "presentation" }, row.head);
  const more = { role: "option", id: `code-${c.view}-${index}`, onmousedown: (event) => event.preventDefault(), onclick: () => take(index) };
  if (row.theme !== undefined) {
    const closed = c.folded.has(row.theme);
    return make("li", { ...more, class: "theme fold", "aria-label": `Tema ${row.theme} ${row.name}, ${closed ? "foldet sammen" : "foldet ud"}` },
      make("span", { "aria-hidden": "true" }, closed ? "▸ " : "▾ "), `${row.theme} ${row.name}`);
  }
  const { code, name } = row.code;
  const here = c.here.get(code) || 0;
  const all = c.state.used[code] || 0;
  return make("li", { ...more, style: `--own: ${colourOf(c, code)}`, title: `${here} her, ${all} i alt` },
    make("b", {}, code), make("span", {}, name), make("span", { class: "used" }, all || ""));
}

async function give(c, code) {
  const span = c.selection;
  if (!span) return;
  const answer = await ask(c, "kodet", { ...span, code });
  if (!answer || !answer.ok) return;
  tell(c, `${nameOf(c, code)} sat på tur ${span.turn}`);
  coded(c, answer.id, span.turn);
}

// The words are no longer marked: what is typed next belongs to the turn.
function coded(c, id, turn) {
  c.selection = null;
  edit(c, id);
  draw(c, turn);
  focusTurn(c, turn);
}

function lookUp(c, code, about) {
  const memo = (c.state.notes.find(([, noted]) => noted === code.code) || [])[2] || "";
  about.replaceChildren(
    definition(code),
    make("div", { class: "buttons" }, button("Alle steder med koden", () => showPlaces(c, code.code))),
    make("label", {}, "Memo om koden ", memoBox(c, memo, (words) => ask(c, "notat", { code: code.code, memo: words }))),
  );
}

function newCode(c, name) {
  const span = c.selection;
  const themes = Object.entries(Object.fromEntries([...c.codes.values()].map((code) => [code.theme, code.theme_name])));
  const last = c.codes.get(c.state.latest[0]);
  const title = make("input", { type: "text", value: name });
  const fresh = make("input", { type: "text" });
  const named = make("label", { hidden: true }, "Det nye temas navn ", fresh);
  const theme = make("select", { onchange: () => { named.hidden = theme.value !== ""; } },
    ...options([...themes.map(([key, words]) => [key, `${key} ${words}`]), ["", "Nyt tema …"]], last ? last.theme : (themes[0] || [""])[0]));
  const says = make("textarea", { rows: "3" });
  const send = async (event) => {
    event.preventDefault();
    const said = { name: title.value, theme: theme.value, theme_name: fresh.value, definition: says.value };
    const answer = await ask(c, "ny_kode", span ? { ...said, turn: span.turn, start: span.start, end: span.end } : said);
    if (!answer || !answer.ok) return;
    tell(c, `${nameOf(c, answer.code)} står nu i kodebogen`);
    if (span) coded(c, answer.id, span.turn);
    else pick(c);
  };
  named.hidden = theme.value !== "";
  c.panel.replaceChildren(make("form", { class: "new", onsubmit: send, "aria-label": "Ny kode" },
    span ? make("p", { class: "quote" }, `»${quoteOf(c, span)}«`) : null,
    make("label", {}, "Kodens navn ", title),
    make("label", {}, "Tema ", theme),
    named,
    make("label", {}, "Definition ", says),
    make("p", { class: "hint" }, "Koden skrives i kodebogen sidst i temaet. Fortryd tager den ud igen."),
    make("div", { class: "buttons" }, make("button", { type: "submit" }, span ? "Opret koden, og giv den" : "Opret koden"),
      button("Annullér", () => pick(c)))));
  title.focus();
}
