"""Stands in for Streamlit: as much of its module as a small script uses."""

from contextvars import ContextVar
from typing import Any


class State(dict[str, Any]):
    """What a session keeps from one run of the script to the next."""

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


class Run:
    """One run of the script: what its visitor has chosen, and what it shows."""

    def __init__(self, state: State, widgets: dict[str, Any]) -> None:
        self.state = state
        self.widgets = widgets
        self.texts: list[str] = []


current: ContextVar[Run] = ContextVar("run")


def __getattr__(name: str) -> State:
    if name == "session_state":
        return current.get().state
    raise AttributeError(name)


def set_page_config(page_title: str) -> None:
    pass


def title(text: str) -> None:
    current.get().texts.append(text)


def write(text: str) -> None:
    current.get().texts.append(text)


def number_input(label: str, min_value: int, max_value: int, value: int) -> int:
    chosen = current.get().widgets.get(label, value)
    return min(max(int(chosen), min_value), max_value)


def button(label: str) -> bool:
    return current.get().widgets.get(label) is True
