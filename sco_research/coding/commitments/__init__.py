"""Commitments and speech acts, from the words of a sentence to the rows of a frame.

``lexicon`` reads the codebook; ``tagging`` to ``clauses`` find the grammar of a sentence; ``deeds``
to ``readings`` apply the rules R1 to R6; ``targets``, ``attributes`` and ``binding`` describe what
was found; ``lists`` ties items to lead-ins, ``analysis`` reads a document, ``coder`` is the way in,
``validation`` judges it all.
"""
