# fs: in a sticky directory only owners of the file or of the directory remove and rename
chmod 755 .
mkdir s; chmod 1777 s; touch s/root; chown 1000:1000 s; su user -c 'cd s; touch mine' ; chown root:root s
setpriv --reuid 1000 --regid 1000 --clear-groups bash -c 'cd s; rm -f root; mv root r2; mv mine root; rm mine; touch mine; ln mine l; mv mine m2; mkdir dir; ls; ln root hard; echo x > root; rmdir dir'
setpriv --reuid 1001 --regid 1001 --clear-groups bash -c 'cd s; rm -f m2; mv m2 x; touch o; mv o m2; rm o; rename m2 m3 m2; ls; cp /etc/hostname root; > root; > m2'
chown 1001 s; setpriv --reuid 1001 --regid 1001 --clear-groups bash -c 'cd s; rm -f m2 root; ls'; chmod 777 s; touch s/root; setpriv --reuid 1002 --regid 1002 --clear-groups rm -f s/root; ls s; ls -ld s /tmp | cut -c1-10; chmod o-t /tmp; stat -c %A /tmp; chmod 1666 s; stat -c %A s; chmod +t s; stat -c %a s; touch f; chmod +t f; stat -c %A f; setpriv --reuid 1000 --clear-groups --regid 1000 bash -c 'touch /tmp/f; chmod +t /tmp/f; stat -c %A /tmp/f'
