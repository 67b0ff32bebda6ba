"""Downloads and the checks of the hosts they come from, against a server of this machine."""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

import pytest

from dateline.download import download
from dateline.errors import InputError, SourceError
from dateline.web import fetch

sys.path.insert(0, str(Path(__file__).parents[1] / "geo"))

from servers import FileServer, Reply

CONTENT = bytes(range(256)) * 4000


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr("dateline.download._FIRST_PAUSE_SECONDS", 0.01)
    with FileServer({"/file.zip": CONTENT, "/empty": b""}) as running:
        yield running


@pytest.fixture
def target(tmp_path):
    return tmp_path / "folder" / "file.zip"


def get(server, target, path="/file.zip", **options):
    return download(server.url + path, target, allow_local=True, **options)


def ranges(server):
    return [request.headers.get("range") for request in server.requests]


def test_a_file_arrives_whole(server, target):
    """What is there in the end is what the server has, and nothing lies beside it."""
    shares = []
    get(server, target, progress=lambda share, _: shares.append(share))
    assert target.read_bytes() == CONTENT
    assert shares[-1] == 1.0
    assert sorted(path.name for path in target.parent.iterdir()) == ["file.zip", "file.zip.lock"]


def test_an_empty_file_is_a_file(server, target):
    """Nothing to fetch is no failure."""
    assert get(server, target, "/empty").read_bytes() == b""


def test_a_cut_connection_is_taken_up_where_it_broke(server, target):
    """Only the rest is asked for."""
    server.replies.append(Reply(body=CONTENT, headers={"ETag": '"v1"'}, cut=0.25))
    assert get(server, target).read_bytes() == CONTENT
    assert ranges(server) == [None, f"bytes={len(CONTENT) // 4}-"]


def test_the_next_run_goes_on(server, target):
    """What came before the server went away is kept for the next call."""
    server.replies.append(Reply(body=CONTENT, headers={"ETag": '"v1"'}, cut=0.5))
    server.replies.extend([Reply(status=503)] * 5)
    with pytest.raises(SourceError, match=r"HTTP 503.*goes on where this stopped"):
        get(server, target)
    assert not target.exists()
    assert get(server, target).read_bytes() == CONTENT
    assert ranges(server)[-1] == f"bytes={len(CONTENT) // 2}-"


def test_a_file_that_changed_is_begun_anew(server, target):
    """Halves of two versions never make one file."""
    server.replies.append(Reply(body=b"x" * 1000, headers={"ETag": '"old"'}, cut=0.5))
    assert get(server, target).read_bytes() == CONTENT


def test_without_a_version_nothing_is_resumed(server, target):
    """A server that does not say which version it sends is asked for all again."""
    server.replies.append(Reply(body=CONTENT, headers={"ETag": 'W/"v1"'}, cut=0.5))
    assert get(server, target).read_bytes() == CONTENT
    assert ranges(server) == [None, None]


def test_another_address_does_not_take_up_the_parts(server, target):
    """The parts of one file are not the start of another."""
    server.files["/other.zip"] = b"other"
    server.replies.append(Reply(body=CONTENT, headers={"ETag": '"v1"'}, cut=0.5))
    server.replies.extend([Reply(status=503)] * 5)
    with pytest.raises(SourceError):
        get(server, target)
    assert get(server, target, "/other.zip").read_bytes() == b"other"


def test_a_missing_file_is_an_error_at_once(server, target):
    """404 is not asked again."""
    with pytest.raises(SourceError, match=r"HTTP 404.*check the address"):
        get(server, target, "/nothing")
    assert len(server.requests) == 1


def test_a_file_too_large_is_refused_before_it_comes(server, target):
    """The announced size is checked first."""
    with pytest.raises(SourceError, match="at most 1,000 bytes"):
        get(server, target, max_bytes=1000)
    assert not target.exists()


def test_a_body_compressed_unasked_is_refused(server, target):
    """A file must be the file, not its compressed form."""
    server.replies.append(Reply(body=gzip.compress(b"x"), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(SourceError, match="compressed as gzip"):
        get(server, target)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://[::ffff:10.0.0.1]/x",
        "http://[64:ff9b::7f00:1]/x",
        "http://10.1.2.3/x",
        "http://192.168.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/x",
        "http://0.0.0.0/x",
        "http://2130706433/x",
        "http://127.1/x",
        "http://printer.local/x",
        "http://224.0.0.1/x",
    ],
)
def test_hosts_of_the_own_network_are_not_asked(url):
    """A link in a report must not make us read what only this network may see."""
    with pytest.raises(SourceError, match="public host"):
        fetch(url, timeout_seconds=1)


