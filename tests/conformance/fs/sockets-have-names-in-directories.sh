# fs: a stream between two processes by a name, and what the name is without its socket
cat > serve.py <<'EOF'
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind('sock')
s.listen(1)
print('listening', s.getsockname())
sys.stdout.flush()
c, a = s.accept()
print('from', repr(a), c.recv(100))
c.sendall(b'bye')
c.close()
s.close()
EOF
cat > call.py <<'EOF'
import socket, sys
c = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    c.connect(sys.argv[1])
    print('peer', c.getpeername(), 'me', repr(c.getsockname()))
    c.send(b'hi')
    print(c.recv(10), c.recv(10))
    c.send(b'x')
except OSError as e:
    print(e)
EOF
umask 027; python3 serve.py & until [ -S sock ]; do sleep 0.1; done; sleep 0.5
ls -l sock | cut -c1-10; sed 's/^[0-9a-f]*: //; s/ [0-9 ]* sock/ INODE sock/' /proc/net/unix; unshare -n wc -l /proc/net/unix
su user -s /bin/sh -c 'python3 call.py sock'; python3 call.py sock; wait; sleep 0.5
python3 call.py sock; python3 call.py nope; python3 call.py serve.py; python3 serve.py 2>&1 | tail -n1
cat sock; echo x > sock; stat -c '%F %s %h' sock; ls -F sock; [ -S sock ] && echo a socket; cp -a sock copy; stat -c %F copy; mv sock s2; rm s2; find . -type s
