"""Where each door begins."""

from django.urls import include, path
from django.views.i18n import set_language

from trinnvis.site import login, views

urlpatterns = [
    path("helse", views.health, name="health"),
    path("logg-inn", login.begin, name="login"),
    path("logg-inn/retur", login.complete, name="login_return"),
    path("logg-ut", login.leave, name="logout"),
    path("sprak", set_language, name="set_language"),
    path("personvern", views.privacy, name="privacy"),
    path("informasjonskapsler", views.cookies, name="cookies"),
    path("tilgjengelighet", views.accessibility, name="accessibility"),
    path("kontaktinformasjon", views.contact_information, name="contact_information"),
    path("stil", views.style, name="style"),
    path("stil/trapper/<int:effort>/<int:housing>", views.style_ladders, name="style_ladders"),
    path("stil/figurer", views.style_figures, name="style_figures"),
    path("stil/figurer/<slug:key>.<str:ending>", views.style_figure_file, name="style_figure_file"),
    path("skranke/", include("trinnvis.desk.urls")),
    path("plan/", include("trinnvis.planner.urls")),
    path("", include("trinnvis.portal.urls")),
]
