"""A document read sentence by sentence: pronouns resolved, lists tied to their lead-ins.

What one sentence leaves to the next is little: whom "they" means, and which lead-in an item of a
list hangs on. All of it is kept here, so that the rules see one sentence at a time.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from sco_research.coding.commitments import lists
from sco_research.coding.commitments.actions import is_operative
from sco_research.coding.commitments.clauses import clauses, predicates
from sco_research.coding.commitments.judge import judge_sentence, judge_whole
from sco_research.coding.commitments.lexicon import Lexicon
from sco_research.coding.commitments.lexicon_file import Act, Level
from sco_research.coding.commitments.occasions import is_meeting
from sco_research.coding.commitments.options import AUTOMATIC, DEFAULT, CommitmentOptions
from sco_research.coding.commitments.rules import RuleTable, parsed_rules
from sco_research.coding.commitments.sentence import (
    NO_ANTECEDENTS,
    SPEAKERS,
    Antecedents,
    ClauseType,
    Predicate,
    Role,
    Sentence,
    Subject,
)
from sco_research.coding.commitments.tagging import tag
from sco_research.coding.commitments.token_classes import (
    ANAPHOR,
    MEMBERS,
    RELATIVE_OR_THAT,
    TO_OR_THAT,
    WE,
)
from sco_research.coding.commitments.verdicts import Verdict, act_of, deciding
from sco_research.coding.foreign import foreign_language, mend
from sco_research.errors import CodebookError, ParameterError
from sco_research.organizations import Issuer, issuer
from sco_research.organizations.issuer import profiles_named
from sco_research.resources import data_path, read_file
from sco_research.text.document import Document
from sco_research.text.language import language_name
from sco_research.text.segments import SentenceSegment as Segment
from sco_research.text.segments import sentences_of

RULES_FILE = "commitment-rules.toml"


# A corpus is asked for its speech acts, then for its commitments, then to explain: each document is
# read once for all three, which makes the second frame of 71 documents four times as fast. The
# bound counts sentences, because documents differ.
_MAX_SENTENCES_KEPT = 20_000


class CodedSentence(NamedTuple):
    """A sentence with what the rules found in it.

    Attributes
    ----------
    segment : sco_research.text.segments.SentenceSegment
        Where it stands.
    sentence : Sentence
        Its tokens; for an item of a list those of the lead-in stand before them.
    lead : int
        How many of the tokens are the lead-in's.
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

    segment: Segment
    sentence: Sentence
    lead: int
    verdicts: tuple[Verdict, ...]
    act: Act
    deciding: Verdict | None
    strict: bool
    broad: bool
    binding: Level


def issuer_for(document: Document, organization: str = AUTOMATIC) -> Issuer:
    """Return who speaks in a document: as its metadata say, or as the options do.

    Parameters
    ----------
    document : Document
    organization : str
        Profiles' ids or a path, or "auto": the document's own issuer.

    Raises
    ------
    OrganizationError
        Where it is unknown.
    """
    if organization == AUTOMATIC:
        return issuer(document)
    return Issuer(profiles_named(organization), document.metadata.date)


@lru_cache(maxsize=32)
def rules_for(lexicon: Lexicon, source: str | Path | None = None) -> RuleTable:
    """Return the bundled rule table, or one by path, made ready for a codebook.

    Raises
    ------
    CodebookError
        Where the file is missing, or a row of it is faulty: the file, the row and the mend. The
        examples of a table of one's own are tried; those of the bundled one by the tests.
    """
    path = Path(source).expanduser() if source else data_path("codebooks", RULES_FILE)
    try:
        content = read_file(path)
    except OSError as fault:
        raise CodebookError(
            f"{path}: cannot be read ({fault.strerror or fault}); give the path of a TOML file"
        ) from fault
    table = RuleTable(parsed_rules(content, path.name), lexicon, path.name)
    if source:
        check_examples(table, lexicon)
    return table


