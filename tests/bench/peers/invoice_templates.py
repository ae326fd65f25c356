"""invoice2data: the templates that ship with it and, where none fits, the one it drafts itself from the text.

It reads a picture with Tesseract only, which pip does not install: it is given the rows that our OCR read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def prepare() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what reads one receipt, with the templates loaded."""
    from invoice2data import extract_data  # type: ignore[import-not-found]
    from invoice2data.extract.loader import read_templates  # type: ignore[import-not-found]
    from invoice2data.input import text as plain  # type: ignore[import-not-found]

    logging.disable(logging.CRITICAL)
    shipped = read_templates()

    def read(row: dict[str, Any]) -> dict[str, Any]:
        with TemporaryDirectory() as folder:
            page = Path(folder) / "page.txt"
            page.write_text("\n".join(row["lines"]), "utf-8")
            found = extract_data(str(page), shipped, plain) or _drafted(page, row["day_first"])
        day, total = _first(found.get("date")), _first(found.get("amount"))
        items = [{"name": each.get("name"), "price": each.get("line_total")} for each in found.get("lines") or []]
        when = day.date() if day else None
        return {"merchant": found.get("issuer"), "date": when, "total": total, "items": items}

    return read


def _first(found: Any) -> Any:
    """Return what was found, the first where a template found several."""
    return (found[0] if found else None) if isinstance(found, list) else found


def _drafted(page: Path, day_first: bool) -> dict[str, Any]:
    """Return what the template finds that the package drafts from the page itself."""
    from invoice2data.extract.invoice_template import InvoiceTemplate  # type: ignore[import-not-found]
    from invoice2data.extract.loader import prepare_template
    from invoice2data.extract.template_builder import suggested_template  # type: ignore[import-not-found]
    from invoice2data.input import text as plain

    written = page.read_text("utf-8")
    forms = [day.replace("/", sign) for day in ("%d/%m/%Y", "%d/%m/%y") for sign in "/-."] if day_first else []
    draft = suggested_template(written) | {"template_name": "drafted", "required_fields": []}
    template = InvoiceTemplate(prepare_template(draft | {"options": {"languages": ["en"], "date_formats": forms}}))
    try:
        found: dict[str, Any] = template.extract(template.prepare_input(written), str(page), plain)
    except ValueError:
        return {}
    return found
