"""The clauses of a sentence: every finite verb with its subject, its mood and what hangs on it.

A finite verb is looked for from left to right, and its subject to its left: a noun phrase or a
pronoun right before it, the subject of the verb before it where a conjunction stands there
("reaffirm … and will continue …"), nobody where it opens the sentence ("Decides to …"). What
follows "which", "if" or a participle is marked as subordinate: it never decides.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.noun_phrases import (
    NounPhrase,
    Parse,
    comma_after,
    has_comma_before,
    is_object,
    is_past_of_subject,
    is_reduced_relative,
    may_join_noun_phrase,
    noun_phrase_before,
    opening_bracket,
    role_of_phrase,
)
from sco_research.coding.commitments.sentence import (
    NO_ANTECEDENTS,
    SPEAKERS,
    Antecedents,
    Clause,
    ClauseType,
    Predicate,
    Role,
    Sentence,
    Subject,
    VerbGroup,
)
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    AFTER_APPOSITION,
    AFTER_INVERSION,
    AFTER_OPENING_PHRASE,
    AUXILIARY,
    BASE_FORM,
    BEFORE_ADJECTIVE_CLAUSE,
    BEFORE_SUBJECT,
    CLAUSE_OPENER,
    CLOSING,
    COMMA,
    COMMA_CONJUNCTION,
    CONJUNCTION,
    CONJUNCTION_DETERMINER,
    COORDINATING,
    DETERMINER,
    DETERMINER_BASE_FORM,
    DO,
    ENDS_ADJUNCT,
    ENDS_SUBJECT,
    FINITE_BE,
    FINITE_FORM,
    GERUND,
    HAVE,
    IN_NOUN_PHRASE,
    INFINITIVE,
    INVERTIBLE,
    IT,
    JOINS_MAIN,
    MEMBERS,
    MODAL_BE_HAVE,
    MODAL_DUTY,
    MODAL_POSSIBILITY,
    MODAL_WILL,
    MODIFIES_NEXT,
    NEVER_IMPERATIVE,
    NOMINAL,
    NONFINITE_BE,
    NOUN,
    NOUN_OR_MEMBERS,
    NOUN_OR_THIRD_PERSON,
    NOUN_PHRASE,
    OPENING_BREAK,
    OPENING_PHRASE,
    OPENING_WORD,
    OPENS_NO_SUBJECT,
    OPENS_PARENTHESIS,
    PARTED_FROM_SUBJECT,
    PAST_FORM,
    PERSONAL_PRONOUN,
    PREDICATE_AFTER_NOUN,
    PREPOSITION,
    PRESENT_FORM,
    PRONOUN,
    PUNCTUATION,
    RELATIVE,
    RELATIVE_OR_THAT,
    SEMICOLON,
    SPEAKER,
    START,
    SUBORDINATING,
    SUBORDINATOR,
    THAT,
    THEY,
    THIRD_PERSON,
    TO,
    TO_BE,
    TO_OR_DETERMINER,
    WE,
)
from sco_research.coding.commitments.verb_groups import (
    before_adverbs,
    has_open_infinitive,
    is_attitude_verb,
    is_noun,
    is_noun_will,
    is_singular,
    verb_group,
)

_FINITE = re.compile(
    # An auxiliary that no "to" and no article stands before.
    f"(?<![{TO}{DETERMINER}])[{MODAL_WILL}{MODAL_DUTY}{MODAL_POSSIBILITY}{FINITE_BE}{HAVE}{DO}]"
    # A verb of the codebook, not after "to", an article, a preposition or an auxiliary.
    f"|(?<![{TO}{DETERMINER}{PREPOSITION}{MODAL_WILL}{MODAL_DUTY}{MODAL_POSSIBILITY}{FINITE_BE}"
    f"{NONFINITE_BE}{HAVE}{DO}])[{BASE_FORM}{THIRD_PERSON}{PAST_FORM}]"
    # The same after "this" or "these" where a clause begins.
    rf"|(?:(?<=\A{DETERMINER})|(?<=[{COMMA}{SEMICOLON}{CONJUNCTION}]{DETERMINER}))"
    f"[{BASE_FORM}{THIRD_PERSON}]"
    # A word that the codebook does not know, with an object: joined, or after the members.
    f"|(?<=[{CONJUNCTION}{MEMBERS}{WE}{THEY}{ADVERB}]){NOUN}"
    f"(?:(?<={CONJUNCTION}{NOUN})(?=[{DETERMINER}{MEMBERS}])"
    f"|(?:(?<=[{MEMBERS}{WE}{THEY}]{NOUN})|(?<=[{MEMBERS}{WE}{THEY}]{ADVERB}{NOUN}))"
    f"(?=[{DETERMINER}{ADVERB}{NOUN}{GERUND}{PAST_FORM}]))"
)
_RELATIVE_OR_THAT = re.compile(f"[{RELATIVE}{THAT}]")
_LEAST_CLAUSE = 4


_WHO_ACTED = frozenset({Role.MEMBERS, Role.ORGAN, Role.SUBSET, Role.IT})


class Attachment(NamedTuple):
    """Where a clause stands, and the number of the clause that governs it, else -1."""

    type: ClauseType
    governor: int = -1


_MAIN = Attachment(ClauseType.MAIN)
_SUBORDINATE = Attachment(ClauseType.SUBORDINATE)


class Link(NamedTuple):
    """A subject with the attachment of its clause."""

    subject: Subject
    type: ClauseType
    governor: int = -1


def clauses(sentence: Sentence, antecedents: Antecedents = NO_ANTECEDENTS) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in the order of their finite verbs.

    Parameters
    ----------
    sentence : Sentence
    antecedents : Antecedents
        Whom the sentences before let "they" and "it" mean.
    """
    parse = Parse(sentence, antecedents, found=[], mains=[])
    done = 0
    for match in _FINITE.finditer(sentence.tags):
        at = match.start()
        if at < done:
            continue
        clause = _clause_at(parse, at)
        if clause is not None:
            if clause.type is ClauseType.MAIN:
                parse.mains.append(len(parse.found))
            parse.found.append(clause)
            done = clause.verb.end
    return tuple(parse.found)


