import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from trinnvis.first_tables import FirstTables


class Migration(FirstTables):

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='SimulationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('order', models.JSONField()),
                ('version', models.CharField(max_length=40)),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'I kø'), ('running', 'Kjører'), ('stopped', 'Stoppet'), ('failed', 'Feilet'), ('done', 'Ferdig')], default='queued', max_length=10)),
                ('queued_at', models.DateTimeField()),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('reused', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('worker', models.CharField(blank=True, max_length=64)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('stop_asked', models.BooleanField(default=False)),
                ('interruptions', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.TextField(blank=True)),
                ('remedy', models.TextField(blank=True)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state'], name='simulation_run_state')],
            },
        ),
        migrations.CreateModel(
            name='SimulationResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('document', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='simulations.simulationrun')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
