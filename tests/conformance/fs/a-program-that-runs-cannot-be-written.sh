# fs: ETXTBSY while a file is executed, and while it is written
cp /bin/sleep s; ./s 100 & sleep 0.2; echo x > s; echo x >> s; dd if=/dev/null of=s conv=notrunc; cp /bin/true s; truncate -s 0 s; : <> s; ls s; cat s | wc -c | grep -c .; mv s t; echo x > t; ln t u; echo x > u; cp -f /bin/true t; ls -i t u | awk '{print $1}' | uniq | wc -l; rm u; chmod 600 t; kill %1; wait 2>/dev/null; echo y > t; cat t
cp /bin/true v; exec 3>>v; ./v; echo $?; exec 3>&-; ./v; echo $?; exec 3<v; ./v; echo $?; exec 3<>v; ./v; echo $?
printf '#!/bin/sh\necho ran\n' > script; chmod +x script; exec 4>>script; ./script; echo $?; sh script; exec 4>&-; ./script