def check_examples(table: RuleTable, lexicon: Lexicon) -> None:
    """Code the examples of every row, and raise where one is decided by other rows.

    Raises
    ------
    CodebookError
        For the first row whose example it does not decide, or whose counter-example it decides.
    """
    for row in table.content.rows:
        for text, wanted in ((row.example, True), (row.counter_example, False)):
            if not text:
                continue
            decided = deciding_rows(text, table, lexicon)
            if (row.id in decided) is not wanted:
                kind = "example" if wanted else "counter_example"
                does = "is decided by" if decided else "is decided by no row"
                raise CodebookError(
                    f"{table.file}, row {row.id!r}: its {kind} {text!r} {does} "
                    f"{', '.join(sorted(decided))}; change the {kind}, the conditions, or the "
                    "place of the row among the others"
                )


def deciding_rows(text: str, table: RuleTable, lexicon: Lexicon) -> set[str]:
    """Return the ids of the rows that decide what a text's verbs amount to."""
    document = Document.from_text(text, id="example", language="en")
    coder = _DocumentCoder(document, lexicon, table, DEFAULT)
    return {row for coded in coder.run() for verdict in coded.verdicts for row in verdict.rows}


class _Kept:
    """The documents coded last, as long as their sentences together stay within a bound."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._documents: OrderedDict[Hashable, tuple[CodedSentence, ...]] = OrderedDict()
        self._sentences = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[CodedSentence, ...] | None:
        """Return a document's coded sentences, or None where they are not kept."""
        with self._lock:
            if key not in self._documents:
                return None
            self._documents.move_to_end(key)
            return self._documents[key]

    def add(self, key: Hashable, sentences: tuple[CodedSentence, ...]) -> None:
        """Keep a document's coded sentences, and drop those asked for longest ago."""
        with self._lock:
            if key in self._documents:
                return
            self._documents[key] = sentences
            self._sentences += len(sentences)
            while self._sentences > self._bound and len(self._documents) > 1:
                _, dropped = self._documents.popitem(last=False)
                self._sentences -= len(dropped)


_kept = _Kept(_MAX_SENTENCES_KEPT)


def coded_sentences(
    document: Document, lexicon: Lexicon, options: CommitmentOptions = DEFAULT
) -> tuple[CodedSentence, ...]:
    """Return every sentence of a document with what the rules found in it.

    Raises
    ------
    ParameterError
        Where the document is not in English, the codebook's language.
    """
    key = (document, lexicon, options)
    if (kept := _kept.get(key)) is not None:
        return kept
    if language := foreign_language(document, "en"):
        raise ParameterError(
            f"document {document.id!r}: its language is {language_name(language)} ({language!r}), "
            "and the commitment rules read English only; give the English text" + mend(language)
        )
    speaking = lexicon.for_issuer(issuer_for(document, options.organization))
    table = rules_for(speaking, options.rules)
    coded = tuple(_DocumentCoder(document, speaking, table, options).run())
    _kept.add(key, coded)
    return coded


