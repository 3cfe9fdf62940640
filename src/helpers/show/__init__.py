"""What a notebook shows: findings, tables, figures, passages; the same in JupyterLab and in a report."""
