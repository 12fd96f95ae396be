"""How verdicts are made: strict by R1 to R3 and R6, broad where R4 and R5 are relaxed."""

from typing import Literal, NamedTuple

from sco_research.coding.commitments.actions import is_operative, object_is_action, takes_action
from sco_research.coding.commitments.agents import agent_is_other, is_own_instrument, names_members
from sco_research.coding.commitments.commitment_nouns import (
    adheres,
    noun_of_will,
    object_noun_class,
    renews_commitments,
)
from sco_research.coding.commitments.lexicon import Act, Level, WordClass
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import ClauseType, Predicate, Role, Sentence, Subject
from sco_research.coding.commitments.token_classes import (
    ADVERB,
    ADVERBIAL,
    COMMA,
    COORDINATING,
    DETERMINER,
    ENDS_DEEMING,
    ENDS_NEAR,
    NOUN,
    OBJECT_START,
    PREAMBLE_SIGN,
    THAT,
    TO,
    TO_OR_ADVERB,
    WE,
    WE_COMMA,
)

Status = Literal["strict", "broad", "out"]


class Verdict(NamedTuple):
    """What one finite verb amounts to.

    Attributes
    ----------
    act : str
        Its speech act.
    status : str
        "strict", "broad" or "out".
    binding : str
        "high", "low" or "none" after the `kirton` scheme.
    rule : str
        The rule that decided.
    word_class : str
        The class of the deciding word.
    why : str
        Why it is not the other reading.
    predicate : Predicate
    start, end : int
        The deciding words, by number.
    """

    act: Act
    status: Status
    binding: Level
    rule: str
    word_class: str
    why: str
    predicate: Predicate
    start: int
    end: int


_ORDER: tuple[Act, ...] = ("commissive", "directive", "expressive", "assertive")


def act_of(verdicts: list[Verdict], *, committed: bool) -> Act:
    """Return the speech act of the main verbs: the first in the protocol's order."""
    acts = [verdict.act for verdict in verdicts]
    if "declarative" in acts and not committed:
        return "declarative"
    for act in _ORDER:
        if act in acts:
            return act
    return "assertive"


_RANK: dict[Status, int] = {"strict": 2, "broad": 1, "out": 0}