def test_a_host_name_that_leads_home_is_not_asked(monkeypatch):
    """The address that is connected to counts, not the name."""
    entry = (2, 1, 6, "", ("127.0.0.1", 80))
    monkeypatch.setattr("dateline.hosts.socket.getaddrinfo", lambda *_, **__: [entry])
    with pytest.raises(SourceError, match=r"public host.*news\.example"):
        fetch("http://news.example/x")


def test_a_redirect_to_another_scheme_is_not_followed(server):
    """A web address leads to web addresses only."""
    server.replies.append(Reply(status=302, headers={"Location": "file:///etc/passwd"}))
    with pytest.raises(SourceError, match="http or https"):
        fetch(f"{server.url}/x", allow_local=True)


def test_redirects_are_followed_a_few_times(server):
    """A moved page is found; a circle ends."""
    server.replies.append(Reply(status=301, headers={"Location": "/file.zip"}))
    answer = fetch(f"{server.url}/old", allow_local=True)
    assert (answer.url, answer.body) == (f"{server.url}/file.zip", CONTENT)
    server.replies.extend([Reply(status=302, headers={"Location": "/round"})] * 6)
    with pytest.raises(SourceError, match="at most 5 redirects"):
        fetch(f"{server.url}/round", allow_local=True)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "file:///etc/passwd", "example.org", "http://", "http://a:99999/"],
)
def test_only_web_addresses_are_asked(url):
    """Anything else is refused before a connection is made."""
    with pytest.raises(InputError, match="http or https address"):
        fetch(url)


def test_passwords_in_addresses_are_refused_and_not_repeated():
    """What is secret does not land in a message."""
    with pytest.raises(SourceError) as caught:
        fetch("http://me:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_a_compressed_page_is_read_and_a_bomb_is_not(server):
    """The size limit holds before and after decompression."""
    packed = Reply(body=gzip.compress(b"page"), headers={"Content-Encoding": "gzip"})
    bomb = Reply(body=gzip.compress(b"0" * 10**7), headers={"Content-Encoding": "gzip"})
    cut = Reply(body=gzip.compress(b"page")[:-6], headers={"Content-Encoding": "gzip"})
    server.replies.extend([packed, bomb, cut])
    url = f"{server.url}/x"
    assert fetch(url, allow_local=True).body == b"page"
    with pytest.raises(SourceError, match="at most 1,000,000 bytes"):
        fetch(url, allow_local=True, max_bytes=10**6)
    with pytest.raises(SourceError, match="whole gzip body"):
        fetch(url, allow_local=True)


def test_a_server_that_drips_is_given_up(server):
    """In the head as in the body: each byte does not buy it more time."""
    dripping = [
        Reply(drip_head=True, drip_seconds=0.05),
        Reply(body=b"x" * 999, drip_seconds=0.05),
    ]
    server.replies.extend(dripping)
    start = time.monotonic()
    for _ in dripping:
        with pytest.raises(SourceError, match="in time") as caught:
            fetch(f"{server.url}/x", allow_local=True, timeout_seconds=0.3)
        assert isinstance(caught.value.__cause__, TimeoutError)
    assert time.monotonic() - start < 20


def test_letters_of_all_scripts_may_stand_in_an_address(server):
    """A path or query with other letters than ASCII is encoded, as browsers do."""
    server.files["/%D0%A1%D1%83%D0%B4%D0%B6%D0%B0"] = b"town"
    assert fetch(f"{server.url}/Суджа", allow_local=True).body == b"town"


def test_the_proxy_of_the_system_is_used(server, monkeypatch):
    """Newsrooms sit behind proxies; local hosts are refused there too."""
    server.files["/page"] = b"through the proxy"
    monkeypatch.setenv("http_proxy", server.url.replace("http://", "http://me:pass%20word@"))
    monkeypatch.setenv("no_proxy", "")
    assert fetch("http://news.example/page").body == b"through the proxy"
    headers = server.requests[0].headers
    assert headers["host"] == "news.example:80"
    assert headers["proxy-authorization"] == "Basic bWU6cGFzcyB3b3Jk"
    with pytest.raises(SourceError, match="public host"):
        fetch("http://192.168.1.1/page")


def test_the_agent_says_who_asks(server):
    """Servers can tell who fetches their files."""
    fetch(f"{server.url}/file.zip", allow_local=True)
    assert server.requests[0].headers["user-agent"].startswith("dateline-map/")
