"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trinnvis.site.settings")
application = get_wsgi_application()

from trinnvis.exchange.login import identity_provider  # noqa: E402 - settings are read above

identity_provider()  # refuses the demo login in production before the first request

from trinnvis.simulations import worker  # noqa: E402
from trinnvis.site.clock import site_now  # noqa: E402

worker.start(site_now)  # takes up what a stopped process left as well
