"""The words that stand beside amounts, in many languages, and the role that they give an amount."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What an amount is on the page, judged by its words."""

    TOTAL = "total"
    FINAL = "final"
    AMOUNT = "amount"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    BASE = "tax base"
    TIP = "tip"
    DISCOUNT = "discount"
    SAVED = "saved"
    ROUNDING = "rounding"
    CASH = "cash"
    CARD = "card"
    CHANGE = "change"
    BALANCE = "balance"
    COUNT = "count"
    OTHER = "other"
    NONE = "none"


_FAMILIES = {
    "total": """total totaal totale ttl tl tot ttal ota totalt totals totais totaux somme summe summa suma soma razem gesamt itogo yhteensa
        toplam celkem spolu osszesen ukupno skupaj kokku jumlah jumla igiteranyo importe zusammen endbetrag итого итог
        всего сума сумма разом общо σύνολο συνολο 合計 合计 总计 總計 総計 总额 總額 小票合计 합계 총액 ยอดรวม รวมทั้งสิ้น
        המחיר סהכ المجموع الاجمالي الإجمالي totl tongcong thanhtien doplaty kwishyura celkova""",
    "final": """grand due du grossamt grossamount netamt totalbayar jmlrupiah paymentdue amountdue balancedue baldue totaldue amountpayable totalpayable payable netpayable topay tobepaid
        pleasepay duenow zuzahlen zuzahlender gesamtbetrag zahlbetrag rechnungsbetrag apayer netapayer dapagare apagar
        apagare tebetalen attbetala atbetale dozaplaty kuhrade maksettava nettotal netttotal nettamount nettamt
        netamountpayable afterrounding rounded afterdiscount totaltagihan harusdibayar totalbelanja odenecek
        ttc ivaincluido kоплате коплате 应付 應付 实付 實付 お買上計 ご請求 결제금액 amttopay fizetendo
        fizetendő balancetopay amtdue youpay debitsale purchasetotal billtotal billamount invoicetotal
        ordertotal saletotal jumlahbesar netamount jumlahperludibayar""",
    "amount": "amount amt amnt montant betrag monto valor bedrag belopp belob beloep kwota nilai sale pay харга",
    "sub": """subtotal sub soustotal zwischensumme subtotale subtotaal parcial netsales netsale neto. netto. nettosumme htva delsum
        delsumma valisumma mezisoucet mellomsum подытог промежуточный 小計 小计 소계 subttl sbtotal subtotl subtl
        totalht horstaxe basehors taxable taxableamt taxablesales imponibile baseimponible basetaponble nontaxable
        zerorated beforetax pretax pretaxtotal foodtotal bevtotal supplies""",
    "excl": "exclude excluded excluding exclusive excl exc excld exel exclusve before without wo hors sans senza sin ohne exkl zonder",
    "incl": """include included including inclusive incl inc incld with after avec comprise compris compreso incluido
        incluidos incluso iva-incl inkl inklusive inclus""",
    "tax": """tax taxes gst vat tva mwst mehrwertsteuer ust umsatzsteuer iva btw moms mva alv dph ptu afa pdv kdv ddv pvm
        ppn pajak pb1 pbi hst pst qst tps tvq tvh igic sst cgst sgst igst cess isv igv icms impuesto impuestos imposto taxe taxa steuer
        ндс пдв 消費税 内税 外税 税 税額 부가세 세금 ภาษี vat/tva salestax staxes""",
    "service": "service svc servis servicecharge servchg svccharge servchrg svcchg bedienung coperto serv srv srvchg srvcharge suc",
    "tip": "tip tips gratuity pourboire trinkgeld propina mancia fooi dricks gorjeta gratuities",
    "discount": """discount disc diskon rabatt rabais remise sconto descuento desconto korting promo promotion. coupon
        voucher potongan offer. deal markdown reduction. gutschein alennus sleva скидка 割引 値引 折扣 할인 pricecut hemat
        rebate""",
    "saved": "saved saving savings save youhavesaved yousaved points point poin loyalty bonus rewards reward",
    "rounding": "rounding roundingadj rounoing arrondi rundung redondeo arrotondamento pembulatan afronding round rnd",
    "cash": """cash tender. tendered tendering cashtender totalpaid amountpaid amtpaid tunai bayar dibayar paid payment received efectivo especes barzahlung bar
        gegeben contanti contant dinheiro gotowka kontant kontanter nakit hotovost keszpenz наличные наличными получено
        現金 お預り 预收 現計 받은금액 현금 customerpaid recibido entregado recu rendered pembayaran uang espece gegebenbar
        tunaicash""",
    "card": """card visa mastercard maestro amex debit credit creditcard eftpos carte karte kartenzahlung tarjeta cartao
        carta bancomat pin girocard mcard kredit debet edc карта картой クレジット 卡 신용카드 bankaxept dankort bcard
        nets paywave contactless kartu gopay ovo qris mobilemoney momo mpesa giftcard charge debitcard tap paypass""",
    "change": """change. changed. chg changedue totalchange cashchange duechange kembali kembalian rendu rueckgeld ruckgeld wechselgeld cambio vuelto resto troco
        wisselgeld vaxel vekslepenge byttepenge reszta vracena visszajaro parausustu sdacha сдача おつり お釣り お釣
        找零 找续 거스름돈 charge-due wechsel. zuruck rendumonnaie baki kemball chang. exchange.""",
    "balance": "balance bal saldo",
    "count": """qty quantity. quantities. item items. itemcount itm itms pcs pieces. count. articles article artikel artikelen
        antal stk stuks anzahl nombre nbr units unit covers. guests guest pax no num number kuantiti kuantit jml lembar
        点 点数 數量 数量 qtys hole lines line pack persons""",
    "other": """phone tel fax invoice receipt bill table order id date time reg store batch approval auth account acct
        code ref reference terminal trans tran trace op cashier server member-id expiry exp rate kurs km odometer
        litre liter litres liters gallons gallon gal price/l pump kg balancebf previous opening minimum limit""",
}

