"""Health probe of one application container; its first success makes this generation the current one."""
import os
import socket
import struct
import sys
import time

# What has connected to the old generation just before is taken out of its queue meanwhile.
SETTLE_SECONDS = 0.5


def main(argv):
    options = dict(item.split("=", 1) for item in argv)
    timeout = float(options["timeout"])
    if "path" in options:
        check_answer(options, timeout)
    else:
        reach(options, timeout).close()
        if not os.path.exists(options["loaded"]):
            sys.exit("the server listens, but no worker has loaded the application yet")
    if "link" in options:
        become_current(options["address"][len("unix:"):], options["link"], options["marker"])


def connect(address, timeout):
    if address.startswith("unix:"):
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target = address[len("unix:"):]
    else:
        client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = ("127.0.0.1", int(address))
    client.settimeout(timeout)
    client.connect(target)
    return client


def reach(options, timeout):
    """A connection; over TLS the probe asks whether the server answers, on its own loopback, and not who it is."""
    client = connect(options["address"], timeout)
    if "tls" not in options:
        return client
    import ssl  # only here: it takes longer than all the rest of a probe

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(client)


def check_answer(options, timeout):
    request = uwsgi_request if options["protocol"] == "uwsgi" else http_request
    client = reach(options, timeout)
    client.sendall(request(options["path"]))
    head = b""
    while b"\n" not in head and len(head) < 4096:
        received = client.recv(4096)
        if not received:
            break
        head += received
    client.close()
    words = head.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        sys.exit("no HTTP answer: %r" % head[:80])
    if int(words[1]) >= 400:
        sys.exit("%s answers %s" % (options["path"], words[1].decode()))


def http_request(path):
    return ("GET %s HTTP/1.0\r\nHost: localhost\r\nUser-Agent: probe\r\n\r\n" % path).encode()


def uwsgi_request(path):
    bare, _, query = path.partition("?")
    params = {
        "REQUEST_METHOD": "GET",
        "REQUEST_URI": path,
        "PATH_INFO": bare,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.0",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": "probe",
    }
    packed = b"".join(
        struct.pack("<H", len(part)) + part
        for item in params.items()
        for part in (item[0].encode(), item[1].encode())
    )
    return struct.pack("<BHB", 0, len(packed), 0) + packed


def become_current(own, link, marker):
    """Points the link at this generation once per container start, and never back at an older one."""
    if os.path.exists(marker):
        return
    name = os.path.basename(own)
    try:
        present = os.readlink(link)
    except OSError:
        present = ""
    if name > present:
        fresh = "%s.%s" % (link, name)
        if os.path.lexists(fresh):
            os.unlink(fresh)
        os.symlink(name, fresh)
        os.replace(fresh, link)
    with open(marker, "w"):
        pass
    # Success is what the old generation is stopped upon, and a server that is told to stop forgets who waits in its queue.
    time.sleep(SETTLE_SECONDS)


main(sys.argv[1:])
