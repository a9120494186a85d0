# user: the file of a map asks its opener, and the writer as well
su user -c 'echo $$ > /tmp/pid; exec unshare -U sleep 60' & until [ -s /tmp/pid ] && [ "$(readlink /proc/$(cat /tmp/pid)/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
cat > write.py <<'P'
import os, sys
def attempt(what, opener, writer):
    os.seteuid(opener)
    f = os.open('/proc/%s/uid_map' % sys.argv[1], os.O_WRONLY)
    os.seteuid(0)
    os.seteuid(writer)
    try:
        print(what, os.write(f, b'0 1000 2\n'), flush=True)
    except PermissionError as e:
        print(what, e, flush=True)
    os.close(f)
    os.seteuid(0)
attempt('opened by root, written by a user:', 0, 1000)
attempt('opened by a user, written by root:', 1000, 0)
attempt('by root:', 0, 0)
attempt('once more:', 0, 0)
P
python3 write.py $(cat /tmp/pid); cat /proc/$(cat /tmp/pid)/uid_map; kill $(cat /tmp/pid)
