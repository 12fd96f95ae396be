"""Text + codebook → coded evidence.

``codebooks`` reads codebooks and finds their words; ``codings`` codes documents by them; themes,
stance and what is measured of them follow; ``commitments`` analyses the grammar of sentences;
``reliability`` compares coders with each other and with the program.
"""
