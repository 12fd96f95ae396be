"""A document read sentence by sentence: pronouns resolved, lists tied to their lead-ins.

What one sentence leaves to the next is little: whom "they" means, and which lead-in an item of a
list hangs on. All of it is kept here, so that the rules see one sentence at a time.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sco_research.coding.commitments import lists
from sco_research.coding.commitments.clauses import ClauseReader
from sco_research.coding.commitments.grammar import SPEAKERS, Place, Role
from sco_research.coding.commitments.lexicon import Family, Lexicon
from sco_research.coding.commitments.lexicon_schema import Act, Level
from sco_research.coding.commitments.readings import Judge
from sco_research.coding.commitments.remembering import Remembered, collection_paused
from sco_research.coding.commitments.tagging import tag
from sco_research.coding.commitments.verdicts import Options, Verdict, act_of, deciding
from sco_research.coding.commitments.words import Tagged
from sco_research.errors import ParameterError
from sco_research.text.document import Document
from sco_research.text.language import language_of
from sco_research.text.segments import Sentence, sentences_of

AUTOMATIC = "auto"
_SURE = {"en", "und"}
_SINGULAR = frozenset(
    {"organization", "organisation", "association", "alliance", "union", "league"}
)


class Reading(NamedTuple):
    """A sentence as the rules read it.

    Attributes
    ----------
    sentence : Sentence
    tagged : Tagged
        Its words; for an item of a list those of the lead-in stand before them.
    lead : int
        How many of the words are the lead-in's.
    verdicts : tuple of Verdict
        One for each finite verb that counts.
    act : str
        The sentence's speech act.
    deciding : Verdict or None
        The verdict that earned the sentence its highest answer; None where there is no verb.
    strict, broad : bool
        Whether it holds a commitment in either reading; every strict one is broad.
    binding : str
        The highest level of its commitments by the `kirton` scheme.
    """

    sentence: Sentence
    tagged: Tagged
    lead: int
    verdicts: tuple[Verdict, ...]
    act: Act
    deciding: Verdict | None
    strict: bool
    broad: bool
    binding: Level


# A corpus is asked for its speech acts and again for its commitments, and read once: what was read
# of some 500,000 words is kept, in about 50 MB.
_REMEMBERED: "Remembered[tuple[Reading, ...]]" = Remembered(3_500_000)


@lru_cache(maxsize=256)  # asked for the reading and again for its commitments
def family_of(document: Document, lexicon: Lexicon, organization: str = AUTOMATIC) -> Family:
    """Return the family of organizations that speaks in a document.

    Parameters
    ----------
    document : Document
    lexicon : Lexicon
    organization : str
        A family's id, or "auto": the one whose names the text, its title and metadata hold most.
    """
    if organization != AUTOMATIC:
        return lexicon.family(organization)
    start, end = document.body
    about = f"{document.metadata.organization} {document.metadata.title} ".lower() * 3
    text = about + document.text[start:end].lower()
    counts = {
        family.id: sum(text.count(name) for name in family.names) for family in lexicon.families
    }
    best = max(counts, key=lambda name: counts[name])
    return lexicon.family(best if counts[best] else "generic")


def readings_of(
    document: Document,
    lexicon: Lexicon,
    *,
    organization: str = AUTOMATIC,
    options: Options | None = None,
) -> tuple[Reading, ...]:
    """Return every sentence of a document as the rules read it.

    Raises
    ------
    ParameterError
        Where the document is not in English, the codebook's language.
    """
    key = (document, lexicon, organization, options or Options())
    found = _REMEMBERED.get(key)
    if found is None:
        found = _read(*key)
        _REMEMBERED.keep(key, found, len(document.text))
    return found


def _read(
    document: Document, lexicon: Lexicon, organization: str, options: Options
) -> tuple[Reading, ...]:
    language = document.metadata.language
    if language in _SURE and not document.text.isascii():
        # Said to be English, it may be written in another script all the same.
        written = language_of(document.text[slice(*document.body)])
        language = language if written in _SURE else written
    if language not in _SURE:
        raise ParameterError(
            f"document {document.id!r}: its language is {language!r}, and the commitment rules "
            "read English only; give the English text"
        )
    family = family_of(document, lexicon, organization)
    with collection_paused():
        return tuple(_Reader(document, lexicon.speaking_as(family), family, options).run())


class _Reader:
    """Goes through one document."""

    def __init__(
        self, document: Document, lexicon: Lexicon, family: Family, options: Options
    ) -> None:
        self.document = document
        self.lexicon = lexicon
        own = family.names | family.nouns
        self.clauses = ClauseReader(lexicon, own)
        self.judge = Judge(lexicon, self.clauses, options)
        self.options = options
        self.lead: Tagged | None = None
        self.lead_text = ""
        self.announced = False  # "agree on the following:"
        self.open = False  # whether the list may still go on
        self.they = Role.MEMBERS
        self.it = Role.IT
        self.paragraph = 0
        self.done = document.body[0]

    def run(self) -> Iterator[Reading]:
        for sentence in sentences_of(self.document):
            if sentence.paragraph != self.paragraph:
                self.paragraph = sentence.paragraph or 0
                self.they, self.it = Role.MEMBERS, Role.IT
            yield self._read(sentence)
            self.done = sentence.end

    def _read(self, sentence: Sentence) -> Reading:
        tagged = tag(sentence.text, self.lexicon)
        item = self.lead is not None and self._is_item(sentence, tagged)
        reading = self._item(sentence, tagged) if item else None
        if reading is None:
            reading = self._alone(sentence, tagged)
            if not item:
                self.lead, self.open = None, False
        self._remember(sentence, reading)
        return reading

    def _is_item(self, sentence: Sentence, tagged: Tagged) -> bool:
        marked = bool(self.document.text[self.done : sentence.start].strip())
        if self.open or marked or sentence.text[:1].islower():
            return True
        # Its sign may be lost with the layout: "Expand the exchange of experts."
        return self._is_awaited(tagged)

    def _is_awaited(self, tagged: Tagged) -> bool:
        """Tell whether the lead-in waits for a verb and the sentence opens with one."""
        assert self.lead is not None
        waits = self.announced or lists.stops_within_the_verb(self.lead)
        return waits and lists.opens_with_verb(tagged) and self.judge.is_operative(tagged)

    def _alone(self, sentence: Sentence, tagged: Tagged) -> Reading:
        predicates = self.clauses.predicates(tagged, they=self.they, it=self.it)
        verdicts = self.judge.verdicts(tagged, predicates)
        for verdict in verdicts:
            if verdict.predicate.subject.role in SPEAKERS:
                break
        else:
            nominal = tagged.words[:1] and tagged.words[0] in self.lexicon.sets["actions"]
            if not (verdicts and nominal) and not lists.has_finite_verb(tagged, verdicts):
                opening = [] if verdicts else self.judge.opening(tagged)
                verdicts = self.judge.fragment(tagged) or verdicts or opening
        if verdicts and lists.says_nothing_alone(tagged):
            why = "list: the lead-in says nothing without its items"
            last = verdicts[-1]._replace(status="out", binding="none", rule="list", why=why)
            verdicts = [*verdicts[:-1], last]
        return _reading(sentence, tagged, 0, verdicts)

    def _item(self, sentence: Sentence, tagged: Tagged) -> Reading | None:
        """Read an item as though its lead-in stood before it; None where it stands alone."""
        if "list lead-ins" in self.options.without:
            return None
        own = self.clauses.predicates(tagged, they=self.they, it=self.it)
        subjects = any(p.place is Place.MAIN and p.subject.end > p.subject.start for p in own)
        if subjects and not self._is_awaited(tagged):
            return None
        lead = self.lead
        assert lead is not None
        if self.announced and lists.opens_with_verb(tagged):
            if lists.speaks_for_itself(tagged, self.lexicon):
                return None
            return _reading(sentence, tagged, 0, [self.judge.undertaken_item(tagged)])
        if tagged.tags[:1] in {"T", "H"} or lists.stops_within_the_verb(lead):
            # "decide: – to open …", "agree to: – open …": the sign stands within the verb group;
            # "resolve: – that the Bureau shall …": before its object.
            lead = tag(lists.without_sign(self.lead_text), self.lexicon)
        whole = lead + tagged
        size = len(lead.tags)
        verdicts = [
            verdict
            for verdict in self.judge.verdicts(whole, self.clauses.predicates(whole))
            if verdict.predicate.stop > size
        ]
        return _reading(sentence, whole, size, verdicts) if verdicts else None

    def _remember(self, sentence: Sentence, reading: Reading) -> None:
        """Keep what the next sentence may need."""
        text = sentence.text.rstrip()
        if text.endswith((":", ": –", ":–", "…")) and reading.lead == 0:
            self.lead, self.lead_text, self.open = reading.tagged, text, True
            self.announced = lists.announces_undertakings(
                reading.verdicts, reading.tagged, self.lexicon
            )
        elif self.lead is not None:
            self.open = text.endswith((";", ",", "; and", ", and", ":"))
        for verdict in reading.verdicts:
            subject = verdict.predicate.subject
            if verdict.predicate.place is Place.MAIN and subject.end > subject.start:
                if reading.tagged.tags[subject.start] not in "JK":
                    speaks = subject.role in SPEAKERS or self.judge.is_a_meeting(
                        reading.tagged, subject
                    )
                    head_word = reading.tagged.words[subject.end - 1]
                    if speaks or subject.role is not Role.THING or head_word.endswith("s"):
                        self.they = Role.MEMBERS if speaks else subject.role
                    head = set(reading.tagged.words[subject.start : subject.end])
                    named = head & (_SINGULAR | self.clauses.own_names)
                    self.it = Role.MEMBERS if subject.role is Role.MEMBERS and named else Role.IT
                break


def _reading(sentence: Sentence, tagged: Tagged, lead: int, verdicts: list[Verdict]) -> Reading:
    if len(verdicts) < _SEVERAL:  # as most sentences are
        only = verdicts[0] if verdicts else None
        status = only.status if only else "out"
        high = only is not None and only.binding == "high"
        return Reading(
            sentence, tagged, lead, tuple(verdicts), only.act if only else "assertive", only,
            status == "strict", status != "out",
            "none" if status == "out" else "high" if high else "low",
        )  # fmt: skip
    found = [verdict for verdict in verdicts if verdict.status != "out"]
    levels = [verdict.binding for verdict in found]
    return Reading(
        sentence,
        tagged,
        lead,
        tuple(verdicts),
        act_of(verdicts, committed=bool(found)),
        deciding(verdicts),
        "strict" in [verdict.status for verdict in found],
        bool(found),
        "high" if "high" in levels else "low" if levels else "none",
    )


_SEVERAL = 2
