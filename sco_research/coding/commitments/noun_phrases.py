"""Noun phrases: where one begins, which word is its head, and who it is."""

from typing import NamedTuple

from sco_research.coding.commitments.roles import role_of
from sco_research.coding.commitments.sentence import Antecedents, Clause, Role, Sentence, Subject
from sco_research.coding.commitments.token_classes import (
    CLOSING_SIGN,
    COMMA,
    CONJUNCTION,
    DETERMINER,
    ENDS_NOUN_PHRASE,
    IN_NOUN_PHRASE,
    IT,
    MEMBERS,
    NOMINAL,
    NOUN_OR_MEMBERS,
    OPENING,
    OPENING_SIGN,
    PHRASE_HEAD,
    PREPOSITION,
    PREPOSITION_OR_TO,
    PRESENT_FORM,
    PRONOUN,
    THERE,
    THEY,
    TO_DETERMINER,
    VERB_FORM,
    WE,
)
from sco_research.coding.commitments.verb_groups import before_adverbs

_FARTHEST_SUBJECT = 60
# "For those G7 and guest members with ports, we …".
_FRONTED = 6


class NounPhrase(NamedTuple):
    """A noun phrase: its first token and its head."""

    start: int
    head: int


class Parse(NamedTuple):
    """A sentence while its clauses are looked for, from left to right.

    Attributes
    ----------
    sentence : Sentence
    antecedents : Antecedents
        Whom the sentences before let the pronouns mean.
    found : list of Clause
        The clauses to the left, in order; `clauses.clauses` adds to it.
    mains : list of int
        The numbers of the main clauses among them.
    """

    sentence: Sentence
    antecedents: Antecedents
    found: list[Clause]
    mains: list[int]

    @property
    def last_main(self) -> int:
        """The number of the last main clause to the left, or -1."""
        return self.mains[-1] if self.mains else -1


def noun_phrase_before(sentence: Sentence, left: int) -> NounPhrase:
    """Return the noun phrase that ends at a token.

    A prepositional phrase at its end belongs to it: "the work of the member states" has the
    head "work".
    """
    words = sentence.words
    tags = sentence.tags
    inner: NounPhrase | None = None
    index = left
    limit = max(0, left - _FARTHEST_SUBJECT)
    while True:
        end = index
        if tags[index] in PRONOUN:
            return (
                inner
                if inner and sentence.tags[inner.head] == MEMBERS
                else NounPhrase(index, index)
            )
        while (
            index >= limit
            and tags[index] in IN_NOUN_PHRASE
            and (tags[index] not in PRESENT_FORM or may_join_noun_phrase(sentence, index))
        ):
            index -= 1
        while index >= limit and tags[index] == DETERMINER:
            index -= 1
            if (
                index >= limit
                and tags[index] in NOUN_OR_MEMBERS
                and words[index + 1] in sentence.lexicon.sets["apostrophes"]
            ):
                while index >= limit and tags[index] in NOUN_OR_MEMBERS:
                    index -= 1
        start = index + 1
        head = _head_of(sentence, start, end)
        # "the parties to the treaty": this "to" stands before a noun.
        until = words[index] == "until" and words[index + 1].isdigit()
        links = index > 0 and (
            tags[index] == PREPOSITION or tags[index : index + 2] == TO_DETERMINER or until
        )
        if index < limit or not links:
            opening_adjunct = index == 0 and tags[0] == PREPOSITION
            return inner if inner and opening_adjunct else NounPhrase(start, head)
        inner = inner or NounPhrase(start, head)
        index -= 1
        if tags[index] == CONJUNCTION and words[index + 1] == "of":
            index -= 1  # "of a centre and of a network"
        if tags[index] not in NOMINAL:
            return inner


def may_join_noun_phrase(sentence: Sentence, index: int) -> bool:
    """Return whether a token may belong to the noun phrase after it, which no finite verb does."""
    if sentence.tags[index] not in PRESENT_FORM:
        return True
    base = sentence.lexicon.forms.get(sentence.words[index], ("", ""))[0]
    return base in sentence.lexicon.sets["nouns_too"]


