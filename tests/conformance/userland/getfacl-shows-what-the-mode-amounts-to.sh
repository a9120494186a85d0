# userland: getfacl - entries of files without lists, headers, tables, numbers, what it refuses
echo x > f; mkdir d; chmod 640 f; touch d/n
getfacl f; getfacl d; getfacl -c f; getfacl -t f; getfacl -n f; getfacl -a f; getfacl -e f; getfacl nofile; echo $?; getfacl; echo $?; getfacl -Q; echo $?; getfacl -p /etc/passwd; getfacl /etc/passwd /etc/shadow; getfacl -R d; getfacl f d; getfacl -E f; getfacl -s f; echo $?; getfacl --omit-header f
chmod 7755 d; getfacl d; chown user f; getfacl f; getfacl -c /etc/passwd; su user -c 'getfacl /root/f; echo $?'; chown 4242:4343 f; getfacl f; getfacl /tmp
