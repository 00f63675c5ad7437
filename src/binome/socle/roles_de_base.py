"""Two roles on PostgreSQL: one owns the tables and changes their form, the other serves the site.

Who takes hold of the site then has neither the triggers of the journal nor its past: the role that serves
may append to it, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.reglages.accords import role_de
from binome.reglages.controle import verifier
from binome.reglages.declarations import BASE_PROPRIETAIRE, DATABASE_URL

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from django.db.backends.base.base import BaseDatabaseWrapper

AJOUT_SEUL: Final = ("journal_entree", "journal_jeton")
"""What the site appends to, and never changes."""
LUES: Final = ("django_migrations",)
"""What the site only reads."""


def nommer(nom: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + nom.replace('"', '""') + '"'


def _citer(texte: str) -> str:
    """A text as SQL writes it."""
    return "'" + texte.replace("'", "''") + "'"


def prendre_le_role_du_proprietaire(environnement: MutableMapping[str, str] | None = None) -> str:
    """Makes the owner's address this process's own; the role that serves, which rights are granted to.

    Empty without an owner's address: there is then one role, and nothing changes. Raises
    ReglageRefuse for settings that cannot be, such as two addresses of the same role.
    """
    verifier(environnement)
    adresse = BASE_PROPRIETAIRE.lire(environnement)
    BASE_PROPRIETAIRE.oter(environnement)
    if not adresse:
        return ""
    application = role_de(DATABASE_URL.lire(environnement))
    DATABASE_URL.poser(adresse, environnement)
    return application


def droits(application: str) -> list[str]:
    """The orders, for the owner, that grant what serving needs and take back the rest."""
    role = nommer(application)
    ordres = [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {role}",
    ]
    ordres += [f"REVOKE UPDATE, DELETE ON {nommer(un)} FROM {role}" for un in AJOUT_SEUL]
    ordres += [f"REVOKE INSERT, UPDATE, DELETE ON {nommer(un)} FROM {role}" for un in LUES]
    return ordres


def accorder(base: BaseDatabaseWrapper, application: str) -> None:
    """Grants the role that serves its rights, by a connection of the owner's, all or none."""
    with base.cursor() as curseur:
        curseur.execute("; ".join(("BEGIN", *droits(application), "COMMIT")))


def creation(nom_de_la_base: str, proprietaire: str, application: str) -> str:
    """The SQL that an administrator of PostgreSQL runs once, in the database; it may be run again."""
    lui, elle, base = nommer(proprietaire), nommer(application), nommer(nom_de_la_base)
    creer = "\n".join(
        f"SELECT {_citer(f'CREATE ROLE {role} LOGIN')} WHERE NOT EXISTS "  # noqa: S608 - quoted
        f"(SELECT FROM pg_roles WHERE rolname = {_citer(nom)}) \\gexec"
        for role, nom in ((lui, proprietaire), (elle, application))
    )
    changer_une_table = _citer(f"ALTER TABLE %s OWNER TO {lui}")
    changer_une_fonction = _citer(f"ALTER FUNCTION %s OWNER TO {lui}")
    return f"""-- À exécuter une fois par un administrateur de PostgreSQL, dans la base {nom_de_la_base} :
--   binome base roles | psql -d {nom_de_la_base}
-- Donnez ensuite un mot de passe à chaque rôle (\\password), ou une ligne de pg_hba.conf.
{creer}
ALTER ROLE {elle} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER DATABASE {base} OWNER TO {lui};
REVOKE ALL ON DATABASE {base} FROM PUBLIC;
GRANT CONNECT ON DATABASE {base} TO {elle};
ALTER SCHEMA public OWNER TO {lui};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ DECLARE une record; BEGIN
  FOR une IN SELECT c.oid::regclass AS nom FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  LOOP EXECUTE format({changer_une_table}, une.nom); END LOOP;
  FOR une IN SELECT p.oid::regprocedure AS nom FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
  LOOP EXECUTE format({changer_une_fonction}, une.nom); END LOOP;
END $$;
"""  # noqa: S608 - quoted


def sert_en_proprietaire(base: BaseDatabaseWrapper) -> bool:
    """Whether the role that serves could change the form of the tables, triggers included."""
    if base.vendor != "postgresql":
        return False
    with base.cursor() as curseur:
        curseur.execute(
            "SELECT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
            "AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE'))"
        )
        return bool(curseur.fetchone()[0])
