"""What a row of the rule table may ask of a finite verb, by name.

`Case` is one finite verb in its sentence. Each of its properties is a condition of the table
(`data/codebooks/commitment-rules.toml`), worked out when a row first asks for it and kept. A value
is a word (the role "members", the class "saying"), yes or no, or a row of words.
"""

from dataclasses import dataclass, replace

from sco_research.coding.commitments.actions import (
    is_operative,
    object_is_action,
    takes_action,
)
from sco_research.coding.commitments.agents import (
    addressee_role,
    addresses_own_organ,
    agent_of_passive,
    is_own_work,
    is_owned_by_members,
    names_members,
)
from sco_research.coding.commitments.commitment_nouns import (
    adheres,
    is_members_aim,
    noun_of_will,
    object_noun_class,
    renews_commitments,
)
from sco_research.coding.commitments.inflection import base_of
from sco_research.coding.commitments.lexicon import Act, Level, Lexicon, WordClass
from sco_research.coding.commitments.once import once
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import (
    SPEAKERS,
    Predicate,
    Role,
    Sentence,
    Subject,
)
from sco_research.coding.commitments.token_classes import (
    ADDRESSEE_PHRASE,
    ADHERED_TO,
    ADVERB,
    ADVERBIAL,
    BE_PARTICIPLE,
    BEFORE_COMPLEMENT,
    BEFORE_WILL_NOUN,
    COLON,
    COMMA,
    COORDINATING,
    DETERMINER,
    ENDS_ADVERBIALS,
    ENDS_DEEMING,
    ENDS_OPENING,
    ENDS_VERB_PHRASE,
    FINITE_OR_WILL,
    GERUND,
    MEMBERS,
    MODIFIED_BY,
    NOUN,
    OBJECT_START,
    PAST_FORM,
    PREMODIFIER,
    PREPOSITION,
    SEMICOLON,
    THAT,
    TO,
    TO_BE,
    TO_OR_ADVERB,
    WE,
)

_NOTHING: tuple[WordClass, ...] = ()
_MOST_OF_ADDRESSEE = 15
_CALL = "request"  # the verb of a noun of calling that is no verb itself
_SOMEBODY = frozenset({Role.MEMBERS, Role.SUBSET, Role.ORGAN, Role.PARTY})
_AFTER_VERB: dict[str, str] = {TO: "to", PAST_FORM: "participle"}
_ROLES = {role: role.name.lower() for role in Role}


