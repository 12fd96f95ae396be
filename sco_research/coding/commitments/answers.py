"""What a row of the rule table may leave to the words: the act, the level, the class, the span."""

from sco_research.coding.commitments.action_words import only_goes_on
from sco_research.coding.commitments.commitment_nouns import (
    object_noun_class,
)
from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.lexicon_file import Act, Level
from sco_research.coding.commitments.token_classes import (
    ADVERBIAL,
    COORDINATING,
    TO,
    TO_OR_ADVERB,
)


def act_of_saying(case: Case) -> Act:
    """Return the act of what some of the members, or others, say."""
    word_class, noun = case.word_class, case.noun_class if case.word_class else None
    acts = {word_class.act if word_class else "", noun[0].act if noun else ""}
    named = case.role == "subset" or case.is_named_doer
    if "commissive" in acts and case.tense != "perfect" and named:
        return "commissive"
    return "expressive" if "expressive" in acts else "assertive"


def act_of_running_action(case: Case) -> Act:
    """Return the act of "are urging": a stance or a call goes on, else it is told."""
    act = act_of_verb(case)
    return act if act != "commissive" else "assertive"


def act_of_passive(case: Case) -> Act:
    """Return the act of "sanctions are rejected", "all are called upon", "concern was voiced".

    Nobody else is named, so it is the members who reject and call.
    """
    word_class = case.word_class
    if word_class is None or case.role in {"members", "implied"} or case.agent:
        return "assertive"
    subject = case.predicate.subject
    noun = object_noun_class(case.sentence, subject.start, subject.end)
    act = noun[0].act if noun is not None and word_class.id == "saying" else word_class.act
    return act if act in {"expressive", "directive"} else "assertive"


def act_of_verb(case: Case) -> Act:
    """Return the act of the verb's class."""
    return case.word_class.act if case.word_class else "assertive"


def act_of_listed_verb(case: Case) -> Act:
    """Return the act of the verb's first class, whatever follows."""
    readings = case.sentence.lexicon.verbs.get(case.verb, ())
    return readings[0][1].act if readings else "assertive"


def act_of_statement(case: Case) -> Act:
    """Return the act of a verb of saying and of how it is said."""
    return case.adjunct_act or act_of_verb(case)


def act_of_noun(case: Case) -> Act:
    """Return the act of the head of the object."""
    return case.noun_class[0].act if case.noun_class else "assertive"


def act_of_adjective(case: Case) -> Act:
    """Return the act of the predicative adjective."""
    return case.adjective.act if case.adjective else "assertive"


def act_of_others_stance(case: Case) -> Act:
    """Return the act of what others say that they are: expressive or a statement."""
    return "expressive" if act_of_adjective(case) == "expressive" else "assertive"


def act_of_what_goes_on(case: Case) -> Act:
    """Return the act of "continue to support"."""
    word_class = case.continued_at[0]
    return word_class.act if word_class else "assertive"


def act_as_said(_: Case) -> Act:
    """Return "assertive": what a participle says is known of a preamble's paragraph alone."""
    return "assertive"


ACTS = {
    "as said": act_as_said,
    "of verb": act_of_verb,
    "of listed verb": act_of_listed_verb,
    "of statement": act_of_statement,
    "of noun": act_of_noun,
    "of adjective": act_of_adjective,
    "of saying": act_of_saying,
    "of passive": act_of_passive,
    "of running action": act_of_running_action,
    "of stance of others": act_of_others_stance,
    "of what goes on": act_of_what_goes_on,
}
"""Acts that hang on the words of a sentence."""


def level_of_modal(case: Case) -> Level:
    """Let the verb and the complement override the modal: "will continue to", "will agree to"."""
    sentence, predicate, sets = case.sentence, case.predicate, case.sentence.lexicon.sets
    if predicate.verb in sets["continuing"] or predicate.verb in sets["striving"]:
        return "low"
    if predicate.verb in sets["verbs.intent"] and case.after_verb == "to":
        return "low"
    if predicate.verb in sets["verbs.undertaking"] or predicate.verb in sets["verbs.instruction"]:
        return level_of_complement(case)
    tags = sentence.tags
    index = predicate.end
    while index < len(tags) and tags[index] in TO_OR_ADVERB:
        index += 1
    if not sets["bound_participles"].isdisjoint(sentence.words[index : index + 1]):
        return "low"
    return "low" if predicate.verb == "be" and not predicate.negated else "high"


def level_of_complement(case: Case) -> Level:
    """Let what is undertaken lower the level; of coordinated infinitives the highest counts."""
    sentence, predicate = case.sentence, case.predicate
    tags = sentence.tags
    found = False
    for index in range(predicate.end, min(predicate.stop, predicate.end + 25)):
        if tags[index] != TO or (found and tags[index - 1] not in COORDINATING):
            continue
        found = True
        after = index + 1
        while after < len(tags) and tags[after] in ADVERBIAL:
            after += 1
        if after >= len(tags) or not only_goes_on(sentence, after):
            return "high"
    return "low" if found else "high"


def level_of_verb(case: Case) -> Level:
    """Return the level of the verb's class, which the complement may lower."""
    level = case.word_class.level if case.word_class else "none"
    return level_of_complement(case) if level == "high" else level


def level_of_adjective(case: Case) -> Level:
    """Return the level of the predicative adjective's class."""
    return case.adjective.level if case.adjective else "none"


def level_of_action(case: Case) -> Level:
    """Return the level of what will be done or goes on."""
    sets, predicate = case.sentence.lexicon.sets, case.predicate
    group = case.sentence.words[predicate.start : predicate.end]
    low = predicate.verb in sets["continuing"] or predicate.verb in sets["striving"]
    return "low" if low or "continue" in group else "high"


LEVELS = {
    "of modal": level_of_modal,
    "of complement": level_of_complement,
    "of verb": level_of_verb,
    "of adjective": level_of_adjective,
    "of action": level_of_action,
}
"""Levels that hang on the words of a sentence."""


def end_of_verb(case: Case) -> int:
    """Return where a verb ends, with a particle of several words: "come out for"."""
    words, end = case.sentence.words, case.predicate.end
    unit = end < len(words) and " " in words[end]
    particles = {particle for particle, _ in case.sentence.lexicon.verbs.get(case.verb, ())}
    return end + 1 if unit and words[end] in particles else end


CLASSES = {
    "of verb": lambda case: case.word_class.name if case.word_class else "",
    "of listed verb": lambda case: case.sentence.lexicon.verbs[case.verb][0][1].name,
    "of noun": lambda case: case.noun_class[0].name if case.noun_class else "",
    "of needed noun": lambda case: case.need_noun[0].name if case.need_noun else "",
    "of adjective": lambda case: case.adjective.name if case.adjective else "",
    "of what goes on": lambda case: case.continued_at[0].name if case.continued_at[0] else "",
}
"""Classes of the deciding word that hang on the sentence."""

WORDS = {
    "verb": end_of_verb,
    "particles": lambda case: case.infinitive_at,
    "complement": lambda case: case.complement_at + 1,
    "noun of will": lambda case: case.will_at + 1,
    "firm will": lambda case: case.firm_will_at + 1,
    "noun": lambda case: case.noun_class[1] + 1,
    "needed noun": lambda case: case.need_noun[1] + 1,
    "second need": lambda case: case.second_need_at + 1,
    "deemed": lambda case: case.deemed_at[1],
    "what goes on": lambda case: case.continued_at[1],
}
"""How far the deciding words reach."""
