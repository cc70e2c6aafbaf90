"""Addresses of simulations, under `plan/simulering`."""

from django.urls import path

from trinnvis.planner.views.simulation import asking, files, following

RUN = "simulering/<int:pk>"

urlpatterns = [
    path("simulering", asking.simulation, name="simulation"),
    path(RUN, following.run_page, name="simulation_run"),
    path(f"{RUN}/stopp", following.stop, name="simulation_stop"),
    path(f"{RUN}/fortsett", following.go_on, name="simulation_continue"),
    path(f"{RUN}/figur/<slug:key>.<str:ending>", files.figure_file, name="simulation_figure"),
    path(f"{RUN}/saksvedlegg.<str:ending>", files.pack_file, name="simulation_pack"),
    path(f"{RUN}/alle-tall.json", files.numbers_file, name="simulation_numbers"),
]