@dataclass(eq=False)
class Case:
    """One finite verb, as the rows of the rule table look at it.

    Attributes
    ----------
    sentence : Sentence
    predicate : Predicate
        The verb; a row of re-reading may have changed it.
    governor : Predicate or None
        Of a clause after "that", the verb above it.
    options : CommitmentOptions
    role : str
        Who the subject is: "members", "implied", "subset", "organ", "work", "party", "thing", "it"
        or "there".
    voice : str
        "active", "passive" or "copula".
    tense : str
        "present", "past", "perfect" or "modal".
    """

    sentence: Sentence
    predicate: Predicate
    governor: Predicate | None
    options: CommitmentOptions
    role: str
    voice: str
    tense: str

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        predicate: Predicate,
        governor: Predicate | None,
        options: CommitmentOptions,
    ) -> "Case":
        """Return a verb as it stands, before any row re-reads it."""
        voice = "passive" if predicate.passive else "copula" if predicate.verb == "be" else "active"
        role = _ROLES[predicate.subject.role]
        return cls(sentence, predicate, governor, options, role, voice, predicate.tense)

    # ------------------------------------------------------------------ the verb and its clause

    @property
    def clause(self) -> str:
        """The clause: "that" after "that", else "main"."""
        return "main" if self.governor is None else "that"

    @property
    def modal(self) -> str:
        """The modal, "have to", or nothing."""
        return self.predicate.modal

    @property
    def mood(self) -> str:
        """What the modal says: "will", a "duty" ("should", "have to"), "possibility" or nothing."""
        modal, sets = self.predicate.modal, self.sentence.lexicon.sets
        if modal in sets["modals_of_will"]:
            return "will"
        if modal == "have to" or modal in sets["modals_of_duty"]:
            return "duty"
        return "possibility" if modal else ""

    @property
    def negated(self) -> bool:
        """Whether the verb is denied."""
        return self.predicate.negated

    @property
    def progressive(self) -> bool:
        """Whether the verb is under way: "are working"."""
        return self.predicate.progressive

    @property
    def verb(self) -> str:
        """The base form of the verb."""
        return self.predicate.verb

    @property
    def governor_verb(self) -> str:
        """The verb above a clause after "that"."""
        return self.governor.verb if self.governor else ""

    @property
    def governor_tense(self) -> str:
        """The tense of the verb above a clause after "that"."""
        return self.governor.tense if self.governor else ""

    @property
    def governor_negated(self) -> bool:
        """Whether the verb above a clause after "that" is denied."""
        return bool(self.governor and self.governor.negated)

    @once
    def governor_speaks(self) -> bool:
        """Whether the members, or "it was agreed", say what follows "that"."""
        above = self.governor
        if above is None:
            return False
        return above.subject.role in SPEAKERS or (above.passive and above.subject.role is Role.IT)

    @property
    def first_person(self) -> bool:
        """Whether the subject is "we"."""
        subject = self.predicate.subject
        return subject.pronoun and self.sentence.tags[subject.end - 1] == WE

    @property
    def option(self) -> tuple[str, ...]:
        """The options of the coding that are switched on."""
        return self.options.switched_on

    # ------------------------------------------------------------------ the class of the verb

    @once
    def word_class(self) -> WordClass | None:
        """The first class of the verb whose particle and complement are there."""
        return class_of_verb(self.sentence, self.predicate, self.options)

    @once
    def verb_class(self) -> str:
        """The class of the verb by its complement, or nothing."""
        return self.word_class.id if self.word_class else ""

    @once
    def verb_reading(self) -> str:
        """How the codebook reads that class, or nothing."""
        return self.word_class.reading if self.word_class else ""

    @once
    def class_act(self) -> str:
        """The speech act of that class, or nothing."""
        return self.word_class.act if self.word_class else ""

    @once
    def is_listed(self) -> bool:
        """Whether the codebook has the verb in any class, whatever follows."""
        return self.verb in self.sentence.lexicon.verbs

    # ------------------------------------------------------------------ what follows the verb

    @once
    def after_verb(self) -> str:
        """What stands right after the verb: "to", "to be", "participle", "colon" or nothing."""
        tags, end = self.sentence.tags, self.predicate.end
        if tags[end : end + 2] == TO_BE:
            return "to be"
        if tags[end:] == COLON:
            return "colon"
        return _AFTER_VERB.get(tags[end : end + 1], "")

    @once
    def next_words(self) -> tuple[str, ...]:
        """The five words after the verb."""
        return self.sentence.words[self.predicate.end : self.predicate.end + 5]

    @once
    def takes_action(self) -> bool:
        """Whether "to" follows with something that can be done."""
        return takes_action(self.sentence, self.predicate.end, self.options, reflexive=True)

    @once
    def will_at(self) -> int | None:
        """The place of a noun of will in the object, with what is to be done."""
        if "nouns.will" in self.options.without:
            return None
        return noun_of_will(self.sentence, self.predicate.end, self.predicate.stop, self.options)

    @once
    def noun_of_will(self) -> bool:
        """Whether the object is a noun of will of the members', with what is to be done."""
        return self.will_at is not None

    @once
    def adheres(self) -> bool:
        """Whether the object is a noun of will directed at a thing."""
        return adheres(self.sentence, self.predicate)

    @once
    def renews_commitments(self) -> bool:
        """Whether the object is a commitment of the members that is renewed."""
        return renews_commitments(self.sentence, self.predicate)

    @once
    def noun_class(self) -> tuple[WordClass, int] | None:
        """The class and the place of the head of the object."""
        return object_noun_class(self.sentence, self.predicate.end, self.predicate.stop)

    @once
    def noun_reading(self) -> str:
        """How the codebook reads the head of the object, or nothing."""
        return self.noun_class[0].reading if self.noun_class else ""

    @once
    def need_noun(self) -> tuple[WordClass, int] | None:
        """The first noun of need after the verb, over prepositions: "convinced of the need"."""
        end, stop = self.predicate.end, self.predicate.stop
        return object_noun_class(self.sentence, end, stop, need_only=True)

    @once
    def names_need(self) -> bool:
        """Whether a noun of need follows, over prepositions."""
        return self.need_noun is not None

    @once
    def deemed_at(self) -> tuple[str, int]:
        """What something is deemed: "need" and the place of its adjective, "priority" or ""."""
        return _deemed(self.sentence, self.predicate)

    @once
    def deemed(self) -> str:
        """What something is deemed: "need", "priority" or nothing."""
        return self.deemed_at[0]

    @once
    def continued_at(self) -> tuple[WordClass | None, int]:
        """The class of what goes on ("continue to support"), and its place."""
        return _continued(self.sentence, self.predicate)

    @once
    def continued(self) -> str:
        """What goes on: "support", a "stance", or "conduct"."""
        word_class = self.continued_at[0]
        if word_class is None:
            return "conduct"
        return "support" if word_class.reading in {"support", "encouragement"} else "stance"

    @once
    def after_words(self) -> tuple[str, ...]:
        """The words from the complement of "be" to the end of the clause."""
        return self.sentence.words[self.complement_at : self.predicate.stop]

    @once
    def told_to_act(self) -> bool:
        """Whether somebody is told to do something: "encourage the donors to pay"."""
        sentence, predicate = self.sentence, self.predicate
        tags = sentence.tags
        to = next(
            (at for at in range(predicate.end, predicate.stop) if tags[at] in ENDS_VERB_PHRASE), -1
        )
        if to > 0 and tags[to] == THAT and tags[to - 1] == MEMBERS:
            return True  # "encourage those members that have not yet done so to join"
        if to <= predicate.end or tags[to] != TO:
            return False
        others = self.sentence.lexicon.sets["others"]
        somebody = self.addressee in {"party", "organ", "members"} or not others.isdisjoint(
            sentence.words[predicate.end : to]
        )
        return somebody or not object_is_action(sentence, predicate.end, to)

    @once
    def to_come(self) -> bool:
        """Whether what is looked forward to is done, not only held: "to strengthening"."""
        tags, end = self.sentence.tags, self.predicate.end
        to = tags.find(TO, end, end + 3)
        if to < 0:
            return False
        index = to + 1
        while index < len(tags) and tags[index] in ADVERBIAL:
            index += 1
        sets, words = self.sentence.lexicon.sets, self.sentence.words
        if tags[index : index + 1] == GERUND:
            base = base_of_gerund(words[index], self.sentence.lexicon)
            return base not in sets["announcing"] | sets["receiving"]
        near = words[to + 1 : to + 6]
        event = not sets["events"].isdisjoint(near)
        infinitive = tags.find(TO, to + 1, to + 4) > 0
        return not event and (infinitive or not sets["to_come"].isdisjoint(near[:3]))

    @once
    def second_need(self) -> bool:
        """Whether a need stands second in the object: "the risk …, and the need to enhance"."""
        tags, words, sets = self.sentence.tags, self.sentence.words, self.sentence.lexicon
        for index in range(self.predicate.end + 2, self.predicate.stop - 1):
            noun = sets.nouns.get(words[index])
            if noun is None or noun.reading != "need" or tags[index + 1] != TO:
                continue
            before = index - 1
            while before > self.predicate.end and tags[before] in BEFORE_WILL_NOUN:
                before -= 1
            if tags[before] in COORDINATING and takes_action(
                self.sentence, index + 1, self.options
            ):
                return True
        return False

    @once
    def own_will(self) -> bool:
        """Whether a noun of will in the object is the members': "reaffirm their commitment"."""
        ours = self.sentence.lexicon.sets["possessives"]
        return not ours.isdisjoint(self.sentence.words[self.predicate.end : self.predicate.end + 3])

    @once
    def adheres_to(self) -> tuple[str, ...]:
        """What a noun of will is directed at, up to the first of its prepositions."""
        words, tags, end = self.sentence.words, self.sentence.tags, self.predicate.end
        to = tags.find(TO, end, self.predicate.stop) + 1
        last = to
        while last < self.predicate.stop and tags[last] in ADHERED_TO:
            last += 1
        return words[to:last]

    @once
    def is_named_doer(self) -> bool:
        """Whether the subject is a state or an organization by its name, no event or text."""
        subject, sets = self.predicate.subject, self.sentence.lexicon.sets
        if subject.pronoun or not self.subject_words or self.subject_first in sets["each"]:
            return False
        if self.subject_first in sets["not_members_determiners"]:
            return False
        things = sets["events"] | sets["documents"] | sets["instrument_heads"] | sets["things"]
        named = self.sentence.raw[subject.end - 1][:1].isupper()
        return named and things.isdisjoint(self.subject_words)

    @once
    def states_aim(self) -> bool:
        """Whether an aim of the members is said to stay: "our goal remains, to open"."""
        sentence, predicate = self.sentence, self.predicate
        if self.verb not in sentence.lexicon.sets["copulas"]:
            return False
        if sentence.lexicon.sets["aims"].isdisjoint(self.subject_words):
            return False
        to = sentence.tags.find(TO, predicate.end, predicate.end + 6)
        span = range(predicate.subject.start, predicate.subject.end)
        return (
            to > 0
            and is_owned_by_members(sentence, span)
            and takes_action(sentence, to, self.options)
        )

    @once
    def listed_reading(self) -> str:
        """How the codebook reads the verb's first class, whatever follows."""
        readings = self.sentence.lexicon.verbs.get(self.verb, ())
        return readings[0][1].reading if readings else ""

    @once
    def opens_the_text(self) -> bool:
        """Whether the verb only opens the document: "adopt this declaration"."""
        return _opens_the_text(self.sentence, self.predicate)

    @once
    def opening_verb(self) -> bool:
        """Whether a verb that may open a document only does so here."""
        return self.verb in self.sentence.lexicon.sets["opening"] and self.opens_the_text

    @once
    def opens_sentence(self) -> bool:
        """Whether the verb is the first word of its sentence."""
        return self.predicate.start == 0

    @once
    def is_operative(self) -> bool:
        """Whether the sentence opens with what is to be done."""
        return is_operative(self.sentence)

    @once
    def is_event(self) -> bool:
        """Whether a verb after "will" announces an event."""
        return _is_event(self.sentence, self.predicate.end)

    @once
    def stays_engaged(self) -> bool:
        """Whether a verb of prediction is done all the same: "will remain committed to"."""
        return _is_undertaken(self.sentence, self.predicate)

    # ------------------------------------------------------------------ the complement of "be"

    @once
    def complement_at(self) -> int:
        """The place of what "be" says: the adjective, participle or noun."""
        tags, words = self.sentence.tags, self.sentence.words
        predicate = self.predicate
        index = predicate.end if predicate.verb == "be" else predicate.verb_at
        while index < len(tags) and tags[index] in BEFORE_COMPLEMENT:
            index += 1
        if index < len(words) and words[index] == "of":
            # "is of importance", "are of the view"
            index += 1
            while index < len(tags) and tags[index] in PREMODIFIER:
                index += 1
        return index

    @once
    def complement(self) -> str:
        """The first word of the complement of "be"; "to", "to be" before an infinitive."""
        at = self.complement_at
        if self.sentence.tags[at : at + 2] == TO_BE:
            return "to be"
        return self.sentence.words[at] if at < len(self.sentence.words) else ""

    @once
    def complement_words(self) -> tuple[str, ...]:
        """The first six words of the complement of "be"."""
        return self.sentence.words[self.complement_at : self.complement_at + 6]

    @once
    def complement_head(self) -> tuple[str, ...]:
        """The first three words of the complement of "be"."""
        return self.sentence.words[self.complement_at : self.complement_at + 3]

    @once
    def adjective(self) -> WordClass | None:
        """The class of the predicative adjective whose complement is there."""
        words, at = self.sentence.words, self.complement_at
        word = words[at] if at < len(words) else ""
        for word_class in self.sentence.lexicon.adjectives.get(word, ()):
            if "any" in word_class.takes or takes_action(
                self.sentence, at + 1, self.options, strict=True
            ):
                return word_class
        return None

    @once
    def adjective_reading(self) -> str:
        """How the codebook reads the predicative adjective, or nothing where there is none."""
        return self.adjective.reading if self.adjective else ""

    @once
    def has_adjective(self) -> bool:
        """Whether the codebook knows the predicative adjective."""
        return self.adjective is not None

    @once
    def qualifies_thing(self) -> bool:
        """Whether the adjective stands before a noun that is nothing to do: "vital partners"."""
        tags, at = self.sentence.tags, self.complement_at
        if tags[at + 1 : at + 2] != NOUN:
            return False
        return self.sentence.lexicon.sets["tasks"].isdisjoint(self.sentence.words[at + 1 : at + 4])

    @once
    def firm_will_at(self) -> int | None:
        """The place of a noun of will after "be": "are firm in their resolve to"."""
        sentence = self.sentence
        at = self.complement_at
        if self.has_adjective and sentence.words[at + 1 : at + 2] != ("in",):
            return None  # "are united in our resolve to", but not "are proud of our resolve to"
        noun = noun_of_will(sentence, at, self.predicate.stop, self.options)
        return noun if noun is not None and sentence.tags[noun - 1] in MODIFIED_BY else None

    @once
    def firm_will(self) -> bool:
        """Whether a noun of will stands after "be"."""
        return self.firm_will_at is not None

    @once
    def is_members_aim(self) -> bool:
        """Whether "be" states an aim of the members: "our aim is to open …"."""
        return is_members_aim(self.sentence, self.predicate, self.complement_at, self.options)

    # ------------------------------------------------------------------ the subject

    @once
    def subject_role(self) -> str:
        """Who the subject is as written, whatever a row of re-reading made of it."""
        return _ROLES[self.predicate.subject.role]

    @once
    def subject_words(self) -> tuple[str, ...]:
        """The words of the subject."""
        subject = self.predicate.subject
        return self.sentence.words[subject.start : subject.end]

    @once
    def subject_first(self) -> str:
        """The first word of the subject."""
        return next(iter(self.subject_words), "")

    @once
    def subject_head(self) -> str:
        """The head of the subject: the word before its first preposition."""
        words, subject = self.sentence.words, self.predicate.subject
        for index in range(subject.start, subject.end):
            if self.sentence.tags[index] == PREPOSITION:
                return words[index - 1]
        return words[subject.end - 1] if subject.end else ""

    @once
    def subject_names_members(self) -> bool:
        """Whether the subject names the members or what is theirs."""
        subject = self.predicate.subject
        return names_members(self.sentence, subject.start, subject.end)

    @once
    def subject_has_own_name(self) -> bool:
        """Whether the subject holds a name of the organization."""
        return not self.sentence.lexicon.own_names.isdisjoint(self.subject_words)

    @once
    def clause_start(self) -> int:
        """The first token of the clause: the subject may be the last of its noun phrases."""
        before = self.sentence.tags[: self.predicate.subject.start]
        first = max(before.rfind(COMMA), before.rfind(SEMICOLON), before.rfind(THAT)) + 1
        return first if ENDS_OPENING.isdisjoint(before[first:]) else self.predicate.subject.start

    @once
    def subject_is_need(self) -> bool:
        """Whether an adjective of need stands first: "Especially important is …"."""
        words = self.subject_words
        if not words or len(words) > 3 or self.predicate.subject.start > 2:
            return False
        classes = self.sentence.lexicon.adjectives.get(words[-1], ())
        return any(word_class.reading == "need" for word_class in classes)

    @once
    def subject_need_at(self) -> int:
        """The place of a noun of need in the subject, or -1."""
        tags = self.sentence.tags
        for index in range(self.clause_start, self.predicate.subject.end):
            noun = self.sentence.lexicon.nouns.get(self.sentence.words[index])
            if noun is not None and noun.reading == "need":
                return index
            if tags[index] == PREPOSITION and index > self.clause_start:
                break
        return -1

    @property
    def subject_names_need(self) -> bool:
        """Whether the subject is a need or an importance: "the importance of drafting"."""
        return self.subject_need_at >= 0

    @once
    def subject_need_is_action(self) -> bool:
        """Whether what is needed is something to be done, in the subject or after the verb."""
        subject, at = self.predicate.subject, self.subject_need_at + 1
        if at < subject.end:
            return object_is_action(self.sentence, at, subject.end)
        return object_is_action(self.sentence, self.predicate.end, self.predicate.stop)

    @once
    def subject_opens_with_action(self) -> bool:
        """Whether the subject is work by its kind: "the discussion, preparation and search"."""
        return object_is_action(self.sentence, self.clause_start, self.predicate.subject.end)

    @once
    def subject_is_action(self) -> bool:
        """Whether the subject is something that can be done."""
        subject = self.predicate.subject
        return object_is_action(self.sentence, subject.start, subject.end)

    @once
    def own_work(self) -> bool:
        """Whether no other party is named as the owner of the work in the subject."""
        return is_own_work(self.sentence, self.predicate)

    @once
    def is_body(self) -> bool:
        """Whether the subject is a body of the organization's own, written large."""
        sets, words = self.sentence.lexicon.sets, self.sentence.words
        subject = self.predicate.subject
        last = subject.end - 1
        return (
            words[last] in sets["bodies"]
            and self.sentence.raw[last][:1].isupper()
            and self.sentence.lexicon.foreign_words.isdisjoint(
                set(words[subject.start : last]) - sets["bodies"]
            )
        )

    @once
    def is_meeting(self) -> bool:
        """Whether the subject is a meeting that speaks: "the ministers", "the Meeting"."""
        return is_meeting(self.sentence, self.predicate.subject)

    # ------------------------------------------------------------------ who acts, who is told

    @once
    def agent(self) -> str:
        """Who the doer of a passive is, where "by …" names one, else nothing."""
        role = agent_of_passive(self.sentence, self.predicate)
        return _ROLES[role] if role else ""

    @once
    def addressee(self) -> str:
        """Who is told to act: the role of the noun phrase after the verb."""
        role = addressee_role(self.sentence, self.predicate)
        words, lexicon = self.next_words, self.sentence.lexicon
        ours = not lexicon.sets["possessives_of_members"].isdisjoint(words[:1])
        if ours and role is Role.PARTY and not lexicon.organ_words.isdisjoint(words):
            return "organ"  # "their Ministries of Culture"
        return _ROLES[role]

    @once
    def own_addressee(self) -> bool:
        """Whether the organ told is the members' own, not "the UN Secretary-General"."""
        return addresses_own_organ(self.sentence, self.predicate)

    @once
    def own_told(self) -> bool:
        """Whether who is told in a passive is an organ, a government or named as the members' own.

        "The experts are requested", "governments are instructed", "the SCO University is asked".
        """
        governments = self.verb_reading == "instruction" and self.subject_words[-1:] == (
            "governments",
        )
        return self.role == "organ" or governments or self.subject_has_own_name

    @once
    def others_told(self) -> bool:
        """Whether who is told in a passive is somebody: "the donors are asked", "all are urged"."""
        if self.role in {"party", "subset"}:
            return True
        others = self.sentence.lexicon.sets["demonstratives_of_others"]
        called = self.verb_reading == "request" and self.tense == "present"
        return called and self.subject_first in others

    @once
    def new_own_instrument(self) -> bool:
        """Whether the subject is new ("a network"), or an instrument of the members' own."""
        sets = self.sentence.lexicon.sets
        if self.subject_first in sets["indefinite_articles"]:
            return True
        others = self.sentence.lexicon.foreign_words | sets["not_ours"]
        ours = others.isdisjoint(self.subject_words)
        return ours and self.subject_head in sets["own_instruments"]

    @once
    def tells_them(self) -> bool:
        """Whether "them" or governments are told: those a sentence before has named."""
        words, end = self.sentence.words, self.predicate.end
        pronoun = not self.sentence.lexicon.sets["object_pronouns"].isdisjoint(words[end : end + 1])
        return pronoun or "governments" in words[end : end + 3]

    # ------------------------------------------------------------------ when and where

    @once
    def points_back(self) -> bool:
        """Whether the verb reports an earlier occasion: "at the Strelsau summit"."""
        return _points_back(self.sentence, self.predicate)

    @once
    def is_dated(self) -> bool:
        """Whether the verb is told of another day or place: "in 2009 we agreed"."""
        return _is_dated(self.sentence, self.predicate)

    @once
    def next_event(self) -> bool:
        """Whether what is decided is the next event: "to hold the next fair"."""
        words, predicate = self.sentence.words, self.predicate
        index = self.sentence.tags.find(TO, predicate.end, predicate.stop) + 1
        return words[index] in self.sentence.lexicon.sets["announcing"] and "next" in words[index:]

    # ------------------------------------------------------------------ acts that hang on words

    @once
    def adjunct_act(self) -> Act | None:
        """The act of "note with satisfaction": how it is noted is what is said."""
        return _expressive_adjunct(self.sentence, self.predicate)


