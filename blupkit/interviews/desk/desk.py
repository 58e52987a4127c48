"""All that a coder has before her: the interviews and how far they are coded, the codebook, and others' codings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from blupkit.core import BlupkitError, Study
from blupkit.interviews.coding.codebook import Code, Codebook
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.learned_suggestions import evaluate_suggestions, text_evaluation
from blupkit.interviews.coding.new_code import UNDEFINED, add_code, next_number, next_theme, take_out
from blupkit.interviews.coding.quiet_suggestions import (
    UNTRIED,
    Trial,
    quiet_suggestions,
    text_trial,
    try_suggestions,
)
from blupkit.interviews.desk.colours import theme_colours
from blupkit.interviews.desk.looking import memos, of_others, passages_of
from blupkit.interviews.desk.session import Doing, Message, RefusedError, Session


class Desk:
    """One coder's desk: one interview is open at a time, and the page that shows it may ask for another.

    Parameters
    ----------
    study : Study
        The study.
    coded : Coded
        Everything that can be coded, and what the coder had coded when the desk was opened.
    file : str
        The coder's log, within the study's folder.
    coder : str
        Who codes.
    interview : str
        The interview, or the open question, that is open first; without one the last that was coded in.

    Raises
    ------
    DataError
        There is no such interview.
    """

    def __init__(self, study: Study, coded: Coded, file: str, coder: str, interview: str = "") -> None:
        self._study, self._coded, self._file, self._coder = study, coded, file, coder
        self.session = self._opened(interview or self._last)

    @property
    def _last(self) -> str:
        codings = self._coded.codings["interview"]
        return str(codings.iloc[-1] if len(codings) else self._coded.turns["interview"].iloc[0])

    def _opened(self, interview: str) -> Session:
        here = self._coded.only(interview)
        # Trying suggestions takes seconds, so they come when the page stands there, or at once where none can be tried.
        untried = self._coded.by_hand["interview"].nunique() < 2
        suggestions = quiet_suggestions(self._coded, interview, UNTRIED) if untried else here.suggested([])
        return Session(interview, here, self._study.path(self._file), self._coder, suggestions)

    @cached_property
    def trial(self) -> Trial:
        """What a trial lets the suggestions say."""
        return try_suggestions(self._coded)

    @cached_property
    def trust(self) -> str:
        """How far the suggestions can be trusted, in Danish; worked out the first time it is asked for."""
        return " ".join(filter(None, [text_trial(self.trial), text_evaluation(evaluate_suggestions(self._coded))]))

    def look_for_suggestions(self) -> None:
        """Find what may be suggested in the interview that is open, as far as the trial allows."""
        session = self.session
        session.suggest(quiet_suggestions(self._coded, session.interview, self.trial))

    def material(self) -> Message:
        """Give what the page shows of the open interview and does not change."""
        codebook = self._coded.codebook
        parties = codebook.parties or [*self._coded.codings["about"], *(group.name for group in self._study.groups)]
        return self.session.material() | {
            "about": [party for party in dict.fromkeys(parties) if party],
            "interviews": self._progress(),
            "others": list(self._others),
            "groups": [[group.key, group.name] for group in self._study.groups],
            "colours": theme_colours(codebook),
        }

    def answer(self, message: Message) -> Message:
        """Do what the page asks for; see `Session.answer`."""
        more: Mapping[str, Doing] = {
            "skift": self._switch,
            "ny_kode": self._new_code,
            "steder": self._passages,
            "andre": self._show_others,
            "memoer": lambda _: {"memos": memos(self.session, self._titles)},
        }
        return self.session.answer(message, more)

    @property
    def _titles(self) -> dict[str, str]:
        ids = dict.fromkeys(self._coded.turns["interview"])
        return {ident: self._study.interview_titles.get(ident, ident) for ident in ids}

    @cached_property
    def _codable(self) -> pd.Series:
        return self._coded.participant_turns.groupby("interview", sort=False).size()

    def _progress(self) -> list[Message]:
        places = {(event.passage.interview, str(event.passage.turn)) for event in self.session.events}
        done = pd.Series([interview for interview, _ in places], dtype="str").value_counts()
        return [
            {"id": ident, "title": title, "coded": int(done.get(ident, 0)), "of": int(self._codable.get(ident, 0))}
            for ident, title in self._titles.items()
        ]

    def _switch(self, message: Message) -> Message:
        try:
            self.session = self._opened(str(message.get("interview")))
        except BlupkitError as error:
            raise RefusedError(str(error)) from error
        return {"switched": self.session.interview}

    @property
    def _others(self) -> dict[str, str]:
        files = self._study.interview_files.codings
        of_answers = self._coded.turns["role"].eq("").all()
        return {} if of_answers else {coder: file for coder, file in files.items() if coder != self._coder}

    def _show_others(self, message: Message) -> Message:
        coder = str(message.get("coder"))
        if coder not in self._others:
            raise RefusedError(f"Der er ingen koder, der hedder {coder}.")
        return {"others": of_others(self._study, self.session, coder, self._others[coder])}

    def _passages(self, message: Message) -> Message:
        return passages_of(self._study, self._coder, message)

    # ---- a new code ----

    def _new_code(self, message: Message) -> Message:
        """Write a code into the codebook, and give it to the marked words; both are taken back at once."""
        codebook = self._coded.codebook
        name, theme = (" ".join(str(message.get(key) or "").split()) for key in ("name", "theme"))
        if not name:
            raise RefusedError("Skriv, hvad koden hedder.")
        twin = next((code for code in codebook.rows if code.name.casefold() == name.casefold()), None)
        if twin:
            raise RefusedError(f"Kodebogen har allerede koden {twin.code} {twin.name}.")
        theme_name = codebook.theme_names.get(theme) or " ".join(str(message.get("theme_name") or "").split())
        if not theme_name:
            raise RefusedError("Vælg et tema, eller skriv, hvad det nye tema hedder.")
        theme = theme if theme in codebook.theme_names else next_theme(codebook)
        definition = str(message.get("definition") or "").strip() or UNDEFINED
        code = Code(next_number(codebook, theme), theme, theme_name, name, definition, "", "", "", ())
        try:
            renewed, before, after = add_code(self._study, code)
        except BlupkitError as error:
            raise RefusedError(str(error)) from error
        self._renew(renewed)
        done: Message = {"code": code.code}
        gives = "start" in message
        try:
            done |= self.session.add(message | {"code": code.code}) if gives else {}
        except RefusedError:
            self._renew(take_out(self._study, before, after) or renewed)
            raise
        self.session.then_undo(lambda _: self._without(code, before, after), instead_of=int(gives))
        return done | self._book()

    def _without(self, code: Code, before: bytes, after: bytes) -> Message:
        """Take a new code back, and what was coded with it in this sitting's one step."""
        own = [event for event in self.session.events if event.passage.code == code.code]
        if len(own) > 1:
            raise RefusedError(f"Koden {code.code} er brugt {len(own)} steder. Fortryd eller slet dem først.")
        renewed = take_out(self._study, before, after)
        if renewed is None:
            raise RefusedError(f"Kodebogen er ændret siden. Slet selv koden {code.code} i den.")
        done = self.session.drop(own)
        self._renew(renewed)
        return done | self._book()

    def _renew(self, codebook: Codebook) -> None:
        self._coded = self._coded.with_codebook(codebook)
        self.session.codable = self.session.codable.with_codebook(codebook)

    def _book(self) -> Message:
        return {"codes": self.session.codes(), "colours": theme_colours(self._coded.codebook)}
