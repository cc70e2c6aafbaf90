"""Settings for the suite: the product's own, with a data folder and databases that are thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import dj_database_url

# The data folder is named before the product's settings read it; each xdist worker gets its own.
# Only what TEST_DATABASE_URL says counts: a developer's DATABASE_URL is never touched by a test.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
_folder = Path(tempfile.mkdtemp(prefix=f"trinnvis-tests-{_worker}-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TRINNVIS_DATA"] = str(_folder)
os.environ["TRINNVIS_ENV"] = "demo"
os.environ.pop("DATABASE_URL", None)

from trinnvis.site.settings import *  # noqa: E402, F403
from trinnvis.site.settings import DATABASES, MIDDLEWARE  # noqa: E402

if _url := os.environ.get("TEST_DATABASE_URL"):
    DATABASES["default"] = {**dj_database_url.parse(_url), "TEST": {}}
    # What a test commits need not survive the machine.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
else:
    # A file and not memory: pages, threads and the live server then meet the locks that production meets.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Every test client begins the site anew: a static file is found when it is asked for, not all of them before.
WHITENOISE_AUTOREFRESH = True
if os.environ.get("HESITANT_PAGES"):
    MIDDLEWARE = ["hesitation.Hesitant", *MIDDLEWARE]
