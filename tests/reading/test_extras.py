"""Libraries for single formats: imported when a file needs one, and named when it is missing."""

import io
import subprocess
import sys
import tarfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.corpus import html

SPECIAL = {"pyarrow", "fastwarc", "zstandard", "fsspec", "s3fs", "boto3", "aiobotocore", "tarfile"}


def run(code, cwd):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_plain_pages_need_none_of_them(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    (tmp_path / "r.jsonl").write_text('{"text": "Some words."}\n')
    done = run(
        "import sys; from cleaners.cli import main\n"
        "code = main(['clean', 'a.html', 'r.jsonl', '--quiet'])\n"
        "print(code, *{name.partition('.')[0] for name in sys.modules})",
        tmp_path,
    )
    code, *modules = done.stdout.split()
    assert code == "0", done.stderr
    assert not SPECIAL & set(modules)


def test_the_library_alone_needs_none_of_them(tmp_path):
    done = run(
        "import sys, cleaners, cleaners.reading, cleaners.writing.emitted; print(*sys.modules)",
        tmp_path,
    )
    assert not SPECIAL & {name.partition(".")[0] for name in done.stdout.split()}


def parquet(path):
    pq.write_table(pa.table({"html": ["<p>x</p>"]}), path)


def tar_zst(path):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.html"))
    path.write_bytes(zstandard.compress(data.getvalue()))


@pytest.mark.parametrize(
    ("name", "write", "module", "extra"),
    [
        ("p.parquet", parquet, "pyarrow", "parquet"),
        ("w.warc", lambda path: path.write_bytes(b"WARC/1.0\r\n"), "fastwarc", "warc"),
        (
            "a.html.zst",
            lambda path: path.write_bytes(zstandard.compress(b"x")),
            "zstandard",
            "zstd",
        ),
        (
            "r.jsonl.zst",
            lambda path: path.write_bytes(zstandard.compress(b"x")),
            "zstandard",
            "zstd",
        ),
        ("t.tar.zst", tar_zst, "zstandard", "zstd"),
    ],
)
def test_without_its_library_a_file_is_refused_with_the_name_of_the_extra(
    name, write, module, extra, tmp_path
):
    write(tmp_path / name)
    done = run(
        f"import sys; sys.modules['{module}'] = None\n"
        "from cleaners.cli import main\n"
        f"sys.exit(main(['clean', '{name}', '--out', 'out']))",
        tmp_path,
    )
    assert done.returncode == 2, done.stderr
    assert f"pip install 'winnow[{extra}]'" in done.stderr
    assert not list((tmp_path / "out").glob("[a-z]*s/*"))


def test_without_s3fs_an_url_is_refused_with_the_name_of_the_extra(tmp_path):
    done = run(
        "import sys; sys.modules['s3fs'] = None\n"
        "from cleaners.cli import main\n"
        "sys.exit(main(['clean', 's3://bucket/x', '--out', 'out']))",
        tmp_path,
    )
    assert done.returncode == 2, done.stderr
    assert "pip install 'winnow[s3]'" in done.stderr
