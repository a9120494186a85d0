# userland: cp -a of links, pipes, devices, modes, owners, attributes and holes
mkdir d; echo 1 > d/1; ln d/1 d/2; ln -s 1 d/s; mkfifo -m 640 d/f; mknod -m 600 d/c c 1 3; mknod d/b b 7 9; mkdir -m 1777 d/t; chown -h 5:6 d/1 d/s; chmod 4755 d/1; setfattr -n user.k -v v d/1; setfattr -n trusted.t -v v d/t; truncate -s 1M d/sp; touch -h -d 2020-02-03 d/* d
cp -a d e; ls -ln --time-style=+%F e; getfattr -R -d -m - e | sort; stat -c '%n %h %s %b' e/1 e/2 e/sp
cp -r d f; ls -ln --time-style=+ f; cp -dR --preserve=mode,links d h; ls -ln --time-style=+ h
cp -rl d q; stat -c '%n %h' q/1 q/2 q/f q/t; cp -rs $PWD/d r; ls -l --time-style=+ r | cut -c1,42-; cp -rs d r2; echo $?
mkdir m; cp --parents d/1 m; cp -r --parents d/t m; find m | sort; cp --attributes-only --preserve=all d/1 new; stat -c '%a %s %u %.10y' new
cp --sparse=always d/sp m; cp --sparse=never d/sp m/full; cp --sparse=maybe d/1 m; echo $?; stat -c '%n %s %b' m/sp m/full
cp --reflink d/1 rl; echo $?; cp --reflink=auto d/1 rl; cp --reflink=never d/1 rl2; cp --reflink=x d/1 rl3; echo $?; cp -u d/1 rl; cp -xa d xx; ls xx; cp -p d/1 d/s l; echo $?
