"""What an accessibility checker (axe-core) finds on a page in a browser."""

from __future__ import annotations

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SERIOUS = {"serious", "critical"}


async def flaws(page: Page, least: set[str] = SERIOUS) -> list[str]:
    """Return the flaws of a page that are serious: the rule's name, and where each is."""
    found = await Axe().run(page, options=RULES)
    return [
        f"{rule['id']}: {', '.join(' '.join(node['target']) for node in rule['nodes'])}"
        for rule in found.response["violations"]
        if rule["impact"] in least
    ]
