"""Words are looked at between blanks; what comes out is what one look at the whole text gives."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.tagging import tag
from sco_research.organizations import Issuer, load_profile
from sco_research.text.tokens import words

_LEXICON = load_lexicon().for_issuer(Issuer((load_profile("sco"),)))
_TEXTS = st.lists(
    st.sampled_from(
        ["member states", "in this regard", "states'", "(the SCO)", "3.5", "U.S.", "–", "-", "a,b",
         "as well as", "non-aligned", "peoples’", "мир", "[We will]", "\t", "\n", "heads of state",
         "and/or", ";", "…", "'", "x"]
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.sampled_from([" ", "  ", "\n", " \u00a0"]))
def test_every_word_is_there_and_at_its_place(pieces: list[str], blank: str) -> None:
    text = blank.join(pieces)
    tagged = tag(text, _LEXICON)
    assert len(tagged.words) == len(tagged.raw) == len(tagged.tags)
    places = tagged.spans()
    for raw, (start, end) in zip(tagged.raw, places, strict=True):
        assert text[start:end].split() == raw.split()
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    assert words(" ".join(tagged.raw)) == words(text)


def test_a_lead_in_and_its_item_keep_their_own_places() -> None:
    lead, item = tag("They will:", _LEXICON), tag("open  it", _LEXICON)
    both = lead + item
    assert both.spans() == lead.spans() + item.spans()
