"""Commitments and speech acts, from the words of a sentence to the rows of a frame.

A sentence is a value, and every step a function from value to value::

    tag(text, lexicon) -> Sentence -> clauses(sentence) -> predicates(clauses)
        -> judge(sentence, predicate, predicates, options) -> Verdict -> rows

``options`` holds a study's choices, ``lexicon`` the codebook, ``sentence`` the values. ``tagging``
gives every token a class of ``token_classes``; ``verb_groups``, ``noun_phrases``, ``roles`` and
``clauses`` find the grammar. ``judge`` applies the rules R1 to R6: ``modals``, ``directives`` and
``copular`` judge the kinds of clause, ``verdicts`` makes verdicts, and ``commitment_nouns``,
``agents`` and ``actions`` answer what the rules ask of a phrase. ``lists`` ties items to lead-ins,
``analysis`` reads a document; ``targets``, ``attributes`` and ``binding`` describe what was found
in ``rows``. ``coder`` is the way in, ``validation`` measures it all.
"""
