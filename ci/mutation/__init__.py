"""The mutation matrix: what ci/kill runs, counts and prints."""
