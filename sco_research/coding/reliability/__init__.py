"""How far coders agree, and how near the program comes: sheets out and in, coefficients, scores."""