def _next_main_starts(found: Sequence[Clause], total: int) -> list[int]:
    """Return, for each clause, where the next main clause begins, or the sentence's end."""
    starts, following = [], total
    for clause in reversed(found):
        starts.append(following)
        if clause.type is ClauseType.MAIN:
            following = clause.start
    return starts[::-1]


def predicates(found: Sequence[Clause], total: int) -> list[Predicate]:
    """Return the predicate of each clause, reaching to the next one of its level or above.

    Parameters
    ----------
    found : sequence of Clause
        The clauses of a sentence, in order.
    total : int
        How many tokens it has.
    """
    result = []
    next_main = _next_main_starts(found, total) if len(found) > 1 else [total]
    for number, clause in enumerate(found):
        stop = next_main[number]
        if clause.type is not ClauseType.MAIN:
            for place in range(number + 1, len(found)):
                if found[place].start > clause.start:
                    stop = min(stop, found[place].start)
                    break
        verb = clause.verb
        one = Predicate(
            clause.subject, clause.type, clause.governor, verb.modal, verb.base, verb.tense,
            verb.passive, verb.negated, verb.progressive, clause.start, verb.verb_at, verb.end,
            stop,
        )  # fmt: skip
        result.append(one)
    return result


def _clause_at(parse: Parse, at: int) -> Clause | None:
    """Return the clause whose finite verb begins at a token; None where it is no finite verb."""
    tags = parse.sentence.tags
    tag = tags[at]
    if tag == NOUN and tags[at - 1] == CONJUNCTION:
        return _under_modal(parse, at)
    if tag == NOUN and not _is_uncoded_verb(parse.sentence, at):
        return None
    if tag == MODAL_WILL and is_noun_will(parse.sentence, at):
        return None
    if tag == MODAL_WILL and tags[at + 1 : at + 2] in PERSONAL_PRONOUN and at:
        return _inverted(parse, at)
    left = at - 1
    if left >= 0 and tags[left] in BEFORE_ADJECTIVE_CLAUSE:
        left = before_adverbs(parse.sentence, left)
    before = tags[left] if left >= 0 else START
    if before == DETERMINER and _is_demonstrative_subject(parse.sentence, at, left):
        before = IT
    if before in TO_OR_DETERMINER or (before == PREPOSITION and tag in FINITE_FORM):
        return None
    if before in AUXILIARY and tag in FINITE_FORM:
        return None
    link = _subject_of(parse, at, left, before)
    if link is None:
        return None
    verb = verb_group(parse.sentence, at)
    carried = _carried_modal(parse, at, before, link.subject)
    if carried:
        verb = verb._replace(modal=carried, tense="modal")
    return Clause(link.subject, link.type, link.governor, start=at, verb=verb)


def _is_demonstrative_subject(sentence: Sentence, at: int, left: int) -> bool:
    """Return whether "this" or "these" is the subject itself: "This requires joint work"."""
    sets, words = sentence.lexicon.sets, sentence.words
    return words[left] in sets["demonstrative_subjects"] and words[at] in sets["stative"]


