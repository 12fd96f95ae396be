"""A thousand reports, and two hundred kills: does anything fail, hang, stay behind or differ?

Usage: python tests/soak/soak.py [--reports 1000] [--kills 200] [--batch 60] [--seed 2013]

The first part makes reports in one batch, with some of the bundled notebooks among them, samples
the memory of its processes, and asks a second time for what is unchanged. The second makes a batch
of sixty reports in all four formats, and kills a random process of it again and again: the owner, a
worker, a worker's warmed process, a kernel, or all at once. The batch is called again, until its
reports are made and all kills are done; a batch that is done before is followed by another. Every
byte of every report is compared with an undisturbed run's. The result is printed, and kept in
results/soak.json.
"""

import argparse
import csv
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

# An installed package may be called "tests", too.
sys.path.insert(0, str(Path(__file__).resolve().parent))
from batches import Scene, disturb, role  # type: ignore[import-not-found]

RESULT = Path(__file__).parent / "results" / "soak.json"
# What a machine, a user or the system ends; and how often of each.
_ROLES = {"owner": 2, "worker": 2, "server": 1, "kernel": 3, "all": 2}
_LONGEST_PAUSE = 5.0


def _memory(scene: Scene, owner: int) -> dict[str, float]:
    """Return megabytes by role, the largest process of each."""
    found: dict[str, float] = {}
    for process in scene.processes():
        try:
            name, size = role(process, owner), process.memory_info().rss / 2**20
            found[name] = max(found.get(name, 0.0), size)
        except psutil.Error:
            continue
    return found


def thousand(root: Path, number: int) -> dict[str, Any]:
    """Make many reports, look at the memory on the way, and ask again."""
    scene = Scene(root)
    scene.write(number - 6)
    jobs = root / "jobs.csv"
    rows = [["document", "notebook"]]
    rows += [[str(path), ""] for path in sorted(scene.documents.iterdir())]
    rows += [[name, book] for name in ("sco-2013-bishkek", str(_declaration(root)))
             for book in ("themes", "commitments", "language")]  # fmt: skip
    with jobs.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    scene.documents = jobs
    begun, samples = time.monotonic(), []
    batch = scene.start("--workers", "2")
    while batch.poll() is None:
        samples.append(_memory(scene, batch.pid))
        time.sleep(2)
        if time.monotonic() - begun > 4 * 3600:
            batch.kill()
    seconds = time.monotonic() - begun
    status, complaint = batch.returncode, batch.stderr.read() if batch.stderr else ""
    with (scene.output / "batch.csv").open(encoding="utf-8") as file:
        found = [row["status"] for row in csv.DictReader(file)]
    # Clear of the warming up, and of the kernels of the bundled notebooks at the end.
    fifth = max(1, len(samples) // 5)
    memory = {}
    for name in ("owner", "worker", "server"):
        course = [sample[name] for sample in samples if name in sample]
        early, late = course[fifth : 2 * fifth], course[-2 * fifth : -fifth]
        memory[name] = {"early_mb": round(statistics.median(early)),
                        "late_mb": round(statistics.median(late))}  # fmt: skip
    result = {
        "reports": len(found),
        "exit_status": status,
        "complaint": complaint[-500:] if status else "",
        "statuses": {name: found.count(name) for name in set(found)},
        "seconds": round(seconds, 1),
        "seconds_each": round(seconds / len(found), 3),
        "memory": memory,
        "left_running": scene.await_end(),
        "left_over": scene.leftovers(),
    }
    times = []
    for _ in range(3):
        begun, used = time.monotonic(), os.times()
        assert scene.run() == 0
        now = os.times()
        spent = now.children_user + now.children_system - used.children_user - used.children_system
        times.append((time.monotonic() - begun, spent))
    with (scene.output / "batch.csv").open(encoding="utf-8") as file:
        again = [row["status"] for row in csv.DictReader(file)]
    result["unchanged_again"] = again.count("unchanged")
    result["unchanged_again_seconds"] = round(min(times)[0], 2)
    result["unchanged_again_processor_seconds"] = round(min(spent for _, spent in times), 2)
    return result


def _declaration(root: Path) -> Path:
    """Write the bundled declaration as a text of the user's own, its paragraphs reversed."""
    from sco_research.loaders import load_document

    source = load_document("sco-2013-bishkek")
    blocks = source.text[slice(*source.body)].split("\n\n")
    path = root / "reversed.txt"
    path.write_text("\n\n".join(reversed(blocks)), encoding="utf-8")
    return path


def kills(root: Path, number: int, size: int, seed: int) -> dict[str, Any]:
    """Kill so many processes of a batch, and compare its reports with an undisturbed one's."""
    draw, options = random.Random(seed), ("--format", "all")
    undisturbed = Scene(root / "u")
    undisturbed.write(size)
    assert undisturbed.run("--workers", "2", *options) == 0
    expected = undisturbed.reports()
    total: dict[str, int] = {}
    begun, batches, differing, left_over = time.monotonic(), 0, [], []
    while (done := sum(total.values())) < number:
        scene = Scene(root / f"k{batches}")
        scene.write(size)
        roles = draw.choices([*_ROLES], [*_ROLES.values()], k=number - done)
        found = disturb(scene, roles, draw, *options, longest=_LONGEST_PAUSE)
        total = {name: total.get(name, 0) + count for name, count in found.items()}
        reports = scene.reports()
        differing += [f"batch {batches}: {name}" for name in expected.keys() | reports.keys()
                      if expected.get(name) != reports.get(name)]  # fmt: skip
        left_over += scene.leftovers()
        batches += 1
        print(f"{sum(total.values())} kills, {len(differing)} files differ", flush=True)
    return {
        "seed": seed,
        "kills": total,
        "batches": batches,
        "reports_a_batch": size,
        "files_compared": batches * len(expected),
        "files_that_differ": differing,
        "left_over": left_over,
        "load": round(os.getloadavg()[0], 1),
        "seconds": round(time.monotonic() - begun, 1),
    }


def main() -> None:
    """Run both parts, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--batch", type=int, default=60)
    parser.add_argument("--seed", type=int, default=2013)
    options = parser.parse_args()
    result: dict[str, Any] = {}
    # A short path: sockets lie below it.
    with tempfile.TemporaryDirectory(prefix="soak", dir="/tmp") as name:
        if options.reports:
            result["reports"] = thousand(Path(name) / "r", options.reports)
            print(json.dumps(result["reports"], indent=1), flush=True)
        if options.kills:
            result["kills"] = kills(Path(name), options.kills, options.batch, options.seed)
            print(json.dumps(result["kills"], indent=1), flush=True)
    RESULT.parent.mkdir(exist_ok=True)
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.write_text(json.dumps({**kept, **result}, indent=1) + "\n", encoding="utf-8")
    whole = result.get("reports", {}), result.get("kills", {})
    good = (
        whole[0].get("exit_status", 0) == 0
        and not whole[0].get("left_running")
        and not whole[0].get("left_over")
        and not whole[1].get("files_that_differ")
        and not whole[1].get("left_over")
    )
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
