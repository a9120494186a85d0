# userland: ls -l of device nodes, /tmp, a setgid directory; -i, -s
ls -l /dev/null /dev/zero /dev/tty /dev/random /dev/vda | cut -c1-30
ls -ld /tmp /root /home/user / | cut -d' ' -f1,3,4
mkdir g; chmod 2775 g; ls -ld g | cut -c1-10; chmod 1644 g; ls -ld g | cut -c1-10
touch a; ln a b; [ "$(ls -i a | cut -d' ' -f1)" = "$(ls -i b | cut -d' ' -f1)" ] && echo same inode
ls -s a
