// The text coder. Everything that is saved lives in the coder's log; this page asks, and shows what it is answered.
// Its parts are put together in the order that widget.py names; `c` is one shown coder.
// Places in a text are counted in code points, as the log counts them; JavaScript counts UTF-16 units.

const points = (text) => Array.from(text);
const slice = (text, start, end) => points(text).slice(start, end).join("");
const toPoints = (text, units) => points(text.slice(0, units)).length;
const lower = (text) => text.toLocaleLowerCase("da");
const many = (n, one, more) => `${n} ${n === 1 ? one : more}`;
const shortened = (text, length) => (text.length > length ? `${text.slice(0, length)} …` : text);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const button = (words, onclick, more = {}) => make("button", { type: "button", onclick, ...more }, words);
const options = (values, chosen = "") =>
  values.map(([value, words]) => make("option", { value, selected: value === chosen }, words));

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

function trimmed(text, start, end) {
  const letters = points(text);
  while (start < end && !letters[start].trim()) start += 1;
  while (end > start && !letters[end - 1].trim()) end -= 1;
  return [start, end];
}

// A span with one end moved by a word; null where there is no further to go.
function stretched(text, span, side, longer) {
  const words = pieces(text, "word");
  if (side === "end") {
    const ends = words.map(([, end]) => end);
    const end = longer ? ends.find((each) => each > span.end) : ends.filter((each) => each < span.end && each > span.start).pop();
    return end === undefined ? null : { ...span, end };
  }
  const starts = words.map(([start]) => start);
  const start = longer ? starts.filter((each) => each < span.start).pop() : starts.find((each) => each > span.start && each < span.end);
  return start === undefined ? null : { ...span, start };
}
