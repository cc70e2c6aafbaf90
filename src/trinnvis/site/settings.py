"""Django settings. What a municipality changes comes from the environment (docs/developer/settings.md)."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from trinnvis.site.environment import data_folder, is_production, key

PACKAGE = Path(__file__).resolve().parent.parent
PRODUCTION = is_production()
DEBUG = False
DATA = data_folder()
SECRET_KEY = key("secret_key")
ALLOWED_HOSTS = os.environ.get("TRINNVIS_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "trinnvis.policy",
    "trinnvis.figures",
    "trinnvis.people",
    "trinnvis.access",
    "trinnvis.ownfigures",
    "trinnvis.pricing",
    "trinnvis.casework",
    "trinnvis.scenarios",
    "trinnvis.simulations",
    "trinnvis.personas",
    "trinnvis.townplans",
    "trinnvis.delivery",
    "trinnvis.letters",
    "trinnvis.exchange",
    "trinnvis.site",
    "trinnvis.portal",
    "trinnvis.desk",
    "trinnvis.planner",
    "trinnvis.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "trinnvis.site.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trinnvis.site.sessions.SlidingSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trinnvis.site.acting.ActorMiddleware",
    "trinnvis.site.middleware.AddressMiddleware",
]

ROOT_URLCONF = "trinnvis.site.urls"
WSGI_APPLICATION = "trinnvis.site.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "trinnvis.site.context.everywhere",
            ],
            "builtins": [
                "trinnvis.site.templatetags.trinnvis",
                "trinnvis.figures.templatetags.figures",
            ],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'trinnvis.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["trinnvis.access.backend.IdentityBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# A background map from outside is off unless chosen: whoever delivers it sees which places are looked at.
TRINNVIS_BACKGROUND_MAP = os.environ.get("TRINNVIS_BACKGROUND_MAP", "")
BACKGROUND_MAPS = {
    "kartverket": {
        "host": "https://cache.kartverket.no",
        "tiles": "https://cache.kartverket.no/v1/wmts/1.0.0/topo/default/webmercator/{z}/{y}/{x}.png",
        "credit": "© Kartverket",
    }
}
if TRINNVIS_BACKGROUND_MAP in BACKGROUND_MAPS:
    for _directive in ("img-src", "connect-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(
            BACKGROUND_MAPS[TRINNVIS_BACKGROUND_MAP]["host"]
        )
elif TRINNVIS_BACKGROUND_MAP:
    raise ImproperlyConfigured(
        f"TRINNVIS_BACKGROUND_MAP is {TRINNVIS_BACKGROUND_MAP!r}; leave it out, or write "
        + " or ".join(BACKGROUND_MAPS)
    )

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
if not PRODUCTION:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Which adapter stands behind each port (docs/developer/ports.md).
TRINNVIS_IDENTITY_PROVIDER = os.environ.get(
    "TRINNVIS_IDENTITY_PROVIDER", "trinnvis.exchange.demo_login.DemoIdentityProvider"
)
TRINNVIS_DEMO_PEOPLE = "trinnvis.demo.cast.people"  # whom the demo login offers
TRINNVIS_POLICY_FOLDER = PACKAGE / "policy" / "lunner"
TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS = not PRODUCTION
# Keys for identity numbers: the first id seals, the others still open.
SEALING_KEY_IDS = os.environ.get("TRINNVIS_SEALING_KEY_IDS", "1").replace(" ", "").split(",")
TRINNVIS_SEALING_KEY_ID = SEALING_KEY_IDS[0]
TRINNVIS_SEALING_KEYS = {key_id: key(f"sealing_key_{key_id}") for key_id in SEALING_KEY_IDS}
TRINNVIS_INDEX_KEY = key("index_key")
# For how long those who handle cases in a unit still see one after it is closed.
TRINNVIS_CLOSED_CASE_ACCESS_DAYS = int(os.environ.get("TRINNVIS_CLOSED_CASE_ACCESS_DAYS", "180"))
TRINNVIS_CLOCK = "trinnvis.site.clock.system_now"
# How many simulations may be under way at a time, in all processes together.
TRINNVIS_SIMULATIONS_AT_ONCE = int(os.environ.get("TRINNVIS_SIMULATIONS_AT_ONCE", "1"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TRINNVIS_LOG_LEVEL", "WARNING")},
}
