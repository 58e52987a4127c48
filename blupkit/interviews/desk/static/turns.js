
// ---- a turn -----------------------------------------------------------------------------------------------------------

const NOT_CODED = "Den, der leder samtalen, kodes ikke.";
const [LINE, LETTERS] = [29, 88]; // the height of a line of text, and how many letters there are in it
const LINES = 3; // lines under the same words; more could not be told apart

function build(c, turn) {
  const node = make("div", { class: "turn", role: "listitem", tabindex: "-1", "data-turn": turn.turn });
  // About as high as it will be: a turn that is laid out later must not move the others under the mouse.
  node.style.containIntrinsicSize = `auto ${44 + LINE * Math.ceil(turn.text.length / LETTERS)}px`;
  c.nodes.set(String(turn.turn), node);
  fill(c, node, turn);
  return node;
}

function draw(c, turn) {
  const node = c.nodes.get(String(turn));
  if (!node) return;
  if (c.dragging) return c.late.add(turn); // an answer that comes meanwhile must not take the words from under the mouse
  const inside = node.contains(document.activeElement);
  fill(c, node, c.turns.get(String(turn)));
  if (inside) node.focus({ preventScroll: true });
}

function fill(c, node, turn) {
  node.classList.toggle("host", !turn.codable);
  const head = [turn.turn, turn.who, turn.time].filter((part) => part !== "").join(" · ");
  const others = othersOf(c, turn.turn);
  node.replaceChildren(
    make("div", { class: "head", title: turn.codable ? "Klik for at markere hele turen" : NOT_CODED,
      onclick: () => (turn.codable ? chooseAll(c, turn, true) : say(c, NOT_CODED, "error")) }, head),
    marked(c, turn, others),
    make("div", { class: "chips" }, ...codingsOf(c, turn.turn).map((each) => chip(c, each)),
      ...suggestionsOf(c, turn.turn).map((each) => offer(c, each)), ...others.map((each) => otherChip(c, each))),
  );
}

const othersOf = (c, turn) => [...c.others.values()].flat().filter((item) => String(item.turn) === String(turn));

// The text in pieces, each with the codes that lie on it: a line under it for each, and the number where one begins.
function marked(c, turn, others) {
  const text = make("p", { class: "text" });
  const letters = points(turn.text);
  const codings = codingsOf(c, turn.turn);
  const own = c.selection && String(c.selection.turn) === String(turn.turn) ? [{ ...c.selection, own: true }] : [];
  const hit = c.found.filter((item) => String(item.turn) === String(turn.turn)).flatMap((item) => item.hits);
  const offered = suggestionsOf(c, turn.turn).filter((item) => item.end - item.start < letters.length);
  const spans = [
    ...codings, ...own,
    ...offered.map(({ start, end }) => ({ start, end, offered: true })),
    ...others.map(({ start, end }) => ({ start, end, other: true })),
    ...hit.map(([start, end]) => ({ start, end, hit: true })),
  ];
  const cuts = [...new Set([0, letters.length, ...spans.flatMap((span) => [span.start, span.end])])];
  cuts.sort((first, second) => first - second);
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    const here = spans.filter((span) => span.start <= start && span.end >= end);
    for (const coding of here.filter((span) => span.code && span.start === start)) {
      text.append(make("sup", { "aria-hidden": "true" }, coding.code));
    }
    text.append(piece(c, here, start, letters.slice(start, end).join("")));
  }
  return text;
}

function piece(c, here, start, words) {
  const codes = [...new Set(here.filter((span) => span.code).map((span) => span.code))].slice(0, LINES);
  const names = ["piece", codes.length ? `coded lines-${codes.length}` : ""];
  if (!codes.length && here.some((span) => span.offered)) names.push("offered");
  if (here.some((span) => span.id && span.id === c.editing)) names.push("open");
  for (const [kind, name] of [["own", "chosen"], ["hit", "hit"], ["other", "by-other"]]) {
    if (here.some((span) => span[kind])) names.push(name);
  }
  const node = make("span", { class: names.filter(Boolean).join(" "), "data-start": start });
  if (codes.length) node.style.backgroundImage = codes.map((code) => lineOf(c, code)).join(", ");
  node.textContent = words;
  return node;
}

const nameOf = (c, code) => `${code} ${c.codes.has(code) ? c.codes.get(code).name : "(ikke i kodebogen)"}`;

function chip(c, coding) {
  const more = [coding.moved && "flyttet", coding.direction, coding.about && `om ${coding.about}`, coding.memo && "memo"].filter(Boolean);
  const words = [nameOf(c, coding.code), ...more].join(" · ");
  const quote = shortened(coding.quote, 60);
  const own = make(
    "button",
    { type: "button", class: `chip ${coding.id === c.editing ? "open" : ""} ${coding.moved ? "moved" : ""}`.trim(), title: `»${quote}«`, "data-id": coding.id,
      "aria-label": `Ret kodningen ${words}, på »${quote}«`, style: `--own: ${colourOf(c, coding.code)}`,
      onclick: () => edit(c, coding.id) },
    words,
  );
  if (!coding.moved) return own;
  return make("span", { class: "offer" }, own,
    button("Bekræft stedet", () => confirmPlaces(c, [coding.id]), { class: "confirm", title: `Kodet på »${coding.was}«` }));
}

function otherChip(c, { coder, code, direction }) {
  return make("span", { class: "other-chip", style: `--own: ${colourOf(c, code)}` },
    [`${coder}: ${nameOf(c, code)}`, direction].filter(Boolean).join(" · "));
}

function offer(c, suggestion) {
  const name = nameOf(c, suggestion.code);
  return make(
    "span",
    { class: "offer" },
    button(`Forslag: ${name} ✓`, () => accept(c, suggestion),
      { class: "chip dashed", title: `Foreslået til »${quoteOf(c, suggestion)}«`, "aria-label": `Godtag forslaget ${name}` }),
    button("✕", () => dismiss(c, suggestion), { class: "chip dashed", title: "Afvis", "aria-label": `Afvis forslaget ${name}` }),
  );
}

const quoteOf = (c, span) => shortened(slice(c.turns.get(String(span.turn)).text, span.start, span.end), 200);
