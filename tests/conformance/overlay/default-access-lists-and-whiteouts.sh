# overlay: new files inherit access lists, also where a whiteout was; the umask does not count then
mkdir -p l/d u w m; touch l/d/f l/d/g; setfacl -d -m u:user:rwx l/d; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
touch m/d/new; mkdir m/d/sub; getfacl m/d/new m/d/sub u/d/sub; rm m/d/f m/d/g; umask 077; touch m/d/f; mkdir m/d/g
getfacl m/d/f m/d/g; ls -l m/d | awk '{print $1, $NF}'; setfacl -k m/d; touch m/d/plain; ls -l m/d/plain | cut -c1-11
setfacl -m d:u:1:r m/d/f; setfacl -m u:nosuch:r m/d/f; chmod 700 m/d/new; getfacl -c u/d/new
