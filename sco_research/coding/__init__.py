"""Text + codebook → coded evidence.

``codebooks`` reads codebooks and finds their words; themes, stance and what is measured of them
stand here; ``commitments`` reads sentences by their grammar; ``reliability`` sets coders beside
each other and beside the program.
"""
