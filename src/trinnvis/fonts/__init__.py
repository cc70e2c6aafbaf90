"""The typefaces of every PDF and figure: Inter, and what stands in where Inter lacks a character.

The files of others lie in `vendor` with their licences and `vendor.json`; `scripts/fonts.py` makes all but
Inter's.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
INTER = "Inter"
LETTERS = "Noto Sans"  # Latin with every accent, Greek and Cyrillic
LAST_RESORT = "Trinnvis Last Resort"  # an empty box for every character
FILES = {  # in the order they are tried
    INTER: "vendor/Inter-Regular.ttf",
    LETTERS: "vendor/NotoSans-Regular.ttf",
    "Noto Naskh Arabic": "vendor/NotoNaskhArabic-Regular.ttf",
    "Noto Sans Hebrew": "vendor/NotoSansHebrew-Regular.ttf",
    "Noto Sans Ethiopic": "vendor/NotoSansEthiopic-Regular.ttf",
    "Noto Sans Tamil": "vendor/NotoSansTamil-Regular.ttf",
    "Noto Sans Thai": "vendor/NotoSansThai-Regular.ttf",
    "Noto Sans Devanagari": "vendor/NotoSansDevanagari-Regular.ttf",
    "Noto Sans Gurmukhi": "vendor/NotoSansGurmukhi-Regular.ttf",
    "Noto Sans Myanmar": "vendor/NotoSansMyanmar-Regular.ttf",
    "Noto Sans Math": "vendor/NotoSansMath-Regular.ttf",
    "Noto Sans Symbols": "vendor/NotoSansSymbols-Regular.ttf",
    "Noto Sans Symbols 2": "vendor/NotoSansSymbols2-Regular.ttf",
    "Noto Emoji": "vendor/NotoEmoji-Regular.ttf",
}
