# overlay: one name as fifo, link and directory in three layers; a removed working directory
mkdir -p a b c u w m; for i in 1 2 3; do touch a/a$i b/b$i c/c$i u/u$i; done; mkdir a/x b/x c/x; touch a/x/1 b/x/2 c/x/3
mkfifo a/p; ln -s p b/p; mkdir c/p; mount -t overlay o -o lowerdir=a:b:c,upperdir=u,workdir=w m; ls m; ls m/x
ls -U m | sort | tr '\n' ' '; find m -printf '%P %y %Y\n' | sort; stat -c '%h' m m/x m/p; ls -la m | wc -l; rm m/b2 m/x/2
ls m m/x; ls -f m | wc -l; cd m/x; rm -r ../x; ls; ls -la; pwd; cd ..; ls; mkdir x; ls x
