"""How thoroughly made-up input is searched: `make test` takes a sample, `make soak` a thousand."""

from hypothesis import HealthCheck, settings

settings.register_profile("sample", max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("sample")