def _inverted(parse: Parse, at: int) -> Clause:
    """Return the clause of a modal before its subject: "under no circumstances will we allow"."""
    sentence = parse.sentence
    verb = verb_group(sentence, at, after=at + 2)
    opening = sentence.words[max(sentence.tags.rfind(SEMICOLON, 0, at), 0) : at]
    denies = sentence.lexicon.sets["negations"] | sentence.lexicon.sets["each"]
    role = role_of_phrase(parse, at + 1, at + 1)
    return Clause(
        Subject(role, at + 1, at + 2, pronoun=True), ClauseType.MAIN, governor=-1, start=at,
        verb=verb._replace(negated=verb.negated or not denies.isdisjoint(opening)),
    )  # fmt: skip


def _is_uncoded_verb(sentence: Sentence, at: int) -> bool:
    """Return whether a word that is no verb of the codebook is one here: "the members resist …"."""
    words = sentence.words
    actor = words[before_adverbs(sentence, at - 1)]
    singular = actor in sentence.lexicon.own_names or actor in sentence.lexicon.sets["collectives"]
    return (
        not singular
        and may_be_verb(words[at], sentence.lexicon.inflection)
        and not is_noun(sentence, at)
    )


def _under_modal(parse: Parse, at: int) -> Clause | None:
    """Return the clause of a base form that the modal before reaches: "will oppose and prevent"."""
    words = parse.sentence.words
    last = parse.found[-1] if parse.found else None
    if (
        last is None
        or last.verb.modal not in parse.sentence.lexicon.sets["modals_of_will"]
        or last.type is not ClauseType.MAIN
    ):
        return None
    if last.subject.role not in SPEAKERS or not may_be_verb(
        words[at], parse.sentence.lexicon.inflection
    ):
        return None
    verb = VerbGroup(last.verb.modal, words[at], tense="modal", verb_at=at, end=at + 1)
    return Clause(last.subject, ClauseType.MAIN, governor=-1, start=at, verb=verb)


def _carried_modal(parse: Parse, at: int, before: str, subject: Subject) -> str:
    """Return the modal that reaches over a conjunction: "will oppose … and support …"."""
    last = parse.found[-1] if parse.found else None
    joined = before == CONJUNCTION or before in PUNCTUATION
    if (
        last is None
        or not joined
        or parse.sentence.tags[at] != BASE_FORM
        or is_attitude_verb(parse.sentence, at)
    ):
        return ""
    return last.verb.modal if last.subject == subject and last.type is ClauseType.MAIN else ""


def _subject_of(parse: Parse, at: int, left: int, before: str) -> Link | None:
    """Return the subject of a finite verb by what stands to its left."""
    tag = parse.sentence.tags[at]
    if before == START:
        return _unstated_subject(parse.sentence, at)
    if before == RELATIVE or (before == THAT and tag != PAST_FORM):
        return Link(Subject(Role.THING, left, left + 1), ClauseType.SUBORDINATE)
    if before == SUBORDINATOR:
        return None
    if before in PRONOUN or before in IN_NOUN_PHRASE:
        return _subject_after_noun_phrase(parse, at, left)
    if before in PUNCTUATION or before == CONJUNCTION:
        return _subject_after_break(parse, at, left)
    return None


def _unstated_subject(sentence: Sentence, at: int) -> Link | None:
    """Return nobody as the subject of a verb that opens its sentence: "Decides to …"."""
    tags = sentence.tags
    tag = tags[at]
    following = tags[at + 1 : at + 2]
    hereby = at > 0 and sentence.words[at - 1] == "hereby"
    ends_subject = not following or following in PREDICATE_AFTER_NOUN
    noun = not hereby and is_noun(sentence, at) and (tag == BASE_FORM or ends_subject)
    if tag == PAST_FORM or (tag in PRESENT_FORM and noun):
        return None
    if tag in INVERTIBLE and following in AFTER_INVERSION:
        return None
    return Link(Subject(Role.IMPLIED, at, at), ClauseType.MAIN)


