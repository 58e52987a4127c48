
// ---- asking the kernel, and showing what it answers ----------------------------------------------------------------

const ANSWER_WITHIN = 5000; // ms before a silent kernel is told of
const SILENT = "Kernen svarer ikke. Det sidste er ikke gemt. Start kernen igen, og kør cellen.";
const READS = ["hent", "placer", "soeg", "steder", "andre", "memoer", "skift"];

function ask(c, action, message = {}) {
  c.request += 1;
  const number = `${c.view}-${c.request}`;
  const saving = !READS.includes(action);
  if (saving) say(c, "Gemmer …", "saving");
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      say(c, SILENT, "error");
      resolve(null);
    }, ANSWER_WITHIN);
    c.waiting.set(number, { timer, resolve, saving });
    try {
      c.model.send({ ...message, request: number, action });
    } catch {
      clearTimeout(timer);
      say(c, SILENT, "error");
      resolve(null);
    }
  });
}

// An answer that comes late (the kernel was busy with another cell) is still the truth about what is saved, and so is
// one that another view of the same widget asked for.
function hear(c, answer) {
  if (answer.trust) c.trust.textContent = answer.trust;
  if (answer.codes) takeCodes(c, answer.codes, answer.colours);
  if (answer.turns) show(c, answer);
  const asked = c.waiting.get(answer.request);
  if (!asked) return;
  c.waiting.delete(answer.request);
  clearTimeout(asked.timer);
  if (!answer.ok) say(c, answer.error, "error");
  else if (asked.saving) say(c, `Gemt kl. ${answer.saved}`, "saved");
  else if (answer.told || answer.says) say(c, answer.told || answer.says, "saved");
  else if (c.alarm.textContent === SILENT) say(c, "", "");
  asked.resolve(answer);
}

// What is answered holds the turns that have changed; the first answer, and one to "hent", holds all.
function show(c, answer) {
  if (!answer.whole && !c.known) return;
  const changed = Object.keys(answer.turns);
  if (answer.whole) {
    const same = (key) => JSON.stringify(c.byTurn.get(key)) === JSON.stringify(answer.turns[key]);
    const gone = [...c.byTurn.keys()].filter((key) => !(key in answer.turns));
    const redrawn = c.known ? [...gone, ...changed.filter((key) => !same(key))] : changed;
    c.byTurn = new Map(Object.entries(answer.turns));
    c.known = true;
    for (const key of redrawn) draw(c, key);
  } else {
    for (const key of changed) {
      c.byTurn.set(key, answer.turns[key]);
      draw(c, key);
    }
  }
  for (const key of ["latest", "used", "notes"]) c.state[key] = answer[key];
  c.undo.disabled = !answer.undo;
  const all = [...c.byTurn.values()].flatMap((each) => each.codings);
  c.lost = all.filter((coding) => coding.aside && !coding.moved);
  c.codings = all.filter((coding) => !c.lost.includes(coding));
  c.here = new Map();
  for (const { code } of c.codings) c.here.set(code, (c.here.get(code) || 0) + 1);
  c.count.textContent = many(c.codings.filter((coding) => !coding.aside).length, "kodning", "kodninger");
  showProgress(c);
  showLost(c);
  c.relist();
  filter(c, true);
}

const NONE = { codings: [], suggestions: [] };
// A coding that is set aside has no place here; one that is offered a place has, until somebody has answered.
const codingsOf = (c, turn) => (c.byTurn.get(String(turn)) || NONE).codings.filter((coding) => !coding.aside || coding.moved);
const suggestionsOf = (c, turn) => (c.suggesting.checked ? (c.byTurn.get(String(turn)) || NONE).suggestions : []);
const codingWith = (c, id) => c.codings.find((item) => item.id === id);

function say(c, words, kind) {
  c.status.textContent = kind === "error" ? "" : words;
  c.alarm.textContent = kind === "error" ? words : "";
  c.status.className = `status ${kind}`;
}

const tell = (c, words) => { c.told.textContent = words; };

function takeCodes(c, codes, colours) {
  c.codes = new Map(codes.map((code) => [code.code, code]));
  c.colours = colours;
  const chosen = c.byCode.value;
  c.byCode.replaceChildren(...options([["", "Alle koder"], ["uden", "Ture uden kode"],
    ...codes.map((code) => [code.code, `${code.code} ${code.name}`])], chosen));
  paint(c);
}

// One colour a theme; a colour is never all that tells two codes apart, for the number stands beside it.
function paint(c) {
  const dark = document.body.dataset.jpThemeLight === "false";
  c.root.classList.toggle("dark", dark);
  Object.values(c.colours).forEach(([light, night], place) => c.root.style.setProperty(`--theme-${place}`, dark ? night : light));
}

function themeOf(c, code) {
  const known = c.codes.get(code);
  return known ? Object.keys(c.colours).indexOf(known.theme) : -1;
}

const colourOf = (c, code) => (themeOf(c, code) < 0 ? "var(--muted)" : `var(--theme-${themeOf(c, code)})`);

function lineOf(c, code) {
  const colour = colourOf(c, code);
  const broken = themeOf(c, code) >= 0 && Object.values(c.colours)[themeOf(c, code)][2];
  return broken ? `repeating-linear-gradient(90deg, ${colour} 0 6px, transparent 6px 9px)` : `linear-gradient(${colour} 0 0)`;
}