class _DocumentCoder:
    """Goes through one document, and keeps what one sentence leaves to the next."""

    def __init__(
        self, document: Document, lexicon: Lexicon, table: RuleTable, options: CommitmentOptions
    ) -> None:
        self.document = document
        self.lexicon = lexicon
        self.table = table
        self.options = options
        self.lead: Sentence | None = None
        self.lead_text = ""
        self.announced = False  # "agree on the following:"
        self.open = False  # whether the list may still go on
        self.item = 0  # the paragraph of its last item, which may have further sentences
        self.antecedents = NO_ANTECEDENTS
        self.paragraph = 0
        self.done = document.body[0]

    def run(self) -> Iterator[CodedSentence]:
        for segment in sentences_of(self.document):
            if segment.paragraph != self.paragraph:
                self.paragraph = segment.paragraph or 0
                # "It will revert to this matter." may be a paragraph of its own.
                self.antecedents = NO_ANTECEDENTS._replace(it=self.antecedents.it)
            coded = self._code(segment)
            self._keep(segment, coded)
            yield coded
            self.done = segment.end

    def _code(self, segment: Segment) -> CodedSentence:
        sentence = tag(segment.text, self.lexicon)
        if self.lead is not None and self._is_item(segment, sentence, self.lead):
            coded = self._as_item(segment, sentence, self.lead)
            self.item = self.paragraph if coded else self.item
            return coded or self._alone(segment, sentence)
        if self.lead is None or self.paragraph != self.item:
            self.lead, self.open = None, False
        return self._alone(segment, sentence)

    def _is_item(self, segment: Segment, sentence: Sentence, lead: Sentence) -> bool:
        marked = bool(self.document.text[self.done : segment.start].strip())
        if self.open or marked or segment.text[:1].islower():
            return True
        # Its sign may be lost with the layout: "Expand the exchange of experts."
        return self._is_awaited(sentence, lead)

    def _is_awaited(self, sentence: Sentence, lead: Sentence) -> bool:
        """Return whether the lead-in waits for a verb and the sentence opens with one."""
        waits = self.announced or lists.stops_within_the_verb(lead)
        return waits and lists.opens_with_verb(sentence) and is_operative(sentence)

    def _alone(self, segment: Segment, sentence: Sentence) -> CodedSentence:
        found = _predicates(sentence, self.antecedents)
        verdicts = judge_sentence(sentence, found, self.table, self.options)
        if not any(verdict.predicate.subject.role in SPEAKERS for verdict in verdicts):
            whole = self._whole(sentence, verdicts, "alone", self._act_as_said(sentence))
            verdicts = [whole] if whole else verdicts
        if verdicts and lists.says_nothing_alone(sentence):
            last = self._whole(sentence, verdicts, "lead-in")
            verdicts = [*verdicts[:-1], last or verdicts[-1]]
        return _coded(segment, sentence, 0, verdicts)

    def _whole(
        self, sentence: Sentence, verdicts: list[Verdict], place: str, act: Act | Literal[""] = ""
    ) -> Verdict | None:
        if not sentence.tags:
            return None
        return judge_whole(lists.Whole(sentence, verdicts, place, self.options, act), self.table)

    def _act_as_said(self, sentence: Sentence) -> Act | Literal[""]:
        """Return the act of "we welcome the plan" for a preamble's "Welcoming the plan,"."""
        said = lists.preamble_as_clause(sentence)
        if not said:
            return ""
        clause = tag(said, self.lexicon)
        verdicts = judge_sentence(clause, _predicates(clause), self.table, self.options)
        main = [one for one in verdicts if one.predicate.clause_type is ClauseType.MAIN]
        return act_of(main, committed=False)

    def _as_item(
        self, segment: Segment, sentence: Sentence, lead: Sentence
    ) -> CodedSentence | None:
        """Code an item as though its lead-in stood before it; None where it stands alone."""
        if "list lead-ins" in self.options.without:
            return None
        told = lists.opens_with_past(sentence)  # "Leaders: – endorsed …"
        if lists.names_only_speakers(lead) and not told:
            return None
        own = _predicates(sentence, self.antecedents)
        subjects = any(
            predicate.clause_type is ClauseType.MAIN
            and predicate.subject.end > predicate.subject.start
            for predicate in own
        )
        if subjects and not self._is_awaited(sentence, lead):
            return None
        if self.announced and lists.opens_with_verb(sentence):
            if lists.speaks_for_itself(sentence, self.lexicon):
                return None
            item = self._whole(sentence, [], "announced item")
            return _coded(segment, sentence, 0, [item] if item else [])
        if told or sentence.tags[:1] in TO_OR_THAT or lists.stops_within_the_verb(lead):
            # "decide: – to open …", "agree to: – open …": the sign stands within the verb group;
            # "resolve: – that the Bureau shall …": before its object.
            # "will: – Noting the floods, raise dykes": what comes before its verb is inserted.
            sign = "," if lists.opens_with_insertion(lead, sentence) else ""
            lead = tag(lists.without_sign(self.lead_text) + sign, self.lexicon)
        whole = lead + sentence
        size = len(lead.tags)
        verdicts = [
            verdict
            for verdict in judge_sentence(whole, _predicates(whole), self.table, self.options)
            if verdict.predicate.stop > size
        ]
        return _coded(segment, whole, size, verdicts) if verdicts else None

    def _keep(self, segment: Segment, coded: CodedSentence) -> None:
        """Keep what the next sentence may need."""
        text = segment.text.rstrip()
        if text.endswith((":", ": –", ":–", "…")) and coded.lead == 0:
            self.lead, self.lead_text, self.open, self.item = coded.sentence, text, True, 0
            self.announced = lists.announces_undertakings(
                coded.verdicts, coded.sentence, self.lexicon
            )
        elif self.lead is not None:
            self.open = text.endswith((";", ",", "; and", ", and", ":"))
        self.antecedents = _antecedents(coded, self.antecedents)