def _head_of(sentence: Sentence, start: int, end: int) -> int:
    for index in range(end, start - 1, -1):
        if (
            sentence.tags[index] in PHRASE_HEAD
            and sentence.words[index] not in sentence.lexicon.sets["after_the_head"]
        ):
            return index
    return end


def role_of_phrase(parse: Parse, start: int, head: int) -> Role:
    """Return who a noun phrase or a pronoun is."""
    tag = parse.sentence.tags[head]
    if parse.sentence.words[head] == "us":
        words = parse.sentence.words[max(0, start - 2) : head + 1]
        if words[1:] == ("of", "us") and words[0] in parse.sentence.lexicon.sets["all_of_us"]:
            return Role.MEMBERS
    if tag == WE:
        return Role.SUBSET if _is_for_some(parse.sentence, head) else Role.MEMBERS
    if tag == THEY:
        return parse.antecedents.they
    if tag == IT:
        return _referent_of_it(parse)
    if tag == THERE:
        return Role.THERE
    return role_of(parse.sentence, start, head)


def _is_for_some(sentence: Sentence, head: int) -> bool:
    """Return whether "we" are the members named before: "For those members with ports, we"."""
    tags, words, sets = sentence.tags, sentence.words, sentence.lexicon.sets
    if tags[head - 1 : head] != COMMA or words[0] not in sets["for_some"]:
        return False
    some = tags[1] == MEMBERS and words[1] in sets["subsets"]
    return some or (words[1] in sets["restricting"] and MEMBERS in tags[2:_FRONTED])


def _referent_of_it(parse: Parse) -> Role:
    """Return whom "it" means: the organization, where it spoke in the clause before."""
    subject = parse.found[-1].subject if parse.found else None
    if subject is not None and subject.role is Role.MEMBERS:
        words = set(parse.sentence.words[subject.start : subject.end])
        if not words.isdisjoint(
            parse.sentence.lexicon.sets["collectives"] | parse.sentence.lexicon.own_names
        ):
            return Role.MEMBERS
    return parse.antecedents.it


def opening_bracket(sentence: Sentence, closing: int) -> int:
    """Return the index of the bracket that a closing one belongs to."""
    for index in range(closing - 1, -1, -1):
        if sentence.tags[index] == OPENING:
            return index
    return closing


def is_object(sentence: Sentence, start: int) -> bool:
    """Return whether a noun phrase stands right after a verb, as its object."""
    before = before_adverbs(sentence, start - 1)
    return before >= 0 and sentence.tags[before] in VERB_FORM and before + 1 == start


def is_reduced_relative(sentence: Sentence, at: int) -> bool:
    """Return whether a participle only modifies: "the parties met by crises in the past will …"."""
    sets = sentence.lexicon.sets
    words = sentence.words
    if sentence.tags[at + 1 : at + 2] not in PREPOSITION_OR_TO:
        return False
    base = sentence.lexicon.forms.get(words[at], ("", ""))[0]
    return (
        words[at + 1] in sets["reduced_relative_prepositions"] and base not in sets["never_reduced"]
    )


def is_past_of_subject(sentence: Sentence, at: int, subject: Subject) -> bool:
    """Return whether a form is the members' past: "the Parties, meeting here, noted …"."""
    known = sentence.words[at] in sentence.lexicon.forms
    return known and subject.role is Role.MEMBERS and sentence.tags[at + 1 : at + 2] != PREPOSITION


def has_comma_before(sentence: Sentence, index: int) -> bool:
    """Return whether a comma, a bracket or a dash stands right before a token."""
    return sentence.tags[index - 1 : index] in CLOSING_SIGN


def comma_after(sentence: Sentence, index: int) -> int | None:
    """Return the index of the comma after a noun phrase and its prepositional phrases."""
    tags = sentence.tags
    for later in range(index + 1, min(len(tags), index + 25)):
        if tags[later] in OPENING_SIGN:
            return later
        if tags[later] in ENDS_NOUN_PHRASE:
            return None
    return None
