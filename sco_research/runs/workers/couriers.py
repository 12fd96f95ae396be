"""How a task goes to a worker, and how what came of it comes back."""

from collections.abc import Callable
from typing import Any, Protocol

from sco_research.runs.job import Outcome, Task
from sco_research.runs.runner import attempt


class Courier(Protocol):
    """How a task goes to a worker, and how what came of it comes back."""

    def call(self, task: Task) -> tuple[Callable[[Any], Any], object]:
        """Return the function that a worker calls, and what it is called with."""

    def outcome(self, delivery: Any) -> Outcome:  # noqa: ANN401
        """Return the outcome that the function's value tells of."""


class ByHand:
    """Workers who see the same files take a task as it is."""

    def call(self, task: Task) -> tuple[Callable[[Task], Outcome], Task]:
        """Let the worker do the task."""
        return attempt, task

    def outcome(self, delivery: Outcome) -> Outcome:
        """Return what the worker answered."""
        return delivery
