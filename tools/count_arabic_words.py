#!/usr/bin/env python3
"""Counts the words of Arabic texts for data/languages/ar/vocabulary.tsv and word_pairs.tsv.

Usage: count_arabic_words.py OUTPUT_FOLDER TEXT...

The shipped tables were made from the development and test sets of the United Nations Parallel Corpus v1.0 and
the Arabic texts of the UN Charter and the Universal Declaration of Human Rights. Only counts are kept: which
words exist and which two follow each other, never a sentence.
"""
import collections
import pathlib
import re
import sys

MARKS = re.compile("[\u064b-\u0655\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
TOKEN = re.compile("[\u0621-\u063a\u0641-\u064a]+|[^\\s]")
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
SOURCE = "UN texts"
NOTE = ("# Counted by tools/count_arabic_words.py. UN texts: United Nations Parallel Corpus v1.0 (development and test\n"
        "# sets), Charter of the United Nations, Universal Declaration of Human Rights.\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    words, pairs = collections.Counter(), collections.Counter()
    for path in sys.argv[2:]:
        for line in open(path, encoding="utf-8"):
            last = None
            for token in TOKEN.findall(MARKS.sub("", line)):
                if "\u0621" <= token[0] <= "\u064a" and len(token) > 1:
                    folded = token.translate(FOLD)
                    words[folded] += 1
                    if last:
                        pairs[last, folded] += 1
                    last = folded
                elif token != "\u0648":
                    last = None
    with open(folder / "vocabulary.tsv", "w", encoding="utf-8") as out:
        out.write("# Arabic words of United Nations papers, folded (docs/repair-rules.md), and how often they were seen.\n" + NOTE)
        out.write("word\tcount\tsource\n")
        for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])):
            out.write(f"{word}\t{count}\t{SOURCE}\n")
    with open(folder / "word_pairs.tsv", "w", encoding="utf-8") as out:
        out.write("# Arabic words, folded, that follow each other in United Nations papers, seen twice or more.\n" + NOTE)
        out.write("word\tnext\tcount\tsource\n")
        for (word, following), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
            if count >= 2:
                out.write(f"{word}\t{following}\t{count}\t{SOURCE}\n")


if __name__ == "__main__":
    main()
