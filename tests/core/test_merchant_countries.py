"""The merchant's name on receipts of many countries, for which no weights were learned."""

import pytest

from core.extraction.merchant import find_merchant
from core.receipt import Box, Line, Reading

Row = tuple[str, int]
"""A centred line of print and the height of its type in pixels."""


def printed(*rows: Row | str) -> Reading:
    """Return centred rows below each other on a page 400 pixels wide; type is 16 pixels high where nothing is said."""
    lines, top = [], 10.0
    for row in rows:
        text, height = (row, 16) if isinstance(row, str) else row
        half = sum(1.0 if ord(letter) > 0x2E00 else 0.55 for letter in text) * height / 2
        box = Box(left=200 - half, top=top, right=200 + half, bottom=top + height)
        lines.append(Line(text=text, box=box, score=0.98))
        top += height * 1.3
    return Reading(lines=tuple(lines), pages=((400, 900),))


RECEIPTS = {
    "Germany: the owner's name below the shop's": (
        printed(
            *(("Gasthaus Zum Biber", 26), "Inh. Jutta Kranz", "Lindenallee 12", "50667 Köln", "Tel. 0221 / 555 01 23"),
            *("St.-Nr. 215/5040/1234", "Rechnung Nr. 1042", "Tisch 7   Bediener 2", "2x Pils 0,3l   7,20 B"),
            *("Summe EUR   7,20", "Vielen Dank für Ihren Besuch!"),
        ),
        "Gasthaus Zum Biber",
    ),
    "Germany: a heading first": (
        printed(
            *("Kassenbeleg", "Haselnuss Biomarkt GmbH", "Am Mühlgraben 3", "99084 Erfurt", "USt-IdNr. DE123456789"),
            *("Vollkornbrot   3,95 A", "Summe   3,95", "Bar   5,00", "Rückgeld   1,05"),
        ),
        "Haselnuss Biomarkt GmbH",
    ),
    "Austria: a greeting first": (
        printed(
            *("Willkommen bei", ("Bäckerei Steinpilz", 20), "Hauptplatz 9", "8010 Graz", "UID: ATU12345678"),
            *("Semmel   0,95", "Gesamtbetrag   0,95"),
        ),
        "Bäckerei Steinpilz",
    ),
    "France": (
        printed(
            *(("LE PETIT HÉRISSON", 26), "SARL au capital de 8 000 euros", "14 rue des Tilleuls", "35000 Rennes"),
            *("Tél : 02 99 55 01 23", "SIRET 123 456 789 00012", "Ticket de caisse", "1 Café   1,80"),
            *("TOTAL TTC   1,80", "Merci de votre visite"),
        ),
        "LE PETIT HÉRISSON",
    ),
    "France: a ticket's heading and a welcome": (
        printed(
            *("** TICKET CLIENT **", "Bienvenue chez", ("Librairie Papillote", 18), "3 place du Marché"),
            *("69002 Lyon", "TVA FR12345678901", "1 Roman   8,90", "Total   8,90"),
        ),
        "Librairie Papillote",
    ),
    "Spain": (
        printed(
            *(("CASA NÍSPERO", 28), "Bodegón Níspero S.L.", "CIF: B12345678", "C/ del Olivo, 8", "41004 Sevilla"),
            *("Factura simplificada 2231", "Mesa: 4", "2 Caña   3,60", "TOTAL   3,60", "Gracias por su visita"),
        ),
        "CASA NÍSPERO",
    ),
    "Mexico": (
        printed(
            *(("Abarrotes Doña Tuna", 18), "S.A. de C.V.", "RFC ADT010203AB1", "Av. Juárez 210, Col. Centro"),
            *("C.P. 72000 Puebla, Pue.", "Ticket 00871", "Refresco 600ml   18.00", "TOTAL   $18.00"),
        ),
        "Abarrotes Doña Tuna S.A. de C.V.",
    ),
    "Italy": (
        printed(
            *(("TRATTORIA LA LUMACA", 22), "di Bianchi Rosa & C. s.n.c.", "Via dei Mirti 17", "50123 FIRENZE (FI)"),
            *("P.IVA 01234567890", "DOCUMENTO COMMERCIALE", "di vendita o prestazione", "Coperto   2,00"),
            *("TOTALE COMPLESSIVO   2,00",),
        ),
        "TRATTORIA LA LUMACA",
    ),
    "Portugal": (
        printed(
            *("Padaria Girassol, Lda.", "Rua das Oliveiras, 25", "4000-123 Porto", "NIF: 501234567"),
            *("Fatura Simplificada FS 12/345", "Original", "Galão   1,20", "Total   1,20", "Obrigado pela visita"),
        ),
        "Padaria Girassol, Lda.",
    ),
    "Brazil": (
        printed(
            *("MERCADINHO ARARA AZUL LTDA", "CNPJ: 12.345.678/0001-90", "Rua das Palmeiras, 300 - Centro"),
            *("Cupom Fiscal Eletrônico", "001 ARROZ 5KG   27,90", "TOTAL R$   27,90"),
        ),
        "MERCADINHO ARARA AZUL LTDA",
    ),
    "Poland": (
        printed(
            *("PIEKARNIA BOCIAN Sp. z o.o.", "ul. Lipowa 4, 31-042 Kraków", "NIP: 6761234567", "PARAGON FISKALNY"),
            *("CHLEB ŻYTNI 1 x 6,50   6,50 C", "SUMA PLN   6,50"),
        ),
        "PIEKARNIA BOCIAN Sp. z o.o.",
    ),
    "The Netherlands": (
        printed(
            *("Welkom bij", ("Eetcafé De Egel", 24), "Oudegracht 99", "3511 AB Utrecht", "Tel: 030-5550123"),
            *("BTW nr NL001234567B01", "Tafel 12", "2 Bier   7,00", "Totaal   7,00", "Bedankt en tot ziens!"),
        ),
        "Eetcafé De Egel",
    ),
    "Indonesia": (
        printed(
            *(("WARUNG KANCIL", 24), "PT. Kancil Boga Rasa", "Jl. Melati No. 45, Bandung", "Telp. 022-5550123"),
            *("Kasir: Budi", "Nasi Goreng   25.000", "Total   25.000", "Terima kasih"),
        ),
        "WARUNG KANCIL",
    ),
    "Indonesia: the company first": (
        printed(
            *("PT SUMBER KANCIL JAYA", "JL. MELATI NO. 45", "BANDUNG", "NPWP: 01.234.567.8-901.000"),
            *("28.03.24-14:22   2.0.12", "TEH BOTOL   1   5,000", "TOTAL BELANJA   5,000"),
        ),
        "PT SUMBER KANCIL JAYA",
    ),
    "Turkey": (
        printed(
            *("KİRPİ GIDA SAN. TİC. LTD. ŞTİ.", "Çınar Mah. Ihlamur Cad. No:12", "Kadıköy / İSTANBUL"),
            *("KADIKÖY V.D. 1234567890", "FİŞ NO: 0042", "EKMEK %1   *10,00", "TOPLAM   *10,00"),
        ),
        "KİRPİ GIDA SAN. TİC. LTD. ŞTİ.",
    ),
    "Rwanda": (
        printed(
            *(("Inyange y'Umusozi Supermarket", 18), "KG 11 Ave, Kigali", "TIN: 101234567", "Murakaza neza"),
            *("Amata 1L   1,200", "Igiteranyo   1,200", "Murakoze"),
        ),
        "Inyange y'Umusozi Supermarket",
    ),
    "Rwanda: a welcome first": (
        printed(
            *("MURAKAZA NEZA", "ALIMENTATION INKINGI LTD", "KN 5 Rd, Nyarugenge", "Tel: 0788 000 123"),
            *("TIN: 101234567", "Umugati   800", "TOTAL   800"),
        ),
        "ALIMENTATION INKINGI LTD",
    ),
    "Russia": (
        printed(
            *("КАССОВЫЙ ЧЕК", 'ООО "СНЕГИРЬ"', "г. Тверь, ул. Садовая, д. 8", "ИНН 6901234567", "Смена 12 Чек 41"),
            *("Хлеб ржаной   45.00", "ИТОГ   =45.00", "Спасибо за покупку!"),
        ),
        'ООО "СНЕГИРЬ"',
    ),
    "Japan": (
        printed(
            *("領収書", ("はりねずみ食堂", 24), "株式会社はりねずみ", "東京都台東区谷中3-4-5", "TEL 03-5550-0123"),
            *("登録番号 T1234567890123", "日替わり定食   ¥850", "合計   ¥850"),
        ),
        "はりねずみ食堂",
    ),
    "China": (
        printed(
            *(
                "欢迎光临",
                ("刺猬小吃店", 24),
                "桌号: 8",
                "电话: 021-55501234",
                "地址: 上海市梧桐路12号",
                "炒面   18.00",
            ),
            *("合计   18.00", "谢谢惠顾"),
        ),
        "刺猬小吃店",
    ),
    "Korea": (
        printed(
            *("영수증", "고슴도치 식당", "사업자번호 123-45-67890", "서울시 종로구 은행로 12", "비빔밥   9,000"),
            *("합계   9,000", "감사합니다"),
        ),
        "고슴도치 식당",
    ),
    "Sweden": (
        printed(
            *(("IGELKOTTENS KAFÉ", 22), "Igelkotten i Umeå AB", "Storgatan 5, 903 26 Umeå", "Org.nr 556123-4567"),
            *("Kvitto 1207", "Kaffe   32,00", "Totalt   32,00", "Välkommen åter"),
        ),
        "IGELKOTTENS KAFÉ",
    ),
    "Czechia": (
        printed(
            *("Cukrárna U Ježka s.r.o.", "Na Příkopě 9, 602 00 Brno", "IČ: 12345678 DIČ: CZ12345678"),
            *("Zjednodušený daňový doklad", "Větrník   55,00", "Celkem   55,00 Kč", "Děkujeme za návštěvu"),
        ),
        "Cukrárna U Ježka s.r.o.",
    ),
    "Britain": (
        printed(
            *("TELL US HOW WE DID", ("The Hedgehog Arms", 26), "41 Mill Lane", "Ludlow SY8 1AA", "01584 555012"),
            *("VAT No 123 4567 89", "Table 4   Covers 2", "1 Pie   12.50", "Total   12.50"),
        ),
        "The Hedgehog Arms",
    ),
    "Britain: the name again at the foot": (
        printed(
            *(
                "CUSTOMER COPY",
                "41 Mill Lane, Ludlow SY8 1AA",
                "Order 114",
                "Eggs   2.10",
                "Bread   1.90",
                "Milk   1.20",
            ),
            *("Butter   2.00", "Cheese   3.10", "Apples   1.75", "Total   12.05", "Thank you for shopping at"),
            *("Thistle & Burr", "www.thistleandburr.co.uk"),
        ),
        "Thistle & Burr",
    ),
    "India": (
        printed(
            *(
                "TAX INVOICE",
                ("Hotel Shalgam Sagar", 22),
                "(A unit of Shalgam Foods Pvt Ltd)",
                "MG Road, Mysuru - 570001",
            ),
            *("GSTIN: 29ABCDE1234F1Z5", "Bill No 221", "Masala Dosa   90.00", "Total   90.00"),
        ),
        "Hotel Shalgam Sagar",
    ),
    "Kenya": (
        printed(
            *("NUNGUNUNGU STORES LIMITED", "P.O. BOX 123-00100 NAIROBI", "PIN: P051234567X", "CASH SALE"),
            *("SUGAR 1KG   160.00", "TOTAL   160.00", "You were served by: WANJIRU"),
        ),
        "NUNGUNUNGU STORES LIMITED",
    ),
    "The United States: a store's number": (
        printed(
            *("Save more. Smile more.", ("PRAIRIE DOG MARKET", 24), "Store #0412", "88 Elm Street", "Salina, KS 67401"),
            *("(785) 555-0123", "Cashier: Dana", "MILK   3.49", "TOTAL   3.49"),
        ),
        "PRAIRIE DOG MARKET",
    ),
}


@pytest.mark.parametrize("receipt", RECEIPTS)
def test_the_merchant_is_found_in_any_country(receipt: str) -> None:
    """Headings, greetings, owners, addresses and slogans around the name are none, in any language."""
    reading, name = RECEIPTS[receipt]
    assert find_merchant(reading)[0] == name
