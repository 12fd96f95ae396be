"""A property that is worked out once, without the lock of `functools.cached_property`."""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it is written where a decorator stands
    """Work a property out when it is first asked for, and keep its value in the instance.

    Python 3.11 takes a lock for each `functools.cached_property`; with it judging took half as long
    again.

    Examples
    --------
    >>> class Number:
    ...     @once
    ...     def answer(self) -> int:
    ...         print("worked out")
    ...         return 42
    >>> number = Number()
    >>> number.answer, number.answer
    worked out
    (42, 42)
    """

    def __init__(self, function: Callable[..., T]) -> None:
        self.func = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> "T | Self":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self.func(instance)
        return value
