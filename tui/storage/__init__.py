"""SQLite: connections, schemas, migrations, recovery, backups and locks."""
