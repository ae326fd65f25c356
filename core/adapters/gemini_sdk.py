"""Which of Google's two SDKs carries questions to Gemini: the newer one where it is installed, else the older."""

from __future__ import annotations

from importlib.util import find_spec

from core.errors import Misconfigured
from core.model import ModelClient

NEWER, OLDER = "google-genai", "google-generativeai"


def installed() -> str | None:
    """Return the name of the SDK that is taken, without loading it, or None when there is none."""
    for name, module in ((NEWER, "google.genai"), (OLDER, "google.generativeai")):
        try:
            if find_spec(module) is not None:
                return name
        except ModuleNotFoundError:  # not even `google`
            continue
    return None


def gemini_client(key: str, url: str | None) -> ModelClient:
    """Return what carries questions; only from here on an SDK is loaded. Raises Misconfigured when there is none."""
    sdk = installed()
    if sdk == NEWER:
        from core.adapters.genai_client import GenAiClient

        return GenAiClient(key, url)
    if sdk == OLDER:
        from core.adapters.generativeai_client import GenerativeAiClient

        return GenerativeAiClient(key, url)
    raise Misconfigured(faults="GEMINI_API_KEY needs an SDK: pip install -e '.[genai]' (or '.[gemini]')")