# ---------------------------------------------------------------------- re-reading


def in_present(case: Case) -> Case:
    """Return a verb as its present: the past of this meeting."""
    return replace(case, tense="present")


def as_adjective(case: Case) -> Case:
    """Return a participle as an adjective after "be": "are committed to"."""
    return replace(case, voice="copula")


def as_members(case: Case) -> Case:
    """Return a meeting that speaks in its own document as the members."""
    return replace(case, role="members")


def as_shall(case: Case) -> Case:
    """Return "the ministers are to submit …" as "the ministers shall submit …"."""
    tags, words = case.sentence.tags, case.sentence.words
    index = case.complement_at + 1
    while index < len(tags) and tags[index] in ADVERBIAL:
        index += 1
    passive = tags[index : index + 2] == BE_PARTICIPLE
    index += passive
    word = words[index] if index < len(words) else ""
    base = base_of(word, case.sentence.lexicon.inflection) if passive else word
    shall = case.predicate._replace(
        modal="shall", verb=base, tense="modal", passive=passive, verb_at=index, end=index + 1
    )
    return _changed(case, shall)


def as_passive(case: Case) -> Case:
    """Return "attention will be devoted" as a passive: only of the members it is an adjective."""
    end = case.predicate.end
    verb = base_of(case.sentence.words[end], case.sentence.lexicon.inflection)
    passive = case.predicate._replace(passive=True, verb=verb, verb_at=end, end=end + 1)
    return _changed(case, passive)


