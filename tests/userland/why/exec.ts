/** execve(2). */
import { type Cases, root, user } from './provoke.ts'

const SCRIPT = (first: string) => `printf '${first}\\n' > /tmp/s; chmod +x /tmp/s;`

export const exec = {
  'exec-format': [
    root(`${SCRIPT('hello')} env /tmp/s`, '/tmp/s begins with "hello".'),
    root(`${SCRIPT('#!')} env /tmp/s`, '/tmp/s begins with #! and no interpreter.'),
  ],
  'interpreter-missing': [
    root(`${SCRIPT('#!/no/such')} /tmp/s`, '/tmp/s is there; /no/such is not.'),
    root(
      'mkdir -p /tmp/r/bin; cp /bin/ls /tmp/r/bin; chroot /tmp/r /bin/ls',
      '/bin/ls is there; /lib64/ld-linux-x86-64.so.2 is not.',
    ),
  ],
  'interpreters-max': [
    root(
      'cd /tmp; for i in 1 2 3 4 5 6 7; do echo "#!/tmp/s$((i+1))" > s$i; done; chmod +x s?; ./s1',
      'Here there are more.',
    ),
  ],
  'arg-strlen': [
    root('x=$(head -c 200000 /dev/zero | tr "\\0" a); /bin/echo $x', 'One is longer than 128 KiB.'),
  ],
  'arg-max': [root('/bin/echo $(seq 1 400000)', 'They have 5.6 MiB; the limit is 2 MiB.')],
  'file-caps-lacking': [
    root(
      'cp /bin/true /tmp/t; setcap cap_sys_admin+ep /tmp/t; capsh --drop=cap_sys_admin -- -c /tmp/t',
      '/tmp/t asks for a capability that is not in the bounding set of the process.',
    ),
  ],
  'no-new-privs': [
    user('setpriv --no-new-privs passwd --help', '/usr/bin/passwd was started with the ids of its caller.'),
  ],
  nosuid: [
    root(
      'mkdir /tmp/d; mount -t tmpfs -o nosuid t /tmp/d; cp -p /usr/bin/passwd /tmp/d; su user -c "/tmp/d/passwd --help"',
      '/tmp/d/passwd was started with the ids of its caller.',
    ),
  ],
  'suid-unmapped': [user('unshare -U passwd --help', 'It does not map those of /usr/bin/passwd.')],
} satisfies Cases
