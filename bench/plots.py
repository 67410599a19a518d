"""The plots, by Matplotlib: one file each as SVG and as PNG."""

import statistics

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

_COLOURS = {"ssh": "#777777", "stock": "#d08020", "skua": "#2060c0"}
_KINDS = ("svg", "png")


def _colour(label):
    return _COLOURS[label.split(",")[0]]


def _style(label):
    return {"color": _colour(label), "linestyle": "--" if "without" in label else "-"}


def _save(figure, folder, name):
    figure.tight_layout()
    for kind in _KINDS:
        figure.savefig(folder / f"{name}.{kind}", dpi=110, metadata={"Date": None} if kind == "svg" else None)
    pyplot.close(figure)


def _cdf(series, title, folder, name, is_log):
    figure, axes = pyplot.subplots(figsize=(6.4, 4))
    for label, values in series.items():
        ordered = sorted(values)
        axes.step(ordered, [(n + 1) / len(ordered) * 100 for n in range(len(ordered))], where="post",
                  label=label, **_style(label))
    if is_log:
        axes.set_xscale("log")
    axes.set(title=title, xlabel="key to screen, ms", ylabel="of keys, %", ylim=(0, 101))
    axes.grid(alpha=0.3)
    axes.legend()
    _save(figure, folder, name)


def _bars(series, title, unit, folder, name):
    figure, axes = pyplot.subplots(figsize=(6.4, 3))
    for place, (label, values) in enumerate(series.items()):
        middle = statistics.median(values)
        axes.barh(place, middle, color=_colour(label))
        axes.plot(values, [place] * len(values), "k|", markersize=14)
        axes.text(middle, place, f" {middle:.3g}", va="center")
    axes.set(title=title, xlabel=unit)
    axes.set_yticks(range(len(series)), list(series))
    axes.margins(x=0.15)
    _save(figure, folder, name)


def _curves(series, title, folder, name):
    figure, axes = pyplot.subplots(figsize=(6.4, 4))
    for label, values in series.items():
        axes.plot(range(len(values)), values, marker="o", label=label, **_style(label))
    axes.set(title=title, xlabel="files printed; the last is 4 s later", ylabel="private memory of the server, KiB",
             ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend()
    _save(figure, folder, name)


def write(series, folder):
    """All for which there are values."""
    folder.mkdir(parents=True, exist_ok=True)
    matplotlib.rcParams["svg.hashsalt"] = "skua"
    for name, title, is_log in (("latency on loopback", "Key to screen on loopback, no prediction", False),
                                ("latency far away", "Key to screen, RTT 100 ms, 5 % loss each way", True)):
        if name in series:
            _cdf(series[name], title, folder, name.replace(" ", "-"), is_log)
    if "throughput" in series:
        _bars(series["throughput"], "A large file printed in a session", "MB/s", folder, "throughput")
    if "recovery" in series:
        _bars(series["recovery"], "Screen fresh after the network's return", "ms", folder, "recovery")
    if "memory" in series:
        _curves(series["memory"], "Memory of a session's server", folder, "memory")
