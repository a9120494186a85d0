# userland: links, backups, --remove-destination onto the source itself
echo 1 > a; echo 2 > b
cp --strip-trailing-slashes a/ st; echo 1; cp a/ st; echo 2
cp -lf a b; echo "3 $?"; ls -i a b | awk '{print $1}' | uniq | wc -l; cp -sf a b; echo "4 $?"; stat -c %F b; cp -l a b; echo "5 $?"; cp -s a b; echo "6 $?"; cp -li a b </dev/null; echo "7 $?"
cp -lv a b; cp -l a nn; cp -lf a nn; cp -vlf a nn; rm b; ln -s a b; cp -f a b; cp b a; cp -P b a; cp -Pf b a; cp --remove-destination a b; stat -c %F b; rm b; ln -s a b; cp -b a b; ls; ln -f a h; cp a h; cp -f a h; cp --remove-destination a h; cp -b a h; ls -i a h h~ | awk '{print $1}' | sort -u | wc -l; cp -d b h; cp -a a a; cp -s a a; cp -l a a; cp -u a a; cp -n a a; echo $?
