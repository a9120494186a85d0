# overlay: which changes set the times of a directory or keep them
mkdir -p l/d u w m; touch -d 2020-01-01 l/d/f l/g l/d l; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
s() { stat -c '%n %y' "$@" | cut -d- -f1; }; s m/d; chmod 700 m/d/f; s m/d m/d/f u/d u/d/f; touch m/d/n; s m/d l/d
cp -p l/g m/g2; s m/g2; cat m/g > /dev/null; stat -c %x m/g | cut -c1-4; echo x > m/g; s m/g l/g; mkdir m/d/s; rmdir m/d/s
chmod 755 m/d; touch -d 2019-05-05 m/d; s m/d u/d; ln m/g m/h; s m/g; mv m/h m/i; s m/i m
