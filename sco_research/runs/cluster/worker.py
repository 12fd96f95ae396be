"""What runs on a Dask worker: it hands each parcel to a process of ours, the same as at home.

That process keeps its files in a folder of its own and ends with the Dask worker, however that
ends, and its traces with it; a notebook that kills it does not kill the Dask worker.
"""

import threading
from concurrent.futures import CancelledError

from sco_research.reports.fingerprints import package_hash
from sco_research.runs.cluster.parcels import Delivery, Parcel, open_parcel
from sco_research.runs.workers.pool import WorkerLost, Workers

_turn = threading.Lock()
_state = threading.Lock()
_pools: dict[tuple[str, bool, float], Workers] = {}
_at_work: set[str] = set()
_given_up: set[str] = set()


def deliver(parcel: Parcel) -> Delivery:
    """Have a parcel's task done, one at a time.

    Raises
    ------
    WorkerLost
        Where the process ended in the middle of it; another may do it.
    """
    with _turn:
        with _state:
            if parcel.batch in _given_up:
                raise WorkerLost("its batch was given up")
            future = _pool_for(parcel).submit(open_parcel, parcel)
            _at_work.add(parcel.batch)
        try:
            return future.result()
        except CancelledError:
            raise WorkerLost("its work was given up") from None
        finally:
            with _state:
                _at_work.discard(parcel.batch)


def give_up(batch: str) -> None:
    """End at once what this worker does for a batch whose owner has stopped."""
    with _state:
        _given_up.add(batch)
        if batch in _at_work:
            _end_all()


def _pool_for(parcel: Parcel) -> Workers:
    """Return the process's pool of one; another where the last was started for something else."""
    bounds = parcel.task.bounds
    key = (package_hash(), not bounds.cold, bounds.hard_seconds)
    if key not in _pools:
        _end_all()
        _pools[key] = Workers(1, warm=not bounds.cold, call_seconds=bounds.hard_seconds)
    return _pools[key]


def _end_all() -> None:
    while _pools:
        _pools.popitem()[1].shutdown(cancel_futures=True)
