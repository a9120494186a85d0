# mount: links to directories above, followed by find, ls, du, grep, chown and cp
cd /tmp; mkdir -p d/a/b; ln -s .. d/a/up; ln -s ../.. d/a/b/upup; touch d/f; ln -s f d/lf
find -L d | sort; find -L d/a/up | sort; ls -LR d; echo $?; du -L d | cut -f2; grep -R x d; echo $?
chown -RL 0 d; echo $?; chown -RH 0 d; echo $?; cp -rL d e; echo $?; find e | sort