def as_call(case: Case) -> Case:
    """Return "we reiterate our call on the donors" as "we call on the donors"."""
    if case.noun_class is None:
        return case
    at = case.noun_class[1]
    verb = case.sentence.lexicon.forms.get(case.sentence.words[at], (_CALL, ""))[0]
    return _changed(case, case.predicate._replace(verb=verb, verb_at=at, end=at + 1))


def _changed(case: Case, predicate: Predicate) -> Case:
    read = Case.of(case.sentence, predicate, case.governor, case.options)
    read.role = case.role
    return read


READINGS = {
    "the present": in_present,
    "an adjective": as_adjective,
    "the members": as_members,
    "shall": as_shall,
    "a passive": as_passive,
    "its call": as_call,
}
"""What a row of re-reading may turn a verb into."""


# ---------------------------------------------------------------------- acts, levels, words


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


ACTS = {
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
    if predicate.verb in sets["verbs.undertaking"] or predicate.verb in sets["verbs.instruction"]:
        return level_of_complement(case)
    tags = sentence.tags
    index = predicate.end
    while index < len(tags) and tags[index] in TO_OR_ADVERB:
        index += 1
    if sentence.words[index : index + 1] == ("committed",):
        return "low"
    return "low" if predicate.verb == "be" and not predicate.negated else "high"


def level_of_complement(case: Case) -> Level:
    """Let what is undertaken lower the level; of coordinated infinitives the highest counts."""
    sentence, predicate, sets = case.sentence, case.predicate, case.sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
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
    "verb": lambda case: case.predicate.end,
    "particles": lambda case: case.sentence.tags.find(TO, case.predicate.end),
    "complement": lambda case: case.complement_at + 1,
    "complement and next": lambda case: case.complement_at + 2,
    "noun of will": lambda case: case.will_at + 1,
    "firm will": lambda case: case.firm_will_at + 1,
    "noun": lambda case: case.noun_class[1] + 1,
    "needed noun": lambda case: case.need_noun[1] + 1,
    "deemed": lambda case: case.deemed_at[1],
    "what goes on": lambda case: case.continued_at[1],
}
"""How far the deciding words reach."""


