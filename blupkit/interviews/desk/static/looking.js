
// ---- all passages of a code, the memos, and which interview is open --------------------------------------------------------

let goal = null; // the turn to begin at in the interview that is being opened

// What is looked up takes the transcript's place until it is closed.
function lookAt(c, title, ...children) {
  const head = make("h3", { tabindex: "-1" }, title);
  c.aside.replaceChildren(make("div", { class: "aside-head" }, head, button("Tilbage til udskriften", () => closeAside(c))), ...children);
  c.aside.hidden = false;
  c.halves.hidden = true;
  head.focus({ preventScroll: true });
}

function closeAside(c) {
  saveMemo(c);
  c.aside.hidden = true;
  c.halves.hidden = false;
  if (c.focused) focusTurn(c, c.focused.dataset.turn);
}

function showPlaces(c, code) {
  const which = make("select", {}, ...options([...c.codes.values()].map((each) => [each.code, `${each.code} ${each.name}`]), code));
  const group = make("select", {}, ...options([["", "Alle grupper"], ...c.material.groups]));
  const direction = make("select", {}, ...options([["", "Alle retninger"], ...c.material.directions.map((each) => [each, each])]));
  const found = make("div", { class: "places", "aria-live": "polite" });
  const wanted = () => ({ code: which.value, group: group.value, direction: direction.value });
  const refresh = async () => {
    found.setAttribute("aria-busy", "true");
    const answer = await ask(c, "steder", wanted());
    found.setAttribute("aria-busy", "false");
    if (!answer || !answer.ok) return;
    found.replaceChildren(make("p", { class: "hint" }, answer.remarks.join(" ")), entries(c, answer.places));
  };
  for (const box of [which, group, direction]) box.addEventListener("change", refresh);
  lookAt(c, "Alle steder med en kode",
    make("div", { class: "choices" }, make("label", {}, "Kode ", which), make("label", {}, "Gruppe ", group),
      make("label", {}, "Retning ", direction), button("Til Excel", () => ask(c, "steder", { ...wanted(), excel: true }))),
    found);
  refresh();
}

async function showMemos(c) {
  saveMemo(c);
  const answer = await ask(c, "memoer");
  if (!answer || !answer.ok) return;
  const here = c.material.interviews.find((each) => each.id === c.material.title);
  const own = (c.state.notes.find(([interview]) => interview === c.material.title) || [])[2] || "";
  lookAt(c, "Memoer",
    make("label", {}, `Memo om ${here.title} `, memoBox(c, own, (memo) => ask(c, "notat", { memo }))),
    entries(c, answer.memos.filter((each) => each.code || each.turn !== "" || each.interview !== c.material.title)));
}

function entries(c, places) {
  if (!places.length) return make("p", {}, "Der er ingen endnu.");
  return make("ol", { class: "entries" }, ...places.map((place) => make("li", {},
    make("div", { class: "head" }, place.head),
    place.text ? make("blockquote", {}, place.text) : null,
    place.memo ? make("p", {}, place.memo) : null,
    place.interview && place.turn !== "" ? button("Gå til stedet", () => goTo(c, place)) : null)));
}

async function goTo(c, place) {
  if (place.interview === c.material.title) {
    closeAside(c);
    c.nodes.get(String(place.turn)).hidden = false;
    return focusTurn(c, place.turn);
  }
  goal = place.turn; // the other interview is drawn anew, and begins there
  return ask(c, "skift", { interview: place.interview });
}

const partOf = ({ title, coded: done, of }) => `${title} (${done} af ${many(of, "tur", "ture")} kodet)`;

function interviewBox(c) {
  const all = c.material.interviews;
  const box = make("select", { class: "interview", "aria-label": "Interview", onchange: async () => {
    saveMemo(c);
    const answer = await ask(c, "skift", { interview: box.value });
    if (!answer || !answer.ok) box.value = c.material.title;
  } }, ...options(all.map((each) => [each.id, partOf(each)]), c.material.title));
  return box;
}

function showProgress(c) {
  const here = c.material.interviews.find((each) => each.id === c.material.title);
  const option = [...c.interview.options].find((each) => each.value === c.material.title);
  const done = new Set(c.codings.map((coding) => String(coding.turn))).size;
  if (option) option.textContent = partOf({ ...here, coded: done });
}

function otherBox(c, coder) {
  const box = make("input", { type: "checkbox", onchange: async () => {
    const before = c.others.get(coder) || [];
    c.others.delete(coder);
    if (box.checked) {
      const answer = await ask(c, "andre", { coder });
      if (answer && answer.ok) c.others.set(coder, answer.others);
      else box.checked = false;
    }
    for (const turn of new Set([...before, ...(c.others.get(coder) || [])].map((item) => item.turn))) draw(c, turn);
  } });
  return make("label", {}, box, ` Kodninger af ${coder}`);
}
