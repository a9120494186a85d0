"""
Runs the program `run` of unionmount-testsuite on another system: `python3 unionmount.py FOLDER ARGUMENT...`.

What the suite uses of `os`, and open(), become lines of JSON on descriptor 3 (`["mkdir", "/mnt/a", 493]`) that are
answered on descriptor 4 (`{"value": 0}` or `{"errno": 17}`). Everything else is this machine's Python.
"""
import builtins
import json
import os
import runpy
import shutil  # before open() is replaced, as what follows
import sys
import tokenize
from types import SimpleNamespace

requests = os.fdopen(3, "w")
answers = os.fdopen(4, "r")
failure = os.strerror


def call(name, *args):
    requests.write(json.dumps([name, *args]) + "\n")
    requests.flush()
    answer = json.loads(answers.readline())
    if "errno" in answer:
        raise OSError(answer["errno"], failure(answer["errno"]), args[0] if args else None)
    return answer["value"]


def system(command):
    sys.stdout.flush()
    answer = call("system", command)
    sys.stdout.write(answer["output"])
    return answer["status"]


class File:
    """What open() gives."""

    FLAGS = {"r": os.O_RDONLY, "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC}

    def __init__(self, path, mode="r"):
        self.fd = call("open", path, self.FLAGS[mode], 0o666)

    def read(self):
        text = ""
        while part := call("read", self.fd, 1 << 16):
            text += part
        return text

    def write(self, text):
        return call("write", self.fd, text)

    def close(self):
        fd, self.fd = self.fd, None
        if fd is not None:
            call("close", fd)

    def __del__(self):
        if hasattr(self, "fd"):
            self.close()


def plain(name):
    return lambda *args: call(name, *args)


PLAIN = "close fsync lchown lseek readlink rename rmdir setegid seteuid symlink sync truncate unlink".split()
for name in PLAIN:
    setattr(os, name, plain(name))
for name in ("lstat", "fstat"):
    setattr(os, name, lambda it, name=name: SimpleNamespace(**call(name, it)))
os.system = system
os.mkdir = lambda path, mode=0o777: call("mkdir", path, mode)
os.open = lambda path, flags, mode=0o777: call("open", path, flags, mode)
os.read = lambda fd, size: call("read", fd, size).encode("latin-1")
os.write = lambda fd, data: call("write", fd, data.decode("latin-1"))
os.chmod = lambda path, mode, follow_symlinks=True: call("chmod", path, mode)
os.link = lambda old, new, follow_symlinks=True: call("link", old, new, follow_symlinks)
os.utime = lambda path, follow_symlinks=True: call("utime", path, follow_symlinks)
builtins.open = File

os.chdir(sys.argv[1])
sys.path.insert(0, sys.argv[1])
sys.argv = ["./run", *sys.argv[2:]]
sys.dont_write_bytecode = True
runpy.run_path("run", run_name="__main__")
