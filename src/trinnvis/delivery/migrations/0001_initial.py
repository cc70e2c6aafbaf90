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
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('source', models.CharField(max_length=300)),
                ('status', models.CharField(choices=[('vedtatt', 'vedtatt'), ('gjeldende', 'gjeldende'), ('eksempel', 'eksempel'), ('må kontrolleres', 'må kontrolleres')], max_length=20)),
                ('unit', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('nok', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['year', 'unit'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='one_budget_a_year')],
            },
        ),
        migrations.CreateModel(
            name='BudgetHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('profession', models.CharField(max_length=40)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=10)),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='delivery.budget')),
            ],
            options={
                'ordering': ['profession'],
                'constraints': [models.UniqueConstraint(fields=('budget', 'profession'), name='profession_once')],
            },
        ),
        migrations.CreateModel(
            name='CapacityEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('by_name', models.CharField(max_length=160)),
                ('unit', models.CharField(blank=True, db_index=True, max_length=40)),
                ('verb', models.CharField(max_length=40)),
                ('about', models.CharField(max_length=200)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=32)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MonthUsed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('source', models.CharField(max_length=300)),
                ('status', models.CharField(choices=[('vedtatt', 'vedtatt'), ('gjeldende', 'gjeldende'), ('eksempel', 'eksempel'), ('må kontrolleres', 'må kontrolleres')], max_length=20)),
                ('unit', models.CharField(max_length=40)),
                ('month', models.DateField()),
                ('nok', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['unit', 'month'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'month'), name='one_account_a_month')],
            },
        ),
        migrations.CreateModel(
            name='PlaceKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('title', models.CharField(max_length=80, unique=True)),
                ('housing_step', models.PositiveSmallIntegerField()),
                ('services', models.JSONField(default=list)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['housing_step', 'title'],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('service', models.CharField(max_length=40)),
                ('settlement', models.CharField(max_length=50)),
                ('unit', models.CharField(max_length=40)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['service', 'settlement'],
                'constraints': [models.UniqueConstraint(fields=('service', 'settlement'), name='one_unit_an_area')],
            },
        ),
        migrations.CreateModel(
            name='ServiceHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('source', models.CharField(max_length=300)),
                ('status', models.CharField(choices=[('vedtatt', 'vedtatt'), ('gjeldende', 'gjeldende'), ('eksempel', 'eksempel'), ('må kontrolleres', 'må kontrolleres')], max_length=20)),
                ('unit', models.CharField(max_length=40)),
                ('service', models.CharField(max_length=40)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('planned', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('executed', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['unit', 'service', 'first_day'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'service', 'first_day'), name='one_report_a_period')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('unit', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('bought', models.BooleanField(default=False)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['unit', 'name'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='site_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Places',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('source', models.CharField(max_length=300)),
                ('status', models.CharField(choices=[('vedtatt', 'vedtatt'), ('gjeldende', 'gjeldende'), ('eksempel', 'eksempel'), ('må kontrolleres', 'må kontrolleres')], max_length=20)),
                ('number', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='delivery.placekind')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='delivery.site')),
            ],
            options={
                'verbose_name_plural': 'places',
                'ordering': ['site', 'kind', 'valid_from'],
            },
        ),
    ]
