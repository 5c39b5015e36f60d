"""Statistics of a score sheet with nothing but Python's own csv module, timed from opening the file to the last number.

    python3 sheet_statistics.py FILE parse   csv.reader alone
    python3 sheet_statistics.py FILE lists   a list of floats for each quiz, as one would write it first
    python3 sheet_statistics.py FILE counts  how often each text occurs, as one would write it for a large file
"""
import csv
import json
import math
import sys
import time
from collections import Counter, defaultdict


def parse(rows):
    for _ in rows:
        pass
    return None, 0


def lists(rows):
    quizzes = defaultdict(list)
    missing = 0
    for row in rows:
        scores = quizzes[row[0]]
        for field in row[1:]:
            if field:
                scores.append(float(field))
            else:
                missing += 1
    overall = [score for scores in quizzes.values() for score in scores]
    return {name: of_list(scores) for name, scores in [("", overall), *quizzes.items()]}, missing


def of_list(scores):
    scores.sort()
    count = len(scores)
    mean = sum(scores) / count
    variance = sum((score - mean) ** 2 for score in scores) / count
    histogram = [0] * 10
    for score in scores:
        histogram[min(int(score / 10), 9)] += 1
    return [count, scores[0], scores[-1], mean, *(quantile(count, quarter, scores.__getitem__) for quarter in (2, 1, 3)),
            math.sqrt(variance), histogram]


def counts(rows):
    quizzes = defaultdict(Counter)
    for row in rows:
        quizzes[row[0]].update(row[1:])
    missing = 0
    overall = Counter()
    by_score = {}
    for name, texts in quizzes.items():
        missing += texts.pop("", 0)
        scores = Counter()
        for text, times in texts.items():
            scores[float(text)] += times
        by_score[name] = scores
        overall.update(scores)
    return {name: of_counts(scores) for name, scores in [("", overall), *by_score.items()]}, missing


def of_counts(scores):
    ordered = sorted(scores.items())
    count = sum(times for _, times in ordered)
    mean = sum(score * times for score, times in ordered) / count
    variance = sum(times * (score - mean) ** 2 for score, times in ordered) / count
    histogram = [0] * 10
    for score, times in ordered:
        histogram[min(int(score / 10), 9)] += times

    def at(index):
        for score, times in ordered:
            index -= times
            if index < 0:
                return score

    return [count, ordered[0][0], ordered[-1][0], mean, *(quantile(count, quarter, at) for quarter in (2, 1, 3)),
            math.sqrt(variance), histogram]


def quantile(count, quarter, at):
    index, rest = divmod((count - 1) * quarter, 4)
    below = at(index)
    return below + (at(min(index + 1, count - 1)) - below) * rest / 4


def peak_kib():
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return None


def main():
    path, way = sys.argv[1:]
    started, worked = time.perf_counter(), time.process_time()
    with open(path, newline="", encoding="utf-8") as file:
        quizzes, missing = {"parse": parse, "lists": lists, "counts": counts}[way](csv.reader(file))
    seconds, processor_seconds = time.perf_counter() - started, time.process_time() - worked
    json.dump({"seconds": seconds, "processor_seconds": processor_seconds, "peak_kib": peak_kib(), "missing": missing,
               "quizzes": quizzes}, sys.stdout)


main()
