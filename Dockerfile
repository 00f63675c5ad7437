# Binôme in an image that never runs as root. See docs/exploitation.md, "In containers".
# Pin the base image by its digest where you build: what it holds is then what you have read.

FROM python:3.13-slim-trixie AS construction
WORKDIR /binome/code
# uv first, by the hashes that the code holds: this layer outlives the changes of the code.
COPY outils/obtenir_uv.py outils/obtenir_uv.py
RUN ["python", "outils/obtenir_uv.py", "/binome/outils"]
ENV UV_PROJECT_ENVIRONMENT=/binome/env UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_NO_CACHE=1
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN ["/binome/outils/uv", "sync", "--frozen", "--quiet", "--no-install-project", "--extra", "site", "--extra", "lot"]
COPY src src
RUN ["/binome/outils/uv", "sync", "--frozen", "--quiet", "--no-editable", "--compile-bytecode", "--extra", "site", "--extra", "lot"]

FROM python:3.13-slim-trixie
RUN groupadd --system --gid 10001 binome \
    && useradd --system --uid 10001 --gid binome --home-dir /donnees --no-create-home --shell /usr/sbin/nologin binome \
    && install -d -o binome -g binome -m 0700 /donnees /sauvegardes
COPY --from=construction /binome/env /binome/env
ENV PATH=/binome/env/bin:$PATH BINOME_DONNEES=/donnees PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /donnees
USER 10001:10001
VOLUME ["/donnees"]
EXPOSE 8000
# Alive, not ready: what restarts or sets aside an unhealthy container mends neither a full disk nor a late mail.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/sante/', timeout=4)"]
ENTRYPOINT ["binome"]
CMD ["serve", "--adresse", "0.0.0.0", "--port", "8000"]
