"""Make or renew Superset's own database: its tables, the user, and what the bundle describes.

Runs in Superset's environment, as a process of its own: `python -m bi.superset.prepare BUNDLE PASSWORD_FILE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

USER = "admin"


def prepare(bundle: dict[str, str], password: str) -> None:
    """Bring the database that Superset's settings name up to date, and import a bundle, text by file name."""
    from flask_migrate import upgrade
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        upgrade()
        # These read the database's tables as they are imported.
        from superset.commands.importers.v1.assets import ImportAssetsCommand
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import appbuilder, db, security_manager
        from superset.utils.core import override_user

        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        user = security_manager.find_user(USER)
        if user:
            security_manager.reset_password(user.id, password)
        else:
            role = security_manager.find_role("Admin")
            user = security_manager.add_user(USER, "Local", "User", f"{USER}@localhost", role, password)
        with override_user(user):
            ImportAssetsCommand(bundle).run()
        for dataset in db.session.query(SqlaTable):
            # The columns that the bundle leaves out, and what the warehouse says of each.
            dataset.fetch_metadata()
        db.session.commit()


def main() -> int:
    """Prepare with the bundle in a folder and a password in a file, as the arguments name them."""
    folder, password_file = (Path(argument) for argument in sys.argv[1:])
    files = sorted(file for file in folder.rglob("*.yaml"))
    bundle = {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}
    prepare(bundle, password_file.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
