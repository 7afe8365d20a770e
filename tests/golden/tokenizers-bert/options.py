"""Writes options.json; see README.md. Whole strings are transformed step by step, as the reference does it."""
import json
import random
import re
import sys
import unicodedata
from pathlib import Path

DEFAULTS = {"do_lower_case": True, "strip_accents": None, "tokenize_chinese_chars": True, "never_split": [],
            "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]", "mask_token": "[MASK]"}
IDEOGRAPHS = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]


def is_punctuation(char):
    return (char.isascii() and char.isprintable() and not char.isalnum() and char != " ") or \
        unicodedata.category(char).startswith("P")


def clean(text):
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char in " \t\n\r" or category == "Zs":
            kept.append(" ")
        elif not category.startswith("C") and char != "\ufffd":
            kept.append(char)
    return "".join(kept)


def split_punctuation(word):
    return re.findall("[^\0]+", "".join("\0" + c + "\0" if is_punctuation(c) else c for c in word))


def basic_words(text, options, special):
    text = clean(text)
    if options["tokenize_chinese_chars"]:
        text = "".join(f" {c} " if any(a <= ord(c) <= b for a, b in IDEOGRAPHS) else c for c in text)
    whole = set(options["never_split"]) | set(special)
    for word in unicodedata.normalize("NFC", text).split():
        if word not in whole:
            strip = options["strip_accents"]
            if options["do_lower_case"]:
                word = word.lower()
                strip = strip is not False
            if strip:
                word = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
        yield from [word] if word in whole else split_punctuation(word)


def spell(word, vocabulary, unknown):
    pieces, begin = [], 0
    while begin < len(word) <= 100:
        for end in range(len(word), begin, -1):
            piece = ("##" if begin else "") + word[begin:end]
            if piece in vocabulary:
                break
        else:
            return [unknown]
        pieces.append(piece)
        begin = end
    return pieces if len(word) <= 100 else [unknown]


def tokenize(text, vocabulary, options):
    special = [options[key] for key in ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")]
    anySpecial = "|".join(re.escape(token) for token in sorted(special, key=len, reverse=True))
    if options["do_lower_case"]:
        text = re.sub(f"({anySpecial})|(.)", lambda m: m[1] or m[2].lower(), text, flags=re.DOTALL)
    tokens = []
    for part in re.split(f"({anySpecial})", text):
        if part in special:
            tokens.append(part)
        else:
            for word in basic_words(part, options, special):
                tokens += spell(word, vocabulary, options["unk_token"])
    return tokens


ALPHABET = [
    "abcdefgh ABCDEFGH  .,'-", "\u00e9\u00e8\u00e0\u00c9\u00c0\u00f1\u00d1\u00fc\u00dc\u0130\u0131\u00df\u1e9e",
    "\u03a3\u03c3\u03c2\u0391\u0386\u1f88\u03ac", "\u0416\u0436\u0419\u0439\u0451", "\u4e2d\u6587\u8c48\u3400\u3005",
    "\ud55c\uad6d\u1112\u1161\u11ab", "\u0301\u0323\u0308\u0345\u302e\u302f\u0344", "\u0915\u093c\u0958\u09c7\u09be\u0f71\u0f72\u0f73",
    "\U0001f600\u200d\ufe0f\U0001f3fd", "\0\ufffd\u00ad\u2028\u3000\u00a0\u0085\t\n\ue000", "\u2026\u2014\u00bf\u037e\u1fef\u2000\u212a\u2126\u212b",
]
SNIPPETS = ["[MASK]", "[mask]", "[UNK]", "[MA\0SK]", "<mask>", "<MASK>", "keep-me", "Keep-Me", "[CLS]x", "un\u0323\u0307", "A\u030a\u0323"]


def random_text(source):
    parts = []
    for _ in range(source.randint(1, 14)):
        parts.append(source.choice(SNIPPETS) if source.random() < 0.12 else source.choice(source.choice(ALPHABET)))
    return "".join(parts)


def small_vocabulary(words, special, source):
    pieces = set()
    for word in words:
        for _ in range(3):
            begin = source.randrange(len(word))
            end = min(len(word), begin + source.randint(1, 3))
            pieces.add(("##" if begin else "") + word[begin:end])
    pieces |= {c for word in words for c in word[:1] if source.random() < 0.8}
    pieces |= {"##" + c for word in words for c in word[1:] if source.random() < 0.8}
    return special + sorted(pieces)


def check(vocabularyFile):
    vocabulary = vocabularyFile.read_text(encoding="utf-8").split("\n")
    known = set(vocabulary)
    rows = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["cases"]
    for row in rows:
        found = tokenize(row["text"], known, DEFAULTS)
        assert found == row["tokens"], (row["text"], found, row["tokens"])
    print(f"{len(rows)} reference rows agree", file=sys.stderr)


def main():
    if len(sys.argv) > 1:
        check(Path(sys.argv[1]))
    sets = [{}, {"do_lower_case": False}, {"strip_accents": False}, {"do_lower_case": False, "strip_accents": True},
            {"tokenize_chinese_chars": False}, {"do_lower_case": False, "never_split": ["keep-me", "Keep-Me"]},
            {"never_split": ["keep-me", "\u00e9"]}, {"mask_token": "<mask>", "strip_accents": False}]
    result = []
    for number, changes in enumerate(sets):
        source = random.Random(number)
        options = {**DEFAULTS, **changes}
        special = [options[key] for key in ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")]
        texts = [random_text(source) for _ in range(60)]
        words = [word for text in texts for word in basic_words(text, options, special) if word not in special]
        vocabulary = small_vocabulary(words, special, source)
        rows = [{"text": text, "tokens": tokenize(text, set(vocabulary), options)} for text in texts]
        result.append({"options": options, "vocabulary": vocabulary, "rows": rows})
    print(json.dumps(result, ensure_ascii=True, indent=0))


main()