def _subject_after_noun_phrase(parse: Parse, at: int, left: int) -> Link | None:
    """Return the noun phrase before a verb as its subject; None where the verb is none."""
    tags = parse.sentence.tags
    tag = tags[at]
    if tag in PRESENT_FORM and _ends_a_name(parse.sentence, at):
        return None
    start, head = noun_phrase_before(parse.sentence, left)
    if parse.found and start < parse.found[-1].verb.end and tag in PRESENT_FORM:
        # "exchanged views": what stands right after a verb is its object.
        return None
    role = role_of_phrase(parse, start, head)
    which = _antecedent_of_relative(parse, at, start)
    opens = _opening_antecedent(parse, at, start)
    if opens is not None:
        subject = Subject(role_of_phrase(parse, *opens), opens.start, opens.head + 1)
        return Link(subject, ClauseType.MAIN)
    if which is not None:
        start, head = which
        role = role_of_phrase(parse, start, head)
    if role in (Role.PARTY, Role.THING):
        outer = _modified_noun_phrase(parse.sentence, start)
        if outer is None and not parse.found and _heads_a_list(parse, start):
            outer = NounPhrase(0, _first_head(parse.sentence))
        if outer is not None:
            start, head = outer
            role = role_of_phrase(parse, start, head)
    if not _may_be_verb_of(parse.sentence, at, role, head):
        return None
    attachment = _attachment_of(parse, start)
    main = attachment.type is ClauseType.MAIN
    object_of_another = role is Role.THING and main and is_object(parse.sentence, start)
    if object_of_another and tag in FINITE_FORM:
        # "welcome the progress made": no subject, hence no verb of its own.
        return None
    pronoun = tags[head] in PERSONAL_PRONOUN
    subject = Subject(role, start, left + 1 if head < left else head + 1, pronoun)
    return Link(subject, *attachment)


def _may_be_verb_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    """Return whether a form may be the finite verb of the noun phrase before it, and no noun."""
    tag = sentence.tags[at]
    if tag == BASE_FORM:
        return _may_be_base_form_of(sentence, at, role, head)
    if tag == THIRD_PERSON:
        return _may_be_third_person_of(sentence, at, role)
    return tag != PAST_FORM or _may_be_past_of(sentence, at, role, head)


def _may_be_base_form_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    sets, word = sentence.lexicon.sets, sentence.words[at]
    if sentence.words[head] in sets["organization"]:
        return False
    if role in (Role.MEMBERS, Role.SUBSET) or word in sets["stative"]:
        return True
    # "mutual support": a noun; "all states support" asserts nothing that is coded.
    acts = word not in sets["nouns_too"] and role in (Role.PARTY, Role.ORGAN)
    several = sentence.words[head].endswith("s")  # "an urgent need to be heard"
    return acts or (several and _needs_to_be_done(sentence, at))


def _may_be_third_person_of(sentence: Sentence, at: int, role: Role) -> bool:
    stative = sentence.words[at] in sentence.lexicon.sets["stative"]
    # "action needs to be taken"; else a verb's form after such a noun is a noun itself.
    work = role is Role.WORK and sentence.tags[at + 1 : at + 2] != TO
    if (work or role is Role.SUBSET) and not stative:
        return False
    thing = role in (Role.THING, Role.PARTY)
    return not (thing and is_noun(sentence, at)) or _needs_to_be_done(sentence, at)


def _may_be_past_of(sentence: Sentence, at: int, role: Role, head: int) -> bool:
    word = sentence.words[at]
    known = word in sentence.lexicon.forms and role is Role.PARTY
    if role not in _WHO_ACTED and not known:
        return False
    modifies = is_reduced_relative(sentence, at) or word in sentence.lexicon.sets["after_the_head"]
    return sentence.tags[head] in PERSONAL_PRONOUN or not modifies


def _ends_a_name(sentence: Sentence, at: int) -> bool:
    """Return whether a word ends a name before it: "our National Water Plans"."""
    before, word = sentence.raw[at - 1], sentence.raw[at]
    titled = before.istitle() and word.istitle() and sentence.tags[at - 1] == NOUN
    base = sentence.lexicon.forms.get(sentence.words[at], ("", ""))[0]
    return titled and base in sentence.lexicon.sets["nouns_too"]


def _needs_to_be_done(sentence: Sentence, at: int) -> bool:
    """Return whether a word is a verb of need before a passive: "the dykes need to be raised"."""
    base = sentence.lexicon.forms.get(sentence.words[at], ("", ""))[0]
    needs = base in sentence.lexicon.sets["verbs.requirement"]
    return needs and sentence.tags[at + 1 : at + 3] == TO_BE


