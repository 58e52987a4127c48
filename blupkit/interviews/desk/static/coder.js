// The text coder. Everything that is saved lives in the coder's log; this page asks, and shows what it is answered.
// Places in a text are counted in code points, as the log counts them; JavaScript counts UTF-16 units.

const ANSWER_WITHIN = 5000; // ms before a silent kernel is told of
const KEYS = [
  ["j / pil ned", "næste tur"],
  ["k / pil op", "forrige tur"],
  ["s", "markér næste sætning i turen"],
  ["Skift+pil højre / venstre", "gør markeringen et ord længere / kortere"],
  ["t", "markér hele turen"],
  ["Enter eller c", "vælg kode til det markerede"],
  ["a / x", "godtag / afvis det første forslag til turen"],
  ["e", "ret den kodning, der er åben, eller turens første"],
  ["Delete", "slet den kodning, der er åben"],
  ["Ctrl+Z", "fortryd"],
  ["/", "søg"],
  ["n (eller Enter i søgefeltet)", "næste tur, der er fundet"],
  ["Esc", "slip markeringen, eller luk"],
  ["?", "vis eller skjul denne liste"],
];

const MEMO_REST = 1500; // ms of rest before a memo is saved while it is still being written
const SILENT = "Kernen svarer ikke. Det sidste er ikke gemt. Start kernen igen, og kør cellen.";
const NOT_CODED = "Den, der leder samtalen, kodes ikke.";
let views = 0; // the same widget may be shown twice on a page

const points = (text) => Array.from(text);
const slice = (text, start, end) => points(text).slice(start, end).join("");
const toPoints = (text, units) => points(text.slice(0, units)).length;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Where words or sentences begin and end, in code points.
function pieces(text, granularity) {
  const found = [];
  for (const part of new Intl.Segmenter("da", { granularity }).segment(text)) {
    if (granularity === "word" && !part.isWordLike) continue;
    const start = toPoints(text, part.index);
    const end = start + points(part.segment.trimEnd()).length;
    if (end > start) found.push([start, end]);
  }
  return found;
}

