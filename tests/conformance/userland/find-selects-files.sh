# userland: find by -name -type -size -perm -newer -maxdepth -path, operators, -exec, -delete
mkdir -p t/a/b t/c; echo x > t/a/f1.txt; : > t/a/b/f2.log; ln -s f1.txt t/a/l; chmod 600 t/a/f1.txt
head -c 3000 /dev/zero > t/c/big
find t | sort; find t -type f | sort; find t -name '*.txt'; find t -type d -name '?'| sort
find t -maxdepth 1 | sort; find t -mindepth 2 -type l; find t -empty; find t -size +2k
find t -perm 600; find t -name '*.txt' -o -name '*.log' | sort; find t ! -type d | sort
find t -path '*/b/*'; find t -iname 'F1*'; find t -size -1 -type f; find -L t -name l -type f
find t -type f -exec basename {} \; | sort; find t -name f1.txt -exec echo found {} +
find t -name '*.log' -delete; ls t/a/b; find t -name f1.txt -printf '%f %s %m %y %P\n'
find t -user root -name c; find t -name a -prune -o -type f -print
find t -name big -print0 | tr '\0' '\n'; find t -name c -quit; find t/a -type f -newer t/c -name zzz
