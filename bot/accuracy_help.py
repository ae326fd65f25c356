"""What `snapspend accuracy --help` says: examples, the truth file's form, what counts as right."""

from __future__ import annotations

EXAMPLES = """examples:
  snapspend accuracy receipts/                 read the photos that receipts/truth.jsonl names, print the figures
  snapspend accuracy receipts/ --misses        and which receipts are wrong in which field
  snapspend accuracy receipts/ --out read.jsonl --json > figures.json
                                               keep what was read; figures as one JSON object
  snapspend accuracy receipts/ --readings read.jsonl
                                               score that again, or what `snapspend read --json receipts/` printed,
                                               in a second; or what any other program read, in the same form

The truth file has one JSON object a line; whatever was not printed, or nobody wrote down, is null or left out:
  {"id": "17", "file": "img/17.jpg", "merchant": "Blue Heron Cafe", "date": "2026-04-18", "total": "10.80",
   "currency": "USD", "subtotal": "10.00", "tax": "0.80", "tip": null,
   "items": [{"name": "Soup", "price": "10.00"}], "source": "phone",
   "merchant_alts": ["Blue Heron"], "date_alts": [], "total_alts": []}
  id        needed, and not twice
  file      the photo, as seen from the folder; a line without one is left out, unless --readings has its id
  ..._alts  other values that are as right
  source    where the receipt is from: figures are printed for each source, too

What counts as right:
  total, subtotal, tax, tip  the same amount (12.5 = 12.50), with its sign
  date                       the same day
  merchant, as printed       equal but for capitals and white space
    letters and digits       equal in letters and digits
    nearly                   at most a tenth of the letters and digits edited (Levenshtein)
    useful                   nearly, or one holds the other (of 4 letters or more)
  line items, price          prices that both have, each counted once
    price and name           the same price, and at most a fifth of the name's letters edited
  total shown without a doubt
                             totals that a person is not asked about, of all that are printed; and how many of
                             these are right
  these three together       every printed total, date and merchant counts as one, as in SROIE's task 3; a total or
                             date that is read where none is printed costs precision
  receipts with all three so total, date and, nearly, merchant right, as far as they are printed
% is right of what the truth has; precision, right of what was read; F1 is between; intervals are Wilson's, 95 %.

exit status: 0 the figures were printed (a photo that cannot be read counts as wrong); 1 they could not be written;
2 wrong usage, or a truth file or readings that cannot be used; 130 interrupted.
"""