def _subject_after_break(parse: Parse, at: int, left: int) -> Link | None:
    """Return the subject of a verb after a comma, a conjunction or a bracket."""
    tags = parse.sentence.tags
    tag = tags[at]
    if tags[left] == CLOSING:
        before = opening_bracket(parse.sentence, left) - 1
        if before >= 0 and tags[before] in NOMINAL:
            return _subject_after_noun_phrase(parse, at, before)
    last = _clause_joined(parse, at, left)
    lower = last.verb.end if last is not None else 0
    that = _open_that(parse, left)
    if that is not None and that >= lower and _awaits_verb(tags, that, left):
        # "note that the prices, as well as the charges, continue to …"
        subject = Subject(_role_after_that(parse, that), that + 1, left)
        return Link(subject, *_type_after_that(parse, that, left + 1))
    waiting = _waiting_subject(parse, lower, left)
    if waiting is not None:
        if tag == PAST_FORM and not is_past_of_subject(parse.sentence, at, waiting.subject):
            return None
        if tag in PRESENT_FORM and waiting.subject.role not in (
            Role.MEMBERS,
            Role.SUBSET,
            Role.ORGAN,
        ):
            return None
        return waiting
    inserted = _subject_before_insertion(parse, at, left, lower)
    if inserted is not None:
        return inserted
    if tag in PRESENT_FORM and is_noun(parse.sentence, at):
        return None
    if last is None:
        # "In this regard, reaffirm …"; a past form here is a participle.
        opens = (
            tags[left] in OPENING_BREAK
            and tag != PAST_FORM
            and not has_open_infinitive(parse.sentence, 0, at)
        )
        is_state = (
            tag == FINITE_BE or parse.sentence.words[at] in parse.sentence.lexicon.sets["stative"]
        )
        if tags[0] in OPENING_WORD or (tags[0] == GERUND and is_state):
            # "Threats – old ones, new ones – have become …"
            return Link(Subject(Role.THING, 0, left), ClauseType.MAIN)
        if not opens or tag in NEVER_IMPERATIVE:
            return None
        return Link(Subject(Role.IMPLIED, at, at), ClauseType.MAIN)
    return _coordinated_subject(parse.sentence, at, left, last)


def _awaits_verb(tags: str, that: int, left: int) -> bool:
    """Return whether a clause of content after "that" has no verb up to a token."""
    relative = that > 0 and tags[that - 1] in NOUN_OR_MEMBERS
    verb = tags[that + 1] == PAST_FORM or NONFINITE_BE in tags[that:left]
    # "recognize that the lack of roads constrains growth, and will …": its verb is not coded.
    coordinated = (
        tags[left - 1 : left + 1] == COMMA_CONJUNCTION and COMMA not in tags[that : left - 1]
    )
    return not (relative or verb or coordinated)


def _role_after_that(parse: Parse, that: int) -> Role:
    """Return who the noun phrase right after "that" is."""
    tags = parse.sentence.tags
    if tags[that + 1] in PRONOUN:
        return role_of_phrase(parse, that + 1, that + 1)
    head = that
    while (
        head + 1 < len(tags)
        and tags[head + 1] in NOUN_PHRASE
        and may_join_noun_phrase(parse.sentence, head + 1)
    ):
        head += 1
    return role_of_phrase(parse, that + 1, head) if head > that else Role.THING


def _subject_before_insertion(parse: Parse, at: int, left: int, lower: int) -> Link | None:
    """Return the subject that an insertion parts from its verb: "the forum, held here, will"."""
    sentence = parse.sentence
    tags = sentence.tags
    if tags[left] != COMMA or tags[at] not in PARTED_FROM_SUBJECT or not parse.found:
        return None
    comma = tags.rfind(COMMA, lower, left)
    participle = sentence.words[comma + 1] in sentence.lexicon.inflection.participles
    if comma <= lower or not (participle or tags[comma + 1] in OPENS_PARENTHESIS):
        return None
    if tags[comma - 1] not in ENDS_SUBJECT:
        return None
    start, head = noun_phrase_before(sentence, comma - 1)
    if start < lower:
        return None
    last = parse.found[-1]
    believed = (
        last.type is ClauseType.MAIN
        and start == lower
        and last.verb.base in sentence.lexicon.sets["believing"]
    )
    if believed:
        # "expect Ruritania, in accordance with the treaty, will": "that" is left out.
        subject = Subject(role_of_phrase(parse, start, head), start, head + 1)
        return Link(subject, ClauseType.THAT, parse.last_main)
    if tags[start - 1] not in CLAUSE_OPENER:
        return None
    attachment = _attachment_of(parse, start)
    subject = Subject(role_of_phrase(parse, start, head), start, head + 1)
    return Link(subject, *attachment)


