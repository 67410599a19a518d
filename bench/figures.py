"""What was measured, by figure and by whom; the table that is made of it."""

import statistics
from dataclasses import dataclass, field

NAMES = ("ssh", "stock", "skua")


@dataclass
class Figure:
    name: str
    unit: str
    bar: str = ""
    values: dict = field(default_factory=dict)  # of each maker: a list

    def median(self, maker):
        values = self.values.get(maker)
        return statistics.median(values) if values else None

    def cell(self, maker):
        """The median, and the least and the most where there were several."""
        values = self.values.get(maker)
        if not values:
            return "-"
        text = _short(self.median(maker))
        return text if len(values) == 1 else f"{text} ({_short(min(values))}..{_short(max(values))})"

    def ratio(self, maker):
        """Of Skua's median to another's."""
        ours, theirs = self.median("skua"), self.median(maker)
        return "-" if ours is None or not theirs else f"{ours / theirs:.3g}"


class Figures:
    """In the order in which they were first named."""

    def __init__(self, progress):
        self.rows = []
        self.series = {}  # for the plots: {plot: {label: values}}
        self._progress = progress

    def add(self, name, unit, maker, *values, bar=""):
        row = next((row for row in self.rows if row.name == name), None)
        if row is None:
            row = Figure(name, unit, bar)
            self.rows.append(row)
        row.values.setdefault(maker, []).extend(values)
        self._progress(f"{name}, {maker}: {', '.join(_short(value) for value in values[:8])} {unit}")

    def note(self, plot, label, values):
        self.series.setdefault(plot, {}).setdefault(label, []).extend(values)

    def table(self):
        """Lines of Markdown: medians, spread, ratios, bars."""
        lines = [["figure", *NAMES, "skua / ssh", "skua / stock", "bar"]]
        for row in self.rows:
            lines.append([f"{row.name}, {row.unit}", *(row.cell(maker) for maker in NAMES),
                          row.ratio("ssh"), row.ratio("stock"), row.bar])
        lines.insert(1, ["---"] * len(lines[0]))
        widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
        return ["| " + " | ".join(word.ljust(width) for word, width in zip(line, widths)) + " |" for line in lines]


def _short(value):
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
