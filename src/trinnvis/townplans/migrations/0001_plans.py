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
            name='TownPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('plan', 'Plan'), ('corrections', 'Corrections')], default='plan', max_length=12)),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'corrections')), fields=('base',), name='town_corrections_once')],
            },
        ),
        migrations.CreateModel(
            name='TownPlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('note', models.TextField(blank=True)),
                ('changes', models.JSONField()),
                ('network', models.CharField(max_length=16)),
                ('saved_at', models.DateTimeField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='townplans.townplan')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'revision'), name='town_plan_revision')],
            },
        ),
    ]
