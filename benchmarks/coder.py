"""The text coder's page while two hours of transcript are coded by keys: how long a frame takes, first and last."""

from __future__ import annotations

import json
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from made_up import LARGE, write_interviews
from playwright.sync_api import sync_playwright

from blupkit.interviews import coder, read_codebook
from blupkit.interviews.desk.widget import STATIC, CoderWidget, program

Line = tuple[str, float, float | None]
#: About 16,000 words, as many as are said in two hours.
TURNS, CODED = 400, 300
SCREEN = 1000 / 60  # ms that a screen gives a frame

PAGE = """async ([source, css, material]) => {
  document.body.dataset.jpThemeLight = "true";
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  document.body.innerHTML = "<main></main>";
  const heard = [];
  const model = {
    get: () => material, off: () => {}, on: (name, act) => name === "msg:custom" && heard.push(act),
    send: async (message) => {
      for (const each of JSON.parse(await window.ask(JSON.stringify(message)))) heard.forEach((act) => act(each));
    },
  };
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  (await import(url)).default.render({ model, el: document.querySelector("main") });
  window.frames_ = [];
  let last = performance.now();
  const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""


def coding(folder: Path) -> list[Line]:
    """Code three turns of four by keys; the page must be as quick at the end as at the beginning."""
    study = write_interviews(folder, 1, TURNS, vocabulary=LARGE)
    files = study.interview_files.model_copy(update={"codings": {"A": "A.jsonl"}})
    widget = coder(study.model_copy(update={"interviews": files}), "t0", "A")
    codes = list(read_codebook(study).names)
    frames: list[list[float]] = []
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.expose_function("ask", lambda message: _answered(widget, json.loads(message)))
        page.goto("about:blank")
        page.evaluate(PAGE, [program(), (STATIC / "coder.css").read_text("utf-8"), widget.material])
        page.wait_for_function("document.querySelector('.count').textContent")
        page.locator(".turn").first.focus()
        for number in range(CODED):
            page.evaluate("window.frames_.length = 0")
            for key in ("s", "c"):
                page.keyboard.press(key)
            page.keyboard.type(codes[number % len(codes)])
            page.keyboard.press("Enter")
            page.wait_for_function(f"document.querySelector('.count').textContent.startsWith('{number + 1} ')")
            page.keyboard.press("j")
            frames.append(page.evaluate("window.frames_"))
        browser.close()
    tenth = CODED // 10
    first, last = (float(np.mean([*chain(*part)])) for part in (frames[:tenth], frames[-tenth:]))
    slow = float(np.percentile([*chain(*frames)], 95))
    what = f"{CODED} codings in two hours of transcript"
    return [
        (f"frames of the coder, {what}: the 95th of 100, against a frame of the screen", slow / SCREEN, None),
        (f"frames of the coder, {what}: the last tenth, against the first", last / first, 1.5),
    ]


def _answered(widget: CoderWidget, message: dict[str, Any]) -> str:
    sent: list[dict[str, Any]] = []
    widget.send = lambda answer, *_: sent.append(answer)  # type: ignore[method-assign]
    if message["action"] != "tillid":
        widget._hear(None, message, None)
    return json.dumps(sent)


ALL = (coding,)
