"""One invented talk, written as each program would write it: by hand here, and by none of the readers' own writers."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

#: When it begins in seconds, who speaks, what is said.
TALK = [
    (3.0, "Moderator", "Velkommen: Hvem vil begynde?"),
    (34.0, "Bo Ravn Storm", "Vi mødes kl. 12:41 hver tirsdag. Det er sådan: ingen svarer."),
    (65.0, "Ida Holm", "Nej & jo <3, for Bo ringede 10 gange 🙂 på Ærø."),
    (97.0, "Bo Ravn Storm", "Ja."),
    (3725.0, "Moderator", "Så siger vi tak."),
]
Turn = tuple[float, str, str]
Talk = list[Turn]


def clock(seconds: float, style: str = "{h:02}:{m:02}:{s:02}") -> str:
    whole = int(seconds)
    return style.format(h=whole // 3600, m=whole // 60 % 60, s=whole % 60, t=round(seconds * 10) % 10)


def short(seconds: float) -> str:
    return clock(seconds, "{h}:{m:02}:{s:02}") if seconds >= 3600 else clock(seconds, "{m}:{s:02}")


def otter(talk: Talk) -> str:
    blocks = [f"{who}  {short(start)}  \n{text}\n" for start, who, text in talk]
    return "\n".join([*blocks, "Transcribed by https://otter.ai\n"])


def happy_scribe(talk: Talk) -> str:
    return "\n".join(f"[{clock(start)}.00] - {who}\n{text}\n" for start, who, text in talk)


def zoom_captions(talk: Talk) -> str:
    return "\n".join(f"[{who}] {clock(start + 17 * 3600)}\n{text}\n" for start, who, text in talk)


def rev(talk: Talk) -> str:
    return "\n".join(f"{who} ({clock(start)}):\n{text}\n" for start, who, text in talk)


def riverside(talk: Talk) -> str:
    return "\n".join(f"{who} ({clock(start)}.000)\n{text}\n" for start, who, text in talk)


def word_online(talk: Talk) -> str:
    return "\n".join(f"{clock(start)} {who}\n{text}\n" for start, who, text in talk)


def lenny(talk: Talk) -> str:
    return "\n".join(f"**{who}** ({clock(start)}):\n{text}\n" for start, who, text in talk)


def whisperx_json(talk: Talk) -> str:
    segments = [{"start": start, "end": start + 1, "text": f" {text}", "speaker": who} for start, who, text in talk]
    return json.dumps({"segments": segments, "word_segments": [], "language": "da"})


def whisper_cpp_json(talk: Talk) -> str:
    rows = [
        {"timestamps": {"from": f"{clock(start)},000", "to": f"{clock(start)},900"}, "text": f" {text}", "speaker": who}
        for start, who, text in talk
    ]
    return json.dumps({"systeminfo": "x", "transcription": rows}, ensure_ascii=False, indent=2)


def amberscript_json(talk: Talk) -> str:
    people = list(dict.fromkeys(who for _, who, _ in talk))
    speakers = [{"spkid": f"spk{n}", "name": who} for n, who in enumerate(people)]
    segments = [
        {"speaker": f"spk{people.index(who)}", "start": start, "words": [{"text": word} for word in text.split(" ")]}
        for start, who, text in talk
    ]
    return json.dumps({"id": "1", "speakers": speakers, "segments": segments})


def segment_list(talk: Talk) -> str:
    return json.dumps([{"speaker": who, "start": start, "end": start + 1, "text": text} for start, who, text in talk])


def table(talk: Talk) -> str:
    rows = [f"{int(start * 1000)}\t{int(start * 1000) + 900}\t{text}\t{who}" for start, who, text in talk]
    return "\n".join(["start\tend\ttext\tspeaker", *rows, ""])


def elan(talk: Talk) -> str:
    # Tier by tier, as ELAN writes it: nobody's words stand between another's.
    people = dict.fromkeys(who for _, who, _ in talk)
    rows = [(who, start, text) for each in people for start, who, text in talk if who == each]
    return "".join(f"{who}\t{clock(start)}.000\t{clock(start)}.900\t{text}\n" for who, start, text in rows)


def elan_with_all_columns(talk: Talk) -> str:
    kinds = ("hh:mm:ss.ms", "ss.msec", "msec")
    times = [f"{name} Time - {kind}" for name in ("Begin", "End") for kind in kinds]
    heads = ["Tier", "Participant", *times, "Duration - hh:mm:ss.ms", "Annotation"]
    rows = []
    for start, who, text in talk:
        spans = [
            (f"{clock(at)}.{rest}00", f"{int(at)}.{rest}", f"{int(at)}{rest}00")
            for at, rest in ((start, 0), (start, 9))
        ]
        rows.append(["spor@1", who, *spans[0], *spans[1], "00:00:00.900", text])
    return "\n".join("\t".join(cells) for cells in (heads, *rows))


def audacity(talk: Talk) -> str:
    return "".join(f"{start:.6f}\t{start + 0.9:.6f}\t{who}: {text}\n" for start, who, text in talk)


def youtube(talk: Talk) -> str:
    return "\n".join(
        f"{clock(s, '{h}:{m:02}:{s:02}')}.100,{clock(s, '{h}:{m:02}:{s:02}')}.900\n{who}: {text}\n"
        for s, who, text in talk
    )


def webex(talk: Talk) -> str:
    people = list(dict.fromkeys(who for _, who, _ in talk))
    cues = [
        f'{n} "{who}" ({people.index(who) + 101})\n{clock(start)}.000 --> {clock(start)}.900\n'
        f"{html.escape(text, quote=False)}\n"
        for n, (start, who, text) in enumerate(talk, start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def noscribe_vtt(talk: Talk) -> str:
    notes = (
        "WEBVTT fg1\n\nNOTE\nTranscribed with noScribe vers. 0.7\n(Timestamps: True)\n\n\nNOTE media: C:/fg1.m4a\n\n"
    )
    cues = [
        f"{n}\n{clock(start)}.000 --> {clock(start)}.{n % 10}\n<v {who}>{html.escape(text, quote=False)}\n"
        for n, (start, who, text) in enumerate(talk, start=1)
    ]
    return notes + "\n".join(cues)


def noscribe_page(talk: Talk) -> str:
    head = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN">\n<html ><head ><style>p { color: red; }</style></head>'
    head += "\n<body >"
    info = "<p >fg1</p><p ><span >Transcribed with noScribe vers. 0.7<br />Audio file: C:/fg1.m4a</span></p>"
    lines = []
    for start, who, text in talk:
        first, _, rest = text.partition(" ")
        mark = f"ts_{int(start * 1000)}_{int(start * 1000) + 500}_{who}"
        later = f'<a name="ts_{int(start * 1000) + 500}_{int(start * 1000) + 900}_{who}" > {html.escape(rest)}</a>'
        lines.append(f'<p ><a name="{mark}" >{who}: <span >[{clock(start)}]</span> {html.escape(first)}</a>{later}</p>')
    return head + '<div class="WordSection1" >' + info + "\n".join(lines) + "</div></body></html>"


def f4(talk: Talk) -> str:
    return "\n\n".join(f"{who}: {text} #{clock(start, '{h:02}:{m:02}:{s:02}-{t}')}#" for start, who, text in talk)


def f4_first(talk: Talk) -> str:
    return "\n\n".join(f"#{clock(start, '{h:02}:{m:02}:{s:02}-{t}')}# {who}: {text}" for start, who, text in talk)


def sonix(talk: Talk) -> str:
    lines = [f"{who}: [{clock(start)}] {text}\n" for start, who, text in talk]
    return "\n".join(["fg1.mp3", "", *lines, "(Transcribed by Sonix.ai - Remove this message by upgrading!)", ""])


def good_tape(talk: Talk) -> str:
    return "\n\n".join(f"[{clock(start)}]\n{who}: {text}" for start, who, text in talk)


def time_lines(talk: Talk) -> str:
    return "\n\n".join(f"{short(start)}\n{who}: {text}" for start, who, text in talk)


def maxqda(talk: Talk) -> str:
    return "\n\n".join(f"{clock(start)}.0{who}: {text}" for start, who, text in talk)


def noscribe_text(talk: Talk) -> str:
    notes = ["fg1", "", "Transcribed with noScribe vers. 0.7", "Audio file: C:/fg1.m4a"]
    notes += ["(Language: Danish (da) | Speaker detection: auto | Timestamps: True | Mark pause: 1)", ""]
    return "\n".join([*notes, *(f"{who}: [{clock(start)}] {text}" for start, who, text in talk), ""])


def meet(talk: Talk) -> str:
    lines = [f"{clock(start)}\n\n{who}: {text}\n" for start, who, text in talk]
    end = "This editable transcript was computer generated and might contain errors. People can also change the text."
    return "\n".join(["Møde - Transcript", "", *lines, "Transcription ended after 01:02:59", "", end])


def descript(talk: Talk) -> str:
    return "\n\n".join(f"**{who}:** [{clock(start)}] {text}" for start, who, text in talk)


def trint(talk: Talk) -> str:
    return "\n\n".join(f"[{clock(start)}] {who}: {text}" for start, who, text in talk)


def trint_word(talk: Talk) -> str:
    return "\n\n".join(f"{who} [{clock(start)}] {text}" for start, who, text in talk)


def fathom(talk: Talk) -> str:
    return "\n".join(f"@{short(start)} - {who}\n{text}\n" for start, who, text in talk)


def srt_time(start: float) -> str:
    return f"{clock(start)},100 --> {clock(start)},900"


def named_srt(talk: Talk) -> str:
    return "\n".join(f"{n}\n{srt_time(start)}\n{who}: {text}\n" for n, (start, who, text) in enumerate(talk, start=1))


def whisperx_srt(talk: Talk) -> str:
    return "\n".join(f"{n}\n{srt_time(start)}\n[{who}]: {text}\n" for n, (start, who, text) in enumerate(talk, start=1))


def srt_without_numbers(talk: Talk) -> str:
    return "\n".join(f"{srt_time(start)}\n{who}: {text}\n" for start, who, text in talk)


def chat(talk: Talk) -> str:
    return "".join(
        f"2026-03-04 {clock(start + 3600 * 9)} From {who} to Everyone:\n\t{text}\n\t\n" for start, who, text in talk
    )


def old_chat(talk: Talk) -> str:
    return "".join(f"{clock(start + 3600 * 9)}\t From  {who}  to  Everyone : {text}\n" for start, who, text in talk)


def oldest_chat(talk: Talk) -> str:
    return "".join(f"{clock(start + 3600 * 9)}\t From  {who} : {text}\n" for start, who, text in talk)


def cloud_chat(talk: Talk) -> str:
    return "".join(f"{clock(start)}\t{who}:\t{text}\n" for start, who, text in talk)


#: A file's name → how its program writes the talk.
WRITERS: dict[str, Callable[[Talk], str]] = {
    "otter.txt": otter,
    "happy_scribe.txt": happy_scribe,
    "zoom_captions.txt": zoom_captions,
    "rev.txt": rev,
    "riverside.txt": riverside,
    "word_online.txt": word_online,
    "lenny.txt": lenny,
    "whisperx.json": whisperx_json,
    "whisper_cpp.json": whisper_cpp_json,
    "amberscript.json": amberscript_json,
    "list.json": segment_list,
    "whisper.tsv": table,
    "elan.txt": elan,
    "elan_full.txt": elan_with_all_columns,
    "audacity.txt": audacity,
    "youtube.sbv": youtube,
    "webex.vtt": webex,
    "f4.txt": f4,
    "f4_first.txt": f4_first,
    "sonix.txt": sonix,
    "good_tape.txt": good_tape,
    "time_lines.txt": time_lines,
    "maxqda.txt": maxqda,
    "noscribe.txt": noscribe_text,
    "meet.txt": meet,
    "descript.txt": descript,
    "trint.txt": trint,
    "trint_word.txt": trint_word,
    "fathom.txt": fathom,
    "named.srt": named_srt,
    "whisperx.srt": whisperx_srt,
    "without_numbers.srt": srt_without_numbers,
    "noscribe.vtt": noscribe_vtt,
    "noscribe.html": noscribe_page,
    "chat.txt": chat,
    "old_chat.txt": old_chat,
    "oldest_chat.txt": oldest_chat,
    "cloud_chat.txt": cloud_chat,
}
#: What begins its cues a tenth later.
SUBTITLES = {"named.srt", "whisperx.srt", "without_numbers.srt", "youtube.sbv"}
#: What has its times at the ends.
AT_END = {"f4.txt"}
#: What counts its times from the first.
FROM_FIRST = {"zoom_captions.txt", "chat.txt", "old_chat.txt", "oldest_chat.txt", "cloud_chat.txt"}
