"""Addresses of the staff's door, all under `skranke/`."""

from django.urls import URLPattern, URLResolver, include, path

from trinnvis.desk.views import enquiry, ladder, person, worklist

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.front, name="front"),
    path("oppgaver", worklist.worklist_page, name="worklist"),
    path("oppgaver/<str:number>/ta", worklist.take_case, name="take_case"),
    path("henvendelse/ny", enquiry.new_enquiry, name="new_enquiry"),
    path("henvendelse/<str:number>", enquiry.enquiry_page, name="enquiry"),
    path("henvendelse/<str:number>/person", enquiry.identify, name="identify"),
    path("sak/<str:number>/", include("trinnvis.desk.urls_case")),
    path("innbygger", person.find_person, name="find_person"),
    path("innbygger/<int:pk>", person.person_page, name="person"),
    path("innbygger/<int:pk>/fodselsnummer", person.identity_number, name="person_number"),
    path("innbygger/<int:pk>/parorende", person.register_kin, name="register_kin"),
    path("trappen", ladder.ladder_page, name="ladder"),
    path("trappen/<int:number>", ladder.step_page, name="ladder_step"),
    path("trappen/tabell.<str:kind>", ladder.ladder_file, name="ladder_file"),
]
