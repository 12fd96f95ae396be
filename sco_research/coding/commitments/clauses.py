"""The clauses of a sentence: every finite verb with its subject, its mood and what hangs on it.

A finite verb is looked for from left to right, and its subject to its left: a noun phrase or a
pronoun right before it, the subject of the verb before it where a conjunction stands there
("reaffirm … and will continue …"), nobody where it opens the sentence ("Decides to …"). What
follows "which", "if" or a participle is marked as subordinate: it never decides.

Whether a form agrees with a noun phrase is told in `agreement`, which subject stands far from its
verb in `parted_subjects`, and below which clause another stands in `attachment`.
"""

import re
from collections.abc import Sequence

from sco_research.coding.commitments.agreement import ends_a_name, may_be_verb_of
from sco_research.coding.commitments.attachment import (
    Link,
    attachment_of,
    open_that,
    type_after_that,
)
from sco_research.coding.commitments.inflection import may_be_verb
from sco_research.coding.commitments.noun_phrases import (
    NounPhrase,
    Parse,
    is_object,
    is_past_of_subject,
    may_join_noun_phrase,
    noun_phrase_before,
    opening_bracket,
    role_of_phrase,
)
from sco_research.coding.commitments.parted_subjects import (
    antecedent_of_relative,
    first_head,
    heads_a_list,
    modified_noun_phrase,
    opening_antecedent,
    subject_before_insertion,
    waiting_subject,
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
    AFTER_INVERSION,
    AUXILIARY,
    BASE_FORM,
    BEFORE_ADJECTIVE_CLAUSE,
    CLOSING,
    COMMA,
    COMMA_CONJUNCTION,
    CONJUNCTION,
    DETERMINER,
    DO,
    FINITE_BE,
    FINITE_FORM,
    GERUND,
    HAVE,
    IN_NOUN_PHRASE,
    INVERTIBLE,
    IT,
    JOINS_MAIN,
    MEMBERS,
    MODAL_DUTY,
    MODAL_POSSIBILITY,
    MODAL_WILL,
    NEVER_IMPERATIVE,
    NOMINAL,
    NONFINITE_BE,
    NOUN,
    NOUN_OR_MEMBERS,
    NOUN_PHRASE,
    OPENING_BREAK,
    OPENING_WORD,
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
    START,
    SUBORDINATOR,
    THAT,
    THEY,
    THIRD_PERSON,
    TO,
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
    states_attitude,
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
# "and in this regard, welcome": the comma closes what stands between "and" and its verb.
_JOINED_OVER_INSERTION = re.compile(
    f"{CONJUNCTION}{COMMA}?(?:{ADVERB}+|{PREPOSITION}[{DETERMINER}{ADVERB}{NOUN}]{{1,4}}){COMMA}\\Z"
)


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
    if before == THAT and tag in PRESENT_FORM and parse.sentence.words[at + 1 : at + 2] == ("of",):
        return None  # "that acts of theft cannot": a noun
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
    if tag in PRESENT_FORM and ends_a_name(parse.sentence, at):
        return None
    start, head = noun_phrase_before(parse.sentence, left)
    if parse.found and start < parse.found[-1].verb.end and tag in PRESENT_FORM:
        # "exchanged views": what stands right after a verb is its object.
        return None
    role = role_of_phrase(parse, start, head)
    which = antecedent_of_relative(parse, at, start)
    opens = opening_antecedent(parse, at, start)
    if opens is not None:
        subject = Subject(role_of_phrase(parse, *opens), opens.start, opens.head + 1)
        return Link(subject, ClauseType.MAIN)
    if which is not None:
        start, head = which
        role = role_of_phrase(parse, start, head)
    if role in (Role.PARTY, Role.THING):
        outer = modified_noun_phrase(parse.sentence, start)
        if outer is None and not parse.found and heads_a_list(parse, start):
            outer = NounPhrase(0, first_head(parse.sentence))
        if outer is not None:
            start, head = outer
            role = role_of_phrase(parse, start, head)
    if not may_be_verb_of(parse.sentence, at, role, head):
        return None
    attachment = attachment_of(parse, start)
    main = attachment.type is ClauseType.MAIN
    object_of_another = role is Role.THING and main and is_object(parse.sentence, start)
    if object_of_another and tag in FINITE_FORM:
        # "welcome the progress made": no subject, hence no verb of its own.
        return None
    pronoun = tags[head] in PERSONAL_PRONOUN
    subject = Subject(role, start, left + 1 if head < left else head + 1, pronoun)
    return Link(subject, *attachment)


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
    that = open_that(parse, left)
    if that is not None and that >= lower and _awaits_verb(tags, that, left):
        # "note that the prices, as well as the charges, continue to …"
        subject = Subject(_role_after_that(parse, that), that + 1, left)
        return Link(subject, *type_after_that(parse, that, left + 1))
    waiting = waiting_subject(parse, lower, left) or _opening_speakers(parse, lower, left)
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
    inserted = subject_before_insertion(parse, at, left, lower)
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


def _opening_speakers(parse: Parse, lower: int, left: int) -> Link | None:
    """Return the members that open a sentence and still wait for their verb.

    "The Parties, noting that dykes cannot be moved, believe …": the verb before is of a clause
    within the insertion.
    """
    tags = parse.sentence.tags
    if not lower or parse.last_main >= 0 or tags[left] != COMMA:
        return None
    opening = waiting_subject(parse, 0, left)
    opens = opening is not None and not tags[: opening.subject.start].strip(DETERMINER)
    return opening if opens else None


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
        joined = tags[left] != COMMA or _JOINED_OVER_INSERTION.search(tags, 0, left + 1)
        attitude = joined and (is_attitude_verb(sentence, at) or states_attitude(sentence, at))
        if has_open_infinitive(sentence, last.verb.end, at) and not attitude:
            after_comma = tags[left] == CONJUNCTION and tags[left - 1 : left] == COMMA
            if not after_comma:
                return None
    return Link(last.subject, last.type, last.governor)


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
        if _goes_on(parse, at, left, last, outer):
            return last  # "ask for the results, which will be checked, and will show …"
        between = tags[last.verb.end : left + 1]
        closed = COMMA in between or SEMICOLON in between or _binds_beside(parse, at, last)
        return outer if closed or outer is None else last
    # After "that …": a verb that fits the members goes back to them.
    spoken = tags[at] == BASE_FORM and outer is not None and outer.subject.role in SPEAKERS
    if spoken and states_attitude(parse.sentence, at):
        return outer  # "ensure that tolls will fall and stand ready to help"
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


def _binds_beside(parse: Parse, at: int, last: Clause) -> bool:
    """Return whether a verb undertakes, which the thing of a relative clause does not.

    "Tolls that slow trade and commit to lower them": the tolls commit to nothing.
    """
    sentence, which = parse.sentence, last.subject.start
    readings = sentence.lexicon.verbs.get(sentence.words[at], ())
    binds = any(one.reading == "undertaking" and one.level == "high" for _, one in readings)
    if not binds or sentence.tags[which] not in RELATIVE_OR_THAT or which < 1:
        return False
    thing = noun_phrase_before(sentence, which - 1)
    return role_of_phrase(parse, *thing) is Role.THING


def _goes_on(parse: Parse, at: int, left: int, last: Clause, outer: Clause | None) -> bool:
    """Return whether a modal takes up the one after "which", which the clause above has not.

    A verb of going on or of joint work is the speakers': "and will continue to train nurses".
    """
    sentence = parse.sentence
    relative = sentence.tags[last.subject.start : last.subject.start + 1] == RELATIVE
    again = sentence.tags[at] == MODAL_WILL and sentence.words[at] == last.verb.modal
    joined = sentence.tags[left] == CONJUNCTION
    if not (relative and again and joined) or outer is None or outer.verb.modal:
        return False
    sets = sentence.lexicon.sets
    return verb_group(sentence, at).base not in sets["continuing"] | sets["joint_verbs"]


def _restates(last: Clause, outer: Clause) -> bool:
    """Return whether the members speak above a clause that holds no modal."""
    said = outer.subject.role in SPEAKERS and outer.verb.tense == "present"
    return said and not last.verb.modal
