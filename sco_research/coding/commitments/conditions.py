"""What a row of the rule table may ask of a finite verb, by name.

`Case` is one finite verb in its sentence. Each of its properties is a condition of the table
(`data/codebooks/commitment-rules.toml`), worked out when a row first asks for it and kept. A value
is a word (the role "members", the class "saying"), yes or no, or a row of words.

It is one class, since a row asks all of one verb, and each property is a line or two: the work is
done where the words are looked at (`surface`, `occasions`, `agents`, `actions` and
`commitment_nouns`).
"""

from dataclasses import dataclass

from sco_research.coding.commitments import occasions, surface
from sco_research.coding.commitments.actions import (
    is_compound_participle,
    is_operative,
    object_is_action,
    takes_action,
)
from sco_research.coding.commitments.agents import (
    addressee_role,
    addresses_own_organ,
    agent_of_passive,
    is_own_work,
    names_members,
)
from sco_research.coding.commitments.commitment_nouns import (
    adheres,
    is_members_aim,
    noun_of_will,
    object_noun_class,
    renewed,
)
from sco_research.coding.commitments.lexicon import WordClass
from sco_research.coding.commitments.lexicon_file import Act
from sco_research.coding.commitments.once import once
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.sentence import (
    SPEAKERS,
    Predicate,
    Role,
    Sentence,
)
from sco_research.coding.commitments.token_classes import (
    MODIFIED_BY,
    PREPOSITION,
    TO,
    TO_BE,
    WE,
)

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
    def governor_role(self) -> str:
        """Who says what follows "that"."""
        return _ROLES[self.governor.subject.role] if self.governor else ""

    @once
    def governor_is_of_today(self) -> bool:
        """Whether the verb above a clause after "that" reports no other occasion or day."""
        above = self.governor
        return above is not None and not (
            occasions.points_back(self.sentence, above) or occasions.is_dated(self.sentence, above)
        )

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
        return surface.class_of_verb(self.sentence, self.predicate, self.options)

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
        return surface.after_verb(self.sentence, self.predicate)

    @once
    def next_words(self) -> tuple[str, ...]:
        """The five words after the verb."""
        return self.sentence.words[self.predicate.end : self.predicate.end + 5]

    @once
    def said_at(self) -> int:
        """The place of a verb of saying or of stance right after "to", or -1."""
        return surface.said_at(self.sentence, self.predicate)

    @property
    def says_below(self) -> bool:
        """Whether a verb of saying or of stance is below this one: "wish to thank"."""
        return self.said_at >= 0

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
    def renewed(self) -> str:
        """What commitments of the members are renewed: of a "policy", "standing" or nothing."""
        return renewed(self.sentence, self.predicate)

    @once
    def noun_class(self) -> tuple[WordClass, int] | None:
        """The class and the place of the head of the object."""
        start = surface.object_at(self.sentence, self.predicate)
        return object_noun_class(self.sentence, start, self.predicate.stop)

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
        return surface.deemed(self.sentence, self.predicate)

    @once
    def deemed(self) -> str:
        """What something is deemed: "need", "priority" or nothing."""
        return self.deemed_at[0]

    @once
    def continued_at(self) -> tuple[WordClass | None, int]:
        """The class of what goes on ("continue to support"), and its place."""
        return surface.continued(self.sentence, self.predicate)

    @once
    def continued(self) -> str:
        """What goes on: "support", a "stance", or "conduct"."""
        word_class = self.continued_at[0]
        if word_class is None:
            return "conduct"
        return "support" if word_class.reading in {"support", "encouragement"} else "stance"

    @property
    def infinitive_at(self) -> int:
        """The place of the first "to" after the verb, else the end of the clause."""
        at = self.sentence.tags.find(TO, self.predicate.end, self.predicate.stop)
        return at if at >= 0 else self.predicate.stop

    @once
    def after_words(self) -> tuple[str, ...]:
        """The words from the complement of "be" to the end of the clause."""
        return self.sentence.words[self.complement_at : self.predicate.stop]

    @once
    def told_to_act(self) -> bool:
        """Whether somebody is told to do something: "encourage the donors to pay"."""
        return surface.told_to_act(self.sentence, self.predicate, self.addressee)

    @once
    def to_come(self) -> bool:
        """Whether what is looked forward to is done, not only held: "to strengthening"."""
        return surface.to_come(self.sentence, self.predicate)

    @once
    def second_need_at(self) -> int:
        """The place of a need that stands second in the object, or -1."""
        return surface.second_need(self.sentence, self.predicate, self.options)

    @property
    def second_need(self) -> bool:
        """Whether a need stands second in the object: "the risk …, and the need to enhance"."""
        return self.second_need_at >= 0

    @once
    def own_will(self) -> bool:
        """Whether a noun of will in the object is the members': "reaffirm their commitment"."""
        ours = self.sentence.lexicon.sets["possessives"]
        return not ours.isdisjoint(self.sentence.words[self.predicate.end : self.predicate.end + 3])

    @once
    def adheres_to(self) -> tuple[str, ...]:
        """What a noun of will is directed at, up to the first of its prepositions."""
        return surface.adheres_to(self.sentence, self.predicate)

    @once
    def is_named_doer(self) -> bool:
        """Whether the subject is a state or an organization by its name, no event or text."""
        subject, sets = self.predicate.subject, self.sentence.lexicon.sets
        if subject.pronoun or not self.subject_words or self.subject_first in sets["each"]:
            return False
        if self.subject_first in sets["not_members_determiners"]:
            return False
        named = self.sentence.raw[subject.end - 1][:1].isupper()
        return (
            named
            and sets["events"].isdisjoint(self.subject_words)
            and sets["documents"].isdisjoint(self.subject_words)
            and sets["instrument_heads"].isdisjoint(self.subject_words)
            and sets["things"].isdisjoint(self.subject_words)
            and sets["own_instruments"].isdisjoint(self.subject_words)
        )

    @once
    def states_aim(self) -> bool:
        """Whether an aim of the members is said to stay: "our goal remains, to open"."""
        return surface.states_aim(self.sentence, self.predicate, self.options)

    @once
    def listed_reading(self) -> str:
        """How the codebook reads the verb's first class, whatever follows."""
        readings = self.sentence.lexicon.verbs.get(self.verb, ())
        return readings[0][1].reading if readings else ""

    @once
    def opening_verb(self) -> bool:
        """Whether a verb that may open a document only does so here."""
        return self.verb in self.sentence.lexicon.sets["opening"] and occasions.opens_the_text(
            self.sentence, self.predicate
        )

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
        return occasions.is_event(self.sentence, self.predicate.end)

    @once
    def stays_engaged(self) -> bool:
        """Whether a verb of prediction is done all the same: "will remain committed to"."""
        return surface.is_undertaken(self.sentence, self.predicate)

    # ------------------------------------------------------------------ the complement of "be"

    @once
    def complement_at(self) -> int:
        """The place of what "be" says: the adjective, participle or noun."""
        return surface.complement_at(self.sentence, self.predicate, self.options)

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
    def adjective(self) -> WordClass | None:
        """The class of the predicative adjective whose complement is there."""
        return surface.adjective(self.sentence, self.complement_at, self.options)

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
        return surface.qualifies_thing(self.sentence, self.complement_at)

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
        return surface.subject_head(self.sentence, self.predicate)

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
        return surface.clause_start(self.sentence, self.predicate)

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
    def verb_is_compound(self) -> bool:
        """Whether the participle says of what kind a thing is: "locally-led"."""
        return is_compound_participle(self.predicate.verb, self.sentence.lexicon)

    @once
    def own_work(self) -> bool:
        """Whether no other party is named as the owner of the work in the subject."""
        return is_own_work(self.sentence, self.predicate)

    @once
    def is_body(self) -> bool:
        """Whether the subject is a body of the organization's own, written large."""
        return surface.is_body(self.sentence, self.predicate)

    @once
    def is_meeting(self) -> bool:
        """Whether the subject is a meeting that speaks: "the ministers", "the Meeting"."""
        return occasions.is_meeting(self.sentence, self.predicate.subject)

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
        if role is Role.MEMBERS and "through" in words:
            rest = self.sentence.words[self.predicate.end : self.predicate.end + 9]
            if not lexicon.organ_words.isdisjoint(rest[rest.index("through") :]):
                return "organ"  # "the Organization, through its Committee,"
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
        return self.subject_head in sets["own_instruments"] and (
            self.sentence.lexicon.foreign_words.isdisjoint(self.subject_words)
            and sets["not_ours"].isdisjoint(self.subject_words)
        )

    @once
    def names_who_is_called(self) -> bool:
        """Whether who is called on stands there by name, with "to": "the members are … to"."""
        end = self.complement_at + 1
        return not self.predicate.subject.pronoun and takes_action(self.sentence, end, self.options)

    @once
    def calls_on_members(self) -> bool:
        """Whether the members, by their name, are called on: "member states are encouraged to"."""
        return (
            self.role == "members"
            and not self.predicate.subject.pronoun
            and self.verb_reading in {"request", "encouragement", "instruction"}
            and self.agent in {"", "members"}
            and self.takes_action
        )

    @once
    def tells_organ_before(self) -> bool:
        """Whether "it", "him" or "them" is an organ of the members' own, named just before."""
        sentence, end = self.sentence, self.predicate.end
        sets, words = sentence.lexicon.sets, sentence.words
        if sets["object_pronouns"].isdisjoint(words[end : end + 1]):
            return False
        organs = [at for at in range(end) if words[at] in sentence.lexicon.organ_words]
        return bool(organs) and surface.is_own_organ(sentence, organs[-1])

    @once
    def tells_them(self) -> bool:
        """Whether "them" or governments are told: those a sentence before has named."""
        return surface.tells_them(self.sentence, self.predicate)

    # ------------------------------------------------------------------ when and where

    @once
    def points_back(self) -> bool:
        """Whether the verb reports an earlier occasion: "at the Strelsau summit"."""
        return occasions.points_back(self.sentence, self.predicate)

    @once
    def is_dated(self) -> bool:
        """Whether the verb is told of another day or place: "in 2009 we agreed"."""
        return occasions.is_dated(self.sentence, self.predicate)

    @once
    def next_event(self) -> bool:
        """Whether what is decided is the next event: "to hold the next fair"."""
        return occasions.next_event(self.sentence, self.predicate)

    # ------------------------------------------------------------------ acts that hang on words

    @once
    def adjunct_act(self) -> Act | None:
        """The act of "note with satisfaction": how it is noted is what is said."""
        return surface.expressive_adjunct(self.sentence, self.predicate)