def deciding(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict that earned a sentence its highest answer."""
    return max(
        verdicts,
        key=lambda verdict: (
            _RANK[verdict.status],
            verdict.binding == "high",
            -_ORDER.index(verdict.act) if verdict.act in _ORDER else 1,
        ),
    )


def out_verdict(
    predicate: Predicate, *, act: Act, why: str, word_class: str = "", rule: str = ""
) -> Verdict:
    """Return a verdict that a verb makes no commitment."""
    return Verdict(
        act=act,
        status="out",
        binding="none",
        rule=rule or why.partition(":")[0],
        word_class=word_class,
        why=why,
        predicate=predicate,
        start=predicate.start,
        end=predicate.end,
    )


def strict_verdict(
    predicate: Predicate,
    options: CommitmentOptions,
    *,
    act: Act,
    level: Level,
    rule: str,
    word_class: str,
    end: int,
) -> Verdict:
    """Return the verdict of a strict commitment, unless the options leave its rule out."""
    if rule in options.without or word_class in options.without:
        return out_verdict(predicate, act=act, why=f"{rule}: taken out", word_class=word_class)
    if predicate.negated and rule != "R2 negative undertaking" and predicate.modal == "":
        return out_verdict(
            predicate, act=act, why="R2: the undertaking itself is denied", word_class=word_class
        )
    why = "an undertaking of the members together about the future"
    if rule.startswith("R3"):
        if not options.instructions:
            return out_verdict(
                predicate,
                act=act,
                why="R3: instructions are left out by choice",
                word_class=word_class,
            )
        why = "a task laid on an organ of the members' own"
    return Verdict(
        act=act,
        status="strict",
        binding=level,
        rule=rule,
        word_class=word_class,
        why=why,
        predicate=predicate,
        start=predicate.start,
        end=end,
    )


def broad_verdict(
    sentence: Sentence,
    predicate: Predicate,
    options: CommitmentOptions,
    *,
    act: Act,
    reading: str,
    word_class: str,
    end: int,
    own: bool = False,
) -> Verdict:
    """Judge a statement of support, need or the like by its object (R4, R5 relaxed)."""
    rule = f"broad: {reading}"
    why = "R4: need is no undertaking" if reading == "need" else "R5: a stance is no undertaking"
    kept = options.without.isdisjoint({rule, word_class, "broad"})
    if kept and (own or _object_counts(sentence, predicate, reading, end, options)):
        return Verdict(
            act=act,
            status="broad",
            binding="low",
            rule=rule,
            word_class=word_class,
            why=why,
            predicate=predicate,
            start=predicate.start,
            end=end,
        )
    return out_verdict(
        predicate,
        act=act,
        why=f"{why}; its object is no future action of the members",
        word_class=word_class,
    )


def _is_universal(sentence: Sentence, span: range) -> bool:
    """Return whether an object is a universal institution's: "reform the UN … its operations".

    What comes first in the object, before its first comma, says whose it is.
    """
    for index in span:
        if sentence.tags[index] == COMMA:
            return False
        if sentence.words[index] in sentence.lexicon.sets["universal"]:
            return not names_members(sentence, span.start, index)
    return False


def _object_counts(
    sentence: Sentence, predicate: Predicate, reading: str, end: int, options: CommitmentOptions
) -> bool:
    """Return whether the object is a future action of the members."""
    sets = sentence.lexicon.sets
    tags, words = sentence.tags, sentence.words
    span = range(end, predicate.stop)
    content = words[end : predicate.stop]
    if not content:
        return True
    if predicate.verb in sets["endorsing"] and is_own_instrument(sentence, end, predicate.stop):
        return True
    action = object_is_action(sentence, end, predicate.stop) or (
        reading == "openness" and not sets["actions"].isdisjoint(words[end : end + 4])
    )
    if reading == "need" and predicate.subject.role in (Role.WORK, Role.THING):
        action = action or names_members(sentence, predicate.subject.start, predicate.stop)
    if not action:
        return False
    outside = not sets["outside"].isdisjoint(content)
    if outside:
        return False
    own = names_members(sentence, end, predicate.stop)
    if own and predicate.subject.pronoun and sentence.tags[predicate.subject.end - 1] == WE:
        # Who says "we" does not mean the members by "their".
        own = names_members(sentence, end, predicate.stop, without=sets["their"])
    if not options.universal and _is_universal(sentence, span):
        return False
    if own:
        return not agent_is_other(sentence, end, predicate.stop)
    if not sets["outside"].isdisjoint(sentence.words):
        # What the sentence says of a crisis elsewhere is not the members' own action.
        return False
    if not sets["universal"].isdisjoint(content):
        return options.universal and not agent_is_other(sentence, end, predicate.stop)
    # Whom a policy lets act, or a fund helps, is no doer: "policies that allow companies to …".
    near = next(
        (index for index in span if index > end and tags[index] in ENDS_NEAR), predicate.stop
    )
    return not agent_is_other(sentence, end, predicate.stop) and not any(
        words[index] in sets["others"] for index in range(end, near) if tags[index] == NOUN
    )


def class_of_verb(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> WordClass | None:
    """Return the first class of a verb whose particle and complement are there."""
    tags, words = sentence.tags, sentence.words
    after = words[predicate.end] if predicate.end < len(words) else ""
    index = predicate.end
    while index < len(tags) and tags[index] == ADVERB:
        index += 1
    later = words[index] if index < len(words) else ""
    for particle, word_class in sentence.lexicon.verbs.get(predicate.verb, ()):
        if word_class.name in options.without:
            continue
        start = predicate.end
        if particle:
            if after == particle:
                start = predicate.end + 1
            elif later == particle:
                start = index + 1
            else:
                continue
        if _complement_fits(sentence, predicate, word_class, start, particle, options):
            return word_class
    return None


def _complement_fits(
    sentence: Sentence,
    predicate: Predicate,
    word_class: WordClass,
    start: int,
    particle: str,
    options: CommitmentOptions,
) -> bool:
    """Return whether what a class of verbs needs after it is there."""
    if "any" in word_class.takes:
        return True
    if "to" in word_class.takes:
        return takes_action(sentence, start, options, reflexive=True, gerund=bool(particle))
    if particle == "that":
        return True
    following = sentence.tags[start : start + 1]
    if following == THAT:
        return "that" in word_class.takes
    return (
        "object" in word_class.takes
        and following in OBJECT_START
        and not (following == DETERMINER and sentence.words[start] == "that")
    )


def deeming_verdict(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict:
    """Judge "consider it important to …" by its adjective (R4)."""
    words = sentence.words
    for index in range(predicate.end, min(predicate.end + 6, len(words))):
        if sentence.tags[index] in ENDS_DEEMING:
            break
        adjectives = sentence.lexicon.adjectives.get(words[index], ())
        if any(adjective.reading == "need" for adjective in adjectives):
            return broad_verdict(
                sentence,
                predicate,
                options,
                act="assertive",
                reading="need",
                word_class="adjectives.need",
                end=index + 1,
            )
    for index in range(predicate.end, predicate.stop):
        # "consider the joint fight against fires one of the priorities of …"
        ranked = words[index] in sentence.lexicon.sets["priority"]
        if ranked and object_is_action(sentence, predicate.end, index):
            return broad_verdict(
                sentence,
                predicate,
                options,
                act="assertive",
                reading="need",
                word_class="nouns.need",
                end=predicate.end,
            )
    return out_verdict(
        predicate, act=word_class.act, why="a belief or judgement", word_class=word_class.name
    )


def needed_verdict(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> Verdict:
    """Judge "joint efforts of the members are required" by its subject."""
    own = names_members(sentence, predicate.subject.start, predicate.subject.end)
    if own:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class="adjectives.need",
            end=predicate.end,
            own=True,
        )
    return out_verdict(
        predicate, act="assertive", why="R4: need of something, not of the members' action"
    )


def conviction_verdict(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> Verdict:
    """Judge "are convinced of the need to …" by its noun (R4)."""
    noun = object_noun_class(sentence, predicate.end, predicate.stop, need_only=True)
    if noun is not None:
        word_class, at = noun
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="assertive",
            reading="need",
            word_class=word_class.name,
            end=at + 1,
        )
    return out_verdict(predicate, act="assertive", why="a belief")


def continuing_verdict(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> Verdict:
    """Judge "we continue to support …" by what goes on; else it describes conduct."""
    index = predicate.end + 1
    while index < predicate.stop and sentence.tags[index] in ADVERBIAL:
        index += 1
    word = sentence.words[index] if index < predicate.stop else ""
    for _, word_class in sentence.lexicon.verbs.get(word, ()):
        if word_class.reading in {"support", "encouragement"}:
            return broad_verdict(
                sentence,
                predicate,
                options,
                act=word_class.act,
                reading="support",
                word_class=word_class.name,
                end=index + 1,
            )
        if word_class.act == "expressive":
            return out_verdict(
                predicate,
                act=word_class.act,
                why="R5: a stance goes on",
                word_class=word_class.name,
            )
    return broad_verdict(
        sentence,
        predicate,
        options,
        act="assertive",
        reading="conduct goes on",
        word_class="verbs.conduct",
        end=predicate.end,
        own=True,
    )


def complement_noun_verdict(
    sentence: Sentence, predicate: Predicate, word_class: WordClass, options: CommitmentOptions
) -> Verdict | None:
    """Judge a verb of saying by the noun in its object: will, need, support, feeling."""
    if word_class.reading in {"support", "encouragement"} or word_class.id == "stance":
        return None
    will = noun_of_will(sentence, predicate.end, predicate.stop, options)
    if will is not None and "nouns.will" not in options.without:
        return strict_verdict(
            predicate,
            options,
            act="commissive",
            level="low",
            rule="R2 noun of will",
            word_class="nouns.will",
            end=will + 1,
        )
    if adheres(sentence, predicate):
        why = "R2: a noun of will on a thing, nothing is to be done"
        return out_verdict(predicate, act="expressive", why=why, word_class="nouns.will")
    if renews_commitments(sentence, predicate):
        return broad_verdict(
            sentence,
            predicate,
            options,
            act="commissive",
            reading="commitments renewed",
            word_class="nouns.will",
            end=predicate.end,
            own=True,
        )
    found = object_noun_class(sentence, predicate.end, predicate.stop)
    if found is None:
        return None
    noun, at = found
    if noun.reading in {"need", "support", "openness"}:
        return broad_verdict(
            sentence,
            predicate,
            options,
            act=noun.act,
            reading=noun.reading,
            word_class=noun.name,
            end=at + 1,
        )
    return out_verdict(predicate, act=noun.act, why="R5: a stance or feeling", word_class=noun.name)


def fragment_verdicts(sentence: Sentence, options: CommitmentOptions) -> list[Verdict]:
    """Judge a sentence without a finite verb: "To widen the exchange of seeds."."""
    if not is_operative(sentence) or "broad: lost lead-in" in options.without:
        return []
    why = "R2: the lead-in, and with it the undertaking, is lost"
    predicate = _opening_predicate(sentence)
    return [
        Verdict(
            act="commissive",
            status="broad",
            binding="low",
            rule="broad: lost lead-in",
            word_class="",
            why=why,
            predicate=predicate,
            start=0,
            end=predicate.end,
        )
    ]


def preamble_verdicts(sentence: Sentence) -> list[Verdict]:
    """Judge a preamble's "Deeply concerned at …": it says something and undertakes nothing."""
    tags = sentence.tags
    if tags[:2] == WE_COMMA and tags[-1] in PREAMBLE_SIGN:
        # "We, the Heads of State, gathered in …": what is declared follows.
        why = "the speakers name themselves"
        return [out_verdict(_opening_predicate(sentence), act="declarative", why=why)]
    at = len(tags) - len(tags.lstrip(ADVERB))
    if at == len(tags):
        return []
    classes = sentence.lexicon.adjectives.get(sentence.words[at], ())
    predicate = _opening_predicate(sentence)
    why = "a participle never makes a commitment"
    return [
        out_verdict(predicate, act=adjective.act, why=why, word_class=adjective.name)
        for adjective in classes[:1]
    ]


def undertaken_item_verdict(sentence: Sentence, options: CommitmentOptions) -> Verdict:
    """Judge an item of "The Parties agree on the following: – widen the exchange of seeds"."""
    predicate = _opening_predicate(sentence)
    level = binding_level("high", sentence, predicate)
    rule = "R2 verb of undertaking"
    return strict_verdict(
        predicate,
        options,
        act="commissive",
        level=level,
        rule=rule,
        word_class="verbs.undertaking",
        end=predicate.end,
    )


def _opening_predicate(sentence: Sentence) -> Predicate:
    """Return the verb that opens a fragment, with nobody for its subject."""
    tags = sentence.tags
    at = int(tags[0] == TO and len(tags) > 1)
    nobody = Subject(Role.IMPLIED, 0, 0)
    return Predicate(
        subject=nobody,
        clause_type=ClauseType.MAIN,
        governor=-1,
        modal="",
        verb=sentence.words[at],
        tense="present",
        passive=False,
        negated=False,
        progressive=False,
        start=0,
        verb_at=at,
        end=at + 1,
        stop=len(tags),
    )


def binding_level(level: Level, sentence: Sentence, predicate: Predicate) -> Level:
    """Let the complement override the modal: "will continue to", "agree to keep"."""
    tags = sentence.tags
    sets = sentence.lexicon.sets
    if predicate.verb in sets["continuing"] or predicate.verb in sets["striving"]:
        return "low"
    index = predicate.end
    while index < len(tags) and tags[index] in TO_OR_ADVERB:
        index += 1
    if predicate.verb in sets["verbs.undertaking"] or predicate.verb in sets["verbs.instruction"]:
        return level_of_complement(level, sentence, predicate)
    if sentence.words[index : index + 1] == ("committed",):
        return "low"
    if predicate.verb == "be":
        return level if predicate.negated else "low"
    return level


def level_of_complement(level: Level, sentence: Sentence, predicate: Predicate) -> Level:
    """Let what is undertaken lower the level; of coordinated infinitives the highest counts."""
    sets = sentence.lexicon.sets
    words = sentence.words
    tags = sentence.tags
    low = sets["continuing"] | sets["striving"]
    found = False
    for index in range(predicate.end, min(predicate.stop, predicate.end + 25)):
        if tags[index] != TO or (found and tags[index - 1] not in COORDINATING):
            continue
        found = True
        after = index + 1
        while after < len(tags) and tags[after] in ADVERBIAL:
            after += 1
        word = words[after] if after < len(words) else ""
        base = sentence.lexicon.forms.get(word, (word, ""))[0]
        going_on = words[after + 1 : after + 2] == ("on",)
        if base not in low or (base == "go" and not going_on):
            return level
    return "low" if found else level
