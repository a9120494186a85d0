# userland: ls -l: modes, links, owners, sizes, dates, symlinks, total
umask 022; mkdir d; echo hello > f; ln -s f link; ln f hard; chmod 4755 hard; chown user:user d
mkfifo p
ls -l
ls -ld d; ls -lh f; ls -ln d | tail -1; ls -l link f
ls -la d