def _coordinated_subject(sentence: Sentence, at: int, left: int, last: Clause) -> Link | None:
    """Return the subject of the clause that a verb joins; None where the two do not agree."""
    tags = sentence.tags
    tag = tags[at]
    if tag == THIRD_PERSON and not (last.verb.tense == "present" and is_singular(sentence, last)):
        return None
    if tag == PAST_FORM and last.verb.tense not in {"past", "perfect"}:
        return None
    if tag == BASE_FORM:
        if last.verb.tense == "present" and is_singular(sentence, last):
            return None
        if last.verb.tense in {"past", "perfect"} and not (
            last.subject.pronoun or is_attitude_verb(sentence, at)
        ):
            return None
        # "to reduce inequality, value diversity and …": only "and" leads back from an infinitive.
        attitude = is_attitude_verb(sentence, at) and tags[left] != COMMA
        if has_open_infinitive(sentence, last.verb.end, at) and not attitude:
            after_comma = tags[left] == CONJUNCTION and tags[left - 1 : left] == COMMA
            if not after_comma:
                return None
    return Link(last.subject, last.type, last.governor)


def _attachment_of(parse: Parse, start: int) -> Attachment:
    """Return which type of clause a subject opens, by the token before it."""
    tags = parse.sentence.tags
    before = before_adverbs(parse.sentence, start - 1)
    tag = tags[before] if before >= 0 else START
    if tag in NOUN_OR_THIRD_PERSON and _is_contact_clause(parse, start):
        return _SUBORDINATE
    if tag == CLOSING:
        before = opening_bracket(parse.sentence, before) - 1
        tag = tags[before] if before >= 0 else START
    if tag in SUBORDINATING or (tag == PREPOSITION and parse.sentence.words[before] == "as"):
        return _SUBORDINATE
    if tag == THAT:
        return _type_after_that(parse, before, start)
    that = _open_that(parse, before)
    if that is not None:
        return _type_after_that(parse, that, start)
    if tag in COORDINATING and parse.found and parse.found[-1].type is not ClauseType.MAIN:
        last = parse.found[-1]
        # "that A will …, and B will …": still inside, unless a semicolon came between, or the
        # speakers begin anew: "recognize that A is B, and we will …".
        anew = (
            tags[start] in PERSONAL_PRONOUN
            and last.governor >= 0
            and tags[start] == tags[max(parse.found[last.governor].subject.start, 0)]
            and not last.subject.pronoun
        )
        if (
            last.type is ClauseType.THAT
            and tag == CONJUNCTION
            and not (anew or _undertakes_beside(parse, last, before, start))
        ):
            return Attachment(ClauseType.THAT, last.governor)
    if tag == COMMA and before > 0:
        return _type_after_comma(parse, before, start)
    return _MAIN


def _is_contact_clause(parse: Parse, start: int) -> bool:
    """Return whether "which" is left out before a pronoun: "recall the weight we attach to"."""
    if not parse.found or parse.sentence.tags[start] not in PERSONAL_PRONOUN:
        return False
    tags, verb_end = parse.sentence.tags, parse.found[-1].verb.end
    noun = noun_phrase_before(parse.sentence, start - 1)
    joined = tags[noun.start - 1 : noun.start + 1] == CONJUNCTION_DETERMINER
    return noun.start == verb_end or (joined and noun.start > verb_end)


def _undertakes_beside(parse: Parse, last: Clause, before: int, start: int) -> bool:
    """Return whether the members undertake after what "is important": "…, and we shall work"."""
    tags = parse.sentence.tags
    impersonal = last.governor >= 0 and parse.found[last.governor].subject.role is Role.IT
    speaks = not SPEAKER.isdisjoint(tags[start : start + 2])
    speaks = speaks and MODAL_WILL in tags[start + 1 : start + 4]
    return impersonal and speaks and tags[before - 1 : before + 1] == COMMA_CONJUNCTION


def _open_that(parse: Parse, before: int) -> int | None:
    """Return a "that" whose clause has no verb yet: "that calm and order should …"."""
    tags = parse.sentence.tags
    lower = parse.found[-1].verb.end if parse.found else 0
    that = tags.rfind(THAT, lower, before + 1)
    if that < 0 or SEMICOLON in tags[that : before + 1]:
        return None
    relative = not parse.found and tags[that - 1 : that] in NOUN_OR_MEMBERS
    if relative and tags[before] == COMMA and tags[that + 1] != COMMA and before - that > 1:
        return None  # "in view of the dangers that floods pose, the Parties will"
    if relative and COMMA_CONJUNCTION in tags[that : before + 1]:
        return None  # "the food that our citizens eat, and we …"
    return that


def _type_after_comma(parse: Parse, comma: int, start: int) -> Attachment:
    """Return the attachment after a comma that may end an adjunct: "that, in brief, the"."""
    tags = parse.sentence.tags
    for index in range(comma - 1, max(-1, comma - 12), -1):
        if tags[index] == COMMA:
            before = tags[index - 1 : index]
            return _type_after_that(parse, index - 1, start) if before == THAT else _MAIN
        if tags[index] in ENDS_ADJUNCT:
            break
    return _MAIN


