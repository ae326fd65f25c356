"""Words that stand before personal numbers in many languages, and before numbers that are nobody's."""

from __future__ import annotations

import re
from functools import cache

from core.masking.kinds import Masked
from core.masking.strips import fold

_NUMBER = """no nos nr num number numbers numero nomor nombor nummer numer bil id code kod n n° nº № # 番号 號碼 号码
号 번호 номер αριθμος رقم"""
"""Words for "number": they turn a word that may mean much (card) into one that has a number."""

_PHONE = """tel tels telp tlp telpon telepon telephone telephones téléphone téléphones telefon telefono teléfono
teléfonos telefone telefones telefonnr telefoon telefonnummer telefontjänst tél tlf tfn fon fono phone phones phoneno
ph hp h/p handphone mobile mobiles mobil mob móvil movil cell cellphone celular cellulare cel portable handy
handynummer gsm fax faks telefax telefaks faxnr puh puhelin sími telefonszám telefonas tālrunis kontakt contact
contacts hotline helpline infoline careline whatsapp whatsap wa call sms viber tollfree freephone rufnummer
servicenummer bel bellen recado fijo customer_service customer_care service_line contact_us call_us for_enquiries
enquiries enquiry inquiries hubungi ☎ ☏ ✆ 📞 📱 📠 電話 电话 電話番号 手机 手機 传真 傳真 携帯 전화 휴대폰 팩스 тел
телефон факс моб τηλ τηλέφωνο κιν هاتف تلفون جوال فاكس טל טלפון נייד פקס โทร โทรศัพท์ điện_thoại đt sđt di_động फोन
दूरभाष मोबाइल"""

_LETTERS = "t p f m"
"""Single letters for telephone, phone, fax and mobile: only with a sign, and before what is written as such."""

_LOYALTY = """member members membership memberid memberno membercard member_card membre membres miembro membro
mitglied mitgliedsnummer mitgliedsnr mitgliedskarte lid lidnummer medlem medlemsnr medlemsnummer medlemskort jäsen
jäsennumero člen loyalty loyalty_card loyaltycard loyalty_id rewards rewards_card reward_card rewardscard rewards_no
patron_card kundenkarte kundenkartennr kundenkartennummer kundennummer kundennr kunden-nr kartennummer kartennr
karten-nr vorteilskarte bonuskarte bonus_card bonuscard bonuskaart bonuskort bonuslink payback payback_card
deutschlandcard clubcard nectar nectar_card klubkarta klubkarte klubbkort karta_klienta karta_stalego_klienta
klantenkaart klantnummer klantnr socio socia sócio tarjeta_socio nº_socio tessera tessera_fedelta carta_fedeltà
cartafedelta carta_socio cartão_fidelidade cartao_cliente fidélité fidelite carte_de_fidélité carte_fidélité fidelidad
fidelidade fedeltà programme_de_fidélité ahli keahlian kad_ahli no_ahli anggota kartu_anggota kartu_member
valued_customer valued_member airmiles air_miles flybuys frequent_flyer everyday_rewards stocard points_card pointcard
hűségkártya törzsvásárló sadakat_kartı müşteri_no 会員番号 会員 会員no 会員id ポイントカード カード番号 お客様番号
会员 会员号 会员卡 會員 會員編號 회원 회원번호 멤버십 бонусная_карта карта_лояльности дисконтная_карта карта_клиента
κάρτα_μέλους عضوية מועדון สมาชิก thành_viên hội_viên"""

_WEAK = """card karte kart karta kort kaart kad kartu carte carta tarjeta cartão kortti kártya card_holder customer
customers kunde kunden klant client cliente clientes cliënt klient klienta asiakas kund pelanggan bonus club club_card
points punkte account_holder guest gift_card giftcard карта клиент カード お客様 고객 카드"""
"""Words that may mean a loyalty number, and do so with a word for number."""

_ACCOUNT = """account_no account_number account_nr acc_no acct_no acct a/c_no a/c bank_account konto konto-nr kontonr
kontonummer kto rekening_no no_rekening no_rek rekeningnummer rekeningnr compte n°_de_compte numéro_de_compte cuenta
nº_cuenta conto_corrente conta_corrente no_akaun akaun 口座番号 계좌번호 银行账号 账号 iban"""