# ---------------------------------------------------------------------- the surface


def class_of_verb(
    sentence: Sentence, predicate: Predicate, options: CommitmentOptions
) -> WordClass | None:
    """Return the first class of a verb whose particle and complement are there."""
    readings = sentence.lexicon.verbs.get(predicate.verb)
    if readings is None:
        return None
    tags, words = sentence.tags, sentence.words
    end = predicate.end
    after = words[end] if end < len(words) else ""
    index = end
    while index < len(tags) and tags[index] == ADVERB:
        index += 1
    later = words[index] if index < len(words) else ""
    for particle, word_class in readings:
        if word_class.name in options.without:
            continue
        start = end
        if particle:
            if after == particle:
                start = end + 1
            elif later == particle:
                start = index + 1
            else:
                continue
        if _complement_fits(sentence, word_class, predicate, start, particle, options):
            return word_class
    return None


def _complement_fits(
    sentence: Sentence,
    word_class: WordClass,
    predicate: Predicate,
    start: int,
    particle: str,
    options: CommitmentOptions,
) -> bool:
    """Return whether what a class of verbs needs after it is there."""
    if "any" in word_class.takes:
        return True
    if "somebody" in word_class.takes:
        return _tells_somebody(sentence, predicate._replace(end=start), options)
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


def _tells_somebody(sentence: Sentence, predicate: Predicate, options: CommitmentOptions) -> bool:
    """Return whether somebody follows, with what he is to do: "count on the donors to pay"."""
    start = predicate.end
    to = sentence.tags.find(TO, start + 1, start + _MOST_OF_ADDRESSEE)
    named = to > 0 and all(tag in ADDRESSEE_PHRASE for tag in sentence.tags[start:to])
    return (
        named
        and takes_action(sentence, to, options)
        and addressee_role(sentence, predicate) in _SOMEBODY
    )


