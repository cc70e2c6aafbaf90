"""A map from outside only when the municipality has chosen it, and then from that host alone."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from trinnvis.site import settings
directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
asked = ("img-src", "connect-src", "worker-src")
print(json.dumps({name: [str(one) for one in directives[name]] for name in asked}))
"""


def policy(data_folder, chosen: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TRINNVIS_DATA": str(data_folder), "TRINNVIS_BACKGROUND_MAP": chosen}
    return subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("chosen", "hosts"), [("", 0), ("kartverket", 1)])
def test_the_host_is_let_through_only_when_chosen(data_folder, chosen, hosts):
    directives = json.loads(policy(data_folder, chosen).stdout)
    for name in ("img-src", "connect-src"):
        outside = [one for one in directives[name] if one.startswith("http")]
        assert outside == ["https://cache.kartverket.no"] * hosts
    assert directives["worker-src"] == ["'self'"]


def test_a_supplier_nobody_knows_is_refused_with_the_names(data_folder):
    answer = policy(data_folder, "alle-kart")
    assert answer.returncode != 0 and "kartverket" in answer.stderr
