
// ---- changing a coding --------------------------------------------------------------------------------------------------

const MEMO_REST = 1500; // ms of rest before a memo is saved while it is still being written

function edit(c, id) {
  saveMemo(c);
  const coding = codingWith(c, id);
  if (!coding) return pick(c);
  open(c, id);
  const known = c.codes.get(coding.code);
  const codes = [...c.codes.values()].map((each) => [each.code, `${each.code} ${each.name}`]);
  const again = () => choose(c, { turn: coding.turn, ...spanOf(codingWith(c, id) || coding) }, true);
  c.panel.replaceChildren(
    make("p", { class: "quote" }, `»${quoteOf(c, coding)}«`),
    choice(c, "Kode", "code", coding, codes),
    choice(c, "Retning", "direction", coding, [["", "ingen"], ...c.material.directions.map((each) => [each, each])]),
    choice(c, "Om", "about", coding, [["", "ingen bestemt"], ...c.material.about.map((each) => [each, each])]),
    make("label", {}, "Memo ", memoBox(c, coding.memo, (memo) => change(c, id, { memo }), id)),
    ends(c, id),
    make("div", { class: "buttons" }, button("Slet kodningen", () => remove(c, id)), button("Giv stedet en kode mere", again)),
    known ? definition(known) : "",
  );
}

const spanOf = ({ start, end }) => ({ start, end });

function ends(c, id) {
  const move = (side, longer, sign, words) => button(sign, () => moveEnd(c, id, side, longer), { "aria-label": words, title: words });
  return make("div", { class: "ends", role: "group", "aria-label": "Flyt stedets ender" },
    make("span", {}, "Begyndelse"), move("start", true, "←", "Begynd et ord før"), move("start", false, "→", "Begynd et ord senere"),
    make("span", {}, "Slutning"), move("end", false, "←", "Slut et ord før"), move("end", true, "→", "Slut et ord senere"));
}

// The passage of the coding in the form is shown in its turn.
function open(c, id) {
  const before = c.editing;
  c.editing = id;
  const changed = c.codings.filter((item) => before !== id && (item.id === before || item.id === id));
  for (const turn of new Set(changed.map((item) => item.turn))) draw(c, turn);
}

function choice(c, label, name, coding, values) {
  const box = make("select", { onchange: async () => {
    if (await change(c, coding.id, { [name]: box.value })) {
      if (name === "code" && c.editing === coding.id) redraw(c, "Kode");
      return;
    }
    const now = codingWith(c, coding.id);
    box.value = now ? now[name] : ""; // what is not saved must not look as if it were
  } }, ...options(values, coding[name]));
  return make("label", {}, `${label} `, box);
}

// The definition belongs to the code; the keyboard stays where it was.
function redraw(c, label) {
  edit(c, c.editing);
  const box = [...c.panel.querySelectorAll("label")].find((each) => each.textContent.startsWith(label));
  if (box) box.querySelector("select").focus({ preventScroll: true });
}

// A memo is saved when one rests or leaves it, and says so until it is.
function memoBox(c, memo, save, id = null) {
  const box = make("textarea", { rows: "3", onchange: () => saveMemo(c), oninput: () => {
    if (c.unsaved) clearTimeout(c.unsaved.timer);
    c.unsaved = { id, save, box, timer: setTimeout(() => saveMemo(c), MEMO_REST) };
    say(c, "Memoet er ikke gemt endnu …", "saving");
  } });
  box.value = memo;
  return box;
}

async function saveMemo(c) {
  if (!c.unsaved) return;
  const memo = c.unsaved;
  clearTimeout(memo.timer);
  c.unsaved = null;
  const saved = await memo.save(memo.box.value);
  // Tried again at the next occasion, unless the coding is gone or more has been written.
  const gone = memo.id !== null && !codingWith(c, memo.id);
  if ((!saved || saved.ok === false) && !c.unsaved && !gone) c.unsaved = memo;
}

async function change(c, id, part) {
  const answer = await ask(c, "rettet", { ...part, id });
  if (!answer || !answer.ok) return false;
  tell(c, "Kodningen er rettet");
  return true;
}

async function remove(c, id) {
  if (c.unsaved && c.unsaved.id === id) { clearTimeout(c.unsaved.timer); c.unsaved = null; }
  const coding = codingWith(c, id);
  const answer = await ask(c, "slettet", { id });
  if (!answer || !answer.ok) return;
  tell(c, "Kodningen er slettet");
  choose(c, null);
  if (coding) focusTurn(c, coding.turn);
}

async function accept(c, suggestion) {
  const { turn, start, end, code } = suggestion;
  const answer = await ask(c, "kodet", { turn, start, end, code });
  if (!answer || !answer.ok) return;
  tell(c, `Forslaget ${code} er godtaget på tur ${turn}`);
  coded(c, answer.id, turn);
}

async function dismiss(c, suggestion) {
  const { turn, start, end, code } = suggestion;
  const answer = await ask(c, "afvist", { turn, start, end, code });
  if (answer && answer.ok) tell(c, `Forslaget ${code} er afvist på tur ${turn}`);
}

async function takeBack(c) {
  const answer = await ask(c, "fortryd");
  if (!answer || !answer.ok) return;
  tell(c, "Det sidste er fortrudt");
  if (c.editing) edit(c, c.editing);
}
