"""Processes that do the work: a killed one is replaced, its job done again, and one that kills each
time is named."""

import os
import subprocess
import sys
import time

import pytest

import rendering
from deadly import deadly, double, once, pid, raising, sleeping
from helpers.engine.pools import Died, Here, Local


@pytest.mark.parametrize("pool", [Here(), Local(2)], ids=["here", "local"])
def test_every_job_is_done_once(pool):
    with pool:
        assert sorted(pool.each(double, ((n,) for n in range(25)))) == [
            ((n,), 2 * n) for n in range(25)
        ]


def test_a_killed_process_is_replaced_and_its_job_done_again(tmp_path):
    with Local(2) as pool:
        found = sorted(pool.each(once, ((n, str(tmp_path / "mark")) for n in range(12))))
    assert [result for _, result in found] == [2 * n for n in range(12)]


def test_a_job_that_kills_each_time_is_told_from_the_others():
    with Local(2) as pool:
        found = {job[0]: result for job, result in pool.each(deadly, ((n,) for n in range(8)))}
    assert isinstance(found.pop(3), Died)
    assert found == {n: 2 * n for n in range(8) if n != 3}


def test_what_a_job_raises_comes_out():
    with Local(2) as pool, pytest.raises(OSError, match="No space left"):
        list(pool.each(raising, ((n,) for n in range(8))))


def test_an_interrupted_run_waits_for_no_job():
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Local(2) as pool:
        for _ in pool.each(sleeping, ((n,) for n in (0, 60, 60))):
            raise KeyboardInterrupt
    assert time.monotonic() - begun < 50


def test_processes_are_not_this_one():
    with Local(1) as pool:
        assert pool.alone(pid, ()) not in (os.getpid(), 0)


def test_processes_end_with_the_one_that_began_them(root):
    script = (
        "import sys; sys.path.insert(0, 'tests'); from helpers.engine.pools import Local; from"
        " deadly import pid\nif __name__ == '__main__':\n    p = Local(1); print(p.alone(pid, ()),"
        " p._pool.submit(pid).result(), flush=True); import time; time.sleep(60)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root
    )
    worker = int(run.stdout.readline().split()[1])
    os.kill(worker, 0)  # it is there
    run.kill()
    run.wait()
    run.stdout.close()
    assert _gone(worker)


def _gone(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_plain_script_is_not_run_again_by_its_processes(root, tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(
        "print('begun', flush=True)\nfrom helpers.engine.pools import Local\nfrom deadly import"
        " double\nwith Local(2) as pool:\n    print(sorted(r for _, r in pool.each(double, [(1,),"
        " (2,)])))\n",
        encoding="utf-8",
    )
    env = os.environ | {"PYTHONPATH": f"{root / 'tests'}:{root / 'src'}"}
    done = rendering.finished([sys.executable, str(script)], 60, env=env)
    assert done.stdout.split("\n") == ["begun", "[2, 4]", ""], done.stderr
