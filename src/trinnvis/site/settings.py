"""Django settings. What a municipality changes comes from the environment (docs/developer/settings.md)."""

from pathlib import Path

from csp.constants import NONE, SELF

from trinnvis.site.database import database, may_hold_people
from trinnvis.site.environment import (
    data_folder,
    hosts,
    is_production,
    one_of,
    said,
    switched_on,
    whole_number,
)
from trinnvis.site.keys import keys, sealing_key_ids

PACKAGE = Path(__file__).resolve().parent.parent
PRODUCTION = is_production()
DEBUG = False
DATA = data_folder()
DATABASES = {"default": database(DATA)}
SEALING_KEYS = {key_id: f"sealing_key_{key_id}" for key_id in sealing_key_ids()}
TRINNVIS_KEYS = keys(
    ["secret_key", *SEALING_KEYS.values(), "index_key"],
    may_make=lambda: not may_hold_people(DATABASES["default"]),
)
SECRET_KEY = TRINNVIS_KEYS["secret_key"]
ALLOWED_HOSTS = hosts()

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

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["trinnvis.access.backend.IdentityBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
# Whoever is asked over plain HTTP believes this header, so it is believed only where a proxy always sets it.
BEHIND_HTTPS_PROXY = switched_on("TRINNVIS_BEHIND_HTTPS_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS_PROXY else None
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
BACKGROUND_MAPS = {
    "kartverket": {
        "host": "https://cache.kartverket.no",
        "tiles": "https://cache.kartverket.no/v1/wmts/1.0.0/topo/default/webmercator/{z}/{y}/{x}.png",
        "credit": "© Kartverket",
    }
}
TRINNVIS_BACKGROUND_MAP = one_of("TRINNVIS_BACKGROUND_MAP", BACKGROUND_MAPS, "")
if TRINNVIS_BACKGROUND_MAP:
    for _directive in ("img-src", "connect-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_directive].append(
            BACKGROUND_MAPS[TRINNVIS_BACKGROUND_MAP]["host"]
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
TRINNVIS_IDENTITY_PROVIDER = said(
    "TRINNVIS_IDENTITY_PROVIDER", "trinnvis.exchange.demo_login.DemoIdentityProvider"
)
TRINNVIS_DEMO_PEOPLE = "trinnvis.demo.cast.people"  # whom the demo login offers
TRINNVIS_POLICY_FOLDER = PACKAGE / "policy" / "lunner"
TRINNVIS_SYNTHETIC_IDENTITY_NUMBERS = not PRODUCTION
# Keys for identity numbers: the first seals, the others still open.
TRINNVIS_SEALING_KEY_ID = next(iter(SEALING_KEYS))
TRINNVIS_SEALING_KEYS = {key_id: TRINNVIS_KEYS[name] for key_id, name in SEALING_KEYS.items()}
TRINNVIS_INDEX_KEY = TRINNVIS_KEYS["index_key"]
# For how long those who handle cases in a unit still see one after it is closed.
TRINNVIS_CLOSED_CASE_ACCESS_DAYS = whole_number("TRINNVIS_CLOSED_CASE_ACCESS_DAYS", 180, least=0)
TRINNVIS_CLOCK = "trinnvis.site.clock.system_now"
# How many simulations may be under way at a time, in all processes together.
TRINNVIS_SIMULATIONS_AT_ONCE = whole_number("TRINNVIS_SIMULATIONS_AT_ONCE", 1, least=1)

LOG_LEVEL = one_of("TRINNVIS_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
