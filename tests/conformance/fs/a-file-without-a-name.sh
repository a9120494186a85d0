# fs: O_TMPFILE and memfd_create: files that no directory lists
cat > a.py <<'EOF'
import os
fd = os.open('.', os.O_TMPFILE | os.O_RDWR, 0o640)
print(os.write(fd, b'hello'), len(os.listdir('.')))
print(os.readlink('/proc/self/fd/%d' % fd).endswith(' (deleted)'))
os.lseek(fd, 1, 0)
print(os.read(fd, 10))
m = os.memfd_create('buf')
os.write(m, b'data')
os.lseek(m, 0, 0)
print(os.read(m, 10), os.readlink('/proc/self/fd/%d' % m))
for path, flags in [('.', os.O_RDONLY), ('a.py', os.O_RDWR), ('/proc', os.O_RDWR), ('nope', os.O_RDWR), ('/dev/shm', os.O_WRONLY)]:
    try:
        os.close(os.open(path, os.O_TMPFILE | flags))
        print(path, 'fine')
    except OSError as e:
        print(e)
EOF
python3 a.py; ls; df --output=iused /dev/shm | tail -n1
