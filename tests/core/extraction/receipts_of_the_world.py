"""Short invented receipts of many countries, each with its day, total, currency, tax, cash and change."""

from __future__ import annotations

from typing import NamedTuple


class Printed(NamedTuple):
    """A receipt, a stroke between its lines, and what it says; amounts as plain figures, None for what is absent."""

    place: str
    text: str
    day: str
    total: str
    currency: str
    tax: str | None
    cash: str | None
    change: str | None


WORLD = (
    Printed(
        "United States",
        "MAPLE DINER|12 Elm Street|Fairview, OH 44126|03/04/2024 1:15 PM|Pancakes 8.50|Iced Tea 2.50|Subtotal 11.00"
        "|Sales Tax 8.00% 0.88|Total $11.88|Cash 20.00|Change 8.12|Thank you",
        "2024-03-04", "11.88", "USD", "0.88", "20.00", "8.12",
    ),
    Printed(
        "Canada",
        "CAFÉ ÉRABLE|220 rue Principale|Québec QC G1R 4P5|Date 2024-03-09|Poutine 9,00|Café 3,00|Sous-total 12,00 $"
        "|TPS 5% 0,60|Total 12,60 $|Comptant 20,00|Monnaie 7,40|Merci",
        "2024-03-09", "12.60", "CAD", "0.60", "20.00", "7.40",
    ),
    Printed(
        "Great Britain",
        "OAKFIELD GROCERS LTD|14 High Street|Leeds LS1 4AB|VAT No 214 9981 22|09/03/2024 13:15|Bread 1.20|Milk 1.60"
        "|Total £2.80|Cash £5.00|Change £2.20|VAT 20% 0.47",
        "2024-03-09", "2.80", "GBP", "0.47", "5.00", "2.20",
    ),
    Printed(
        "Germany",
        "BÄCKEREI LINDENHOF|Hauptstraße 12|50667 Köln|09.03.2024 13:15|Brot 4,20|Kuchen 3,30|Summe EUR 7,50"
        "|Bar EUR 10,00|Rückgeld EUR 2,50|enth. MwSt 7% 0,49|Vielen Dank",
        "2024-03-09", "7.50", "EUR", "0.49", "10.00", "2.50",
    ),
    Printed(
        "Switzerland",
        "BERGHOF KÄSEREI AG|Bahnhofstrasse 4|8001 Zürich|CHE-123.456.789 MWST|09.03.24 13:15|Käse 8.42|Brot 4.20"
        "|Zwischensumme 12.62|Rundung -0.02|Total CHF 12.60|Barzahlung 20.00|Rückgeld 7.40|MWST 2.6% 0.32",
        "2024-03-09", "12.60", "CHF", "0.32", "20.00", "7.40",
    ),
    Printed(
        "France",
        "BOULANGERIE DU MOULIN|3 rue des Lilas|69003 Lyon|Le 09/03/2024 13:15|Baguette 1,20|Croissant 2,30"
        "|Net à payer 3,50 €|Espèces 5,00|Rendu monnaie 1,50|dont TVA 5,5% 0,18|Merci de votre visite",
        "2024-03-09", "3.50", "EUR", "0.18", "5.00", "1.50",
    ),
    Printed(
        "Spain",
        "PANADERÍA EL HORNO|C/ Mayor 8|28013 Madrid|CIF B12345678|Fecha: 09/03/2024|Café 1,50|Tostada 2,50"
        "|Total a pagar 4,00€|Efectivo 5,00|Cambio 1,00|IVA incluido 10% 0,36|Gracias por su visita",
        "2024-03-09", "4.00", "EUR", "0.36", "5.00", "1.00",
    ),
    Printed(
        "Mexico",
        "ABARROTES LA LUZ|Av. Juárez 120|Puebla, Pue. México|RFC ABC010203XY1|Fecha 09/03/2024|Frijol 32.00|Pan 20.20"
        "|Total $52.20|Efectivo 100.00|Su cambio 47.80|IVA 16% 7.20",
        "2024-03-09", "52.20", "MXN", "7.20", "100.00", "47.80",
    ),
    Printed(
        "Portugal",
        "PASTELARIA ALVORADA|Rua das Flores 10|4050-262 Porto|NIF 501234567|Data: 09-03-2024|Nata 1,30|Bica 0,90"
        "|Total a pagar 2,20 €|Numerário 5,00|Troco 2,80|IVA 13% 0,25|Obrigado",
        "2024-03-09", "2.20", "EUR", "0.25", "5.00", "2.80",
    ),
    Printed(
        "Brazil",
        "PADARIA ESTRELA LTDA|CNPJ 12.345.678/0001-90|Curitiba - PR|Emissão 09/03/2024 13:15|Pão 8,40|Café 18,60"
        "|Qtd. total de itens 2|Valor total R$ 27,00|Dinheiro 50,00|Troco R$ 23,00",
        "2024-03-09", "27.00", "BRL", None, "50.00", "23.00",
    ),
    Printed(
        "Italy",
        "TRATTORIA DA ORNELLA|Via Garibaldi 7|40121 Bologna|P.IVA 01234567890|09/03/2024 13:15|Caffè 1,20|Pizza 7,80"
        "|Totale complessivo 9,00|di cui IVA 0,82|Contante 10,00|Resto 1,00|Grazie",
        "2024-03-09", "9.00", "EUR", "0.82", "10.00", "1.00",
    ),
    Printed(
        "Netherlands",
        "BAKKERIJ DE MOLEN|Dorpsstraat 15|3511 AB Utrecht|Datum 09-03-2024|Brood 2,80|Kaas 5,20|Totaal € 8,00"
        "|Contant € 10,00|Wisselgeld € 2,00|BTW 9% 0,66|Tot ziens",
        "2024-03-09", "8.00", "EUR", "0.66", "10.00", "2.00",
    ),
    Printed(
        "Sweden",
        "BAGERI BJÖRKEN AB|Storgatan 5|411 24 Göteborg|Kvitto|2024-03-09 13:15|Bulle 25,00|Kaffe 35,00"
        "|Att betala 60,00 kr|Kontant 100,00|Åter 40,00|Varav moms 12% 6,43|Tack för besöket",
        "2024-03-09", "60.00", "SEK", "6.43", "100.00", "40.00",
    ),
    Printed(
        "Norway",
        "FJORDBAKERIET AS|Strandgata 9|5013 Bergen|Dato 09.03.2024|Skolebrød 35,00|Kaffe 40,00|Sum å betale kr 75,00"
        "|Kontant kr 100,00|Tilbake kr 25,00|herav mva 15% 9,78|Takk for handelen",
        "2024-03-09", "75.00", "NOK", "9.78", "100.00", "25.00",
    ),
    Printed(
        "Denmark",
        "BAGERIET HAVNEN ApS|Nørregade 22|8000 Aarhus C|Dato 09-03-2024|Rugbrød 28,00|Kaffe 30,00|I alt 58,00 kr"
        "|Kontant 100,00|Byttepenge 42,00|Heraf moms 25% 11,60|Tak for besøget",
        "2024-03-09", "58.00", "DKK", "11.60", "100.00", "42.00",
    ),
    Printed(
        "Finland",
        "KAHVILA KÄPYLÄ OY|Kauppakatu 3|33200 Tampere|Pvm 09.03.2024|Pulla 3,20|Kahvi 2,80|Yhteensä 6,00 €"
        "|Käteinen 10,00|Takaisin 4,00|ALV 14% 0,74|Kiitos",
        "2024-03-09", "6.00", "EUR", "0.74", "10.00", "4.00",
    ),
    Printed(
        "Poland",
        "PIEKARNIA POD LIPĄ|ul. Długa 11|31-147 Kraków|NIP 123-456-78-90|2024-03-09 13:15|Chleb 6,50|Masło 8,50"
        "|Suma PLN 15,00|Gotówka 20,00|Reszta 5,00|Kwota PTU A 5% 0,71|Dziękujemy",
        "2024-03-09", "15.00", "PLN", "0.71", "20.00", "5.00",
    ),
    Printed(
        "Czechia",
        "PEKÁRNA U ZVONU|Náměstí Míru 4|602 00 Brno|DIČ CZ12345678|Datum 9.3.2024|Chléb 45,00|Mléko 25,00"
        "|Celkem k úhradě 70,00 Kč|Hotově 100,00|Vráceno 30,00|DPH 12% 7,50|Děkujeme",
        "2024-03-09", "70.00", "CZK", "7.50", "100.00", "30.00",
    ),
    Printed(
        "Slovakia",
        "PEKÁREŇ ZLATÝ KLAS|Hlavná 21|040 01 Košice|Dátum 09.03.2024|Chlieb 2,40|Mlieko 1,60|Na úhradu 4,00 €"
        "|Hotovosť 5,00|Výdavok 1,00|DPH 20% 0,67|Ďakujeme",
        "2024-03-09", "4.00", "EUR", "0.67", "5.00", "1.00",
    ),
    Printed(
        "Hungary",
        "KÜRTŐS PÉKSÉG KFT.|Fő utca 6|6720 Szeged|Adószám 12345678-2-06|2024.03.09 13:15|Lángos 1 200 Ft|Tej 450 Ft"
        "|Összesen 1 650 Ft|Készpénz 2 000 Ft|Visszajáró 350 Ft|Köszönjük",
        "2024-03-09", "1650", "HUF", None, "2000", "350",
    ),
    Printed(
        "Romania",
        "BRUTĂRIA SPICUL SRL|Str. Eminescu 14|Cluj-Napoca|Bon fiscal|Data 09.03.2024|Pâine 6,00|Lapte 9,00"
        "|Total lei 15,00|TVA 9% 1,24|Numerar 20,00|Rest 5,00|Vă mulțumim",
        "2024-03-09", "15.00", "RON", "1.24", "20.00", "5.00",
    ),
    Printed(
        "Bulgaria",
        "ПЕКАРНА КЛАС ЕООД|ул. Шипка 5|4000 Пловдив|Дата 09.03.2024|Баница 2,40|Айран 1,60|Обща сума 4,00 лв"
        "|В брой 5,00|Ресто 1,00|ДДС 20% 0,67|Благодарим",
        "2024-03-09", "4.00", "BGN", "0.67", "5.00", "1.00",
    ),
    Printed(
        "Greece",
        "ΦΟΥΡΝΟΣ Η ΓΩΝΙΑ|Ερμού 12|54623 Θεσσαλονίκη|ΑΦΜ 123456789|Ημερομηνία 09/03/2024|Ψωμί 1,80|Καφές 2,20"
        "|Σύνολο 4,00 €|Μετρητά 5,00|Ρέστα 1,00|ΦΠΑ 13% 0,46|Ευχαριστούμε",
        "2024-03-09", "4.00", "EUR", "0.46", "5.00", "1.00",
    ),
    Printed(
        "Türkiye",
        "ÇINARALTI LOKANTASI|Atatürk Cad. 45|35210 İzmir|Tarih 09.03.2024|Çorba 80,00|Ayran 25,00|TOPKDV 9,55"
        "|Toplam 105,00 TL|Nakit 150,00|Para üstü 45,00|Teşekkürler",
        "2024-03-09", "105.00", "TRY", "9.55", "150.00", "45.00",
    ),
    Printed(
        "Russia",
        "ПЕКАРНЯ РОМАШКА ООО|ул. Лесная 8|ИНН 1234567890|Дата 09.03.2024|Хлеб 52.00|Молоко 98.00|Итого 150.00"
        "|Наличными 200.00|Сдача 50.00|в т.ч. НДС 10% 13.64|Спасибо",
        "2024-03-09", "150.00", "RUB", "13.64", "200.00", "50.00",
    ),
    Printed(
        "Ukraine",
        "ПЕКАРНЯ КОЛОСОК|вул. Садова 3|79000 Львів|ІПН 123456789012|09.03.2024 13:15|Хліб 32,00|Кава 48,00"
        "|До сплати 80,00 грн|Готівка 100,00|Решта 20,00|ПДВ 20% 13,33|Дякуємо",
        "2024-03-09", "80.00", "UAH", "13.33", "100.00", "20.00",
    ),
    Printed(
        "Croatia",
        "PEKARA KLAS D.O.O.|Ilica 30|10000 Zagreb|OIB 12345678901|Datum 09.03.2024|Burek 2,50|Jogurt 1,00"
        "|Ukupno EUR 3,50|Gotovina 5,00|Povrat 1,50|PDV 25% 0,70|Hvala",
        "2024-03-09", "3.50", "EUR", "0.70", "5.00", "1.50",
    ),
    Printed(
        "Serbia",
        "PEKARA MORAVAC|Knez Mihailova 6|Beograd, Srbija|PIB 123456789|09.03.2024. 13:15|Hleb 120,00|Kafa 180,00"
        "|Ukupan iznos 300,00|Gotovina 500,00|Povraćaj 200,00|PDV 20% 50,00|Hvala",
        "2024-03-09", "300.00", "RSD", "50.00", "500.00", "200.00",
    ),
    Printed(
        "Slovenia",
        "PEKARNA ZRNO D.O.O.|Slovenska cesta 9|1000 Ljubljana|Datum 09.03.2024|Kruh 2,60|Kava 1,40|Za plačilo 4,00 EUR"
        "|Gotovina 5,00|Vrnjeno 1,00|DDV 22% 0,72|Hvala",
        "2024-03-09", "4.00", "EUR", "0.72", "5.00", "1.00",
    ),
    Printed(
        "Estonia",
        "PAGAR PÄIKE OÜ|Pikk tn 7|51003 Tartu|Kuupäev 09.03.2024|Leib 1,90|Kohv 2,10|Kokku 4,00 EUR|Sularaha 5,00"
        "|Tagasi 1,00|Käibemaks 22% 0,72|Aitäh",
        "2024-03-09", "4.00", "EUR", "0.72", "5.00", "1.00",
    ),
    Printed(
        "Latvia",
        "MAIZNĪCA RUDZI SIA|Brīvības iela 40|Rīga|Datums 09.03.2024|Maize 1,90|Kafija 2,10|Kopā apmaksai 4,00 EUR"
        "|Skaidra nauda 5,00|Atlikums 1,00|PVN 21% 0,69|Paldies",
        "2024-03-09", "4.00", "EUR", "0.69", "5.00", "1.00",
    ),
    Printed(
        "Lithuania",
        "KEPYKLA RUGELIS UAB|Gedimino pr. 12|Vilnius|2024-03-09 13:15|Duona 1,90|Kava 2,10|Mokėti 4,00 EUR"
        "|Grynieji 5,00|Grąža 1,00|PVM 21% 0,69|Ačiū",
        "2024-03-09", "4.00", "EUR", "0.69", "5.00", "1.00",
    ),
    Printed(
        "Malaysia",
        "KEDAI BUNGA RAYA SDN BHD|12, Jalan Cempaka 3/1|81100 Johor Bahru|Tarikh 09/03/2024|Nasi Lemak 7.55|Teh 2.50"
        "|Jumlah 10.05|Pembundaran 0.00|Tunai 20.00|Baki 9.95|Terima kasih",
        "2024-03-09", "10.05", "MYR", None, "20.00", "9.95",
    ),
    Printed(
        "Indonesia",
        "WARUNG SEDERHANA|Jl. Merdeka No. 17|Bandung|Tgl 09/03/2024|Nasi goreng 25.000|Es teh 8.000|Subtotal 33.000"
        "|PB1 10% 3.300|Total 36.300|Tunai 50.000|Kembali 13.700",
        "2024-03-09", "36300", "IDR", "3300", "50000", "13700",
    ),
    Printed(
        "Viet Nam",
        "QUÁN PHỞ HƯƠNG SEN|25 Lê Lợi|Đà Nẵng|Ngày 09/03/2024|Phở bò 55.000|Trà đá 5.000|Tổng cộng 60.000đ"
        "|Tiền khách đưa 100.000|Tiền thừa 40.000|Cảm ơn quý khách",
        "2024-03-09", "60000", "VND", None, "100000", "40000",
    ),
    Printed(
        "Philippines",
        "BAHAY KUBO GROCERY|45 Mabini St|Quezon City, Philippines|VAT REG TIN 123-456-789-000|Date 03/04/2024"
        "|Rice 90.00|Adobo 134.00|Total Due ₱224.00|Cash 500.00|Sukli 276.00|VAT 12% 24.00",
        "2024-03-04", "224.00", "PHP", "24.00", "500.00", "276.00",
    ),
    Printed(
        "Tanzania",
        "DUKA LA AMANI|Barabara ya Uhuru 4|Dar es Salaam|Tarehe 09/03/2024|Sukari 4,000.00|Chai 2,000.00"
        "|Jumla TSh 6,000.00|Taslimu 10,000.00|Chenji 4,000.00|VAT 18% 915.25",
        "2024-03-09", "6000.00", "TZS", "915.25", "10000.00", "4000.00",
    ),
    Printed(
        "Rwanda",
        "IDUKA UMUCYO|KN 5 Rd|Kigali, Rwanda|Itariki 09/03/2024|Ibirayi 1,200|Amata 800|Igiteranyo 2,000 RWF"
        "|Ayishyuwe 5,000|Ayo usubizwa 3,000|Umusoro 18% 305|Murakoze",
        "2024-03-09", "2000", "RWF", "305", "5000", "3000",
    ),
    Printed(
        "Japan",
        "喫茶みなと|東京都千代田区1-2-3|2024年3月9日(土) 13:15|コーヒー ¥450|カレー ¥850|小計 ¥1,300|合計 ¥1,300"
        "|(内消費税等 10% ¥118)|お預り ¥2,000|お釣り ¥700|ありがとうございました",
        "2024-03-09", "1300", "JPY", "118", "2000", "700",
    ),
    Printed(
        "China",
        "老街面馆|人民路88号|日期 2024-03-09|牛肉面 28.00|酸奶 8.00|合计 ¥36.00|实收 50.00|找零 14.00|谢谢惠顾",
        "2024-03-09", "36.00", "CNY", None, "50.00", "14.00",
    ),
    Printed(
        "Korea",
        "한마음 분식|서울시 중구 세종대로 1|일시 2024-03-09 13:15|김치찌개 8,000원|떡볶이 5,000원|합계 13,000원"
        "|부가세 1,182원|현금 20,000원|거스름돈 7,000원|감사합니다",
        "2024-03-09", "13000", "KRW", "1182", "20000", "7000",
    ),
    Printed(
        "Thailand",
        "ร้านข้าวแกงบ้านสวน|99 ถนนสุขุมวิท|วันที่ 09/03/2567|ผัดไทย 60.00|ชาเย็น 35.00|ยอดสุทธิ ฿95.00|เงินสด 100.00"
        "|เงินทอน 5.00|VAT 7% 6.21|ขอบคุณ",
        "2024-03-09", "95.00", "THB", "6.21", "100.00", "5.00",
    ),
    Printed(
        "Egypt",
        "مخبز النيل|شارع التحرير 12|القاهرة، مصر|التاريخ 09/03/2024|خبز 20.00|قهوة 30.00|المجموع الفرعي 50.00"
        "|الضريبة 14% 7.00|الإجمالي EGP 57.00|نقدا 60.00|الباقي 3.00|شكرا",
        "2024-03-09", "57.00", "EGP", "7.00", "60.00", "3.00",
    ),
    Printed(
        "Israel",
        'מאפיית הזית|רחוב הרצל 10|חיפה|תאריך 09/03/2024|לחם 12.00|קפה 14.00|סה"כ לתשלום ₪26.00|מזומן 50.00'
        '|עודף 24.00|מע"מ 17% 3.78|תודה',
        "2024-03-09", "26.00", "ILS", "3.78", "50.00", "24.00",
    ),
)  # fmt: skip
"""One receipt a country."""