def _predicates(sentence: Sentence, antecedents: Antecedents = NO_ANTECEDENTS) -> list[Predicate]:
    return predicates(clauses(sentence, antecedents), len(sentence.tags))


def _antecedents(coded: CodedSentence, before: Antecedents) -> Antecedents:
    """Return whom "they" and "it" mean after a sentence: the subject of its first main clause."""
    sentence = coded.sentence
    for verdict in coded.verdicts:
        subject = verdict.predicate.subject
        main = verdict.predicate.clause_type is ClauseType.MAIN
        if not main or subject.end <= subject.start:
            continue
        if sentence.tags[subject.start] in ANAPHOR:
            return before
        speaks = subject.role in SPEAKERS or is_meeting(sentence, subject)
        plural = sentence.words[subject.end - 1].endswith("s")
        words = set(sentence.words[subject.start : subject.end])
        role = _restricted(sentence, subject, words)
        named = speaks or role is not Role.THING or plural
        collective = not words.isdisjoint(sentence.lexicon.sets["singular_collectives"])
        singular = collective or not words.isdisjoint(sentence.lexicon.own_names)
        named = named and sentence.tags[subject.start] != WE  # no "they" takes up "we"
        return Antecedents(
            they=(Role.MEMBERS if speaks else role) if named else before.they,
            it=Role.MEMBERS if subject.role is Role.MEMBERS and singular else Role.IT,
        )
    return before


def _restricted(sentence: Sentence, subject: Subject, words: set[str]) -> Role:
    """Return who a subject is where its relative clause hides its head: "those states that …"."""
    first = sentence.words[subject.start]
    if subject.role is not Role.THING or first not in sentence.lexicon.sets["restricting"]:
        return subject.role
    tags = sentence.tags[subject.start : subject.end]
    if RELATIVE_OR_THAT.isdisjoint(tags):
        return subject.role
    ours = MEMBERS in tags or not words.isdisjoint(sentence.lexicon.own_names)
    return Role.SUBSET if ours else Role.PARTY


def _coded(
    segment: Segment, sentence: Sentence, lead: int, verdicts: list[Verdict]
) -> CodedSentence:
    found = [verdict for verdict in verdicts if verdict.status != "out"]
    levels = [verdict.binding for verdict in found]
    return CodedSentence(
        segment=segment,
        sentence=sentence,
        lead=lead,
        verdicts=tuple(verdicts),
        act=act_of(verdicts, committed=bool(found)),
        deciding=deciding(verdicts) if verdicts else None,
        strict="strict" in [verdict.status for verdict in found],
        broad=bool(found),
        binding="high" if "high" in levels else "low" if levels else "none",
    )
