"""Exact statistics of a score sheet, with Python's csv, decimal and fractions alone: an independent computation for a test.

    python3 exact_statistics.py FILE

Prints, by quiz ("" for all), count, minimum, maximum, mean, median, lower and upper quartile, deviation (each as text, rounded half to
even to six decimals) and the histogram.
"""
import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction


def text(number, root=False):
    with localcontext() as context:
        context.prec = 60
        value = Decimal(number.numerator) / Decimal(number.denominator)
        value = (value.sqrt() if root else value).quantize(Decimal("0.000001"), ROUND_HALF_EVEN)
        return format(value, "f")


def quantile(ordered, count, p):
    def at(index):
        for score, times in ordered:
            index -= times
            if index < 0:
                return score
        raise IndexError(index)

    place = p * (count - 1)
    index = place.numerator // place.denominator
    below = at(index)
    return below + (at(min(index + 1, count - 1)) - below) * (place - index)


def statistics(scores):
    ordered = sorted((Fraction(score), times) for score, times in scores.items())
    count = sum(times for _, times in ordered)
    mean = sum(score * times for score, times in ordered) / count
    variance = sum((score - mean) ** 2 * times for score, times in ordered) / count
    histogram = [0] * 10
    for score, times in ordered:
        histogram[min(int(score // 10), 9)] += times
    measures = [ordered[0][0], ordered[-1][0], mean, *(quantile(ordered, count, Fraction(quarter, 4)) for quarter in (2, 1, 3))]
    return {"count": count, "measures": [*map(text, measures), text(variance, root=True)], "histogram": histogram}


quizzes = defaultdict(Counter)
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        quizzes[row[0]].update(row[1:])
by_score = {"": Counter()}
missing = 0
for name, texts in quizzes.items():
    missing += texts.pop("", 0)
    by_score[name] = Counter()
    for score, times in texts.items():
        by_score[name][Decimal(score)] += times
    by_score[""].update(by_score[name])
json.dump({"missing": missing, "quizzes": {name: statistics(scores) for name, scores in by_score.items()}}, sys.stdout)