def base_of_gerund(word: str, lexicon: Lexicon) -> str:
    """Return the verb of a gerund of the codebook, else its lemma."""
    form = lexicon.forms.get(word)
    return form[0] if form else base_of(word, lexicon.inflection)


def _deemed(sentence: Sentence, predicate: Predicate) -> tuple[str, int]:
    words = sentence.words
    for index in range(predicate.end, min(predicate.end + 6, len(words))):
        if sentence.tags[index] in ENDS_DEEMING:
            break
        adjectives = sentence.lexicon.adjectives.get(words[index], ())
        if any(adjective.reading == "need" for adjective in adjectives):
            return "need", index + 1
    for index in range(predicate.end, predicate.stop):
        # "consider the joint fight against fires one of the priorities of …"
        ranked = words[index] in sentence.lexicon.sets["priority"]
        if ranked and object_is_action(sentence, predicate.end, index):
            return "priority", predicate.end
    return "", predicate.end


def _continued(sentence: Sentence, predicate: Predicate) -> tuple[WordClass | None, int]:
    index = predicate.end + 1
    while index < predicate.stop and sentence.tags[index] in ADVERBIAL:
        index += 1
    word = sentence.words[index] if index < predicate.stop else ""
    for _, word_class in sentence.lexicon.verbs.get(word, ()):
        if word_class.act in {"expressive", "directive"}:
            return word_class, index + 1
    return None, predicate.end