def _type_after_that(parse: Parse, that: int, start: int) -> Attachment:
    """Return what governs a clause after "that": a finite verb, or else a participle or noun."""
    tags = parse.sentence.tags
    if parse.sentence.words[that - 1 : that] == ("so",) or that == 0:
        return _SUBORDINATE
    if not parse.found and tags[start - 1] == COMMA and start - that >= _LEAST_CLAUSE:
        return _MAIN  # "Convinced that trade helps, we …"
    for index in range(that - 1, max(-1, that - 14), -1):
        if tags[index] == GERUND:
            # "Noting that calm prevails, the Parties …": a comma ends the participle.
            over = tags[start - 1 : start] == COMMA and start - that > _LEAST_CLAUSE
            return _MAIN if over else _SUBORDINATE
        if parse.found and index < parse.found[-1].verb.end:
            governor = parse.last_main
            return Attachment(ClauseType.THAT, governor) if governor >= 0 else _SUBORDINATE
    if parse.found and parse.found[-1].type is ClauseType.MAIN:
        return Attachment(ClauseType.THAT, parse.last_main)
    return _SUBORDINATE


def _waiting_subject(parse: Parse, lower: int, left: int) -> Link | None:
    """Return the subject that waits for its verb over commas: "The Parties, being …, will"."""
    tags = parse.sentence.tags
    if tags[left] == CONJUNCTION and parse.found and not has_comma_before(parse.sentence, left):
        return None
    for index in range(lower, left):
        tag = tags[index]
        if tag in SPEAKER and tags[index + 1] in AFTER_APPOSITION:
            start, head = noun_phrase_before(parse.sentence, index)
            if head != index:
                continue
            before = tags[start - 1] if start else START
            if before in MODIFIES_NEXT and not (before == PREPOSITION and start - 1 == 0):
                continue
            if lower and before not in BEFORE_SUBJECT:
                continue
            comma = comma_after(parse.sentence, index)
            if comma is None or comma >= left + 1:
                continue
            role = role_of_phrase(parse, start, head)
            subject = Subject(role, start, head + 1, tag in PERSONAL_PRONOUN)
            return Link(subject, *_attachment_of(parse, start))
    if lower == 0 and tags[left] != CONJUNCTION:
        return _opening_noun_phrase(parse, left)
    return None


def _opening_noun_phrase(parse: Parse, left: int) -> Link | None:
    """Return the noun phrase that opens the sentence as subject: "The summit, held here, will"."""
    tags = parse.sentence.tags
    # "Work on the register, begun last year, will proceed."
    index = int(tags[0] == BASE_FORM and is_noun(parse.sentence, 0))
    while index < left and (
        tags[index] in OPENING_PHRASE or tags[max(index - 1, 0) : index + 1] == DETERMINER_BASE_FORM
    ):
        index += 1
    if index == 0 or index >= left or tags[index] not in AFTER_OPENING_PHRASE:
        return None
    if tags[0] in OPENS_NO_SUBJECT or MEMBERS in tags[:index]:
        return None
    start, head = noun_phrase_before(parse.sentence, index - 1)
    return Link(Subject(role_of_phrase(parse, start, head), start, head + 1), ClauseType.MAIN)


def _clause_joined(parse: Parse, at: int, left: int) -> Clause | None:
    """Return the clause whose subject a coordinated verb may share."""
    tags = parse.sentence.tags
    if not parse.found:
        return None
    last = parse.found[-1]
    if last.type is ClauseType.MAIN:
        return last
    main = parse.last_main
    outer = parse.found[main] if main >= 0 else None
    if last.type is ClauseType.SUBORDINATE:
        if tags[at] == MODAL_WILL and outer is not None and _restates(last, outer):
            return outer  # "reject levies that have no basis and will resist …"
        between = tags[last.verb.end : left + 1]
        closed = COMMA in between or SEMICOLON in between
        return outer if closed or outer is None else last
    # After "that …": a verb that fits the members goes back to them.
    fits = tags[at] == BASE_FORM and outer is not None and outer.verb.tense == "present"
    if fits and (
        last.verb.modal == ""
        or tags[left - 1 : left] == COMMA
        or is_attitude_verb(parse.sentence, at)
    ):
        return outer
    other_modal = tags[at] == MODAL_WILL and last.verb.modal not in {"", parse.sentence.words[at]}
    if other_modal and outer is not None and outer.subject.role in SPEAKERS:
        return outer  # "agree that more must be done and will do it"
    if tags[at] == PAST_FORM and outer is not None and last.verb.tense == "modal":
        return outer  # "reaffirmed that the Union will grow and agreed to …"
    comma = COMMA in tags[max(last.verb.end, left - 1) : left + 1] or last.subject.role in (
        Role.IT,
        Role.THERE,
    )
    return outer if comma and outer is not None and tags[at] in JOINS_MAIN else last