function render({ model, el }) {
  const material = model.get("material");
  const codes = new Map(material.codes.map((code) => [code.code, code]));
  const turns = new Map(material.turns.map((turn) => [String(turn.turn), turn]));
  const nodes = new Map(); // turn -> its element
  const waiting = new Map(); // request -> what to do with the answer
  let state = { codings: [], suggestions: [], undo: 0 };
  let selection = null; // {turn, start, end} in code points
  let editing = null; // the id of the coding in the form
  let found = []; // places of the search
  let searched = "";
  let place = -1;
  let request = 0;
  let dragging = false; // the mouse is marking words
  const late = new Set(); // turns to draw when it is let go
  let unsaved = null; // saves the memo that is being written, if there is one
  views += 1;
  const view = `${Date.now()}-${views}`;

  // ---- asking the kernel -------------------------------------------------------------------------------------------

  function ask(action, message = {}) {
    request += 1;
    const number = `${view}-${request}`;
    const saving = !["hent", "soeg"].includes(action);
    if (saving) say("Gemmer …", "saving");
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        say(SILENT, "error");
        resolve(null);
      }, ANSWER_WITHIN);
      waiting.set(number, { timer, resolve, saving });
      try {
        model.send({ ...message, request: number, action });
      } catch {
        clearTimeout(timer);
        say(SILENT, "error");
        resolve(null);
      }
    });
  }

  // An answer that comes late (the kernel was busy with another cell) is still the truth about what is saved, and so is
  // one that another view of the same widget asked for.
  function hear(answer) {
    if (answer.trust) trust.textContent = answer.trust;
    if (answer.codings) show(answer);
    const asked = waiting.get(answer.request);
    if (!asked) return;
    waiting.delete(answer.request);
    clearTimeout(asked.timer);
    if (!answer.ok) say(answer.error, "error");
    else if (asked.saving) say(`Gemt kl. ${answer.saved}`, "saved");
    else if (alarm.textContent === SILENT) say("", "");
    asked.resolve(answer);
  }

  // Redraws only the turns that changed.
  function show(answer) {
    const before = byTurn();
    state = answer;
    const after = byTurn();
    for (const turn of new Set([...before.keys(), ...after.keys()])) {
      if (JSON.stringify(before.get(turn)) !== JSON.stringify(after.get(turn))) draw(turn);
    }
    undo.disabled = !state.undo;
    count.textContent = `${state.codings.length} ${state.codings.length === 1 ? "kodning" : "kodninger"}`;
    filter(true);
  }

  function byTurn() {
    const table = new Map();
    const put = (turn, kind, item) => {
      const key = String(turn);
      if (!table.has(key)) table.set(key, { codings: [], suggestions: [] });
      table.get(key)[kind].push(item);
    };
    for (const coding of state.codings) put(coding.turn, "codings", coding);
    for (const suggestion of state.suggestions) put(suggestion.turn, "suggestions", suggestion);
    return table;
  }

  const codingsOf = (turn) => state.codings.filter((coding) => String(coding.turn) === String(turn));
  const suggestionsOf = (turn) =>
    suggesting.checked ? state.suggestions.filter((item) => String(item.turn) === String(turn)).slice(0, 3) : [];

  // ---- the frame -----------------------------------------------------------------------------------------------------

  const status = make("span", { class: "status", role: "status", "aria-live": "polite" });
  const alarm = make("span", { class: "alarm", role: "alert" });
  const told = make("span", { class: "hidden", "aria-live": "polite" });
  const count = make("span", { class: "count" });
  const undo = make("button", { type: "button", disabled: true, onclick: takeBack }, "Fortryd");
  const query = make("input", { type: "search", placeholder: "Søg ord i alle former", "aria-label": "Søg i udskriften" });
  const hits = make("span", { class: "hits", role: "status" });
  const byCode = make(
    "select",
    { "aria-label": "Vis kun ture med koden", onchange: () => filter() },
    make("option", { value: "" }, "Alle koder"),
    make("option", { value: "uden" }, "Ture uden kode"),
    ...material.codes.map((code) => make("option", { value: code.code }, `${code.code} ${code.name}`)),
  );
  const unique = (key) => [...new Set(material.turns.map((turn) => turn[key]).filter(Boolean))].sort();
  const byWho = make(
    "select",
    { "aria-label": "Vis kun ture fra", onchange: () => filter() },
    make("option", { value: "" }, "Alle talere"),
    make("optgroup", { label: "Rolle" }, ...unique("role").map((role) => make("option", { value: `rolle:${role}` }, role))),
    make("optgroup", { label: "Taler" }, ...unique("who").map((who) => make("option", { value: who }, who))),
  );
  const suggesting = make("input", { type: "checkbox", onchange: () => { for (const turn of nodes.keys()) draw(turn); } });
  suggesting.checked = true;
  const help = make("button", { type: "button", "aria-expanded": "false", onclick: () => showKeys() }, "Taster (?)");
  const keys = make(
    "div",
    { class: "keys", hidden: true, role: "region", "aria-label": "Taster" },
    ...KEYS.map(([key, what]) => make("div", {}, make("kbd", {}, key), make("span", {}, what))),
  );
  const trust = make("p", { class: "trust" }, "Forslagene prøves …");
  const list = make("div", { class: "turns", role: "list", "aria-label": `Udskrift af ${material.title}` });
  const panel = make("div", { class: "panel", role: "region", "aria-label": "Kode" });
  const root = make(
    "div",
    { class: "blup-coder", "data-lm-suppress-shortcuts": "true" },
    make(
      "div",
      { class: "bar" },
      make("strong", {}, `${material.title} · koder ${material.coder}`),
      count,
      undo,
      query,
      hits,
      byCode,
      byWho,
      make("label", {}, suggesting, " Forslag"),
      help,
      status,
      alarm,
      told,
    ),
    keys,
    make("div", { class: "halves" }, list, panel),
    trust,
  );

  function say(words, kind) {
    status.textContent = kind === "error" ? "" : words;
    alarm.textContent = kind === "error" ? words : "";
    status.className = `status ${kind}`;
  }

  function showKeys(open = keys.hidden) {
    keys.hidden = !open;
    help.setAttribute("aria-expanded", String(open));
  }

  // ---- a turn ----------------------------------------------------------------------------------------------------------

  function build(turn) {
    const node = make("div", { class: "turn", role: "listitem", tabindex: "-1", "data-turn": turn.turn });
    nodes.set(String(turn.turn), node);
    fill(node, turn);
    return node;
  }

  function draw(turn) {
    const node = nodes.get(String(turn));
    if (!node) return;
    if (dragging) return late.add(turn); // an answer that comes meanwhile must not take the words from under the mouse
    const inside = node.contains(document.activeElement);
    fill(node, turns.get(String(turn)));
    if (inside) node.focus({ preventScroll: true });
  }

  function fill(node, turn) {
    node.classList.toggle("host", !turn.codable);
    const head = [turn.turn, turn.who, turn.time].filter((part) => part !== "").join(" · ");
    node.replaceChildren(
      make("div", { class: "head", title: turn.codable ? "Klik for at markere hele turen" : NOT_CODED,
        onclick: () => (turn.codable ? chooseAll(turn) : say(NOT_CODED, "error")) }, head),
      marked(turn),
      make("div", { class: "chips" }, ...codingsOf(turn.turn).map(chip), ...suggestionsOf(turn.turn).map(offer)),
    );
  }

  // The text in pieces, each with the codes that lie on it: a line under it for each, and the number where one begins.
  function marked(turn) {
    const text = make("p", { class: "text" });
    const letters = points(turn.text);
    const codings = codingsOf(turn.turn);
    const own = selection && String(selection.turn) === String(turn.turn) ? [{ ...selection, own: true }] : [];
    const hit = found.filter((item) => String(item.turn) === String(turn.turn)).flatMap((item) => item.hits);
    const offered = suggestionsOf(turn.turn).filter((item) => item.end - item.start < letters.length);
    const spans = [...codings, ...own, ...offered.map(({ start, end }) => ({ start, end, offered: true })), ...hit.map(([start, end]) => ({ start, end, hit: true }))];
    const cuts = [...new Set([0, letters.length, ...spans.flatMap((span) => [span.start, span.end])])];
    cuts.sort((first, second) => first - second);
    for (let index = 0; index + 1 < cuts.length; index += 1) {
      const [start, end] = [cuts[index], cuts[index + 1]];
      const here = spans.filter((span) => span.start <= start && span.end >= end);
      const lines = here.filter((span) => span.code).length;
      for (const coding of here.filter((span) => span.code && span.start === start)) {
        text.append(make("sup", { "aria-hidden": "true" }, coding.code));
      }
      const names = ["piece", lines ? `coded lines-${Math.min(lines, 3)}` : ""];
      if (!lines && here.some((span) => span.offered)) names.push("offered");
      if (here.some((span) => span.id && span.id === editing)) names.push("open");
      if (here.some((span) => span.own)) names.push("chosen");
      if (here.some((span) => span.hit)) names.push("hit");
      const piece = make("span", { class: names.join(" ").trim(), "data-start": start });
      piece.textContent = letters.slice(start, end).join("");
      text.append(piece);
    }
    return text;
  }

  function chip(coding) {
    const code = codes.get(coding.code);
    const more = [coding.direction, coding.about && `om ${coding.about}`, coding.memo && "memo"].filter(Boolean);
    const words = [`${coding.code} ${code ? code.name : "(ikke i kodebogen)"}`, ...more].join(" · ");
    const quote = coding.quote.length > 60 ? `${coding.quote.slice(0, 60)} …` : coding.quote;
    return make(
      "button",
      { type: "button", class: coding.id === editing ? "chip open" : "chip", title: `»${quote}«`, "aria-label": `Ret kodningen ${words}, på »${quote}«`,
        "data-id": coding.id, onclick: () => edit(coding.id) },
      words,
    );
  }

  function offer(suggestion) {
    const code = codes.get(suggestion.code);
    const name = `${suggestion.code} ${code ? code.name : ""}`;
    const title = `Foreslået til »${quoteOf(suggestion)}«`;
    return make(
      "span",
      { class: "offer" },
      make("button", { type: "button", class: "chip dashed", title, "aria-label": `Godtag forslaget ${name}`,
        onclick: () => accept(suggestion) }, `Forslag: ${name} ✓`),
      make("button", { type: "button", class: "chip dashed", title: "Afvis", "aria-label": `Afvis forslaget ${name}`,
        onclick: () => dismiss(suggestion) }, "✕"),
    );
  }

  // ---- choosing words ------------------------------------------------------------------------------------------------

  function choose(next) {
    const before = selection;
    selection = next;
    if (before && (!next || String(before.turn) !== String(next.turn))) draw(before.turn);
    if (next) draw(next.turn);
    pick();
  }

  // The place of a DOM position in its turn's text, in code points. The numbers of codes stand between the pieces, and
  // are no part of the text.
  function pointOf(node, offset, text, length) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element.closest(".piece");
    if (piece && node.nodeType === Node.TEXT_NODE) return Number(piece.dataset.start) + toPoints(node.data, offset);
    if (piece) return Number(piece.dataset.start) + (offset ? points(piece.textContent).length : 0);
    const here = document.createRange();
    here.setStart(node, offset);
    const after = [...text.querySelectorAll(".piece")].find((each) => here.comparePoint(each, 0) >= 0);
    return after ? Number(after.dataset.start) : length;
  }

  const turnOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".turn");

  // What the mouse has marked. Three clicks mark a paragraph and run on to the beginning of whatever comes next: what
  // is marked outside the turn's text does not count as long as it holds none of another turn's words.
  function marks(range) {
    const touched = [...list.querySelectorAll(".text")].filter((text) => range.intersectsNode(text) && wordsIn(range, text));
    if (touched.length !== 1) return { several: touched.length > 1 };
    const [text] = touched;
    const turn = turns.get(turnOf(text).dataset.turn);
    const length = points(turn.text).length;
    const inside = (node) => text.contains(node);
    const start = inside(range.startContainer) ? pointOf(range.startContainer, range.startOffset, text, length) : 0;
    const end = inside(range.endContainer) ? pointOf(range.endContainer, range.endOffset, text, length) : length;
    const [from, to] = trimmed(turn.text, start, end);
    return { turn, start: from, end: to };
  }

  function wordsIn(range, text) {
    const part = document.createRange();
    part.selectNodeContents(text);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
    return part.toString().trim() !== "";
  }

  function takeMouse() {
    const marked = document.getSelection();
    if (!marked.rangeCount || marked.isCollapsed || !list.contains(marked.anchorNode)) return;
    const { turn, start, end, several } = marks(marked.getRangeAt(0));
    if (several) return say("Et kodet sted skal ligge i én tur. Markér i én tur ad gangen.", "error");
    if (!turn || start >= end) return;
    if (!turn.codable) return say(NOT_CODED, "error");
    marked.removeAllRanges();
    focusTurn(turn.turn);
    choose({ turn: turn.turn, start, end });
  }

  // The mouse may be let go outside the list, or outside the coder.
  list.addEventListener("mousedown", (event) => {
    if (event.button !== 0) return;
    dragging = true;
    document.addEventListener("mouseup", () => setTimeout(letGo), { once: true });
  });

  function letGo() {
    dragging = false;
    takeMouse();
    for (const turn of late) draw(turn);
    late.clear();
  }

  function trimmed(text, start, end) {
    const letters = points(text);
    while (start < end && !letters[start].trim()) start += 1;
    while (end > start && !letters[end - 1].trim()) end -= 1;
    return [start, end];
  }

  const chooseAll = (turn) => choose({ turn: turn.turn, start: 0, end: points(turn.text).length });

  function chooseSentence(turn) {
    const all = pieces(turn.text, "sentence");
    const own = selection && String(selection.turn) === String(turn.turn) ? selection : null;
    const next = own ? all.find(([start]) => start >= own.end) : all[0];
    if (next || all.length) choose({ turn: turn.turn, start: (next || all[0])[0], end: (next || all[0])[1] });
  }

  function stretch(turn, longer) {
    const words = pieces(turn.text, "word");
    const own = selection && String(selection.turn) === String(turn.turn) ? selection : null;
    if (!own) return words.length && choose({ turn: turn.turn, start: words[0][0], end: words[0][1] });
    const ends = words.map(([, end]) => end);
    const end = longer ? ends.find((each) => each > own.end) : ends.filter((each) => each < own.end && each > own.start).pop();
    if (end) choose({ ...own, end });
  }

  // ---- the panel: choosing a code, or changing a coding --------------------------------------------------------------

  function quoteOf(span) {
    const text = slice(turns.get(String(span.turn)).text, span.start, span.end);
    return text.length > 200 ? `${text.slice(0, 200)} …` : text;
  }

  function definition(code) {
    const parts = [["", code.definition], ["Medtages: ", code.include], ["Medtages ikke: ", code.exclude]];
    return make("div", { class: "definition", "aria-live": "polite" }, make("strong", {}, `${code.code} ${code.name}`),
      ...parts.filter(([, words]) => words).map(([head, words]) => make("p", {}, head + words)));
  }

  // Codes whose number begins with what is typed come first, so that "2" and Enter never gives 1.2.
  function fitting(words) {
    const rank = (code) => {
      const name = code.name.toLocaleLowerCase("da");
      if (code.code.startsWith(words)) return 0;
      if (name.startsWith(words)) return 1;
      if (name.includes(words)) return 2;
      return code.code.includes(words) || code.theme_name.toLocaleLowerCase("da").includes(words) ? 3 : 4;
    };
    const ranked = material.codes.map((code) => [rank(code), code]).filter(([place]) => place < 4);
    return ranked.sort(([first], [second]) => first - second).map(([, code]) => code);
  }

  function pick() {
    saveMemo();
    open(null);
    if (!selection) {
      panel.replaceChildren(make("p", { class: "hint" }, "Markér nogle ord med musen, klik på en turs hoved for hele turen, " +
        "eller gå til en tur og tryk s for en sætning. Tryk ? for alle taster."));
      return;
    }
    const input = make("input", { type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": `codes-${view}`,
      "aria-label": "Kode: skriv nummer eller navn", placeholder: "Skriv nummer eller navn", autocomplete: "off" });
    const options = make("ul", { id: `codes-${view}`, role: "listbox", "aria-label": "Koder", class: "codes" });
    const about = make("div", {});
    panel.replaceChildren(make("p", { class: "quote" }, `»${quoteOf(selection)}«`), input, options, about);
    chooser(input, options, about);
  }

  // What is typed narrows the list, the arrows move in it, and Enter gives the code that is marked.
  function chooser(input, options, about) {
    let shown = [];
    let chosen = 0;
    const option = (code, index) => make("li", { role: "option", id: `code-${view}-${index}`, onclick: () => give(code.code),
      onmouseenter: () => { chosen = index; mark(); } }, make("b", {}, code.code), ` ${code.name}`);
    const refresh = () => {
      const words = input.value.trim().toLocaleLowerCase("da");
      shown = fitting(words);
      chosen = 0;
      const rows = shown.map(option);
      const heads = shown.map((code, index) => !words && (!index || shown[index - 1].theme !== code.theme) &&
        make("li", { class: "theme", role: "presentation" }, `${code.theme} ${code.theme_name}`));
      options.replaceChildren(...rows.flatMap((row, index) => (heads[index] ? [heads[index], row] : [row])));
      mark();
      options.scrollTop = 0;
    };
    const mark = () => {
      const rows = [...options.querySelectorAll("[role=option]")];
      rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === chosen)));
      input.setAttribute("aria-activedescendant", shown.length ? `code-${view}-${chosen}` : "");
      about.replaceChildren(shown[chosen] ? definition(shown[chosen]) : make("p", {}, "Ingen kode passer."));
      return rows[chosen];
    };
    input.addEventListener("input", refresh);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") chosen = Math.min(chosen + 1, shown.length - 1);
      else if (event.key === "ArrowUp") chosen = Math.max(chosen - 1, 0);
      else if (event.key === "Enter" && shown[chosen]) return event.preventDefault(), give(shown[chosen].code);
      else return;
      event.preventDefault();
      const row = mark();
      if (row) row.scrollIntoView({ block: "nearest" });
    });
    refresh();
  }

  async function give(code) {
    const span = selection;
    if (!span) return;
    const answer = await ask("kodet", { ...span, code });
    if (!answer || !answer.ok) return;
    tell(`${code} ${codes.get(code).name} sat på tur ${span.turn}`);
    edit(answer.id);
    focusTurn(span.turn);
  }

  function edit(id) {
    saveMemo();
    const coding = state.codings.find((item) => item.id === id);
    if (!coding) return pick();
    open(id);
    const known = codes.get(coding.code);
    panel.replaceChildren(
      make("p", { class: "quote" }, `»${quoteOf(coding)}«`),
      choice("Kode", "code", coding, material.codes.map((each) => [each.code, `${each.code} ${each.name}`])),
      choice("Retning", "direction", coding, [["", "ingen"], ...material.directions.map((each) => [each, each])]),
      choice("Om", "about", coding, [["", "ingen bestemt"], ...material.about.map((each) => [each, each])]),
      make("label", {}, "Memo ", memoBox(coding)),
      make("div", { class: "buttons" },
        make("button", { type: "button", onclick: () => remove(id) }, "Slet kodningen"),
        make("button", { type: "button", onclick: () => choose({ turn: coding.turn, start: coding.start, end: coding.end }) },
          "Giv stedet en kode mere")),
      known ? definition(known) : "",
    );
  }

  // The passage of the coding in the form is shown in its turn.
  function open(id) {
    const before = editing;
    editing = id;
    const changed = state.codings.filter((item) => before !== id && (item.id === before || item.id === id));
    for (const turn of new Set(changed.map((item) => item.turn))) draw(turn);
  }

  function choice(label, name, coding, values) {
    const box = make("select", { onchange: async () => {
      if (await change(coding.id, { [name]: box.value })) {
        if (name === "code" && editing === coding.id) redraw("Kode");
        return;
      }
      const now = state.codings.find((item) => item.id === coding.id);
      box.value = now ? now[name] : ""; // what is not saved must not look as if it were
    } }, ...values.map(([value, words]) => make("option", { value, selected: value === coding[name] }, words)));
    return make("label", {}, `${label} `, box);
  }

  // The definition belongs to the code; the keyboard stays where it was.
  function redraw(label) {
    edit(editing);
    const box = [...panel.querySelectorAll("label")].find((each) => each.textContent.startsWith(label));
    if (box) box.querySelector("select").focus({ preventScroll: true });
  }

  // A memo is saved when one rests or leaves it, and says so until it is.
  function memoBox(coding) {
    const box = make("textarea", { rows: "3", onchange: saveMemo, oninput: () => {
      if (unsaved) clearTimeout(unsaved.timer);
      unsaved = { id: coding.id, box, timer: setTimeout(saveMemo, MEMO_REST) };
      say("Memoet er ikke gemt endnu …", "saving");
    } });
    box.value = coding.memo;
    return box;
  }

  async function saveMemo() {
    if (!unsaved) return;
    const memo = unsaved;
    clearTimeout(memo.timer);
    unsaved = null;
    const saved = await change(memo.id, { memo: memo.box.value });
    // Tried again at the next occasion, unless the coding is gone or more has been written.
    if (!saved && !unsaved && state.codings.some((item) => item.id === memo.id)) unsaved = memo;
  }

  async function change(id, part) {
    const answer = await ask("rettet", { ...part, id });
    if (!answer || !answer.ok) return false;
    tell("Kodningen er rettet");
    return true;
  }

  async function remove(id) {
    if (unsaved && unsaved.id === id) { clearTimeout(unsaved.timer); unsaved = null; }
    const coding = state.codings.find((item) => item.id === id);
    const answer = await ask("slettet", { id });
    if (!answer || !answer.ok) return;
    tell("Kodningen er slettet");
    choose(null);
    if (coding) focusTurn(coding.turn);
  }

  async function accept(suggestion) {
    const { turn, start, end, code } = suggestion;
    const answer = await ask("kodet", { turn, start, end, code });
    if (!answer || !answer.ok) return;
    tell(`Forslaget ${code} er godtaget på tur ${turn}`);
    edit(answer.id);
    focusTurn(turn);
  }

  async function dismiss(suggestion) {
    const { turn, start, end, code } = suggestion;
    const answer = await ask("afvist", { turn, start, end, code });
    if (answer && answer.ok) tell(`Forslaget ${code} er afvist på tur ${turn}`);
  }

  async function takeBack() {
    const answer = await ask("fortryd");
    if (!answer || !answer.ok) return;
    tell("Det sidste er fortrudt");
    if (editing) edit(editing);
  }

  const tell = (words) => { told.textContent = words; };

  // ---- moving about, filtering, searching -------------------------------------------------------------------------------

  let focused = null;

  function focusTurn(turn) {
    const node = nodes.get(String(turn));
    if (!node) return;
    if (focused) focused.setAttribute("tabindex", "-1");
    focused = node;
    node.setAttribute("tabindex", "0");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const open = [...nodes.values()].filter((node) => !node.hidden);
    const at = open.indexOf(focused);
    const next = open[Math.max(0, Math.min(open.length - 1, at < 0 ? 0 : at + step))];
    if (next) focusTurn(next.dataset.turn);
  }

  function filter(keep = false) {
    const coded = new Set(state.codings.filter((coding) => coding.code === byCode.value).map((coding) => String(coding.turn)));
    const any = new Set(state.codings.map((coding) => String(coding.turn)));
    for (const [key, node] of nodes) {
      const right = !byCode.value || (byCode.value === "uden" ? !any.has(key) && turns.get(key).codable : coded.has(key));
      const turn = turns.get(key);
      const said = !byWho.value || byWho.value === turn.who || byWho.value === `rolle:${turn.role}`;
      // The turn that is being worked on stays, also when it has just got the code that the filter is about.
      const hidden = !(right && said) && !(keep && node === focused);
      if (node.hidden !== hidden) node.hidden = hidden;
    }
  }

  async function search() {
    const old = found;
    const answer = query.value.trim() ? await ask("soeg", { text: query.value }) : { ok: true, found: [] };
    if (!answer || !answer.ok) return;
    found = answer.found;
    searched = query.value;
    place = -1;
    for (const item of [...old, ...found]) draw(item.turn);
    hits.textContent = query.value.trim() ? `${found.length} ${found.length === 1 ? "tur" : "ture"}` : "";
    if (found.length) nextHit();
  }

  function nextHit() {
    if (!found.length) return;
    place = (place + 1) % found.length;
    hits.textContent = `${place + 1} af ${found.length} ${found.length === 1 ? "tur" : "ture"}`;
    const node = nodes.get(String(found[place].turn));
    node.hidden = false; // also one that a filter has put away
    if (document.activeElement !== query) focusTurn(found[place].turn);
    else node.scrollIntoView({ block: "nearest" });
  }

  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") query.value === searched && found.length ? nextHit() : search();
  });
  query.addEventListener("search", () => { if (!query.value) search(); });

  list.addEventListener("focusin", (event) => {
    const node = event.target.closest(".turn");
    if (node && node !== focused) {
      if (focused) focused.setAttribute("tabindex", "-1");
      focused = node;
      node.setAttribute("tabindex", "0");
    }
  });
  list.addEventListener("click", (event) => {
    const node = event.target.closest(".turn");
    if (node && !event.target.closest("button") && document.getSelection().isCollapsed) focusTurn(node.dataset.turn);
  });

  const onTurn = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    s: (turn) => chooseSentence(turn),
    t: (turn) => chooseAll(turn),
    ArrowRight: (turn, event) => event.shiftKey && stretch(turn, true),
    ArrowLeft: (turn, event) => event.shiftKey && stretch(turn, false),
    Enter: () => toCodes(), c: () => toCodes(),
    a: (turn) => suggestionsOf(turn.turn).slice(0, 1).forEach(accept),
    x: (turn) => suggestionsOf(turn.turn).slice(0, 1).forEach(dismiss),
    e: (turn) => {
      const own = codingsOf(turn.turn);
      const coding = own.find((item) => item.id === editing) || own[0];
      if (!coding) return say("Turen har ingen kodning at rette.", "error");
      edit(coding.id);
      panel.querySelector("select").focus();
    },
    Delete: (turn) => codingsOf(turn.turn).filter((item) => item.id === editing).forEach((item) => remove(item.id)),
    n: () => nextHit(),
    "?": () => showKeys(),
    "/": () => query.focus(),
  };

  function toCodes() {
    const input = panel.querySelector("input[role=combobox]");
    if (input) input.focus();
    else if (selection) { pick(); panel.querySelector("input").focus(); }
    else say("Markér nogle ord i turen først: s for en sætning, t for hele turen.", "error");
  }

  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // JupyterLab has keys of its own
    const typing = event.target.closest("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) return event.preventDefault(), takeBack();
    if (event.key === "Escape") {
      showKeys(false);
      choose(null);
      if (focused) focused.focus({ preventScroll: true });
      return event.preventDefault();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const node = event.target.closest(".turn");
    const button = event.target.closest("button");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const turn = node ? turns.get(node.dataset.turn) : null;
    if (!turn && !["?", "/", "j", "k", "n"].includes(event.key)) return;
    const needsWords = ["s", "t", "ArrowRight", "ArrowLeft"].includes(event.key);
    if (turn && needsWords && !turn.codable) return say(NOT_CODED, "error");
    const act = onTurn[event.key];
    if (!act) return;
    event.preventDefault();
    act(turn, event);
  });

  // ---- begin ---------------------------------------------------------------------------------------------------------

  el.append(root);
  list.append(...material.turns.map(build));
  const first = nodes.values().next().value;
  if (first) first.setAttribute("tabindex", "0");
  focused = first || null;
  pick();
  model.on("msg:custom", hear);
  window.addEventListener("pagehide", saveMemo);
  ask("hent").then(() => model.send({ action: "tillid" }));
  return () => {
    saveMemo();
    model.off("msg:custom", hear);
    window.removeEventListener("pagehide", saveMemo);
  };
}

export default { render };
