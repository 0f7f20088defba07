"""How long hypothesis searches: short by default, ``--hypothesis-profile=long`` before a release."""

from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=60, deadline=None)
settings.register_profile(
    "long", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("short")
