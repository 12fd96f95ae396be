"""What is asked for → jobs, every fault named before anything runs, and what each needs done."""