def _expressive_adjunct(sentence: Sentence, predicate: Predicate) -> Act | None:
    words = sentence.words
    if words[predicate.start - 1] in sentence.lexicon.sets["praising_adverbs"] and predicate.start:
        return "expressive"
    index = next(
        (
            at
            for at in range(predicate.end, min(predicate.end + 3, predicate.stop))
            if sentence.tags[at] == PREPOSITION
        ),
        predicate.stop,
    )
    if words[index : index + 1] != ("with",):
        return None
    nouns = map(sentence.lexicon.nouns.get, words[index + 1 : index + 3])
    return next((noun.act for noun in nouns if noun and noun.id == "feeling"), None)


def _opens_the_text(sentence: Sentence, predicate: Predicate) -> bool:
    sets = sentence.lexicon.sets
    rest = sentence.words[predicate.end : predicate.end + 8]
    if not sets["announcing_what_follows"].isdisjoint(rest[:4]):
        return True
    if predicate.verb in sets["issuing"] and not sets["this_or_the"].isdisjoint(rest[:1]):
        this = "present" in rest[1:2] or rest[0] == "this"
        return this and not sets["documents"].isdisjoint(rest[1:6])
    return predicate.verb in sets["declaring"] and (
        not rest or (rest[0] in {COLON, "that"} and predicate.verb == "declare" and len(rest) < 3)
    )