_LEAST_INSIDE = 5
"""A word of so many letters or more is also found inside a run of letters (`TOTALSALES`), unless a dot follows it."""


def fold(text: str) -> str:
    """Return lower-case text without accents in which signs that OCR confuses are the same (`T0TAl` like `total`)."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain)
    plain = re.sub(r"(?<=[^\W\d_])[0]|[0](?=[^\W\d_])", "o", plain)
    plain = re.sub(r"(?<=[^\W\d_])[1|!]|[1|](?=[^\W\d_])", "l", plain)
    return plain.replace("i", "l")


def _pattern(words: str) -> re.Pattern[str]:
    folded = sorted({re.sub(r"[^\w.]", "", fold(word)) for word in words.split()}, key=len, reverse=True)
    long = {word for word in folded if not word.endswith(".") and (len(word) >= _LEAST_INSIDE or not word.isascii())}
    inside = [re.escape(word) for word in folded if word in long]
    alone = [re.escape(word.rstrip(".")) for word in folded if word not in long]
    return re.compile(rf"(?P<alone>\b(?:{'|'.join(alone) or '(?!)'})\b)|(?:{'|'.join(inside) or '(?!)'})")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {family: _pattern(words) for family, words in _FAMILIES.items()}


def families(label: str) -> frozenset[str]:
    """Return the families of words found in a label, whole words in its text and long words in its letters."""
    return _found(label)[0]


def share_of_words(label: str) -> float:
    """Return how much of a label's letters belong to words of these families, from 0 to 1."""
    return _found(label)[1]


_OFTEN_MISREAD = tuple(fold(word) for word in ("total", "subtotal", "amount", "rounding", "tendered"))


@lru_cache(maxsize=4096)
def _as_known(word: str) -> str:
    """Return one of the words that matter most when `word` is it but for one letter (`totai`, `suototal`)."""
    for known in _OFTEN_MISREAD:
        if word != known and abs(len(word) - len(known)) <= 1 and len(word) >= 4 and _one_apart(word, known):
            return known
    return word


def _one_apart(first: str, second: str) -> bool:
    """Return whether one letter changed, left out or put in makes the words the same."""
    shorter, longer = sorted((first, second), key=len)
    at = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at + (len(shorter) == len(longer)) :] == longer[at + 1 :]


@lru_cache(maxsize=4096)
def _found(label: str) -> tuple[frozenset[str], float]:
    spaced = re.sub(r"[^\w]+|_", " ", fold(label[:120]))
    spaced = " ".join(_as_known(word) for word in spaced.split())
    squashed = re.sub(r"[\W\d_]+", "", spaced)
    found, covered = set(), set()
    places = [at for at, character in enumerate(spaced) if character.isalpha()]
    for family, pattern in _patterns().items():
        hits = {at for hit in pattern.finditer(spaced) for at in range(*hit.span())}
        for hit in pattern.finditer(squashed):
            if not hit["alone"]:
                hits.update(places[hit.start() : hit.end()])
        if hits:
            found.add(family)
            covered |= hits
    return frozenset(found), len(covered.intersection(places)) / max(len(places), 1)


_FIRST_THAT_FITS: tuple[tuple[frozenset[str], frozenset[str], Role], ...] = tuple(
    (frozenset(needs.split()), frozenset(without.split()), role)
    for needs, without, role in (
        ("sub", "", Role.SUBTOTAL),
        ("total excl", "", Role.SUBTOTAL),
        ("amount excl", "", Role.SUBTOTAL),
        ("saved", "", Role.SAVED),
        ("discount", "", Role.DISCOUNT),
        ("final incl", "", Role.FINAL),
        ("total incl", "", Role.FINAL),
        ("amount incl", "", Role.FINAL),
        ("service change", "", Role.TIP),
        ("cash change", "", Role.CHANGE),
        ("change final", "", Role.CHANGE),
        ("tax final", "total incl", Role.TAX),
        ("final", "", Role.FINAL),
        ("change", "", Role.CHANGE),
        ("balance", "", Role.BALANCE),
        ("total count", "", Role.COUNT),
        ("rounding", "", Role.ROUNDING),
        ("tip", "", Role.TIP),
        ("tax", "", Role.TAX),
        ("service", "", Role.TIP),
        ("cash", "", Role.CASH),
        ("total", "", Role.TOTAL),
        ("card", "", Role.CARD),
        ("amount", "", Role.AMOUNT),
        ("count", "", Role.COUNT),
        ("other", "", Role.OTHER),
    )
)


_LEAST_SHARE = 0.4
_LEAST_SHARE_OF_A_TAX = 0.2


def role_of(label: str) -> Role:
    """Return the role that a label's words give; the more telling families go first (`change` before `total`).

    A label that is mostly made of other words names a thing that was bought (`A la carte sushi`).
    """
    found, share = _found(label)
    for needs, without, role in _FIRST_THAT_FITS:
        if needs <= found and not without & found:
            least = _LEAST_SHARE_OF_A_TAX if role is Role.TAX else _LEAST_SHARE
            return role if share >= least or "total" in found or "final" in found else Role.NONE
    return Role.NONE
