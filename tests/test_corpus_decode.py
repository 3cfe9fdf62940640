"""Bytes to text: not a character altered, the encoding named, binary files refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus.decode import decode, known
from helpers.corpus.rows import Unusable

WORDS = "Délégués — “naïve” talks\r\nin Łódź\n"


@given(st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()))
def test_utf8_comes_back_as_it_was(text):
    assert decode(text.encode()).text == text


def test_line_ends_and_spaces_are_untouched():
    text = "  a\r\nb\rc\n\u2028d\u00a0e\t\n\n"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        (WORDS.encode(), "", "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "", "utf-8-sig"),
        (WORDS.encode("utf-16"), "", "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "", "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        (WORDS.encode("utf-32"), "utf-32", "utf-32"),
        (WORDS.encode("cp1250", "replace"), "cp1250", "cp1250"),
        (WORDS.encode("cp1252", "replace"), "", "cp1252"),
        (WORDS.encode("cp1252", "replace"), "iso-8859-1", "cp1252"),
        (WORDS.encode(), "cp1251", "utf-8"),
        ("Київ".encode("koi8_u"), "KOI8-U", "koi8-u"),
        (WORDS.encode("utf-16-le"), "", "utf-16-le"),
        (WORDS.encode("utf-16-be"), "", "utf-16-be"),
        ("“Ana’s”, said José".encode("mac-roman"), "", "mac-roman"),
        (("Президент отклонил предложение о мире " * 3).encode("koi8-r"), "", "koi8_r"),
    ],
)
def test_the_encodings_in_their_order(data, declared, encoding):
    decoded = decode(data, declared)
    assert decoded.encoding == encoding
    assert decoded.text == data.decode(encoding)
    assert not decoded.text.startswith("\ufeff")


def test_a_byte_that_windows_leaves_undefined_spoils_no_quotation_marks():
    decoded = decode(b"caf\xe9 \x81 \x93noir\x94")
    assert (decoded.encoding, decoded.text) == ("cp1252", "café \x81 “noir”")


def test_a_guess_is_said_with_the_byte_that_is_not_utf8():
    decoded = decode(b"plain, then caf\xe9")
    assert (decoded.encoding, decoded.text) == ("cp1252", "plain, then café")
    assert "byte 15" in decoded.notes[0]
    assert "cp1252" in decoded.notes[0]


@pytest.mark.parametrize(
    "name",
    ["nonsense", "hex", "rot13", "zip", "idna", "punycode", "unicode_escape", "utf-7", "a\0b"],
)
def test_what_is_no_character_set_is_left_out_and_said(name):
    assert not known(name)
    decoded = decode(b"talks", name)
    assert decoded.text == "talks"
    assert "unknown encoding" in decoded.notes[0]


def test_a_page_says_its_own_encoding():
    page = '<html><head><meta charset="windows-1251"></head><body>Киев</body></html>'
    assert "Киев" in decode(page.encode("cp1251"), page=True).text
    assert decode(page.encode("cp1251"), page=True).encoding == "cp1251"
    assert decode(page.encode("cp1251"), "koi8-r", page=True).encoding == "koi8-r"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff \u00a0\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "NUL"),
        (b"\x01\x02\x03\x04 ab", "control characters"),
        (bytes(range(256)), "NUL"),
    ],
)
def test_empty_and_binary_files_are_refused_with_what_to_do(data, words):
    with pytest.raises(Unusable) as caught:
        decode(data)
    assert words in caught.value.reason
    assert "remove it" in caught.value.reason
    assert "\n" not in caught.value.reason


def test_one_control_character_in_twenty_is_still_text():
    assert decode(b"\x0c" + b"\x08" + b"a" * 19).text
    with pytest.raises(Unusable, match="control"):
        decode(b"\x08" + b"a" * 18)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_line_that_says_why_not(data):
    try:
        assert decode(data).text
    except Unusable as error:
        assert "\n" not in error.reason
