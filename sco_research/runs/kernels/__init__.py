"""A notebook run in a kernel: how one is started, forked from a warmed process, bounded, ended."""
