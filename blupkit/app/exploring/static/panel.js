// The exploring panel. What is chosen and what it gives live in the kernel; this page draws what it is told, and asks.

const ANSWER_WITHIN = 10_000; // ms before a silent kernel is told of
const WORKING_AFTER = 300; // ms before "Regner …" is shown, so that nothing flickers
const VIEW = "application/vnd.jupyter.widget-view+json";
const GONE = ["dead", "terminating", "restarting", "autorestarting"];
const LOST = "Kernen er væk: Den er stoppet eller startet igen. Det, der vises, kan ikke regnes om. Kør cellen igen for at gå videre.";
const CUT_OFF = "Forbindelsen til kernen er afbrudt. Vent lidt, eller kør cellen igen.";
const SILENT = "Kernen har ikke svaret i ti sekunder. Den er måske optaget af en anden celle. Svaret vises, når det kommer.";
let views = 0; // the same panel may be shown twice on a page

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

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  views += 1;
  const view = `udforsk-${Date.now()}-${views}`;
  const drawn = new Map(); // a control's name -> what it was drawn from, and how to set its value
  let state = { tab: "", tabs: [], controls: [], shown: {} };
  let asked = null; // the request that is being answered
  const waiting = []; // what is asked meanwhile, in order
  let lost = false;
  let request = 0;
  let timers = [];

  // ---- asking the kernel -------------------------------------------------------------------------------------------

  function ask(action, message = {}) {
    if (lost) return say(LOST, "alarm");
    if (asked) {
      // Whoever runs through a list with the arrow keys asks for the last one only.
      const last = waiting.at(-1);
      if (action === "vaelg" && last?.action === "vaelg") Object.assign(last.message.choice, message.choice);
      else waiting.push({ action, message: structuredClone(message) });
      return undefined;
    }
    request += 1;
    asked = `${view}-${request}`;
    root.setAttribute("aria-busy", "true");
    timers = [
      setTimeout(() => say("Regner …"), WORKING_AFTER),
      setTimeout(() => { idle(); say(SILENT, "alarm"); }, ANSWER_WITHIN), // from now on one may choose again
    ];
    model.send({ ...message, action, request: asked });
    return undefined;
  }

  function hear(answer) {
    if (answer.state) show(answer.state, Boolean(answer.error)); // also what another view of the same panel asked for
    if (answer.verdict) return showVerdict(answer);
    if (answer.own) showOwn(answer.own);
    if (alarm.textContent === SILENT) say("");
    if (answer.request !== asked) return undefined;
    timers.forEach(clearTimeout);
    idle();
    say(answer.error || answer.told || "", answer.error ? "alarm" : "");
    if (answer.cell) insert(answer.cell);
    const next = waiting.shift();
    return next ? ask(next.action, next.message) : undefined;
  }

  function idle() {
    asked = null;
    root.setAttribute("aria-busy", "false");
  }

  const choose = (choice) => ask("vaelg", { choice });

  function say(words, kind = "") {
    status.textContent = kind === "alarm" ? "" : words;
    alarm.textContent = kind === "alarm" ? words : "";
  }

  // ---- the kernel itself -------------------------------------------------------------------------------------------

  const session = model.widget_manager?.context?.sessionContext;
  const onStatus = (_, now) => {
    if (!GONE.includes(now)) return;
    lost = true;
    timers.forEach(clearTimeout);
    root.classList.add("lost");
    say(LOST, "alarm");
  };
  const onConnection = (_, now) => {
    if (lost) return;
    if (now === "disconnected") say(CUT_OFF, "alarm");
    else if (now === "connected" && alarm.textContent === CUT_OFF) say("");
  };

  // ---- a cell under the panel --------------------------------------------------------------------------------------

  async function insert(code) {
    try {
      const { cells, sharedModel } = model.widget_manager.context.model;
      sharedModel.insertCell(placeOf(cells) + 1, { cell_type: "code", source: code, metadata: {} });
      say("Linjen står nu i en ny celle lige under panelet.");
    } catch {
      await copy(code); // another program than JupyterLab
    }
  }

  function placeOf(cells) {
    for (let place = 0; place < cells.length; place += 1) {
      const outputs = cells.get(place).outputs;
      for (let number = 0; outputs && number < outputs.length; number += 1) {
        if (outputs.get(number).data[VIEW]?.model_id === model.get("own_id")) return place;
      }
    }
    throw new Error("the panel is in no cell");
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say("Linjen er kopieret. Sæt den ind i en celle med Ctrl+V.");
    } catch {
      say("Linjen kunne ikke kopieres. Markér den under knapperne, og kopiér den med Ctrl+C.", "alarm");
    }
  }

  // ---- the frame -----------------------------------------------------------------------------------------------------

  const status = make("p", { class: "status", role: "status" });
  const alarm = make("p", { class: "alarm", role: "alert" });
  const news = make("p", { class: "hidden", "aria-live": "polite" }); // what is shown now, for whoever does not see it
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Hvad vil du udforske?", onkeydown: moveTab });
  const controls = make("form", { class: "controls", "aria-label": "Valg", onsubmit: (event) => event.preventDefault() });
  const title = make("h2", { class: "title", tabindex: "-1" });
  const sentence = make("p", { class: "sentence" });
  const figure = make("div", { class: "figure" });
  const table = make("div", { class: "table" });
  const buttons = make("div", { class: "buttons", role: "group", "aria-label": "Brug det viste" });
  const own = make("section", { class: "own", hidden: true, "aria-label": "Med på siderne" });
  const line = make("p", { class: "line" });
  const result = make("section", { class: "result", "aria-label": "Resultat" }, title, sentence, buttons, line, own, figure, table);
  const again = make("button", { type: "button", onclick: () => ask("forfra") }, "Begynd forfra");
  const page = make("div", { class: "page", role: "tabpanel", id: `${view}-side` },
    make("div", {}, controls, make("div", { class: "buttons" }, again)), result);
  const mark = make("p", { class: "mark" }, "Internt: må ikke sendes videre.");
  const root = make("div", { class: "blup-explore", "data-lm-suppress-shortcuts": "true" },
    make("div", { class: "top" }, tabs, mark), make("div", { class: "told" }, status, alarm, news), page);

  // ---- tabs ------------------------------------------------------------------------------------------------------------

  function drawTabs() {
    if (tabs.childElementCount !== state.tabs.length) {
      tabs.replaceChildren(...state.tabs.map(({ value, label }) =>
        make("button", { type: "button", role: "tab", id: `${view}-fane-${value}`, "aria-controls": page.id, "data-tab": value,
          onclick: () => choose({ tab: value }) }, label)));
    }
    for (const tab of tabs.children) {
      const here = tab.dataset.tab === state.tab;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
    }
    page.setAttribute("aria-labelledby", `${view}-fane-${state.tab}`);
  }

  function moveTab(event) {
    const all = [...tabs.children];
    const here = all.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || here < 0) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    choose({ tab: next.dataset.tab });
  }

  // ---- what is chosen ------------------------------------------------------------------------------------------------

  const makers = { select: makeSelect, checks: makeChecks, text: makeText };

  function drawControls(refused) {
    const names = state.controls.map((control) => control.name);
    for (const name of [...drawn.keys()].filter((each) => !names.includes(each))) drawn.delete(name);
    const nodes = state.controls.map((control) => {
      const { value, ...shape } = control;
      if (!drawn.has(control.name) || !same(drawn.get(control.name).shape, shape)) {
        drawn.set(control.name, { shape, ...makers[control.kind](control) });
      }
      // What was written and not understood stays, so that it can be mended; and so does what has been chosen since.
      const newer = waiting.some(({ message }) => control.name in (message.choice ?? {}));
      if (!newer && (!refused || control.kind !== "text")) drawn.get(control.name).set(value);
      return drawn.get(control.name).node;
    });
    const before = [...controls.children];
    if (before.length === nodes.length && before.every((node, place) => node === nodes[place])) return;
    const focused = document.activeElement?.id;
    controls.replaceChildren(...nodes);
    if (focused?.startsWith(view)) document.getElementById(focused)?.focus();
  }

  function makeSelect({ name, label, options }) {
    const id = `${view}-${name}`;
    const select = make("select", { id, onchange: () => choose({ [name]: select.value }) });
    const sections = new Map([["", select]]);
    for (const option of options) {
      if (!sections.has(option.section)) {
        sections.set(option.section, make("optgroup", { label: option.section }));
        select.append(sections.get(option.section));
      }
      sections.get(option.section).append(make("option", { value: option.value }, option.label));
    }
    const set = (value) => { select.value = value; };
    return { node: make("div", { class: "control" }, make("label", { for: id }, label), select), set };
  }

  function makeChecks({ name, label, options }) {
    const boxes = options.map((option) => {
      const box = make("input", { type: "checkbox", id: `${view}-${name}-${option.value}`, value: option.value,
        onchange: () => choose({ [name]: boxes.filter(([each]) => each.checked).map(([each]) => each.value) }) });
      return [box, make("label", {}, box, ` ${option.label}`)];
    });
    const set = (chosen) => { for (const [box] of boxes) box.checked = chosen.includes(box.value); };
    const node = make("fieldset", { class: "control" }, make("legend", {}, label), ...boxes.map(([, each]) => each));
    return { node, set };
  }

  function makeText({ name, label, button }) {
    const id = `${view}-${name}`;
    let known = ""; // what the kernel has been told, or has told
    const send = () => { known = input.value; choose({ [name]: known }); };
    const input = make("input", { type: "search", id, autocomplete: "off",
      onkeydown: (event) => { if (event.key === "Enter") send(); } });
    const set = (value) => { if (value !== known) { known = value; input.value = value; } }; // never under her fingers
    const node = make("div", { class: "control" }, make("label", { for: id }, label),
      make("span", { class: "typed" }, input, make("button", { type: "button", onclick: send }, button)));
    return { node, set };
  }

  // ---- what it gives -------------------------------------------------------------------------------------------------

  function show(next, refused) {
    const before = state;
    state = next;
    drawTabs();
    drawControls(refused);
    if (!same(before.shown, next.shown)) drawShown();
  }

  function drawShown() {
    const { heading, said, drawing, alt, html, call, actions } = state.shown;
    title.textContent = heading;
    title.hidden = !heading;
    sentence.textContent = said;
    sentence.hidden = !said;
    news.textContent = [heading, said].filter(Boolean).join(". ");
    result.classList.toggle("drawn", Boolean(drawing)); // the figure has its title in it
    figure.replaceChildren(...(drawing ? [make("img", { src: drawing, alt })] : []));
    table.innerHTML = html; // made and escaped by the kernel
    for (const wide of table.querySelectorAll("table")) wide.parentElement.tabIndex = 0; // so that the keyboard can scroll it
    buttons.replaceChildren(...actions.map(({ value, label }) =>
      make("button", { type: "button", onclick: () => ask(value) }, label)));
    own.hidden = true;
    line.replaceChildren(...(call ? ["Det samme på én linje: ", make("code", {}, call)] : []));
    if (state.shown.sortable) drawSortable(state.shown.sortable);
  }

  // The same table by itables: its arrows sort it, its field searches it.
  async function drawSortable(id) {
    const manager = model.widget_manager;
    const child = await manager.create_view(await manager.get_model(id));
    table.querySelector("table")?.parentElement.replaceWith(child.el); // the notes stay
  }

  // What the rule on n allows stands here at once; what the whole decision says takes its place when it is known.
  function showOwn({ said, text, how, wait, actions }) {
    const lines = make("pre", { tabindex: "0" });
    lines.textContent = text;
    own.hidden = false;
    own.replaceChildren(make("p", { class: "lines" }, said), make("p", { class: "verdict", role: "status" }, wait), make("p", {}, how), lines,
      make("div", { class: "buttons" }, ...actions.map(({ value, label }) =>
        make("button", { type: "button", onclick: () => ask(value) }, label))));
  }

  function showVerdict({ verdict, of }) {
    if (own.hidden || own.querySelector("pre")?.textContent !== of) return; // she has gone on to something else
    own.querySelector(".verdict").textContent = `Hele afgørelsen:\n${verdict}`;
  }

  el.append(root);
  model.on("msg:custom", hear);
  session?.statusChanged.connect(onStatus);
  session?.connectionStatusChanged.connect(onConnection);
  ask("hent");
  return () => {
    model.off("msg:custom", hear);
    session?.statusChanged.disconnect(onStatus);
    session?.connectionStatusChanged.disconnect(onConnection);
  };
}

export default { render };
