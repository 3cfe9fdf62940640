"""The packages: which may import which, how long a module may be, what the codebook
promises."""

import ast
import importlib
import pkgutil
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from ruamel.yaml import YAML

import helpers
from helpers import ledger

ORDER = [
    "ledger",
    "study",
    "corpus",
    "clean",
    "segment",
    "voices",
    "terms",
    "agency",
    "engine",
    "measure",
    "draw",
    "story",
    "data",
    "show",
    "reliability",
    "render",
    "cli",
]


def modules(root):
    return sorted((root / "src/helpers").rglob("*.py"))


def package(path, root):
    return path.relative_to(root / "src/helpers").parts[0].removesuffix(".py")


def imported_packages(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (n.name.split(".")[1] for n in node.names if n.name.startswith("helpers."))
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "helpers":
            yield from (n.name for n in node.names)
        elif (
            isinstance(node, ast.ImportFrom)
            and node.level == 0
            and (node.module or "").startswith("helpers.")
        ):
            yield node.module.split(".")[1]


def test_a_package_imports_only_packages_below_it(root):
    wrong = []
    for path in modules(root):
        own = package(path, root)
        for other in imported_packages(path):
            if other in ("__version__", own):
                continue
            if ORDER.index(other) >= ORDER.index(own):
                wrong.append(f"{path.relative_to(root)} imports {other}")
    assert not wrong


def test_public_functions_say_what_they_do(root):
    silent = []
    for path in modules(root):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(root)}: {node.name}")
    assert silent == []


def codebook(root):
    """Tables of data/README.md: name → column → type."""
    tables, name = {}, ""
    for line in (root / "data/README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
        elif (row := re.match(r"\| (\w+) \| (\w+) \|", line)) and name in ledger.TABLES:
            tables.setdefault(name, {})[row[1]] = row[2]
    return {
        name: {c: t for c, t in columns.items() if c != "column"}
        for name, columns in tables.items()
    }


def test_the_codebook_and_the_tables_agree(root):
    real = {
        name: {
            field.name: str(field.type).replace("date32[day]", "date32")
            for field in ledger.schema(name)
        }
        for name in ledger.TABLES
    }
    assert codebook(root) == real


def test_the_codebook_names_every_role_and_voice(root):
    page = (root / "data/README.md").read_text(encoding="utf-8")
    assert [r for r in ledger.ROLES if r not in page] == []
    assert [v for v in ledger.VOICES if v not in page] == []


def requirements(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonical(r.name): r for r in map(Requirement, project["dependencies"])}, project


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(root, name):
    pins = re.findall(
        r"^([\w.-]+)==([\w.]+)(?: *; *([^\\\n]+))?",
        (root / name).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    found = {}
    for package, version, _marker in pins:
        found.setdefault(canonical(package), set()).add(version)
    return found


def test_the_lock_keeps_the_bounds_of_pyproject(root):
    wanted, _ = requirements(root)
    pins = locked(root, "requirements.lock")
    assert set(wanted) <= set(pins)
    outside = [
        f"{name} {v}"
        for name, r in wanted.items()
        for v in pins[name]
        if not r.specifier.contains(v)
    ]
    assert not outside


def test_the_development_lock_agrees_with_the_lock(root):
    core, dev = locked(root, "requirements.lock"), locked(root, "requirements-dev.lock")
    assert {name: dev.get(name) for name in core} == core


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_locks_hold_hashes_and_no_address(root, name):
    text = (root / name).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\w)", text)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.splitlines()[0])


CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def conda_specs(root):
    """environment.yml as name → list of specifiers, and the part that comes by pip."""
    data = YAML(typ="safe").load((root / "environment.yml").read_text(encoding="utf-8"))
    plain = [d for d in data["dependencies"] if isinstance(d, str)]
    [by_pip] = [d["pip"] for d in data["dependencies"] if isinstance(d, dict)]
    return plain, by_pip


def test_environment_yml_has_the_bounds_of_pyproject(root):
    rattler = pytest.importorskip(
        "rattler", reason="py-rattler reads conda's specifiers; make test installs it"
    )
    wanted, project = requirements(root)
    plain, by_pip = conda_specs(root)
    specs = {
        CONDA_NAMES.get(name := rattler.MatchSpec(d).name.normalized, name): str(
            rattler.MatchSpec(d).version or ""
        )
        for d in plain
    }
    python = specs.pop("python")
    assert python == project["requires-python"]
    specs.pop("pip")
    piped = {
        canonical(r.name): str(r.specifier)
        for r in map(Requirement, (p for p in by_pip if not p.startswith("-e")))
    }
    assert "-e ." in by_pip
    both = {canonical(k): v for k, v in specs.items()} | piped
    assert {k: sorted(v.split(",")) for k, v in both.items()} == {
        k: sorted(str(r.specifier).split(",")) for k, r in wanted.items()
    }


def test_environment_yml_admits_what_is_locked(root):
    rattler = pytest.importorskip(
        "rattler", reason="py-rattler reads conda's specifiers; make test installs it"
    )
    pins = locked(root, "requirements.lock")
    plain, _ = conda_specs(root)
    refused = []
    for spec in map(rattler.MatchSpec, plain):
        name = CONDA_NAMES.get(spec.name.normalized, spec.name.normalized)
        for version in pins.get(canonical(name), ()):
            if spec.version and not rattler.VersionSpec(str(spec.version)).matches(
                rattler.Version(version)
            ):
                refused.append(f"{name} {version}")
    assert not refused


def test_no_path_of_a_machine_and_no_registry_is_named(root):
    hosts = "|".join(
        ["pypi" + r"\.org", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"]
    )
    wrong = re.compile(
        rf"{hosts}|(?<![\w.])/(?:{'|'.join(['wo' + 'rk', 'ro' + 'ot', 'home' + '/[a-z]'])})/"
    )
    kinds = {".py", ".md", ".yml", ".toml", ".ipynb", ".html", ".csv", ".lock", ".cff", ""}
    files = [
        p
        for p in root.rglob("*")
        if p.is_file()
        and p.suffix in kinds
        and not set(p.relative_to(root).parts)
        & {
            ".git",
            ".venv",
            "processed",
            "build",
            "full",
            "failed",
            "__pycache__",
            ".ruff_cache",
            ".pytest_cache",
            ".hypothesis",
        }
    ]
    assert len(files) > 50
    assert [
        str(p.relative_to(root))
        for p in files
        if wrong.search(p.read_text(encoding="utf-8", errors="replace"))
    ] == []


def patterns():
    """Every pattern that a module of the house keeps, by where it stands."""
    for info in pkgutil.walk_packages(helpers.__path__, "helpers."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{info.name}.{name}", value


def test_no_pattern_uses_what_python_3_11_2_gets_wrong():
    """Possessive quantifiers and atomic groups match too much before Python 3.11.5; Debian 12 has
    3.11.2."""
    found = dict(patterns())
    risky = [
        name
        for name, p in found.items()
        if re.search("POSSESSIVE|ATOMIC", str(re._parser.parse(p.pattern, p.flags)))
    ]
    assert len(found) > 100 and risky == []
