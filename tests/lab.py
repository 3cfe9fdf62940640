"""A JupyterLab of a project's own on the loopback address, with a token, as `framing lab` starts
it."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

QUIET = [
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port=0",
    "--ServerApp.allow_root=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdates",
    "--LabApp.collaborative=False",
]
SETTINGS = {
    "notebook-extension/tracker": {
        "windowingMode": "none"
    },  # cells out of sight are in the page too
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@contextmanager
def serving(project: Path, home: Path):
    """Start the server on the notebooks of a project; give its address with the token; end it and
    its kernels."""
    for name, values in SETTINGS.items():
        file = home / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    own = {
        "HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(project / "src"),
    }
    with (home / "lab.log").open("w") as log:
        command = [sys.executable, "-m", "helpers.cli", "lab", *QUIET]
        server = subprocess.Popen(
            command, cwd=project, env=os.environ | own, stdout=log, stderr=log
        )
        try:
            yield address(home / "runtime", server, home / "lab.log")
        finally:
            _end(home / "runtime", server)


def address(runtime: Path, server: subprocess.Popen, log: Path, patience: float = 60) -> str:
    """Wait for the file in which a server says where it is."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for file in runtime.glob("jpserver-*.json"):
            try:
                said = json.loads(file.read_text(encoding="utf-8"))
            except ValueError:  # not yet whole
                continue
            return f"{said['url']}lab/tree/{{}}?reset&token={said['token']}"
        assert server.poll() is None, log.read_text(encoding="utf-8")[-2000:]
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def _end(runtime: Path, server: subprocess.Popen) -> None:
    """Ask the server itself to end: `framing lab` is its parent, and would leave it behind."""
    for file in runtime.glob("jpserver-*.json"):
        subprocess.run(
            ["kill", "-TERM", str(json.loads(file.read_text(encoding="utf-8"))["pid"])], check=False
        )
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
