"""Logging in and out, whoever the identity provider is."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trinnvis.access.models import Account
from trinnvis.exchange.login import LoginRefused, identity_provider
from trinnvis.site.navigation import url_or_empty

NEXT = "login_next"


@require_safe
@never_cache
def begin(request: HttpRequest) -> HttpResponseBase:
    """Remember where the visitor was going, and hand over to the provider."""
    wanted = request.GET.get("next", "")
    if _is_safe(request, wanted):
        request.session[NEXT] = wanted
    else:
        request.session.pop(NEXT, None)
    return identity_provider().start(request, reverse("login_return"))


@require_http_methods(["GET", "POST"])
@never_cache
def complete(request: HttpRequest) -> HttpResponse:
    """The provider has answered: begin a new session for the account it names."""
    try:
        claims = identity_provider().finish(request)
        account = Account.objects.filter(subject=claims.subject, is_active=True).first()
        if account is None:
            raise LoginRefused(_("Du har ikke tilgang ennå. Ta kontakt med kommunen."))
    except LoginRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("login")
    wanted = request.session.pop(NEXT, "")
    auth.login(request, account)  # a new session key; nothing of another's session follows
    return HttpResponseRedirect(wanted or _front_page_of(account))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    messages.info(request, _("Du er logget ut."))
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


def _is_safe(request: HttpRequest, url: str) -> bool:
    """Only an address of this site, so that a link cannot lead a newly logged in visitor elsewhere."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _front_page_of(account: Account) -> str:
    door = "portal:my_page" if account.person_id is not None else "desk:front"
    return url_or_empty(door) or settings.LOGIN_REDIRECT_URL