def _is_event(sentence: Sentence, start: int) -> bool:
    sets = sentence.lexicon.sets
    words = sentence.words[start : start + 9]
    if sentence.words[start - 1] in sets["gathering"]:
        return not sets["event_signs"].isdisjoint(words[:3])
    return not sets["event_adjectives"].isdisjoint(words[:6]) and bool(
        (sets["events"] | {"anniversary"}) & set(words)
    )


def _is_undertaken(sentence: Sentence, predicate: Predicate) -> bool:
    sets = sentence.lexicon.sets
    following = sentence.words[predicate.end : predicate.end + 4]
    if predicate.verb in sets["staying"]:
        return any(
            word_class.id == "will" or word in sets["engaged_or_open"]
            for word in following
            for word_class in sentence.lexicon.adjectives.get(word, _NOTHING)
        ) or not sets["engaged"].isdisjoint(following)
    return predicate.verb == "see" and following[:1] == ("to",)


def is_meeting(sentence: Sentence, subject: Subject) -> bool:
    """Return whether a subject is a meeting that speaks: "the ministers", "the Meeting"."""
    words = sentence.words[subject.start : subject.end]
    if subject.role is Role.ORGAN and any(word.endswith("ministers") for word in words):
        return True
    opens = subject.start == 0 and len(words) == 2 and words[0] == "the"
    named = opens and words[1] in sentence.lexicon.sets["meetings"]
    return named and sentence.raw[1][:1].isupper()


def _points_back(sentence: Sentence, predicate: Predicate) -> bool:
    """Return whether a verb reports an earlier occasion.

    What stands inside the object does not date the verb: "approved the report on the past
    year", "instructed the ministers to carry out the decisions of the previous meeting".
    """
    sets = sentence.lexicon.sets
    words, tags = sentence.words, sentence.tags
    after = next(
        (at for at in range(predicate.end, predicate.stop) if tags[at] in ENDS_VERB_PHRASE),
        predicate.stop,
    )
    subject = predicate.subject
    verb = next(
        (at for at in range(subject.end, predicate.start) if tags[at] in FINITE_OR_WILL),
        predicate.start,
    )
    for first, last in ((0, subject.start), (subject.end, verb), (predicate.end, after)):
        for index in range(first, last):
            word = words[index]
            before = words[max(first, index - 6) : index]
            if word in sets["earlier"] and (
                word in sets["earlier_adverbs"]
                or not sets["dating_prepositions"].isdisjoint(before[-3:])
            ):
                return True
            if word == "last" and not sets["last_periods"].isdisjoint(words[index + 1 : index + 2]):
                return True
            if (
                word in sets["occasions"]
                and not sets["occasion_prepositions"].isdisjoint(before)
                and sets["this_occasion"].isdisjoint(before)
            ):
                return True
    return False


def _is_dated(sentence: Sentence, predicate: Predicate) -> bool:
    words, raw, tags = sentence.words, sentence.raw, sentence.tags
    index = predicate.end
    while index < predicate.stop and tags[index] not in ENDS_ADVERBIALS:
        index += 1
    return any(
        words[at] in sentence.lexicon.sets["dating_prepositions"]
        and tags[at + 1 : at + 2] == NOUN
        and (raw[at + 1].isdigit() or (raw[at + 1][:1].isupper() and words[at] != "on"))
        for at in (*range(min(1, predicate.subject.start)), *range(predicate.end, index))
    )