_NOBODYS = """gst gstin vat vatin ust ustid ust-id mwst iva tva btw moms tax taxid tin npwp brn ssm reg regno
registration abn acn nip regon cif nif nie siret siren cnpj cpf rut rfc ruc cuit piva p_iva partita_iva kvk uid eori
ein fein uen inv invoice invoiceno receipt receipts rcpt bon beleg rechnung faktura facture factura fattura ticket
order bestellung pedido commande doc document ref reference trans transaction trx txn trn trace auth approval appr
appcode app approved batch terminal term tid mid aid arqc tc merchant_id merchant store shop outlet branch pos till
reg# register kasse cashier check chk bill slip serial sn seq stan rrn barcode ean upc sku plu item article art
artikel lot imei policy docket voucher coupon pin serie folio stp hrb permit license licence lic company co_no roc"""


@cache
def before_pattern() -> re.Pattern[str]:
    """Return what finds, at the end of the text before a number, which word introduces it (the group's name)."""
    fill = rf"(?:[\s.:;#=,/|&+(\[*_'>-]|[1-3](?=[\s.:)])|\(s\)|(?:{_any(_NUMBER)}|{_any(_PHONE)}|or|us|on)(?![^\W\d_]))"
    number = rf"(?:{_any(_NUMBER)}|#)"
    weak = rf"{number}[\s.:]{{0,3}}(?:{_any(_WEAK)})|(?:{_any(_WEAK)})[\s.:/_-]{{0,3}}{number}(?![^\W\d_])"
    loyalty = rf"(?:{number}[\s.:]{{0,3}})?(?:{_any(_LOYALTY)})|{weak}"
    account = rf"{_any(_ACCOUNT)}|bank ?(?:account|acc|a/c)[\s.:]{{1,3}}[a-z]{{3,10}}"
    words = rf"(?P<phone>{_any(_PHONE)})|(?P<account>{account})|(?P<loyalty>{loyalty})"
    alone = rf"(?<![^\W_])(?:{words})"
    glued = r"(?P<glued>(?<!i)phone|telefon|mobile|careline|hotline|helpline|enquiry)"
    return re.compile(rf"(?:{alone}|{glued})(?P<fill>{fill}{{0,16}})$")


@cache
def letter_pattern() -> re.Pattern[str]:
    """Return what finds a single letter for telephone or the like at the end of the text before a number."""
    return re.compile(rf"(?<![^\W_])(?:{_any(_LETTERS)})[ ]?[:.)][ ]?$")


@cache
def nobodys_pattern() -> re.Pattern[str]:
    """Return what finds, at the end of the text before a number, that it is no person's: a tax number, a receipt's."""
    return re.compile(rf"(?:(?<![^\W_])(?:{_any(_NOBODYS)}|{_any(_NUMBER)})|\w{{2}}(?:no|num|id))[\W_]{{0,6}}"
                      rf"(?:(?:{_any(_NUMBER)}|reg|code)[\W_]{{0,6}}){{0,2}}[a-z]{{0,4}}-?$")  # fmt: skip


@cache
def numbered_pattern() -> re.Pattern[str]:
    """Return what finds a word or sign for "number" in what stands between a word and its number."""
    return re.compile(rf"(?:{_any(_NUMBER)}|#)")


@cache
def card_pattern() -> re.Pattern[str]:
    """Return what finds a word for a payment card."""
    words = """card cards cardno cardnum creditcard kreditkarte visa mastercard master maestro amex american_express
    diners jcb unionpay discover mada troy mir rupay elo girocard bancomat pan debit credit kredit kredi kart karte
    kartennr karta carte carta tarjeta cartão kad kartu カード 카드 卡号 карта"""
    return re.compile(rf"(?<![^\W_])(?:{_any(words)})")


@cache
def loyalty_pattern() -> re.Pattern[str]:
    """Return what finds a word for a loyalty card, which is no payment card."""
    return re.compile(rf"(?<![^\W_])(?:{_any(_LOYALTY)})")


KINDS = {
    "phone": Masked.PHONE,
    "glued": Masked.PHONE,
    "account": Masked.ACCOUNT,
    "loyalty": Masked.LOYALTY,
}
"""Which kind of number each group of `before_pattern` introduces."""


def _any(words: str) -> str:
    """Return an alternation of the words, folded, the longest first; an underscore is a space, or none."""
    folded = sorted({fold(word) for word in words.split()}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("_", r"[\s.]{0,2}") for word in folded)
