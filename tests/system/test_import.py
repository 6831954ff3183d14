"""`guise import limbo` with the part of x509-limbo that is kept beside the project, where it is there."""

import pytest

import program

CORPUS = program.ROOT.parent / "shared/corpora/limbo-part.json"


@pytest.mark.skipif(not CORPUS.exists(), reason="there is no x509-limbo beside the project")
def test_every_case_that_a_server_can_show_is_replayed_and_the_others_are_counted(guise):
    program.tool("curl")
    ended = guise("import", "limbo", CORPUS, "--client", "curl")
    assert ended.code == 1, ended.out + ended.err
    assert "94 of 114 cases replayed" in ended.out and "0 unclear" in ended.out
    for reason in ("10: it validates a client", "8: it needs CRLs", "2: it has no key"):
        assert f"not replayed, {reason}" in ended.out
    again = guise("import", "limbo", CORPUS, "--client", "curl", "--baseline", guise.folder / "guise-import/limbo.json")
    assert again.code == 0, again.out