def _restates(last: Clause, outer: Clause) -> bool:
    """Return whether the members speak above a clause that holds no modal."""
    said = outer.subject.role in SPEAKERS and outer.verb.tense == "present"
    return said and not last.verb.modal


def _first_head(sentence: Sentence) -> int:
    """Return the head of the noun phrase that opens the sentence."""
    tags = sentence.tags
    index = 0
    while (
        index < len(tags) and tags[index] in NOUN_PHRASE and may_join_noun_phrase(sentence, index)
    ):
        index += 1
    return index - 1


def _antecedent_of_relative(parse: Parse, at: int, start: int) -> NounPhrase | None:
    """Return the quotas of "quotas which are in force among the states will be lifted"."""
    tags = parse.sentence.tags
    if tags[at] != MODAL_WILL or not parse.found or tags[start - 1 : start] != PREPOSITION:
        return None
    last = parse.found[-1]
    which = last.start - 1
    if last.type is not ClauseType.SUBORDINATE or tags[which : which + 1] not in RELATIVE_OR_THAT:
        return None
    noun = which - 1 - (tags[which - 1 : which] == COMMA)
    return (
        noun_phrase_before(parse.sentence, noun)
        if noun >= 0 and tags[noun] in NOUN_OR_MEMBERS
        else None
    )


def _opening_antecedent(parse: Parse, at: int, start: int) -> NounPhrase | None:
    """Return the members of "those members that border the lake will": the verb is theirs."""
    tags, words = parse.sentence.tags, parse.sentence.words
    auxiliary = tags[at] in MODAL_BE_HAVE
    relative = (
        _RELATIVE_OR_THAT.search(tags, 0, start) if auxiliary or tags[at] == BASE_FORM else None
    )
    if relative is None or any(one.type is not ClauseType.SUBORDINATE for one in parse.found):
        return None
    which = relative.start()
    opens = which > 0 and all(tag in NOUN_PHRASE for tag in tags[:which])
    those = which == 1 and tags[0] == DETERMINER  # "those who planned it must be tried"
    named = those or tags[which - 1] in NOUN_OR_MEMBERS
    if not opens or not named or COMMA in tags[which:at]:
        return None
    verb = which + 1 + (tags[which + 1] == ADVERB)
    # "that border the lake": a verb that the codebook does not know has no clause of its own.
    uncoded = (
        verb < start
        and tags[verb] == NOUN
        and may_be_verb(words[verb], parse.sentence.lexicon.inflection)
    )
    if not (uncoded or parse.found):
        return None
    plain = tags[at] == BASE_FORM and tags[which - 1] == MEMBERS and not is_noun(parse.sentence, at)
    return noun_phrase_before(parse.sentence, which - 1) if plain or auxiliary else None


def _modified_noun_phrase(sentence: Sentence, start: int) -> NounPhrase | None:
    """Return the noun phrase that opens the clause and reaches over the one that starts here.

    "Work to protect the lakes will …": the lakes are what is to be protected. "The cable
    connecting our centres will …": the centres are what it connects.
    """
    tags = sentence.tags
    verb = start - 1
    if verb < 1:
        return None
    infinitive = tags[verb - 1] == TO and tags[verb] in INFINITIVE
    infinitive = infinitive and may_be_verb(sentence.words[verb], sentence.lexicon.inflection)
    participle = tags[verb] == GERUND and tags[start] == DETERMINER
    last = verb - 2 if infinitive else verb - 1
    if not (infinitive or participle) or last < 0 or tags[last] not in NOUN_OR_MEMBERS:
        return None
    phrase = noun_phrase_before(sentence, last)
    opens = phrase.start == 0 or tags[phrase.start - 1] == THAT
    return phrase if opens else None


def _heads_a_list(parse: Parse, start: int) -> bool:
    """Return whether a list hangs on a noun of joint work: "cooperation with A, B and C will"."""
    tags = parse.sentence.tags
    if tags[start - 1 : start] not in COORDINATING or SEMICOLON in tags[:start]:
        return False
    head = _first_head(parse.sentence)
    work = head >= 0 and role_of_phrase(parse, 0, head) is Role.WORK
    return work and tags[head + 1 : head + 2] == PREPOSITION
