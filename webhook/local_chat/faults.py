"""Faults that a test asks for: the next call of a method fails, hangs, or is done and never answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from webhook.local_chat.errors import ApiError


@dataclass
class Fault:
    """What goes wrong: an error `code`, or `hang` (no answer); `done_first` does the call before it fails.

    `method` is a Bot API method's name (letter case does not matter) or `*`; it strikes `times` times.
    """

    method: str
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    times: int = 1
    hang: bool = False
    done_first: bool = False

    def error(self) -> ApiError:
        """Return the fault as the error that the caller gets."""
        if self.code == 429 and self.retry_after is not None:
            return ApiError(429, f"Too Many Requests: retry after {self.retry_after}", self.retry_after)
        return ApiError(self.code, self.description, self.retry_after)


@dataclass
class Faults:
    """The faults still to come, in the order in which they were asked for."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Ask for one more fault."""
        self.waiting.append(fault)

    def strike(self, method: str) -> Fault | None:
        """Return the fault for this call, if one was asked for, and count it down."""
        for fault in self.waiting:
            if fault.method == "*" or fault.method.lower() == method.lower():
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
