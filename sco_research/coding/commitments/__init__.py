"""Commitments and speech acts, from the words of a sentence to the rows of a frame.

A sentence is a value, and every step a function from value to value::

    tag(text, lexicon) -> Sentence -> clauses(sentence) -> predicates(clauses)
        -> judge(case, table) -> Verdict -> rows

``options`` holds a study's choices, ``lexicon`` the codebook, ``sentence`` the values. ``tagging``
gives every token a class of ``token_classes``; ``verb_groups``, ``noun_phrases``, ``roles`` and
``clauses`` find the grammar. ``judge`` applies the rule table, which ``rules`` reads and makes
ready; what its rows may ask stands in ``conditions`` (of a finite verb), ``stances`` (of what is
supported or needed) and ``lists`` (of lead-ins, items and fragments), which look into phrases with
``commitment_nouns``, ``agents`` and ``actions``; ``verdicts`` holds what comes out.
``analysis`` reads a document; ``targets``, ``attributes`` and ``binding`` describe what was found
in ``rows``. ``coder`` is the way in, ``validation`` measures it all, on the sentences of
``out_of_sample`` among others.
"""
