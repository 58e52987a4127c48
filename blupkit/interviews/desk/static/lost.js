
// ---- codings whose words are no longer where they were: the transcript was edited ------------------------------------------

// Nothing is moved without being told of: what was found again is confirmed, the rest is put in its place by hand.
function showLost(c) {
  const moved = c.codings.filter((coding) => coding.moved && !coding.aside);
  const offered = c.codings.filter((coding) => coding.moved && coding.aside);
  c.lostOnes.hidden = !moved.length && !offered.length && !c.lost.length;
  if (c.lostOnes.hidden) return;
  const found = moved.length && make("p", {}, `${many(moved.length, "kodning er", "kodninger er")} flyttet med ordene, fordi udskriften er ændret. Se efter, og bekræft. `,
    nextOf(c, moved), " ",
    button(moved.length > 1 ? `Bekræft alle ${moved.length}` : "Bekræft", () => confirmPlaces(c, moved.map((coding) => coding.id))));
  // Other words than those that were coded: each is looked at in its turn, and confirmed there.
  const likely = offered.length && make("p", {}, `${many(offered.length, "kodning har", "kodninger har")} fået foreslået en plads, hvor ordene er lidt anderledes. Se efter, og bekræft hvert sted for sig. `,
    nextOf(c, offered));
  const gone = c.lost.length && make("p", {}, `${many(c.lost.length, "kodning er", "kodninger er")} sat til side: Ordene står der ikke længere, fordi udskriften er ændret. `,
    button("Find deres plads", () => ask(c, "placer")));
  c.lostOnes.replaceChildren(found || "", likely || "", gone || "", c.lost.length ? make("ul", {}, ...c.lost.map((coding) => lostOne(c, coding))) : "");
}

const nextOf = (c, codings) => button("Gå til den næste", () =>
  focusTurn(c, (codings.find((coding) => coding.turn > Number(c.focused.dataset.turn)) || codings[0]).turn));

function lostOne(c, coding) {
  const words = shortened(coding.was || coding.quote, 90);
  const byHand = () => {
    c.placing = coding.id;
    say(c, "Markér ordene i udskriften, og vælg »Sæt kodningen her«.", "saving");
  };
  return make("li", {}, make("span", {}, `${nameOf(c, coding.code)}: »${words}«`),
    button("Placér i hånden", byHand, { "aria-label": `Placér kodningen ${coding.code} på »${words}« i hånden` }),
    button("Slet", () => remove(c, coding.id), { "aria-label": `Slet kodningen ${coding.code} på »${words}«` }));
}

function placeHere(c) {
  const coding = c.lost.find((item) => item.id === c.placing);
  if (!coding) return "";
  return button(`Sæt kodningen ${nameOf(c, coding.code)} her`, async () => {
    const { selection } = c;
    const answer = await ask(c, "rettet", { id: coding.id, ...selection });
    if (!answer || !answer.ok) return;
    c.placing = null;
    coded(c, coding.id, selection.turn);
  });
}

async function confirmPlaces(c, ids) {
  const answer = await ask(c, "bekraeft", { ids });
  if (answer && answer.ok) tell(c, ids.length > 1 ? "Stederne er bekræftet" : "Stedet er bekræftet");
}
