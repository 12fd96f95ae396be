"""Commitments and speech acts, from the words of a sentence to the rows of a frame.

A sentence is a value, and every step a function from value to value::

    tag(text, lexicon) -> Sentence -> clauses(sentence) -> predicates(clauses)
        -> judge(case, table) -> Verdict -> rows

``options`` holds a study's choices, ``lexicon`` the codebook, whose file ``lexicon_file`` checks,
``sentence`` the values. ``tagging`` gives every token a class of ``token_classes``;
``verb_groups``, ``noun_phrases``, ``roles`` and ``clauses`` find the grammar, with ``agreement``,
``attachment`` and ``parted_subjects``. ``judge`` applies the rule table, which ``rules`` reads and
makes ready; what its rows may ask stands in ``conditions`` (of a finite verb), ``stances`` (of what
is supported or needed) and ``lists`` (of lead-ins, items and fragments), which look into phrases
with ``surface``, ``occasions``, ``commitment_nouns``, ``agents`` and ``actions``; ``rereading`` and
``answers`` hold what a row may say, ``verdicts`` what comes out.

``analysis`` reads a document. ``undertakings`` finds the single actions of a sentence, with
``chains``, ``coordination`` and ``objects``; ``names``, ``attributes`` and ``binding`` describe
them in ``rows``. ``reservations`` finds where a text records that not all members agree.
``coder`` is the way in, ``validation`` measures it all, on the sentences of ``out_of_sample`` among
others.
"""
