
// ---- choosing words ---------------------------------------------------------------------------------------------------

// After the mouse has marked words, whatever is typed narrows the list of codes.
function choose(c, next, byMouse = false) {
  const before = c.selection;
  c.selection = next;
  if (before && (!next || String(before.turn) !== String(next.turn))) draw(c, before.turn);
  if (next) draw(c, next.turn);
  pick(c);
  if (next && byMouse) c.panel.querySelector("[role=combobox]").focus({ preventScroll: true });
}

// The place of a DOM position in its turn's text, in code points. The numbers of codes stand between the pieces, and
// are no part of the text.
function pointOf(node, offset, text, length) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const inside = element.closest(".piece");
  if (inside && node.nodeType === Node.TEXT_NODE) return Number(inside.dataset.start) + toPoints(node.data, offset);
  if (inside) return Number(inside.dataset.start) + (offset ? points(inside.textContent).length : 0);
  const here = document.createRange();
  here.setStart(node, offset);
  const after = [...text.querySelectorAll(".piece")].find((each) => here.comparePoint(each, 0) >= 0);
  return after ? Number(after.dataset.start) : length;
}

const turnOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".turn");

// What the mouse has marked. Three clicks mark a paragraph and run on to the beginning of whatever comes next: what
// is marked outside the turn's text does not count as long as it holds none of another turn's words.
function marks(c, range) {
  const touched = [...c.list.querySelectorAll(".text")].filter((text) => range.intersectsNode(text) && wordsIn(range, text));
  if (touched.length !== 1) return { several: touched.length > 1 };
  const [text] = touched;
  const turn = c.turns.get(turnOf(text).dataset.turn);
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

// Three clicks mean the whole turn, wherever a browser lets the paragraph begin when numbers of codes stand in it.
function takeMouse(c) {
  const held = document.getSelection();
  if (!held.rangeCount || held.isCollapsed || !c.list.contains(held.anchorNode)) return;
  const { turn, start, end, several } = marks(c, held.getRangeAt(0));
  held.removeAllRanges(); // words that stay marked in the browser would be dragged along by the next try
  if (several) return say(c, "Et kodet sted skal ligge i én tur. Markér i én tur ad gangen.", "error");
  if (!turn || start >= end) return;
  if (!turn.codable) return say(c, NOT_CODED, "error");
  focusTurn(c, turn.turn);
  if (c.clicks === 3) chooseAll(c, turn, true);
  else choose(c, { turn: turn.turn, start, end }, true);
}

function listenToMouse(c) {
  c.list.addEventListener("mousedown", (event) => {
    if (event.button !== 0) return;
    c.dragging = true;
    c.clicks = event.detail; // of the latest: the timer of an earlier one may find what a later one has marked
    // The mouse may be let go outside the list, or outside the coder.
    document.addEventListener("mouseup", () => setTimeout(() => letGo(c)), { once: true });
  });
  c.list.addEventListener("focusin", (event) => {
    const node = event.target.closest(".turn");
    if (node && node !== c.focused) stand(c, node);
  });
  c.list.addEventListener("click", (event) => {
    const node = event.target.closest(".turn");
    const own = event.target.closest("button, .head");
    if (node && !own && document.getSelection().isCollapsed) focusTurn(c, node.dataset.turn);
  });
}

function letGo(c) {
  c.dragging = false;
  takeMouse(c);
  for (const turn of c.late) draw(c, turn);
  c.late.clear();
}

const ownSpan = (c, turn) => (c.selection && String(c.selection.turn) === String(turn.turn) ? c.selection : null);
const chooseAll = (c, turn, byMouse = false) =>
  choose(c, { turn: turn.turn, start: 0, end: points(turn.text).length }, byMouse);

function chooseSentence(c, turn) {
  const all = pieces(turn.text, "sentence");
  const own = ownSpan(c, turn);
  const next = own ? all.find(([start]) => start >= own.end) : all[0];
  if (next || all.length) choose(c, { turn: turn.turn, start: (next || all[0])[0], end: (next || all[0])[1] });
}

// Moves an end of what is marked, or else of the coding that is open; each step of the latter is saved.
function stretch(c, turn, side, longer) {
  const own = ownSpan(c, turn);
  const open = !c.selection && codingsOf(c, turn.turn).find((item) => item.id === c.editing);
  if (open) return moveEnd(c, open.id, side, longer);
  if (own) {
    const next = stretched(turn.text, own, side, longer);
    return next && choose(c, next);
  }
  const [first] = pieces(turn.text, "word");
  return first && choose(c, { turn: turn.turn, start: first[0], end: first[1] });
}

// One after the other: each step begins where the last one that was saved ended.
function moveEnd(c, id, side, longer) {
  c.moved = c.moved.then(async () => {
    const coding = codingWith(c, id);
    const next = coding && stretched(c.turns.get(String(coding.turn)).text, coding, side, longer);
    if (!next) return;
    if (await change(c, id, { start: next.start, end: next.end })) tell(c, `Stedet er nu »${quoteOf(c, next)}«`);
    if (c.editing === id) c.panel.querySelector(".quote").textContent = `»${quoteOf(c, codingWith(c, id))}«`;
  });
}
