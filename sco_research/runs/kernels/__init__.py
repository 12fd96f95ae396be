"""A notebook run in a kernel: forked from a warmed process or cold, limited, and ended."""
